"""The list of entries: knows how many there are and renders only what is seen."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from guong_tui.lines import COLUMNS, SIGNS, pack
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual import events

    from guong_tui.lines import Line
    from guong_tui.pages import Pages

_STRIPS = 512
"""Rendered lines kept."""


class Heads(Widget):
    """The heads of the columns of a list below it, which keeps a cell for its scroll bar."""

    def render_line(self, y: int) -> Strip:
        """Return the one line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        width = max(1, self.size.width - 1 - SIGNS - 1)
        text = " " * (SIGNS + 1) + pack([tr(column.title) for column in COLUMNS], width)
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)


class EntryList(ScrollView, can_focus=True):
    """Entries in the order of the log, one line each.

    Args:
        pages: The rows.
        move: Called when the person moves the cursor, with the position he moved to, before the next frame is drawn.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entry-list--row",
        "entry-list--cursor",
        "entry-list--sign",
        "entry-list--missing",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False, id="list.down"),
        Binding("up,k", "move(-1)", show=False, id="list.up"),
        Binding("pagedown", "page(1)", show=False, id="list.page-down"),
        Binding("pageup", "page(-1)", show=False, id="list.page-up"),
        Binding("home", "end(-1)", show=False, id="list.home"),
        Binding("end", "end(1)", show=False, id="list.end"),
    ]

    def __init__(self, pages: Pages[Line], move: Callable[[int], None], *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.pages, self._move = pages, move
        self._cursor, self._aside = 0, False  # the row of the cursor; whether the entry it stands at is not shown
        self._strips: OrderedDict[tuple[int, int, str], Strip] = OrderedDict()
        self._styles: dict[str, Style] = {}

    def on_mount(self) -> None:
        """Take the size of the log."""
        self._measure()

    def show(self, pages: Pages[Line], position: int) -> None:
        """Show other entries, the cursor on `position` or the nearest, on the line of the screen where it was."""
        line = self._cursor - self.scroll_offset.y
        self.pages = pages
        self._strips.clear()
        self._measure()
        self._place(position)
        self.scroll_to(y=max(0, self._cursor - line), animate=False, immediate=True, force=True)
        self._reveal()
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.pages))

    def notify_style_update(self) -> None:
        """Let go of rendered lines when the looks change."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def on_resize(self, _: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._strips.clear()
        self._measure()
        self._reveal()

    def point(self, position: int) -> None:
        """Put the cursor on `position`, or on the nearest entry that is shown, and bring it into sight."""
        old = self._cursor
        self._place(position)
        self._reveal()
        for index in {old, self._cursor}:
            self.refresh_line(index)

    def _place(self, position: int) -> None:
        places = self.pages.places
        self._cursor = max(0, min(places.index(position), len(places) - 1))
        self._aside = not len(places) or places.at(self._cursor) != position

    def _reveal(self) -> None:
        height, top = self.scrollable_content_region.height or 1, self.scroll_offset.y
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, immediate=True, force=True)
        elif self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False, immediate=True, force=True)

    def _go(self, index: int) -> None:
        if len(self.pages):
            self._move(self.pages.places.at(max(0, min(index, len(self.pages) - 1))))

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        self._go(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move by screens, one line kept in sight."""
        self._go(self._cursor + pages * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, end: int) -> None:
        """Move to the first or last entry."""
        self._go(0 if end < 0 else len(self.pages) - 1)

    def on_click(self, event: events.Click) -> None:
        """Move to where the mouse points."""
        self._go(event.y + self.scroll_offset.y)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"entry-list--{name}")
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """Return what stands on a line of the screen."""
        width, index = self.scrollable_content_region.width, y + self.scroll_offset.y
        if index >= len(self.pages):
            text = " không có mục nào" if not index else ""
            return Strip([Segment(text, self._style("missing"))]).adjust_cell_length(width, self._style("row"))
        sign = ("-" if self._aside else ">") if index == self._cursor else " "
        key = (index, width, sign)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._strip(index, width, sign)
            if len(self._strips) > _STRIPS:
                self._strips.popitem(last=False)
        return strip

    def _strip(self, index: int, width: int, sign: str) -> Strip:
        line, here = self.pages.row(index), sign == ">"
        row = self._style("cursor" if here else "missing" if line.missing else "row")
        segments = [
            Segment(sign, row),
            Segment(line.signs, row if here else row + self._style("sign")),
            Segment(line.at(width - 1 - SIGNS), row),
        ]
        return Strip(segments, width)
