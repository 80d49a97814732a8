"""Counting: what one exemplar adds to the quota board of its plan, and the board that such additions make."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.dates import not_after, order, span
from guong.domain.streams import of_exemplar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guong.domain.declarations import Quota
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.unit import Unit

COLUMNS = {
    "discovered": ("discovered", ()),
    "reviewed": ("reviewed", ("passed",)),
    "honoured": ("honoured", ()),
    "replicated": ("replicated", ()),
}
"""Columns beside `reached`, which every quota defines for itself: the mark that counts, with one of these values."""


class Cell(NamedTuple):
    """One number of the board.

    Attributes:
        quota: Its key in the plan.
        holder: The unit that must reach it; empty where the plan as a whole must.
        part: The key of the part; empty where the quota is not divided.
        column: `reached`, or a key of `COLUMNS`.
    """

    quota: str
    holder: str
    part: str
    column: str


class Counted(NamedTuple):
    """What one exemplar adds to a cell.

    Attributes:
        key: What is counted. Several exemplars may bring the same key, with the same amount: it counts once.
        amount: 1 for a head; thousandths of the unit for a measure.
    """

    key: str
    amount: int


class BoardRow(NamedTuple):
    """One line of the quota board. Numbers are heads, or what the quota's measure is in.

    Attributes:
        field, holder, part: Keys; empty for any field, the plan as a whole, an undivided quota.
        needed: How much; `reached` counts towards it by the quota's own reading.
        discovered, reviewed, honoured, replicated: What has that mark.
        short, over: How much is still lacking, and how much is too much.
        verdict: `reached`, `short` or `over`. What a unit was only asked for (`quota.mode`) is no breach where it is short.
        since, until: The days in which the state must have been reached; empty where nothing bounds them.
        quota: The quota.
    """

    field: str
    holder: str
    part: str
    needed: int | float
    discovered: int | float
    reviewed: int | float
    honoured: int | float
    replicated: int | float
    reached: int | float
    short: int | float
    over: int | float
    verdict: str
    since: str
    until: str
    quota: Quota


def cells(plan: Plan, exemplar: Exemplar, whole: str, unit_kind: str, subject_kind: str) -> dict[Cell, Counted]:
    """Return what an exemplar adds to the board of its plan as it stands.

    Args:
        plan: The plan it belongs to.
        exemplar: Its state.
        whole: The subject that its subject counts as: itself, or the one it has been merged into.
        unit_kind: The kind of the unit that leads it.
        subject_kind: The kind of its subject.
    """
    days = {column: _day(exemplar, mark, values) for column, (mark, values) in COLUMNS.items()}
    added: dict[Cell, Counted] = {}
    for quota in plan.quotas.values():
        if quota.field not in ("", exemplar.field) or not _holds(quota, exemplar.lead, unit_kind):
            continue
        counted = _counted(quota, exemplar, whole)
        if counted is None:
            continue
        holder = exemplar.lead if quota.holder or quota.holder_kind else ""
        part = {"subject_kind": subject_kind, "tier": unit_kind}.get(quota.partition, exemplar.part)
        for column, day in {**days, "reached": _reached(quota, exemplar)}.items():
            key = _part(quota, part, day) if day else None
            if key is not None:
                added[Cell(quota.key, holder, key, column)] = counted
    return added


def minded(plan: Plan) -> frozenset[str]:
    """Return the steps whose entries can change what an exemplar adds to the board of a plan; others never do."""
    table = of_exemplar()
    measured = {quota.measure.partition(".")[0] for quota in plan.quotas.values() if quota.measure}
    marks = {mark for mark, _ in COLUMNS.values()} | {step.mark for step in table if step.key in measured}
    for quota in plan.quotas.values():
        marks.update((quota.mark, *quota.without))
    lifts = {step.mark: step.lifted_by for step in table}
    found: set[str] = set()
    while marks - found:  # what takes a mark away may itself be taken away
        found |= marks
        marks = {lifter for mark in found for lifter in lifts.get(mark, ())} | marks
    return frozenset(step.key for step in table if step.mark in found or step.key in measured)


def tally(added: Iterable[Mapping[Cell, Counted]]) -> dict[Cell, int]:
    """Return the sum of every cell over the distinct keys that exemplars add to it."""
    distinct: dict[Cell, dict[str, int]] = {}
    for one in added:
        for cell, counted in one.items():
            distinct.setdefault(cell, {})[counted.key] = counted.amount
    return {cell: sum(amounts.values()) for cell, amounts in distinct.items()}


def rows(plan: Plan, units: Iterable[Unit], totals: Mapping[Cell, int]) -> list[BoardRow]:
    """Return the board of a plan in the order of its quotas, their holders as `units` come, and their parts.

    Args:
        plan: The plan.
        units: All units.
        totals: The sum of every cell, as of `tally`; a cell that is not there is 0.
    """
    known = list(units)
    return [
        _row(plan, quota, holder, part, totals)
        for quota in plan.quotas.values()
        for holder in holders(plan, quota, known)
        for part in (quota.parts or [""])
    ]


def holders(plan: Plan, quota: Quota, units: Iterable[Unit]) -> list[str]:
    """Return who must reach a quota: the unit it names, every unit of its kind that exists in its period, or nobody in particular."""
    if not quota.holder_kind:
        return [quota.holder]
    since, until = quota.since or plan.declared.since, quota.until or plan.declared.until
    return [
        unit.key
        for unit in units
        if unit.kind == quota.holder_kind
        and (not until or not_after(unit.since, until) is not False)
        and (not since or unit.gone is None or not_after(unit.gone, since) is not True)
    ]


def verdict(quota: Quota, reached: float) -> str:
    """Return what became of a quota of which so much was reached: `reached`, `short` or `over`."""
    if reached > quota.number and quota.bound != "at_least":
        return "over"
    return "short" if reached < quota.number and quota.bound != "at_most" else "reached"


def period(quota: Quota, part: str) -> tuple[str, str]:
    """Return first and last day in which the state must be reached, of the part where it has its own; empty where unbounded."""
    since, _, until = quota.days.get(part, "").partition("/")
    return since or quota.since, until or quota.until


def plain(number: float) -> int | float:
    """Return a number of the board: to three decimals, a whole one as such."""
    return int(number) if float(number).is_integer() else round(number, 3)


def _row(plan: Plan, quota: Quota, holder: str, part: str, totals: Mapping[Cell, int]) -> BoardRow:
    def number(column: str) -> int | float:
        total = totals.get(Cell(quota.key, holder, part, column), 0)
        return plain(total / 1000) if quota.counts == "measure" else total

    reached, came_to = number("reached"), verdict(quota, number("reached"))
    since, until = period(quota, part)
    return BoardRow(
        field=quota.field, holder=holder, part=part, needed=plain(quota.number), discovered=number("discovered"),
        reviewed=number("reviewed"), honoured=number("honoured"), replicated=number("replicated"), reached=reached,
        short=plain(quota.number - reached) if came_to == "short" else 0,
        over=plain(reached - quota.number) if came_to == "over" else 0, verdict=came_to,
        since=since or plan.declared.since, until=until or plan.declared.until, quota=quota,
    )  # fmt: skip


def _holds(quota: Quota, lead: str, unit_kind: str) -> bool:
    """Tell whether what a unit of this kind leads counts for a quota."""
    return quota.holder_kind == unit_kind if quota.holder_kind else quota.holder in ("", lead)


def _counted(quota: Quota, exemplar: Exemplar, whole: str) -> Counted | None:
    """Return what an exemplar counts as; None where nobody has told the number that is measured."""
    if quota.counts == "measure":
        amount = exemplar.figure(quota.measure, quota.unit, quota.combine)
        return None if amount is None else Counted(exemplar.id, amount)
    # Two subjects that were found to be one are one exemplar in a field, and one subject in all of them.
    return Counted(whole if quota.counts == "subject" else f"{exemplar.field}/{whole}", 1)


def _reached(quota: Quota, exemplar: Exemplar) -> str:
    """Return the day on which the state that a quota counts was reached, empty where it does not hold or is out of its days."""
    day = "" if exemplar.has(*quota.without) else _day(exemplar, quota.mark, quota.values)
    return day if day and _within(day, quota.since, quota.until) else ""


def _day(exemplar: Exemplar, name: str, values: tuple[str, ...]) -> str:
    """Return when a mark that stands was first left, with its present value where only some count; empty where none does."""
    mark = exemplar.mark(name)
    if mark is None or (values and mark.value not in values):
        return ""
    return mark.seen.get(mark.value or "", mark.first) if values else mark.first


def _part(quota: Quota, part: str, day: str) -> str | None:
    """Return the part that something belongs to which happened on a day; None where it belongs to none."""
    if not quota.parts:
        return ""
    if quota.partition == "phase":
        return next((key for key in quota.parts if _within(day, *period(quota, key))), None)
    return part if part in quota.parts else None


def _within(day: str, since: str, until: str) -> bool:
    """Tell whether the earliest day of a date lies between two days; an empty one is no bound."""
    first = order(day)
    return (not since or first >= span(since)[0]) and (not until or first <= span(until)[1])
