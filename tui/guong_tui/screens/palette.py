"""The little window in which an action is found by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from guong_tui.inert import fit
from guong_tui.keymap import key_name, keys_of
from guong_tui.palette import found
from guong_tui.widgets.inputs import VInput
from guong_tui.widgets.row_list import RowList
from guong_tui.widgets.sheet import Piece, Row
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.actions import Action
    from guong_tui.keymap import Keymap

KEYS = 12
"""Cells for a key."""


class PaletteScreen(ModalScreen["Action | None"]):
    """Asks what to do and returns the action.

    Args:
        actions: What can be done.
        keymap: Keys that the person has changed.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+p", "dismiss", "Đóng"), ("down", "move(1)", "Dòng dưới"), ("up", "move(-1)", "Dòng trên"),
    ]  # fmt: skip

    def __init__(self, actions: tuple[Action, ...], keymap: Keymap) -> None:
        super().__init__(name="palette")
        self._actions, self._keymap = actions, keymap
        self._found = list(actions)

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="dialog large"):
            yield Static(tr("Tìm và chạy một lệnh"), classes="title", markup=False)
            yield VInput(placeholder=tr("gõ vài chữ, có dấu hay không"))
            yield RowList(empty="không có lệnh nào như thế", id="found")

    def on_mount(self) -> None:
        """Offer everything."""
        self._show("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Offer what matches."""
        self._show(event.value)

    def _show(self, typed: str) -> None:
        self._found = found(self._actions, typed)
        self.query_one(RowList).show(len(self._found), self._row)

    def _row(self, index: int, width: int) -> Row:
        one = self._found[index]
        key = key_name(keys_of(one, self._keymap)[0])
        title = fit(f"{tr(one.group)}: {tr(one.title)}", max(1, width - KEYS))
        return [Piece(title), Piece(fit(key, KEYS), "label")]

    def action_move(self, rows: int) -> None:
        """Move among what is offered."""
        self.query_one(RowList).action_move(rows)

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Do what the cursor is on."""
        if self._found:
            self.dismiss(self._found[self.query_one(RowList).cursor])
