"""What changed between two moments of one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.view.entries import EntryRow
    from guong.view.listing import ExemplarRow
    from guong.view.moments import Moment
    from guong.view.queries import BoardRow, View


class Moved(NamedTuple):
    """An exemplar before and after; None where it was not there."""

    before: ExemplarRow | None
    after: ExemplarRow | None


class Quota(NamedTuple):
    """A line of the board before and after; None where there was none."""

    plan: str
    before: BoardRow | None
    after: BoardRow | None


class Changes(NamedTuple):
    """What is different.

    Attributes:
        added: Exemplars that were not there before.
        moved: Exemplars that changed in stage, lead, unit or officer.
        ended: Exemplars whose life ended, or that are not there any more since their discovery was voided.
        quotas: Lines of the board of which a number changed.
        entries: How many entries lie between.
    """

    added: list[Moved]
    moved: list[Moved]
    ended: list[Moved]
    quotas: list[Quota]
    entries: int


def between(view: View, before: Moment, after: Moment, field: str = "") -> Changes:
    """Return what changed from one moment to a later one of the same axis.

    Raises:
        UsageError: the moments are of different axes, or the wrong way round.
    """
    raise NotImplementedError


def entries(view: View, before: Moment, after: Moment, field: str = "") -> Iterator[EntryRow]:
    """Yield every entry between two moments: recorded, or happened, after the one and not after the other."""
    raise NotImplementedError
