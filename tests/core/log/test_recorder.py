"""The library's published cases on our recorders, and what our tables promise beyond them."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.sqlite import SQLiteDatastore
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    TrackingRecorderTestCase,
)

from guong.errors import BusyError
from guong.log.application import EventLog
from guong.log.faults import told
from guong.log.sqlite import APPLICATION_ID, SCHEMA_VERSION, BookFactory, BookRecorder
from guong.view.projector import ViewRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guong.book import Book


class OnFile:
    """A folder for the recorder of a published case, and its recorder as the book's own factory makes it."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "log.db"
        self.threads = set(threading.enumerate())

    def tearDown(self) -> None:
        for thread in set(threading.enumerate()) - self.threads:
            thread.join()  # the cases leave readers behind, and SQLite does not survive being closed under them
        self.log.close()
        shutil.rmtree(self.folder)

    def create_recorder(self) -> Any:
        self.log = EventLog({"SQLITE_DBNAME": f"{self.path.as_uri()}?mode=rwc"})
        return self.log.recorder

    def test_performance(self) -> None:
        """Prints a figure and asserts nothing; figures are taken in bench/, not in tests."""
        self.create_recorder()

    def test_concurrent_throughput(self) -> None:
        """Prints a figure; test_concurrent_no_conflicts asserts the same with more writers."""
        self.create_recorder()


class TestApplicationCases(OnFile, ApplicationRecorderTestCase[BookRecorder]):
    """The library's cases for a recorder of notifications."""


class TestNonInterleavingCase(OnFile, NonInterleavingNotificationIDsBaseCase):
    """The library's case for two writers at once."""


class TestTrackingCases(TrackingRecorderTestCase):
    """The library's cases for a recorder of positions, on the view's own."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())

    def tearDown(self) -> None:
        shutil.rmtree(self.folder)

    def create_recorder(self) -> ViewRecorder:
        recorder = ViewRecorder(SQLiteDatastore(f"{(self.folder / 'view.db').as_uri()}?mode=rwc"))
        recorder.create_table()
        return recorder


def event(version: int = 1, stream: uuid.UUID | None = None) -> StoredEvent:
    """Return some event to store."""
    return StoredEvent(stream or uuid.uuid4(), version, "unit.unit_registered", b"{}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log of a test lies."""
    return tmp_path / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[EventLog]:
    """Return an empty log on a real file."""
    with closing(EventLog({"SQLITE_DBNAME": f"{path.as_uri()}?mode=rwc"})) as made:
        yield made


def run(path: Path, *statements: str) -> list[Any]:
    """Run statements on a log file as another program would, and return what the last one gives."""
    with closing(sqlite3.connect(path)) as other:
        rows = [other.execute(statement).fetchall() for statement in statements]
        other.commit()
        return rows[-1]


def test_the_recorder_in_use_is_ours(log: EventLog) -> None:
    assert type(log.recorder) is BookRecorder
    assert type(log.factory) is BookFactory


def test_threads_of_one_program_take_turns_with_the_lock(log: EventLog) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with log.locked():
            entered.set()
            leave.wait()
            log.append([event()])

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait()
    threading.Timer(0.05, leave.set).start()
    with log.locked() as head:  # waits until the other thread has committed
        assert head == 1
    holder.join()


def test_a_thread_that_waits_too_long_for_the_lock_is_told_so(log: EventLog) -> None:
    assert isinstance(log.recorder, BookRecorder)
    log.recorder.datastore.pool.pool_timeout = 0.01
    with log.locked(), pytest.raises(BusyError), told(), log.locked():
        pass
    with log.locked() as head:
        assert head == 0


def test_what_raises_under_the_lock_leaves_nothing_behind(log: EventLog) -> None:
    one = event()
    with pytest.raises(sqlite3.IntegrityError), log.locked():
        log.append([event(), one, one])
    with log.locked() as head:
        assert head == 0
        assert log.append([event(), event(), event()]) == [1, 2, 3]
    assert log.head() == 3


def test_position_is_an_explicit_autoincrement_key(log: EventLog, path: Path) -> None:
    columns = {row[1]: (row[2], row[5]) for row in run(path, "PRAGMA table_info(stored_events)")}
    assert columns["rowid"] == ("INTEGER", 1)
    log.recorder.insert_events([event()])
    assert run(path, "SELECT name, seq FROM sqlite_sequence") == [("stored_events", 1)]


@pytest.mark.parametrize("statement", ["UPDATE stored_events SET topic='x'", "DELETE FROM stored_events",
                                       "INSERT OR REPLACE INTO stored_events VALUES (1, 'a', 1, 't', x'7b7d')"])  # fmt: skip
def test_an_entry_is_neither_updated_nor_deleted_nor_replaced(log: EventLog, path: Path, statement: str) -> None:
    log.recorder.insert_events([event()])
    before = run(path, "SELECT * FROM stored_events")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        run(path, "PRAGMA recursive_triggers=ON", statement)
    assert run(path, "SELECT * FROM stored_events") == before


