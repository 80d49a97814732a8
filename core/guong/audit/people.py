"""Units that ended and who follows them, whoever decided after his last day, how honours are shared out, what people complained of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guong.audit.answer import NONE, Evidence, Found, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.domain.dates import not_after, show
from guong.domain.honour import CLASSES
from guong.domain.subject import KINDS
from guong.duties import holder_of
from guong.forms import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored
    from guong.domain.unit import Unit

_DECIDES = (
    "decision_issued", "honour_decided", "honour_corrected", "honour_revoked", "honour_reinstated", "dossier_accepted_late",
)  # fmt: skip
_ENDS = ("unit_merged", "unit_dissolved")
_RAISED, _ANSWERED = ("opinion_received", "standing_flagged"), ("opinion_answered", "standing_cleared")
_APPLIED = (
    "entry_corrected", "entry_voided", "honour_corrected", "honour_revoked", "publicity_removed", "criterion_assessed", "reviewed",
    "withdrawn",
)  # fmt: skip
_DECIDERS = "nơi ra quyết định"


# ------------------------------------------------------------------ checks


def _vague(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for decisions whose dates cannot tell whether the body, or who signed for it, was still there."""
    key, day = case.data.get("authority") or case.unit, case.occurred_on
    unit, signer = case.facts.unit(key), case.facts.officer(case.data.get("signer", ""))
    if unit is not None and unit.alive(day) is None:
        yield {"who": unit.name_on(day), "date": show(day)}
    held = [one.held(day) for one in signer.offices if one.unit == key] if signer else []
    if signer is not None and None in held and True not in held:
        yield {"who": signer.key, "date": show(day)}


