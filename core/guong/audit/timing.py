"""When things were recorded and when they happened: deadlines, delays, late dossiers, duties nobody did."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec

from guong.audit.answer import NONE, Evidence, Found, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.domain.dates import show, span
from guong.domain.streams import STEPS
from guong.duties import STATUSES, duties, taken
from guong.forms import ask
from guong.view.schema import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.declarations import Deadline
    from guong.domain.entry import Stored
    from guong.domain.plan import DutyDone, Plan
    from guong.duties import DutyRow

_ISSUER = "nơi ban hành kế hoạch: ghi thời hạn bằng deadline_set"
_SENT = ("introduced", "dossier_submitted", "dossier_received", "dossier_accepted_late", "appraisal_recorded")


# ------------------------------------------------------------------ checks


def _bound(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Tell which deadlines bind an entry by what it answered; the day itself may be set at any time."""
    for key, one in (case.plan.deadlines if case.plan else {}).items():
        if one.when and one.binds(case.step.key, case.data):
            yield {"deadline": key}


CHECKS = (Check("ask.bound", "Thời hạn mà bước này phải theo, vì điều đã trả lời", _bound),)


# ------------------------------------------------------------------ deadlines


class _Due(NamedTuple):
    """A deadline that has a day: its title, the last day on which it is kept, and which entries (`e`) it binds."""

    title: str
    last: str
    where: str
    values: dict[str, Any]


def _deadlines(inquiry: Inquiry) -> tuple[list[_Due], list[Missing]]:
    """Return the deadlines that have a day where the book stands, and those that have none.

    A deadline that binds only some answers binds the entries recorded since it stood in the plan.
    """
    every = [(plan, one) for plan in inquiry.plans for one in plan.deadlines.values()]
    lacking = [Missing(f"hạn “{one.title}” của {plan.key} chưa có ngày", _ISSUER) for plan, one in every if not one.due]
    return [_due(plan, one) for plan, one in every if one.due], lacking


def _due(plan: Plan, one: Deadline) -> _Due:
    where = "e.step=:of_step AND e.plan=:of"
    if one.when:
        bound = "SELECT 1 FROM problem b WHERE b.position=e.position AND b.code='ask.bound' AND json_extract(b.figures, '$.deadline')=:key"
        where += f" AND EXISTS ({bound})"
    return _Due(
        one.title, span(one.due)[1].isoformat(), where, {"of_step": one.of_step, "of": plan.key, "key": one.key}
    )


def _none(inquiry: Inquiry, lacking: list[Missing]) -> Answer:
    lacking = lacking or [Missing("kế hoạch chưa có thời hạn nào", _ISSUER)]
    return conclude("chưa có thời hạn nào có ngày để đối chiếu", seen=0, missing=lacking)


def _behind(inquiry: Inquiry) -> Answer:
    """Look for entries that say they happened by a deadline and were recorded after it."""
    dues, lacking = _deadlines(inquiry)
    if not dues:
        return _none(inquiry, lacking)
    seen, behind = 0, NONE
    for due in dues:
        values = {**due.values, "last": due.last, "end": _end(due.last, inquiry.zone)}
        seen += inquiry.entries(due.where, **due.values).count
        says = f"xảy ra trong hạn {show(due.last)} ({due.title}) mà ghi sau hạn"
        behind += inquiry.entries(f"{due.where} AND e.happened<=:last AND e.recorded>=:end", says, **values)
    if not seen:
        lacking = [*lacking, Missing("chưa có mục ghi nào có thời hạn", "các đơn vị thực hiện kế hoạch")]
    says = f"{len(dues)} thời hạn, {seen} mục phải theo: {behind.count} mục ghi sau hạn cho việc trước hạn"
    return conclude(says, seen=seen, unclear=behind, missing=lacking)


def _end(day: str, zone: ZoneInfo) -> int:
    """Return the first instant after a day, as the view counts time."""
    after = dt.datetime.combine(dt.date.fromisoformat(day) + dt.timedelta(days=1), dt.time.min, zone)
    return (after - EPOCH) // dt.timedelta(milliseconds=1)


