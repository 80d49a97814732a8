"""The audit UI as an app: one book, and the screens over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from guong_tui.screens.replay import ReplayScreen

if TYPE_CHECKING:
    from guong_tui.reading import Reading


class ReplayApp(App[None]):
    """Replays one book.

    Args:
        reading: The book.
        position: Where to begin, 0 for the last entry.
        field: The field to which the moment is held; empty for all.
    """

    CSS_PATH = "app.tcss"
    TITLE = "Gương"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,ctrl+q", "quit", "Thoát", id="quit")]

    def __init__(self, reading: Reading, position: int = 0, field: str = "") -> None:
        super().__init__()
        self._replay = ReplayScreen(reading, position, field)

    def on_mount(self) -> None:
        """Begin with the replay."""
        self.push_screen(self._replay)
