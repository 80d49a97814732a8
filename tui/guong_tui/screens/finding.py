"""The form in which a finding is raised about entries, after a question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, Static
from textual.worker import get_current_worker

from guong.book import Book
from guong.errors import GuongError, RefusedError
from guong.recording import Order
from guong_tui.widgets.inputs import Tick, VInput, VTextArea
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.reading import Reading

ASKED = {"by": "Người nêu", "as_role": "Với vai trò", "in_unit": "Nhân danh đơn vị", "occurred_on": "Ngày nêu"}
"""What of the envelope is asked, and how it is called here; role and unit may stay empty where the officer has but one."""


class FindingScreen(ModalScreen[int]):
    """Asks what was found, records it, and returns the position of the entry, 0 for none.

    Args:
        reading: The book.
        question: The id of the question.
        entries: The positions of the entries it is about.
    """

    CSS_PATH = "finding.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Đóng"), ("f2", "record", "Ghi")]

    def __init__(self, reading: Reading, question: str, entries: list[int]) -> None:
        super().__init__(name="finding")
        self._reading, self._question, self._entries = reading, question, entries

    def compose(self) -> ComposeResult:
        """Make the form."""
        today = dt.datetime.now(self._reading.book.zone)
        known = {"by": self.app.by, "occurred_on": f"{today:%d/%m/%Y}"}  # type: ignore[attr-defined]
        about = " ".join(f"#{one}" for one in self._entries[:8]) + (" …" if len(self._entries) > 8 else "")
        with Vertical(classes="dialog", id="finding"):
            yield Static(f"{tr('Nêu phát hiện')}: {self._question} {about}", classes="title", markup=False)
            for key, title in ASKED.items():
                with Horizontal():
                    yield Label(tr(title))
                    yield VInput(value=known.get(key, ""), id=key, compact=True)
            yield Tick(tr("Vi phạm (không đánh dấu: cần làm rõ)"), id="breach", compact=True)
            yield VTextArea(id="what", compact=True)
            yield Static(tr("Tab sang ô khác   F2 ghi vào sổ   Esc đóng"), classes="hint", markup=False)
            yield Static("", classes="fault", markup=False)

    def on_mount(self) -> None:
        """Begin where something is lacking."""
        self.query_one("#what" if self.app.by else "#by").focus()  # type: ignore[attr-defined]

    def action_record(self) -> None:
        """Record it, or say what is lacking."""
        row = {key: self.query_one(f"#{key}", VInput).value.strip() for key in ASKED}
        if not row["by"]:
            self._say(tr("Chưa biết ai nêu: điền mã cán bộ, hoặc mở bằng guong --by MÃ tui"))
            self.query_one("#by").focus()
            return
        severity, what = ("breach" if self.query_one(Tick).value else "note"), self.query_one(VTextArea).text.strip()
        entries = [f"#{one}" for one in self._entries]
        about = {"question": self._question, "entry": entries[0] if entries else "", "entries": entries[1:]}
        filled = {**row, "step": "finding_recorded", "severity": severity, "what": what, **about}
        self._record({key: value for key, value in filled.items() if value})

    @work(thread=True, exclusive=True, group="finding")
    def _record(self, row: dict[str, object]) -> None:
        """Record it through a book opened for this thread alone: another program may hold the log for a while."""
        worker, app, known = get_current_worker(), self.app, self._reading.book
        try:
            with Book(known.folder, plugins=known.plugins) as book:
                position = book.record(row, Order(channel="tui")).position
        except RefusedError as error:
            app.call_from_thread(self._say, "\n".join(str(problem) for _, problem in error.problems))
            return
        except GuongError as error:
            app.call_from_thread(self._say, f"{error.message}; {error.fix}" if error.fix else error.message)
            return
        if not worker.is_cancelled:
            app.call_from_thread(self.dismiss, position)

    def _say(self, text: str) -> None:
        self.query_one(".fault", Static).update(text)

    def action_leave(self) -> None:
        """Record nothing, and close."""
        self.dismiss(0)
