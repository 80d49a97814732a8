"""The questions of this field."""

from __future__ import annotations

from guong import AuditQuestion, by_rules
from guong_phat_trien_kinh_te.rules import SOURCE

_TITLE = ("phat-trien-kinh-te.title", "phat-trien-kinh-te.household")
_GAPS = ("phat-trien-kinh-te.title-gap", "phat-trien-kinh-te.title-unproven")

QUESTIONS = (
    AuditQuestion(
        "phat-trien-kinh-te.title-each-year", "Hộ của nông dân có đạt “Gia đình văn hóa” từng năm và có minh chứng không?",
        by_rules(("reviewed",), breaches=_TITLE, unclear=_GAPS, what="lần bình xét", who="đơn vị bình xét"),
        source=SOURCE, steps=("reviewed", "title_evidenced"), rules=(*_TITLE, *_GAPS), needs=("field",), field="phat-trien-kinh-te",
    ),
)  # fmt: skip