def _late(inquiry: Inquiry) -> Answer:
    """Look for what happened after its deadline, and for whoever allowed it."""
    dues, lacking = _deadlines(inquiry)
    allowed = inquiry.entries("e.step='dossier_accepted_late'", "nhận muộn, có người cho phép")
    if not dues and not allowed.count:
        return _none(inquiry, lacking)
    wrong, seen, late, open_ = inquiry.problems(["core.late-dossier"]), 0, NONE, NONE
    allowing = f"a.no=e.no AND +a.step='dossier_accepted_late' AND a.position>e.position AND {inquiry.counts('a')}"
    for due in dues:
        values = {**due.values, "last": due.last}
        seen += inquiry.entries(due.where, **due.values).count
        says = f"sau hạn {show(due.last)} ({due.title}), chưa ghi ai cho phép"
        late += inquiry.entries(
            f"{due.where} AND e.happened>:last AND NOT EXISTS (SELECT 1 FROM entry a WHERE {allowing})", says, **values
        )
        vague = (
            "length(e.happened)<10 AND e.happened=substr(:last, 1, length(e.happened)) AND substr(:last, 6)<>'12-31'"
        )
        open_ += inquiry.entries(f"{due.where} AND {vague}", f"không rõ trước hay sau hạn {show(due.last)}", **values)
    if not seen:
        lacking = [*lacking, Missing("chưa có mục ghi nào có thời hạn", "các đơn vị thực hiện kế hoạch")]
    says = (
        f"{seen} mục phải theo hạn: {late.count} muộn chưa ai cho phép, {allowed.count} muộn có người cho phép, "
        f"{wrong.count} hồ sơ muộn vẫn được thẩm định, {open_.count} không rõ"
    )
    return conclude(says, seen=seen, breaches=wrong, unclear=late + open_, missing=lacking, rests=allowed)


# ------------------------------------------------------------------ delays


class _Habits(msgspec.Struct, frozen=True, kw_only=True):
    burst: Annotated[int, ask("Số mục một người ghi trong một đêm thì coi là dồn", minimum=1)] = 20
    night: Annotated[int, ask("Đêm bắt đầu từ giờ", minimum=12, maximum=23)] = 22
    morning: Annotated[int, ask("Đêm kết thúc trước giờ", minimum=1, maximum=11)] = 5
    named: Annotated[int, ask("Nêu tên bao nhiêu người, đơn vị ghi muộn nhất", minimum=1, maximum=20)] = 3


def _delays(inquiry: Inquiry) -> Answer:
    """Tell how long after it happened things were recorded, by whom, and who recorded many in one night."""
    rows = inquiry.rows(
        f"SELECT e.delay, count(*) AS n FROM entry e WHERE e.unread='' AND {inquiry.within()} GROUP BY e.delay ORDER BY e.delay"
    )
    counts = [(row["delay"], row["n"]) for row in rows]
    seen = sum(count for _, count in counts)
    if not seen:
        return conclude(
            "không có mục ghi nào để xét",
            seen=0,
            missing=[Missing("mục ghi nào trong phạm vi này", "các đơn vị ghi sổ")],
        )
    unexplained = inquiry.problems(["core.late-reason"])
    late = inquiry.problems(["core.late"])
    bursts = nights(inquiry)
    officers, units = (_slowest(inquiry, column) for column in ("officer", "unit"))
    says = (
        f"{seen} mục: một nửa ghi trong {_quantile(counts, seen, 0.5)} ngày, chín phần mười trong {_quantile(counts, seen, 0.9)} ngày, "
        f"lâu nhất {counts[-1][0]} ngày; {late.count} mục ghi muộn (nhiều nhất: {officers or 'không ai'}; {units or 'không đơn vị nào'}), "
        f"{unexplained.count} mục muộn không nêu lý do, {bursts.count} đêm ghi dồn"
    )
    unruled = Missing("chưa kế hoạch nào quy định ghi chậm quá bao nhiêu ngày là muộn", "nơi ban hành kế hoạch")
    return conclude(
        says, seen=seen, breaches=unexplained, unclear=bursts + late, missing=[] if inquiry.plans else [unruled]
    )


