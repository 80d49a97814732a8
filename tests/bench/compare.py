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
from tests.bench.books import on_memory, open_book, say, stored_rows
from tests.bench.generate import generate
from tests.bench.table import median

from guong import places

_ROOT = Path(__file__).parents[2]
_OURS = "guong: the whole view"
_HEAD = (
    "read model",
    "entries a second",
    "CPU time an entry",
    "appended a second, one a transaction",
    "peak memory",
    "on disk",
)


def main() -> None:
    """Compare and print one table."""
    parser = argparse.ArgumentParser(description="So với thư viện khác; xem docs/performance.md.")
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="a real disk")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has eventsource-py")
    given = parser.parse_args()
    if on_memory(given.folder):
        parser.error(f"{given.folder} lies in memory, where writing waits for no disk; give --folder on a real one")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder) as folder:
        os.environ["GUONG_HOME"] = folder
        print(_compared(Path(folder), given.entries, given.python, given.rounds))


def _compared(folder: Path, entries: int, python: str, rounds: int) -> str:
    book = folder / "book"
    generate(book, entries, seed=7)
    events = folder / "events.jsonl"
    with events.open("w", encoding="utf-8") as file:
        for stream, version, topic, state in stored_rows(book, 0):
            row = {"stream": stream, "version": version, "kind": topic.partition(".")[0], "entry": json.loads(state)}
            file.write(json.dumps(row) + "\n")
    rivals = {
        "eventsourcing, its projection": (sys.executable, "rival_eventsourcing"),
        "eventsource-py, its subscription manager": (python, "rival_eventsource_py"),
    }
    done: dict[str, list[dict[str, Any]]] = {}
    for number in range(rounds):
        say(f"round {number + 1}")
        ours = building.child("build", book)
        with open_book(book) as opened:
            exemplars = len(opened.view.exemplars())
        done.setdefault(_OURS, []).append({**ours, "size": (book / places.VIEW).stat().st_size})
        for name, (interpreter, module) in rivals.items():
            place = folder / f"{module}-{number}"
            place.mkdir()
            told = _run(interpreter, module, events, place)
            if told is not None:
                done.setdefault(name, []).append({**told, "size": (place / "list.db").stat().st_size})
                if _exemplars(place / "list.db") != exemplars:
                    raise SystemExit(f"{name}: {_exemplars(place / 'list.db')} exemplars, not {exemplars}")
    cells = [_HEAD, ("---",) * len(_HEAD), *(_row(name, entries, those) for name, those in done.items())]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def _row(name: str, entries: int, done: list[dict[str, Any]]) -> tuple[str, ...]:
    built = [entries / one["seconds"] for one in done]
    busy = median([one["busy"] / entries * 1e6 for one in done])
    appended = [entries / one["appended"] for one in done if "appended" in one]
    peak, size = (max(one[what] for one in done) for what in ("peak", "size"))
    return (
        name,
        _spread(built),
        f"{busy:,.0f} µs",
        _spread(appended),
        f"{peak / 1024:.0f} MiB",
        f"{size / 2**20:.1f} MiB",
    )


def _spread(rates: list[float]) -> str:
    return f"{median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f})" if rates else ""


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


def _exemplars(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM exemplar").fetchone()[0])


if __name__ == "__main__":
    main()
