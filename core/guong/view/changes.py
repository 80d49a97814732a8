"""What changed between two moments of one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.streams import of_exemplar
from guong.errors import UsageError
from guong.view import board, listing
from guong.view import entries as _entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.quota import BoardRow
    from guong.view.entries import EntryRow
    from guong.view.listing import ExemplarRow
    from guong.view.moments import Moment
    from guong.view.queries import View


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
    if before.axis != after.axis or before.tick > after.tick:
        raise UsageError(
            "hai thời điểm phải cùng một cách tính và thời điểm trước phải ghi trước", "đổi chỗ hai thời điểm"
        )
    nos = _touched(view, before, after)
    was, now = (listing.rows_of(view, moment, nos) for moment in (before, after))
    changed = [Moved(was.get(no), now.get(no)) for no in nos]
    changed = [one for one in changed if (known := one.after or one.before) and field in ("", known.field)]
    ended = [one for one in changed if _ended(one)]
    return Changes(
        added=[one for one in changed if one.before is None and one.after is not None],
        moved=[one for one in changed if one.before and one.after and one not in ended and _what(one.before) != _what(one.after)],
        ended=ended, quotas=_quotas(view, before, after, field), entries=_entries.count(view, _between(before, after, field)),
    )  # fmt: skip


def entries(view: View, before: Moment, after: Moment, field: str = "") -> Iterator[EntryRow]:
    """Yield every entry between two moments: recorded, or happened, after the one and not after the other."""
    position, wanted = 0, _between(before, after, field)
    while rows := _entries.page_after(view, position, wanted):
        yield from rows
        position = rows[-1].position


def _between(before: Moment, after: Moment, field: str) -> _entries.Wanted:
    if after.day:
        return _entries.Wanted(field=field, happened_after=before.day, happened_until=after.day)
    return _entries.Wanted(field=field, after=before.position, until=after.position)


def _touched(view: View, before: Moment, after: Moment) -> list[int]:
    """Return the exemplars that may have changed between two moments, by the position of their first entry."""
    if after.day:
        rows = view.rows(
            "SELECT DISTINCT no FROM held WHERE axis=1 AND ((since>? AND since<=?) OR (until>? AND until<=?)) ORDER BY no",
            *(before.tick, after.tick) * 2,
        )  # fmt: skip
    else:
        rows = view.rows(
            "SELECT DISTINCT x.no FROM entry e JOIN exemplar x ON x.no=e.no WHERE e.position>? AND e.position<=? ORDER BY x.no",
            before.tick, after.tick,
        )  # fmt: skip
    return [row["no"] for row in rows]


def _ended(one: Moved) -> bool:
    if one.before is None or one.after is None:
        return one.before is not None
    ends = {step.mark for step in of_exemplar() if step.ends}
    return one.after.stage in ends and one.before.stage not in ends


def _what(row: listing.ExemplarRow) -> tuple[str, ...]:
    return row.stage, row.lead, row.unit, row.officer, row.part


def _quotas(view: View, before: Moment, after: Moment, field: str) -> list[Quota]:
    was, now = (_lines(view, moment, field) for moment in (before, after))
    keys = list(dict.fromkeys((*was, *now)))
    return [Quota(key[0], was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key)]


def _lines(view: View, moment: Moment, field: str) -> dict[tuple[str, ...], BoardRow]:
    return {
        (one.plan.key, row.quota.key, row.holder, row.part): row
        for one in board.boards(view, moment)
        for row in one.rows
        if field in ("", row.field)
    }
