"""The form that asks which entries to show: names by any part of them, days, and what stands out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from guong.domain.dates import show
from guong.errors import UsageError
from guong_tui import filters
from guong_tui.filters import DAYS, KEYS, NOTHING, TITLES, Filter
from guong_tui.inert import inert
from guong_tui.widgets.inputs import Tick, VInput
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong_tui.reading import Reading

_HINT = "Tab sang ô khác   Enter áp dụng   F9 xóa hết   Esc đóng"
_SHOWN = 6
"""Names that a hint tells."""


class FilterScreen(ModalScreen[Filter]):
    """Asks for a filter and returns it, None when nothing is to change.

    Args:
        reading: The book.
        asked: The filter as it is.
    """

    CSS_PATH = "filters.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Đóng"), ("f9", "clear", "Xóa hết")]

    def __init__(self, reading: Reading, asked: Filter) -> None:
        super().__init__()
        self._reading, self._asked = reading, asked

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        return {what: filters.choices(self._reading, what) for what in KEYS}

    def compose(self) -> ComposeResult:
        """Make the form."""
        with Vertical(classes="dialog", id="filter"):
            yield Static(tr("Chỉ xem những mục nào"), classes="title")
            for what in (*KEYS, *DAYS, "delayed"):
                with Horizontal():
                    yield Label(tr(TITLES[what]))
                    yield VInput(self._shown(what), id=what, compact=True)
            with Horizontal():
                yield Tick(tr(TITLES["remarked"]), value=self._asked.remarked, id="remarked", compact=True)
                yield Tick(tr(TITLES["missing"]), value=self._asked.missing, id="missing", compact=True)
            yield Static(tr(_HINT), id="hint", markup=False)

    def _shown(self, what: str) -> str:
        value = getattr(self._asked, what)
        return show(value) if what in DAYS and value else str(value or "")

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Tell what the words may mean."""
        known = self._known.get(event.input.id or "")
        if not known or not event.value.strip():
            self._say(tr(_HINT))
            return
        found = filters.matching(event.value.strip(), known)
        more = f" + {len(found) - _SHOWN}" if len(found) > _SHOWN else ""
        self._say("; ".join(f"{known[key]} ({key})" for key in found[:_SHOWN]) + more or tr("không có tên nào như thế"))

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Return the filter, or say what is wrong with it."""
        try:
            self.dismiss(self._filter())
        except UsageError as error:
            self._say(f"{error.message}; {error.fix}", fault=True)

    def _filter(self) -> Filter:
        text = {one.id or "": one.value for one in self.query(VInput)}
        keys = {what: filters.chosen(text[what], what, self._known[what]) for what in KEYS}
        days = {what: filters.day(text[what], what) for what in DAYS}
        for since, until in (DAYS[:2], DAYS[2:]):
            if days[since] and days[until] and days[since] > days[until]:
                raise UsageError(
                    f"{TITLES[since]} {text[since]} sau {TITLES[until].lower()} {text[until]}", "đổi chỗ hai ngày"
                )
        remarked, missing = (self.query_one(f"#{one}", Tick).value for one in ("remarked", "missing"))
        return Filter(
            field=keys["field"], unit=keys["unit"], officer=keys["officer"], step=keys["step"], recorded_since=days["recorded_since"],
            recorded_until=days["recorded_until"], happened_since=days["happened_since"], happened_until=days["happened_until"],
            delayed=filters.number(text["delayed"]), remarked=remarked, missing=missing,
        )  # fmt: skip

    def _say(self, text: str, *, fault: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(inert(text))
        hint.set_class(fault, "fault")

    def action_clear(self) -> None:
        """Show everything again."""
        self.dismiss(NOTHING)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
