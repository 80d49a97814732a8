"""The table of steps, and the kinds of streams they make up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from guong.domain import book, corrections, exemplar, officer, plan, subject, unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.domain.entry import Stored
    from guong.domain.steps import Step


class Kind(NamedTuple):
    """A kind of stream: its Vietnamese name, the state it leaves and how one entry changes that state."""

    title: str
    state: type[Any]
    evolve: Callable[[Any, Stored], Any]


KINDS: dict[str, Kind] = {
    "book": Kind("sổ", book.BookState, book.evolve),
    "plan": Kind("kế hoạch", plan.Plan, plan.evolve),
    "unit": Kind("đơn vị", unit.Unit, unit.evolve),
    "officer": Kind("cán bộ", officer.Officer, officer.evolve),
    "subject": Kind("đối tượng", subject.Subject, subject.evolve),
    "exemplar": Kind("điển hình", exemplar.Exemplar, exemplar.evolve),
}

STEPS: dict[str, Step] = {
    step.key: step
    for step in (
        *book.STEPS, *plan.STEPS, *unit.STEPS, *officer.STEPS, *subject.STEPS, *exemplar.STEPS, *corrections.STEPS,
    )
}  # fmt: skip


def knows(topic: str) -> bool:
    """Tell whether this version knows the stored topic `<kind>.<step>`: looked up in this table, never imported."""
    kind, _, key = topic.partition(".")
    step = STEPS.get(key)
    return kind in KINDS and step is not None and step.stream in (kind, corrections.ANY)
