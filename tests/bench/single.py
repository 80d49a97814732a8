"""One step recorded while the program runs, against a bare SQLite insert of the same bytes with the same durability."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

from tests.bench.books import ACTING, INSERT, followed, fresh, open_book, raw_log, say
from tests.bench.table import Line, median, ratio, spread

from guong.recording import Order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from guong.book import Book


def measure(sample: Path, folder: Path, *, rounds: int, steps: int) -> list[Line]:
    """Measure one step a transaction, the exemplar named by its whole id, and by the short form that people type."""
    return [
        _measured("one step, by id", sample, folder, rounds, steps, _ids, least=0.5),
        _measured("one step, by short form", sample, folder, rounds, steps, _shorts),
    ]


def _ids(book: Book) -> list[str]:
    return [one.id for one in followed(book)]


def _shorts(book: Book) -> list[str]:
    return [one.short for one in followed(book)]


def _measured(
    what: str, sample: Path, folder: Path, rounds: int, steps: int, named: Callable[[Book], list[str]], least: float | None = None
) -> Line:  # fmt: skip
    say(what)
    ours_folder, raw_folder = fresh(sample, folder / "ours"), fresh(sample, folder / "raw")
    raw = raw_log(raw_folder)
    ours_times, raw_times = [], []
    with open_book(ours_folder) as book:
        rows = _rows(named(book))
        _pairs(book, raw, rows, 20)  # rules, forms and states are read
        for _ in range(rounds):
            ours, bare = _pairs(book, raw, rows, steps)
            ours_times.append(ours / steps)
            raw_times.append(bare / steps)
    raw.close()
    ratios = ratio(raw_times, ours_times)
    more = f"{spread(ratios)}; ours {median(ours_times) * 1e6:.0f} µs, raw {median(raw_times) * 1e6:.0f} µs"
    return Line(what, median(ratios), "× raw rate", more, least=least)


def _pairs(book: Book, raw: sqlite3.Connection, rows: Iterator[dict[str, Any]], count: int) -> tuple[float, float]:
    """Record steps, each followed by a bare insert of the bytes it left; return the seconds that ours and bare ones took."""
    order = Order()
    ours = bare = 0.0
    for row in itertools.islice(rows, count):
        start = time.perf_counter()
        receipt = book.record(row, order)
        ours += time.perf_counter() - start
        one = book.log.raw(receipt.position - 1, 1)[0]
        same = (receipt.stream, one.originator_version, one.topic, one.state)
        start = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(INSERT, same)
        raw.execute("COMMIT")
        bare += time.perf_counter() - start
    return ours, bare


def _rows(exemplars: list[str]) -> Iterator[dict[str, Any]]:
    step = {"step": "supported", "occurred_on": "2025-06-20", "kind": "visit", "what": "Đi cơ sở, giúp ghi sổ góp công"}
    for exemplar in itertools.cycle(exemplars):
        yield {**step, **ACTING, "exemplar": exemplar, "details": {"ngay_cong": 12}}
