"""What the field checks in code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong import Rule
from guong_day_tot_hoc_tot.form import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong import Case

SOURCE = "Kế hoạch, II.3.2.h"
MINORS = "Nghị định 13/2023/NĐ-CP, Điều 20"
PUPIL = "hoc-sinh"


def _pupil(case: Case) -> bool:
    return case.exemplar is not None and case.exemplar.details.get("nhom") == PUPIL


def _grouped(case: Case) -> Iterator[dict[str, Any]]:
    if case.subject and (case.subject.kind == "person") is not bool(case.details.get("nhom")):
        fault = "cá nhân phải nêu nhóm" if case.subject.kind == "person" else "chỉ cá nhân mới có nhóm"
        yield {"fault": fault, "groups": "; ".join(f"{key} ({title})" for key, title in GROUPS.items())}


def _consent(case: Case) -> Iterator[dict[str, Any]]:
    if _pupil(case) and case.data.get("consent") is not True:
        yield {}


def _guardian(case: Case) -> Iterator[dict[str, Any]]:
    if _pupil(case) and case.details.get("giam_ho") is not True:
        yield {}


RULES: tuple[Rule, ...] = (
    Rule("day-tot-hoc-tot.group", "Cá nhân là nhà giáo, cán bộ quản lý hoặc học sinh", _grouped,
         source=SOURCE, steps=("discovered",), culprit="details.nhom",
         says="{fault}",
         fix="các nhóm: {groups}; tập thể để trống"),
    Rule("day-tot-hoc-tot.pupil-consent", "Tuyên truyền về học sinh phải được đồng ý", _consent,
         source=MINORS, steps=("publicised",), culprit="consent",
         says="học sinh chưa đồng ý hoặc chưa ghi là đồng ý",
         fix="xin ý kiến trước khi đưa tin; có đồng ý thì ghi là có"),
    Rule("day-tot-hoc-tot.guardian", "Tuyên truyền về học sinh nên có đồng ý của cha mẹ hoặc người giám hộ", _guardian,
         source=MINORS, steps=("publicised",), culprit="details.giam_ho", refuses=False,
         says="chưa ghi cha mẹ hoặc người giám hộ đồng ý",
         fix="ghi là có khi đã được đồng ý"),
)  # fmt: skip