def _quantile(counts: list[tuple[int, int]], total: int, share: float) -> int:
    """Return within how many days this share of the entries was recorded."""
    so_far = 0
    for delay, count in counts:
        so_far += count
        if so_far >= share * total:
            return delay
    return counts[-1][0]


def _slowest(inquiry: Inquiry, column: str) -> str:
    """Return the officers or units with the most entries recorded late, with the numbers."""
    rows = inquiry.rows(
        f"SELECT e.{column} AS who, count(*) AS n FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='core.late' "
        f"AND {inquiry.within()} GROUP BY who ORDER BY n DESC, who LIMIT :named", named=inquiry.given["named"],
    )  # fmt: skip
    return ", ".join(f"{row['who']} {row['n']} mục" for row in rows)


def nights(inquiry: Inquiry) -> Found:
    """Return the first entry of every night in which one officer recorded many; `burst`, `night`, `morning` are parameters."""
    night, morning, zone = inquiry.given["night"], inquiry.given["morning"], inquiry.zone
    rows = inquiry.rows(
        f"SELECT e.officer, e.recorded/3600000 AS hour, count(*) AS n, min(e.position) AS first FROM entry e WHERE e.unread='' AND "
        f"{inquiry.within()} GROUP BY e.officer, hour"
    )
    by_night: dict[tuple[str, dt.date], list[int]] = {}
    for row in rows:
        at = (EPOCH + dt.timedelta(hours=row["hour"])).astimezone(zone)
        if at.hour >= night or at.hour < morning:
            evening = (at - dt.timedelta(hours=morning)).date()
            seen = by_night.setdefault((row["officer"], evening), [0, row["first"]])
            seen[0], seen[1] = seen[0] + row["n"], min(seen[1], row["first"])
    many = sorted(
        (first, count, who, day) for (who, day), (count, first) in by_night.items() if count >= inquiry.given["burst"]
    )
    return found(
        Evidence(first, f"{who} ghi {count} mục trong đêm {show(day.isoformat())}") for first, count, who, day in many
    )


# ------------------------------------------------------------------ duties


class _Which(msgspec.Struct, frozen=True, kw_only=True):
    duty: Annotated[list[str], ask("Chỉ các nhiệm vụ này", help="mã nhiệm vụ trong kế hoạch, cách nhau bằng dấu ;")] = (
        msgspec.field(default_factory=list)
    )


def _undone(inquiry: Inquiry) -> Answer:
    """Look for duties whose day has passed and that were not done, and for whether the unit was reminded."""
    wanted = inquiry.given.get("duty") or []
    rows = [row for plan in inquiry.plans for row in duty_rows(inquiry, plan)]
    rows = [
        row for row in rows if (not wanted or row.duty in wanted) and inquiry.scope.unit in ("", row.unit, row.holder)
    ]
    if not rows:
        nothing = Missing("kế hoạch không giao nhiệm vụ nào trong phạm vi này", "nơi ban hành kế hoạch: duty_assigned")
        return conclude("không có nhiệm vụ nào để xét", seen=0, missing=[nothing])
    by = {status: [row for row in rows if row.status == status] for status in STATUSES}
    overdue, unanswered = (duty_evidence(inquiry, by[status]) for status in ("overdue", "unanswered"))
    lapsed = duty_evidence(inquiry, by["lapsed"])
    unclear = sorted({row.duty for row in by["unclear"]})
    lacking = [Missing(f"hạn của nhiệm vụ {', '.join(unclear)}", _ISSUER)] if unclear else []
    reminded = sum(row.reminded > 0 for row in (*by["overdue"], *by["unanswered"]))
    says = (
        f"{len(rows)} nhiệm vụ của các đơn vị: {len(by['done'])} đã xong, {overdue.count} quá hạn, {lapsed.count} không thực hiện, "
        f"{unanswered.count} chưa làm theo đề nghị, {len(by['unclear'])} chưa rõ hạn; đã đôn đốc {reminded} trong các việc chưa làm"
    )
    return conclude(says, seen=len(rows), breaches=overdue, unclear=lapsed + unanswered, missing=lacking)


