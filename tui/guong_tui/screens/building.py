"""While the view of a large book is made for the first time: how far it is, and when one can begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from guong_tui.following import Progress, catch_up
from guong_tui.watching import Advanced
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.reading import Reading

_BAR = 50
"""Cells of the bar."""


class BuildingScreen(Screen[bool]):
    """Makes the view and returns whether the person wants to see what there is; `True` by itself when all is there.

    Args:
        reading: The book.
    """

    CSS_PATH = "building.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "leave", "Thoát"), ("enter", "begin", "Xem phần đã có")]

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading
        self._ready = reading.head > 0
        self._left = False

    def compose(self) -> ComposeResult:
        """Make the parts."""
        with Vertical(id="building"):
            yield Static(
                tr("Sổ này chưa có bản chiếu để xem nhanh, hoặc bản chiếu còn cũ; đang lập từ nhật ký."),
                classes="title",
            )
            yield Static("", id="bar", markup=False)
            yield Static("", id="count", markup=False)
            yield Static(tr("Esc thoát; phần đã lập được giữ lại cho lần sau"), id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self._make()

    @work(thread=True, exclusive=True, group="follow")
    def _make(self) -> None:
        worker = get_current_worker()

        def told(progress: Progress) -> None:
            self.post_message(Advanced(progress))

        catch_up(self._reading, told, lambda: worker.is_cancelled)
        self.post_message(Advanced(Progress(0, 0, None)))

    def on_advanced(self, message: Advanced) -> None:
        """Say how far it is."""
        progress = message.progress
        if self._left:
            return
        if progress.at >= progress.head:  # what is left to do after the last entry, nothing here asks for
            self._left = True
            self.dismiss(True)  # noqa: FBT003 - Textual's way to return
            return
        done = _BAR * progress.at // progress.head
        self.query_one("#bar", Static).update("█" * done + "░" * (_BAR - done))
        self.query_one("#count", Static).update(progress.words)
        if not self._ready:
            self._ready = True
            self.query_one("#keys", Static).update(
                tr("Enter xem phần đã lập trong khi phần còn lại được lập tiếp   Esc thoát")
            )

    def action_begin(self) -> None:
        """Show what is there; the rest is made meanwhile."""
        if self._ready and not self._left:
            self._left = True
            self.dismiss(True)  # noqa: FBT003 - as above

    def action_leave(self) -> None:
        """Leave; what has been made is kept."""
        self._left = True
        self.dismiss(False)  # noqa: FBT003 - as above
