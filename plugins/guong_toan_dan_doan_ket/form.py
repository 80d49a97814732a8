"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

PROFILES = {"to-chuc": "tổ chức, chỉ đạo ở các cấp", "co-so": "điển hình thực hiện ở cơ sở"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the plan's two profiles the subject has."""

    dien: Annotated[str, ask("Diện điển hình", choices=PROFILES)]


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """How many it has spoken to."""

    van_dong: Annotated[int | None, ask("Số hộ đã vận động", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """What was mobilised, and by how many."""

    khu_dan_cu: Annotated[int | None, ask("Số khu dân cư đã thực hiện", minimum=0)] = None
    ho: Annotated[int | None, ask("Số hộ đã tham gia", minimum=0)] = None
    gia_tri: Annotated[int | None, ask("Giá trị đã vận động (đồng)", minimum=0, help="vật chất quy ra tiền")] = None
    ngay_cong: Annotated[float | None, ask("Ngày công đã vận động", minimum=0)] = None
    hien_dat: Annotated[float | None, ask("Đất các hộ đã hiến (m2)", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the neighbours agree."""

    nhat_tri: Annotated[bool | None, ask("Khu dân cư nhất trí")] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """Where others begin."""

    khu_dan_cu: Annotated[int | None, ask("Số khu dân cư học theo", minimum=0)] = None


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """What was mobilised by those who follow."""

    ho: Annotated[int | None, ask("Số hộ nơi học theo đã tham gia", minimum=0)] = None
    gia_tri: Annotated[int | None, ask("Giá trị nơi học theo đã vận động (đồng)", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
