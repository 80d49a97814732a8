"""The audit UI as an app: one book, and the screens over it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from guong.errors import GuongError
from guong_tui.screens.replay import ReplayScreen

if TYPE_CHECKING:
    from guong_tui.reading import Reading


class ReplayApp(App[GuongError]):
    """Replays one book; returns what went wrong, None where nothing did.

    Args:
        reading: The book.
        at: The moment at which to begin, as it is typed; empty for the last entry.
        field: The field to which the moment is held; empty for all.
    """

    CSS_PATH = "app.tcss"
    TITLE = "Gương"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual does not say that it is of the class
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,ctrl+q", "quit", "thoát", id="quit", key_display="q")]

    def __init__(self, reading: Reading, at: str = "", field: str = "") -> None:
        super().__init__()
        self._reading, self._at, self._field = reading, at, field
        if os.environ.get("SSH_CONNECTION"):
            self.animation_level = "none"

    def on_mount(self) -> None:
        """Begin with the replay, or with making the view where much of it is missing."""
        if self._reading.head and not self._reading.behind:
            self._begin()
        else:
            from guong_tui.screens.building import BuildingScreen  # noqa: PLC0415 - rarely needed

            self.push_screen(BuildingScreen(self._reading), self._built)

    def _built(self, wanted: bool | None) -> None:  # noqa: FBT001 - what the screen returns
        if not wanted:
            self.exit()
            return
        self._reading.refresh()
        self._begin()

    def _begin(self) -> None:
        position = self._reading.start(self._at, self._field)
        self.push_screen(ReplayScreen(self._reading, position, self._field))

    def _handle_exception(self, error: Exception) -> None:
        """Leave with what can be told to the person; anything else is a fault of the program."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, GuongError):
            self.exit(cause)
        else:
            super()._handle_exception(error)
