"""Taking things out: what the files hold, that no sheet runs any of it, and that nothing is replaced unasked."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tui.driving import drive

from guong.book import Book
from guong.errors import UsageError
from guong_tui import exports
from guong_tui.bookmarks import Bookmarks
from guong_tui.exports import Table, board_table, entry_table, guarded, life_table, save
from guong_tui.living import living
from guong_tui.reading import Reading
from guong_tui.screens.export import ExportScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.tui.driving import Driver


@pytest.fixture(scope="module")
def reading(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """Return the sample year as the screens read it."""
    folder = tmp_path_factory.mktemp("doc") / "so-mau"
    shutil.copytree(sample_year, folder)
    with Book(folder) as book:
        yield Reading(book, Bookmarks(book.state.id))


def table(*records: dict[str, Any]) -> Table:
    """Return a small table."""
    return Table("Bảng | thử", {"a": "Cột A", "b": "Cột B"}, records, len(records))


HOSTILE = '=HYPERLINK("http://x")|[/b]\x1b[31m\nhàng'


def test_entries_are_taken_out_as_they_are_filtered(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "ra.jsonl"
    assert save(entry_table(reading, [170, 728]), path) == 2
    first, second = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    assert (first["position"], first["step"], first["occurred_on"], first["delay"]) == (
        170,
        "Phát hiện",
        "2024-03-22",
        3,
    )
    assert first["about"] == "Tập thể Nhân dân và cán bộ xã Điềm He"
    assert "Số tiêu chí đã đạt: 17" in first["said"]
    assert second["step"] == "Nhân rộng không đạt"
    assert list(first) == list(exports.ENTRY)


def test_the_whole_year_is_taken_out_once_each(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "ra.csv"
    assert save(entry_table(reading, range(1, reading.head + 1)), path) == reading.head
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [int(row[0]) for row in rows[1:]] == list(range(1, reading.head + 1))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_life_is_taken_out_as_its_graph(reading: Reading, tmp_path: Path) -> None:
    found = next(row for row in reading.view.exemplars(field="nong-thon-moi"))
    path = tmp_path / "doi.jsonl"
    save(life_table(reading, living(reading, found.id, found.subject, reading.head)), path)
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    steps = [one["step"] for one in records]
    assert steps.count("Hỗ trợ, bồi dưỡng") == 3
    assert {one["status"] for one in records} == {"đã làm"}
    assert all(set(one) == set(exports.LIFE) for one in records)


def test_the_board_is_taken_out_as_of_a_position(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "bang.jsonl"
    assert save(board_table(reading, reading.head), path) == 16
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [one["part"] for one in rows if one["mode"] == "giao" and one["short"]] == ["Trung học cơ sở"]
    save(board_table(reading, 400), path, overwrite=True)
    before = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert sum(one["short"] for one in before) > sum(one["short"] for one in rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_no_cell_of_a_sheet_begins_like_a_formula(start: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    save(table({"a": f"{start}cmd|' /C calc'!A0", "b": -5}), path)
    (_, row) = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    assert not row[0].lstrip().startswith(exports.FORMULA)
    assert "cmd" in row[0]
    assert row[1] == "-5"  # a number is a number


@given(st.text())
def test_a_guarded_text_is_never_a_formula_and_has_no_control_characters(text: str) -> None:
    cell = guarded(text)
    assert isinstance(cell, str)
    assert not cell.lstrip().startswith(exports.FORMULA)
    assert all(ord(letter) >= 32 for letter in cell)


def test_a_sheet_knows_the_file_for_utf_8(tmp_path: Path) -> None:
    save(table({"a": "Điều", "b": 1}), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfC\xe1\xbb\x99t A")


def test_nothing_is_markup_in_markdown(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    save(table({"a": HOSTILE, "b": 1}), path)
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "# Bảng \\| thử"
    assert len(lines) == 5
    assert lines[4] == '| =HYPERLINK("http://x")\\|\\[/b\\]‹U+001B›\\[31m hàng | 1 |'


def test_json_keeps_every_character(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    save(table({"a": HOSTILE, "b": None}), path)
    assert json.loads(path.read_text("utf-8")) == {"a": HOSTILE, "b": None}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("x.txt", ".csv, .jsonl, .md"),
        ("thieu/x.csv", "không có thư mục"),
        ("co.csv", "đã có"),
        ("thu-muc.csv", "đã có"),
    ],
)
def test_a_place_that_will_not_do_is_refused_by_name(name: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "co.csv").write_text("của ai đó", encoding="utf-8")
    (tmp_path / "thu-muc.csv").mkdir()
    with pytest.raises(UsageError) as refused:
        save(table(), tmp_path / name)
    assert word in refused.value.message
    assert (tmp_path / "co.csv").read_text("utf-8") == "của ai đó"


def test_a_writing_that_is_given_up_or_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "co.csv"
    path.write_text("của ai đó", encoding="utf-8")
    many = Table("Nhiều", {"a": "A"}, ({"a": number} for number in range(10_000)), 10_000)
    assert save(many, path, overwrite=True, told=lambda lines: lines < 1000) == 0

    def failing() -> Iterator[dict[str, Any]]:
        yield {"a": 1}
        raise OSError(28, "hết chỗ")

    with pytest.raises(UsageError, match="hết chỗ"):
        save(Table("Hỏng", {"a": "A"}, failing(), 2), path, overwrite=True)
    assert [one.name for one in tmp_path.iterdir()] == ["co.csv"]
    assert path.read_text("utf-8") == "của ai đó"


# ------------------------------------------------------------------ on the screen


def exported(sample_year: Path, at: int, before: tuple[str, ...], path: Path, *after: str) -> list[str]:
    """Open a screen, ask for a file, and return what was said."""
    said: list[str] = []

    async def script(driver: Driver) -> None:
        await driver.press(*before, "f8")
        assert isinstance(driver.app.screen, ExportScreen)
        await driver.press("home", "ctrl+k")
        driver.app.screen.query_one("Input").value = str(path)  # type: ignore[attr-defined]
        await driver.press("enter")
        said.append(driver.seen)
        await driver.press(*after)
        said.append(driver.seen)

    assert drive(sample_year, script, at=f"#{at}") is None
    return said


@pytest.mark.parametrize(("before", "lines"), [((), 760), (("f5",), 16), (("s",), 16)])
def test_what_a_screen_shows_is_taken_out(
    sample_year: Path, tmp_path: Path, before: tuple[str, ...], lines: int
) -> None:
    path = tmp_path / "ra.jsonl"
    exported(sample_year, 720, before, path)
    assert len(path.read_text("utf-8").splitlines()) == lines


def test_the_picture_of_the_screen_below_is_taken_out(sample_year: Path, tmp_path: Path) -> None:
    path = tmp_path / "hinh.svg"
    exported(sample_year, 720, ("s",), path)
    text = path.read_text("utf-8")
    assert text.startswith("<svg")
    assert "hinh.svg" not in text  # the window that asks is not in the picture
    assert "nong-thon-moi" in text


@pytest.mark.parametrize("name", ["bang.csv", "bang.svg"])
def test_a_file_that_is_there_is_replaced_only_when_asked_twice(sample_year: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("của ai đó", encoding="utf-8")
    said = exported(sample_year, 720, ("f5",), path, "escape")
    assert "Enter lần nữa để ghi đè" in said[0]
    assert path.read_text("utf-8") == "của ai đó"
    exported(sample_year, 720, ("f5",), path, "enter")
    assert "của ai đó" not in path.read_text("utf-8-sig")


def test_a_missing_folder_is_told_and_the_window_stays(sample_year: Path, tmp_path: Path) -> None:
    said = exported(sample_year, 720, ("f5",), tmp_path / "thieu" / "bang.csv", "escape")
    assert "không có thư mục" in said[0]
    assert not list(tmp_path.iterdir())


def test_the_writers_need_no_screen() -> None:
    import subprocess
    import sys

    code = "import sys, guong_tui.exports, guong_tui.living, guong_tui.reading; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
