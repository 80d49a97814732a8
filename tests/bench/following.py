"""How many entries a second the view takes in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.bench.books import open_book, say
from tests.bench.table import Line, median

from guong import places

if TYPE_CHECKING:
    from pathlib import Path


def measure(folder: Path, *, rounds: int) -> list[Line]:
    """Build the view of a book anew, several times."""
    say("view catch-up")
    rates = []
    with open_book(folder) as book:
        entries = book.log.head()
    for _ in range(rounds):
        for path in folder.glob(f"{places.VIEW}*"):
            path.unlink()
        with open_book(folder) as book:
            start = time.perf_counter()
            book.projector.catch_up()
            rates.append(entries / (time.perf_counter() - start))
    more = f"{min(rates):,.0f}–{max(rates):,.0f}, {rounds} rounds of {entries:,} entries"
    return [Line("view catch-up", median(rates), "entries/s", more)]
