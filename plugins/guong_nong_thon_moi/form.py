"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

LEVELS = {"nong-thon-moi": "nông thôn mới", "nang-cao": "nông thôn mới nâng cao"}


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """What a commune has reached, or what a person or household has given, up to the day of the step."""

    muc: Annotated[str, ask("Mức phấn đấu của xã", choices=LEVELS)] = ""
    tieu_chi: Annotated[int | None, ask("Số tiêu chí đã đạt", minimum=0, help="chỉ đối với xã")] = None
    hien_dat: Annotated[float | None, ask("Đất đã hiến (m2)", minimum=0)] = None
    ngay_cong: Annotated[float | None, ask("Ngày công đã góp", minimum=0)] = None
    dong_gop: Annotated[int | None, ask("Tiền, vật chất đã góp (đồng)", minimum=0, help="vật chất quy ra tiền")] = None
    duong: Annotated[float | None, ask("Đường đã làm (km)", minimum=0)] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """From where a commune that follows sets out."""

    tieu_chi: Annotated[
        int | None, ask("Số tiêu chí nơi học theo đang đạt", minimum=0, help="chỉ khi nơi học theo là xã")
    ] = None


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """What those who follow have reached and given."""

    tieu_chi: Annotated[
        int | None, ask("Số tiêu chí nơi học theo đã đạt", minimum=0, help="chỉ khi nơi học theo là xã")
    ] = None
    hien_dat: Annotated[float | None, ask("Đất nơi học theo đã hiến (m2)", minimum=0)] = None
    ngay_cong: Annotated[float | None, ask("Ngày công nơi học theo đã góp", minimum=0)] = None
    duong: Annotated[float | None, ask("Đường nơi học theo đã làm (km)", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    **dict.fromkeys(("discovered", "supported", "assessed", "reviewed"), Contribution),
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
