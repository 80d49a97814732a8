"""Damaged files: told in a sentence, never a traceback; and what is derived is simply made again."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from guong.book import Book, Opening
from guong.cli import run
from guong.errors import BookError, DamagedError
from guong.view import projector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

READING = (["board"], ["list"], ["log"], ["replay"], ["check"], ["log", "--json"])


def commands(folder: Path, capsys: pytest.CaptureFixture[str], *codes: int) -> str:
    """Run every reading command, see that each ends with one of the codes and in words, and return what they said."""
    said = ""
    for command in READING:
        code = run(["-C", str(folder), *command])
        told = capsys.readouterr()
        assert code in codes, (command, code, told.err)
        assert "lỗi của chương trình" not in told.err
        assert "Traceback" not in told.err
        assert code == 0 or told.err or told.out
        said += told.out + told.err
    return said


CUTS = [1, 15, 99, 100, 512, 4096, 12_288 + 17, 40_000, -4096, -1]


@pytest.mark.parametrize("cut", CUTS)
def test_a_log_cut_short_is_told_in_words(
    sample_year: Path, tmp_path: Path, cut: int, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "so"
    shutil.copytree(sample_year, folder)
    log = folder / "log.db"
    whole = log.read_bytes()
    log.write_bytes(whole[:cut])
    commands(folder, capsys, 0, 4, 5)
    assert run(["-C", str(folder), "check"]) in (4, 5)
    told = capsys.readouterr()
    assert told.out + told.err
    (folder / "view.db").unlink(missing_ok=True)
    commands(folder, capsys, 0, 4, 5)


def test_a_log_cut_to_nothing_is_no_open_book(
    sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "so"
    shutil.copytree(sample_year, folder)
    (folder / "log.db").write_bytes(b"")
    assert "bị hỏng" in commands(folder, capsys, 5)


@pytest.mark.parametrize("page", range(2, 40, 6))
def test_a_page_of_rubbish_in_the_log_is_told_in_words_and_found_by_check(
    sample_year: Path, tmp_path: Path, page: int, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "so"
    shutil.copytree(sample_year, folder)
    log = folder / "log.db"
    whole = bytearray(log.read_bytes())
    whole[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    log.write_bytes(whole)
    commands(folder, capsys, 0, 5)
    assert run(["-C", str(folder), "check"]) == 5
    assert capsys.readouterr().out


def test_a_flipped_byte_in_an_entry_s_envelope_is_found_by_check(
    sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "so"
    shutil.copytree(sample_year, folder)
    log = folder / "log.db"
    whole = log.read_bytes()
    assert whole.count(b'"salt":') > 200
    log.write_bytes(whole.replace(b'"salt":', b'"sbalt:', 1))
    assert run(["-C", str(folder), "check"]) == 5
    assert "nội dung hỏng" in capsys.readouterr().out
    log.write_bytes(whole.replace(b'"salt":', b'"sald":', 1))  # JSON still, an entry no more
    assert run(["-C", str(folder), "check"]) == 5
    assert "không đọc được nội dung" in capsys.readouterr().out


def put(folder: Path, **columns: object) -> None:
    """Write a row into a log behind the book's back, as text where SQL wants text."""
    values = {
        "originator_id": "a" * 32,
        "originator_version": 1,
        "topic": "unit.unit_registered",
        "state": b"{}",
        **columns,
    }
    with closing(sqlite3.connect(folder / "log.db")) as other:
        other.execute(f"INSERT INTO stored_events ({','.join(values)}) VALUES (?,?,?,?)", tuple(values.values()))
        other.commit()


