"""The books that are measured: the sample book, and the same with some hundreds of exemplars more; always on a real disk."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guong import places
from guong.book import Book, Sample
from guong.demo import demo
from guong.plugins import Plugins
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.view.listing import ExemplarRow

PLAN, FIELD, LEAD = "van-quan-2024", "nong-thon-moi", "phong-nn-ptnt"
ACTING = {"by": "nnptnt-01", "as_role": "theo-doi", "in_unit": LEAD}
CLOCK = dt.datetime(2025, 6, 30, 5, 0, tzinfo=dt.UTC)
"""What the clock of every measured book says, so that the same steps are judged the same on any day."""

INSERT = "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
RawRow = tuple[str, int, str, bytes]
"""A stored row: stream, version, topic, bytes."""


def on_memory(folder: Path) -> bool:
    """Tell whether `folder` lies in memory, where nothing that is written has to wait for a disk."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return False
    whole = f"{folder.resolve()}/"
    points = (line.split()[1:3] for line in mounts.read_text(encoding="utf-8").splitlines())
    fitting = [(point, kind) for point, kind in points if whole.startswith(point.rstrip("/") + "/")]
    return bool(fitting) and max(fitting, key=lambda one: len(one[0]))[1] in ("tmpfs", "ramfs")


def open_book(folder: Path) -> Book:
    """Open a measured book: its clock stands still, its randomness is the machine's."""
    return Book(folder, sample=Sample(lambda: CLOCK, os.urandom))


def sample_book(folder: Path) -> Path:
    """Make the sample year in `folder`."""
    demo(folder, Plugins(), PLAN).close()
    return folder


def wide_book(source: Path, folder: Path, exemplars: int) -> list[str]:
    """Copy a book, add exemplars to the copy, bring its view up to date and return their ids."""
    shutil.copytree(source, folder)
    registrar = {"by": "noi-vu-01", "as_role": "quan-tri", "in_unit": "phong-noi-vu", "occurred_on": "2024-04-01"}

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(exemplars):
            subject = {"kind": "person", "name": f"Nông Văn Thứ {number}", "unit": "xa-diem-he"}
            yield {"step": "subject_registered", "label": f"@s{number}", **subject, **registrar}
            found = {"subject": f"@s{number}", "field": FIELD, "source": "periodic_report", "lead": LEAD}
            told = {"achievement": "Hiến đất, góp công làm đường thôn", "details": {"hien_dat": 120 + number}}
            yield {"step": "discovered", "occurred_on": "2024-04-02", "plan": PLAN, **found, **told, **ACTING}

    with open_book(folder) as book:
        book.record_all(rows, Order(channel="import", outside=True, keep=False))
        return [one.id for one in book.view.exemplars(field=FIELD)][-exemplars:]


def steps(exemplars: list[str], count: int) -> Iterator[dict[str, Any]]:
    """Yield `count` steps in the lives of `exemplars`, of four kinds in turn, dates spread over half a year."""
    start = dt.date(2024, 6, 1)
    for number in range(count):
        day = (start + dt.timedelta(days=number * 200 // count)).isoformat()
        shared = {"exemplar": exemplars[number % len(exemplars)], "occurred_on": day, **ACTING}
        yield {**shared, **_KINDS[number // len(exemplars) % len(_KINDS)]}


_PAPER = {
    "kind": "Báo cáo",
    "number": "41",
    "notation": "BC-UBND",
    "date": "2024-06-01",
    "issuer": "UBND xã",
    "title": "Kết quả",
}
_KINDS: tuple[dict[str, Any], ...] = (
    {"step": "officer_assigned", "officer": "nnptnt-01", "task": "Theo dõi, giúp viết kinh nghiệm"},
    {"step": "supported", "kind": "visit", "what": "Đi cơ sở, hướng dẫn ghi chép sổ góp công", "details": {"ngay_cong": 12}},
    {"step": "publicised", "channel": "loudspeaker", "title": "Tấm gương hiến đất làm đường", "papers": [_PAPER]},
    {"step": "supported", "kind": "training", "what": "Tập huấn cách vận động hộ liền kề", "details": {"duong": "0,4"}},
)  # fmt: skip


def followed(book: Book) -> list[ExemplarRow]:
    """Return the exemplars of the sample year that an officer follows, so that support can be recorded."""
    return [one for one in book.view.exemplars(field=FIELD) if "officer_assigned" in book.view.state(one.id).marks]


def write_lines(path: Path, exemplars: list[str], count: int) -> Path:
    """Write the steps to a JSON Lines file, as an office would hand them in."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in steps(exemplars, count))
    return path


def stored_rows(folder: Path, after: int) -> list[RawRow]:
    """Return what a book has stored after a position, as raw rows."""
    with open_book(folder) as book:
        path = (book.folder / places.LOG).absolute()
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    rows = database.execute(
        "SELECT originator_id, originator_version, topic, state FROM stored_events WHERE rowid>? ORDER BY rowid",
        [after],
    ).fetchall()
    database.close()
    return rows


def raw_log(folder: Path) -> sqlite3.Connection:
    """Open the log of a copied book with bare SQLite: its own table, indexes and triggers, the durability of a book."""
    database = sqlite3.connect(folder / places.LOG, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    return database


def fresh(source: Path, folder: Path) -> Path:
    """Copy a book to `folder`, taking the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder


def say(text: str) -> None:
    """Tell on stderr what is being measured."""
    print(text, file=sys.stderr, flush=True)
