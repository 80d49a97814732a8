"""Entries as a list: pages around a position, filters, counts over time. No entry is decoded for it.

What an entry says is worded by `guong.telling` from the log, a page at a time: words about a person lie nowhere else.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from guong.view.schema import EPOCH
from guong.view.streams import chunks, marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guong.view.queries import View

_READ = "SELECT e.*, s.id AS stream, s.kind FROM entry e JOIN stream s ON s.no=e.no"
_CAN_BE = "e.happened>=substr(?, 1, length(e.happened))"
"""That an entry can have happened on or after a day: its date is compared as far as it is precise."""
PAGE = 64
"""Entries of a page where nobody asks for another number."""


class EntryRow(NamedTuple):
    """One entry in a list.

    Attributes:
        position, id: Where it stands and how entries refer to it; the id is empty for one that cannot be read.
        recorded_at: When it was entered (UTC).
        occurred_on: When it happened, as precise as its paper; empty where it cannot be read.
        delay: Days from the last day on which it can have happened to the day it was entered (UTC days), 0 for none.
        stream, kind, step: Where it belongs and what happened.
        plan, field, unit, officer: Keys; empty where it has none.
        remarks: How many remarks it carries.
        unread: Why it cannot be read, empty where it can.
    """

    position: int
    id: str
    recorded_at: dt.datetime
    occurred_on: str
    delay: int
    stream: str
    kind: str
    step: str
    plan: str
    field: str
    unit: str
    officer: str
    remarks: int
    unread: str


class Wanted(NamedTuple):
    """A filter of entries; everything that is given must hold.

    Attributes:
        plan, field, unit, officer, step, kind: Keys.
        stream: The id of one stream.
        exemplar: The id of an exemplar: its own entries and those about its subject.
        subject: The id of a subject: its own entries and those of every exemplar it is.
        after, until: Positions: later than `after`, not later than `until`.
        happened_since, happened_until: Days: entries that can have happened within.
        happened_after: A day: entries of which even the first day on which they can have happened is later.
        remarked: Only those with remarks.
        delayed: Only those entered at least so many days after they happened.
        missing: Field keys whose plugin is not here: only entries of these.
        unread: Only those that cannot be read.
    """

    plan: str = ""
    field: str = ""
    unit: str = ""
    officer: str = ""
    step: str = ""
    kind: str = ""
    stream: str = ""
    exemplar: str = ""
    subject: str = ""
    after: int = 0
    until: int = 0
    happened_since: str = ""
    happened_until: str = ""
    happened_after: str = ""
    remarked: bool = False
    delayed: int = 0
    missing: tuple[str, ...] = ()
    unread: bool = False


EVERY = Wanted()
"""No filter."""


class Bucket(NamedTuple):
    """A stretch of a time line: the positions it covers (`first` to `last`), when it begins, and how many entries match (`entries`)."""

    first: int
    last: int
    since: dt.datetime
    entries: int


def page_after(view: View, position: int, wanted: Wanted = EVERY, limit: int = PAGE) -> list[EntryRow]:
    """Return up to `limit` entries that follow `position`, in the order of the log."""
    where, values = _where(view, wanted)
    rows = view.rows(f"{_READ} WHERE {where} AND e.position>? ORDER BY e.position LIMIT ?", *values, position, limit)
    return [_row(row) for row in rows]


def page_before(view: View, position: int, wanted: Wanted = EVERY, limit: int = PAGE) -> list[EntryRow]:
    """Return up to `limit` entries before `position`, the nearest ones, in the order of the log."""
    where, values = _where(view, wanted)
    rows = view.rows(
        f"{_READ} WHERE {where} AND e.position<? ORDER BY e.position DESC LIMIT ?", *values, position, limit
    )
    return [_row(row) for row in reversed(rows)]


def following(view: View, position: int, wanted: Wanted = EVERY) -> int:
    """Return the position of the next entry that matches, 0 where there is none."""
    return next((row.position for row in page_after(view, position, wanted, 1)), 0)


def preceding(view: View, position: int, wanted: Wanted = EVERY) -> int:
    """Return the position of the last entry before `position` that matches, 0 where there is none."""
    return next((row.position for row in page_before(view, position, wanted, 1)), 0)


def at(view: View, positions: Sequence[int]) -> list[EntryRow]:
    """Return the entries at these positions, in the order of the log; those that are not there are left out."""
    found: list[EntryRow] = []
    for some in chunks(sorted(positions)):
        rows = view.rows(f"{_READ} WHERE e.position IN ({marks(some)}) ORDER BY e.position", *some)
        found += [_row(row) for row in rows]
    return found


def count(view: View, wanted: Wanted = EVERY) -> int:
    """Return how many entries match."""
    where, values = _where(view, wanted)
    return int(view.rows(f"SELECT count(*) AS n FROM entry e WHERE {where}", *values)[0]["n"])


def density(view: View, buckets: int, wanted: Wanted = EVERY) -> list[Bucket]:
    """Return the entries of the whole log by stretches of equal numbers of positions: a time line over positions."""
    first, head = view.first, view.head
    if not head:
        return []
    each = -(-(head - first + 1) // buckets)
    stretches = [(start, min(start + each - 1, head)) for start in range(first, head + 1, each)]
    return _counted(view, stretches, wanted)


def over_time(view: View, buckets: int, wanted: Wanted = EVERY) -> list[Bucket]:
    """Return the entries by stretches of equal time, by when they were recorded: a time line over time.

    Only stretches in which something was recorded are given.
    """
    begin, end = view.recorded(view.first), view.recorded(view.head)
    if begin is None or end is None:
        return []
    each = max((end - begin) / buckets, dt.timedelta(milliseconds=1))
    lasts = [view.position_at(begin + each * number) for number in range(1, buckets)] + [view.head]
    firsts = [view.first, *(last + 1 for last in lasts[:-1])]
    return _counted(view, [(one, last) for one, last in zip(firsts, lasts, strict=True) if one <= last], wanted)


def steps_at(view: View, steps: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield position and step of every entry of one of these steps: the marks of a time line (deadlines, mergers, findings)."""
    for row in view.rows(
        f"SELECT position, step FROM entry WHERE step IN ({marks(list(steps))}) ORDER BY position", *steps
    ):
        yield row["position"], row["step"]


