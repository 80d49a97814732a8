"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

BRANCHES = {
    "kham-chua-benh": "khám bệnh, chữa bệnh",
    "du-phong": "y tế dự phòng",
    "dan-so": "dân số",
    "an-toan-thuc-pham": "an toàn thực phẩm",
    "y-te-thon-ban": "y tế thôn, bản",
}
RATINGS = {
    "xuat-sac": "hoàn thành xuất sắc nhiệm vụ",
    "tot": "hoàn thành tốt nhiệm vụ",
    "hoan-thanh": "hoàn thành nhiệm vụ",
    "khong-hoan-thanh": "không hoàn thành nhiệm vụ",
}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """In what branch of health care the subject works."""

    chuyen_mon: Annotated[str, ask("Lĩnh vực chuyên môn", choices=BRANCHES)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What was done among the people."""

    dot_kham: Annotated[int | None, ask("Số đợt khám, truyền thông tại cơ sở", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """Whom it has cared for, how well, and with what that is new."""

    luot_kham: Annotated[int | None, ask("Số lượt người bệnh được khám, chữa", minimum=0)] = None
    chi_tieu_giao: Annotated[int | None, ask("Số chỉ tiêu của chương trình mục tiêu được giao", minimum=0)] = None
    chi_tieu_dat: Annotated[int | None, ask("Số chỉ tiêu của chương trình mục tiêu đã đạt", minimum=0)] = None
    sang_kien: Annotated[int | None, ask("Số sáng kiến, giải pháp mới đã áp dụng", minimum=0)] = None
    hai_long: Annotated[float | None, ask("Người bệnh hài lòng (%)", minimum=0, maximum=100)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """How its work was rated, and what was said of its conduct."""

    xep_loai: Annotated[str, ask("Mức hoàn thành nhiệm vụ năm gần nhất", choices=RATINGS)] = ""
    phan_anh: Annotated[int | None, ask("Số phản ánh về y đức, thái độ phục vụ", minimum=0)] = None


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is done now, and for how many."""

    co_so: Annotated[int | None, ask("Số cơ sở y tế làm theo", minimum=0)] = None
    luot_kham: Annotated[int | None, ask("Số lượt người bệnh được chăm sóc theo cách làm này", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_succeeded": Replicated,
}
