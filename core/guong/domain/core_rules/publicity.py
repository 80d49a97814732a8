"""Rules of publicity: what somebody declined or took back is not published, and only what was published is taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK
from guong.domain.core_rules.honour import refused
from guong.domain.dates import not_after, show
from guong.domain.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case


def _declined(case: Case) -> Iterator[dict[str, Any]]:
    yield from refused(case, "publicity")


def _withdrawn(case: Case) -> Iterator[dict[str, Any]]:
    consents = [
        one
        for one in (consent for person in case.persons() for consent in person.of_kind("consent").values())
        if one.answers["scope"] == "publicity"
    ]
    given = [one for one in consents if not_after(one.on, case.occurred_on) is not False]
    taken = [mark.on for one in given if (mark := one.mark("consent_withdrawn")) is not None]
    taken = [on for on in taken if not_after(on, case.occurred_on) is not False]
    if taken and len(taken) == len(given):
        yield {"on": show(taken[-1])}


def _revoked(case: Case) -> Iterator[dict[str, Any]]:
    mark = case.exemplar.mark("revoked") if case.exemplar else None
    if mark and not_after(mark.on, case.occurred_on) is not False:
        yield {"on": show(mark.on)}


def _publication(case: Case) -> Iterator[dict[str, Any]]:
    entries = {one.entry.id: one.entry.step for one in case.history() if one.entry}
    if entries.get(case.data["publication"]) != "publicised":
        yield {"entry": case.data["publication"][:8]}


_TELLS = ("publicised", "honour_publicised")

RULES: tuple[Rule, ...] = (
    Rule("core.publicity-declined", "Không đưa tin về người đã từ chối", _declined, steps=_TELLS, source=BOOK,
         says="{what} từ {on}", fix="không đưa tin; việc bình xét vẫn giữ"),
    Rule("core.consent-withdrawn", "Không đưa tin khi đã rút đồng ý", _withdrawn, steps=_TELLS, source=BOOK,
         says="đã rút đồng ý đưa tin ngày {on}", fix="xin lại đồng ý (consent_recorded)"),
    Rule("core.publicity-revoked", "Không đưa tin sau khi tôn vinh bị hủy", _revoked, steps=("publicised",), source=BOOK,
         says="tôn vinh đã bị hủy ngày {on}", fix="gỡ tin cũ (publicity_removed)"),
    Rule("core.publication", "Chỉ gỡ tin, bài đã đưa của điển hình này", _publication, steps=("publicity_removed",),
         culprit="publication", source=BOOK, says="mục {entry} không phải là tin, bài về điển hình này", fix="xem bằng guong show"),
)  # fmt: skip
