"""The book as the screens read it: its view, its words, and the plugins that are here."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guong.cli.shared import one_of
from guong.domain.dates import show
from guong.domain.streams import STEPS
from guong.telling import Teller
from guong.view import board, entries, moments
from guong.view.moments import Moment
from guong.view.queries import View
from guong.view.states import all_of
from guong_tui.inert import inert
from guong_tui.lines import MARKS, Line

if TYPE_CHECKING:
    import datetime as dt
    from array import array
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from guong.book import Book
    from guong.domain.entry import Stored
    from guong.view.board import Board
    from guong.view.entries import EntryRow, Wanted
    from guong_tui.bookmarks import Bookmarks

_NAMES = 2_000
"""Streams of which is kept whom they are about."""
_KEPT = 32
"""Boards, plans and units of a moment that are kept."""
FEW = 5_000
"""Entries that the view takes in while somebody waits; more are taken in beside."""


class Reading:
    """An open book on its way to the screen.

    Args:
        book: The book.
        bookmarks: The entries that this person has marked.
    """

    def __init__(self, book: Book, bookmarks: Bookmarks) -> None:
        self.book, self.bookmarks = book, bookmarks
        self.files: dict[str, str] = {}
        """What is wrong with the evidence files that have been looked at, by their hash (see `EvidenceStore.fault`)."""
        self._open()

    def _open(self) -> None:
        if self.behind <= FEW:
            self.book.projector.catch_up()
        self._file = _identity(self.book.projector.path)
        self.refresh()

    @property
    def lost(self) -> bool:
        """Whether the file of the view has been taken away, or another one stands in its place."""
        return _identity(self.book.projector.path) != self._file

    def reopen(self) -> None:
        """Begin with a view of its own where the one that was open is lost; whoever still reads that one may end in peace."""
        del self.book.projector
        self._open()

    @property
    def behind(self) -> int:
        """How many entries the log has that the view has not."""
        return self.book.log.head() - self.book.projector.position()

    def refresh(self) -> int:
        """Take in what the view has come to meanwhile and return its last position; nothing is built for it."""
        projector = self.book.projector
        self.view = View(projector.datastore, self.book.log, projector.words)
        self.teller = Teller(self.book, self.view)
        self.here = frozenset(self.book.plugins.sources())
        self._letters: dict[tuple[str, str], str] = {}
        self._subjects: dict[str, str] = {}
        self._units: dict[str, str] = {}
        self._kept: OrderedDict[tuple[str, str, int], Any] = OrderedDict()
        self.__dict__.pop("concerned", None)
        return self.view.head

    def _keep(self, what: str, key: str, number: int, make: Callable[[], Any]) -> Any:
        """Return what was made before, or make it; only the latest are kept."""
        name = (what, key, number)
        if name in self._kept:
            self._kept.move_to_end(name)
        else:
            self._kept[name] = make()
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[name]

    def _turns(self, wanted: Wanted, position: int) -> int:
        """Return how many entries that match there are up to a position: between two of them nothing of it changes."""
        name = wanted.stream or wanted.kind
        found: array[int] = self._keep("turns", name, 0, lambda: entries.positions(self.view, wanted))
        return bisect_right(found, position)

    def plans(self, position: int) -> list[str]:
        """Return the keys of the plans that the book had at a position, in the order in which they were issued."""
        return [plan for plan in self.view.plans() if self._plan_turns(plan, position)]

    def _plan_turns(self, plan: str, position: int) -> int:
        return self._turns(entries.Wanted(stream=self.book.world.id("plan", plan)), position)

    def board(self, position: int, plan: str) -> Board | None:
        """Return the quota board of a plan at a position, None where the book had no such plan."""
        moment, turns = Moment(position), self._plan_turns(plan, position)
        if not turns:
            return None
        known = self._keep("plan", plan, turns, lambda: next(iter(board.plans(self.view, moment, plan)), None))
        if known is None:
            return None
        units_turns = self._turns(entries.Wanted(kind="unit"), position)
        units = self._keep("units", "", units_turns, lambda: all_of(self.view, "unit", moment))
        found: Board = self._keep("board", plan, position, lambda: board.of(self.view, moment, known, units))
        return found

    @cached_property
    def concerned(self) -> dict[str, list[tuple[int, str]]]:
        """The entries that a finding concerns, each with where the findings stand and how serious they are."""
        found: dict[str, list[tuple[int, str]]] = {}
        for finding in self.view.states("finding"):
            began = min((mark.position for mark in finding.standing().values()), default=0)
            for entry in finding.entries:
                found.setdefault(entry, []).append((began, finding.severity))
        return found

    def start(self, at: str, field: str) -> int:
        """Return the position at which somebody wants to begin who names a moment and a field, both empty for the last entry.

        Raises:
            GuongError: there is no such moment or field.
        """
        if field:
            one_of("lĩnh vực", field, sorted({one for plan in self.view.states("plan") for one in plan.fields}))
        return moments.stood(self.view, at, self.book.zone).position

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
        self._learn(rows.values())
        return [self._line(rows[one]) if one in rows else _gap(one) for one in positions]

    def _learn(self, rows: Iterable[EntryRow]) -> None:
        """Read at once what the names of a page need."""
        by_kind: dict[str, set[str]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, set()).add(row.stream)
        if len(self._subjects) > _NAMES:
            self._subjects.clear()
            self._units.clear()
        self._subjects |= self.view.subjects(by_kind.get("exemplar", set()) - self._subjects.keys())
        units = self.view.named(by_kind.get("unit", set()) - self._units.keys())
        self._units |= {id_: str(unit.name) for id_, unit in units.items()}
        about = {self._subjects[one] for one in by_kind.get("exemplar", ()) if one in self._subjects}
        self.teller.learn(about | by_kind.get("subject", set()) | by_kind.get("officer", set()))

    def _line(self, row: EntryRow) -> Line:
        step = STEPS.get(row.step)
        missing = bool(row.unread) or bool(row.field and row.field not in self.here)
        texts = (
            f"#{row.position}", self.clock(row.recorded_at), show(row.occurred_on) if row.occurred_on else "",
            f"+{row.delay}" if row.delay else "", step.title if step and not row.unread else row.step, self.who(row),
            self.letter(row.plan, row.field), inert(self.teller.unit(row.unit)), row.officer,
        )  # fmt: skip
        mark = MARKS["bookmark"] if row.id in self.bookmarks else MARKS["finding"] if row.id in self.concerned else " "
        return Line(row.position, texts, mark + (MARKS["remark"] if row.remarks else " "), missing=missing)

    def who(self, row: EntryRow) -> str:
        """Return who or what an entry is about, as a name."""
        if row.unread:
            return inert(f"‹{row.unread}›")
        if row.kind == "exemplar":
            subject = self._subjects.get(row.stream)
            return inert(self.teller.name(subject) if subject else self.teller.exemplar(row.stream))
        if row.kind == "unit":
            return inert(self._units.get(row.stream, ""))
        return inert(self.teller.name(row.stream)) if row.kind in ("subject", "officer") else ""

    def clock(self, at: dt.datetime) -> str:
        """Return a time in the book's zone, as the list shows it."""
        return f"{at.astimezone(self.book.zone):%d/%m/%y %H:%M}"

    def letter(self, plan: str, field: str) -> str:
        """Return the letter under which a plan has a field, empty where it has none."""
        key = (plan, field)
        if key not in self._letters:
            state: Any = self.view.state(self.book.world.id("plan", plan)) if plan and field else None
            binding = state.declared.binding(field) if state else None
            self._letters[key] = binding.letter if binding else ""
        return self._letters[key]

    def stream(self, stream: str) -> list[Stored]:
        """Return the entries of a stream, in order."""
        found: list[Stored] = self._keep("stream", stream, 0, lambda: self.book.log.stream(stream))
        return found

    def stored(self, position: int) -> Stored | None:
        """Return an entry whole, None where the log has none."""
        rows = self.book.log.read(position - 1, 1)
        return rows[0] if rows and rows[0].position == position else None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one of its name, None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _gap(position: int) -> Line:
    return Line(position, (f"#{position}", "", "", "", "‹không có mục này›", "", "", "", ""), "  ", missing=True)
