"""What keys are called, and whether the keys that a person has set for himself can be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guong.errors import UsageError
from guong.forms import nearest
from guong_tui.actions import APP, LIST, SCREENS
from guong_tui.words import tr

if TYPE_CHECKING:
    from guong_tui.actions import Action

Keymap = Mapping[str, str]
"""Id of an action to the keys that it has instead of its own, separated by commas."""

_NAMES = {
    "space": "Space", "comma": ",", "full_stop": ".", "less_than_sign": "<", "greater_than_sign": ">",
    "left_square_bracket": "[", "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "left_parenthesis": "(", "right_parenthesis": ")", "left": "←", "right": "→", "up": "↑", "down": "↓", "colon": ":",
    "slash": "/", "question_mark": "?", "underscore": "_", "apostrophe": "'", "escape": "Esc", "enter": "Enter",
    "equals_sign": "=", "backslash": "\\", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "delete": "Del",
    "ctrl": "Ctrl",
    "shift": "Shift",
}  # fmt: skip


def key_name(key: str) -> str:
    """Return one key as people call it: `full_stop` as `.`, `ctrl+p` as `Ctrl+p`."""
    return "+".join(_named(one) for one in key.strip().split("+"))


def _named(part: str) -> str:
    if part.startswith("f") and part[1:].isdecimal():
        return part.upper()
    return tr(_NAMES[part]) if part in _NAMES else part


def keys_of(action: Action, keymap: Keymap) -> list[str]:
    """Return the keys of an action, by the names that Textual has for them."""
    return [key.strip() for key in keymap.get(action.id, action.keys).split(",")]


def check(keymap: Keymap, where: str) -> None:
    """Refuse keys that cannot work.

    Args:
        keymap: What the person has set.
        where: The file in which he has set it.

    Raises:
        UsageError: there is no such action, or two actions of one screen would have the same key; the message names them.
    """
    known = {one.id: one for actions in (APP, LIST, *SCREENS.values()) for one in actions}
    for id_ in keymap:
        if id_ not in known:
            near = nearest(id_, list(known))
            advice = f"có phải là {near}?" if near else f"các thao tác: {', '.join(known)}"
            raise UsageError(f"{where}, [tui.keys]: không có thao tác {id_}", advice)
    for own in SCREENS.values():
        together = (*own, *APP, *LIST)
        for one in together:
            for key in keys_of(one, keymap):
                if one.id in keymap and key not in one.keys.split(","):
                    _refuse_twice(one, key, [other for other in together if key in keys_of(other, keymap)], where)


def _refuse_twice(action: Action, key: str, having: list[Action], where: str) -> None:
    for other in having:
        if other.id != action.id:
            message = f"{where}, [tui.keys]: phím {key} được đặt cho cả {action.id} và {other.id}"
            raise UsageError(message, "chọn phím khác cho một trong hai")
