"""Rules of reviews: every criterion looked at, votes that add up, a quorum, nobody judging his own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK, PLAN
from guong.domain.dates import not_after, show
from guong.domain.meeting import CONFLICTS
from guong.domain.review import FINDINGS
from guong.domain.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case
    from guong.domain.declarations import Criterion


def _asked(case: Case) -> tuple[Criterion, ...]:
    if case.subject is None:
        return ()
    if case.field is None:  # a plan without fields: its own criteria are all there are
        return case.plan.criteria_for(case.subject.kind) if case.plan else ()
    details = case.exemplar.details if case.exemplar else {}
    return case.field.criteria_for(
        case.subject.kind, str(details.get(case.field.group, "")) if case.field.group else ""
    )


def _beside(case: Case) -> tuple[Criterion, ...]:
    """Return the plan's criteria where they stand beside those of a field."""
    return case.plan.criteria_for(case.subject.kind) if case.plan and case.field and case.subject else ()


def _found(case: Case) -> dict[str, str]:
    """Return the findings of this review, those that were made before it included."""
    before = case.exemplar.findings if case.exemplar else {}
    return {**{id_: one.finding for id_, one in before.items()}, **case.data.get("criteria", {})}


def _criteria(case: Case) -> Iterator[dict[str, Any]]:
    if case.subject is None:
        return
    asked, found = _asked(case), _found(case)
    missing = [one.id for one in asked if one.id not in found]
    if missing:
        yield {"ids": ", ".join(missing), "fault": "chưa đối chiếu"}
    yield from _unknown(case, list(case.data.get("criteria", {})))


def _one(case: Case) -> Iterator[dict[str, Any]]:
    if case.subject is not None:
        yield from _unknown(case, [case.data["criterion"]])


def _unknown(case: Case, ids: list[str]) -> Iterator[dict[str, Any]]:
    known = {one.id for one in (*_asked(case), *_beside(case))}
    unknown = [id_ for id_ in ids if id_ not in known]
    if unknown:
        yield {"ids": ", ".join(unknown), "fault": "không áp dụng cho đối tượng này"}


def _mandatory(case: Case) -> Iterator[dict[str, Any]]:
    if case.data.get("result") != "passed":
        return
    asked, found = _asked(case), _found(case)
    for one in asked:
        if one.mandatory and found.get(one.id) != "met":
            yield {"id": one.id, "text": one.text, "finding": FINDINGS.get(found.get(one.id, ""), "chưa đối chiếu")}
    for group in sorted({one.any_of for one in asked if one.any_of}):
        ids = [one.id for one in asked if one.any_of == group]
        if not any(found.get(id_) == "met" for id_ in ids):
            yield {
                "id": ", ".join(ids),
                "text": "ít nhất một trong các tiêu chí này",
                "finding": "không đạt tiêu chí nào",
            }


def _unmet(case: Case) -> Iterator[dict[str, Any]]:
    below = [id_ for id_, finding in _found(case).items() if finding == "not_met"]
    if below and case.data.get("result") == "passed":
        yield {"ids": ", ".join(below)}


def _general(case: Case) -> Iterator[dict[str, Any]]:
    found = _found(case)
    missing = [one.id for one in _beside(case) if one.id not in found]
    if missing:
        yield {"ids": ", ".join(missing)}


def _votes(case: Case) -> Iterator[dict[str, Any]]:
    cast, present = (case.data.get("votes_for") or 0) + (case.data.get("votes_against") or 0), case.data.get("present")
    if present is not None and cast > present:
        yield {"cast": cast, "present": present}


def _quorum(case: Case) -> Iterator[dict[str, Any]]:
    meeting = case.facts.meeting(case.data.get("meeting", ""))
    share = case.plan.declared.quorum if case.plan else 0
    if meeting is None or not share:
        return
    members = len(set(meeting.members))  # whoever is named twice is one
    present = len(set(meeting.present)) if meeting.signed else case.data.get("present")
    needed = math.ceil(share * members - 1e-9)
    if present is not None and present < needed:
        yield {"present": present, "members": members, "needed": needed}


