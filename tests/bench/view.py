"""What the view costs: `python -m tests.bench.view [--entries 1000000 …] [--small] [--folder FOLDER] [--keep]`."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import asking, building
from tests.bench.books import on_memory, say
from tests.bench.generate import generate
from tests.bench.table import Line, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.asking import Asked

SMALL, SIZES = (3_000, 6_000), (100_000, 1_000_000)
"""Sizes that show that everything runs, and those that are measured unless others are asked for."""


def measure(folder: Path, sizes: Sequence[int], *, rounds: int, asks: int, keep: bool = False) -> list[Line]:
    """Measure books of several sizes, smallest first, and how the figures of one size go with those of the one before.

    Books that lie in `folder` already are used as they are; with `keep` those that are made stay there.
    """
    lines: list[Line] = []
    before: Asked | None = None
    for size in sorted(sizes):
        book = folder / f"book-{size}"
        if not book.exists():
            rate = generate(book, size, seed=7)
            say(f"{size:,} entries made, {rate.passed:,.0f} a second")
        lines += building.measure(book, rounds=rounds if size <= 1_000_000 else 1)
        asked = asking.measure(book, rounds=rounds, asks=asks)
        lines += asked.lines
        if before is not None:
            lines += [
                Line(f"{what}, {size:,} entries", figure / before.flat[what], "× the size before", most=2)
                for what, figure in asked.flat.items()
            ]
        before = asked
        if not keep:
            shutil.rmtree(book)
    return lines


def main() -> None:
    """Measure the sizes that were asked for and print one table."""
    parser = argparse.ArgumentParser(description="Đo bản chiếu của sổ lớn; xem docs/performance.md.")
    parser.add_argument("--entries", type=int, nargs="+", default=SIZES, help="sizes of books")
    parser.add_argument("--small", action="store_true", help="small books: shows that it runs, measures nothing")
    parser.add_argument("--folder", type=Path, help="where books are made, or lie already; a real disk")
    parser.add_argument("--keep", action="store_true", help="leave the books there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        os.environ["GUONG_HOME"] = home  # nobody's own settings are read or written
        folder = given.folder or Path(home)
        if on_memory(folder) and not given.small:
            parser.error(f"{folder} lies in memory, where writing waits for no disk; give --folder on a real one")
        folder.mkdir(parents=True, exist_ok=True)
        sizes, rounds, asks = (SMALL, 2, 10) if given.small else (given.entries, 5, 100)
        lines = measure(folder, sizes, rounds=rounds, asks=asks, keep=given.keep)
    say("")
    print(printed(lines))


if __name__ == "__main__":
    main()
