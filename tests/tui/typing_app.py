"""An app with one input, for a real terminal: says when it is ready, writes what was typed to a file on Enter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from guong_tui.widgets.inputs import VInput, VTextArea

KIND, OUT = sys.argv[1], Path(sys.argv[2])


class Typing(App[None]):
    """One input that has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+s", "done")]

    def compose(self) -> ComposeResult:
        """Make the input."""
        yield {"input": VInput, "area": VTextArea, "plain": Input}[KIND]()

    def on_mount(self) -> None:
        """Say that typing can begin."""
        self.query_one("VInput, VTextArea, Input").focus()
        self.call_after_refresh(OUT.with_suffix(".ready").touch)

    @on(Input.Submitted)
    def action_done(self) -> None:
        """Keep what was typed and leave."""
        widget = self.query_one("VInput, VTextArea, Input")
        OUT.write_text(widget.text if isinstance(widget, VTextArea) else widget.value, encoding="utf-8")  # type: ignore[attr-defined]
        self.exit()


Typing().run()
