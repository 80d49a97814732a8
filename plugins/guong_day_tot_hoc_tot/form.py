"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

LEVELS = {"mam-non": "Mầm non", "tieu-hoc": "Tiểu học", "thcs": "Trung học cơ sở"}
RESULTS = {"xuat-sac": "xuất sắc", "gioi": "giỏi", "khac": "mức khác"}
GROUPS = {"nha-giao": "nhà giáo, cán bộ quản lý", "hoc-sinh": "học sinh, sinh viên"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """At which school level, and whether a person teaches or learns."""

    cap_hoc: Annotated[str, ask("Cấp học", choices=LEVELS)]
    nhom: Annotated[str, ask("Nhóm cá nhân", choices=GROUPS, help="chỉ đối với cá nhân")] = ""


class Publicised(msgspec.Struct, frozen=True, kw_only=True):
    """Who agreed for a pupil."""

    giam_ho: Annotated[bool | None, ask("Cha mẹ hoặc người giám hộ đồng ý", help="đối với học sinh")] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """What can be counted."""

    hoc_sinh_gioi: Annotated[int | None, ask("Số học sinh giỏi các cấp", minimum=0)] = None
    sang_kien: Annotated[int | None, ask("Số mô hình, sáng kiến đã áp dụng", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the plan's two a pupil is: one who excels, one who is poor and gets ahead."""

    ket_qua: Annotated[str, ask("Kết quả học tập", choices=RESULTS, personal=True, help="đối với học sinh")] = ""
    ho_ngheo: Annotated[bool | None, ask("Thuộc hộ nghèo, cận nghèo", personal=True, help="đối với học sinh")] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """At which school level the follower is."""

    cap_hoc: Annotated[str, ask("Cấp học nơi học theo", choices=LEVELS)] = ""


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is done now, and with how many pupils."""

    co_so: Annotated[int | None, ask("Số cơ sở giáo dục làm theo", minimum=0)] = None
    hoc_sinh: Annotated[int | None, ask("Số học sinh được học theo cách làm này", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "publicised": Publicised,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