def _minutes(case: Case) -> Iterator[dict[str, Any]]:
    meeting, present = case.facts.meeting(case.data.get("meeting", "")), case.data.get("present")
    if meeting is not None and meeting.signed and present is not None and present != len(set(meeting.present)):
        yield {"present": present, "signed": len(set(meeting.present))}


def _before(case: Case) -> Iterator[dict[str, Any]]:
    meeting = case.facts.meeting(case.data.get("meeting", ""))
    if meeting is not None and not_after(meeting.on, case.occurred_on) is False:
        yield {"meeting": show(meeting.on), "date": show(case.occurred_on)}


def _voting(case: Case) -> Iterator[dict[str, Any]]:
    meeting, member = case.facts.meeting(case.data["meeting"]), case.data["member"]
    if meeting is not None and member not in meeting.members:
        yield {"member": member, "fault": "không được mời họp"}
        return
    if meeting is not None and meeting.signed and member not in meeting.present:
        yield {"member": member, "fault": "không có mặt theo biên bản"}
    cast = (one.entry for one in case.history() if one.entry and one.entry.step == "vote_cast")
    if any((one.data["meeting"], one.data["member"]) == (case.data["meeting"], member) for one in cast):
        yield {"member": member, "fault": "đã biểu quyết rồi"}


def _conflict(case: Case) -> Iterator[dict[str, Any]]:
    meeting, member = case.facts.meeting(case.data["meeting"]), case.data["member"]
    declared = meeting.conflict(member, case.stream) if meeting else None
    if declared is not None:
        yield {"member": member, "conflict": CONFLICTS.get(declared.conflict, declared.conflict)}
    elif any(one.officer == member for one in case.persons()):
        yield {"member": member, "conflict": CONFLICTS["self"]}


def _own_unit(case: Case) -> Iterator[dict[str, Any]]:
    meeting, member = case.facts.meeting(case.data["meeting"]), case.facts.officer(case.data["member"])
    if meeting is None or member is None or case.subject is None:
        return
    if meeting.conflict(member.key, case.stream) is None and member.unit == case.subject.unit:
        yield {"member": member.key, "unit": member.unit}


def _not_recused(case: Case) -> Iterator[dict[str, Any]]:
    meeting = case.facts.meeting(case.data.get("meeting", ""))
    for one in meeting.conflicts if meeting else ():
        if one.exemplar == case.stream and not one.recused:
            yield {"member": one.member, "conflict": CONFLICTS.get(one.conflict, one.conflict)}


def _chair(case: Case) -> Iterator[dict[str, Any]]:
    meeting = case.facts.meeting(case.data.get("meeting", ""))
    chairs = {case.data.get("chair"), meeting.chair if meeting else None} - {None, ""}
    for own in sorted({one.officer for one in case.persons()} & chairs):
        yield {"chair": own}


