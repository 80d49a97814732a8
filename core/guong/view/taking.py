"""A batch of entries on its way into the view: what it touches is read once, changed in memory and written once."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from guong.domain.corrections import fold, rewrites
from guong.domain.dates import span
from guong.domain.ids import is_full
from guong.domain.streams import KINDS
from guong.domain.subject import erased_owners
from guong.view.counting import Counters
from guong.view.lives import Facts, Lives, kind, whole
from guong.view.schema import EPOCH
from guong.view.streams import Streams, decode, encode
from guong.view.words import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from eventsourcing.sqlite import SQLiteCursor

    from guong.domain.entry import Stored
    from guong.domain.plan import Plan
    from guong.log.application import EventLog
    from guong.view.streams import Slot
    from guong.view.words import Words

    Upheaval = Callable[[SQLiteCursor], None]

_SNAPSHOT = 64
"""Entries of a stream after which what it has come to is kept, so that no state of the past is far from one that is kept."""
_WHOLE = ("unit", "officer")
"""Kinds of which every state is kept, since all of them are asked for at once."""


class Taking:
    """Takes entries into the view, batch by batch; what it keeps between batches is true while nobody else writes."""

    def __init__(self, log: EventLog, words: Words) -> None:
        self._log, self._words = log, words
        self._streams, self._counters, self._facts = Streams(), Counters(), Facts({}, {}, {}, {})
        self._lives = Lives(log, self._streams, self._counters, self._facts)
        self._entries: list[tuple[Any, ...]] = []
        self._pasts: list[tuple[int, int, bytes | None]] = []
        self._terms: list[tuple[int, str, int, int, bytes | None]] = []
        self._zone: dt.tzinfo | None = None
        self._recorded = 0

    def take(self, cursor: SQLiteCursor, batch: list[Stored]) -> bool:
        """Take in entries that follow what the view has, and tell whether something was erased."""
        if self._zone is None:
            self._prepare(cursor)
        self._spell(cursor, batch)
        erased = self._erase(cursor, batch)
        self._lives.load(cursor, batch)
        rest = batch
        while rest:
            rest = self._segment(cursor, rest)
        self._lives.leave(cursor)
        self._written(cursor)
        for table, rows in (("entry", self._entries), ("past", self._pasts), ("terms", self._terms)):
            if rows:
                cursor.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
                rows.clear()
        return erased

    def settle(self, cursor: SQLiteCursor, position: int) -> bool:
        """Tell anew the past of some exemplars that need it, as known at a position; tell whether there was any."""
        if self._zone is None:
            self._prepare(cursor)
        told = self._lives.retell(cursor, position)
        self._written(cursor)
        return told

    def _written(self, cursor: SQLiteCursor) -> None:
        self._streams.write(cursor)
        self._streams.shrink()
        self._counters.write(cursor)

    def _prepare(self, cursor: SQLiteCursor) -> None:
        """Read what every batch needs: plans, the kinds of units, the book's zone."""
        cursor.execute(
            "SELECT s.kind, t.state FROM stream s JOIN state t ON t.no=s.no WHERE s.kind IN ('plan', 'unit')"
        )
        for row in cursor.fetchall():
            state = decode(row["state"], row["kind"])
            if state is not None and row["kind"] == "plan":
                self._facts.know(state.key, state)
            elif state is not None:
                self._facts.units[state.key] = state.kind
        cursor.execute("SELECT max(recorded) FROM entry")
        self._recorded = cursor.fetchone()[0] or 0
        first = self._log.read(0, 1)
        entry = first[0].entry if first else None
        self._zone = ZoneInfo(entry.data["zone"]) if entry and entry.step == "book_opened" else dt.UTC

    def _spell(self, cursor: SQLiteCursor, batch: list[Stored]) -> None:
        """Write the words that can be searched."""
        texts = list(self._words.texts(batch))
        rows = sorted((one, text.number) for text in texts for one in text.hashes)
        cursor.executemany("INSERT OR IGNORE INTO word VALUES (?,?)", rows)
        owned = [(text.owner, text.number, packed(text.hashes)) for text in texts if text.owner]
        cursor.executemany("INSERT OR IGNORE INTO sealed VALUES (?,?,?)", owned)

    def _erase(self, cursor: SQLiteCursor, batch: list[Stored]) -> bool:
        """Forget the words of everybody whose data a batch erases; nothing of them stays in free pages either."""
        owners = [
            owner
            for stored in batch
            if stored.entry and stored.entry.step == "personal_data_erased"
            for owner in erased_owners(stored.stream, stored.entry.data["scope"])
        ]
        if owners:
            cursor.execute("PRAGMA secure_delete=ON")
        for owner in owners:
            cursor.execute("SELECT text, hashes FROM sealed WHERE owner=?", [owner])
            words = [(one, row["text"]) for row in cursor.fetchall() for one in unpacked(row["hashes"])]
            cursor.executemany("DELETE FROM word WHERE hash=? AND text=?", words)
            cursor.execute("DELETE FROM sealed WHERE owner=?", [owner])
        return bool(owners)

    def _segment(self, cursor: SQLiteCursor, rest: list[Stored]) -> list[Stored]:
        """Take in entries up to one that changes what others count as; return those that are left."""
        if not self._streams.complete:
            self._lives.load(cursor, rest)
        upheaval, number = None, 0
        for number, stored in enumerate(rest, start=1):  # noqa: B007 - how far it came is what is returned
            upheaval = self._one(stored)
            if upheaval is not None:
                break
        self._lives.write(cursor)
        if upheaval is not None:
            upheaval(cursor)
        return rest[number:]

    def _one(self, stored: Stored) -> Upheaval | None:
        """Take in one entry; return what has to be done before the next one where it changes what others count as."""
        slot = self._streams.get(stored.stream) or self._streams.begin(stored.position, stored.stream, stored.kind)
        slot.version = stored.version
        self._streams.touch(slot)
        self._entries.append(self._row(stored, slot.no))
        known, before = KINDS.get(slot.kind), slot.state
        if known is None or stored.entry is None or not is_full(slot.id):
            return None
        if rewrites(stored):
            so_far = (one for one in self._log.stream(slot.id) if one.position <= stored.position)
            slot.state = fold(known.evolve, so_far)
        else:
            slot.state = known.evolve(before, stored)
        if slot.kind in _WHOLE or slot.version % _SNAPSHOT == 0:
            self._pasts.append((slot.no, stored.position, _encoded(slot.state)))
        if slot.kind == "exemplar":
            self._lives.move(slot, before, stored)
            return None
        change = {"subject": self._subject, "plan": self._plan, "unit": self._unit}.get(slot.kind)
        return change(slot, before, stored.position) if change else None

    def _row(self, stored: Stored, no: int) -> tuple[Any, ...]:
        entry, step = stored.entry, stored.topic.partition(".")[2]
        if entry is None:
            return (stored.position, b"", self._recorded, "", 0, no, step, "", "", "", "", 0, stored.unread)
        at = dt.datetime.fromisoformat(entry.recorded_at)
        self._recorded = (at - EPOCH) // dt.timedelta(milliseconds=1)
        delay = (at.astimezone(self._zone).date() - span(entry.occurred_on)[1]).days
        return (
            stored.position, bytes.fromhex(entry.id), self._recorded, entry.occurred_on, max(0, delay), no, step, entry.plan or "",
            entry.field.key if entry.field else "", entry.unit, entry.by, len(entry.remarks), stored.unread,
        )  # fmt: skip

    def _subject(self, slot: Slot, before: Any, position: int) -> Upheaval | None:
        was = (before.into or slot.id, before.kind) if before else (slot.id, "")
        if slot.version == 1 or was == (whole(slot.id, slot), kind(slot)):
            return None
        return partial(self._lives.regroup, position=position, subject=slot, was=was[0])

    def _plan(self, slot: Slot, before: Plan | None, position: int) -> Upheaval | None:
        plan: Plan | None = slot.state
        old, new = _terms(before), _terms(plan)
        self._terms += [
            (slot.no, what, position, *(new.get(what) or (0, None)))
            for what in old | new
            if old.get(what) != new.get(what)
        ]
        recounted = before is not None and before.quotas != (plan.quotas if plan else {})
        counted = self._facts.copy() if recounted else self._facts
        known = plan or before
        if known is not None:
            self._facts.know(known.key, plan)
        if before is None or not recounted:
            return None
        return partial(self._lives.recount, position=position, plan=before.key, before=counted)

    def _unit(self, slot: Slot, before: Any, position: int) -> Upheaval | None:
        key = (slot.state or before).key if slot.state or before else ""
        now, was = slot.state.kind if slot.state else "", self._facts.units.get(key, "")
        if now == was:
            return None
        counted = self._facts.copy()
        self._facts.units[key] = now
        if slot.version == 1:
            return None

        def recount(cursor: SQLiteCursor) -> None:
            for plan in counted.plans:
                self._lives.recount(cursor, position, plan, counted)

        return recount


def _terms(plan: Plan | None) -> dict[str, tuple[int, bytes]]:
    """Return what a board reads of a plan (see `guong.view.board`): for each thing its rank and its bytes."""
    if plan is None:
        return {}
    quotas = {f"quota/{key}": (rank, encode(quota)) for rank, (key, quota) in enumerate(plan.quotas.items())}
    return {"declared": (0, encode(plan.declared)), "fields": (0, encode(plan.fields)), **quotas}


def _encoded(state: Any) -> bytes | None:
    return None if state is None else encode(state)
