"""Runs every benchmark: `python -m tests.bench.run [--small] [--only NAME] [--folder FOLDER]`."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from tests.bench import importing, single, startup, view
from tests.bench.books import on_memory, sample_book, say
from tests.bench.table import Line, printed

NAMES = ("single", "import", "startup", "view")


def main() -> None:
    """Measure what was asked for and print one table."""
    parser = argparse.ArgumentParser(description="Đo tốc độ của sổ; xem docs/performance.md.")
    parser.add_argument(
        "--small", action="store_true", help="few rows and rounds: shows that it runs, measures nothing"
    )
    parser.add_argument("--only", choices=NAMES, action="append", help="only this one; may be given several times")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), help="where books are made; a real disk"
    )
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the import")
    given = parser.parse_args()
    if on_memory(given.folder) and not given.small:
        parser.error(f"{given.folder} lies in memory, where writing waits for no disk; give --folder on a real one")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder) as folder:
        os.environ["GUONG_HOME"] = folder  # nobody's own settings are read or written
        _run(Path(folder), given.only or NAMES, given.rows, small=given.small)


def _run(folder: Path, names: tuple[str, ...] | list[str], rows: int, *, small: bool) -> None:
    sample = sample_book(folder / "sample")
    lines: list[Line] = []
    notes: list[tuple[str, list[str]]] = []
    rounds, rows = (2, 400) if small else (5, rows)
    if "single" in names:
        lines += single.measure(sample, folder, rounds=2 if small else 15, steps=20 if small else 100)
    if "import" in names:
        more, stages = importing.measure(sample, folder, rounds=rounds, rows=rows)
        lines += more
        notes.append(("| stage of the import | µs a row |\n| --- | --- |", stages))
    if "startup" in names:
        more, imports = startup.measure(sample, folder, imports=not small)
        lines += more
        notes.append(("Imports:\n", [f"- {line}" for line in imports]))
    if "view" in names:
        sizes = view.SMALL if small else view.SIZES
        lines += view.measure(folder, sizes, rounds=rounds, asks=10 if small else 100)
    say("")
    print(printed(lines))
    for head, told in notes:
        print("\n" + "\n".join([head, *told]))


if __name__ == "__main__":
    main()
