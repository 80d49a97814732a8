"""One entry of the list as cells of a terminal: packed once a page, cut to a width when it is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from guong_tui.inert import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = {"remark": "!", "bookmark": "◆", "finding": "?"}
"""What stands before an entry; never told by colour alone."""


class Column(NamedTuple):
    """A column of the list.

    Attributes:
        title: Its Vietnamese head.
        least: Cells it needs to be shown.
        most: Cells beyond which it does not grow.
        rank: The column of the highest rank goes first when there is no room for all; rank 0 never goes.
        right: Whether its cells stand to the right.
    """

    title: str
    least: int
    most: int
    rank: int
    right: bool = False


COLUMNS = (
    Column("Mục", 8, 10, 0, right=True),
    Column("Ghi lúc", 14, 14, 0),
    Column("Xảy ra", 10, 10, 2),
    Column("Trễ", 5, 5, 3, right=True),
    Column("Bước", 16, 30, 0),
    Column("Ai, cái gì", 14, 40, 1),
    Column("LV", 2, 2, 4),
    Column("Đơn vị", 12, 34, 5),
    Column("Người ghi", 10, 14, 6),
)
SIGNS = 2
"""Cells before the columns: a bookmark or finding, and a remark."""


@lru_cache(maxsize=64)
def layout(width: int) -> tuple[tuple[int, int], ...]:
    """Return which columns fit into `width` cells as (column, cells), the room that is left shared by those that can grow."""
    shown = list(range(len(COLUMNS)))
    while len(shown) > 1 and sum(COLUMNS[one].least + 1 for one in shown) > width:
        last = max(shown, key=lambda one: COLUMNS[one].rank)
        if COLUMNS[last].rank == 0:
            break
        shown.remove(last)
    widths = {one: COLUMNS[one].least for one in shown}
    spare = width - sum(cells + 1 for cells in widths.values())
    while spare > 0 and (growing := [one for one in shown if widths[one] < COLUMNS[one].most]):
        share = max(1, spare // len(growing))
        for one in growing:
            more = min(share, COLUMNS[one].most - widths[one], spare)
            widths[one] += more
            spare -= more
    return tuple((one, widths[one]) for one in shown)


class Line:
    """One entry as text by column.

    Args:
        position: Where the entry stands.
        texts: An inert text a column.
        signs: What stands before it, `SIGNS` cells.
        missing: Whether it cannot be told in full: unread, or its plugin is not here.
    """

    __slots__ = ("_packed", "missing", "position", "signs", "texts")

    def __init__(self, position: int, texts: Sequence[str], signs: str, *, missing: bool) -> None:
        self.position, self.texts, self.signs, self.missing = position, texts, signs, missing
        self._packed: tuple[int, str] | None = None

    def at(self, width: int) -> str:
        """Return the columns that fit into `width` cells, without the signs."""
        if self._packed is None or self._packed[0] != width:
            self._packed = (width, pack(self.texts, width))
        return self._packed[1]


def pack(texts: Sequence[str], width: int) -> str:
    """Return one text a column as exactly `width` cells."""
    cells = []
    for column, wide in layout(width):
        text = texts[column]
        cells.append(text.rjust(wide) if COLUMNS[column].right and len(text) <= wide else fit(text, wide))
    return fit(" ".join(cells), width)