@pytest.mark.parametrize("state", ["'{}'", "NULL", "7", "1.5"])
def test_state_must_be_a_blob(log: EventLog, path: Path, state: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        run(
            path,
            f"INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES ('a',1,'t',{state})",
        )
    assert log.head() == 0


def test_the_file_says_what_it_is_and_in_which_version(log: EventLog, path: Path) -> None:
    log.close()
    head = path.read_bytes()[:100]
    assert head[68:72] == b"GUON" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(head[60:64], "big") == SCHEMA_VERSION


def test_two_entries_of_one_stream_cannot_have_one_version(log: EventLog) -> None:
    first = event()
    log.recorder.insert_events([first])
    with pytest.raises(IntegrityError):
        log.recorder.insert_events([event(), event(stream=first.originator_id)])  # type: ignore[arg-type]
    assert log.head() == 1


def test_positions_survive_vacuum(log: EventLog, path: Path) -> None:
    log.recorder.insert_events([event() for _ in range(5)])
    run(path, "DROP TRIGGER stored_events_no_delete", "DELETE FROM stored_events WHERE rowid IN (2, 4)")
    before = run(path, "SELECT rowid, * FROM stored_events")
    run(path, "VACUUM")
    assert run(path, "SELECT rowid, * FROM stored_events") == before
    assert [row[0] for row in before] == [1, 3, 5]


def test_positions_survive_dump_and_restore(log: EventLog, path: Path, tmp_path: Path) -> None:
    log.recorder.insert_events([event() for _ in range(5)])
    run(path, "DROP TRIGGER stored_events_no_delete", "DELETE FROM stored_events WHERE rowid IN (2, 4, 5)")
    before = run(path, "SELECT rowid, * FROM stored_events")
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        target.executescript("\n".join(source.iterdump()))
    assert run(copy, "SELECT rowid, * FROM stored_events") == before
    with closing(EventLog({"SQLITE_DBNAME": f"{copy.as_uri()}?mode=rw"})) as restored:
        assert restored.recorder.insert_events([event()]) == [6]


def test_a_position_whose_entry_was_deleted_is_never_used_again(log: EventLog, path: Path) -> None:
    log.recorder.insert_events([event() for _ in range(3)])
    run(path, "DROP TRIGGER stored_events_no_delete", "DELETE FROM stored_events WHERE rowid=3")
    assert log.recorder.insert_events([event()]) == [4]


def test_a_rollback_leaves_neither_an_entry_nor_a_gap(log: EventLog) -> None:
    log.recorder.insert_events([event()])

    def fail() -> None:
        with log.locked():
            assert log.recorder.insert_events([event(), event()]) == [2, 3]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert log.head() == 1
    assert log.recorder.insert_events([event()]) == [2]


def pragma(cursor: Any, name: str) -> Any:
    """Return what a connection says of a setting."""
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchone()[0]


def sqlite(log: EventLog) -> BookRecorder:
    """Return the recorder of a log that is kept in a file."""
    assert isinstance(log.recorder, BookRecorder)
    return log.recorder


def test_connections_are_wal_and_wait_for_the_disk(log: EventLog) -> None:
    with log.locked(), sqlite(log).datastore.get_connection(commit=False) as second:
        for cursor in (sqlite(log)._writer, second.cursor()):
            assert (pragma(cursor, "journal_mode"), pragma(cursor, "synchronous")) == ("wal", 2)


def test_the_lock_spans_reading_judging_and_appending(log: EventLog, path: Path) -> None:
    with log.locked():
        log.recorder.insert_events([event()])
        with closing(sqlite3.connect(path, timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            assert other.execute("SELECT count(*) FROM stored_events").fetchone() == (0,)
        log.recorder.insert_events([event()])
    assert log.head() == 2


def test_a_book_that_is_being_written_can_be_opened_and_read(book: Book) -> None:
    from guong.book import Book

    with book.log.locked(), Book(book.folder, lock_timeout=1) as reader:
        assert reader.log.head() == 4
        assert reader.state.unit == "phong-a"


def test_opening_and_reading_a_book_changes_no_byte_of_its_log(
    sample_year: Path, tmp_path: Path, fingerprints: Callable[[Path], dict[str, str]]
) -> None:
    from guong.book import Book
    from guong.checking import check

    folder = tmp_path / "so"
    shutil.copytree(sample_year, folder)
    log = fingerprints(folder)["log.db"]
    with Book(folder) as book:
        assert book.view.exemplars()
    before = fingerprints(folder)
    assert before["log.db"] == log
    for _ in range(2):
        with Book(folder) as book:
            assert not list(check(book))
            assert book.view.exemplars()
    assert fingerprints(folder) == before


def test_the_lock_timeout_of_the_settings_is_kept(tmp_path: Path) -> None:
    name = f"{(tmp_path / 'log.db').as_uri()}?mode=rwc"
    with (
        closing(EventLog({"SQLITE_DBNAME": name, "SQLITE_LOCK_TIMEOUT": "3"})) as log,
        sqlite(log).datastore.get_connection(commit=False) as connection,
    ):
        assert pragma(connection.cursor(), "busy_timeout") == 3000
