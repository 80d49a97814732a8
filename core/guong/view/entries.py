"""Entries as a list: pages around a position, filters, counts over time. No entry is decoded for it.

What an entry says is worded by `guong.telling` from the log, a page at a time: words about a person lie nowhere else.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guong.view.queries import View

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
    remarked: bool = False
    delayed: int = 0
    missing: tuple[str, ...] = ()
    unread: bool = False


EVERY = Wanted()
"""No filter."""


class Bucket(NamedTuple):
    """A stretch of a time line: the positions it covers (`first` to `last`), when it begins, and how many entries match."""

    first: int
    last: int
    since: dt.datetime
    count: int


def page_after(view: View, position: int, wanted: Wanted = EVERY, limit: int = PAGE) -> list[EntryRow]:
    """Return up to `limit` entries that follow `position`, in the order of the log."""
    raise NotImplementedError


def page_before(view: View, position: int, wanted: Wanted = EVERY, limit: int = PAGE) -> list[EntryRow]:
    """Return up to `limit` entries before `position`, the nearest ones, in the order of the log."""
    raise NotImplementedError


def following(view: View, position: int, wanted: Wanted = EVERY) -> int:
    """Return the position of the next entry that matches, 0 where there is none."""
    raise NotImplementedError


def preceding(view: View, position: int, wanted: Wanted = EVERY) -> int:
    """Return the position of the last entry before `position` that matches, 0 where there is none."""
    raise NotImplementedError


def at(view: View, positions: Sequence[int]) -> list[EntryRow]:
    """Return the entries at these positions, in the order of the log; those that are not there are left out."""
    raise NotImplementedError


def count(view: View, wanted: Wanted = EVERY) -> int:
    """Return how many entries match."""
    raise NotImplementedError


def density(view: View, buckets: int, wanted: Wanted = EVERY) -> list[Bucket]:
    """Return the entries of the whole log by stretches of equal numbers of positions: a time line over positions."""
    raise NotImplementedError


def over_time(view: View, buckets: int, wanted: Wanted = EVERY) -> list[Bucket]:
    """Return the entries by stretches of equal time, by when they were recorded: a time line over time.

    Only stretches in which something was recorded are given.
    """
    raise NotImplementedError


def steps_at(view: View, steps: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield position and step of every entry of one of these steps: the marks of a time line (deadlines, mergers, findings)."""
    raise NotImplementedError
