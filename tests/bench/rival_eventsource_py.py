"""The same events in eventsource-py as it comes: its SQLite store, its `DatabaseProjection`, and its subscription manager.
`python -m tests.bench.rival_eventsource_py EVENTS FOLDER`, with `pip install "eventsource-py[sqlite]"`."""

# mypy: disable-error-code="import-not-found, misc, untyped-decorator"

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsource import (
    DatabaseProjection,
    DomainEvent,
    InMemoryCheckpointRepository,
    InMemoryEventBus,
    SQLiteEventStore,
    StreamId,
    create_async_engine,
    handles,
    register_event,
)
from eventsource.application.subscriptions import SubscriptionManager
from eventsource.ports.positions import ExpectedVersion
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker
from tests.bench.readmodel import TABLES, statements
from tests.bench.table import kilobytes


@register_event
class Recorded(DomainEvent):
    """An entry as an event."""

    kind: str
    entry: dict[str, Any]


class Lister(DatabaseProjection):
    """Takes events to the read model."""

    @handles(Recorded)
    async def take(self, conn: Any, event: Recorded) -> None:
        """Take in one event."""
        for statement, values in statements(event.aggregate_id.hex, event.kind, event.entry):
            await conn.execute(text(statement), values)


async def main(events: Path, folder: Path) -> dict[str, Any]:
    """Append every event in a transaction of its own, then build the read model; return seconds and memory."""
    logging.disable(logging.CRITICAL)
    store = SQLiteEventStore(str(folder / "log.db"))
    appended = 0.0
    with events.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            stream = UUID(row["stream"])
            event = Recorded(
                aggregate_id=stream, aggregate_type=row["kind"], aggregate_version=row["version"], kind=row["kind"], entry=row["entry"],
                occurred_at=dt.datetime.fromisoformat(row["entry"]["recorded_at"]),
            )  # fmt: skip
            clock = time.perf_counter()
            await store.append(StreamId(stream, row["kind"]), [event], ExpectedVersion("exact", row["version"] - 1))
            appended += time.perf_counter() - clock
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'list.db'}")
    async with engine.begin() as connection:
        for table in TABLES:
            await connection.execute(text(table))
    lister = Lister(async_sessionmaker(engine, expire_on_commit=False))
    manager = SubscriptionManager(store, InMemoryEventBus(), InMemoryCheckpointRepository())
    await manager.subscribe(lister)
    clock, processor = time.perf_counter(), time.process_time()
    failed = await manager.start()
    built, busy = time.perf_counter() - clock, time.process_time() - processor
    await manager.stop()
    await store.close()
    await engine.dispose()
    if any(failed.values()):
        raise SystemExit(str(failed))
    return {"appended": appended, "seconds": built, "busy": busy, "peak": kilobytes()}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))))
