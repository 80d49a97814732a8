"""From the log to the view: in batches, each with its position in the same transaction, resumable at any point."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec
from eventsourcing.persistence import Tracking
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder

from guong.domain.corrections import fold, rewrites
from guong.domain.dates import order
from guong.domain.exemplar import Exemplar, stage
from guong.domain.ids import is_full, short
from guong.domain.streams import KINDS
from guong.domain.subject import Subject
from guong.errors import BusyError, DamagedError
from guong.log.faults import told
from guong.log.sqlite import BookPool
from guong.version import __version__
from guong.view.schema import TABLES, VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from eventsourcing.sqlite import SQLiteCursor

    from guong.domain.entry import Stored
    from guong.log.application import EventLog

_LOG = "guong"
_PATIENCE = 5
"""Seconds to wait for another program that is making the view."""
_encode = msgspec.json.Encoder().encode


class ViewRecorder(SQLiteTrackingRecorder):
    """The library's tracking recorder, with the tables of the view beside its own."""

    def construct_create_table_statements(self) -> list[str]:
        """Return the tracking table's statement and ours."""
        ours = [statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1) for statement in TABLES]
        ours = [statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1) for statement in ours]
        return [*super().construct_create_table_statements(), *ours]


class Projector:
    """Keeps a view file level with a log.

    Args:
        path: The view file; made when missing, made anew when it is damaged or of another version.
        log: The log it follows.
    """

    def __init__(self, path: Path, log: EventLog) -> None:
        self._path, self._log = path, log
        self._fingerprint = f"{VERSION}/{__version__}"
        self._open()

    def _open(self) -> None:
        self._level = -1  # the log position this object has found the view to have reached
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._prepare()
            except BusyError:  # SQLite does not wait where two programs switch one new file to a write-ahead log
                self.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _prepare(self) -> None:
        self._connect()
        if self._usable() is False:
            self._remove()
            self._connect()
        if not self._usable():
            with told():
                self._create()

    def _connect(self) -> None:
        self.datastore = SQLiteDatastore(self._path.absolute().as_uri() + "?mode=rwc")
        self.datastore.pool = BookPool(db_name=self.datastore.pool.db_name)
        self.datastore.pool.synchronous = "NORMAL"  # what a power cut takes from a view is read from the log again
        self.recorder = ViewRecorder(self.datastore)

    def _usable(self) -> bool | None:
        """Tell whether the view file is whole and of this version; None for a new one, which has no tables yet."""
        try:
            with told():
                with self.datastore.transaction(commit=False) as cursor:
                    cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")
                    if cursor.fetchone() is None:
                        return None
                return self._meta("fingerprint") == self._fingerprint
        except DamagedError:
            return False

    def _create(self) -> None:
        with self.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")
                if cursor.fetchone() is None:  # nobody else has been faster
                    self.recorder._create_table(cursor)
                    cursor.execute("INSERT INTO meta VALUES ('fingerprint', ?)", [self._fingerprint])
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def _remove(self) -> None:
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        self.datastore.close()

    def rebuild(self) -> None:
        """Throw the view away and make it anew from the log."""
        self._remove()
        self._open()
        with told():
            self._catch_up()

    def position(self) -> int:
        """Return the log position the view has reached."""
        return self.recorder.max_tracking_id(_LOG) or 0

    def catch_up(self) -> int:
        """Take in what the log has more than the view and return the position reached.

        Raises:
            DamagedError: the log is damaged, shorter than it was, or another one stands in its place.
        """
        try:
            with told():
                return self._catch_up()
        except DamagedError:
            if self._sound():
                raise
        self.rebuild()
        return self.position()

    def _catch_up(self) -> int:
        head = self._log.head()
        if head == self._level:
            return head
        at = self.position()
        if head < at or (at and self._meta("last") != self._last(at)):
            raise DamagedError(
                f"sổ ngắn hơn hoặc khác với lần đọc trước (đã đọc đến #{at}, nay sổ có #{head})",
                "đối chiếu với bản sao; xóa tệp view.db nếu đã hiểu vì sao",
            )
        while at < head:
            self._apply(self._log.read(at), at)
            at = self.position()  # somebody else may have taken the view further, or not as far
        self._level = at
        return at

    def _sound(self) -> bool:
        """Tell whether the view file itself is whole."""
        try:
            with told(), self.datastore.transaction(commit=False) as cursor:
                cursor.execute("PRAGMA quick_check(1)")
                return bool(cursor.fetchone()[0] == "ok")
        except DamagedError:
            return False

    def _last(self, position: int) -> str:
        rows = self._log.read(position - 1, 1)
        return f"{rows[0].stream}/{rows[0].version}/{rows[0].entry.id if rows[0].entry else ''}" if rows else ""

    def _meta(self, key: str) -> str:
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT value FROM meta WHERE key=?", [key])
            row = cursor.fetchone()
            return row[0] if row else ""

    def _apply(self, batch: list[Stored], after: int) -> None:
        with self.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                if (self.recorder._max_tracking_id(_LOG, cursor) or 0) == after:
                    _Batch(cursor, self._log).apply(batch)
                    last = batch[-1]
                    mark = f"{last.stream}/{last.version}/{last.entry.id if last.entry else ''}"
                    cursor.execute("INSERT OR REPLACE INTO meta VALUES ('last', ?)", [mark])
                    self.recorder._insert_tracking(cursor, Tracking(_LOG, last.position))
                connection.commit()
            except BaseException:
                connection.rollback()
                raise


