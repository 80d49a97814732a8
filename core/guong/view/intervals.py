"""What changes in the life of an exemplar, as intervals on an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.exemplar import Exemplar, stage
from guong.view.schema import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable

POSITIONS, DAYS = 0, 1
"""The two axes: the book as it stood, and what had happened as known now."""


class Attributes(NamedTuple):
    """What may change of an exemplar and is listed or filtered by; the names are those stored in `held.what`."""

    stage: str
    lead: str
    unit: str
    officer: str
    part: str


NOTHING = Attributes("", "", "", "", "")
"""Of an exemplar that is not there (any more)."""


def attributes(state: Exemplar | None) -> Attributes:
    """Return what is listed of a state."""
    if state is None:
        return NOTHING
    return Attributes(stage(state), state.lead, state.unit, state.officer or "", state.part)


class Intervals(NamedTuple):
    """Rows for `held`: those to close, as (until, axis, no, what), and those to add."""

    closed: list[tuple[int, int, int, str]]
    added: list[tuple[int, int, str, int, int, str]]


def intervals(
    axis: int, no: int, before: Attributes, moves: Iterable[tuple[int, Attributes]], into: Intervals
) -> Attributes:
    """Add the rows that an exemplar's moves come to, and return what it has come to.

    Args:
        axis: Which axis.
        no: Which exemplar.
        before: What stands open in the table.
        moves: Ticks, rising, and what it was from each on.
        into: Where the rows go.
    """
    since = dict.fromkeys(Attributes._fields, 0)
    now = before
    for tick, after in moves:
        if after == now:
            continue
        for what, old, new in zip(Attributes._fields, now, after, strict=True):
            if old == new:
                continue
            if old and not since[what]:
                into.closed.append((tick, axis, no, what))
            elif old:
                into.added.append((axis, no, what, since[what], tick, old))
            since[what] = tick
        now = after
    into.added.extend(
        (axis, no, what, start, OPEN, value)
        for (what, start), value in zip(since.items(), now, strict=True)
        if start and value
    )
    return now
