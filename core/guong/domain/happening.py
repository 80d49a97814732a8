"""The order in which things happened: how the entries of one stream, as known now, become its state on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.domain.corrections import effective
from guong.domain.dates import order
from guong.domain.life import thread_of
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong.domain.entry import Entry, Stored


def as_happened(stored: Iterable[Stored]) -> list[tuple[int, Stored]]:
    """Return the entries of one stream that count as known now, each with the day from which it counts, in that order.

    A day is a number (`date.toordinal`): the first day on which the entry can have happened, but none before the day the
    stream began, or before the entry it belongs to happened. Entries of one day follow as they were recorded. What was
    recorded before the stream began says nothing, as in `fold`.
    """
    counted: list[tuple[int, Stored]] = []
    days: dict[str, int] = {}
    begun = 0
    for one in effective(stored):
        entry = one.entry
        if entry is None:
            continue
        if not begun:
            if not STEPS[entry.step].starts:
                continue
            begun = order(entry.occurred_on).toordinal()
        days[entry.id] = day = day_of(entry, begun, days)
        counted.append((day, one))
    return sorted(counted, key=lambda pair: (pair[0], pair[1].position))


def day_of(entry: Entry, begun: int, days: dict[str, int]) -> int:
    """Return the day from which an entry counts in a stream that began on day `begun`; `days` are those of earlier entries."""
    return max(order(entry.occurred_on).toordinal(), begun, days.get(thread_of(STEPS[entry.step], entry), 0))