@pytest.mark.parametrize(
    "stream", ["", "x", "Z" * 32, "a" * 31, "đối tượng", "../../etc", "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"]
)
def test_an_entry_of_a_stream_that_is_none_is_kept_counted_and_shown(
    book: Book, stream: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(book.folder, originator_id=stream)
    assert book.log.head() == 5
    assert [position for position, _ in book.view.unread()] == [5]
    book.close()
    assert "#5" in commands(book.folder, capsys, 0, 5)
    assert run(["-C", str(book.folder), "check"]) == 5


def test_a_folder_without_a_log_is_no_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BookError, match="không phải là một cuốn sổ"):
        Book(tmp_path)
    assert run(["-C", str(tmp_path), "board"]) == 4
    assert "không phải là một cuốn sổ" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("application", [0, 0x47504B47])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path: Path, application: int, mode: str) -> None:
    with closing(sqlite3.connect(tmp_path / "log.db")) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute(f"PRAGMA application_id={application}")
        other.execute("CREATE TABLE messages (text)")
        other.execute("INSERT INTO messages VALUES ('hello')")
        other.commit()
    before = (tmp_path / "log.db").read_bytes()
    with pytest.raises(BookError, match="của chương trình khác"):
        Book(tmp_path)
    assert (tmp_path / "log.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["log.db"]


@pytest.mark.parametrize("content", [b"x" * 100, b"x" * 5000, b"SQLite format 3\0", b"PK\x03\x04" + b"\0" * 200])
def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log.db").write_bytes(content)
    with pytest.raises(DamagedError, match="bị hỏng hoặc không phải là một cuốn sổ"):
        Book(tmp_path)
    assert (tmp_path / "log.db").read_bytes() == content


def test_a_book_of_a_newer_program_is_refused_and_not_touched(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.close()
    with closing(sqlite3.connect(book.folder / "log.db")) as other:
        other.execute("PRAGMA user_version=2")
    before = (book.folder / "log.db").read_bytes()
    with pytest.raises(BookError, match="phiên bản mới hơn lập") as error:
        Book(book.folder)
    assert error.value.fix == "nâng cấp guong"
    assert run(["-C", str(book.folder), "board"]) == 4
    assert "nâng cấp guong" in capsys.readouterr().err
    assert (book.folder / "log.db").read_bytes() == before


# ------------------------------------------------------------------ the view


def board(folder: Path) -> list[Any]:
    """Return the quota board of a sample book."""
    with Book(folder) as book:
        return book.view.board(book.view.states("plan")[0])


def units_or_fault(folder: Path) -> list[str]:
    """Return the keys of all units, or the file that the message and the advice name in their place."""
    try:
        with Book(folder) as book:
            assert book.view.board(book.view.states("plan")[0])
            return book.view.keys("unit")
    except DamagedError as error:
        return [word for said in (error.message, error.fix) for word in re.findall(r"\w+\.db", said)]


@pytest.mark.parametrize("side", ["", "-wal", "-shm"])
@pytest.mark.parametrize("content", [None, b"", b"rubbish", b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_view_that_is_gone_or_rubbish_is_made_again(sample: Book, side: str, content: bytes | None) -> None:
    sample.close()
    right = board(sample.folder)
    path = sample.folder / f"view.db{side}"
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    assert board(sample.folder) == right
    assert board(sample.folder) == right


@pytest.mark.parametrize("page", [0, 1, 2, 5, 9, 14])
def test_a_page_of_rubbish_in_the_view_is_made_good_or_told_as_the_view_s(sample: Book, page: int) -> None:
    sample.close()
    units = units_or_fault(sample.folder)
    path = sample.folder / "view.db"
    whole = bytearray(path.read_bytes())
    whole[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    path.write_bytes(whole)
    said = units_or_fault(sample.folder)
    if said != units:
        assert said == ["view.db", "view.db"]
        path.unlink()
    assert units_or_fault(sample.folder) == units


def test_a_view_whose_pages_are_rubbish_is_made_anew_when_it_has_to_be_written(
    sample: Book, unit_row: Callable[..., dict[str, Any]]
) -> None:
    sample.close()
    path = sample.folder / "view.db"
    for page in range(1, path.stat().st_size // 4096, 8):
        assert len(units_or_fault(sample.folder)) > 30
        whole = bytearray(path.read_bytes())
        whole[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
        path.write_bytes(whole)
        with Book(sample.folder) as book:
            book.record(unit_row(f"to-{page}", by="noi-vu-01"))
        said = units_or_fault(sample.folder)
        if said == ["view.db", "view.db"]:
            path.unlink()
            said = units_or_fault(sample.folder)
        assert said[-1] == f"to-{page}"


@pytest.mark.parametrize("statement", [
    "UPDATE meta SET value='0/0.0.1' WHERE key='fingerprint'", "DELETE FROM meta", "DROP TABLE meta", "DROP TABLE tracking",
    "DROP TABLE entry", "ALTER TABLE entry RENAME COLUMN happened TO code", "CREATE TABLE other (a)",
])  # fmt: skip
def test_a_view_of_another_version_or_shape_is_made_again(
    sample: Book, statement: str, unit_row: Callable[..., dict[str, Any]]
) -> None:
    sample.close()
    right = board(sample.folder)
    with closing(sqlite3.connect(sample.folder / "view.db")) as other:
        other.execute("UPDATE total SET total=9")
        if statement != "CREATE TABLE other (a)":
            other.execute("UPDATE meta SET value='0/0.0.1' WHERE key='fingerprint'")
        else:
            other.rollback()
        other.execute(statement)
        other.commit()
    assert board(sample.folder) == right
    with Book(sample.folder) as book:
        book.record(unit_row("to-1", by="noi-vu-01"))
        assert book.view.keys("unit")[-1] == "to-1"


def test_the_view_of_an_older_program_with_other_tables_is_made_again(
    sample: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = board(sample.folder)
    sample.close()
    (sample.folder / "view.db").unlink()
    with monkeypatch.context() as older:
        older.setattr(projector, "VERSION", 0)
        older.setattr(projector, "TABLES", ("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                                            "CREATE TABLE entry (position INTEGER PRIMARY KEY)"))  # fmt: skip
        with Book(sample.folder) as book:
            book.projector.close()
    assert board(sample.folder) == right


def test_a_log_replaced_by_that_of_another_book_is_told(sample: Book, tmp_path: Path, opening: Opening) -> None:
    assert sample.view.exemplars()
    sample.close()
    other = tmp_path / "other"
    Book.create(other, opening).close()
    with Book(other) as small:  # longer than the sample, so that only the entries themselves can tell
        for number in range(300):
            small.record(
                {
                    "step": "unit_registered",
                    "key": f"to-{number}",
                    "name": "Tổ",
                    "occurred_on": "2024-02-01",
                    "by": "nv-01",
                }
            )
    shutil.copyfile(other / "log.db", sample.folder / "log.db")
    with Book(sample.folder) as book, pytest.raises(DamagedError, match="ngắn hơn hoặc khác") as error:
        assert book.view
    assert "view.db" in error.value.fix
    (sample.folder / "view.db").unlink()
    with Book(sample.folder) as book:
        assert len(book.view.keys("unit")) == 301


@pytest.mark.parametrize("gone", [1, 100])
def test_a_log_whose_tail_was_taken_away_is_told_and_the_view_keeps_what_it_saw(sample: Book, gone: int) -> None:
    assert sample.view.exemplars()
    head = sample.log.head()
    sample.close()
    with closing(sqlite3.connect(sample.folder / "log.db")) as other:
        other.execute("DROP TRIGGER stored_events_no_delete")
        other.execute("DELETE FROM stored_events WHERE rowid>?", [head - gone])
        other.commit()
    for _ in range(2):
        with (
            Book(sample.folder) as book,
            pytest.raises(DamagedError, match=rf"đã đọc đến #{head}, nay sổ có #{head - gone}"),
        ):
            assert book.view


def test_a_log_whose_tail_was_taken_away_and_written_anew_is_told(
    sample: Book, unit_row: Callable[..., dict[str, Any]]
) -> None:
    assert sample.view.exemplars()
    head = sample.log.head()
    sample.close()
    with closing(sqlite3.connect(sample.folder / "log.db")) as other:
        other.execute("DROP TRIGGER stored_events_no_delete")
        other.execute("DELETE FROM stored_events WHERE rowid>?", [head - 3])
        other.execute("UPDATE sqlite_sequence SET seq=?", [head - 3])
        other.commit()
    with Book(sample.folder) as book:
        for number in range(5):
            book.record(unit_row(f"to-{number}", by="noi-vu-01"))
        with pytest.raises(DamagedError, match="ngắn hơn hoặc khác"):
            assert book.view