def duty_evidence(inquiry: Inquiry, rows: list[DutyRow]) -> Found:
    """Return duties as evidence: at the entry that ended them, else at the one that gave them with the plan."""
    issued = {plan.key: inquiry.first(plan.id) for plan in inquiry.plans}
    return found(
        Evidence(
            row.position or issued[row.plan],
            f"{row.unit}: {row.duty}, {STATUSES[row.status]}, đã đôn đốc {row.reminded} lần",
        )
        for row in rows
    )


def duty_rows(inquiry: Inquiry, plan: Plan) -> list[DutyRow]:
    """Return every duty of every unit under a plan, as of the day of the moment."""
    exemplars = (
        one for step in sorted({duty.by_step for duty in plan.duties if duty.by_step and duty.by_values})
        for one in inquiry.view.holding(plan.key, STEPS[step].mark)
    )  # fmt: skip
    by_value = msgspec.structs.replace(
        plan,
        declared=msgspec.structs.replace(
            plan.declared, duties=tuple(one for one in plan.declared.duties if one.by_values)
        ),
    )
    done = [*taken(by_value, exemplars, inquiry.view.log.stream), *_firsts(inquiry, plan)]
    return duties(plan, inquiry.units, inquiry.day, done)


def _firsts(inquiry: Inquiry, plan: Plan) -> Iterator[DutyDone]:
    """Yield, for every duty that any taking of a step does, and every lead, the first time it was taken."""
    from guong.domain.plan import DutyDone  # noqa: PLC0415 - plans are read before it is needed

    for duty in plan.duties:
        if not duty.by_step or duty.by_values:
            continue
        rows = inquiry.rows(
            "SELECT h.value AS lead, e.happened, min(e.position) AS position FROM entry e JOIN held h ON h.axis=0 AND h.no=e.no AND "
            "h.what='lead' AND h.since<=:position AND h.until>:position WHERE e.step=:of_step AND e.plan=:of AND "
            f"{inquiry.counts('e')} GROUP BY lead, e.happened", of_step=duty.by_step, of=plan.key,
        )  # fmt: skip
        firsts: dict[str, tuple[dt.date, int, str]] = {}
        for row in rows:
            one = (span(row["happened"])[1], row["position"], row["happened"])
            firsts[row["lead"]] = min(firsts.get(row["lead"], one), one)
        for lead, (_, position, happened) in firsts.items():
            yield DutyDone(duty=duty.id, body=lead, what="fulfilled", on=happened, position=position)


QUESTIONS = (
    AuditQuestion(
        "Q06", "Những mục nào ghi sau thời hạn nhưng đề ngày xảy ra trước thời hạn?", _behind, source="kế hoạch: thời hạn",
        steps=("deadline_set", "deadline_extended", *_SENT), rules=("ask.bound",),
    ),
    AuditQuestion(
        "Q07", "Việc xảy ra bao lâu thì được ghi, theo từng người, từng đơn vị; có ghi dồn trong đêm không?", _delays,
        source="kế hoạch: ghi sổ kịp thời; nguyên tắc của sổ", rules=("core.late", "core.late-reason"), parameters=_Habits,
    ),
    AuditQuestion(
        "Q08", "Hồ sơ nào đến muộn, ai cho phép nhận?", _late, source="kế hoạch: thời hạn; người cho nhận muộn", steps=_SENT,
        rules=("ask.bound", "core.late-dossier"),
    ),
    AuditQuestion(
        "Q34", "Đơn vị nào không báo cáo, không giới thiệu; ai đã đôn đốc, khi nào?", _undone, source="kế hoạch: nhiệm vụ của các đơn vị",
        steps=("duty_assigned", "duty_reminded", "duty_fulfilled", "duty_lapsed", "report_issued"), parameters=_Which,
        narrowed=("plan", "unit"),
    ),
)  # fmt: skip
