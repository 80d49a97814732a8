"""Watching the log while it is shown: what others record appears, and the cursor stays unless it stood at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from guong_tui.filtering import Filtering
from guong_tui.following import Progress, catch_up
from guong_tui.reading import FEW
from guong_tui.searching import Searching

if TYPE_CHECKING:
    from guong_tui.reading import Reading

EVERY = 1.0
"""Seconds between two looks at the head of the log."""


class Advanced(Message):
    """The view has come further."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class Watching(Filtering, Searching):
    """Follows the log, however far the view is behind it."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.progress: Progress | None = None
        """How far the view has come while it is behind."""
        self._catching = False
        self._looked = False
        self._along = False  # whether the cursor goes with the end: it stood there when the log grew

    def on_mount(self) -> None:
        """Begin to watch."""
        self.set_interval(EVERY, self.look)

    def look(self) -> None:
        """See whether the log has grown, or the view has been taken away."""
        if self._catching:
            return
        if self.reading.lost:
            self._anew()
        elif self.reading.book.log.head() != self.reading.head or not self._looked:
            # The first time in any case: an earlier build may have left what follows the last entry.
            self._catching = self._looked = True
            self._along = self.position == self.reading.head and self.reading.behind <= FEW
            self._catch_up()

    def _anew(self) -> None:
        """Begin with another view; a large one is made on a screen of its own."""
        self.reading.reopen()
        if not self.reading.behind:
            self._rebuilt(True)  # noqa: FBT003 - as the screen would say it
            return
        from guong_tui.screens.building import BuildingScreen  # noqa: PLC0415 - rarely needed

        self._catching = True
        self.app.push_screen(BuildingScreen(self.reading), self._rebuilt)

    def _rebuilt(self, wanted: bool | None) -> None:  # noqa: FBT001 - what the screen returns
        if not wanted:
            self.app.exit()
            return
        self._catching = False
        self.reading.refresh()
        self.lengthen(self.reading.head)
        self.relist()
        self.go(self.position)
        self.redraw()

    @work(thread=True, exclusive=True, group="follow")
    def _catch_up(self) -> None:
        worker = get_current_worker()

        def told(progress: Progress) -> None:
            self.post_message(Advanced(progress))

        try:
            catch_up(self.reading, told, lambda: worker.is_cancelled)
        finally:
            self.post_message(Advanced(Progress(0, 0, None)))

    def on_advanced(self, message: Advanced) -> None:
        """Show what has come."""
        progress = message.progress
        self._catching = bool(progress.head)
        self.progress = progress if progress.at < progress.head else None
        before = self.reading.head
        if self.reading.refresh() == before:
            self.redraw()
            return
        self.lengthen(before)
        self.look_on()
        for pages in (self.pages, self.everything):
            pages.forget()  # a finding that has come may be about any entry
        self.relist()
        if self._along and self.position == before:
            self.go(self.reading.head)
        self.redraw()
