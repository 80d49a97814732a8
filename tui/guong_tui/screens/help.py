"""Help: every action with its key, as the keymap has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guong_tui.inert import fit
from guong_tui.widgets.sheet import Piece, Row, Sheet, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.actions import Action

_NAMES = {
    "space": "phím cách", "comma": ",", "full_stop": ".", "less_than_sign": "<", "greater_than_sign": ">",
    "left_square_bracket": "[", "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "left_parenthesis": "(", "right_parenthesis": ")", "left": "←", "right": "→", "colon": ":", "slash": "/",
    "question_mark": "?", "underscore": "_", "apostrophe": "'", "escape": "Esc", "enter": "Enter",
}  # fmt: skip
SIGNS = (
    ("!", "mục có lưu ý của quy tắc"), ("◆", "mục bạn đã đánh dấu"), ("?", "mục có phát hiện kiểm tra"),
    ("h", "trên dòng thời gian: ấn định, gia hạn thời hạn"), ("s", "trên dòng thời gian: sáp nhập, kết thúc đơn vị"),
    ("~ + -", "dòng đổi, dòng mới, dòng mất đi"), ("Trễ +12", "ghi sau khi xảy ra 12 ngày"),
)  # fmt: skip


def key_name(keys: str) -> str:
    """Return keys as people call them: `g,colon` as `g  :`."""
    parts = (key.strip() for key in keys.split(","))
    return "  ".join("+".join(_NAMES.get(one, one.upper() if one.startswith("f") and one[1:].isdecimal() else one) for one in part.split("+")) for part in parts)


class HelpScreen(ModalScreen[None]):
    """Shows what can be done, and what the signs mean.

    Args:
        actions: Everything that can be done here.
        keymap: Keys that the person has changed, by the id of the action.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,f1,q", "dismiss", "Đóng")]

    def __init__(self, actions: tuple[Action, ...], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._actions, self._keymap = actions, keymap

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="dialog large"):
            yield Static("Trợ giúp", classes="title")
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
                    yield [Piece(fit(key_name(self._keymap.get(one.id, one.keys)), 20), "label"), Piece(fit(one.title, max(1, width - 20)))]
        yield heading("Các dấu", width)
        for sign, meaning in SIGNS:
            yield [Piece(fit(sign, 20), "label"), Piece(fit(meaning, max(1, width - 20)))]
