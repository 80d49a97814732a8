"""A list to choose from: only the rows that are seen are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from guong_tui.actions import LIST, bindings
from guong_tui.inert import cells
from guong_tui.widgets.sheet import LOOKS
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual import events

    from guong_tui.widgets.sheet import Row


class RowList(ScrollView, can_focus=True):
    """Rows, one of which the cursor is on.

    Args:
        moved: Called with the number of the row that the person moved to.
        empty: What is said when there are none.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor", *(f"row-list--{look}" for look in LOOKS)}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIST)]

    def __init__(
        self, moved: Callable[[int], None] = lambda _: None, *, title: str = "", empty: str = "", id: str | None = None  # noqa: A002 - Textual's word
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.border_title = tr(title) if title else None
        self._moved, self._empty = moved, empty
        self._count, self.cursor = 0, 0
        self._make: Callable[[int, int], Row] = lambda _, __: []
        self._styles: dict[str, Style] = {}

    def show(self, count: int, make: Callable[[int, int], Row], cursor: int = 0) -> None:
        """Show other rows.

        Args:
            count: How many.
            make: Returns a row by its number from 0 and the cells there are.
            cursor: Where the cursor stands.
        """
        self._count, self._make = count, make
        self.cursor = max(0, min(cursor, count - 1))
        self._measure()
        self._reveal()
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._count)

    def on_resize(self, _: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._measure()
        self._reveal()

    def notify_style_update(self) -> None:
        """Let go of the styles when the looks change."""
        super().notify_style_update()
        self._styles.clear()

    def _reveal(self) -> None:
        height, top = self.scrollable_content_region.height or 1, self.scroll_offset.y
        if not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def choose(self, index: int) -> None:
        """Move to a row, the nearest there is."""
        index = max(0, min(index, self._count - 1))
        if self._count and index != self.cursor:
            self.cursor = index
            self._reveal()
            self.refresh()
            self._moved(index)

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        self.choose(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move by screens, one line kept in sight."""
        self.choose(self.cursor + pages * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, end: int) -> None:
        """Move to the first or last row."""
        self.choose(0 if end < 0 else self._count - 1)

    def on_click(self, event: events.Click) -> None:
        """Move to where the mouse points."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < self._count:
            self.choose(offset.y + self.scroll_offset.y)

    def _style(self, look: str) -> Style:
        if look not in self._styles:
            self._styles[look] = self.get_component_rich_style(f"row-list--{look}")
        return self._styles[look]

    def render_line(self, y: int) -> Strip:
        """Return what stands on a line of the screen."""
        width, index = self.scrollable_content_region.width, y + self.scroll_offset.y
        if index >= self._count:
            said = tr(self._empty) if not self._count and y == 0 else ""
            return Strip([Segment(said, self._style("dim"))], cells(said)).adjust_cell_length(
                width, self._style("plain")
            )
        here = index == self.cursor
        row = self._make(index, max(1, width - 2))
        looks = [self._style("cursor") if here else self._style(piece.look) for piece in row]
        edge = self._style("cursor" if here else "plain")
        segments = [
            Segment("> " if here else "  ", edge),
            *(Segment(piece.text, look) for piece, look in zip(row, looks, strict=True)),
        ]
        return Strip(segments, 2 + sum(cells(piece.text) for piece in row)).adjust_cell_length(width, edge)

    @property
    def text(self) -> str:
        """Every row as plain text, for a width of one hundred cells."""
        return "\n".join("".join(piece.text for piece in self._make(one, 100)).rstrip() for one in range(self._count))
