"""The book as it stood before each entry in turn: the `Facts` for judging history, with a bounded number of streams in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.corrections import effective, rewrites
from guong.log.spool import Spool
from guong.log.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.log.application import EventLog

_STATES = 8_000
"""Streams whose state is kept from one batch to the next."""
_STREAMS = 2_000
"""Streams whose entries are kept as well."""


class Past(World):
    """The book as it stood at a position, which goes forward entry by entry.

    Args:
        log: The log; of a stream nothing after the position is seen.
        exemplars_of: Returns the ids of the exemplars that subjects are, in any order; those that began later may be among them.
    """

    def __init__(self, log: EventLog, exemplars_of: Callable[[Iterable[str]], Iterable[str]]) -> None:
        super().__init__(log, Spool())
        self._exemplars_of = exemplars_of
        self._entries: dict[str, list[Stored]] = {}
        self._plans: list[str] = []
        self.plans = self._plans.copy

    def begin(self, position: int) -> None:
        """Stand at a position, knowing nothing yet.

        Raises:
            DamagedError: the entry that opened the book cannot be read.
        """
        self.forget()
        self.refresh(position)

    def know_plans(self, keys: Iterable[str]) -> None:
        """Know which plans had been issued."""
        self._plans.extend(keys)

    def entries(self, stream: str) -> list[Stored]:
        """Return the entries of a stream up to where the book stands."""
        known = self._entries.pop(stream, None)
        if known is None:
            known = [one for one in self._log.stream(stream) if one.position <= self.head]
        self._entries[stream] = known
        return known

    def stored_at(self, position: int) -> Stored:
        """Return what stands at a position."""
        return self._log.read(position - 1, 1)[0]

    def effective(self, stream: str) -> list[Stored]:
        """Return the entries of a stream that counted where the book stands."""
        entries = self.entries(stream)
        return effective(entries) if any(map(rewrites, entries)) else list(entries)

    def load(self, stream: str, kind: str) -> tuple[Any, int]:
        """Return the state of a stream and its version; what was asked for last is kept longest."""
        known = self._known.pop(stream, None)
        if known is None:
            return super().load(stream, kind)
        self._known[stream] = known
        return known

    def take(self, stored: Stored) -> None:
        """Go forward by one entry."""
        if stored.stream in self._entries:
            self._entries[stored.stream].append(stored)
        elif stored.version == 1:
            self._entries[stored.stream] = [stored]
        super().take(stored)
        if stored.entry and stored.entry.step == "plan_issued":
            self._plans.append(stored.entry.data["key"])

    def unstarted(self, stored: Stored) -> None:
        """Know that the stream of an entry begins with it, without looking into the log."""
        if stored.version == 1:
            self._known[stored.stream] = (None, 0)

    def exemplars(self, subject: str) -> list[Exemplar]:
        """Every exemplar that a subject is or that a subject merged with it is (see `World.exemplars`)."""
        known = self.subject(subject)
        one = self.subject(known.into) if known and known.into else known
        subjects = [one.id, *one.absorbed] if one else [subject]
        states = [state for id_ in self._exemplars_of(subjects) if (state := self.exemplar(id_)) is not None]
        ranks = {plan: rank for rank, plan in enumerate(self._plans)}

        def rank(state: Exemplar) -> tuple[int, int, int]:
            plan = self.plan(state.plan)
            within = plan.within if plan else ()
            at = within.index(state.field) if state.field in within else -1
            return subjects.index(state.subject), ranks.get(state.plan, -1), at

        return sorted((state for state in states if state.subject in subjects), key=rank)

    def shrink(self) -> None:
        """Keep no more than fits."""
        for kept, most in ((self._known, _STATES), (self._entries, _STREAMS)):
            for stream in list(kept)[: max(0, len(kept) - most)]:
                del kept[stream]