def _counted(view: View, stretches: list[tuple[int, int]], wanted: Wanted) -> list[Bucket]:
    counts = [last - first + 1 for first, last in stretches]
    if wanted != EVERY:
        where, values = _where(view, wanted)
        firsts, counts = [first for first, _ in stretches], [0] * len(stretches)
        for row in view.rows(f"SELECT e.position FROM entry e WHERE {where}", *values):
            counts[bisect_right(firsts, row["position"]) - 1] += 1
    return [
        Bucket(first, last, view.recorded(first) or EPOCH, number)
        for (first, last), number in zip(stretches, counts, strict=True)
    ]


def _where(view: View, wanted: Wanted) -> tuple[str, list[Any]]:
    """Return the condition of a filter and its values."""
    plain = [(one, getattr(wanted, one)) for one in ("plan", "field", "unit", "officer", "step")]
    said: list[tuple[str, list[Any]]] = [(f"e.{one}=?", [value]) for one, value in plain if value]
    if wanted.kind:
        said.append(("e.no IN (SELECT no FROM stream WHERE kind=?)", [wanted.kind]))
    if wanted.stream:
        said.append(("e.no=(SELECT no FROM stream WHERE id=?)", [wanted.stream]))
    if wanted.exemplar:
        own = "SELECT no FROM exemplar WHERE id=? UNION SELECT s.no FROM exemplar x JOIN stream s ON s.id=x.subject WHERE x.id=?"
        said.append((f"e.no IN ({own})", [wanted.exemplar] * 2))
    if wanted.subject:
        own = "SELECT no FROM stream WHERE id=? UNION SELECT no FROM exemplar WHERE subject=?"
        said.append((f"e.no IN ({own})", [wanted.subject] * 2))
    if wanted.missing:
        said.append((f"e.field IN ({marks(list(wanted.missing))})", list(wanted.missing)))
    said += [
        (condition, [value])
        for condition, value in (
            ("e.position>?", wanted.after), ("e.position<=?", wanted.until), ("e.happened>=?", wanted.happened_since[:4]),
            ("e.happened<=?", wanted.happened_until), ("e.happened>?", wanted.happened_after), ("e.delay>=?", wanted.delayed),
        )
        if value
    ]  # fmt: skip
    said += [
        (condition, [])
        for condition, given in (("e.remarks>0", wanted.remarked), ("e.unread<>''", wanted.unread))
        if given
    ]
    if wanted.happened_since:
        said.append((_CAN_BE, [wanted.happened_since]))
    return " AND ".join(["1", *(one for one, _ in said)]), [value for _, values in said for value in values]


def _row(row: Any) -> EntryRow:
    return EntryRow(
        position=row["position"], id=row["id"].hex(), recorded_at=EPOCH + dt.timedelta(milliseconds=row["recorded"]),
        occurred_on=row["happened"], delay=row["delay"], stream=row["stream"], kind=row["kind"], step=row["step"], plan=row["plan"],
        field=row["field"], unit=row["unit"], officer=row["officer"], remarks=row["remarks"], unread=row["unread"],
    )  # fmt: skip
