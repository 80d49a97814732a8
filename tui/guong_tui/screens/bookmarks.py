"""What this person has marked in the book, with his notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from guong_tui.actions import BOOKMARKS, bindings
from guong_tui.inert import fit, inert
from guong_tui.widgets.inputs import VInput
from guong_tui.widgets.key_bar import KeyBar
from guong_tui.widgets.row_list import RowList
from guong_tui.widgets.sheet import Piece, Row
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.reading import Reading


class BookmarkScreen(Screen[int]):
    """Lists the marked entries and returns the position of the one to leap to, 0 for none.

    Args:
        reading: The book.
    """

    CSS_PATH = "life.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BOOKMARKS)]

    def __init__(self, reading: Reading) -> None:
        super().__init__(name="bookmarks")
        self.reading = reading
        self._marked: list[tuple[str, int, str]] = []

    def compose(self) -> ComposeResult:
        """Make the parts."""
        yield Static(f" {tr('Các mục đã đánh dấu')}", id="head", markup=False)
        yield RowList(empty="chưa đánh dấu mục nào; phím m đánh dấu mục đang chọn", id="marked")
        yield KeyBar(BOOKMARKS)

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(RowList).focus()
        self._show()

    def _show(self) -> None:
        view = self.reading.view
        known = ((id_, view.entry(id_), note) for id_, note in self.reading.bookmarks.all().items())
        self._marked = sorted(
            ((id_, found[0] if found else 0, note) for id_, found, note in known), key=lambda one: one[1]
        )
        marked = self.query_one(RowList)
        marked.show(len(self._marked), self._row, marked.cursor)

    def _row(self, index: int, width: int) -> Row:
        id_, position, note = self._marked[index]
        if not position:
            return [Piece(fit(f"{id_[:12]} {tr('không có trong sổ này')}  {inert(note)}", width), "warn")]
        stored = self.reading.stored(position)
        line = self.reading.teller.line(stored) if stored else ""
        title = self.reading.teller.title(stored) if stored else ""
        said = max(10, width - 9 - 26 - (width // 3))
        return [
            Piece(f"{'#' + str(position):>8} ", "label"), Piece(fit(inert(title), 26)), Piece(fit(inert(line), said), "dim"),
            Piece(fit(inert(note), max(1, width - 9 - 26 - said)), "good"),
        ]  # fmt: skip

    def _here(self) -> tuple[str, int, str] | None:
        return self._marked[self.query_one(RowList).cursor] if self._marked else None

    def action_leap(self) -> None:
        """Go to the entry."""
        here = self._here()
        if here and here[1]:
            self.dismiss(here[1])

    def action_remove(self) -> None:
        """Take the mark away."""
        here = self._here()
        if here:
            self._try(lambda: self.reading.bookmarks.toggle(here[0]))

    def action_note(self) -> None:
        """Write down why it is marked."""
        here = self._here()
        if here:
            self.app.push_screen(NoteScreen(here[2]), lambda text: self._noted(here[0], text))

    def _noted(self, id_: str, text: str | None) -> None:
        if text is not None:
            self._try(lambda: self.reading.bookmarks.note(id_, text))

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except OSError as error:
            self.app.notify(f"{error.filename}: {error.strerror}", severity="error", markup=False)
        self._show()
        self.app.replay.lines_changed()  # type: ignore[attr-defined]


class NoteScreen(ModalScreen["str | None"]):
    """Asks for a note and returns it, None when nothing is to change.

    Args:
        note: What it is so far.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "Đóng")]

    def __init__(self, note: str) -> None:
        super().__init__(name="note")
        self._note = note

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="dialog"):
            yield Static(tr("Ghi chú cho dấu này"), classes="title", markup=False)
            yield VInput(value=self._note)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        self.dismiss(event.value.strip())
