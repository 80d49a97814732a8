"""The time line: how much was recorded when, what happened at the edges, and where the cursor stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from guong.view.entries import Bucket

_BARS = " ▁▂▃▄▅▆▇█"
_ASCII = " .:-=+*#%"


class Timeline(Widget):
    """Three lines: bars with the first and last day beside them, signs, the cursor.

    Args:
        move: Called with the position that the mouse points at.
        ascii: Whether only ASCII may be drawn.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline--bar", "timeline--sign", "timeline--cursor", "timeline--date"}
    EDGE = 11
    """Cells for a day and a blank, on either side."""

    def __init__(self, move: Callable[[int], None], *, ascii: bool = False, id: str | None = None) -> None:  # noqa: A002 - the words of Textual
        super().__init__(id=id)
        self._move, self._bars = move, _ASCII if ascii else _BARS
        self._cursor_sign = "^" if ascii else "▲"
        self._buckets: Sequence[Bucket] = ()
        self._signs: list[tuple[int, str]] = []
        self._days = ("", "")
        self._position = 0

    @property
    def columns(self) -> int:
        """How many stretches there is room for."""
        return max(1, self.size.width - 2 * self.EDGE)

    def show(self, buckets: Sequence[Bucket], signs: list[tuple[int, str]], days: tuple[str, str]) -> None:
        """Draw other stretches.

        Args:
            buckets: One a column.
            signs: Position and sign, the important ones last.
            days: The first and the last day, as shown.
        """
        self._buckets, self._signs, self._days = buckets, signs, days
        self.refresh()

    def point(self, position: int) -> None:
        """Put the cursor on an entry."""
        column = self._column(position)
        if column != self._column(self._position):
            self.refresh()
        self._position = position

    def _column(self, position: int) -> int:
        return max(0, bisect_right(self._buckets, position, key=lambda bucket: bucket.first) - 1)

    def position_of(self, column: int) -> int:
        """Return the first position of a stretch, 0 where there is none."""
        return self._buckets[min(max(column, 0), len(self._buckets) - 1)].first if self._buckets else 0

    def on_click(self, event: events.Click) -> None:
        """Move to where the mouse points."""
        position = self.position_of(event.x - self.EDGE)
        if position:
            self._move(position)

    def render_line(self, y: int) -> Strip:
        """Return one of the three lines."""
        width, columns = self.size.width, len(self._buckets)
        bar, sign, date, cursor = (
            self.get_component_rich_style(f"timeline--{one}") for one in ("bar", "sign", "date", "cursor")
        )
        if y == 0:
            left, right = (day[:10].ljust(self.EDGE) if n == 0 else day[:10].rjust(self.EDGE) for n, day in enumerate(self._days))
            drawn = [Segment(left, date), Segment(self._drawn(), bar), Segment(right, date)]
            return Strip(drawn, 2 * self.EDGE + columns).adjust_cell_length(width, date)
        cells = [" "] * columns
        if y == 1:
            for position, one in self._signs:
                if columns:
                    cells[self._column(position)] = one
        elif columns:
            cells[self._column(self._position)] = self._cursor_sign
        line = " " * self.EDGE + "".join(cells)
        return Strip([Segment(line, sign if y == 1 else cursor)], len(line)).adjust_cell_length(width, date)

    def _drawn(self) -> str:
        most = max((bucket.count for bucket in self._buckets), default=0)
        top = len(self._bars) - 1
        return "".join(self._bars[-(-bucket.count * top // most) if most else 0] for bucket in self._buckets)
