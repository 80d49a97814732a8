"""What the field checks in code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong import Rule, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong import Case

SOURCE = "Kế hoạch, II.3.2.h"
MINORS = "Nghị định 13/2023/NĐ-CP, Điều 20"
PUPIL = "hoc-sinh"


def _pupil(case: Case) -> bool:
    return case.exemplar is not None and case.exemplar.details.get("nhom") == PUPIL


def _consent(case: Case) -> Iterator[dict[str, Any]]:
    if _pupil(case) and case.data.get("consent") is not True:
        yield {}


def _guardian(case: Case) -> Iterator[dict[str, Any]]:
    if _pupil(case) and case.details.get("giam_ho") is not True:
        yield {}


RULES: tuple[Rule, ...] = (
    ready.asked_of("day-tot-hoc-tot.group", "Cá nhân là nhà giáo, cán bộ quản lý hoặc học sinh", SOURCE, key="nhom", kinds=("person",)),
    ready.only_for("day-tot-hoc-tot.pupils-only", "Kết quả học tập, hoàn cảnh, người giám hộ chỉ hỏi đối với học sinh, sinh viên", SOURCE,
                   keys=("giam_ho", "ket_qua", "ho_ngheo"), steps=("publicised", "reviewed"), group=PUPIL),
    Rule("day-tot-hoc-tot.pupil-consent", "Tuyên truyền về học sinh phải được đồng ý", _consent,
         source=MINORS, steps=("publicised",), culprit="consent",
         says="học sinh chưa đồng ý hoặc chưa ghi là đồng ý",
         fix="xin ý kiến trước khi đưa tin; có đồng ý thì ghi là có"),
    Rule("day-tot-hoc-tot.guardian", "Tuyên truyền về học sinh nên có đồng ý của cha mẹ hoặc người giám hộ", _guardian,
         source=MINORS, steps=("publicised",), culprit="details.giam_ho", refuses=False,
         says="chưa ghi cha mẹ hoặc người giám hộ đồng ý",
         fix="ghi là có khi đã được đồng ý"),
    ready.met_against("day-tot-hoc-tot.initiatives", "có nhiều mô hình, sáng kiến trong dạy và học đã được thực hiện", SOURCE,
                      criteria=("h.tt.02",), keys=("sang_kien",), steps=("assessed",), wrong=lambda count: count == 0),
    ready.met_against("day-tot-hoc-tot.pupil-excels", "Học sinh, sinh viên có thành tích học tập xuất sắc", SOURCE,
                      criteria=("h.hs.01",), keys=("ket_qua",), wrong=lambda result: result != "xuat-sac"),
    ready.met_against("day-tot-hoc-tot.pupil-poor", "học sinh nghèo vượt khó vươn lên trong học tập", SOURCE,
                      criteria=("h.hs.02",), keys=("ho_ngheo",), wrong=lambda poor: not poor),
    ready.sub_plan("day-tot-hoc-tot.sub-plan", "Đơn vị chủ trì xây dựng kế hoạch thực hiện Kế hoạch này", "Kế hoạch, III.7"),
)  # fmt: skip