class _Batch:
    """One batch on its way into the view: states are read once and written once."""

    def __init__(self, cursor: SQLiteCursor, log: EventLog) -> None:
        self._cursor, self._log = cursor, log
        self._states: dict[str, Any] = {}
        self._facts: dict[str, tuple[str, int, int]] = {}  # stream: kind, version, first position

    def apply(self, batch: list[Stored]) -> None:
        """Take in the entries and write what changed."""
        until = batch[-1].position
        for stored in batch:
            self._index(stored)
            kind = KINDS.get(stored.kind)
            if kind is None or not is_full(stored.stream):
                continue
            state = self._load(stored)
            if rewrites(stored):
                entries = [
                    one
                    for one in self._log.stream(stored.stream)
                    if one.position <= stored.position and one.position <= until
                ]
                self._states[stored.stream] = fold(kind.evolve, entries)
            else:
                self._states[stored.stream] = kind.evolve(state, stored)
        for stream, state in self._states.items():
            self._write(stream, state)

    def _index(self, stored: Stored) -> None:
        entry = stored.entry
        self._cursor.execute(
            "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                stored.position, entry.id if entry else "", short(entry.id) if entry else "", stored.stream, stored.kind,
                stored.topic.partition(".")[2], entry.field.key if entry and entry.field else None,
                entry.occurred_on if entry else None, len(entry.remarks) if entry else 0, stored.unread,
            ),
        )  # fmt: skip

    def _load(self, stored: Stored) -> Any:
        stream = stored.stream
        if stream not in self._facts:
            self._cursor.execute("SELECT position, state FROM stream WHERE id=?", [stream])
            row = self._cursor.fetchone()
            state = KINDS[stored.kind].state
            self._states[stream] = msgspec.json.decode(row["state"], type=state) if row and row["state"] else None
            self._facts[stream] = (stored.kind, 0, row["position"] if row else stored.position)
        kind, _, first = self._facts[stream]
        self._facts[stream] = (kind, stored.version, first)
        return self._states[stream]

    def _write(self, stream: str, state: Any) -> None:
        kind, version, first = self._facts[stream]
        key = getattr(state, "key", "")
        self._cursor.execute(
            "INSERT OR REPLACE INTO stream VALUES (?,?,?,?,?,?,?)",
            (stream, kind, key, short(stream), version, first, _encode(state) if state is not None else None),
        )
        if kind == "exemplar":
            self._cursor.execute("DELETE FROM mark WHERE stream=?", [stream])
            self._cursor.execute("DELETE FROM exemplar WHERE stream=?", [stream])
            if isinstance(state, Exemplar) and state.marks:
                row = (
                    stream, state.plan, state.field, state.lead, state.part, state.subject, self._whole(state.subject), state.unit,
                    stage(state), first,
                )  # fmt: skip
                self._cursor.execute("INSERT INTO exemplar VALUES (?,?,?,?,?,?,?,?,?,?)", row)
                marks = [
                    (stream, name, mark.value, order(mark.on).isoformat()) for name, mark in state.standing().items()
                ]
                self._cursor.executemany("INSERT INTO mark VALUES (?,?,?,?)", marks)
        if kind == "subject" and isinstance(state, Subject):
            self._cursor.execute("UPDATE exemplar SET whole=? WHERE subject=?", [state.into or stream, stream])

    def _whole(self, subject: str) -> str:
        """Return the subject that a subject counts as: itself, or the one it has been merged into."""
        state = self._states.get(subject)
        if state is None:
            self._cursor.execute("SELECT state FROM stream WHERE id=?", [subject])
            row = self._cursor.fetchone()
            state = msgspec.json.decode(row["state"], type=Subject) if row and row["state"] else None
        return state.into if isinstance(state, Subject) and state.into else subject
