"""From the log to the view: in batches, each with its position in the same transaction, resumable at any point."""

from __future__ import annotations

import gc
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from eventsourcing.persistence import Tracking
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder

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
    from guong.view.words import Words

_LOG = "guong"
_PATIENCE = 5
"""Seconds to wait for another program that is making the view."""
_BATCH = 10_000
"""Entries taken in at a time, by one transaction."""
_CACHE = 64 * 1024
"""KiB of the view that SQLite keeps in memory while it is written."""

Progress = Callable[[int, int], None]
"""Told the position the view has reached, and the head of the log."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no rubbish meanwhile: entries and states hold no cycles, and there are very many of them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class ViewRecorder(SQLiteTrackingRecorder):
    """The library's tracking recorder, with the tables of what follows the log beside its own."""

    tables: tuple[str, ...] = TABLES

    def construct_create_table_statements(self) -> list[str]:
        """Return the tracking table's statement and ours."""
        ours = [statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1) for statement in self.tables]
        ours = [statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1) for statement in ours]
        return [*super().construct_create_table_statements(), *ours]


class Taker(Protocol):
    """What takes entries into a file."""

    def take(self, cursor: SQLiteCursor, batch: list[Stored]) -> bool:
        """Take in entries that follow what the file has, and tell whether something was erased."""

    def settle(self, cursor: SQLiteCursor, position: int) -> bool:
        """Do some of what is left to do once the last entry is taken in; tell whether there was any."""


class Following(ABC):
    """Keeps a file that is derived from a log level with it.

    Args:
        path: The file; made when missing, made anew when it is damaged or of another version.
        log: The log it follows.
        fingerprint: What it depends on beside the log.
        progress: Told the position reached and the head after each batch.
    """

    recorder_class = ViewRecorder

    def __init__(self, path: Path, log: EventLog, fingerprint: str, progress: Progress | None = None) -> None:
        self.path, self._log = path, log
        tables = zlib.crc32("\n".join(self.recorder_class.tables).encode())
        self._fingerprint = f"{tables:08x}/{__version__}/{fingerprint}"
        self.progress = progress
        self._open()

    @abstractmethod
    def taker(self) -> Taker:
        """Return what takes entries in; what it keeps between batches is true while nobody else writes."""

    def unsettled(self) -> bool:
        """Tell whether something is left to do once the last entry is taken in."""
        return False

    def _open(self) -> None:
        self._level = -1  # the log position this object has found the view to have reached
        self._taking: Taker | None = None
        self._taken = -1  # and up to where what it keeps in memory is true
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
        if self.usable() is False:
            self._refuse_another_log()
            self._remove()
            self._connect()
        if not self.usable():
            with told():
                self._create()

    def _connect(self) -> None:
        self.datastore = SQLiteDatastore(self.path.absolute().as_uri() + "?mode=rwc")
        self.datastore.pool = BookPool(db_name=self.datastore.pool.db_name)
        self.datastore.pool.synchronous = "NORMAL"  # what a power cut takes from a view is read from the log again
        self.recorder = self.recorder_class(self.datastore)

    def usable(self) -> bool | None:
        """Tell whether the view file is whole and of this version; None for a new one, which has no tables yet."""
        try:
            with told():
                with self.datastore.transaction(commit=False) as cursor:
                    cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")
                    if cursor.fetchone() is None:
                        return None
                return self.meta("fingerprint") == self._fingerprint
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
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _tell(self, at: int, head: int) -> None:
        if self.progress:
            self.progress(at, head)

    def close(self) -> None:
        """Let go of the file."""
        self.datastore.close()

    def rebuild(self) -> None:
        """Throw the view away and make it anew from the log."""
        self._remove()
        self._open()
        with told():
            self._catch_up()

    def size(self) -> int:
        """Return how many bytes the view's files take."""
        files = (self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

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

    def head(self) -> int:
        """Return the log position up to which the file is to follow."""
        return self._log.head()

    def _catch_up(self) -> int:
        head = self.head()
        if head == self._level:
            return head
        at = self.position()
        self._follow(at, head)
        with _uncollected():
            while at < head:
                self._apply(self._log.read(at, min(_BATCH, head - at)), at)
                at = self.position()  # somebody else may have taken the view further, or not as far
                self._tell(at, head)
            while self.unsettled() and self._apply([], at):
                self._tell(at, head)
        self._level = at
        return at

    def _follow(self, at: int, head: int) -> None:
        """Look whether the log is the one that the view was made from.

        Raises:
            DamagedError: it is shorter, or another entry stands where the view has come to.
        """
        if head < at or (at and self.meta("last") != self._last(at)):
            raise DamagedError(
                f"sổ ngắn hơn hoặc khác với lần đọc trước (đã đọc đến #{at}, nay sổ có #{head})",
                f"đối chiếu với bản sao; xóa tệp {self.path.name} nếu đã hiểu vì sao",
            )

    def _refuse_another_log(self) -> None:
        """Look at the log before a view of another version is made anew; where the old one is no view at all, nothing can be told."""
        try:
            with told():
                at, last = self.position(), self.meta("last")
        except DamagedError:
            return
        if last:
            self._follow(at, self._log.head())

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

    def meta(self, key: str) -> str:
        """Return what the file says of itself under a key, empty where it says nothing."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT value FROM meta WHERE key=?", [key])
            row = cursor.fetchone()
            return row[0] if row else ""

    def _apply(self, batch: list[Stored], after: int) -> bool:
        """Take in a batch that follows a position, or settle some of what is left where it is empty; tell whether more is."""
        with self.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA cache_size=-{_CACHE}")
            cursor.execute("BEGIN IMMEDIATE")
            erased = more = False
            try:
                if (self.recorder._max_tracking_id(_LOG, cursor) or 0) == after:
                    taking = self._taking_after(after)
                    self._taken = -1
                    if batch:
                        erased = taking.take(cursor, batch)
                        self._track(cursor, batch[-1])
                    else:
                        more = taking.settle(cursor, after)
                    self._taken = batch[-1].position if batch else after
                connection.commit()
            except BaseException:
                self._taken = -1
                connection.rollback()
                raise
            if erased:  # what was overwritten must not be left in the write-ahead log either
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return more

    def _taking_after(self, position: int) -> Taker:
        """Return what takes entries in, with what it keeps in memory where nobody else has written meanwhile."""
        if self._taking is None or self._taken != position:
            self._taking = self.taker()
        return self._taking

    def _track(self, cursor: SQLiteCursor, last: Stored) -> None:
        mark = f"{last.stream}/{last.version}/{last.entry.id if last.entry else ''}"
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ('last', ?)", [mark])
        self.recorder._insert_tracking(cursor, Tracking(_LOG, last.position))


class Projector(Following):
    """Keeps the view file level with a log.

    Args:
        path, log, progress: As of `Following`.
        words: What turns words into numbers, so that they can be searched.
    """

    def __init__(self, path: Path, log: EventLog, words: Words, progress: Progress | None = None) -> None:
        self.words = words
        super().__init__(path, log, f"{VERSION}/{words.fingerprint}", progress)

    def taker(self) -> Taker:
        """Return what takes entries into the view."""
        from guong.view.taking import Taking  # noqa: PLC0415 - where the view is level, nothing is taken in

        return Taking(self._log, self.words)

    def unsettled(self) -> bool:
        """Tell whether the past of some exemplar must still be told anew."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT 1 FROM stale LIMIT 1")
            return cursor.fetchone() is not None
