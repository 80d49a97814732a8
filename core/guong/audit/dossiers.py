"""Dossiers that came back or were dated anew, and decisions: their numbers, their days, who numbered them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from guong.audit.answer import Evidence, Found, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.domain.corrections import voided
from guong.domain.dates import not_after, order, show
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Paper, Stored

_CORRECTED, _RETURNED, _HONOURED, _ISSUED = "entry_corrected", "dossier_returned", "honour_decided", "decision_issued"
_DATED = (
    "dossier_submitted",
    "dossier_received",
    "dossier_accepted_late",
    _RETURNED,
    "dossier_supplemented",
    "appraisal_recorded",
)
_RETURNS = ("core.reason", "core.return-once", "core.approver")
_DECIDERS, _CLERKS = "nơi ra quyết định", "văn thư nơi ra quyết định"


# ------------------------------------------------------------------ checks


def _again(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    dossier = case.exemplar.threads.get(case.data["dossier"]) if case.exemplar else None
    before = dossier.marks.get(_RETURNED) if dossier else None
    if before is not None:
        yield {"count": before.count + 1, "approver": case.data.get("approved_by") or "không có"}


def _redated(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for a step of a dossier that gets another day: by a correction, or voided and recorded anew."""
    if case.step.key == _CORRECTED:
        named, day = case.data["entry"], case.data.get("happened_on") or ""
        entries = case.history() if day else []
        changed = [one.entry for one in entries if one.entry and one.entry.id == named and one.entry.step in _DATED]
    elif case.corrects:
        return
    else:
        entries, day = case.facts.entries(case.stream), case.occurred_on
        gone = voided(entries)
        same = (one.entry for one in entries if one.entry and one.entry.id in gone and one.entry.step == case.step.key)
        changed = [one for one in same if one.data.get("dossier") == case.data["dossier"]]
    for one in changed:
        if one.occurred_on != day:
            yield {"step": STEPS[one.step].title, "was": show(one.occurred_on), "date": show(day)}


def _paper(case: Case) -> Paper | None:
    """Return the decision among the papers of a case."""
    return next((one for one in case.papers if one.number and one.date), None)


