"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

CONTENTS = {"tu-tuong": "tư tưởng", "dao-duc": "đạo đức", "phong-cach": "phong cách"}
CHANGES = {
    "le-loi-lam-viec": "phong cách, tác phong công tác, lề lối làm việc",
    "gan-dan": "tôn trọng dân, gần dân, sát dân, lắng nghe, đối thoại",
    "chong-hinh-thuc": "chống bệnh thành tích, hình thức",
    "tiet-kiem": "tiết kiệm, chống lãng phí, tiêu cực, tham nhũng",
    "noi-di-doi-voi-lam": "trách nhiệm, quyết liệt, “Nói đi đôi với làm”",
}
RATINGS = {
    "xuat-sac": "hoàn thành xuất sắc nhiệm vụ",
    "tot": "hoàn thành tốt nhiệm vụ",
    "hoan-thanh": "hoàn thành nhiệm vụ",
    "khong-hoan-thanh": "không hoàn thành nhiệm vụ",
}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """What the subject studies, and what it has set out to do."""

    noi_dung: Annotated[tuple[str, ...], ask("Nội dung học tập và làm theo", choices=CONTENTS)] = ()
    dang_ky: Annotated[str, ask("Việc làm theo đã đăng ký", personal=True)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What was held to help it along."""

    sinh_hoat: Annotated[int | None, ask("Số buổi sinh hoạt chuyên đề đã tổ chức", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """Which habits have changed, and what of it can be counted."""

    doi_moi: Annotated[tuple[str, ...], ask("Mặt đã đổi mới", choices=CHANGES)] = ()
    thoi_quen: Annotated[str, ask("Thói quen đã thay đổi", personal=True)] = ""
    doi_thoai: Annotated[int | None, ask("Số buổi đối thoại với Nhân dân", minimum=0)] = None
    kien_nghi: Annotated[int | None, ask("Số kiến nghị của Nhân dân đã giải quyết", minimum=0)] = None
    tiet_kiem: Annotated[int | None, ask("Tiền đã tiết kiệm (đồng)", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """How its work was rated."""

    xep_loai: Annotated[str, ask("Mức hoàn thành nhiệm vụ năm gần nhất", choices=RATINGS)] = ""


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """Who follows, and in what."""

    doi_moi: Annotated[tuple[str, ...], ask("Mặt nơi học theo đã đổi mới", choices=CHANGES)] = ()
    nguoi: Annotated[int | None, ask("Số người làm theo", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_succeeded": Replicated,
}
