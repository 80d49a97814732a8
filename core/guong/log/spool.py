"""Entries that have been judged and not yet appended: kept out of memory, so that an import may be of any length."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from eventsourcing.persistence import StoredEvent

from guong.log import codec
from guong.log.application import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.entry import Stored

_Row = tuple[int, str, int, str, bytes]


class Spool:
    """The last entries in memory, those before them in a private database without a name, which SQLite keeps in a file of
    its own and removes when it is closed. What it holds is already sealed."""

    def __init__(self) -> None:
        self._last: list[_Row] = []
        self._streams: set[str] = set()
        self._db: sqlite3.Connection | None = None

    def add(self, position: int, stream: str, version: int, topic: str, state: bytes) -> None:
        """Keep one entry."""
        if len(self._last) >= BATCH:
            self._spill()
        self._last.append((position, stream, version, topic, state))
        self._streams.add(stream)

    def _spill(self) -> None:
        if self._db is None:
            self._db = sqlite3.connect("", isolation_level=None)
            self._db.execute(
                "CREATE TABLE pending (position INTEGER PRIMARY KEY, stream TEXT, version INT, topic TEXT, state BLOB)"
            )
            self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO pending VALUES (?,?,?,?,?)", self._last)
        self._last.clear()

    def stream(self, stream: str) -> list[Stored]:
        """Return the waiting entries of one stream."""
        if stream not in self._streams:
            return []
        rows: list[_Row] = []
        if self._db is not None:
            self._db.execute("CREATE INDEX IF NOT EXISTS by_stream ON pending (stream)")  # only corrections ask
            rows += self._db.execute("SELECT * FROM pending WHERE stream=? ORDER BY position", [stream])
        return [codec.stored(*row) for row in (*rows, *self._last) if row[1] == stream]

    def batches(self) -> Iterator[list[StoredEvent]]:
        """Yield all waiting entries, in order, as the log takes them."""
        if self._db is not None:
            cursor = self._db.execute("SELECT * FROM pending ORDER BY position")
            while rows := cursor.fetchmany(BATCH):
                yield _events(rows)
        if self._last:
            yield _events(self._last)

    def clear(self) -> None:
        """Forget what is waiting."""
        self._last.clear()
        self._streams.clear()
        self.close()

    def close(self) -> None:
        """Let go of it."""
        if self._db is not None:
            self._db.close()
            self._db = None


def _events(rows: list[_Row]) -> list[StoredEvent]:
    return [StoredEvent(stream, version, topic, state) for _, stream, version, topic, state in rows]
