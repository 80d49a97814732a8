"""Rows by index, a page at a time: what a list of millions keeps in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

PAGE = 64
"""Rows of a page."""
KEPT = 16
"""Pages kept in memory."""

T = TypeVar("T")


class Places(Protocol):
    """Which log positions a list shows, in order."""

    def __len__(self) -> int:
        """How many."""

    def at(self, index: int) -> int:
        """The position at an index from 0."""

    def index(self, position: int) -> int:
        """The index of a position, or of the first after it where it is not shown; the length where none is."""


class Whole:
    """Every position of a log up to its head."""

    def __init__(self, head: int) -> None:
        self.head = head

    def __len__(self) -> int:
        return self.head

    def at(self, index: int) -> int:
        """Return the position at an index: positions count from 1 without gaps."""
        return index + 1

    def index(self, position: int) -> int:
        """Return the index of a position."""
        return min(max(position, 1), self.head + 1) - 1


class Some:
    """The positions that a filter lets through, as they are found; more may be added behind."""

    def __init__(self, positions: array[int]) -> None:
        self.positions = positions

    def __len__(self) -> int:
        return len(self.positions)

    def at(self, index: int) -> int:
        """Return the position at an index."""
        return self.positions[index]

    def index(self, position: int) -> int:
        """Return the index of a position or of the first after it."""
        return bisect_left(self.positions, position)


class Pages(Generic[T]):
    """The last pages of rows of one list that were looked at.

    Args:
        places: Which positions the list shows.
        fetch: Returns the rows at these positions, in their order.
    """

    def __init__(self, places: Places, fetch: Callable[[Sequence[int]], Sequence[T]]) -> None:
        self.places, self._fetch = places, fetch
        self._pages: OrderedDict[tuple[int, int], Sequence[T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.places)

    def forget(self) -> None:
        """Read every page anew: what is told of its rows has changed."""
        self._pages.clear()

    def row(self, index: int) -> T:
        """Return the row at an index, reading its page where it is not at hand; a page that grew is read again."""
        first = index - index % PAGE
        last = min(first + PAGE, len(self.places))
        key = (first, last)
        rows = self._pages.get(key)
        if rows is None:
            rows = self._pages[key] = self._fetch([self.places.at(one) for one in range(first, last)])
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return rows[index - first]
