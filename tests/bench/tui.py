"""How `guong tui` compares with the least a terminal UI can cost: `python -m tests.bench.tui BOOK … [--rounds 5] [--table 100000]`.

Every figure is taken behind a pseudo-terminal of 120 × 36 cells; the apps take turns, each in a process of its own.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.books import say
from tests.bench.screens import MARK
from tests.bench.table import Line, median, p95, printed, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PATIENCE = 1800
_PAINTED = "Người ghi"
"""What ours shows once every panel is filled: a label of the entry at the cursor."""
_PAGE_DOWN, _A_SECOND, _SECONDS = b"\x1b[6~", 30, 5


@contextmanager
def terminal(command: Sequence[str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a command in a terminal of its own; yield it and the terminal's other end."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True)
    os.close(slave)
    os.set_blocking(master, False)
    try:
        yield process, master
    finally:
        process.kill()
        process.wait()
        os.close(master)


def drain(master: int, until: Callable[[bytes], bool]) -> None:
    """Read what an app draws, as a terminal would, until `until` says so of all that was read; or the app has ended."""
    seen, end = b"", time.monotonic() + _PATIENCE
    while not until(seen):
        try:
            seen = seen[-4096:] + os.read(master, 65536)
        except BlockingIOError:
            time.sleep(0.0005)
        except OSError:
            return
        if time.monotonic() > end:
            raise TimeoutError("the app did not answer")


def painted(command: Sequence[str], mark: str) -> float:
    """Return the milliseconds from the start of a command to when a mark is drawn."""
    start = time.perf_counter()
    with terminal(command) as (_, master):
        drain(master, lambda seen: mark.encode() in seen)
        took = time.perf_counter() - start
    return took * 1000


def child(what: str, book: Path, out: Path, *more: str) -> dict[str, Any]:
    """Run one measurement of `screens.py` and return what it found."""
    with terminal([sys.executable, "-m", "tests.bench.screens", what, str(book), str(out), *more]) as (process, master):
        drain(master, lambda _: process.poll() is not None)
        process.wait()
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def held(book: Path, out: Path) -> float:
    """Hold page down for some seconds, and return by how many screens what is shown was behind at most."""
    out.unlink(missing_ok=True)
    with terminal([sys.executable, "-m", "tests.bench.screens", "paging", str(book), str(out)]) as (process, master):
        ready = out.with_suffix(".ready")
        drain(master, lambda _: ready.exists())
        pressed: list[float] = []
        begin = time.perf_counter()
        while len(pressed) < _A_SECOND * _SECONDS:
            if time.perf_counter() - begin >= len(pressed) / _A_SECOND:
                pressed.append(time.perf_counter())
                os.write(master, _PAGE_DOWN)
            drain(master, lambda _: True)
            time.sleep(0.001)
        drain(master, lambda _: process.poll() is not None)
        ready.unlink()
    seen = json.loads(out.read_text(encoding="utf-8"))["seen"]
    page = (seen[-1][1] - 1) / len(pressed)
    shown = [(at, (position - 1) / page) for at, position in seen]
    behind = [sum(press <= at for press in pressed) - pages for at, pages in shown]
    return float(max(behind))


def measure(book: Path, out: Path, rounds: int) -> list[Line]:
    """Measure one book against the bare app, taking turns."""
    guong = [str(Path(sys.executable).with_name("guong")), "-C", str(book), "tui"]
    screens = [sys.executable, "-m", "tests.bench.screens"]
    paints: dict[str, list[float]] = {"ours": [], "through": [], "alone": []}
    bare, ours = [], []
    for number in range(rounds + 1):  # the first one warms the caches
        say(f"{book.name}, round {number}")
        one = {
            "alone": painted([*screens, "alone", "-", "-"], MARK), "through": painted([*screens, "through", str(book), "-"], MARK),
            "ours": painted(guong, _PAINTED),
        }  # fmt: skip
        moves = child("bare", book, out), child("ours", book, out)
        if number:
            for name, figure in one.items():
                paints[name].append(figure)
            bare.append(moves[0])
            ours.append(moves[1])
    head = ours[0]["head"]
    return [
        *_paints(head, paints), *_moves(head, bare, ours),
        Line(f"page down held for {_SECONDS} s, {head:,} entries", held(book, out), "screens behind", f"{_A_SECOND} a second", most=1),
    ]  # fmt: skip


def _paints(head: int, paints: dict[str, list[float]]) -> list[Line]:
    lines = []
    for name, words, most in (("through", "a bare app through `guong`", 1.3), ("alone", "the bare app alone", 1.5)):
        ratios = [one / other for one, other in zip(paints["ours"], paints[name], strict=True)]
        figures = f"{spread(ratios)}; ours {median(paints['ours']):.0f} ms, bare {median(paints[name]):.0f} ms"
        lines.append(Line(f"first full paint, {head:,} entries", median(ratios), f"× {words}", figures, most=most))
    return lines


def _moves(head: int, bare: list[dict[str, Any]], ours: list[dict[str, Any]]) -> list[Line]:
    ratios = [median(one["moves"]) / median(other["moves"]) for one, other in zip(ours, bare, strict=True)]
    p50s, p95s = [median(one["moves"]) for one in ours], [p95(one["moves"]) for one in ours]
    raw = median([median(one["moves"]) for one in bare])
    more = median([one["resident"] - other["resident"] for one, other in zip(ours, bare, strict=True)]) / 1024
    pages, counts = ([each for one in ours for each in one[what]] for what in ("pages", "counts"))
    repaint = f"{spread(ratios)}; ours {median(p50s):.1f} ms, bare {raw:.1f} ms"
    memory = f"ours {ours[0]['resident'] / 1024:.0f} MB, bare {bare[0]['resident'] / 1024:.0f} MB"
    return [
        Line(f"move to any entry, p50, {head:,}", median(ratios), "× bare repaint", repaint, most=4),
        Line(f"move to any entry, p95, {head:,}", median(p95s), "ms", spread(p95s), most=60),
        Line(f"memory after 250 moves, {head:,}", more, "MB over bare", memory, most=40),
        Line(f"first page of a filter, {head:,}", median(pages), "ms", spread(pages), most=50),
        Line(f"a filter counted, {head:,}", median(counts), "ms", spread(counts)),
    ]


def main() -> None:
    """Measure the books that are named, and print one table."""
    parser = argparse.ArgumentParser(description="Đo màn hình của guong; xem docs/performance.md.")
    parser.add_argument(
        "book", type=Path, nargs="*", help="books with a current view, as tests.bench.view --keep leaves them"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--table", type=int, nargs="*", default=[], help="sizes of a DataTable to show beside it")
    given = parser.parse_args()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        os.environ["GUONG_HOME"] = home  # nobody's own settings are read or written
        out = Path(home) / "measured.json"
        for book in given.book:
            lines += measure(book, out, given.rounds)
        for rows in given.table:
            say(f"DataTable of {rows:,}")
            found = child("table", Path("-"), out, str(rows))
            figures = f"ready after {found['ready']:.1f} s, resident {found['resident'] / 1024:.0f} MB, p95 {p95(found['moves']):.0f} ms"
            lines.append(Line(f"DataTable of {rows:,}: move to any row, p50", median(found["moves"]), "ms", figures))
    print(printed(lines))


if __name__ == "__main__":
    main()
