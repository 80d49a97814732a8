"""Filters of entries: what a person asks for, as it is typed, as it is told, and as the view is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from guong.domain.dates import paper_date, show
from guong.domain.streams import STEPS
from guong.errors import UsageError
from guong.text import fold
from guong.view.entries import Wanted
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guong_tui.reading import Reading


class Filter(NamedTuple):
    """Which entries are shown; everything that is given must hold.

    Attributes:
        field, unit, officer, step: Keys.
        recorded_since, recorded_until: Days (ISO) on which entries were recorded, in the book's zone.
        happened_since, happened_until: Days (ISO) on which they can have happened.
        delayed: Recorded at least so many days after they happened.
        remarked: Only those with remarks.
        missing: Only those of fields whose plugin is not here.
    """

    field: str = ""
    unit: str = ""
    officer: str = ""
    step: str = ""
    recorded_since: str = ""
    recorded_until: str = ""
    happened_since: str = ""
    happened_until: str = ""
    delayed: int = 0
    remarked: bool = False
    missing: bool = False


NOTHING = Filter()
"""What lets everything through."""
KEYS = ("field", "unit", "officer", "step")
"""What is named by a key."""
DAYS = ("recorded_since", "recorded_until", "happened_since", "happened_until")
"""What is a day."""
TITLES = {
    "field": "Lĩnh vực", "unit": "Đơn vị ghi", "officer": "Người ghi", "step": "Bước", "recorded_since": "Ghi từ ngày",
    "recorded_until": "Ghi đến ngày", "happened_since": "Xảy ra từ ngày", "happened_until": "Xảy ra đến ngày",
    "delayed": "Trễ từ (ngày)", "remarked": "Có lưu ý", "missing": "Thiếu plugin",
}  # fmt: skip


def choices(reading: Reading, what: str) -> dict[str, str]:
    """Return what can be named for one of `KEYS`: keys that the book has, with their titles."""
    view, teller = reading.view, reading.teller
    if what == "field":
        plans = view.states("plan")
        bound = [(field, plan.declared.binding(field)) for plan in plans for field in plan.fields]
        return {field: f"{binding.letter}. {binding.title}" if binding else field for field, binding in bound}
    if what == "unit":
        return {unit.key: unit.name for unit in view.states("unit")}
    if what == "officer":
        return {one.key: teller.name(one.id) for one in view.states("officer")}
    return {key: step.title for key, step in STEPS.items()}


def matching(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the keys that `text` may mean: the key or letter itself, else those of which key or title hold its words, marks aside."""
    named = [key for key, title in known.items() if text == key or title.startswith(f"{text}. ")]
    if named:
        return named
    words = fold(text).split()
    return [key for key, title in known.items() if all(word in f"{fold(key)} {fold(title)}" for word in words)]


def chosen(text: str, what: str, known: Mapping[str, str]) -> str:
    """Return the one key that `text` means; empty for an empty text.

    Raises:
        UsageError: it means none, or several, which the message names.
    """
    text = text.strip()
    if not text:
        return ""
    found = matching(text, known)
    if len(found) == 1:
        return found[0]
    exact = [key for key in found if fold(known[key]) == fold(text)]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise UsageError(f"{TITLES[what]}: không có {text}", "gõ một phần của tên hoặc mã")
    raise UsageError(f"{TITLES[what]}: {text} có thể là {len(found)} nơi", "gõ thêm: " + ", ".join(found[:4]))


def day(text: str, what: str) -> str:
    """Return a day in stored form; empty for an empty text.

    Raises:
        UsageError: it is no day.
    """
    if not text.strip():
        return ""
    try:
        date = paper_date(text.strip())
    except ValueError:
        date = None
    if date is None or not date.day:
        raise UsageError(f"{TITLES[what]}: {text} không phải là một ngày", "viết như 31/12/2024")
    return str(date)


def number(text: str) -> int:
    """Return a number of days, 0 for an empty text.

    Raises:
        UsageError: it is none.
    """
    text = text.strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise UsageError(f"{TITLES['delayed']}: {text} không phải là một số ngày", "viết như 30")
    return int(text or 0)


def wanted(reading: Reading, asked: Filter) -> Wanted:
    """Return a filter as the view is asked; days of recording become positions."""
    view = reading.view
    missing = tuple(key for key in view.fields() if key not in reading.here) if asked.missing else ()
    after = view.position_at(_midnight(reading, asked.recorded_since)) if asked.recorded_since else 0
    until = view.position_at(_midnight(reading, asked.recorded_until, 1)) if asked.recorded_until else 0
    nothing = (asked.missing and not missing) or (asked.recorded_until and not until)
    return Wanted(
        field=asked.field, unit=asked.unit, officer=asked.officer, step=asked.step, happened_since=asked.happened_since,
        happened_until=asked.happened_until, remarked=asked.remarked, delayed=asked.delayed, missing=missing,
        after=view.head if nothing else after, until=until,
    )  # fmt: skip


def _midnight(reading: Reading, iso: str, later: int = 0) -> dt.datetime:
    """Return the last instant before a day, or before the one so many days later, in the book's zone."""
    begins = dt.datetime.combine(dt.date.fromisoformat(iso) + dt.timedelta(days=later), dt.time(), reading.book.zone)
    return begins - dt.timedelta(milliseconds=1)


def worded(reading: Reading, asked: Filter) -> str:
    """Return a filter in words: `[lĩnh vực b …] và [trễ từ 10 ngày]`."""
    parts = []
    for what, value in asked._asdict().items():
        if value:
            parts.append(f"[{tr(TITLES[what])}{'' if value is True else f' {_told(reading, what, value)}'}]")
    return f" {tr('và')} ".join(parts)


def _told(reading: Reading, what: str, value: Any) -> str:
    if what in DAYS:
        return show(value)
    if what == "step":
        return STEPS[value].title if value in STEPS else str(value)
    if what == "field":
        letters = {reading.letter(plan.key, value): None for plan in reading.view.states("plan")}
        return " ".join([*(one for one in letters if one), value])
    return reading.teller.unit(value) if what == "unit" else str(value)
