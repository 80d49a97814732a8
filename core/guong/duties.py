"""Who had to do what by when: the duties of a plan as they stood on a day, one row for every duty and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain import plan as plans
from guong.domain.corrections import effective
from guong.domain.dates import not_after, order, span
from guong.domain.plan import DutyDone
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from guong.book import Book
    from guong.domain.declarations import Duty
    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.life import Mark
    from guong.domain.plan import Plan
    from guong.domain.unit import Unit

STATUSES = {
    "done": "đã xong",
    "lapsed": "không thực hiện",
    "open": "còn hạn",
    "unclear": "chưa rõ hạn",
    "overdue": "quá hạn",
    "unanswered": "chưa làm theo đề nghị",
}
"""What became of a duty. A body that was only asked breaks nothing by not doing it: `unanswered`, never `overdue`."""

_ENDS = {"fulfilled": "done", "lapsed": "lapsed"}
"""What entries say of a duty, to the status it has for good."""
_BY_DUE = {True: "open", None: "unclear", False: "overdue"}
"""Whether the day is on or before the due one, to what that makes of a duty that is not done."""
_MISSED: dict[tuple[str, bool | None], str] = {("requested", False): "unanswered"}
"""The same for a body that was only asked, where it differs."""


class DutyRow(NamedTuple):
    """One duty of one unit.

    Attributes:
        plan, duty, text: Which duty, and the source's words.
        unit: The key of the unit that was given it.
        holder: The unit that has it now: the same one, who has taken over, or empty where it is gone and nobody has.
        mode: `assigned` or `requested`.
        due: The day by which it must be done, as known that day; empty where no source had set one.
        status: A key of `STATUSES`.
        late: Whether it was done after the due day; None where that cannot be told or it is not done.
        on, position: When it was done or lapsed, and the entry that says so; empty and 0 where neither.
        reminded: How often the unit had been urged.
    """

    plan: str
    duty: str
    text: str
    unit: str
    holder: str
    mode: str
    due: str
    status: str
    late: bool | None
    on: str
    position: int
    reminded: int


def of_book(book: Book, plan: str, day: str) -> list[DutyRow]:
    """Return the duties of a plan of the book as they stood on a day; none before the plan was issued."""
    stood = plan_on(book.log.stream(book.world.id("plan", plan)), day)
    if stood is None:
        return []
    units = {unit.key: unit for unit in book.view.states("unit")}
    steps = {duty.by_step for duty in stood.duties if duty.by_step}
    exemplars = (one for step in sorted(steps) for one in book.view.holding(plan, STEPS[step].mark))
    return duties(stood, units, day, taken(stood, exemplars, book.log.stream))


def plan_on(entries: Iterable[Stored], day: str) -> Plan | None:
    """Return a plan as it stood on a day: what certainly came later is left out, corrections count as known now."""
    state: Plan | None = None
    for one in effective(entries):
        if one.entry and not_after(one.entry.effective_on or one.entry.occurred_on, day) is not False:
            state = plans.evolve(state, one)
    return state


def taken(plan: Plan, exemplars: Iterable[Exemplar], entries: Callable[[str], Iterable[Stored]]) -> list[DutyDone]:
    """Return what does a duty by a step of an exemplar's life: for every lead, the first time the step was taken."""
    known = list({one.id: one for one in exemplars}.values())
    return [
        DutyDone(duty=duty.id, body=lead, what="fulfilled", on=on, position=position)
        for duty in plan.duties
        if duty.by_step
        for lead, first in _firsts(known, STEPS[duty.by_step].mark, duty.by_values).items()
        for on, position in _entry(entries(first.id), duty)
    ]


def _firsts(exemplars: Iterable[Exemplar], mark: str, values: tuple[str, ...]) -> dict[str, Exemplar]:
    """Return, by lead, the exemplar that was the first to have a mark, with one of these values where there are any."""
    firsts: dict[str, Exemplar] = {}
    left = [(found, one) for one in exemplars if (found := one.mark(mark))]
    marked = [(on, one) for found, one in left for on in _days(found, values)]
    for _, one in sorted(marked, key=lambda pair: span(pair[0])[1]):  # what cannot be told to be earlier comes later
        firsts.setdefault(one.lead, one)
    return firsts


def _days(mark: Mark, values: tuple[str, ...]) -> list[str]:
    return [mark.first] if not values else [on for value, on in mark.seen.items() if value in values]


