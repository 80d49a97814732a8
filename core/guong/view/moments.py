"""A moment of a book, on one of its two axes, and how people write and read it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from guong.domain.dates import PaperDate, paper_date, show
from guong.errors import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from guong.view.queries import View

_TIME = re.compile(r"(.+?)[ T](\d{1,2}):(\d{2})")
_WRITE = "viết như 31/12/2024, 31/12/2024 17:30 hoặc #120"


class Moment(NamedTuple):
    """What counts.

    Attributes:
        position: The last entry that counts: what the book said while that one stood last.
        day: Where one is given, only what had happened by its end counts, as known now, with every correction made since;
            `position` is the head then.
        asked: What somebody typed to get here, empty for the head.
    """

    position: int
    day: str = ""
    asked: str = ""

    @property
    def tick(self) -> int:
        """Where it lies on its axis: a position, or the number of a day (`date.toordinal`)."""
        return dt.date.fromisoformat(self.day).toordinal() if self.day else self.position

    @property
    def axis(self) -> int:
        """0 for the book as it stood, 1 for what had happened as known now."""
        return 1 if self.day else 0


def head(view: View) -> Moment:
    """Return the moment of the last entry: everything counts."""
    return Moment(view.head)


def stood(view: View, text: str, zone: ZoneInfo) -> Moment:
    """Return the moment that `text` names on the axis of recording: `#120`, a day (its end), a day and a time; empty for the head.

    Args:
        view: The view.
        text: What somebody typed.
        zone: The book's time zone, in which a day begins and ends.

    Raises:
        UsageError: it is no such moment, or one before the first entry or after now.
    """
    if not text:
        return head(view)
    if text.startswith("#"):
        return _position(view, text)
    until = _end(text, zone)
    now = dt.datetime.now(zone)
    if until > now and until.date() != now.date():
        raise UsageError(f"--at: {text} chưa đến", f"nay là {_worded(now)}; bỏ --at để xem đến mục cuối")
    position = view.position_at(until)
    if not position:
        first = view.recorded(view.first)
        said = f"mục đầu tiên được ghi lúc {_worded(first.astimezone(zone))}" if first else "sổ chưa có mục nào"
        raise UsageError(f"--at: {text} là trước khi sổ được mở", said)
    return Moment(position, "", text)


def happened(view: View, text: str) -> Moment:
    """Return the moment that `text` names on the axis of happening: a day, at its end, as known now.

    Raises:
        UsageError: it is no day.
    """
    return Moment(view.head, _day(text, "--happened-by"), text)


def worded(view: View, moment: Moment, zone: ZoneInfo) -> str:
    """Return which moment and which axis is shown, in words."""
    if moment.day:
        return f"Những gì đã xảy ra đến hết ngày {show(moment.day)}, như biết đến nay (#{moment.position})"
    at = view.recorded(moment.position)
    when = f", ghi lúc {_worded(at.astimezone(zone))}" if at else ""
    asked = "" if moment.asked.startswith("#") or not moment.asked else f" đến hết {moment.asked},"
    return f"Sổ như đã ghi{asked} đến mục #{moment.position}{when}"


def _position(view: View, text: str) -> Moment:
    number = text.removeprefix("#")
    if not number.isdecimal():
        raise UsageError(f"--at: {text} không phải là số của một mục", _WRITE)
    if not view.first <= int(number) <= view.head:
        raise UsageError(f"--at: không có mục {text[:24]}", f"sổ có các mục từ #{view.first} đến #{view.head}")
    return Moment(int(number), "", text)


def _end(text: str, zone: ZoneInfo) -> dt.datetime:
    """Return the last instant of the day or minute that `text` names."""
    found = _TIME.fullmatch(text)
    day = dt.date.fromisoformat(_day(found[1] if found else text, "--at"))
    try:
        time = dt.time(int(found[2]), int(found[3]), 59, 999_999) if found else dt.time.max
    except ValueError:
        raise UsageError(f"--at: {text} không phải là một giờ trong ngày", _WRITE) from None
    return dt.datetime.combine(day, time, zone)


def _day(text: str, option: str) -> str:
    try:
        date: PaperDate = paper_date(text)
    except ValueError:
        raise UsageError(f"{option}: {text} không phải là một ngày", _WRITE) from None
    if not date.day:
        raise UsageError(f"{option}: {text} chưa nêu ngày nào", "viết đủ ngày, tháng, năm, như 31/12/2024")
    return str(date)


def _worded(time: dt.datetime) -> str:
    return f"{time:%d/%m/%Y %H:%M}"
