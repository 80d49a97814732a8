"""The questions of this field."""

from __future__ import annotations

from guong import AuditQuestion, by_rules
from guong_day_tot_hoc_tot.rules import MINORS

QUESTIONS = (
    AuditQuestion(
        "day-tot-hoc-tot.pupils", "Tuyên truyền về học sinh có được học sinh và cha mẹ, người giám hộ đồng ý không?",
        by_rules(
            ("publicised",), breaches=("day-tot-hoc-tot.pupil-consent",), unclear=("day-tot-hoc-tot.guardian",),
            what="lần tuyên truyền", none="lĩnh vực này chưa có lần tuyên truyền nào",
        ),
        source=MINORS, steps=("publicised",), rules=("day-tot-hoc-tot.pupil-consent", "day-tot-hoc-tot.guardian"),
        needs=("field",), field="day-tot-hoc-tot",
    ),
)  # fmt: skip
