"""The log in one SQLite file: positions for ever, nothing updated, nothing deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import InterfaceError, Notification, OperationalError
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteDatastore,
    SQLiteFactory,
)

from guong.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent
    from eventsourcing.sqlite import SQLiteCursor

APPLICATION_ID = 0x47554F4E  # "GUON": how `file` and other programs know a book
SCHEMA_VERSION = 1
"""Version of the tables; a book of a higher one is refused."""


class BookPool(SQLiteConnectionPool):
    """Connections that never trade durability for speed; read-only ones never touch the file.

    They are made here because the library's keep one prepared statement each: it passes `cached_statements=True`, which is 1.
    """

    readonly = False
    synchronous = "FULL"

    def _create_connection(self) -> SQLiteConnection:
        try:
            raw = sqlite3.connect(
                self.db_name, timeout=self.lock_timeout or 5, uri=True, check_same_thread=False, isolation_level=None
            )
            if not self.readonly:
                raw.execute("PRAGMA journal_mode=WAL")
                raw.execute(f"PRAGMA synchronous={self.synchronous}")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except sqlite3.Error as error:
            raise InterfaceError(error) from error
        raw.row_factory = sqlite3.Row
        return SQLiteConnection(sqlite_conn=raw, max_age=self.max_age)


class BookRecorder(SQLiteApplicationRecorder):
    """The library's recorder with explicit positions, and a lock that spans reading, judging and appending."""

    def __init__(self, datastore: SQLiteDatastore, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name)
        self.insert_events_statement = (
            f"INSERT INTO {events_table_name} (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )
        self._turn = Lock()
        self._writing: SQLiteConnection | None = None
        self._writer: SQLiteCursor | None = None

    def construct_create_table_statements(self) -> list[str]:
        """Return what makes the file a book; `rowid` named and AUTOINCREMENT, so that no position is ever used twice."""
        table = self.events_table_name
        return [
            f"PRAGMA application_id={APPLICATION_ID}",
            f"PRAGMA user_version={SCHEMA_VERSION}",
            f"CREATE TABLE IF NOT EXISTS {table} ("
            "rowid INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL, "
            "topic TEXT NOT NULL, state BLOB NOT NULL CHECK (typeof(state) = 'blob'), "
            "UNIQUE (originator_id, originator_version))",
            *(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END"
                for verb in ("UPDATE", "DELETE")
            ),
        ]

    def convert_originator_id(self, originator_id: str) -> UUID | str:
        """Return the id of a stream; one that is none stays text, and its entry is shown as unreadable."""
        try:
            return super().convert_originator_id(originator_id)
        except ValueError:
            return originator_id

    def create_table(self) -> None:
        """Make the tables where they are not there yet: opening a book writes nothing and needs no lock."""
        table = self.events_table_name
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT name FROM sqlite_master")
            there = {row[0] for row in cursor.fetchall()}
        if not {table, f"{table}_no_update", f"{table}_no_delete"} <= there:
            super().create_table()

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Hold the book's write lock and give the last position; what is inserted meanwhile is one transaction, undone if
        anything raises.

        One connection of the pool is kept for this: to take it and give it back each time costs as much as an insert, and
        the next one taken may be another, which has to read the same pages of the file once more.

        Raises:
            OperationalError: another thread of this program keeps the lock.
            sqlite3.OperationalError: another program keeps it.
        """
        pool = self.datastore.pool
        if not self._turn.acquire(timeout=pool.pool_timeout):
            raise OperationalError("locked by another thread")
        try:
            connection = self._writing = self._writing or pool.get_connection()
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            self._writer = cursor
            try:
                yield self._max_notification_id(cursor) or 0
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
        finally:
            self._writer = None
            self._turn.release()

    def select_stream(self, stream: str) -> Sequence[Notification]:
        """Return the rows of one stream with their positions, in order of version; its id is left as text."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(f"{self.select_events_statement} ORDER BY originator_version", [stream])
            return [
                Notification(
                    id=row["rowid"], originator_id=row["originator_id"], originator_version=row["originator_version"],
                    topic=row["topic"], state=row["state"],
                )
                for row in cursor.fetchall()
            ]  # fmt: skip

    def faults(self) -> list[str]:
        """Return what the database itself finds wrong with its file."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("PRAGMA integrity_check(5)")
            return [row[0] for row in cursor.fetchall() if row[0] != "ok"]

    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Insert all rows; positions of one transaction follow one another.

        The last row goes by itself, since only then the position is told without asking the database.
        """
        if not stored_events:
            return []
        *before, last = [
            (_hex(one.originator_id), one.originator_version, one.topic, one.state) for one in stored_events
        ]
        if before:
            c.executemany(self.insert_events_statement, before)
        c.execute(self.insert_events_statement, last)
        position: int = c.lastrowid
        return list(range(position - len(before), position + 1))

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Insert inside the lock where it is held, in a transaction of its own otherwise."""
        if self._writer is not None:
            return self._insert_events(self._writer, stored_events, **kwargs)
        return super().insert_events(stored_events, **kwargs)


def _hex(id_: UUID | str) -> str:
    return id_ if isinstance(id_, str) else id_.hex


class BookFactory(SQLiteFactory):
    """Makes the recorder above, whatever the environment says."""

    application_recorder_class = BookRecorder

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        _refuse_foreign(self.datastore.pool.db_name)
        readonly = self.env.get("READONLY") == "y"
        self.datastore.pool.close()
        pool = BookPool(db_name=self.datastore.pool.db_name, lock_timeout=self.datastore.pool.lock_timeout)
        pool.readonly = readonly
        self.datastore.pool = pool


def _refuse_foreign(name: str) -> None:
    """Look at a database before anything is changed in it.

    Raises:
        BookError: it has tables, and none of them is ours.
    """
    with closing(sqlite3.connect(name, uri=True)) as look:
        tables = {row[0] for row in look.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if tables and "stored_events" not in tables:
        raise BookError("tệp log.db ở đây là cơ sở dữ liệu của chương trình khác, không phải một cuốn sổ")
