"""A sheet of lines: labelled facts, tables, notes. Showing others costs no layout, so it can follow the cursor in one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from guong_tui.inert import cells, fit
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.style import Style
    from textual import events


LOOKS = ("plain", "head", "label", "changed", "bad", "good", "warn", "dim", "mark")
"""How a text may look; `app.tcss` says how each is drawn."""


class Piece(NamedTuple):
    """Some text of a line and its look, one of `LOOKS`."""

    text: str
    look: str = "plain"


Row = list[Piece]
LABEL = 18
"""Cells of a label beside its text."""


class Sheet(ScrollView, can_focus=True):
    """Lines that are made for the width there is.

    Args:
        empty: What is said when there is nothing to show.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"sheet--{look}" for look in LOOKS}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", show=False), Binding("up,k", "scroll_up", show=False),
        Binding("pagedown", "page_down", show=False), Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False), Binding("end", "scroll_end", show=False),
    ]  # fmt: skip

    def __init__(self, *, title: str = "", empty: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.border_title = tr(title) if title else None
        self._empty = empty
        self._make: Callable[[int], Iterable[Row]] = lambda _: ()
        self._rows: list[Row] = []
        self._styles: dict[str, Style] = {}

    def show(self, make: Callable[[int], Iterable[Row]], *, keep: bool = False) -> None:
        """Show other lines.

        Args:
            make: Returns the lines for a width in cells.
            keep: Whether to stay where the person had scrolled to.
        """
        self._make = make
        self._lay_out()
        if not keep and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, immediate=True)

    def on_resize(self, _: events.Resize) -> None:
        """Make the lines for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        if not width:
            return
        self._rows = list(self._make(width)) or ([[Piece(tr(self._empty), "dim")]] if self._empty else [])
        size = Size(width, len(self._rows))
        if size != self.virtual_size:
            # Only what scrolls within changes: laying out the whole screen for it would cost a frame at every move.
            self.set_reactive(Sheet.virtual_size, size)
            self._scroll_update(size)
        self.refresh()

    def notify_style_update(self) -> None:
        """Let go of the styles when the looks change."""
        super().notify_style_update()
        self._styles.clear()

    def _style(self, look: str) -> Style:
        if look not in self._styles:
            self._styles[look] = self.get_component_rich_style(f"sheet--{look}")
        return self._styles[look]

    def render_line(self, y: int) -> Strip:
        """Return what stands on a line of the screen."""
        width, index = self.size.width, y + self.scroll_offset.y
        if index >= len(self._rows):
            return Strip.blank(width, self._style("plain"))
        row = self._rows[index]
        segments = [Segment(piece.text, self._style(piece.look)) for piece in row]
        taken = sum(cells(piece.text) for piece in row)
        return Strip(segments, taken).adjust_cell_length(width, self._style("plain"))

    @property
    def text(self) -> str:
        """Everything on the sheet as plain text."""
        return "\n".join("".join(piece.text for piece in row).rstrip() for row in self._rows)


def wrapped(text: str, width: int) -> list[str]:
    """Return an inert text in lines of at most `width` cells, broken between words where that is possible."""
    lines, line = [], ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if cells(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        while cells(word) > width:
            lines.append(word[:width] if cells(word[:width]) <= width else word[: width // 2])
            word = word[len(lines[-1]) :]  # noqa: PLW2901 - what is left of the word
        line = word
    return [*lines, line] if line or not lines else lines


def labelled(label: str, text: str, width: int, look: str = "plain", at: int = LABEL) -> list[Row]:
    """Return a label, in the language asked for, with its text beside it, as many lines as the text takes."""
    label = tr(label)
    at = min(at, max(8, width // 3))
    first, *rest = wrapped(text, max(8, width - at - 1))
    rows: list[Row] = [[Piece(fit(label, at) + " ", "label"), Piece(first, look)]]
    return rows + [[Piece(" " * (at + 1)), Piece(line, look)] for line in rest]


def heading(text: str, width: int) -> Row:
    """Return a heading, in the language asked for, over the whole width."""
    return [Piece(fit(tr(text), width), "head")]


def highlighted(rows: Iterable[Row], sought: str) -> Iterator[Row]:
    """Yield rows in which the words that are looked for are marked; labels and headings stay as they are."""
    from guong.view.search import marked  # noqa: PLC0415 - nobody may be looking for anything

    for row in rows:
        pieces: Row = []
        for piece in row:
            at = 0
            for start, end in marked(piece.text, sought) if piece.look not in ("label", "head") else ():
                pieces += [Piece(piece.text[at:start], piece.look), Piece(piece.text[start:end], "mark")]
                at = end
            pieces.append(Piece(piece.text[at:], piece.look))
        yield pieces
