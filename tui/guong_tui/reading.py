"""The book as the screens read it: its view, its words, and the plugins that are here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.dates import show
from guong.domain.streams import STEPS
from guong.telling import Teller
from guong.view import entries
from guong.view.moments import Moment
from guong_tui.inert import inert
from guong_tui.lines import MARKS, Line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from guong.book import Book
    from guong.domain.entry import Stored
    from guong.view.entries import EntryRow
    from guong.view.queries import View
    from guong_tui.bookmarks import Bookmarks


class Reading:
    """An open book on its way to the screen.

    Args:
        book: The book.
        bookmarks: The entries that this person has marked.
    """

    def __init__(self, book: Book, bookmarks: Bookmarks) -> None:
        self.book, self.bookmarks = book, bookmarks
        self.found: frozenset[int] = frozenset()
        """Positions of entries that a finding concerns."""
        self.refresh()

    def refresh(self) -> int:
        """Take in what has been recorded meanwhile and return the head of the log."""
        self.view: View = self.book.view
        self.teller = Teller(self.book)
        self._here = frozenset(self.book.plugins.sources())
        self._letters: dict[tuple[str, str], str] = {}
        return self.view.head

    @property
    def head(self) -> int:
        """The last position that the view has."""
        return self.view.head

    def moment(self, position: int) -> Moment:
        """Return the book as it stood when an entry had just been recorded."""
        return Moment(position)

    def lines(self, positions: Sequence[int]) -> list[Line]:
        """Return the lines of the list at these positions; one that the log lacks is told as missing."""
        rows = {row.position: row for row in entries.at(self.view, positions)}
        return [self._line(rows[one]) if one in rows else _gap(one) for one in positions]

    def _line(self, row: EntryRow) -> Line:
        step = STEPS.get(row.step)
        missing = bool(row.unread) or bool(row.field and row.field not in self._here)
        texts = (
            f"#{row.position}", self.clock(row.recorded_at), show(row.occurred_on) if row.occurred_on else "",
            f"+{row.delay}" if row.delay else "", step.title if step and not row.unread else row.step, self.who(row),
            self._letter(row.plan, row.field), inert(self.teller.unit(row.unit)), row.officer,
        )  # fmt: skip
        mark = MARKS["bookmark"] if row.id in self.bookmarks else MARKS["finding"] if row.position in self.found else " "
        return Line(row.position, texts, mark + (MARKS["remark"] if row.remarks else " "), missing=missing)

    def who(self, row: EntryRow) -> str:
        """Return who or what an entry is about, as a name."""
        if row.unread:
            return inert(f"‹{row.unread}›")
        tell = {"exemplar": self.teller.exemplar, "subject": self.teller.name, "officer": self.teller.name}.get(row.kind)
        return inert(tell(row.stream)) if tell else ""

    def clock(self, at: dt.datetime) -> str:
        """Return a time in the book's zone, as the list shows it."""
        return f"{at.astimezone(self.book.zone):%d/%m/%y %H:%M}"

    def _letter(self, plan: str, field: str) -> str:
        key = (plan, field)
        if key not in self._letters:
            state: Any = self.view.state(self.book.world.id("plan", plan)) if plan and field else None
            binding = state.declared.binding(field) if state else None
            self._letters[key] = binding.letter if binding else ""
        return self._letters[key]

    def stored(self, position: int) -> Stored | None:
        """Return an entry whole, None where the log has none."""
        rows = self.book.log.read(position - 1, 1)
        return rows[0] if rows and rows[0].position == position else None


def _gap(position: int) -> Line:
    return Line(position, (f"#{position}", "", "", "", "‹không có mục này›", "", "", "", ""), "  ", missing=True)
