"""The questions of this field."""

from __future__ import annotations

from guong import AuditQuestion, by_rules
from guong_nong_thon_moi.rules import SOURCE

_STEPS = ("assessed", "reviewed")
_AGAINST = ("nong-thon-moi.land", "nong-thon-moi.labour")
_UNTOLD = ("nong-thon-moi.given", "nong-thon-moi.criteria")

QUESTIONS = (
    AuditQuestion(
        "nong-thon-moi.contribution", "Đất hiến, ngày công, tiền của đã góp có số liệu, và có khớp với nhận định tiêu chí không?",
        by_rules(
            _STEPS, breaches=_AGAINST, unclear=_UNTOLD, what="lần đánh giá, bình xét",
            who="đơn vị chủ trì, theo số liệu của xã",
        ),
        source=SOURCE, steps=_STEPS, rules=(*_AGAINST, *_UNTOLD), needs=("field",), field="nong-thon-moi",
    ),
)  # fmt: skip
