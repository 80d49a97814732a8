"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

FORCES = {"cong-an": "công an", "quan-doi": "quân đội", "dan-quan": "dân quân tự vệ"}
MOVEMENTS = {"quyet-thang": "phong trào thi đua quyết thắng", "vi-an-ninh-to-quoc": "phong trào vì an ninh tổ quốc"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """Of which force the subject is, and where it stood out."""

    luc_luong: Annotated[str, ask("Lực lượng", choices=FORCES)]
    phong_trao: Annotated[str, ask("Phong trào", choices=MOVEMENTS)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What was done among the people."""

    buoi_van_dong: Annotated[int | None, ask("Số buổi vận động quần chúng", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What the review looked at beside the criteria."""

    diem_nong: Annotated[int | None, ask("Số “điểm nóng”, vụ việc phức tạp đã xảy ra", minimum=0)] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """Of which force the follower is."""

    luc_luong: Annotated[str, ask("Lực lượng nơi học theo", choices=FORCES)] = ""


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """What was done among the people there, and what happened all the same."""

    buoi_van_dong: Annotated[int | None, ask("Số buổi vận động quần chúng nơi học theo", minimum=0)] = None
    diem_nong: Annotated[int | None, ask("Số “điểm nóng”, vụ việc phức tạp nơi học theo", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
