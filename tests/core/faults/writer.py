"""A program of its own that works on a book, to be killed or raced: `writer.py MODE FOLDER ...`.

It says `ready` once the book is open and waits for a line before it starts.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from guong.book import Book
from guong.errors import GuongError
from guong.log.application import EventLog
from guong.recording import Order
from guong.view import projector
from guong.view.streams import Streams

ENVELOPE = {"occurred_on": "2024-02-01", "by": "nv-01"}


def group(key: str, paper: Path) -> list[dict[str, Any]]:
    """Return three rows that belong together: a unit on a paper, an officer with a key of his own, his role on a paper."""
    papers = [{"number": "1", **({"file": str(paper)} if paper.name else {})}]
    return [
        {"step": "unit_registered", "key": f"u-{key}", "name": f"Tổ {key}", "papers": papers, **ENVELOPE},
        {"step": "officer_enrolled", "key": f"o-{key}", "name": "Người Mới", "unit": f"u-{key}", **ENVELOPE},
        {
            "step": "role_granted",
            "officer": f"o-{key}",
            "role": "theo-doi",
            "unit": f"u-{key}",
            "papers": papers,
            **ENVELOPE,
        },
    ]


def start() -> None:
    """Wait until the parent says go."""
    print("ready", flush=True)
    sys.stdin.readline()


def record(book: Book, key: str, paper: Path) -> list[str]:
    """Record one group and return the ids of its entries."""
    rows = group(key, paper)
    return [receipt.id for receipt in book.record_all(lambda: rows, Order(channel="import", outside=True))]


def loop(folder: Path, acknowledged: Path, paper: Path, name: str) -> None:
    """Record groups for ever; acknowledge each in a file that is on the disk before the next begins."""
    with Book(folder) as book, acknowledged.open("a", encoding="ascii") as file:
        start()
        for number in range(100_000):
            file.write("".join(f"{id_}\n" for id_ in record(book, f"{name}-{number}", paper)))
            file.flush()
            os.fsync(file.fileno())


def cut_off(folder: Path, paper: Path, key: str, place: str) -> None:
    """Die while recording a group: `before-append`, or between the entries and their commit."""
    append = EventLog.append

    def dying(self: EventLog, events: Any) -> list[int]:
        if place == "before-commit":
            append(self, events)
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    EventLog.append = dying  # type: ignore[method-assign]
    with Book(folder) as book:
        start()
        record(book, key, paper)


def stay(folder: Path, paper: Path, key: str) -> None:
    """Record one group and die without closing, so that it stays in the write-ahead log."""
    with Book(folder) as book:
        start()
        record(book, key, paper)
        os.kill(os.getpid(), signal.SIGKILL)


def race(folder: Path, paper: Path, key: str) -> None:
    """Record one group and say how that went: the number of entries, or the codes of what refused it."""
    with Book(folder, lock_timeout=30) as book:
        start()
        try:
            print("recorded", len(record(book, key, paper)))
        except GuongError as error:
            print(
                "refused", *sorted({problem.code for _, problem in getattr(error, "problems", ())}) or [error.message]
            )


def hold(folder: Path) -> None:
    """Hold the book's lock until the parent says go."""
    with Book(folder) as book, book.log.locked():
        start()


def follow(folder: Path, limit: str, writes: str) -> None:
    """Bring the view up in small batches and die in the middle of the given write, or before the next position is kept."""
    left, read, write = int(writes), EventLog.read, Streams.write
    track = projector.ViewRecorder._insert_tracking

    def small(self: EventLog, after: int = 0, _: int = 0) -> Any:
        return read(self, after, int(limit))

    def dying(self: Any, cursor: Any) -> None:
        nonlocal left
        left -= 1
        write(self, cursor)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def tracking(self: Any, *given: Any) -> None:
        if left < 0:  # a negative count of writes
            os.kill(os.getpid(), signal.SIGKILL)
        track(self, *given)

    with Book(folder) as book:
        EventLog.read = small  # type: ignore[method-assign, assignment]
        Streams.write = dying  # type: ignore[method-assign]
        projector.ViewRecorder._insert_tracking = tracking  # type: ignore[method-assign, assignment]
        start()
        assert book.view


def view(folder: Path) -> None:
    """Bring the view up and say how far it has come."""
    with Book(folder) as book:
        start()
        try:
            print("view", len(book.view.keys("unit")), book.projector.position())
        except GuongError as error:
            print("refused", error.message)


if __name__ == "__main__":
    mode, *rest = sys.argv[1:]
    if mode == "loop":
        loop(Path(rest[0]), Path(rest[1]), Path(rest[2]), rest[3])
    elif mode == "cut-off":
        cut_off(Path(rest[0]), Path(rest[1]), rest[2], rest[3])
    elif mode == "stay":
        stay(Path(rest[0]), Path(rest[1]), rest[2])
    elif mode == "race":
        race(Path(rest[0]), Path(rest[1]), rest[2])
    elif mode == "hold":
        hold(Path(rest[0]))
    elif mode == "follow":
        follow(Path(rest[0]), rest[1], rest[2])
    elif mode == "view":
        view(Path(rest[0]))