def _honoured(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Tell whom an honour went to; that somebody else is asked for one is none."""
    if case.subject is not None and case.data["kind"] != "proposal":
        yield {"unit": case.subject.unit, "kind": case.subject.kind, "class": case.data.get("occupation", "")}


def _raised(case: Case, stored: Stored) -> Iterator[dict[str, Any]]:
    if stored.entry and (case.data.get("objects") or case.data.get("kind") == "complaint"):
        yield {"id": case.corrects or stored.entry.id, "date": show(case.occurred_on)}


def _answered(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    upheld = case.data.get("upheld") or case.data.get("outcome") == "disciplined"
    yield {"of": case.data.get("opinion") or case.data["flag"], "upheld": bool(upheld)}


CHECKS = (
    Check("ask.term-unclear", "Ngày ghi đủ rõ để biết nơi quyết định, người ký còn đương nhiệm", _vague, steps=_DECIDES,
          says="không rõ ngày {date} {who} còn đương nhiệm hay không"),
    Check("ask.honoured", "Lần tôn vinh thuộc đơn vị, loại đối tượng nào", _honoured, steps=("honour_decided",)),
    Check("ask.complaint", "Phản ánh, khiếu nại đã nhận", _raised, steps=_RAISED, says="phản ánh, khiếu nại nhận ngày {date}"),
    Check("ask.complaint-answered", "Trả lời phản ánh, khiếu nại", _answered, steps=_ANSWERED),
)  # fmt: skip


# ------------------------------------------------------------------ ended units


def _heirs(inquiry: Inquiry) -> Answer:
    """Look for who holds what units that have ended had: all of it, or duty by duty."""
    units, day = inquiry.units, inquiry.day
    ended = [one for one in units.values() if one.gone and not_after(one.gone, day) is not False]
    if not ended:
        return conclude(f"{len(units)} đơn vị trong sổ, không đơn vị nào đã kết thúc", seen=len(units))
    places = _ends(inquiry)
    orphans = [one for one in ended if not holder_of(units, day, "", one.key)]
    left = {one.key: _left(inquiry, one) for one in orphans}
    lost = found(Evidence(places[key], f"{key} đã kết thúc, chưa ai nhận {what}") for key, what in left.items() if what)
    bare = found(
        Evidence(places[key], f"{key} đã kết thúc, chưa ghi nơi kế thừa toàn bộ") for key, what in left.items() if not what
    )  # fmt: skip
    unchecked = found(
        Evidence(places[one.key], f"{one.key}: {'; '.join(one.unverified)}") for one in ended if one.unverified
    )
    wrong = inquiry.problems(["core.heir-alive"])
    says = (
        f"{len(ended)} đơn vị đã kết thúc: {len(ended) - len(orphans)} có nơi kế thừa còn hoạt động, {lost.count} còn việc không ai nhận, "
        f"{bare.count} chưa ghi nơi kế thừa toàn bộ, {unchecked.count} còn điều chưa kiểm tra"
    )
    rests = found(Evidence(places[one.key]) for one in ended)
    return conclude(says, seen=len(ended), breaches=lost + wrong, unclear=bare + unchecked, rests=rests)


def _ends(inquiry: Inquiry) -> dict[str, int]:
    """Return where it stands that units ended, by key."""
    rows = inquiry.rows(
        "SELECT s.key, max(e.position) AS position FROM entry e JOIN stream s ON s.no=e.no WHERE e.step IN (:merged, :dissolved) AND "
        f"{inquiry.counts('e')} GROUP BY s.key", merged=_ENDS[0], dissolved=_ENDS[1],
    )  # fmt: skip
    return {row["key"]: row["position"] for row in rows}


def _left(inquiry: Inquiry, unit: Unit) -> str:
    """Return what a unit without an heir left behind that nobody holds, in words; empty for nothing."""
    duties = [
        duty.id for plan in inquiry.plans for duty in plan.duties
        if (unit.key in duty.units or unit.kind in duty.unit_kinds) and not holder_of(inquiry.units, inquiry.day, duty.id, unit.key)
    ]  # fmt: skip
    rows = inquiry.rows(
        "SELECT count(*) AS n FROM held h WHERE h.axis=0 AND h.what='lead' AND h.value=:of AND h.since<=:position AND h.until>:position",
        of=unit.key,
    )
    led = [f"{rows[0]['n']} điển hình đang chủ trì"] if rows[0]["n"] else []
    return ", ".join([*(["nhiệm vụ " + ", ".join(duties)] if duties else []), *led])


# ------------------------------------------------------------------ out of office


def _after(inquiry: Inquiry) -> Answer:
    """Look for decisions of bodies that had ended, of people out of office, or that cannot be told to be neither."""
    seen = inquiry.count(_DECIDES)
    if not seen:
        lacking = Missing("sổ chưa có quyết định nào", _DECIDERS)
        return conclude("chưa có quyết định nào để xét", seen=0, missing=[lacking])
    decided = f"IN ({', '.join(map(repr, _DECIDES))})"
    corrected = (
        "SELECT 1 FROM entry o CROSS JOIN later c WHERE o.no=e.no AND c.position=o.position AND c.since=e.position AND "
        f"c.what='corrected' AND +o.step {decided}"
    )
    bodies = inquiry.problems(["core.alive"], f"(e.step {decided} OR EXISTS ({corrected}))")
    people = inquiry.problems(["core.signer"]) + inquiry.problems(["core.acting"], f"e.step {decided}")
    vague, unsigned = inquiry.problems(["ask.term-unclear"]), inquiry.problems(["core.unsigned"])
    says = (
        f"{seen} quyết định: {bodies.count} của đơn vị đã kết thúc hoặc chưa có, {people.count} do người không đương nhiệm ký hoặc ghi, "
        f"{unsigned.count} chưa rõ ai ký, {vague.count} chưa rõ còn đương nhiệm hay không"
    )
    rests = inquiry.entries(f"e.step {decided}", known=seen)
    return conclude(says, seen=seen, breaches=bodies + people, unclear=vague + unsigned, rests=rests)


# ------------------------------------------------------------------ shares


class _Shares(msgspec.Struct, frozen=True, kw_only=True):
    most: Annotated[int, ask("Một đơn vị được quá bao nhiêu phần trăm thì phải làm rõ", minimum=1, maximum=100)] = 50
    few: Annotated[int, ask("Ít hơn bao nhiêu lần tôn vinh thì không xét tỷ lệ", minimum=1)] = 5
    labour: Annotated[
        int | None,
        ask("Người trực tiếp lao động ít nhất bao nhiêu phần trăm cá nhân", minimum=1, maximum=100, help="để trống là không xét"),
    ] = None  # fmt: skip


def _shares(inquiry: Inquiry) -> Answer:
    """Tell how honours are shared out among units, fields, kinds of subjects and classes of people."""
    by_unit = _tally(inquiry, "json_extract(p.figures, '$.unit')")
    seen = sum(by_unit.values())
    if not seen:
        lacking = Missing("sổ chưa có quyết định tôn vinh, khen thưởng nào", _DECIDERS)
        return conclude("chưa có lần tôn vinh, khen thưởng nào để xét", seen=0, missing=[lacking])
    kinds, fields = _tally(inquiry, "json_extract(p.figures, '$.kind')"), _tally(inquiry, "e.field")
    classes = _tally(inquiry, "json_extract(p.figures, '$.class')", "json_extract(p.figures, '$.kind')='person'")
    persons, unsaid = sum(classes.values()), classes.pop("", 0)
    judged = seen >= inquiry.given["few"]
    many = [key for key, count in by_unit.items() if judged and 100 * count > inquiry.given["most"] * seen]
    over = sum((_of(inquiry, "unit", key, f"đơn vị {key}") for key in many), NONE)
    little = judged and 100 * classes.get("labourer", 0) < inquiry.given.get("labour", 0) * persons
    others = sum((_of(inquiry, "class", key, CLASSES[key]) for key in classes if little and key != "labourer"), NONE)
    named = {CLASSES[key]: count for key, count in classes.items()}
    says = (
        f"{seen} lần tôn vinh, khen thưởng; theo đơn vị: {_told(by_unit, seen)}; theo loại: "
        f"{_told({KINDS[key]: count for key, count in kinds.items()}, seen)}; theo lĩnh vực: {_told(fields, seen)}; "
        f"{persons} lần cho cá nhân: {_told(named, persons) or 'chưa nêu nhóm đối tượng'}"
    )
    lacking_class = (
        [Missing(f"nhóm đối tượng (occupation) của {unsaid} lần tôn vinh cá nhân", _DECIDERS)] if unsaid else []
    )
    rests = inquiry.problems(["ask.honoured"])
    return conclude(says, seen=seen, unclear=over + others, missing=lacking_class, rests=rests)


def _tally(inquiry: Inquiry, what: str, where: str = "1") -> dict[str, int]:
    """Return how many honours there are of each, the most first."""
    rows = inquiry.rows(
        f"SELECT {what} AS what, count(*) AS n FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='ask.honoured' "
        f"AND {where} AND {inquiry.within()} AND {inquiry.stands('p')} GROUP BY what ORDER BY n DESC, what"
    )
    return {row["what"]: row["n"] for row in rows}


def _of(inquiry: Inquiry, what: str, value: str, says: str) -> Found:
    some = inquiry.problems(["ask.honoured"], f"json_extract(p.figures, '$.{what}')=:value", value=value)
    return Found(some.count, tuple(Evidence(one.position, says) for one in some.shown))


def _told(counts: dict[str, int], total: int, most: int = 5) -> str:
    """Return the greatest of some counts in words, with their shares."""
    told = [f"{what} {count} ({100 * count / total:.0f}%)" for what, count in list(counts.items())[:most]]
    return ", ".join([*told, *([f"{len(counts) - most} nơi khác"] if len(counts) > most else [])])


# ------------------------------------------------------------------ complaints


class _Patience(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[int, ask("Phản ánh, khiếu nại phải được trả lời trong số ngày", minimum=1)] = 30


def _complaints(inquiry: Inquiry) -> Answer:
    """Look for complaints that were left open, decided over, or found right without anything done since."""
    raised = inquiry.problems(["ask.complaint"])
    findings = inquiry.entries("e.step='finding_recorded'")
    if not raised.count and not findings.count:
        lacking = Missing(
            "sổ chưa ghi phản ánh, khiếu nại hay phát hiện nào; có thể chưa ai vào sổ",
            "nơi tiếp nhận phản ánh, khiếu nại",
        )
        return conclude("chưa có phản ánh, khiếu nại nào để xét", seen=0, missing=[lacking])
    waiting = inquiry.problems(["ask.complaint"], f"NOT {_reply(inquiry)}")
    overdue = inquiry.problems(
        ["ask.complaint"], f"NOT {_reply(inquiry)} AND julianday(:day)-julianday(substr(e.happened || '-01-01', 1, 10))>:days",
        day=inquiry.day, days=inquiry.given["days"],
    )  # fmt: skip
    overdue = Found(
        overdue.count, tuple(Evidence(one.position, f"{one.says}, quá hạn chưa trả lời") for one in overdue.shown)
    )
    applied = (
        f"SELECT 1 FROM entry d WHERE d.no=e.no AND d.position>e.position AND +d.step IN ({', '.join(map(repr, _APPLIED))}) "
        f"AND {inquiry.counts('d')}"
    )
    right = _reply(inquiry, "json_extract(a.figures, '$.upheld')=1")
    idle = inquiry.problems(["ask.complaint"], f"{right} AND NOT EXISTS ({applied})")
    idle = Found(
        idle.count, tuple(Evidence(one.position, f"{one.says}, đúng mà sau đó chưa sửa gì") for one in idle.shown)
    )
    over = inquiry.problems(["core.objections"])
    ended = f"SELECT 1 FROM entry d WHERE d.no=e.no AND +d.step='finding_closed' AND {inquiry.counts('d')}"
    open_ = inquiry.entries(f"e.step='finding_recorded' AND NOT EXISTS ({ended})", "phát hiện chưa kết thúc")
    says = (
        f"{raised.count} phản ánh, khiếu nại: {raised.count - waiting.count} đã trả lời, {waiting.count} chưa ({overdue.count} quá "
        f"{inquiry.given['days']} ngày), {idle.count} đúng mà chưa sửa gì, {over.count} quyết định khi chưa trả lời; "
        f"{findings.count} phát hiện, {open_.count} chưa kết thúc"
    )
    return conclude(
        says, seen=raised.count + findings.count, breaches=over + overdue, unclear=idle + open_, rests=raised + findings
    )


def _reply(inquiry: Inquiry, where: str = "1") -> str:
    """Return the condition that a complaint, `problem` as `p`, has been answered."""
    return (
        "EXISTS (SELECT 1 FROM entry d CROSS JOIN problem a WHERE d.no=e.no AND a.position=d.position AND a.code='ask.complaint-answered' "
        f"AND json_extract(a.figures, '$.of')=json_extract(p.figures, '$.id') AND {where} AND d.position<=:position "
        f"AND {inquiry.stands('a')})"
    )


QUESTIONS = (
    AuditQuestion(
        "Q44", "Đơn vị đã sáp nhập, kết thúc thì ai giữ nhiệm vụ và hồ sơ của đơn vị đó?", _heirs,
        source="kế hoạch: nhiệm vụ của các đơn vị; nguyên tắc của sổ: đơn vị kế thừa",
        steps=(*_ENDS, "unit_succeeded", "duty_assigned"), rules=("core.heir-alive",), narrowed=(),
    ),
    AuditQuestion(
        "Q45", "Có đơn vị đã kết thúc, người đã thôi chức nào còn quyết định sau ngày cuối không?", _after,
        source="nguyên tắc của sổ: đơn vị, chức vụ, vai trò có ngày bắt đầu và kết thúc",
        steps=_DECIDES, rules=("core.alive", "core.signer", "core.acting", "core.unsigned", "ask.term-unclear"),
    ),
    AuditQuestion(
        "Q46", "Tôn vinh, khen thưởng chia ra sao cho các đơn vị, loại đối tượng, lĩnh vực; có nơi nào được phần lớn không?",
        _shares, source="kế hoạch: công bằng, hướng về cơ sở, người trực tiếp lao động", steps=("honour_decided",),
        rules=("ask.honoured",), parameters=_Shares,
    ),
    AuditQuestion(
        "Q48", "Phản ánh, khiếu nại, phát hiện kiểm tra đã được trả lời chưa; điều đúng có được sửa trong sổ không?", _complaints,
        source="nguyên tắc của sổ: ý kiến của nhân dân được trả lời trước khi quyết định",
        steps=(*_RAISED, *_ANSWERED, "finding_recorded", "finding_closed", *_APPLIED),
        rules=("ask.complaint", "ask.complaint-answered", "core.objections"), parameters=_Patience,
    ),
)  # fmt: skip
