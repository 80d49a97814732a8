"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

LEVELS = {"co-so": "cơ sở", "huyen": "huyện", "tinh": "tỉnh", "toan-quoc": "toàn quốc"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """What the person does for a living."""

    nghe: Annotated[str, ask("Nghề, công việc", personal=True)] = ""
    truc_tiep: Annotated[bool | None, ask("Trực tiếp lao động sản xuất")] = None


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What the person has undertaken."""

    dang_ky: Annotated[int | None, ask("Số sáng kiến, cải tiến đã đăng ký", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """What the person has thought of, and what it saves."""

    sang_kien: Annotated[int | None, ask("Số sáng kiến, cải tiến đã áp dụng", minimum=0)] = None
    ten_sang_kien: Annotated[str, ask("Sáng kiến, cải tiến chính", personal=True)] = ""
    cap: Annotated[str, ask("Cấp công nhận sáng kiến cao nhất", choices=LEVELS)] = ""
    lam_loi: Annotated[int | None, ask("Tiền làm lợi, tiết kiệm được (đồng)", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the work was safe."""

    an_toan: Annotated[bool | None, ask("Đạt tiêu chuẩn an toàn lao động, vệ sinh môi trường")] = None
    tai_nan: Annotated[int | None, ask("Số vụ tai nạn lao động đã xảy ra", minimum=0)] = None


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """How many do the same now, and what it saves there."""

    nguoi: Annotated[int | None, ask("Số người làm theo", minimum=0)] = None
    lam_loi: Annotated[int | None, ask("Tiền làm lợi, tiết kiệm được nơi học theo (đồng)", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_succeeded": Replicated,
}
