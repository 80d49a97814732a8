"""Full disks and media that cannot be written to."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from guong import places
from guong.book import Book, Opening
from guong.checking import check
from guong.cli import run
from guong.errors import BookError, GuongError
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    Fingerprints = Callable[[Path], dict[str, str]]
    Writer = Callable[..., subprocess.Popen[str]]


def fill(folder: Path, leave: int) -> Path:
    """Fill the disk of a folder but for some bytes and return the file that does."""
    path = folder / "day"
    room = shutil.disk_usage(folder).free - leave
    path.write_bytes(b"\0" * max(0, room // 4096 * 4096))
    return path


def record_until_full(book: Book) -> None:
    """Record batch after batch; the first may still fit."""
    for start in range(0, 2000, 100):
        rows = paper_rows(50, start)
        book.record_all(lambda rows=rows: rows, Order())  # type: ignore[misc]


def paper_rows(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Return rows with keys of their own and some bulk."""
    return [
        {
            "step": "officer_enrolled", "key": f"o-{number}", "name": "Người Mới " + "x" * 900, "unit": "phong-a",
            "occurred_on": "2024-02-01", "by": "nv-01",
        }
        for number in range(start, start + count)
    ]  # fmt: skip


@pytest.mark.parametrize("leave", [0, 4096, 20_000, 60_000, 200_000, 400_000])
def test_a_full_disk_is_told_leaves_nothing_half_and_the_book_goes_on_once_there_is_room(
    mounted: Callable[..., Path], opening: Opening, leave: int
) -> None:
    disk = mounted(4)
    with Book.create(disk / "so", opening) as book:
        assert book.view.keys("officer") == ["nv-01"]
        filler = fill(disk, leave)
        with pytest.raises(GuongError, match="đĩa đã đầy") as error:
            record_until_full(book)
        assert error.value.exit == 7
        recorded = book.log.head()
        assert (recorded - 4) % 50 == 0
        filler.unlink()
        assert [fault for fault in check(book) if fault.serious] == []
        assert book.record_all(lambda: paper_rows(3, 10_000), Order())[-1].position == recorded + 3
        assert len(book.view.keys("officer")) == recorded + 3 - 3
    with Book(disk / "so") as again:
        assert [fault for fault in check(again) if fault.serious] == []
        assert again.log.head() == recorded + 3


def test_a_full_disk_refuses_a_paper_and_leaves_no_piece_of_it(
    mounted: Callable[..., Path], opening: Opening, tmp_path: Path, unit_row: Callable[..., dict[str, Any]]
) -> None:
    disk = mounted(4)
    (tmp_path / "to.bin").write_bytes(b"x" * 3_000_000)
    with Book.create(disk / "so", opening) as book:
        filler = fill(disk, 500_000)
        with pytest.raises(GuongError, match=r"không đọc hoặc lưu được tệp .*No space left"):
            book.record(unit_row("phong-b", evidence=["to.bin"]), Order(folder=tmp_path))
        assert not list(book.evidence.files())
        filler.unlink()
        assert book.record(unit_row("phong-b", evidence=["to.bin"]), Order(folder=tmp_path)).position == 5
        assert list(check(book)) == []


def test_a_book_cannot_be_opened_on_a_full_disk_and_leaves_no_trace_there(
    mounted: Callable[..., Path], opening: Opening
) -> None:
    disk = mounted(1)
    filler = fill(disk, 8192)
    with pytest.raises((GuongError, OSError)):
        Book.create(disk / "so", opening)
    assert [path.name for path in disk.iterdir()] == [filler.name]


# ------------------------------------------------------------------ media that cannot be written to

READING = (
    ["board"], ["board", "--json"], ["list"], ["list", "--json"], ["log"], ["log", "--json"], ["replay"], ["check"], ["plugins"],
)  # fmt: skip


@pytest.fixture
def read_only(mounted: Callable[..., Path]) -> Iterator[Callable[[Path], Path]]:
    """Return what copies a book to a disk that can then no longer be written to, even by root."""

    def put(folder: Path) -> Path:
        disk = mounted(8)
        shutil.copytree(folder, disk / "so")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(OSError, match="Read-only"):
            (disk / "so" / "x").touch()
        return disk / "so"

    yield put  # noqa: PT022 - `mounted` unmounts


