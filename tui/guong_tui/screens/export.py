"""The little window that takes what is shown out to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from guong.book import Book
from guong.errors import GuongError, UsageError
from guong.text import slug
from guong_tui.exports import WRITERS, Table, board_table, check_place, entry_table, life_table, save
from guong_tui.living import living
from guong_tui.reading import Reading
from guong_tui.screens.life import LifeScreen
from guong_tui.screens.moment import MomentScreen
from guong_tui.widgets.inputs import VInput
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

PICTURE = ".svg"


class Positions:
    """The positions of a list as a sequence, read as they are asked for."""

    def __init__(self, places: object) -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places)  # type: ignore[arg-type]

    def __getitem__(self, which: slice) -> list[int]:
        return [self._places.at(one) for one in range(*which.indices(len(self)))]  # type: ignore[attr-defined]


class ExportScreen(ModalScreen[None]):
    """Asks for a file and writes to it what the screen below shows: a list of entries, a life, the board, or a picture.

    Args:
        reading: The book.
        shown: The screen below.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Đóng")]

    def __init__(self, reading: Reading, shown: Screen[object]) -> None:
        super().__init__(name="export")
        self._reading, self._shown = reading, shown
        self._table = self._taken(reading)
        self._picture = shown.app.export_screenshot()
        self._asked = ""

    def _taken(self, reading: Reading) -> Table:
        position = int(self._shown.app.position)  # type: ignore[attr-defined]
        if isinstance(self._shown, LifeScreen):
            return life_table(reading, living(reading, self._shown.exemplar, self._shown.subject, position))
        if isinstance(self._shown, MomentScreen):
            return board_table(reading, position)
        places = self._shown.app.replay.pages.places  # type: ignore[attr-defined]
        return entry_table(reading, Positions(places))  # type: ignore[arg-type] # what is read of a sequence it has

    def compose(self) -> ComposeResult:
        """Make the window."""
        name = f"{self._reading.book.folder.name}-{slug(self._table.title)}.csv"
        with Vertical(classes="dialog"):
            yield Static(
                f"{tr('Lấy ra')}: {self._table.title} ({self._table.lines} {tr('dòng')})",
                classes="title",
                markup=False,
            )
            yield VInput(value=name)
            yield Static(
                f"{', '.join(WRITERS)} {tr('lấy các dòng')}; {PICTURE} {tr('lấy hình của màn hình')}", markup=False
            )
            yield Static("", classes="fault", markup=False)

    @on(Input.Changed)
    def changed(self) -> None:
        """Ask again before another file is replaced."""
        self._say("")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Write it, or say why that is not possible; a file that is there only when asked twice."""
        path = Path(event.value).expanduser()
        again, self._asked = self._asked == event.value, event.value
        try:
            check_place(path, overwrite=again)
        except UsageError as error:
            self._say(f"{error.message}; {error.fix}" if error.fix else error.message)
            return
        if path.suffix.lower() == PICTURE:
            self._draw(path)
        else:
            self._write(path, overwrite=again)

    def _say(self, text: str) -> None:
        self.query_one(".fault", Static).update(text)

    def _draw(self, path: Path) -> None:
        try:
            path.write_text(self._picture, encoding="utf-8")
        except OSError as error:
            self._say(f"{path}: {error.strerror}")
            return
        self._done(path, 1)

    @work(thread=True, exclusive=True, group="export")
    def _write(self, path: Path, *, overwrite: bool) -> None:
        """Write it through a book opened for this thread alone: keys are read in the thread that opened them."""
        worker, app = get_current_worker(), self.app

        def told(lines: int) -> bool:
            if not worker.is_cancelled:
                app.call_from_thread(self._say, f"{lines} / {self._table.lines} …")
            return not worker.is_cancelled

        try:
            with Book(self._reading.book.folder, plugins=self._reading.book.plugins) as book:
                table = self._taken(Reading(book, self._reading.bookmarks))
                lines = save(table, path, overwrite=overwrite, told=told)
        except GuongError as error:
            app.call_from_thread(self._say, f"{error.message}; {error.fix}" if error.fix else error.message)
            return
        if not worker.is_cancelled:
            app.call_from_thread(self._done, path, lines)

    def _done(self, path: Path, lines: int) -> None:
        self.app.notify(f"{tr('đã ghi')} {path} ({lines} {tr('dòng')})", markup=False)
        self.dismiss()

    def action_leave(self) -> None:
        """Give up what is being written, and close."""
        self.workers.cancel_group(self, "export")
        self.dismiss()