def _called(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is None:
        return
    named = case.data.get("present", []) or [case.data.get("member", "")]
    strangers = [one for one in named if one and one not in case.state.members]
    if strangers:
        yield {"members": ", ".join(strangers)}


def _renewed(case: Case) -> Iterator[dict[str, Any]]:
    plan = case.plan
    if plan is None or case.exemplar is None or case.subject is None or case.data.get("result") != "passed":
        return
    before = [
        one
        for one in case.facts.exemplars(case.exemplar.subject)
        if one.field == case.exemplar.field and one.plan != plan.key and one.has("reviewed")
    ]
    since = plan.declared.since
    achieved = [one for person in case.persons() for one in person.of_kind("achievement").values()]
    fresh = any(not since or not_after(since, one.answers["until"]) is not False for one in achieved)
    if before and not fresh:
        yield {"plan": before[0].plan, "since": show(since)}


RULES: tuple[Rule, ...] = (
    Rule("core.criteria", "Bình xét phải đối chiếu từng tiêu chí", _criteria, steps=("reviewed",), culprit="criteria", source=PLAN,
         says="tiêu chí {ids}: {fault}", fix="đối chiếu đúng các tiêu chí của lĩnh vực và loại đối tượng"),
    Rule("core.criterion", "Chỉ đối chiếu tiêu chí của lĩnh vực", _one, steps=("criterion_assessed",), culprit="criterion",
         source=PLAN, says="tiêu chí {ids}: {fault}", fix="xem các tiêu chí bằng guong show"),
    Rule("core.mandatory", "Không đạt tiêu chí bắt buộc thì không thể kết luận đạt", _mandatory, steps=("reviewed",), source=PLAN,
         culprit="criteria", says="tiêu chí bắt buộc {id} ({text}): {finding}", fix="kết luận khác đạt, hoặc đối chiếu lại"),
    Rule("core.criteria-unmet", "Đạt dù còn tiêu chí không đạt", _unmet, steps=("reviewed",), refuses=False, source=PLAN,
         says="kết luận đạt dù tiêu chí {ids} không đạt"),
    Rule("core.criteria-general", "Tiêu chí chung áp dụng cho mọi lĩnh vực", _general, steps=("reviewed",), refuses=False, source=PLAN,
         says="chưa đối chiếu tiêu chí chung {ids}"),
    Rule("core.votes", "Số phiếu không quá số người dự", _votes, steps=("reviewed",), culprit="votes_for", source=BOOK,
         says="{cast} phiếu nhưng chỉ {present} người dự", fix="xem lại biên bản"),
    Rule("core.quorum", "Cuộc họp bình xét phải đủ thành viên có mặt", _quorum, steps=("reviewed",), culprit="meeting", source=PLAN,
         says="có mặt {present} trong {members} thành viên, cần ít nhất {needed}", fix="họp lại khi đủ thành viên"),
    Rule("core.minutes", "Số người dự phải khớp biên bản", _minutes, steps=("reviewed",), culprit="present", refuses=False, source=BOOK,
         says="ghi {present} người dự, biên bản ghi {signed}"),
    Rule("core.meeting-day", "Bình xét không có trước cuộc họp", _before, steps=("reviewed", "vote_cast"), culprit="occurred_on",
         source=BOOK, says="cuộc họp ngày {meeting}, ở sau ngày {date}", fix="xem lại ngày xảy ra"),
    Rule("core.voter", "Chỉ thành viên có mặt biểu quyết, mỗi người một lần", _voting, steps=("vote_cast",), culprit="member",
         source=BOOK, says="{member} {fault}", fix="xem lại giấy mời và biên bản"),
    Rule("core.conflict", "Không biểu quyết về chính mình hoặc khi có xung đột lợi ích", _conflict, steps=("vote_cast",),
         culprit="member", source=BOOK, says="{member} {conflict}, không được biểu quyết", fix="người này phải tránh"),
    Rule("core.conflict-undeclared", "Thành viên cùng đơn vị nên khai xung đột lợi ích", _own_unit, steps=("vote_cast",),
         refuses=False, source=BOOK, says="{member} thuộc {unit} mà chưa khai xung đột lợi ích"),
    Rule("core.recused", "Người có xung đột lợi ích phải tránh", _not_recused, steps=("reviewed",), culprit="meeting", source=BOOK,
         says="{member} {conflict} mà không tránh", fix="họp xét lại không có người này"),
    Rule("core.own-chair", "Không chủ trì việc xét chính mình", _chair, steps=("reviewed",), culprit="chair", source=BOOK,
         says="{chair} là chính người được xét", fix="người khác chủ trì"),
    Rule("core.called", "Người có mặt, người khai phải được mời họp", _called, steps=("minutes_signed", "conflict_declared"),
         source=BOOK, says="{members} không có trong giấy mời", fix="xem lại thành viên của cuộc họp"),
    Rule("core.renewed", "Không lấy điển hình năm trước thay cho thành tích mới", _renewed, steps=("reviewed",), source=PLAN,
         says="đối tượng đã được bình xét theo {plan}, chưa có thành tích nào từ {since}",
         fix="ghi nhận thành tích mới trước (achievement_recorded)"),
)  # fmt: skip
