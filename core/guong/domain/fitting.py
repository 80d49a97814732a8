"""Does a stored entry fit the form of its step? What does not was not written by this program and cannot be relied on."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from guong.domain.dates import paper_date
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.domain.entry import Entry

_STORED: dict[str, type | tuple[type, ...]] = {
    "text": str, "int": int, "number": (int, float), "bool": bool, "choice": str, "date": str, "map": dict, "texts": dict, "json": dict,
}  # fmt: skip


_TIMES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("recorded_at", dt.datetime.fromisoformat),
    ("occurred_on", paper_date),
    ("effective_on", paper_date),
)


@lru_cache(maxsize=256)
def _asked(step: str) -> tuple[tuple[str, bool, type | tuple[type, ...]], ...]:
    """Return key, whether it must be there, and stored type of every answer that is not under seal."""
    return tuple(
        (question.key, question.required, list if question.many else _STORED[question.type])
        for question in STEPS[step].questions
        if not question.personal
    )


def misfit(entry: Entry) -> str:
    """Return the name of the first part of an entry that is missing or of the wrong kind, empty when it fits."""
    for name, read in _TIMES:
        time = getattr(entry, name)
        try:
            if time is not None:
                read(time)
        except ValueError:
            return name
    data = entry.data
    for key, required, stored in _asked(entry.step):
        answer = data.get(key)
        if not isinstance(answer, stored) if answer is not None else required:
            return key
    return ""
