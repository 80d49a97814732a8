"""How the UI looks: dark, light, of high contrast, of sixteen colours; and without colours where `NO_COLOR` asks for it."""

from __future__ import annotations

import os

from textual.theme import Theme

from guong.errors import UsageError
from guong.forms import nearest

THEMES = {
    "dark": "textual-dark",
    "light": "textual-light",
    "contrast": "guong-contrast",
    "ansi": "ansi-dark",
    "ansi-light": "ansi-light",
}
"""What a person calls a theme, to the name that Textual knows it by."""
TITLES = {
    "dark": "tối",
    "light": "sáng",
    "contrast": "tương phản cao",
    "ansi": "16 màu",
    "ansi-light": "16 màu, nền sáng",
}

CONTRAST = Theme(
    name="guong-contrast", primary="#ffff00", secondary="#00ffff", accent="#00ffff", foreground="#ffffff", background="#000000",
    surface="#000000", panel="#1c1c1c", success="#00ff00", warning="#ffd700", error="#ff8080", dark=True, text_alpha=1.0,
    variables={"text-muted": "#ffffff", "primary-muted": "#444444"},
)  # fmt: skip

_SIXTEEN = ("linux", "vt100", "vt220", "xterm", "ansi", "screen")
"""Terminals that are known by their name to have no more than sixteen colours."""


def no_color() -> bool:
    """Tell whether this person wants no colours at all."""
    return bool(os.environ.get("NO_COLOR"))


def chosen(wanted: str) -> str:
    """Return which theme to begin with: one of sixteen colours where there are no more or none are wanted, else what is wanted.

    Args:
        wanted: What the person has set, empty where he has set nothing.

    Raises:
        UsageError: there is no such theme.
    """
    if wanted and wanted not in THEMES:
        near = nearest(wanted, list(THEMES))
        raise UsageError(
            f"không có giao diện {wanted}", f"có phải là {near}?" if near else f"các giao diện: {', '.join(THEMES)}"
        )
    if no_color():
        return wanted if wanted.startswith("ansi") else "ansi"
    poor = os.environ.get("TERM", "") in _SIXTEEN and not os.environ.get("COLORTERM")
    return wanted or ("ansi" if poor else "dark")
