"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

MOVEMENTS = {
    "phu-nu-thoi-dai-moi": "“Xây dựng người phụ nữ Việt Nam thời đại mới”",
    "5-khong-3-sach": "“Xây dựng gia đình 5 không, 3 sạch góp phần vun đắp giá trị gia đình Việt Nam”",
}
LEVELS = {"co-so": "cơ sở", "huyen": "huyện", "tinh": "tỉnh", "trung-uong": "trung ương"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """In which of the two the subject stood out."""

    phong_trao: Annotated[tuple[str, ...], ask("Phong trào, cuộc vận động", choices=MOVEMENTS)] = ()


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What was held among the members."""

    sinh_hoat: Annotated[int | None, ask("Số buổi sinh hoạt, truyền thông đã tổ chức", minimum=0)] = None


class Publicised(msgspec.Struct, frozen=True, kw_only=True):
    """Whose channel it was, and of what level: the plan asks for the district's or above."""

    cap: Annotated[str, ask("Cấp tuyên truyền", choices=LEVELS)] = ""
    cua_hoi: Annotated[bool | None, ask("Kênh thông tin của Hội")] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """Whom it has reached."""

    hoi_vien: Annotated[int | None, ask("Số hội viên, phụ nữ được tiếp cận", minimum=0)] = None
    gia_dinh: Annotated[int | None, ask("Số gia đình đạt “5 không, 3 sạch”", minimum=0)] = None
    bao_ve: Annotated[int | None, ask("Số phụ nữ, trẻ em được bảo vệ, hỗ trợ", minimum=0)] = None
    sang_kien: Annotated[int | None, ask("Số sáng kiến, cách làm đã áp dụng", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Who has taken note of it."""

    ghi_nhan: Annotated[tuple[str, ...], ask("Cấp ủy, chính quyền các cấp đã ghi nhận", choices=LEVELS)] = ()


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """How many branches begin."""

    chi_hoi: Annotated[int | None, ask("Số chi hội học theo", minimum=0)] = None


class Replicated(Started, frozen=True, kw_only=True):
    """How many branches followed, and whom they reached."""

    hoi_vien: Annotated[int | None, ask("Số hội viên, phụ nữ nơi học theo được tiếp cận", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "publicised": Publicised,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
