"""Backups: one moment of a book, whatever is written meanwhile; keys apart; the same bytes when restored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guong.book import Book
from guong.checking import check
from guong.errors import BookError, DamagedError
from guong.restoring import restore

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

WRITER = Path(__file__).parents[1] / "faults" / "writer.py"


def rows(book: Book) -> list[tuple[Any, ...]]:
    """Return every row of a log, bytes as they are."""
    return [
        (one.id, one.originator_id, one.originator_version, one.topic, one.state) for one in book.log.raw(0, 100_000)
    ]


def names(folder: Path) -> set[str]:
    """Return the names of what lies in a folder."""
    return {path.name for path in folder.iterdir()}


def test_a_restored_book_has_the_same_bytes_files_keys_and_board(sample: Book, tmp_path: Path) -> None:
    board = sample.view.board(sample.view.states("plan")[0])
    sample.backup(tmp_path / "sao", tmp_path / "khoa")
    assert names(tmp_path / "sao") == {"log.db", "evidence", "guong.toml"}
    assert names(tmp_path / "khoa") == {"keys.db"}
    restore(tmp_path / "sao", tmp_path / "moi", tmp_path / "khoa")
    with Book(tmp_path / "moi") as new:
        assert rows(new) == rows(sample)
        assert list(check(new)) == []
        assert new.view.board(new.view.states("plan")[0]) == board
        for one in (*sample.view.states("subject"), *sample.view.states("officer")):
            assert new.name(one.id) == sample.name(one.id) != "‹không còn khóa›"
        files = {path.name: path.read_bytes() for path in sample.evidence.files()}
        assert {path.name: path.read_bytes() for path in new.evidence.files()} == files
        assert (
            new.record(
                {"step": "unit_registered", "key": "to-1", "name": "Tổ", "occurred_on": "2024-06-01", "by": "noi-vu-01"}
            ).position
            == len(rows(sample)) + 1
        )


def test_a_restored_book_without_keys_reads_and_says_that_they_are_missing(sample: Book, tmp_path: Path) -> None:
    sample.backup(tmp_path / "sao")
    restore(tmp_path / "sao", tmp_path / "moi")
    with Book(tmp_path / "moi") as new:
        assert rows(new) == rows(sample)
        assert {fault.kind for fault in check(new)} == {"key-missing"}
        assert {new.name(one.id) for one in new.view.states("subject")} == {"‹không còn khóa›"}


def test_no_key_stands_in_a_backup(sample: Book, tmp_path: Path) -> None:
    sample.backup(tmp_path / "sao", tmp_path / "khoa")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "sao").rglob("*") if path.is_file())
    keys = [sample.vault.key(owner) for owner in sample.vault.owners()]
    assert len(keys) > 20
    assert not [key for key in keys if key is None or key in everything]


@pytest.mark.parametrize("keys", ["sao", "sao/khoa", "sao/../sao/x"])
def test_keys_are_never_put_beside_the_copy_they_open(sample: Book, tmp_path: Path, keys: str) -> None:
    with pytest.raises(BookError, match="khóa phải để riêng"):
        sample.backup(tmp_path / "sao", tmp_path / keys)
    assert not (tmp_path / "sao").exists()


def test_a_backup_never_goes_over_something_else(sample: Book, tmp_path: Path) -> None:
    (tmp_path / "sao").mkdir()
    (tmp_path / "sao" / "x").touch()
    with pytest.raises(BookError, match="không trống"):
        sample.backup(tmp_path / "sao")
    sample.backup(tmp_path / "sao2")
    with pytest.raises(BookError, match="không trống"):
        restore(tmp_path / "sao2", sample.folder)
    assert list(check(sample)) == []


def test_only_a_whole_backup_is_restored(sample: Book, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="không phải là bản sao"):
        restore(tmp_path, tmp_path / "moi")
    sample.backup(tmp_path / "sao")
    with pytest.raises(BookError, match=r"không có keys\.db"):
        restore(tmp_path / "sao", tmp_path / "moi", tmp_path)
    (tmp_path / "sao" / "log.db").write_bytes((tmp_path / "sao" / "log.db").read_bytes()[:50])
    with pytest.raises(DamagedError):
        restore(tmp_path / "sao", tmp_path / "moi")
    assert not (tmp_path / "moi").exists()


def test_a_backup_taken_while_somebody_writes_is_one_moment_of_the_book(book: Book, tmp_path: Path) -> None:
    book.close()
    child = subprocess.Popen(
        [sys.executable, str(WRITER), "loop", str(book.folder), str(tmp_path / "acknowledged"), "", "a"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("go\n")
        child.stdin.flush()
        with Book(book.folder) as reader:
            for number in range(4):
                while reader.log.head() < 4 + 6 * (number + 1):  # so that it is surely writing
                    assert child.poll() is None
                reader.backup(tmp_path / f"sao-{number}", tmp_path / f"khoa-{number}")
                assert child.poll() is None
    finally:
        child.kill()
        child.communicate()
    with Book(book.folder) as original:
        whole = rows(original)
    for number in range(4):
        restore(tmp_path / f"sao-{number}", tmp_path / f"moi-{number}", tmp_path / f"khoa-{number}")
        with Book(tmp_path / f"moi-{number}") as new:
            assert {fault.kind for fault in check(new)} <= {"file-loose"}
            copied = rows(new)
            assert copied == whole[: len(copied)]
            assert (len(copied) - 4) % 3 == 0
            assert len(copied) >= 4 + 6 * (number + 1)


def test_a_backup_holds_what_still_stands_in_the_write_ahead_log(
    book: Book, tmp_path: Path, unit_row: Callable[..., dict[str, Any]]
) -> None:
    book.record(unit_row("phong-b"))
    assert (book.folder / "log.db-wal").stat().st_size > 0
    book.backup(tmp_path / "sao")
    assert names(tmp_path / "sao") == {"log.db", "guong.toml"}
    with Book(tmp_path / "sao") as copy:
        assert copy.log.head() == 5
