"""Rules of dossiers: returned once, late only when somebody allowed it, received by somebody else, appraised in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK, PLAN
from guong.domain.dates import not_after, order, show
from guong.domain.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case
    from guong.domain.life import Thread


def _dossier(case: Case) -> Thread | None:
    return case.exemplar.threads.get(case.data.get("dossier", "")) if case.exemplar else None


def _returned(case: Case) -> Iterator[dict[str, Any]]:
    dossier = _dossier(case)
    before = dossier.marks.get("dossier_returned") if dossier else None
    allowed = case.plan.declared.returns if case.plan else 1
    if before is not None and before.count >= allowed and not case.data.get("approved_by"):
        yield {"count": before.count, "on": show(before.on), "allowed": allowed}


def _approver(case: Case) -> Iterator[dict[str, Any]]:
    approver = case.data.get("approved_by") or case.data.get("allowed_by")
    if approver and approver == case.by:
        yield {"by": case.by}


def _late(case: Case) -> Iterator[dict[str, Any]]:
    dossier = _dossier(case)
    sent = dossier.marks.get("dossier_submitted") if dossier else None
    if dossier is None or sent is None or dossier.has("dossier_accepted_late"):
        return
    for one in case.plan.deadlines.values() if case.plan else ():
        if one.of_step == "dossier_submitted" and one.due and not_after(sent.first, one.due) is False:
            yield {"sent": show(sent.first), "due": show(one.due), "title": one.title}


def _own_intake(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar and case.unit == case.exemplar.lead and case.data.get("second") in (None, "", case.by):
        yield {"unit": case.unit}


def _incomplete(case: Case) -> Iterator[dict[str, Any]]:
    dossier = _dossier(case)
    received, added = (dossier.mark(one) if dossier else None for one in ("dossier_received", "dossier_supplemented"))
    incomplete = dossier is not None and dossier.answers.get("complete") is False
    if incomplete and received and (added is None or added.rank < received.rank):
        yield {}


def _report(case: Case) -> Iterator[dict[str, Any]]:
    if case.data.get("purpose") == "reward" and case.data.get("report") is not True:
        yield {}


def _slow(case: Case) -> Iterator[dict[str, Any]]:
    limit = case.plan.declared.handling_days if case.plan else 0
    dossier = _dossier(case)
    received = dossier.marks.get("dossier_received") if dossier else None
    if not limit or received is None:
        return
    started = received.first  # arriving again after a return does not set the clock back; the return stopped it
    stopped = [
        one.entry for one in case.history() if one.entry and one.entry.data.get("dossier") == case.data["dossier"]
    ]
    days = working_days(order(started), order(case.occurred_on)) - sum(
        working_days(order(back), order(again)) for back, again in _stops(stopped, case.occurred_on)
    )
    if days > limit:
        yield {"days": days, "limit": limit, "since": show(started)}


def _stops(entries: list[Any], until: str) -> Iterator[tuple[str, str]]:
    """Yield from when to when the clock stood still: from each return to the completion after it."""
    back: str | None = None
    for entry in sorted(entries, key=lambda entry: order(entry.occurred_on)):
        if entry.step == "dossier_returned" and back is None:
            back = entry.occurred_on
        elif entry.step == "dossier_supplemented" and back is not None:
            yield back, entry.occurred_on
            back = None
    if back is not None:
        yield back, until


def working_days(since: dt.date, until: dt.date) -> int:
    """Return how many Mondays to Fridays lie after `since`, up to and with `until`; public holidays are not known here."""
    days = range(1, (until - since).days + 1)
    return sum((since + dt.timedelta(days=day)).weekday() < 5 for day in days)


RULES: tuple[Rule, ...] = (
    Rule("core.return-once", "Trả hồ sơ quá số lần cho phép phải có người duyệt", _returned, steps=("dossier_returned",),
         culprit="approved_by", source=PLAN, says="hồ sơ đã bị trả {count} lần (lần cuối {on}), chỉ được trả {allowed} lần",
         fix="nêu người duyệt (approved_by)"),
    Rule("core.approver", "Người duyệt, người cho phép không phải là người ghi", _approver,
         steps=("dossier_returned", "dossier_accepted_late"), source=BOOK, says="{by} không tự duyệt được", fix="nêu người khác"),
    Rule("core.late-dossier", "Hồ sơ gửi muộn chỉ được thẩm định khi có người cho nhận muộn", _late, steps=("appraisal_recorded",),
         culprit="dossier", source=PLAN, says="hồ sơ gửi ngày {sent}, quá hạn {due} ({title}), chưa có ai cho nhận muộn",
         fix="ghi bước dossier_accepted_late"),
    Rule("core.own-intake", "Đơn vị vừa tiếp nhận vừa chủ trì phải có người thứ hai cùng tiếp nhận", _own_intake,
         steps=("dossier_received",), culprit="second", source=PLAN, says="{unit} tiếp nhận hồ sơ của chính lĩnh vực mình chủ trì",
         fix="nêu người thứ hai (second)"),
    Rule("core.incomplete", "Hồ sơ thiếu phải được bổ sung trước khi thẩm định", _incomplete, steps=("appraisal_recorded",),
         culprit="dossier", source=PLAN, says="hồ sơ tiếp nhận chưa đủ thành phần", fix="trả hồ sơ để bổ sung"),
    Rule("core.report", "Giới thiệu để khen thưởng phải kèm báo cáo thành tích", _report, steps=("introduced",), refuses=False,
         culprit="report", source=PLAN, says="chưa ghi là có kèm báo cáo thành tích"),
    Rule("core.handling", "Thẩm định trong thời hạn, không kể ngày hồ sơ bị trả", _slow, steps=("appraisal_recorded",), refuses=False,
         source=PLAN, says="thẩm định sau {days} ngày làm việc từ {since}, hạn là {limit} (chưa trừ ngày lễ)"),
)  # fmt: skip
