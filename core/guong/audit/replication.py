"""Who copied what was honoured, with what measured result, checked by whom, and what was silently dropped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import msgspec

from guong.audit.answer import Missing, conclude
from guong.audit.honours import GIVEN, revoked
from guong.audit.question import AuditQuestion
from guong.audit.threads import answer, beside, fact, facts, told
from guong.domain.dates import span
from guong.domain.subject import KINDS
from guong.forms import ask

if TYPE_CHECKING:
    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry

_PLANNED, _STARTED, _REVIEWED = "replication_planned", "replication_started", "replication_reviewed"
_SUCCEEDED, _FAILED, _ABANDONED = "replication_succeeded", "replication_failed", "replication_abandoned"
_WHO = "đơn vị chủ trì nhân rộng"

CHECKS = (
    fact(_PLANNED, "unit", "due"), fact(_STARTED, "unit"), fact(_REVIEWED, "value"), fact(_SUCCEEDED, "value"), fact(_FAILED),
    fact(_ABANDONED),
)  # fmt: skip


class _Which(msgspec.Struct, frozen=True, kw_only=True):
    kinds: Annotated[list[str], ask("Chỉ các loại đối tượng này", type="choice", choices=KINDS)] = msgspec.field(
        default_factory=list
    )


def _copied(inquiry: Inquiry) -> Answer:
    """Look, for every honour that stands, for a replication of its exemplar, and for what was measured of those that worked."""
    kinds = {f"kind{number}": kind for number, kind in enumerate(inquiry.given.get("kinds") or ())}
    among = f"x.kind IN ({', '.join(f':{key}' for key in kinds)})" if kinds else "1"
    of_kind = f"EXISTS (SELECT 1 FROM exemplar x WHERE x.no=e.no AND {among})"
    honoured = f"{GIVEN} AND NOT {revoked(inquiry)} AND {of_kind}"
    seen = facts(inquiry, "honour_decided", honoured, **kinds).count
    if not seen:
        lacking = Missing("sổ chưa có lần tôn vinh nào để xem đã nhân rộng chưa", "người quyết định tôn vinh")
        return conclude("chưa có điển hình, mô hình nào được tôn vinh", seen=0, missing=[lacking])
    started = told(inquiry, _STARTED, of="")
    never = facts(inquiry, "honour_decided", f"{honoured} AND NOT {started}", "đã tôn vinh, chưa nhân rộng", **kinds)
    looked = told(inquiry, _REVIEWED, f"{answer('value', 'k')} IS NOT NULL")
    measured = f"({answer('value')} IS NOT NULL OR {looked})"
    works = facts(inquiry, _SUCCEEDED, of_kind, **kinds)
    unmeasured = facts(inquiry, _SUCCEEDED, f"{of_kind} AND NOT {measured}", "nhân rộng đạt, không có số đo", **kinds)
    begun = facts(inquiry, _STARTED, of_kind, "nhân rộng", **kinds)
    says = (
        f"{seen} lần tôn vinh: {never.count} chưa được nhân rộng; {begun.count} lần nhân rộng tại {_places(inquiry) or 'không nơi nào'}, "
        f"{works.count} đạt, trong đó {unmeasured.count} không có số đo"
    )
    return conclude(says, seen=seen, unclear=never + unmeasured, rests=begun)


def _places(inquiry: Inquiry) -> str:
    """Return where things were copied most, with how often."""
    rows = inquiry.rows(
        f"SELECT {answer('unit')} AS place, count(*) AS n FROM problem p JOIN entry e ON e.position=p.position WHERE "
        f"p.code='ask.replication-started' AND {inquiry.within()} AND {inquiry.stands('p')} GROUP BY place ORDER BY n DESC, place LIMIT 5"
    )
    return ", ".join(f"{row['place']} ({row['n']})" for row in rows)


def _checked(inquiry: Inquiry) -> Answer:
    """Look, for every success, for a check on the spot between its start and itself."""
    seen = facts(inquiry, _SUCCEEDED)
    if not seen.count:
        lacking = Missing("sổ chưa có lần nhân rộng nào ghi là đạt", _WHO)
        return conclude("chưa có kết quả nhân rộng nào để xét", seen=0, missing=[lacking])
    may = _between(inquiry, "last", "first", "last", "first")
    must = _between(inquiry, "first", "last", "first", "last")
    bare = facts(
        inquiry, _SUCCEEDED, f"NOT {may}", "ghi đạt mà không có lần kiểm tra nào từ khi bắt đầu đến khi ghi đạt"
    )
    vague = facts(
        inquiry,
        _SUCCEEDED,
        f"{may} AND NOT {must}",
        "không rõ lần kiểm tra có sau khi bắt đầu và trước khi ghi đạt không",
    )
    says = f"{seen.count} lần nhân rộng đạt: {bare.count} không có kiểm tra làm căn cứ, {vague.count} không rõ ngày kiểm tra"
    return conclude(says, seen=seen.count, unclear=bare + vague, rests=seen)


def _between(inquiry: Inquiry, end: str, start: str, until: str, since: str) -> str:
    """Return the condition that there is a check whose `end` day is not before the start's `start` day, and whose `since` day is
    not after the success's `until` day.
    """
    after = beside(inquiry, _STARTED, f"{answer(end, 'k')}>={answer(start, 's')}", name="s")
    return beside(inquiry, _REVIEWED, f"{answer(since, 'k')}<={answer(until)} AND {after}")


class _Silence(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[int, ask("Bao nhiêu ngày không ghi gì thì coi là bỏ dở", minimum=0)] = 180


def _dropped(inquiry: Inquiry) -> Answer:
    """Look for replications that were planned or begun and of which nothing has been written for long, and for ends without a reason."""
    begun = facts(inquiry, _STARTED)
    planned = facts(inquiry, _PLANNED)
    seen = begun.count + planned.count
    if not seen:
        return conclude(
            "chưa có lần nhân rộng nào để xét", seen=0, missing=[Missing("sổ chưa có lần nhân rộng nào", _WHO)]
        )
    today = span(inquiry.day)[1]
    values = {"long": (today - dt.timedelta(days=inquiry.given["days"])).isoformat(), "day": today.isoformat()}
    over = " OR ".join(told(inquiry, step) for step in (_SUCCEEDED, _FAILED, _ABANDONED))
    looked = told(inquiry, _REVIEWED, f"{answer('last', 'k')}>=:long")
    silent = facts(
        inquiry, _STARTED, f"{answer('last')}<:long AND NOT ({over} OR {looked})",
        f"bắt đầu mà không ghi kết quả, không có gì mới trong {inquiry.given['days']} ngày", **values,
    )  # fmt: skip
    due = f"coalesce({answer('due')}<:day, {answer('last')}<:long)"
    unbegun = facts(
        inquiry, _PLANNED, f"{due} AND NOT ({told(inquiry, _STARTED)} OR {over})", "có kế hoạch mà không bắt đầu, không ghi vì sao",
        **values,
    )  # fmt: skip
    unreasoned = inquiry.problems(["core.reason"], f"e.step IN ('{_FAILED}', '{_ABANDONED}')")
    failed, given_up = facts(inquiry, _FAILED), facts(inquiry, _ABANDONED)
    says = (
        f"{planned.count} lần lập kế hoạch, {begun.count} lần bắt đầu: {failed.count} không đạt, {given_up.count} dừng, "
        f"{unreasoned.count} trong đó không nêu lý do; {unbegun.count} lần không bắt đầu, {silent.count} lần bỏ dở không ghi gì"
    )
    return conclude(says, seen=seen, breaches=unreasoned, unclear=unbegun + silent, rests=begun + planned)


_ALL = (_PLANNED, _STARTED, _REVIEWED, _SUCCEEDED, _FAILED, _ABANDONED)

QUESTIONS = (
    AuditQuestion(
        "Q30", "Mô hình, điển hình đã tôn vinh nào được nhân rộng, đến nơi nào, kết quả đo được ra sao; nào chưa bao giờ?", _copied,
        source="kế hoạch: nhân rộng điển hình tiên tiến", steps=("honour_decided", "honour_revoked", "honour_reinstated", *_ALL),
        rules=("ask.honour-decided", "ask.replication-started", "ask.replication-reviewed", "ask.replication-succeeded"),
        parameters=_Which,
    ),
    AuditQuestion(
        "Q31", "Mỗi lần nhân rộng “đạt” có một lần kiểm tra sau ngày bắt đầu làm căn cứ không?", _checked,
        source="kế hoạch: nhân rộng điển hình tiên tiến; nguyên tắc của sổ", steps=(_STARTED, _REVIEWED, _SUCCEEDED),
        rules=("ask.replication-started", "ask.replication-reviewed", "ask.replication-succeeded"),
    ),
    AuditQuestion(
        "Q32", "Nhân rộng không thành được ghi lại kèm lý do, hay bị bỏ dở không ai ghi?", _dropped,
        source="nguyên tắc của sổ: không thành cũng ghi, kèm lý do", steps=_ALL,
        rules=("core.reason", *(check.words.code for check in CHECKS)), parameters=_Silence,
    ),
)  # fmt: skip
