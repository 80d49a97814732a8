"""The same events in the eventsourcing library as it comes: its application with its JSON mapper, and its projection with its
tracking recorder, one event a transaction. Its projection runner needs a recorder that can be subscribed to, which the one for
SQLite cannot; its log reader hands the events over instead.
`python -m tests.bench.rival_eventsourcing EVENTS FOLDER`, EVENTS a file of JSON lines."""

# The library makes dataclasses at run time, and its cursor is typed for positional values only.
# mypy: disable-error-code="call-arg, arg-type"

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import Tracking
from eventsourcing.projection import Projection
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder
from eventsourcing.system import NotificationLogReader
from tests.bench.readmodel import TABLES, Statement, statements
from tests.bench.table import kilobytes


class Recorded(DomainEvent):
    """An entry as an event."""

    kind: str
    entry: dict[str, Any]


class Log(Application[UUID]):
    """The library's application with nothing changed."""


class List(SQLiteTrackingRecorder):
    """The read model beside the library's tracking table."""

    def construct_create_table_statements(self) -> list[str]:
        """Return the statements of both."""
        return [*super().construct_create_table_statements(), *TABLES]

    def take(self, done: list[Statement], tracking: Tracking) -> None:
        """Take in what one event changes, with the position."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            for statement, values in done:
                cursor.execute(statement, values)


class Lister(Projection[List]):
    """Takes events to the read model."""

    name = "lister"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Take in one event."""
        stream = domain_event.originator_id.hex
        self.view.take(statements(stream, domain_event.kind, domain_event.entry), tracking)


def main(events: Path, folder: Path) -> dict[str, Any]:
    """Append every event in a transaction of its own, then build the read model; return seconds and memory."""
    log = Log({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "log.db")})
    appended = 0.0
    with events.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            event = Recorded(
                originator_id=UUID(row["stream"]), originator_version=row["version"],
                timestamp=dt.datetime.fromisoformat(row["entry"]["recorded_at"]), kind=row["kind"], entry=row["entry"],
            )  # fmt: skip
            clock = time.perf_counter()
            log.save(event)
            appended += time.perf_counter() - clock
    view = List(SQLiteDatastore(str(folder / "list.db")))
    view.create_table()
    lister = Lister(view)
    clock, processor = time.perf_counter(), time.process_time()
    for one in NotificationLogReader(log.notification_log).read(start=1):
        lister.process_event(log.mapper.to_domain_event(one), Tracking(log.name, one.id))
    built, busy = time.perf_counter() - clock, time.process_time() - processor
    log.close()
    view.datastore.close()
    return {"appended": appended, "seconds": built, "busy": busy, "peak": kilobytes()}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