def test_every_reading_command_works_on_a_read_only_disk_and_changes_no_byte(
    sample: Book, read_only: Callable[[Path], Path], fingerprints: Fingerprints, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("GUONG_OFFICER", "noi-vu-01")
    short = sample.view.exemplars()[0].short
    sample.close()
    said: dict[str, str] = {}
    for folder in (sample.folder, folder_ := read_only(sample.folder)):
        before = fingerprints(folder_)
        for command in (*READING, ["show", short], ["show", short, "--json"], ["whoami"]):
            assert run(["-C", str(folder), *command]) == 0, command
            out = capsys.readouterr().out
            assert said.setdefault(" ".join(command), out) == out, "a read-only copy says the same"
            assert out or command == ["check"]
        assert fingerprints(folder_) == before


def test_entries_that_still_stand_in_a_write_ahead_log_are_read_from_a_read_only_disk(
    book: Book, read_only: Callable[[Path], Path], fingerprints: Fingerprints, writer: Writer, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    book.close()
    (tmp_path / "qd.txt").write_text("QĐ", encoding="utf-8")
    child = writer("stay", book.folder, tmp_path / "qd.txt", "moi")
    child.communicate("go\n", timeout=60)
    assert (book.folder / "log.db-wal").stat().st_size > 0
    with Book(_without_wal(book.folder, tmp_path)) as old:
        assert old.log.head() == 4, "what follows stands in the write-ahead log alone"
    for side in ("-shm", ""):
        if side:
            (book.folder / f"log.db{side}").unlink()
        folder = read_only(book.folder)
        before = fingerprints(folder)
        with Book(folder) as there:
            assert there.readonly
            assert there.log.head() == 7
            assert there.view.keys("unit") == ["phong-a", "u-moi"]
            assert list(check(there)) == []
            assert there.name(there.world.id("officer", "o-moi")) == "Người Mới"
        for command in READING:
            assert run(["-C", str(folder), *command]) == 0, command
        assert "u-moi" in capsys.readouterr().out
        assert fingerprints(folder) == before


def _without_wal(folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "without"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm", "view.db"))
    return copy


def test_recording_on_a_read_only_disk_is_refused_with_advice(
    sample: Book, read_only: Callable[[Path], Path], fingerprints: Fingerprints, unit_row: Callable[..., dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    sample.close()
    folder = read_only(sample.folder)
    before = fingerprints(folder)
    with Book(folder) as there:
        with pytest.raises(BookError, match="chỉ đọc, không ghi được") as error:
            there.record(unit_row("to-1", by="noi-vu-01"))
        assert error.value.fix == "chép sổ sang nơi ghi được"
        assert there.record(unit_row("to-1", by="noi-vu-01"), Order(dry_run=True)).position == there.log.head() + 1
    row = ["record", "unit_registered", "--key", "to-1", "--name", "Tổ 1", "--occurred-on", "2024-02-01", "--no-input"]
    assert run(["-C", str(folder), "--by", "noi-vu-01", *row]) == 4
    assert "chép sổ sang nơi ghi được" in capsys.readouterr().err
    assert fingerprints(folder) == before


def test_the_view_of_a_book_on_a_read_only_disk_lies_in_the_person_s_own_folder(
    sample: Book, read_only: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GUONG_HOME", str(tmp_path / "own"))
    id_ = sample.state.id
    sample.close()
    with Book(read_only(sample.folder)) as there:
        assert there.view.exemplars()
    assert [path.name for path in (tmp_path / "own" / "cache").iterdir()] == [f"{id_}.db"]


def test_a_backup_can_be_taken_from_a_read_only_disk(
    sample: Book, read_only: Callable[[Path], Path], tmp_path: Path
) -> None:
    entries = [row.state for row in sample.log.raw(0, 1000)]
    sample.close()
    with Book(read_only(sample.folder)) as there:
        there.backup(tmp_path / "sao", tmp_path / "khoa")
    with Book(tmp_path / "sao") as copy:
        assert [row.state for row in copy.log.raw(0, 1000)] == entries


def test_a_folder_is_on_a_network_drive_when_the_innermost_mount_around_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not places.on_network(tmp_path)
    assert places._mount_kind(tmp_path / "not there yet") == places._mount_kind(tmp_path)


@pytest.mark.parametrize(
    "said", [{"book": "../../so/log"}, {"book": 7}, {"zone": "../../etc/passwd"}, {"zone": "Sao/Hoa"}, {"zone": None}]
)
def test_a_book_from_somebody_else_cannot_name_files_on_this_machine(
    book: Book, mounted: Callable[..., Path], fingerprints: Fingerprints, tmp_path: Path, said: dict[str, object],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The view of a book on a stick is named by the book's id: an id that is a path would have named any database."""
    monkeypatch.setenv("GUONG_HOME", str(tmp_path / "own"))
    rows = [(one.originator_id.hex, one.originator_version, one.topic, one.state) for one in book.log.raw()]  # type: ignore[union-attr]
    book.close()
    disk = mounted(4)
    shutil.copytree(book.folder, disk / "so")
    first = json.loads(rows[0][3])
    with closing(sqlite3.connect(disk / "so" / "log.db")) as log:
        log.execute("DROP TRIGGER stored_events_no_update")
        log.execute("PRAGMA journal_mode=DELETE")
        changed = json.dumps({**first, "data": {**first["data"], **said}}).encode()
        log.execute("UPDATE stored_events SET state=? WHERE rowid=1", [changed])
        log.commit()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    before = fingerprints(tmp_path / "so")
    for command in READING[:-1]:
        assert run(["-C", str(disk / "so"), *command]) == 5, command
        assert "mục mở sổ bị hỏng" in capsys.readouterr().err
    assert fingerprints(tmp_path / "so") == before
    assert not (tmp_path / "own").exists()
