"""A long import, against bare SQLite inserting the same rows in one transaction; where its time and its memory go."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.books import INSERT, fresh, open_book, raw_log, say, stored_rows, wide_book, write_lines
from tests.bench.table import Line, kilobytes, median, ratio, spread

from guong import desk, recording
from guong.log import application, codec, spool, world
from guong.recording import Order
from guong.resolve import Resolver
from guong.rowfiles import row_file
from guong.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

EXEMPLARS = 300


def measure(sample: Path, folder: Path, *, rounds: int, rows: int) -> tuple[list[Line], list[str]]:
    """Measure the rate against the raw one, then the stages, then memory; each import in a process of its own."""
    wide = folder / "wide"
    exemplars = wide_book(sample, wide, EXEMPLARS)
    lines = write_lines(folder / "steps.jsonl", exemplars, rows)
    ours, raw = [], []
    for number in range(rounds):
        say(f"import of {rows} steps, round {number + 1}")
        target = fresh(wide, folder / "ours")
        done = _child(target, lines)
        ours.append(done["seconds"])
        raw.append(_raw(fresh(wide, folder / "raw"), target, done["before"]))
    ratios = ratio(raw, ours)
    more = f"{spread(ratios)}; ours {median(ours) / rows * 1e6:.0f} µs a row, raw {median(raw) / rows * 1e6:.1f} µs"
    report = [Line(f"import of {rows:,} steps", median(ratios), "× raw rate", more, least=0.10)]
    report += _memory(sample, wide, folder, exemplars, rows)
    stages = _child(fresh(wide, folder / "ours"), lines, "--stages")["stages"]
    return report, _staged(stages, rows)


def _raw(folder: Path, ours: Path, before: int) -> float:
    rows = stored_rows(ours, before)
    database = raw_log(folder)
    start = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    database.executemany(INSERT, rows)
    database.execute("COMMIT")
    seconds = time.perf_counter() - start
    database.close()
    return seconds


def _memory(sample: Path, wide: Path, folder: Path, exemplars: list[str], rows: int) -> list[Line]:
    report = []
    for part in (rows // 4, rows // 2, rows):
        lines = write_lines(folder / "part.jsonl", exemplars, part)
        done = _child(fresh(wide, folder / "ours"), lines)
        report.append(_peak(f"peak memory, {part:,} rows, {EXEMPLARS} exemplars", done))
    many = wide_book(sample, folder / "many", EXEMPLARS * 10)
    lines = write_lines(folder / "part.jsonl", many, rows)
    done = _child(folder / "many", lines)
    return [*report, _peak(f"peak memory, {rows:,} rows, {EXEMPLARS * 10} exemplars", done)]


def _peak(what: str, done: dict[str, Any]) -> Line:
    return Line(what, done["peak"] / 1024, "MiB", f"{done['start'] / 1024:.0f} MiB before the first row")


def _child(book: Path, lines: Path, *flags: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.importing", str(book), str(lines), *flags]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    whole: dict[str, Any] = json.loads(done.stdout)
    return whole


def _staged(stages: dict[str, float], rows: int) -> list[str]:
    return [f"| {name} | {seconds / rows * 1e6:.1f} |" for name, seconds in stages.items()]


class Stages:
    """A stopwatch that belongs to one stage at a time: a stage inside another stops the outer one meanwhile."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = ["rest"]
        self._since = time.perf_counter()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Give the time of the block to a stage."""
        self.enter(name)
        try:
            yield
        finally:
            self.leave()

    def enter(self, name: str) -> None:
        """Begin a stage."""
        self._turn()
        self._open.append(name)

    def leave(self) -> None:
        """End it; the outer one goes on."""
        self._turn()
        self._open.pop()

    def times(self, home: Any, name: str, stage: str) -> None:
        """Time a function or method of ours as a stage."""
        real: Callable[..., Any] = getattr(home, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            self.enter(stage)
            try:
                return real(*args, **kwargs)
            finally:
                self.leave()

        setattr(home, name, timed)

    def each(self, rows: Iterable[Any], stage: str) -> Iterator[Any]:
        """Time what makes every next element as a stage."""
        iterator = iter(rows)
        while True:
            with self.stage(stage):
                row = next(iterator, None)
            if row is None:
                return
            yield row


def _instrument(stages: Stages) -> None:
    stages.times(desk, "take_apart", "forms of the step, dates, papers")
    stages.times(Resolver, "_details", "form of the field")
    stages.times(Resolver, "resolve", "resolve")
    stages.times(desk.Desk, "_judge", "rules")
    stages.times(Vault, "seal", "seal")
    stages.times(desk.Desk, "_write", "make the entry")
    stages.times(codec, "encode", "encode")
    stages.times(spool.Spool, "add", "spool")
    stages.times(world.World, "take", "fold the state")
    stages.times(Vault, "flush", "store keys")
    stages.times(application.EventLog, "append", "append")
    batches = spool.Spool.batches
    spool.Spool.batches = lambda self: stages.each(batches(self), "read the spool")  # type: ignore[method-assign]
    locked = application.EventLog.locked

    @contextmanager
    def timed(log: application.EventLog) -> Iterator[Any]:
        held = locked(log)
        given = held.__enter__()
        try:
            yield given
        finally:
            with stages.stage("commit"):
                held.__exit__(None, None, None)

    application.EventLog.locked = timed  # type: ignore[method-assign, assignment]
    stages.times(recording.Recording, "_judge", "the loop over rows")


def _import(folder: Path, lines: Path, *, staged: bool) -> dict[str, Any]:
    """Import a file into a book and return how long it took and what memory it needed."""
    stages = Stages()
    if staged:
        _instrument(stages)
    with open_book(folder) as book, row_file(str(lines)) as rows:
        given = (lambda: stages.each(rows(), "read the row")) if staged else rows
        before, start = book.log.head(), kilobytes()
        assert book.view  # caught up
        clock = time.perf_counter()
        book.record_all(given, Order(channel="import", outside=True, keep=False))
        seconds = time.perf_counter() - clock
        done = {"seconds": seconds, "before": before, "after": book.log.head(), "start": start, "peak": kilobytes()}
    return {**done, "stages": dict(stages.seconds)}


if __name__ == "__main__":
    print(json.dumps(_import(Path(sys.argv[1]), Path(sys.argv[2]), staged="--stages" in sys.argv)))
