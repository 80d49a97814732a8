"""The streams a batch of entries touches: read once, changed in memory, written once, some kept for the next batch."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guong.domain.ids import short
from guong.domain.streams import KINDS
from guong.errors import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from eventsourcing.sqlite import SQLiteCursor

    from guong.view.counting import Cells
    from guong.view.intervals import Attributes

_KEPT = 8_000
"""Streams kept in memory from one batch to the next."""
_AT_ONCE = 500
"""Values that one statement asks for."""

encode = msgspec.msgpack.Encoder().encode


class Move(NamedTuple):
    """What an entry made of an exemplar: its position, the day from which it counts, what is listed, what the board counts."""

    position: int
    day: int
    attributes: Attributes
    cells: Cells


class Slot:
    """One stream while it is worked on.

    Attributes:
        no, id, kind: The position of its first entry, its id, what it is.
        version, state: How far it has come, and to what.
        latest: The last day on which one of its entries counts, as a number; 0 before there is one.
        flows: What it adds to the numbers of days: (cell, day) to change.
        named: The key under which it was written, None before it was.
        placed: Of an exemplar: whether what follows is known, as it is from its discovery on.
        plan, field, subject: Of an exemplar: what names it, which never changes.
        whole, subject_kind: Of an exemplar: the subject it counts as, and what that is.
        cells: Of an exemplar: what it adds to the board of its plan; None while nobody has asked.
        begun: Of an exemplar: what it was before its moves.
        moves: Of an exemplar: what the entries of a segment made of it.
    """

    __slots__ = (
        "begun", "cells", "field", "flows", "id", "kind", "latest", "moves", "named", "no", "placed", "plan", "state", "subject",
        "subject_kind", "version", "whole",
    )  # fmt: skip

    def __init__(self, no: int, id_: str, kind: str) -> None:
        self.no, self.id, self.kind = no, id_, kind
        self.version, self.latest = 0, 0
        self.state: Any = None
        self.flows: dict[tuple[int, int], int] = {}
        self.named: str | None = None
        self.placed = False
        self.plan, self.field, self.subject = "", "", ""
        self.whole, self.subject_kind = "", ""
        self.cells: Cells | None = None
        self.begun: Move | None = None
        self.moves: list[Move] = []


class Streams:
    """Slots by stream id.

    Attributes:
        complete: Whether nothing has been let go since somebody last loaded what a batch needs.
    """

    def __init__(self) -> None:
        self.complete = True
        self._slots: dict[str, Slot] = {}
        self._touched: dict[str, Slot] = {}

    def __getitem__(self, id_: str) -> Slot:
        return self._slots[id_]

    def get(self, id_: str) -> Slot | None:
        """Return a slot that is loaded, None for a stream that is not or has not begun."""
        return self._slots.get(id_)

    def touch(self, slot: Slot) -> None:
        """Have a slot written at the end of the segment."""
        self._touched[slot.id] = slot

    def begin(self, no: int, id_: str, kind: str) -> Slot:
        """Return the slot of a stream that begins at a position."""
        slot = self._slots[id_] = Slot(no, id_, kind)
        return slot

    def load(self, cursor: SQLiteCursor, ids: Iterable[str]) -> None:
        """Read the streams that are in the view and not at hand."""
        for some in chunks([id_ for id_ in ids if id_ not in self._slots]):
            cursor.execute(
                "SELECT s.no, s.id, s.kind, s.key, t.version, t.latest, t.state, t.flows, e.plan, e.field, e.subject, e.whole, "
                "e.kind AS subject_kind FROM stream s "
                f"JOIN state t ON t.no=s.no LEFT JOIN exemplar e ON e.no=s.no WHERE s.id IN ({marks(some)})", some,
            )  # fmt: skip
            for row in cursor.fetchall():
                slot = self._slots[row["id"]] = Slot(row["no"], row["id"], row["kind"])
                slot.named, slot.version, slot.latest = row["key"], row["version"], row["latest"]
                slot.state = decode(row["state"], row["kind"])
                slot.flows = {
                    (cell, day): change for cell, day, change in msgspec.msgpack.decode(row["flows"] or b"\x90")
                }
                slot.placed = row["plan"] is not None
                if slot.placed:
                    slot.plan, slot.field, slot.subject, slot.whole, slot.subject_kind = (
                        row["plan"], row["field"], row["subject"], row["whole"], row["subject_kind"],
                    )  # fmt: skip

    def write(self, cursor: SQLiteCursor) -> None:
        """Write what was touched."""
        slots = list(self._touched.values())
        self._touched.clear()
        cursor.executemany(
            "INSERT OR REPLACE INTO stream VALUES (?,?,?,?,?)",
            [(one.no, one.id, one.kind, key, _short(one.id)) for one in slots if one.named != (key := _key(one))],
        )
        cursor.executemany(
            "INSERT OR REPLACE INTO state VALUES (?,?,?,?,?)",
            [
                (one.no, one.version, one.latest, None if one.state is None else encode(one.state),
                 encode([(cell, day, change) for (cell, day), change in sorted(one.flows.items())]) if one.flows else None)
                for one in slots
            ],
        )  # fmt: skip
        for one in slots:
            one.named = _key(one)
            self._slots[one.id] = self._slots.pop(one.id)  # what was used last is kept longest

    def shrink(self) -> None:
        """Keep no more than fits, and what has not been written."""
        for id_ in list(self._slots)[: max(0, len(self._slots) - _KEPT)]:
            if id_ not in self._touched:
                del self._slots[id_]
                self.complete = False


def decode(state: bytes | None, kind: str) -> Any:
    """Return a state as it was written.

    Raises:
        msgspec.DecodeError: it is no such state.
    """
    return None if state is None else _decoder(kind)(state)


def read(state: bytes, kind: str) -> Any:
    """Return a state as it was written; the database does not notice rubbish in the middle of a long one.

    Raises:
        DamagedError: it is rubbish.
    """
    try:
        return decode(state, kind)
    except msgspec.DecodeError as error:
        raise damaged(error) from error


def damaged(why: BaseException | None) -> DamagedError:
    """Return what is told of a view that is damaged."""
    return DamagedError(f"bản chiếu view.db bị hỏng ({why})", "xóa view.db: sổ tự dựng lại nó")


@cache
def _decoder(kind: str) -> Callable[[bytes], Any]:
    return msgspec.msgpack.Decoder(KINDS[kind].state).decode


def chunks(values: list[Any]) -> Iterator[list[Any]]:
    """Yield values, as many at a time as one statement asks for."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def marks(values: list[Any]) -> str:
    """Return a question mark for every value."""
    return ",".join("?" * len(values))


def _key(slot: Slot) -> str:
    return str(getattr(slot.state, "key", "") or "")


def _short(id_: str) -> str:
    try:
        return short(id_)
    except ValueError:  # the id of a damaged entry
        return ""
