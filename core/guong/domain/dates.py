"""Dates as papers give them: a year, a year and month, or a day; and what can be told from two of them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)(\d{4})")

FIRST_YEAR, LAST_YEAR = 1900, 2200


class PaperDate(NamedTuple):
    """A date as precise as its paper: `month` and `day` are 0 where the paper leaves them blank."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """The stored form: `2024`, `2024-03` or `2024-03-05`."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def first(self) -> dt.date:
        """The earliest day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The latest day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def vietnamese(self) -> str:
        """As offices write it: `05/3/2024`, `3/2024`, `2024`; months 1 and 2 take a nought, as days under 10 do."""
        month = f"{self.month:02}" if self.month in (1, 2) else str(self.month)
        if self.day:
            return f"{self.day:02}/{month}/{self.year}"
        return f"{month}/{self.year}" if self.month else str(self.year)


@lru_cache(maxsize=4096)
def paper_date(text: str) -> PaperDate:
    """Read `2024`, `2024-03`, `2024-03-05`, `3/2024` or `05/3/2024`.

    Raises:
        ValueError: it is no such date, or outside the years 1900 to 2200.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _VIETNAMESE.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError(text)
    date = PaperDate(int(year), int(month or 0), int(day or 0))
    if not FIRST_YEAR <= date.year <= LAST_YEAR or (month and not date.month) or (day and not date.day):
        raise ValueError(text)
    if date.last < date.first:  # the last day is also where an impossible day or month raises ValueError
        raise ValueError(text)
    return date


@lru_cache(maxsize=4096)
def stored_date(text: str) -> str:
    """Return a date in its stored form, however it was written.

    Raises:
        ValueError: as `paper_date`.
    """
    return str(paper_date(text))


@lru_cache(maxsize=4096)
def span(date: str) -> tuple[dt.date, dt.date]:
    """Return the earliest and the latest day a stored date can be."""
    read = paper_date(date)
    return read.first, read.last


def not_after(one: str, other: str) -> bool | None:
    """Tell whether the stored date `one` is on or before `other`: yes, no, or None when it cannot be told."""
    (first, last), (other_first, other_last) = span(one), span(other)
    if last <= other_first:
        return True
    if first > other_last:
        return False
    # The same blank parts on both sides (both "March 2024") say nothing about their order.
    return None


def in_future(date: str, today: dt.date) -> bool:
    """Tell whether even the earliest day of the stored date lies after `today`."""
    return span(date)[0] > today


def show(date: str | None) -> str:
    """Return a stored date as offices write it, `‹chưa rõ›` for none."""
    return paper_date(date).vietnamese if date else "‹chưa rõ›"


def order(date: str) -> dt.date:
    """Return what entries are sorted by when they happened at `date`: its earliest day."""
    return span(date)[0]