def _decision(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Tell number and day of a decision; of an honour by a decision that was recorded by itself that one tells them."""
    paper, data = _paper(case), case.data
    if case.step.key == _ISSUED:
        named = {name: data[name] for name in ("authority", "number", "notation", "year")}
        yield named | {"date": case.occurred_on, "told": show(case.occurred_on)}
    elif not data.get("decision") and paper is not None and paper.date:
        yield {
            "authority": data["authority"], "number": paper.number, "notation": paper.notation or "",
            "year": order(paper.date).year, "date": paper.date, "told": show(paper.date),
        }  # fmt: skip


def _decided_on(case: Case) -> str:
    issued, paper = case.facts.decision(case.data.get("decision") or ""), _paper(case)
    return issued.on if issued else (paper.date if paper else "") or case.occurred_on


def _bases(case: Case) -> Iterator[tuple[str, str]]:
    """Yield what a decision rests on and must not come before, with the day: the first review that passed, and the proposal."""
    entries = [one.entry for one in case.history() if one.entry]
    passed = [one for one in entries if one.step == "reviewed" and one.data.get("result") == "passed"]
    if passed:
        review = min(passed, key=lambda one: order(one.occurred_on))
        meeting = case.facts.meeting(review.data.get("meeting") or "")
        yield ("cuộc họp bình xét", meeting.on) if meeting else ("lần bình xét", review.occurred_on)
    for one in entries:
        if one.id == case.data.get("proposal") and one.step == "honour_proposed":
            yield "tờ trình", next((paper.date for paper in one.basis if paper.date), None) or one.occurred_on


def _against(*, told: bool | None) -> Any:
    """Return what looks for a decision that comes before what it rests on (`False`), or of which that cannot be told (`None`)."""

    def look(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
        day = _decided_on(case)
        for what, on in _bases(case):
            if not_after(on, day) is told:
                yield {"what": what, "on": show(on), "date": show(day)}

    return look


def _unproposed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.data["kind"] == "award" and not case.data.get("proposal"):
        yield {}


def _bare(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for decisions that do not say who signed and numbered them, and when."""
    asked = {"signer": "người ký", "signed_on": "ngày ký", "numbered_by": "người cấp số"}
    lacks = [title for key, title in asked.items() if not case.data.get(key)]
    signed = case.data.get("signed_on")
    if signed and not_after(signed, case.occurred_on) is None and signed != case.occurred_on:
        lacks.append("ngày ký đủ ngày, tháng")
    if lacks:
        yield {"lacks": ", ".join(lacks)}


CHECKS = (
    Check("ask.returned-again", "Hồ sơ bị trả lần nữa", _again, steps=(_RETURNED,), says="trả lần thứ {count}, người duyệt: {approver}"),
    Check("ask.redated", "Ngày của một bước hồ sơ bị đổi sau khi đã ghi", _redated, steps=(*_DATED, _CORRECTED),
          says="{step}: ngày đã ghi là {was}, nay là {date}"),
    Check("ask.decision", "Số và ngày của quyết định", _decision, steps=(_ISSUED, _HONOURED), says="số {number}/{notation} ngày {told}"),
    Check("ask.decided-before", "Quyết định có sau cuộc họp và tờ trình", _against(told=False), steps=(_HONOURED,),
          says="quyết định ngày {date} có trước {what} ngày {on}"),
    Check("ask.decided-unclear", "Quyết định có sau cuộc họp và tờ trình", _against(told=None), steps=(_HONOURED,),
          says="chưa rõ quyết định ({date}) có sau {what} ({on}) hay không"),
    Check("ask.unproposed", "Quyết định khen thưởng nêu lần đề nghị", _unproposed, steps=(_HONOURED,)),
    Check("ask.decision-bare", "Quyết định nêu người ký, ngày ký, người cấp số", _bare, steps=(_ISSUED,), says="chưa nêu {lacks}"),
)  # fmt: skip


# ------------------------------------------------------------------ answers


def _returns(inquiry: Inquiry) -> Answer:
    """Judge returns by the rules, and look for days that were changed."""
    seen = inquiry.count(("dossier_opened", *_DATED))
    if not seen:
        lacking = Missing("sổ chưa có hồ sơ nào (dossier_opened)", "đơn vị lập hồ sơ")
        return conclude("chưa có hồ sơ nào để xét", seen=0, missing=[lacking])
    returned = inquiry.entries(f"e.step='{_RETURNED}'", "trả hồ sơ, có lý do")
    wrong = inquiry.problems(_RETURNS, inquiry.about(_RETURNED))
    again, redated = inquiry.problems(["ask.returned-again"]), inquiry.problems(["ask.redated"])
    says = (
        f"{seen} bước của hồ sơ: trả {returned.count} lần, trong đó {again.count} lần là trả thêm; {wrong.count} điều trái quy định về "
        f"trả hồ sơ, {redated.count} lần đổi ngày đã ghi"
    )
    return conclude(says, seen=seen, breaches=wrong, unclear=redated, rests=again if again.count else returned)


_NUMBERS = ("authority", "year", "notation", "number", "date")


def _decisions(inquiry: Inquiry) -> Answer:
    """Look for numbers used twice, numbers out of sequence, and decisions before what they rest on."""
    seen = inquiry.problems(["ask.decision"])
    honours = inquiry.count((_HONOURED,))
    if not seen.count and not honours:
        return conclude(
            "chưa có quyết định nào để xét", seen=0, missing=[Missing("sổ chưa có quyết định nào", _DECIDERS)]
        )
    twice, astray = _twice(inquiry), _astray(inquiry)
    again = inquiry.problems(["core.once"], inquiry.about(_ISSUED))
    early, vague = inquiry.problems(["ask.decided-before"]), inquiry.problems(["ask.decided-unclear"])
    bare, unproposed = inquiry.problems(["core.decision"]), inquiry.problems(["ask.unproposed"])
    lacking = []
    if unproposed.count:
        what = f"lần đề nghị (honour_proposed) của {unproposed.count} quyết định khen thưởng"
        lacking.append(Missing(what, "đơn vị đề nghị; nêu lần đề nghị ở quyết định"))
    says = (
        f"{honours} quyết định tôn vinh, {seen.count} mục nêu số và ngày: {twice.count + again.count} số dùng lại, "
        f"{astray.count} số lệch thứ tự ngày, {early.count} quyết định có trước cuộc họp hoặc tờ trình ({vague.count} không rõ), "
        f"{bare.count} quyết định thiếu số, ngày hoặc nơi ban hành"
    )
    breaches = twice + again + early + bare
    return conclude(
        says, seen=honours or seen.count, breaches=breaches, unclear=astray + vague, missing=lacking, rests=seen
    )


def _numbered(inquiry: Inquiry) -> str:
    """Return the query for number and day of every decision, one row an entry."""
    columns = ", ".join(f"json_extract(p.figures, '$.{name}') AS {name}" for name in _NUMBERS)
    return (
        f"SELECT p.position, {columns} FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='ask.decision' "
        f"AND {inquiry.within()} AND {inquiry.stands()}"
    )


def _twice(inquiry: Inquiry) -> Found:
    """Return the numbers that several days claim, each at its last entry."""
    rows = inquiry.rows(
        f"SELECT number, notation, year, max(position) AS position, group_concat(DISTINCT date) AS dates FROM ({_numbered(inquiry)}) "
        "GROUP BY authority, year, notation, number HAVING count(DISTINCT date)>1 ORDER BY position"
    )
    told = [(row, sorted(row["dates"].split(","))) for row in rows]
    return found(
        Evidence(row["position"], f"số {row['number']}/{row['notation']} đề các ngày {', '.join(map(show, dates))}")
        for row, dates in told
        if any(not after.startswith(before) for before, after in pairwise(dates))
    )


def _astray(inquiry: Inquiry) -> Found:
    """Return the numbers whose day lies before that of the number before them, of the same authority, notation and year."""
    rows = inquiry.rows(
        f"WITH numbered AS (SELECT authority, year, notation, CAST(number AS INTEGER) AS n, date, min(position) AS position "
        f"FROM ({_numbered(inquiry)}) WHERE length(date)=10 AND number GLOB '[0-9]*' GROUP BY authority, year, notation, n, date), "
        "sequence AS (SELECT *, lag(n) OVER w AS n_before, lag(date) OVER w AS before FROM numbered "
        "WINDOW w AS (PARTITION BY authority, year, notation ORDER BY n, date)) "
        "SELECT * FROM sequence WHERE date<before AND n>n_before ORDER BY position"
    )
    return found(
        Evidence(
            row["position"],
            f"số {row['n']}/{row['notation']} ngày {show(row['date'])}, trong khi số {row['n_before']} ngày {show(row['before'])}",
        )
        for row in rows
    )


def _numbering(inquiry: Inquiry) -> Answer:
    """Judge by the rules whether numbers came after signatures and from somebody else, and tell where nobody can know."""
    seen = inquiry.count((_ISSUED,))
    unknown = inquiry.problems(["ask.decision"], inquiry.about(_HONOURED)).count
    bare = inquiry.problems(["ask.decision-bare"])
    lacking = []
    if unknown or not seen:
        told = (
            f"việc ban hành (decision_issued) của {unknown} quyết định tôn vinh"
            if unknown
            else "sổ chưa ghi ban hành quyết định nào"
        )
        lacking.append(Missing(told, _CLERKS))
    if bare.count:
        lacking.append(Missing(f"người ký, ngày ký hoặc người cấp số của {bare.count} quyết định", _CLERKS))
    wrong, same = inquiry.problems(["core.signed"]), inquiry.problems(["core.numbered"])
    says = (
        f"{seen} lần ban hành quyết định: {wrong.count} lần có số trước khi ký, {same.count} lần người ký tự cấp số, {bare.count} lần "
        f"không nêu đủ; {unknown} quyết định tôn vinh không ghi việc ban hành"
    )
    rests = inquiry.entries(f"e.step='{_ISSUED}'", known=seen)
    return conclude(says, seen=seen, breaches=wrong, unclear=same, missing=lacking, rests=rests)


QUESTIONS = (
    AuditQuestion(
        "Q09", "Có hồ sơ nào bị trả mà không nêu lý do, bị trả nhiều lần, hoặc bị đổi ngày không?", _returns,
        source="kế hoạch: số lần được trả hồ sơ; nguyên tắc của sổ", steps=("dossier_opened", *_DATED, _CORRECTED),
        rules=(*_RETURNS, "ask.returned-again", "ask.redated"),
    ),
    AuditQuestion(
        "Q22", "Số quyết định có duy nhất, đúng thứ tự, và quyết định có sau cuộc họp bình xét và tờ trình không?", _decisions,
        source="nguyên tắc của sổ: quyết định phải có số, ngày và cơ quan ban hành",
        steps=(_ISSUED, _HONOURED, "honour_proposed", "reviewed", "review_called"),
        rules=("core.decision", "core.once", "ask.decision", "ask.decided-before", "ask.decided-unclear", "ask.unproposed"),
    ),
    AuditQuestion(
        "Q23", "Số có được cấp sau khi ký, và do người khác người ký cấp không?", _numbering,
        source="nguyên tắc của sổ: ký trước, cấp số sau", steps=(_ISSUED, _HONOURED),
        rules=("core.signed", "core.numbered", "ask.decision", "ask.decision-bare"), narrowed=("unit",),
    ),
)  # fmt: skip
