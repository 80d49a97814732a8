"""The book as a stream of its own: opened once, by whom, on what paper, in what time zone."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Kind, Step
from guong.forms import ask

RESULTS = {"sound": "nguyên vẹn", "faulty": "có lỗi"}


class BookOpened(msgspec.Struct, frozen=True, kw_only=True):
    """The first entry of every book."""

    book: Annotated[str, ask("Mã sổ")]
    zone: Annotated[str, ask("Múi giờ")]
    sample: Annotated[bool, ask("Sổ mẫu")]
    officer: Annotated[str, ask("Cán bộ lập sổ")]
    unit: Annotated[str, ask("Đơn vị lập sổ")]


class LogVerified(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody checked the log up to a position."""

    until: Annotated[int, ask("Đến mục số", minimum=1)]
    result: Annotated[str, ask("Kết quả", choices=RESULTS)]
    faults: Annotated[int, ask("Số lỗi", minimum=0)] = 0
    method: Annotated[str, ask("Cách kiểm tra", help="như guong check")] = ""


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
    Step("log_verified", "Xác minh sổ", "book", LogVerified, "đến mục #{until}: {result}"),
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


KIND = Kind("sổ", BookState, evolve)
