"""The view: the same content however it was built."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from guong.book import Book
from guong.log.application import EventLog
from guong.view.projector import Projector

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.domain.entry import Stored

WRITER = Path(__file__).parents[1] / "faults" / "writer.py"


def content(view: Path) -> dict[str, list[Any]]:
    """Return every row of every table of a view file."""
    with closing(sqlite3.connect(view)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY 1")]
        return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


@pytest.fixture
def at_once(long_book: Path, tmp_path: Path) -> dict[str, list[Any]]:
    """Return the content of a view that was built in one go."""
    return built(long_book, tmp_path / "at-once.db", lambda: 100_000)


class Batched(EventLog):
    """A log that gives its entries in batches of chosen sizes."""

    sizes: Callable[[], int]

    def read(self, after: int = 0, limit: int = 1000) -> list[Stored]:
        """Return a batch; who asks for one entry gets one."""
        return super().read(after, limit if limit == 1 else self.sizes())


def built(book: Path, view: Path, sizes: Callable[[], int]) -> dict[str, list[Any]]:
    """Build a view of a book in batches of given sizes and return its content."""
    address = {"SQLITE_DBNAME": f"{(book / 'log.db').as_uri()}?mode=rw"}
    with closing(Batched(address)) as log, Book(book) as same:
        log.sizes = sizes
        projector = Projector(view, log, same.projector.words)
        try:
            assert projector.catch_up() == log.head()
        finally:
            projector.close()
    return content(view)


def test_the_book_that_is_compared_holds_what_views_get_wrong(at_once: dict[str, list[Any]]) -> None:
    empty = {table for table, rows in at_once.items() if not rows}
    assert empty == {"stale"}, "every table takes part in the comparison"
    steps = [row[6] for row in at_once["entry"]]
    assert steps.count("entry_corrected") >= 8
    assert steps.count("entry_voided") >= 15
    assert len(at_once["exemplar"]) >= 10


def test_every_state_in_the_view_is_what_the_entries_of_its_stream_come_to(long_book: Path, tmp_path: Path) -> None:
    shutil.copytree(long_book, tmp_path / "so")
    with Book(tmp_path / "so") as book:
        streams = {stored.stream: stored.kind for stored in book.log.all()}
        assert len(streams) > 80
        for stream, kind in streams.items():
            assert book.view.state(stream) == book.world.load(stream, kind)[0], kind


def test_a_correction_and_a_voiding_change_the_view_and_a_voided_voiding_brings_it_back(sample: Book) -> None:
    (row, *_) = [one for one in sample.view.exemplars() if one.stage == "supported"]
    entries = [one.entry for one in sample.log.stream(row.id) if one.entry and one.entry.step == "supported"]
    envelope = {"by": "noi-vu-01", "occurred_on": "2025-01-10", "reason": "thử"}
    before = sample.view.state(row.id).marks["supported"]
    last = max(entries, key=lambda one: one.occurred_on)
    sample.record({"step": "entry_corrected", "entry": last.id, "happened_on": "2024-12-30", **envelope})
    assert sample.view.state(row.id).marks["supported"].on == "2024-12-30"
    voided = sample.record({"step": "entry_voided", "entry": last.id, **envelope})
    after = sample.view.state(row.id).marks.get("supported")
    assert (after.count if after else 0) == before.count - 1
    assert not after or after.on < "2024-12-30"
    sample.record({"step": "entry_voided", "entry": voided.id, **envelope})
    assert sample.view.state(row.id).marks["supported"].on == "2024-12-30"
    assert sample.view.state(row.id).marks["supported"].count == before.count


def test_a_view_built_entry_by_entry_while_recording_is_the_same(
    long_book: Path, at_once: dict[str, list[Any]]
) -> None:
    assert content(long_book / "view.db") == at_once


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5])
def test_a_view_built_in_batches_of_any_size_is_the_same(
    long_book: Path, tmp_path: Path, at_once: dict[str, list[Any]], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    assert (
        built(long_book, tmp_path / "view.db", lambda: chance.choice((1, 2, 3, 7, 50, 300)) if seed else 1) == at_once
    )


def test_a_view_that_was_rebuilt_is_the_same(long_book: Path, tmp_path: Path, at_once: dict[str, list[Any]]) -> None:
    shutil.copytree(long_book, tmp_path / "so")
    with Book(tmp_path / "so") as book:
        book.projector.rebuild()
    assert content(tmp_path / "so" / "view.db") == at_once


def killed(folder: Path, limit: int, writes: int) -> bool:
    """Let a process of its own build the view in batches and die at a write; tell whether it died there."""
    child = subprocess.Popen(
        [sys.executable, str(WRITER), "follow", str(folder), str(limit), str(writes)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    _, said = child.communicate("go\n", timeout=60)
    assert child.returncode in (0, -signal.SIGKILL), said
    return child.returncode == -signal.SIGKILL


def test_a_view_whose_building_was_killed_again_and_again_is_the_same(
    long_book: Path, tmp_path: Path, at_once: dict[str, list[Any]]
) -> None:
    folder = tmp_path / "so"
    shutil.copytree(long_book, folder)
    (folder / "view.db").unlink()
    chance, reached = random.Random(7), []  # noqa: S311 - no secrets here
    for writes in (4, 9, 1, -1, 6, -1):  # -1: before the position of the first batch is kept
        assert killed(folder, chance.choice((10, 20)), writes)
        with closing(sqlite3.connect(folder / "view.db")) as db:
            (position,) = db.execute(
                "SELECT max(notification_id) FROM tracking WHERE application_name='guong'"
            ).fetchone()
            (entries,) = db.execute("SELECT count(*) FROM entry").fetchone()
            assert entries == (position or 0), "a batch and its position are one"
            reached.append(position or 0)
    assert reached == sorted(reached)
    assert 0 < reached[-1] < len(at_once["entry"])
    with Book(folder) as book:
        assert book.view
    assert content(folder / "view.db") == at_once


def test_two_projectors_on_one_view_never_skip_what_the_other_has_not_taken(
    book: Book, unit_row: Callable[..., dict[str, Any]]
) -> None:
    """One has read a long batch; before it applies it, the other applies a shorter one."""
    assert book.view
    book.record(unit_row("phong-b"))
    with Book(book.folder) as other, Book(book.folder) as slow:
        projector, read = slow.projector, slow.log.read

        def interrupted(after: int = 0, limit: int = 1000) -> list[Stored]:
            if limit == 1:
                return read(after, limit)
            batch = read(after, limit)
            slow.log.read = read  # type: ignore[method-assign]
            first, other.log.read = other.log.read, lambda a=0, limit=1000: first(a, min(limit, 1))  # type: ignore[method-assign, assignment]
            other.projector._apply(other.log.read(after), after)
            return batch

        book.record(unit_row("phong-c"))
        slow.log.read = interrupted  # type: ignore[method-assign]
        assert projector.catch_up() == 6
        assert slow.view.keys("unit") == ["phong-a", "phong-b", "phong-c"]
    assert book.view.keys("unit") == ["phong-a", "phong-b", "phong-c"]


def test_a_gap_in_the_positions_does_not_stop_the_view(book: Book, unit_row: Callable[..., dict[str, Any]]) -> None:
    assert book.view
    with closing(sqlite3.connect(book.folder / "log.db")) as other:
        other.execute("UPDATE sqlite_sequence SET seq=9")
        other.commit()
    book.record(unit_row("phong-b"))
    assert book.log.head() == 10
    assert book.view.keys("unit") == ["phong-a", "phong-b"]
    assert book.projector.position() == 10


def test_a_view_that_is_opened_anew_for_every_entry_is_the_same(
    long_book: Path, tmp_path: Path, at_once: dict[str, list[Any]]
) -> None:
    """What one process keeps in memory, the next one reads from the file."""
    address = {"SQLITE_DBNAME": f"{(long_book / 'log.db').as_uri()}?mode=rw"}
    with closing(Batched(address)) as log, Book(long_book) as same:
        log.sizes = lambda: 3
        while True:
            projector = Projector(tmp_path / "view.db", log, same.projector.words)
            at = projector.position()
            projector._apply(log.read(at), at)
            while projector._apply([], projector.position()):
                pass
            done = projector.position() == log.head()
            projector.close()
            if done:
                break
    assert content(tmp_path / "view.db") == at_once
