"""The little window that asks which words to look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from guong_tui.widgets.inputs import VInput
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class SearchScreen(ModalScreen[str]):
    """Asks for words and returns them, None when nothing is to change.

    Args:
        text: What is looked for already.
    """

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Đóng")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="dialog", id="search"):
            yield Static(tr("Tìm chữ trong sổ: tên, ghi chú, văn bản; có dấu hay không dấu"), classes="title")
            yield VInput(self._text, placeholder="nguyen van dieu", id="words")
            yield Static(tr("Enter tìm   n sau   N trước   để trống rồi Enter: thôi tìm"), classes="hint")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Look for the words."""
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
