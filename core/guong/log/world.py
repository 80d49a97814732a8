"""The book as it stands, stream by stream, folded from the log and kept while it stays true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from guong.domain.corrections import effective, fold, rewrites
from guong.domain.ids import is_full, stream_id
from guong.domain.streams import KINDS
from guong.errors import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.domain.book import BookState
    from guong.domain.decision import Decision
    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.meeting import Meeting
    from guong.domain.officer import Officer
    from guong.domain.plan import Plan
    from guong.domain.subject import Subject
    from guong.domain.unit import Unit
    from guong.log.application import EventLog
    from guong.log.spool import Spool


class World:
    """States of streams, loaded when asked for; it is the `Facts` that rules look at.

    Attributes:
        head: The log position up to which it is true.
        recorded_at: When the entry at `head` was recorded; empty for an empty log.
        plans: Tells the keys of all plans, which the log alone cannot.
        alike: Tells which subjects go by the same name, which only somebody with the keys can.
    """

    def __init__(self, log: EventLog, spool: Spool) -> None:
        self._log, self._spool = log, spool
        self.plans: Callable[[], list[str]] = list
        self.alike: Callable[[str, dict[str, Any]], list[str]] = lambda *_: []
        self._known: dict[str, tuple[Any, int]] = {}
        self.head, self.recorded_at = 0, ""
        self.book: BookState | None = None

    def refresh(self, head: int) -> None:
        """Take in what others have appended up to `head`; states they touched are folded anew when next asked for."""
        if head < self.head:
            self.forget()
        if head == self.head:
            return
        if self.head == 0:
            first = self._log.read(0, 1)
            self.book = _opened(first[0]) if first else None
        elif head - self.head > len(self._known):
            self._known.clear()
        else:
            for stored in self._log.all(self.head):
                self._known.pop(stored.stream, None)
        self.head = head
        last = self._log.read(head - 1, 1)[0].entry
        self.recorded_at = last.recorded_at if last else self.recorded_at

    def forget(self) -> None:
        """Forget every state, for instance after a step was refused halfway."""
        self._known.clear()
        self.head, self.recorded_at = 0, ""

    def entries(self, stream: str) -> list[Stored]:
        """Return the entries of a stream, those that wait to be appended included."""
        return [*self._log.stream(stream), *self._spool.stream(stream)]

    def effective(self, stream: str) -> list[Stored]:
        """Return the entries of a stream that count as known now."""
        return effective(self.entries(stream))

    def load(self, stream: str, kind: str) -> tuple[Any, int]:
        """Return the state of a stream and its version; None and 0 for one that has not begun."""
        known = self._known.get(stream)
        if known is None:
            entries = self.entries(stream)
            known = self._known[stream] = fold(KINDS[kind].evolve, entries), entries[-1].version if entries else 0
        return known

    def take(self, stored: Stored) -> None:
        """Take in an entry that has just been judged; its stream has been loaded for that."""
        kind = stored.kind
        if rewrites(stored):
            self._known.pop(stored.stream, None)
        else:
            state, _ = self._known[stored.stream]
            self._known[stored.stream] = KINDS[kind].evolve(state, stored), stored.version
        if kind == "book" and self.book is None:  # the first entry alone says what the book is, as in `refresh`
            self.book = self._known[stored.stream][0]
        self.head = stored.position
        if stored.entry:
            self.recorded_at = stored.entry.recorded_at

    def id(self, kind: str, *key: str) -> str:
        """Return the id of the stream of `kind` with `key` in this book."""
        return stream_id(self.book.id if self.book else "0" * 32, kind, *key)

    def unit(self, key: str) -> Unit | None:
        """The unit with this key."""
        state: Unit | None = self.load(self.id("unit", key), "unit")[0]
        return state

    def officer(self, key: str) -> Officer | None:
        """The officer with this key."""
        state: Officer | None = self.load(self.id("officer", key), "officer")[0]
        return state

    def plan(self, key: str) -> Plan | None:
        """The plan with this key."""
        state: Plan | None = self.load(self.id("plan", key), "plan")[0]
        return state

    def subject(self, id_: str) -> Subject | None:
        """The subject with this id."""
        state: Subject | None = self.load(id_, "subject")[0]
        return state

    def exemplar(self, id_: str) -> Exemplar | None:
        """The exemplar with this id."""
        state: Exemplar | None = self.load(id_, "exemplar")[0]
        return state

    def meeting(self, id_: str) -> Meeting | None:
        """The meeting with this id."""
        state: Meeting | None = self.load(id_, "meeting")[0] if id_ else None
        return state

    def decision(self, id_: str) -> Decision | None:
        """The decision with this id."""
        state: Decision | None = self.load(id_, "decision")[0] if id_ else None
        return state

    def exemplars(self, subject: str) -> list[Exemplar]:
        """Every exemplar that a subject is or that a subject merged with it is; their ids follow from plan and field."""
        known = self.subject(subject)
        one = self.subject(known.into) if known and known.into else known
        subjects = (one.id, *one.absorbed) if one else (subject,)
        plans = [plan for key in self.plans() if (plan := self.plan(key)) is not None]
        ids = (self.id("exemplar", plan.key, field, id_) for id_ in subjects for plan in plans for field in plan.within)
        return [state for id_ in ids if (state := self.exemplar(id_)) is not None]


def _opened(first: Stored) -> BookState:
    """Return what the first entry says of the book.

    Raises:
        DamagedError: it cannot be read, or gives the book an id or a time zone that is none; both name files on this machine.
    """
    try:
        book: BookState | None = KINDS["book"].evolve(None, first)
        if book is not None and is_full(book.id) and ZoneInfo(book.zone):
            return book
    except (LookupError, TypeError, ValueError, OSError):
        pass
    raise DamagedError("mục mở sổ bị hỏng: mã sổ hoặc múi giờ không đúng", "khôi phục từ bản sao: guong restore")
