"""How far every exemplar has come, at every position and on every day, and what it adds to the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from guong.domain.corrections import rewrites
from guong.domain.dates import order
from guong.domain.exemplar import evolve
from guong.domain.happening import as_happened
from guong.domain.quota import Cell, cells, minded
from guong.view.counting import STAGE, Cells, difference, tally
from guong.view.intervals import DAYS, NOTHING, POSITIONS, Attributes, Intervals, attributes, intervals
from guong.view.schema import OPEN
from guong.view.streams import Move, Slot, chunks, marks, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventsourcing.sqlite import SQLiteCursor

    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.log.application import EventLog
    from guong.view.counting import Counters
    from guong.view.streams import Streams

_NONE: Cells = {}
_TOLD = 500
"""Lives told anew by one transaction."""


class Facts(NamedTuple):
    """What exemplars are counted by.

    Attributes:
        plans: Plans by key.
        minded: By plan, the steps that matter to its quotas.
        within: By plan and field, the plan with the quotas alone that count exemplars of that field.
        units: The kinds of units by key.
    """

    plans: dict[str, Plan]
    minded: dict[str, frozenset[str]]
    within: dict[tuple[str, str], Plan]
    units: dict[str, str]

    def know(self, key: str, plan: Plan | None) -> None:
        """Take in a plan, or what has become of it."""
        for one in [one for one in self.within if one[0] == key]:
            del self.within[one]
        if plan is None:
            del self.plans[key]
        else:
            self.plans[key], self.minded[key] = plan, minded(plan)

    def plan(self, key: str, field: str) -> Plan | None:
        """Return a plan as exemplars of a field are counted by it; None where nothing of it counts them."""
        found = self.within.get((key, field))
        if found is None and key in self.plans:
            whole = self.plans[key]
            quotas = {name: quota for name, quota in whole.quotas.items() if quota.field in ("", field)}
            found = self.within[key, field] = msgspec.structs.replace(whole, quotas=quotas)
        return found if found and found.quotas else None

    def copy(self) -> Facts:
        """Return the facts as they are now."""
        return Facts(dict(self.plans), dict(self.minded), dict(self.within), dict(self.units))


class Lives:
    """The exemplars of a batch."""

    def __init__(self, log: EventLog, streams: Streams, counters: Counters, facts: Facts) -> None:
        self._log, self._streams, self._counters, self._facts = log, streams, counters, facts
        self._groups: dict[tuple[str, str], list[str]] = {}
        self._moved: dict[str, Slot] = {}
        self._new: list[Slot] = []
        self._stale: dict[str, int] = {}  # id to number; their slots may have been let go meanwhile

    def load(self, cursor: SQLiteCursor, batch: list[Stored]) -> None:
        """Read what the entries of a batch will ask for."""
        subjects = {one.entry.data["subject"] for one in batch if one.entry and one.entry.step == "discovered"}
        self._streams.load(cursor, {one.stream for one in batch} | subjects)
        wholes = {whole(id_, self._streams.get(id_)) for id_ in subjects}
        slots = (self._streams.get(one.stream) for one in batch if one.kind == "exemplar")
        self._load_groups(cursor, wholes | {slot.whole for slot in slots if slot is not None and slot.placed})
        joined = {id_ for (_, one), ids in self._groups.items() if one in wholes for id_ in ids}
        self._streams.load(cursor, joined)  # even one alone: another one is about to join it
        self._streams.complete = True

    def _load_groups(self, cursor: SQLiteCursor, wholes: set[str]) -> None:
        """Read which exemplars count as one subject under one plan, and what they have come to: one more may join a single one."""
        known = {one for _, one in self._groups}
        for some in chunks(sorted(wholes - known)):
            read = "SELECT s.id, e.plan, e.whole FROM exemplar e JOIN stream s ON s.no=e.no"
            cursor.execute(f"{read} WHERE e.whole IN ({marks(some)})", some)
            for row in cursor.fetchall():
                self._groups.setdefault((row["plan"], row["whole"]), []).append(row["id"])
        self._streams.load(cursor, {id_ for ids in self._groups.values() for id_ in ids})

    def move(self, slot: Slot, before: Exemplar | None, stored: Stored) -> None:
        """Take in what an entry made of an exemplar, whose slot has its new state."""
        entry, state = stored.entry, slot.state
        if entry is None or (state is None and not slot.placed):
            return
        if not slot.placed:
            self._place(slot, state)
        if slot.cells is None:
            slot.cells = self._cells(slot, before)
        if slot.begun is None:
            slot.begun = Move(0, slot.latest, attributes(before), slot.cells)
            self._moved[slot.id] = slot
        last, again = slot.moves[-1] if slot.moves else slot.begun, rewrites(stored)
        added = slot.cells
        if again or before is None or entry.step in self._facts.minded.get(slot.plan, ()):
            added = self._cells(slot, state)
        if added != slot.cells:
            others = [one for one in self._group(slot) if one is not slot]
            mine = [self._added(one) for one in others]
            self._counters.change(stored.position, difference(tally([*mine, slot.cells]), tally([*mine, added])))
            if others:
                self._stale[slot.id] = slot.no
            slot.cells = added
        move = Move(stored.position, order(entry.occurred_on).toordinal(), attributes(state), added)
        self._counters.change(move.position, self._staged(slot, last.attributes, move.attributes))
        if again or move.day < last.day or move.day == slot.begun.day:
            self._stale[slot.id] = slot.no
        slot.moves.append(move)

    def _place(self, slot: Slot, state: Exemplar) -> None:
        subject = self._streams.get(state.subject)
        slot.placed, slot.plan, slot.field, slot.subject = True, state.plan, state.field, state.subject
        slot.whole, slot.subject_kind = whole(state.subject, subject), kind(subject)
        self._groups.setdefault((slot.plan, slot.whole), []).append(slot.id)
        self._new.append(slot)

    def _group(self, slot: Slot) -> list[Slot]:
        """Return the exemplars that count as the same subject under the same plan, in the order they were recorded."""
        ids = self._groups.get((slot.plan, slot.whole), [slot.id])
        return sorted((self._streams[id_] for id_ in ids), key=lambda one: one.no)

    def _added(self, slot: Slot) -> Cells:
        """Return what an exemplar adds to the board as it stands."""
        if slot.cells is None:
            slot.cells = self._cells(slot, slot.state)
        return slot.cells

    def _cells(self, slot: Slot, state: Exemplar | None, facts: Facts | None = None) -> Cells:
        facts = facts or self._facts
        plan = facts.plan(slot.plan, slot.field)
        if state is None or plan is None:
            return _NONE
        added = cells(plan, state, slot.whole, facts.units.get(state.lead, ""), slot.subject_kind)
        return {self._counters.id(plan.key, cell): (counted.key, counted.amount) for cell, counted in added.items()}

    def _staged(self, slot: Slot, before: Attributes, after: Attributes) -> dict[int, int]:
        """Return what changes in the numbers of exemplars by stage."""
        if before.stage == after.stage:
            return {}
        changed = ((before.stage, -1), (after.stage, 1))
        return {
            self._counters.id(slot.plan, Cell("", slot.field, stage, STAGE)): sign for stage, sign in changed if stage
        }

    def write(self, cursor: SQLiteCursor) -> None:
        """Write what the moves of a segment come to."""
        rows = Intervals([], [])
        for slot in self._moved.values():
            begun = slot.begun
            assert begun is not None  # noqa: S101 - what moved has begun; this is for the type checker
            intervals(
                POSITIONS, slot.no, begun.attributes, ((one.position, one.attributes) for one in slot.moves), rows
            )
            if slot.id not in self._stale:
                moves = by_day(slot.moves)
                intervals(DAYS, slot.no, begun.attributes, ((one.day, one.attributes) for one in moves), rows)
                flows = self._flows([(slot, begun, moves)])
                self._counters.flow(flows)
                slot.flows.update(flows)
                slot.latest = moves[-1].day
        born = {slot.id: slot.moves[0].day for slot in self._new if slot.id not in self._stale}
        put(
            cursor,
            "INSERT INTO exemplar VALUES (?,?,?,?,?,?,?,?)",
            [
                (one.no, one.id, one.plan, one.field, one.subject, one.whole, one.subject_kind, born.get(one.id))
                for one in self._new
            ],
        )
        hold(cursor, rows)
        for slot in self._moved.values():
            slot.begun, slot.moves = None, []
        self._moved.clear()
        self._new.clear()

    def _flows(self, group: list[tuple[Slot, Move, list[Move]]]) -> dict[tuple[int, int], int]:
        """Return what days change, (cell, day) to change, for exemplars that count as one subject.

        Args:
            group: Each with what it was before, and its moves, one a day.
        """
        flows: dict[tuple[int, int], int] = {}
        now = {slot.id: begun for slot, begun, _ in group}
        moves = sorted(((move.day, slot.no, slot, move) for slot, _, some in group for move in some), key=_when)
        for day, _, slot, move in moves:
            before = now[slot.id]
            changes = self._staged(slot, before.attributes, move.attributes)
            if move.cells is not before.cells:
                told = tally(one.cells for one in now.values())
                now[slot.id] = move
                changes |= difference(told, tally(one.cells for one in now.values()))
            now[slot.id] = move
            for cell, change in changes.items():
                flows[cell, day] = flows.get((cell, day), 0) + change
        return {key: change for key, change in flows.items() if change}

    # The past told anew: after corrections, late entries, and whatever changes how exemplars are counted.

    def leave(self, cursor: SQLiteCursor) -> None:
        """Write down whose past must be told anew."""
        put(cursor, "INSERT OR IGNORE INTO stale VALUES (?,?)", sorted((no, id_) for id_, no in self._stale.items()))
        self._stale.clear()
        self._groups.clear()

    def retell(self, cursor: SQLiteCursor, position: int) -> bool:
        """Tell anew, as known at a position, what has happened in some of the lives that need it; tell whether any did."""
        cursor.execute("SELECT id FROM stale ORDER BY no LIMIT ?", [_TOLD])
        some = [row["id"] for row in cursor.fetchall()]
        self._streams.load(cursor, some)
        self._load_groups(cursor, {self._streams[id_].whole for id_ in some})
        groups = {(one.plan, one.whole): self._group(one) for one in (self._streams[id_] for id_ in some)}
        told = [slot for group in groups.values() for slot in group]
        entries, rows = self._log.streams([slot.id for slot in told], position), Intervals([], [])
        for group in groups.values():
            self._retell(group, entries, rows)
        nos = [(slot.no,) for slot in told]
        put(cursor, f"DELETE FROM held WHERE axis={DAYS} AND no=?", nos)
        put(cursor, "DELETE FROM stale WHERE no=?", nos)
        first = {row[1]: row[3] for row in reversed(rows.added) if row[2] == "stage"}
        put(cursor, "UPDATE exemplar SET born=? WHERE no=?", [(first.get(slot.no), slot.no) for slot in told])
        hold(cursor, rows)
        self._groups.clear()
        return bool(some)

    def _retell(self, group: list[Slot], entries: dict[str, list[Stored]], rows: Intervals) -> None:
        nothing = Move(0, 0, NOTHING, _NONE)
        told = [(slot, nothing, by_day(self._past(slot, entries[slot.id]))) for slot in group]
        for slot, _, moves in told:
            intervals(DAYS, slot.no, NOTHING, ((one.day, one.attributes) for one in moves), rows)
            slot.latest = moves[-1].day if moves else 0
            self._counters.flow(slot.flows, -1)
            slot.flows = {}
            self._streams.touch(slot)
        group[0].flows = self._flows(told)
        self._counters.flow(group[0].flows)

    def _past(self, slot: Slot, entries: list[Stored]) -> Iterator[Move]:
        """Yield what became of an exemplar in the order in which things happened."""
        mind, added = self._facts.minded.get(slot.plan, ()), _NONE
        state: Exemplar | None = None
        for day, stored in as_happened(entries):
            before, state = state, evolve(state, stored)
            if before is None or state is None or (stored.entry and stored.entry.step in mind):
                added = self._cells(slot, state)
            yield Move(stored.position, day, attributes(state), added)

    def recount(self, cursor: SQLiteCursor, position: int, plan: str, before: Facts) -> None:
        """Count the exemplars of a plan anew, since what they are counted by changed at a position.

        Args:
            cursor: Where.
            position: When.
            plan: Which.
            before: What they were counted by until then.
        """
        cursor.execute("SELECT id, whole FROM exemplar WHERE plan=? ORDER BY whole, no", [plan])
        groups: dict[str, list[str]] = {}
        for row in cursor.fetchall():
            groups.setdefault(row["whole"], []).append(row["id"])
        for some in chunks(list(groups.values())):
            self._streams.load(cursor, [id_ for ids in some for id_ in ids])
            for ids in some:
                group = [self._streams[id_] for id_ in ids]
                old = tally([self._cells(one, one.state, before) for one in group])
                for one in group:
                    one.cells = None
                self._counters.change(position, difference(old, tally([self._added(one) for one in group])))
                self._stale.update((one.id, one.no) for one in group)
            self._streams.shrink()

    def regroup(self, cursor: SQLiteCursor, position: int, subject: Slot, was: str) -> None:
        """Count the exemplars of a subject as another one from a position on.

        Args:
            cursor: Where.
            position: When.
            subject: The subject, with its new state.
            was: Whom it counted as until then.
        """
        now = whole(subject.id, subject)
        self._load_groups(cursor, {was, now})
        plans = {plan for plan, one in self._groups if one in (was, now)}
        for plan in plans:
            old, new = self._groups.get((plan, was), []), self._groups.get((plan, now), [])
            ids = {*old, *new}
            self._streams.load(cursor, ids)
            before = self._sums(plan, {was, now})
            mine = [id_ for id_ in old if self._streams[id_].subject == subject.id]
            for id_ in mine:
                slot = self._streams[id_]
                slot.whole, slot.subject_kind, slot.cells = now, kind(subject), None
                cursor.execute("UPDATE exemplar SET whole=?, kind=? WHERE no=?", [now, slot.subject_kind, slot.no])
            self._groups[plan, was] = [id_ for id_ in old if id_ not in mine]
            self._groups[plan, now] = [*self._groups.get((plan, now), []), *mine]
            self._counters.change(position, difference(before, self._sums(plan, {was, now})))
            self._stale.update((id_, self._streams[id_].no) for id_ in ids)

    def _sums(self, plan: str, wholes: set[str]) -> dict[int, int]:
        """Return what the exemplars add to the board of a plan that count as some subjects."""
        sums: dict[int, int] = {}
        for one in wholes:
            group = [self._added(self._streams[id_]) for id_ in self._groups.get((plan, one), [])]
            for cell, total in tally(group).items():
                sums[cell] = sums.get(cell, 0) + total
        return sums


def hold(cursor: SQLiteCursor, rows: Intervals) -> None:
    """Write intervals."""
    put(cursor, f"UPDATE held SET until=? WHERE axis=? AND no=? AND what=? AND until={OPEN}", rows.closed)
    put(cursor, "INSERT INTO held VALUES (?,?,?,?,?,?)", sorted(rows.added))


def by_day(moves: Iterable[Move]) -> list[Move]:
    """Return what an exemplar was at the end of each day on which something happened."""
    return list({one.day: one for one in moves}.values())


def whole(id_: str, slot: Slot | None) -> str:
    """Return the subject that a subject counts as: itself, or the one it has been merged into."""
    return (slot.state.into if slot and slot.state else None) or id_


def kind(slot: Slot | None) -> str:
    """Return what a subject is, empty where that is not known."""
    return slot.state.kind if slot and slot.state else ""


def _when(pair: tuple[int, int, Slot, Move]) -> tuple[int, int]:
    return pair[:2]