def _entry(entries: Iterable[Stored], duty: Duty) -> list[tuple[str, int]]:
    """Return day and position of the first entry that does a duty, as the only one of a list; none where there is none."""
    step = STEPS[duty.by_step]
    found = [
        (one.entry.occurred_on, one.position)
        for one in effective(entries)
        if one.entry
        and one.entry.step == step.key
        and (not duty.by_values or one.entry.data.get(step.value) in duty.by_values)
    ]
    return [min(found, key=lambda pair: (span(pair[0])[1], pair[1]))] if found else []


class _Day(NamedTuple):
    """What every row of one day is made from: the plan as it stood, all units, and what had been recorded of duties."""

    plan: Plan
    units: Mapping[str, Unit]
    day: str
    seen: tuple[DutyDone, ...]


def duties(plan: Plan, units: Mapping[str, Unit], day: str, taken: Iterable[DutyDone] = ()) -> list[DutyRow]:
    """Return every duty of every unit that has it, in the order of the plan.

    Args:
        plan: The plan as it stood that day.
        units: All units, by key.
        day: As of when; what was done later, or may have been, is not seen.
        taken: Duties done by a step in an exemplar's life, beside what the plan's own entries say.
    """
    now = _Day(plan, units, day, tuple(one for one in (*plan.done, *taken) if not_after(one.on, day) is True))
    # A duty that was assigned to a unit by itself takes the place of what the plan says of it.
    rows = {(duty.id, unit): _row(now, duty, unit) for duty in plan.duties for unit in _bodies(now, duty)}
    return list(rows.values())


def _bodies(now: _Day, duty: Duty) -> Iterator[str]:
    """Yield the keys of the units that have a duty, those named first.

    A kind stands for its units that exist that day, and for those that are gone by then but left something in the book.
    """
    yield from duty.units
    left = {one.body for one in now.seen if one.duty == duty.id}
    for unit in now.units.values():
        here = unit.alive(now.day) is not False or unit.key in left
        if here and unit.kind in duty.unit_kinds and unit.key not in duty.units:
            yield unit.key


def _row(now: _Day, duty: Duty, key: str) -> DutyRow:
    holder = holder_of(now.units, now.day, duty.id, key)
    mine = [one for one in now.seen if one.duty == duty.id and one.body in (key, _instead(now, duty, holder))]
    ended, mode, due = (
        _ended(mine),
        _mode(now.plan, duty, key, now.units[key].kind if key in now.units else ""),
        _due(now.plan, duty),
    )
    within = not_after(ended.on if ended else now.day, due) if due else None
    status = _ENDS[ended.what] if ended else _MISSED.get((mode, within), _BY_DUE[within])
    return DutyRow(
        plan=now.plan.key, duty=duty.id, text=duty.text, unit=key, holder=holder, mode=mode, due=due, status=status,
        late=None if status != "done" or within is None else not within, on=ended.on if ended else "",
        position=ended.position if ended else 0, reminded=sum(one.what == "reminded" for one in mine),
    )  # fmt: skip


def holder_of(units: Mapping[str, Unit], day: str, duty: str, key: str) -> str:
    """Return who has what a unit had: from heir to heir; empty where the last of them is gone and nobody has taken over.

    Args:
        units: All units, by key.
        day: As of when.
        duty: The duty; empty for all that the unit had.
        key: The unit.
    """
    passed = {key}
    while (unit := units.get(key)) and (heir := unit.heir(day, duty)) and heir not in passed:
        passed.add(heir)
        key = heir
    unit = units.get(key)
    return key if unit is None or unit.gone is None or not_after(unit.gone, day) is not True else ""


def _instead(now: _Day, duty: Duty, holder: str) -> str:
    """Return the holder where what it does counts for who was given the duty: unless it has the same duty for itself."""
    unit = now.units.get(holder)
    itself = holder in duty.units or (unit is not None and unit.kind in duty.unit_kinds)
    return "" if itself else holder


def _ended(mine: Iterable[DutyDone]) -> DutyDone | None:
    """Return what ended a duty: the first time it was done, else that it lapsed; None while it is still to do."""
    ends = [one for one in mine if one.what in _ENDS]
    return min(ends, key=lambda one: (one.what != "fulfilled", order(one.on), one.position), default=None)


def _mode(plan: Plan, duty: Duty, key: str, kind: str) -> str:
    """Return whether a unit is told or only asked: what the plan asks to lead, and never tells, is only asked here too."""
    leads = {lead.mode for field in plan.declared.fields if (lead := field.led_by(key, kind))}
    return "requested" if leads == {"requested"} and duty not in plan.assigned else duty.mode


def _due(plan: Plan, duty: Duty) -> str:
    deadline = plan.deadlines.get(duty.deadline)
    return duty.due or (deadline.due if deadline else "")
