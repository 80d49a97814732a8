"""The book as a stream of its own: opened once, by whom, on what paper, in what time zone."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Step
from guong.forms import ask


class BookOpened(msgspec.Struct, frozen=True, kw_only=True):
    """The first entry of every book."""

    book: Annotated[str, ask("Mã sổ")]
    zone: Annotated[str, ask("Múi giờ")]
    sample: Annotated[bool, ask("Sổ mẫu")]
    officer: Annotated[str, ask("Cán bộ lập sổ")]
    unit: Annotated[str, ask("Đơn vị lập sổ")]


STEPS = (
    Step(
        "book_opened",
        "Mở sổ",
        "book",
        BookOpened,
        "múi giờ {zone}, cán bộ lập sổ {officer}",
        starts=True,
        by_hand=False,
    ),
)


class BookState(msgspec.Struct, frozen=True, kw_only=True):
    """What the first entry says of the book."""

    id: str
    zone: str
    sample: bool
    officer: str
    unit: str


def evolve(state: BookState | None, stored: Stored) -> BookState | None:
    """Take in one entry of the book's stream."""
    entry = stored.entry
    if entry is None or entry.step != "book_opened":
        return state
    data = entry.data
    return BookState(
        id=data["book"], zone=data["zone"], sample=data.get("sample", False), officer=data["officer"], unit=data["unit"]
    )
