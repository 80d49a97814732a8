"""The time line: how much was recorded when, what happened at the edges, and where the cursor stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    import datetime as dt
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
        self._places: list[int] = []  # the column of each stretch
        self._signs: list[tuple[int, str]] = []
        self._days = ("", "")
        self._position = 0

    @property
    def columns(self) -> int:
        """How many stretches there is room for."""
        return max(1, self.size.width - 2 * self.EDGE)

    def show(
        self, buckets: Sequence[Bucket], signs: list[tuple[int, str]], ends: tuple[dt.datetime, dt.datetime]
    ) -> None:
        """Draw other stretches.

        Args:
            buckets: Stretches of equal time in which something was recorded, in order.
            signs: Position and sign, the important ones last.
            ends: The first and the last moment, in the zone in which days are shown.
        """
        first, last = ends
        whole = max((last - first).total_seconds(), 1.0)
        share = [(bucket.since - first).total_seconds() / whole for bucket in buckets]
        self._places = [max(0, min(int(one * self.columns), self.columns - 1)) for one in share]
        self._buckets, self._signs, self._days = buckets, signs, (f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}")
        self.refresh()

    def point(self, position: int) -> None:
        """Put the cursor on an entry."""
        column = self._column(position)
        if column != self._column(self._position):
            self.refresh()
        self._position = position

    def _column(self, position: int) -> int:
        if not self._buckets:
            return 0
        return self._places[max(0, bisect_right(self._buckets, position, key=lambda bucket: bucket.first) - 1)]

    def position_of(self, column: int) -> int:
        """Return the first position of the stretch at a column, or of the one before it; 0 where there is none."""
        if not self._buckets:
            return 0
        return self._buckets[max(0, bisect_right(self._places, column) - 1)].first

    def on_click(self, event: events.Click) -> None:
        """Move to where the mouse points."""
        position = self.position_of(event.x - self.EDGE)
        if position:
            self._move(position)

    def render_line(self, y: int) -> Strip:
        """Return one of the three lines."""
        width, columns = self.size.width, self.columns
        looks = {one: self.get_component_rich_style(f"timeline--{one}") for one in ("bar", "sign", "date", "cursor")}
        if y == 0:
            first, last = self._days
            drawn = [
                Segment(first.ljust(self.EDGE), looks["date"]), Segment(self._drawn(columns), looks["bar"]),
                Segment(last.rjust(self.EDGE), looks["date"]),
            ]  # fmt: skip
            return Strip(drawn, 2 * self.EDGE + columns).adjust_cell_length(width, looks["date"])
        cells = [" "] * columns
        for position, one in self._signs if y == 1 else [(self._position, self._cursor_sign)]:
            cells[min(self._column(position), columns - 1)] = one
        line = " " * self.EDGE + "".join(cells)
        return Strip([Segment(line, looks["sign" if y == 1 else "cursor"])], len(line)).adjust_cell_length(
            width, looks["date"]
        )

    def _drawn(self, columns: int) -> str:
        most = max((bucket.entries for bucket in self._buckets), default=0) or 1
        top, cells = len(self._bars) - 1, [self._bars[0]] * columns
        for place, bucket in zip(self._places, self._buckets, strict=True):
            cells[min(place, columns - 1)] = self._bars[-(-bucket.entries * top // most)]
        return "".join(cells)
