"""The log as an eventsourcing application: append, read, and hold the lock while a step is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.utils import Environment

from guong.log import codec
from guong.log.faults import told
from guong.log.sqlite import BookFactory, BookRecorder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from eventsourcing.persistence import Notification

    from guong.domain.entry import Stored
    from guong.log.postgres import PostgresBookRecorder

BATCH = 1000
"""Entries read from the log at a time."""


class LogEvent(msgspec.Struct, frozen=True):
    """An entry as the library moves it: where it belongs, its topic as text, its bytes as they are."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class ByteMapper(Mapper[UUID]):
    """Moves bytes untouched. It never turns a stored topic into a module, and has no cipher or compressor to be swapped."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Return the event as it is stored."""
        event = cast("LogEvent", domain_event)
        return StoredEvent(event.originator_id, event.originator_version, event.topic, event.state)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Return the stored event as it is."""
        originator = stored_event.originator_id
        id_ = originator if isinstance(originator, UUID) else UUID(originator)
        return LogEvent(id_, stored_event.originator_version, stored_event.topic, stored_event.state)


class EventLog(Application[UUID]):
    """The log of one book.

    Args:
        settings: The library's own keys (`SQLITE_DBNAME`, ...), and `LOG`: `postgres` where the log is on a server. The
            process environment is never read: no variable can put another mapper, cipher or recorder behind our back.
    """

    name = "guong"
    recorder: BookRecorder | PostgresBookRecorder

    def __init__(self, settings: Mapping[str, str]) -> None:
        super().__init__(dict(settings))

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """Return our settings alone."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> Any:
        """Return our own factory, for SQLite or PostgreSQL; never one named by a setting."""
        if env.get("LOG") == "postgres":
            from guong.log.postgres import PostgresBookFactory  # noqa: PLC0415 - its driver is an extra

            return PostgresBookFactory(env)
        return BookFactory(env)

    def construct_mapper(self) -> Mapper[UUID]:
        """Return our mapper, not one named by a setting."""
        return ByteMapper(self.factory.transcoder())

    def locked(self) -> AbstractContextManager[int]:
        """Hold the book's write lock and give the last position."""
        return self.recorder.locked()

    def append(self, events: Sequence[StoredEvent]) -> list[int]:
        """Append in one transaction and return the positions.

        Raises:
            eventsourcing.persistence.IntegrityError: another entry already has one of the versions.
        """
        return list(self.recorder.insert_events(events) or ())

    def head(self) -> int:
        """Return the position of the last entry, 0 for an empty log."""
        with told():
            return self.recorder.max_notification_id() or 0

    def read(self, after: int = 0, limit: int = BATCH) -> list[Stored]:
        """Return up to `limit` entries after a position."""
        return [_stored(one) for one in self.raw(after, limit)]

    def raw(self, after: int = 0, limit: int = BATCH) -> Sequence[Notification]:
        """Return up to `limit` stored rows after a position, bytes as they are."""
        with told():
            return self.recorder.select_notifications(start=after, limit=limit, inclusive_of_start=False)

    def all(self, after: int = 0) -> Iterator[Stored]:
        """Yield every entry after a position, in batches."""
        while batch := self.read(after):
            yield from batch
            after = batch[-1].position

    def stream(self, stream: str) -> list[Stored]:
        """Return the entries of one stream, in order of version."""
        with told():
            return [_stored(one) for one in self.recorder.select_stream(stream)]

    def streams(self, streams: Sequence[str]) -> dict[str, list[Stored]]:
        """Return the entries of several streams, by stream, in order of version."""
        with told():
            return {stream: [_stored(one) for one in self.recorder.select_stream(stream)] for stream in streams}


def _stored(one: Notification) -> Stored:
    return codec.stored(one.id, one.originator_id, one.originator_version, one.topic, one.state)
