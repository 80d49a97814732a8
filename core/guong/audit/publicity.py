"""Whether what was told to the public was true to the file, agreed to, and taken down once the honour was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.audit.answer import Missing, conclude
from guong.audit.checks import Check
from guong.audit.honours import revoked
from guong.audit.question import AuditQuestion
from guong.audit.threads import answer, fact, facts, told
from guong.domain.dates import not_after, show, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored

_TOLD, _REMOVED = "publicised", "publicity_removed"
_GROUNDS = ("experience_documented", "assessed", "reviewed", "introduced", "dossier_opened")
_WRONG = ("core.publicity-declined", "core.consent-withdrawn", "core.publicity-revoked")


def _unagreed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look at news about persons: whether they agreed, by the entry itself or by a consent that stood on its day."""
    persons = [one for one in case.persons() if one.kind == "person"]
    if not persons or case.data.get("consent") is True:
        return
    given = (
        one
        for person in persons
        for one in person.of_kind("consent").values()
        if one.answers.get("scope") == "publicity" and not one.has("consent_withdrawn")
    )
    if not any(not_after(one.on, case.occurred_on) is not False for one in given):
        yield {"date": show(case.occurred_on)}


def _groundless(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for news that came before anything it could be true to."""
    marks = (case.exemplar.mark(name) for name in _GROUNDS) if case.exemplar else ()
    if not any(mark and not_after(mark.first, case.occurred_on) is not False for mark in marks):
        yield {"date": show(case.occurred_on)}


CHECKS = (
    fact(_TOLD),
    fact(_REMOVED, of="publication"),
    Check("ask.unagreed", "Người được đưa tin đã đồng ý", _unagreed, steps=(_TOLD,),
          says="đưa tin ngày {date} về một người mà sổ không ghi người ấy đồng ý"),
    Check("ask.groundless", "Tin, bài có hồ sơ để đối chiếu", _groundless, steps=(_TOLD,),
          says="đưa tin ngày {date} khi chưa có tài liệu kinh nghiệm, đánh giá, bình xét hay hồ sơ nào để đối chiếu"),
)  # fmt: skip


def _true(inquiry: Inquiry) -> Answer:
    """Read what rules say of publicity, and look for news that stands although the honour was taken back."""
    seen = inquiry.count((_TOLD, "honour_publicised"))
    if not seen:
        lacking = Missing("sổ chưa có lần tuyên truyền nào", "đơn vị phụ trách tuyên truyền")
        return conclude("chưa có tin, bài nào để xét", seen=0, missing=[lacking])
    wrong = inquiry.problems(_WRONG)
    taken = revoked(inquiry, f"(r.code<>'ask.honour-revoked' OR {answer('last', 'r')}<:day)", of="")
    left = facts(
        inquiry, _TOLD, f"NOT {told(inquiry, _REMOVED)} AND {taken}", "tôn vinh đã bị hủy mà tin, bài chưa gỡ",
        day=span(inquiry.day)[1].isoformat(),
    )  # fmt: skip
    unagreed, groundless = inquiry.problems(["ask.unagreed"]), inquiry.problems(["ask.groundless"])
    says = (
        f"{seen} lần tuyên truyền, công bố: {wrong.count} trái điều đã từ chối, đã rút hoặc đã hủy, {left.count} chưa gỡ sau khi hủy, "
        f"{unagreed.count} chưa ghi sự đồng ý, {groundless.count} chưa có hồ sơ để đối chiếu"
    )
    rests = inquiry.entries(f"e.step IN ('{_TOLD}', 'honour_publicised')", known=seen)
    return conclude(says, seen=seen, breaches=wrong + left, unclear=unagreed + groundless, rests=rests)


QUESTIONS = (
    AuditQuestion(
        "Q29", "Tin, bài có đúng với hồ sơ, có được đồng ý, và được gỡ sau khi hủy tôn vinh không?", _true,
        source="kế hoạch: tuyên truyền điển hình; quy định về dữ liệu cá nhân",
        steps=(_TOLD, _REMOVED, "honour_publicised", "honour_revoked", "honour_reinstated", "honour_declined", "consent_recorded",
               "consent_withdrawn"),
        rules=(*_WRONG, "ask.publicised", "ask.publicity-removed", "ask.honour-revoked", "ask.unagreed", "ask.groundless"),
    ),
)  # fmt: skip
