"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

STAGES = {
    "y-tuong": "ý tưởng",
    "thu-nghiem": "thử nghiệm",
    "trien-khai": "triển khai trong thực tế",
    "mo-rong": "mở rộng",
}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """Which project it is, and how far it has come."""

    du_an: Annotated[str, ask("Tên ý tưởng, dự án", personal=True)] = ""
    giai_doan: Annotated[str, ask("Giai đoạn của dự án", choices=STAGES)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """How far it has come, and with what help."""

    giai_doan: Annotated[str, ask("Giai đoạn của dự án", choices=STAGES)] = ""
    von: Annotated[int | None, ask("Vốn đã được vay ưu đãi, hỗ trợ (đồng)", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the project, or of a unit's work for those who start up."""

    giai_doan: Annotated[str, ask("Giai đoạn của dự án", choices=STAGES)] = ""
    doanh_thu: Annotated[int | None, ask("Doanh thu của dự án trong năm (đồng)", minimum=0)] = None
    viec_lam: Annotated[int | None, ask("Số việc làm đã tạo cho thanh niên", minimum=0)] = None
    du_an_trien_khai: Annotated[
        int | None, ask("Số dự án đã được triển khai", minimum=0, help="chỉ đối với tập thể")
    ] = None
    lop: Annotated[
        int | None, ask("Số diễn đàn, lớp, chuyến tham quan đã tổ chức", minimum=0, help="chỉ đối với tập thể")
    ] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What prizes it has won."""

    giai_tinh: Annotated[int | None, ask("Số giải cấp tỉnh", minimum=0)] = None
    giai_khu_vuc: Annotated[int | None, ask("Số giải cấp khu vực", minimum=0)] = None
    giai_toan_quoc: Annotated[int | None, ask("Số giải toàn quốc", minimum=0)] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the young take part."""

    thanh_nien: Annotated[int | None, ask("Số thanh niên tham gia", minimum=0)] = None


class Replicated(Started, frozen=True, kw_only=True):
    """How many of the young took part, and what work it gave."""

    viec_lam: Annotated[int | None, ask("Số việc làm đã tạo nơi học theo", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
