"""Writes entries straight into a log, as the codec encodes and the recorder inserts them, without asking any rule."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.books import INSERT

from guong import places
from guong.domain.dates import show
from guong.domain.entry import Entry, FieldPart, MadeWith, Paper, Remark
from guong.log import codec
from guong.vault import Vault
from guong.version import __version__

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.bench.books import RawRow

LATE_AFTER = 30
"""Days between happening and recording from which an entry carries the remark `core.late`, as the plan has it."""
_LATE, _MONTH, _YEAR = 0.08, 0.025, 0.005
"""Shares of entries that are late, and whose date is known to the month or year only."""
_BATCH = 100_000
_CIPHERS = 100_000
_MADE = MadeWith(version=__version__, channel="import")


class Stream:
    """A stream as far as it is written.

    Attributes:
        id, kind, version: As in the log.
        latest: When the last of its entries happened that was not recorded late.
    """

    __slots__ = ("id", "kind", "latest", "version")

    def __init__(self, id_: str, kind: str, version: int = 0) -> None:
        self.id, self.kind, self.version, self.latest = id_, kind, version, dt.date.min


class Actor(NamedTuple):
    """Who acts: an officer's key, his role, and the unit he acts in."""

    by: str
    role: str
    unit: str


class FullError(Exception):
    """The book has as many entries as were asked for."""


class Pen:
    """Writes the entries of a generated book, with its keys.

    Args:
        folder: The book, closed.
        rng: Where everything random comes from, keys included.
        head: How many entries it has.
        entries: How many it shall have.
        a_day: About how many entries a day there will be.
    """

    def __init__(self, folder: Path, rng: random.Random, head: int, entries: int, a_day: float) -> None:
        self.rng, self.head, self._entries, self._a_day = rng, head, entries, a_day
        self.vault = Vault(folder / places.KEYS, rng.randbytes)
        self._rows: list[RawRow] = []
        self._log = sqlite3.connect(folder / places.LOG, isolation_level=None)
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000"):
            self._log.execute(f"PRAGMA {pragma}")
        self._log.execute("BEGIN")  # one transaction: what lies in the cache is written when it is full

    def turn(self, day: dt.date) -> None:
        """Begin another day."""
        self.day, self._today, self._date = day, 0, f"{day}T"

    def _now(self) -> str:
        """Return the time of the next entry of this day: later than the one before, within working hours."""
        self._today += 1
        seconds = 3600 + int(32_000 * self._today / (self._today + self._a_day))
        return (
            f"{self._date}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{self._today % 1_000_000:06}Z"
        )

    def happened(self, after: dt.date = dt.date.min) -> tuple[str, int]:
        """Return a day on which what is recorded today may have happened, and how many days ago; -1 where only the month or
        year is known. Unless it is recorded late, that is not before `after`."""
        chance = self.rng.random()
        days = int(self.rng.expovariate(0.2)) % LATE_AFTER
        if chance < _LATE:
            days += LATE_AFTER + 1 + int(self.rng.expovariate(0.025))
        else:
            days = min(days, max(0, (self.day - after).days))
        if chance > 1 - _YEAR:
            return str(self.day.year), -1
        day = (self.day - dt.timedelta(days=days)).isoformat()
        return (day[:7], -1) if chance > 1 - _YEAR - _MONTH else (day, days)

    def write(
        self, stream: Stream, step: str, data: dict[str, Any], actor: Actor, *, on: str = "", plan: str | None = None,
        field: FieldPart | None = None, effective_on: str | None = None, basis: tuple[Paper, ...] = (),
        owner: str = "", secret: dict[str, Any] | None = None, sealed: dict[str, str] | None = None, causation: str | None = None,
    ) -> str:  # fmt: skip
        """Write one entry and return its id.

        Args:
            stream: Where it belongs.
            step: What happened.
            data: The answers about nobody.
            actor: Who records it.
            on: When it happened; by default some days ago, now and then long ago.
            owner: Whose key seals `secret`.
            secret: What is sealed, by part (`data`, `details`, `reason`, `titles`).
            sealed: What is sealed already.
            plan, field, effective_on, basis, causation: As in `Entry`.

        Raises:
            FullError: this was the last one.
        """
        remarks: tuple[Remark, ...] = ()
        if not on:
            on, days = self.happened(stream.latest)
            if 0 <= days <= LATE_AFTER:
                stream.latest = self.day - dt.timedelta(days=days)
            elif days > LATE_AFTER:
                remarks = (Remark(code="core.late", figures={"days": days, "date": show(on)}),)
        if secret and owner:
            sealed = {owner: self.vault.seal(owner, secret), **(sealed or {})}
        drawn = self.rng.randbytes(48).hex()
        id_ = drawn[:32]
        entry = Entry(
            id=id_, salt=drawn[32:64], seen=None, step=step, v=1, recorded_at=self._now(), occurred_on=on, by=actor.by,
            role=actor.role, unit=actor.unit, correlation=drawn[64:], made_with=_MADE, data=data, plan=plan, field=field,
            effective_on=effective_on, basis=basis, remarks=remarks, causation=causation, sealed=sealed or {},
        )  # fmt: skip
        stream.version += 1
        self.head += 1
        self._rows.append((stream.id, stream.version, f"{stream.kind}.{step}", codec.encode(entry)))
        if len(self._rows) >= _BATCH:
            self.flush()
        if self.head == self._entries:
            raise FullError
        return id_

    def flush(self) -> None:
        """Store keys, then entries."""
        self.vault.flush()
        if len(self.vault._ciphers) > _CIPHERS:
            self.vault._ciphers.clear()  # they are read again where they are needed
        self._log.executemany(INSERT, self._rows)
        self._rows.clear()

    def close(self) -> None:
        """Leave the log as a book keeps it."""
        self.flush()
        self.vault.close()
        self._log.execute("COMMIT")
        self._log.execute("PRAGMA locking_mode=NORMAL")
        self._log.execute("PRAGMA journal_mode=WAL")
        self._log.close()
