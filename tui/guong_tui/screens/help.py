"""Help: every action with its key, as the keymap has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guong_tui.inert import fit
from guong_tui.keymap import key_name, keys_of
from guong_tui.widgets.sheet import Piece, Row, Sheet, heading, wrapped
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.actions import Action
    from guong_tui.keymap import Keymap

SIGNS = (
    ("!", "mục có lưu ý của quy tắc"), ("◆", "mục bạn đã đánh dấu"), ("?", "mục có phát hiện kiểm tra"),
    ("h", "trên dòng thời gian: ấn định, gia hạn thời hạn"), ("s", "trên dòng thời gian: sáp nhập, kết thúc đơn vị"),
    ("~ + -", "dòng đổi, dòng mới, dòng mất đi"), ("Trễ +12", "ghi sau khi xảy ra 12 ngày"),
    ("✓ ‼ ✗", "bước đã làm, bước làm sai thứ tự, bước bị bỏ qua"), ("○ …", "bước làm được ngay, bước còn chờ bước khác"),
    ("⊘", "bước đã bị gỡ: hủy, rút, thu hồi"),
)  # fmt: skip
KEYS = 20
"""Cells for keys."""


class HelpScreen(ModalScreen[None]):
    """Shows what can be done, and what the signs mean.

    Args:
        actions: Everything that can be done here.
        keymap: Keys that the person has changed.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,f1,q", "dismiss", "Đóng")]

    def __init__(self, actions: tuple[Action, ...], keymap: Keymap) -> None:
        super().__init__(name="help")
        self._actions, self._keymap = actions, keymap

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="dialog large"):
            yield Static(tr("Trợ giúp"), classes="title", markup=False)
            yield Sheet(id="help")

    def on_mount(self) -> None:
        """Fill it."""
        sheet = self.query_one(Sheet)
        sheet.show(self._rows)
        sheet.focus()

    def _rows(self, width: int) -> Iterator[Row]:
        for group in dict.fromkeys(one.group for one in self._actions):
            yield heading(group, width)
            for one in self._actions:
                if one.group == group:
                    yield from _line(
                        "  ".join(key_name(key) for key in keys_of(one, self._keymap)), tr(one.title), width
                    )
        yield heading("Các dấu", width)
        for sign, meaning in SIGNS:
            yield from _line(tr(sign), tr(meaning), width)


def _line(left: str, right: str, width: int) -> Iterator[Row]:
    for number, text in enumerate(wrapped(right, max(8, width - KEYS))):
        yield [Piece(fit(left if not number else "", KEYS), "label"), Piece(text)]
