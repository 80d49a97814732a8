"""The little window that asks where to go: a day, a time, a position, a share of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from guong.errors import GuongError
from guong.view import moments
from guong_tui.widgets.inputs import VInput
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.reading import Reading


def place(reading: Reading, text: str, here: int) -> int:
    """Return the position that `text` names.

    Args:
        reading: The book.
        text: `#120`, `+50`, `-50` (entries from here), `67 %`, `31/12/2024`, `31/12/2024 17:30`.
        here: The position of the cursor.

    Raises:
        GuongError: it names none.
    """
    text = text.strip()
    if text.endswith("%") and text[:-1].strip().replace(",", ".").replace(".", "", 1).isdecimal():
        share = float(text[:-1].strip().replace(",", "."))
        return max(1, min(round(reading.head * share / 100), reading.head))
    if text[:1] in "+-" and text[1:].isdecimal():
        return max(1, min(here + int(text), reading.head))
    if text.isdecimal():
        text = f"#{text}"
    return moments.stood(reading.view, text, reading.book.zone).position


class GotoScreen(ModalScreen[int]):
    """Asks for a place and returns its position, 0 when nothing was chosen."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Đóng")]

    def __init__(self, reading: Reading, here: int) -> None:
        super().__init__()
        self._reading, self._here = reading, here

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="dialog"):
            yield Static(tr("Đi đến"), classes="title")
            yield VInput(placeholder="31/12/2024   31/12/2024 17:30   #120   +50   67 %")
            yield Static("", classes="fault", markup=False)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Go there, or say why that is not possible."""
        try:
            self.dismiss(place(self._reading, event.value, self._here))
        except GuongError as error:
            self.query_one(".fault", Static).update(f"{error.message}; {error.fix}" if error.fix else error.message)

    def action_leave(self) -> None:
        """Stay where we are."""
        self.dismiss(0)
