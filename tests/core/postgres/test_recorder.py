"""The library's own cases for recorders, on our PostgreSQL recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.tests import persistence as published

from guong.log.postgres import Address, PostgresBookRecorder

if TYPE_CHECKING:
    from collections.abc import Iterator


def recorder_at(url: str) -> PostgresBookRecorder:
    """Return a recorder on the schema that an address names."""
    at = Address.parse(url)
    datastore = PostgresDatastore(
        at.database,
        at.host,
        at.port,
        at.user,
        at.password,
        pool_size=2,
        max_overflow=8,
        connect_timeout=60,
        schema=at.schema,
    )
    recorder = PostgresBookRecorder(datastore)
    recorder.create_table()
    return recorder


class TestApplicationRecorder(published.ApplicationRecorderTestCase[Any]):
    """The published cases for application recorders."""

    @pytest.fixture(autouse=True)
    def _server(self, address: str) -> Iterator[None]:
        self.recorder = recorder_at(address)
        yield
        self.recorder.datastore.close()

    def new_originator_id(self) -> UUID:
        return uuid4()

    def create_recorder(self) -> PostgresBookRecorder:
        return self.recorder


class TestNonInterleaving(published.NonInterleavingNotificationIDsBaseCase):
    """The published case that positions of one transaction stand together."""

    insert_num = 1000

    @pytest.fixture(autouse=True)
    def _server(self, address: str) -> Iterator[None]:
        self.recorder = recorder_at(address)
        yield
        self.recorder.datastore.close()

    def new_originator_id(self) -> UUID:
        return uuid4()

    def create_recorder(self) -> PostgresBookRecorder:
        return self.recorder


@pytest.fixture
def recorder(address: str) -> Iterator[PostgresBookRecorder]:
    """Return a recorder on a fresh schema."""
    made = recorder_at(address)
    yield made
    made.datastore.close()


def event(version: int = 1, stream: UUID | None = None) -> StoredEvent:
    """Return something to insert."""
    return StoredEvent(stream or uuid4(), version, "unit.unit_registered", b"{}")


def test_a_transaction_that_fails_leaves_no_gap_in_the_positions(recorder: PostgresBookRecorder) -> None:
    first = event()
    assert recorder.insert_events([first]) == [1]
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(), first])
    with pytest.raises(IntegrityError), recorder.locked():
        recorder.insert_events([event(), event(), first])
    assert recorder.insert_events([event(), event()]) == [2, 3]
    assert recorder.faults() == []


@pytest.mark.parametrize("verb", ["UPDATE {} SET topic = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_nothing_is_ever_changed(recorder: PostgresBookRecorder, verb: str) -> None:
    recorder.insert_events([event()])
    table = f'"{recorder.datastore.schema}".stored_events'
    with (
        pytest.raises(PersistenceError, match="never changed"),
        recorder.datastore.transaction(commit=True) as cursor,
    ):
        cursor.execute(verb.format(table))
    assert recorder.max_notification_id() == 1


def test_functions_in_the_database_that_skip_the_lock_are_never_used(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    monkeypatch.setenv("GUONG_POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    from guong.log.application import EventLog

    log = EventLog(Address("127.0.0.1", str(port), "postgres", "guong", "", "so_env").settings(5))
    try:
        assert isinstance(log.recorder, PostgresBookRecorder)
        assert log.recorder.datastore.enable_db_functions is False
        assert log.recorder.datastore.pool.min_size >= 2
    finally:
        log.close()
