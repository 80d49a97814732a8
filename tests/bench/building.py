"""How long a view takes to build from scratch and what memory it needs, against the least that reading a log can cost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from tests.bench.books import INSERT, open_book, say
from tests.bench.table import Line, kilobytes, median, spread

from guong import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.books import RawRow

_BATCH = 10_000
_MOST, _MEMORY = 4, 300


def measure(book: Path, *, rounds: int) -> list[Line]:
    """Build the view of a book and run the raw loop, taking turns, each in a process of its own; the last view stays."""
    ours, raw = [], []
    for number in range(rounds):
        say(f"build of {book.name}, round {number + 1}")
        raw.append(child("raw", book))
        ours.append(child("build", book))
    entries = ours[0]["entries"]
    ratios = [one["seconds"] / other["seconds"] for one, other in zip(ours, raw, strict=True)]
    seconds, bare = (median([one["seconds"] for one in those]) for those in (ours, raw))
    busy = median([one["busy"] / other["busy"] for one, other in zip(ours, raw, strict=True)])
    rates = f"{spread(ratios)}; of CPU time {busy:.2f} ×; ours {entries / seconds:,.0f}/s, raw {entries / bare:,.0f}/s"
    log, view = _size(book / places.LOG), _size(book / places.VIEW)
    peak = max(one["peak"] for one in ours) / 1024
    start = f"{ours[0]['start'] / 1024:.0f} MiB before the first entry"
    return [
        Line(f"build, {entries:,} entries", median(ratios), "× raw loop", rates, most=_MOST),
        Line(f"peak memory, build of {entries:,}", peak, "MiB", start, most=_MEMORY),
        Line(
            f"view on disk, {entries:,}",
            view / log,
            "× log",
            f"view {view / 2**20:,.0f} MiB, log {log / 2**20:,.0f} MiB",
        ),
    ]


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))


def child(what: str, book: Path) -> dict[str, Any]:
    """Do one of the two things this module does (`build`, `raw`) in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "tests.bench.building", what, str(book)]
    done: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return done


def _build(folder: Path) -> dict[str, Any]:
    for path in folder.glob(f"{places.VIEW}*"):
        path.unlink()
    with open_book(folder) as book:
        start, clock, busy = kilobytes(), time.perf_counter(), time.process_time()
        entries = book.projector.catch_up()
        took = {"seconds": time.perf_counter() - clock, "busy": time.process_time() - busy}
    return {**took, "entries": entries, "start": start, "peak": kilobytes()}


def _raw(folder: Path) -> dict[str, Any]:
    """Read every row of the log, decode its JSON, and insert the same row into an empty table like the log's."""
    source = sqlite3.connect(f"{(folder / places.LOG).absolute().as_uri()}?mode=ro", uri=True)
    target = folder / "raw.db"
    database = sqlite3.connect(target, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    database.execute(
        "CREATE TABLE stored_events (rowid INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL, "
        "topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"
    )
    decode = msgspec.json.Decoder().decode
    clock, busy = time.perf_counter(), time.process_time()
    for rows in _batches(source):
        for row in rows:
            decode(row[3])
        database.execute("BEGIN")
        database.executemany(INSERT, rows)
        database.execute("COMMIT")
    took = {"seconds": time.perf_counter() - clock, "busy": time.process_time() - busy}
    database.close()
    source.close()
    target.unlink()
    return took


def _batches(source: sqlite3.Connection) -> Iterator[list[RawRow]]:
    cursor = source.execute("SELECT originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid")
    while rows := cursor.fetchmany(_BATCH):
        yield rows


if __name__ == "__main__":
    print(json.dumps({"build": _build, "raw": _raw}[sys.argv[1]](Path(sys.argv[2]))))
