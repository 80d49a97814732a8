"""Hostile texts, books without plugins, terminals of every size."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from rich.cells import cell_len
from tests.tui.driving import NARROW, WIDE, drive

from guong import places
from guong.book import Book
from guong.plugins import Plugins
from guong_tui.filters import Filter
from guong_tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.driving import Driver

    from guong.plugins import Source

HOSTILE = {
    "markup": "[/x] [bold red]đỏ[/] [@click=app.quit]bấm[/]",
    "escape": "\x1b[31m\x1b]0;tiêu đề\x07đỏ",
    "bidi": "\u202eđảo\u2066 ngược",
    "nul": "tên\x00\x08\x7f\x9b",
    "lines": "dòng một\ndòng hai\r\ttab",
    "wide": "漢字 👩‍👩‍👧‍👦 e\u0301\u0323",
    "long": "dài" * 400,
}


class NoPlugins(Plugins):
    """Not one plugin is here."""

    def sources(self) -> dict[str, Source]:
        """Return none."""
        return {}


def add_unit(folder: Path, name: str) -> None:
    """Put a unit of any name into the log, as a program that checks nothing would."""
    with Book(folder) as book:
        row = next(one for one in book.log.raw() if one.topic == "unit.unit_registered")
        body: dict[str, Any] = json.loads(row.state)
        body["id"], body["data"] = "ab" * 16, {"key": "don-vi-la", "name": name}
        state = json.dumps(body).encode()
        book.log.append([StoredEvent(UUID("12345678123456781234567812345678"), 1, row.topic, state)])


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_are_shown_and_do_nothing(book: Book, kind: str, size: tuple[int, int]) -> None:
    book.close()
    add_unit(book.folder, HOSTILE[kind])

    async def scenario(driver: Driver) -> None:
        assert driver.position == 5
        for key in ("f3", "f4", "f2", "up", "down"):
            await driver.press(key)
            lines = driver.seen.splitlines()
            assert not {char for line in lines for char in line if ord(char) < 32 or 0x7F <= ord(char) < 0xA0}
            assert not set(driver.seen) & set("\u202e\u2066")
            assert max(cell_len(line) for line in lines) <= size[0]
        sheet = driver.replay.query_one("#entry", Sheet)
        if kind == "markup":
            assert "[/x] [bold red]đỏ[/]" in sheet.text
        if kind == "escape":
            assert "‹U+001B›[31m" in sheet.text.replace("\n", "")
        driver.replay.narrow(Filter(unit="phong-a", step="unit_registered"))
        await driver.settle()
        driver.replay.seek(HOSTILE[kind])
        await driver.settle()
        assert driver.app.is_running

    assert drive(book.folder, scenario, size=size) is None


def test_a_book_without_its_plugins_is_shown_whole(sample_year: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_year, tmp_path / "so")

    async def scenario(driver: Driver) -> None:
        assert "Xây dựng" in driver.seen, "the board comes from the log's copy"
        await driver.press("f2")
        assert "cần plugin" in driver.replay.query_one("#entry", Sheet).text
        driver.replay.narrow(Filter(missing=True))
        await driver.settle()
        hits = driver.replay.hits
        assert hits is not None
        with Book(tmp_path / "so") as whole:
            expected = [one.position for one in whole.log.all() if one.entry and one.entry.field]
        assert list(hits) == expected

    with Book(sample_year) as whole:
        reviewed = next(one.position for one in whole.log.all() if one.entry and one.entry.step == "reviewed")
    drive(tmp_path / "so", scenario, at=f"#{reviewed}", plugins=NoPlugins(tmp_path / "so" / places.PLUGINS))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_book_just_opened(book: Book, size: tuple[int, int]) -> None:
    book.close()

    async def scenario(driver: Driver) -> None:
        for key in (
            "f2",
            "f3",
            "f4",
            "home",
            "end",
            "left",
            "right",
            "left_square_bracket",
            "left_curly_bracket",
            "space",
            "space",
        ):
            await driver.press(key)
        assert "4 mục" in driver.line("head")

    assert drive(book.folder, scenario, size=size) is None


def test_a_storm_of_sizes(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        for width, height in (
            (200, 60),
            (80, 24),
            (20, 6),
            (1, 1),
            (120, 36),
            (40, 100),
            (300, 10),
            (80, 24),
            (120, 36),
        ):
            await driver.pilot.resize_terminal(width, height)
            await driver.press("full_stop")
        assert driver.position == 309
        assert "#309" in driver.seen
        assert any(line.startswith(">") and "#309" in line for line in driver.seen.splitlines())

    assert drive(sample_year, scenario, at="#300") is None


def test_evidence_is_looked_at_and_what_is_wrong_is_told(sample_year: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(sample_year, tmp_path / "so")
    with Book(folder) as book:
        with_files = [one for one in book.log.all() if one.entry and one.entry.evidence]
        assert with_files
        first = with_files[0]
        assert first.entry is not None
        path = book.evidence.path(first.entry.evidence[0].sha256)

    for change, said in (
        (lambda: None, "đúng mã băm"),
        (lambda: path.write_bytes(b"x"), "ĐÃ BỊ SỬA"),
        (path.unlink, "THIẾU TỆP"),
    ):
        change()

        async def scenario(driver: Driver, said: str = said) -> None:
            assert said in driver.replay.query_one("#entry", Sheet).text.replace("\n" + " " * 19, " ")

        drive(folder, scenario, at=f"#{first.position}")


def test_what_later_entries_say_of_one_is_told(sample_year: Path) -> None:
    with Book(sample_year) as book:
        entries = [one for one in book.log.all() if one.entry]
        ids = {one.entry.id: one.position for one in entries if one.entry}
        later = {
            step: next(one for one in entries if one.entry and one.entry.step == step)
            for step in ("entry_corrected", "finding_recorded")
        }

    def checks(position: int, said: str) -> None:
        async def scenario(driver: Driver) -> None:
            assert said in driver.replay.query_one("#entry", Sheet).text

        drive(sample_year, scenario, at=f"#{position}", size=(200, 60))

    corrected, finding = later["entry_corrected"], later["finding_recorded"]
    assert corrected.entry is not None
    assert finding.entry is not None
    checks(ids[corrected.entry.data["entry"]], f"đã đính chính bởi #{corrected.position}")
    concerned = finding.entry.data.get("entry") or finding.entry.data["entries"][0]
    checks(ids[concerned], f"#{finding.position}: ")
