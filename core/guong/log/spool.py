"""Entries that have been judged and not yet appended: kept out of memory, so that an import may be of any length."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from uuid import UUID

from guong.log import codec
from guong.log.application import BATCH, LogEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.entry import Stored


class Spool:
    """A private database without a name: SQLite keeps it in memory while small, in a file of its own when large, and
    removes it when it is closed. What it holds is already sealed."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(
            "CREATE TABLE pending (position INTEGER PRIMARY KEY, stream TEXT, version INT, topic TEXT, state BLOB)"
        )
        self._db.execute("CREATE INDEX by_stream ON pending (stream)")
        self._db.execute("BEGIN")
        self._count = 0

    def add(self, position: int, stream: str, version: int, topic: str, state: bytes) -> None:
        """Keep one entry."""
        self._db.execute("INSERT INTO pending VALUES (?,?,?,?,?)", (position, stream, version, topic, state))
        self._count += 1

    def stream(self, stream: str) -> list[Stored]:
        """Return the waiting entries of one stream."""
        if not self._count:
            return []
        rows = self._db.execute("SELECT * FROM pending WHERE stream=? ORDER BY position", [stream])
        return [codec.stored(*row) for row in rows]

    def batches(self) -> Iterator[list[LogEvent]]:
        """Yield all waiting entries, in order, as the log takes them."""
        cursor = self._db.execute("SELECT stream, version, topic, state FROM pending ORDER BY position")
        while rows := cursor.fetchmany(BATCH):
            yield [LogEvent(UUID(stream), version, topic, state) for stream, version, topic, state in rows]

    def clear(self) -> None:
        """Forget what is waiting."""
        if self._count:
            self._db.execute("DELETE FROM pending")
            self._count = 0

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
