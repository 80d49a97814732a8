"""Side by side: building a read model here, and with what else one would take. `python -m tests.bench.compare [--entries 20000]`.

eventsource-py is no dependency of this project: `--python` names an interpreter that has it (`pip install "eventsource-py[sqlite]"`);
without, it is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bench import building
from tests.bench.books import on_memory, say, stored_rows
from tests.bench.generate import generate

from guong import places

_ROOT = Path(__file__).parents[2]


def main() -> None:
    """Compare and print one table."""
    parser = argparse.ArgumentParser(description="So với thư viện khác; xem docs/performance.md.")
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="a real disk")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has eventsource-py")
    given = parser.parse_args()
    if on_memory(given.folder):
        parser.error(f"{given.folder} lies in memory, where writing waits for no disk; give --folder on a real one")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder) as folder:
        os.environ["GUONG_HOME"] = folder
        print(_compared(Path(folder), given.entries, given.python))


def _compared(folder: Path, entries: int, python: str) -> str:
    book = folder / "book"
    generate(book, entries, seed=7)
    events = folder / "events.jsonl"
    with events.open("w", encoding="utf-8") as file:
        for stream, version, topic, state in stored_rows(book, 0):
            row = {"stream": stream, "version": version, "kind": topic.partition(".")[0], "entry": json.loads(state)}
            file.write(json.dumps(row) + "\n")
    say("guong")
    ours = building.child("build", book)
    rows = [_row("guong: the whole view", entries, ours, book / places.VIEW)]
    counts = {}
    for name, interpreter, module in (
        ("eventsourcing, its projection", sys.executable, "rival_eventsourcing"),
        ("eventsource-py, its subscription manager", python, "rival_eventsource_py"),
    ):
        say(name)
        place = folder / module
        place.mkdir()
        done = _run(interpreter, module, events, place)
        if done is not None:
            rows.append(_row(name, entries, done, place / "list.db"))
            counts[name] = _counts(place / "list.db")
    if len({str(one) for one in counts.values()}) > 1:
        raise SystemExit(f"the read models differ: {counts}")
    head = (
        "read model",
        "entries a second",
        "CPU time an entry",
        "appended a second, one a transaction",
        "peak memory",
        "on disk",
    )
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows))


def _row(name: str, entries: int, done: dict[str, Any], file: Path) -> tuple[str, ...]:
    size = sum(one.stat().st_size for one in file.parent.glob(f"{file.name}*"))
    appended = f"{entries / done['appended']:,.0f}" if "appended" in done else ""
    return (
        name, f"{entries / done['seconds']:,.0f}", f"{done['busy'] / entries * 1e6:,.0f} µs", appended, f"{done['peak'] / 1024:.0f} MiB",
        f"{size / 2**20:.1f} MiB",
    )  # fmt: skip


def _run(python: str, module: str, events: Path, folder: Path) -> dict[str, Any] | None:
    """Run a library in a process of its own; None where it is not installed."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    command = [python, "-m", f"tests.bench.{module}", str(events), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        say(done.stderr.splitlines()[-1])
        return None
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _counts(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as database:
        counts = database.execute("SELECT mark, sum(number) FROM counter GROUP BY mark ORDER BY mark").fetchall()
        return [*counts, *database.execute("SELECT count(*) FROM exemplar").fetchone()]


if __name__ == "__main__":
    main()
