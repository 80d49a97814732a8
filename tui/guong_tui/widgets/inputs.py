"""Inputs that take what a Vietnamese input method types.

Unikey and its kin send backspaces and the new letters in one burst. Textual inserts printable keys at once but lets a
backspace bubble as a binding, so the letters would be inserted before the deletions: `đường` would come out as `duong`.
Here a backspace is taken at once too. What arrives decomposed is put together (NFC).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from textual.widgets import Checkbox, Input, TextArea

if TYPE_CHECKING:
    from textual import events

_BACK = ("backspace", "ctrl+h")


class VInput(Input):
    """A line of text."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key in _BACK:
            event.stop()
            event.prevent_default()
            self.action_delete_left()
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.text = normalize("NFC", event.text)  # Textual calls the handler of the base class after this one

    def insert(self, text: str, index: int) -> None:
        """Insert, and put together a letter with a mark that was typed on its own."""
        super().insert(text, index)
        whole = normalize("NFC", self.value)
        if whole != self.value:
            at = len(normalize("NFC", self.value[: self.cursor_position]))
            self.value = whole
            self.cursor_position = at


class VTextArea(TextArea):
    """Several lines of text."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key in _BACK:
            event.stop()
            event.prevent_default()
            self.action_delete_left()
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.text = normalize("NFC", event.text)  # as above


class Tick(Checkbox):
    """A box to tick; that it is ticked is told by a sign and not by a colour alone."""

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Draw the sign."""
        self.BUTTON_INNER = "x" if self.value else " "
        super().watch_value()
        self.refresh()
