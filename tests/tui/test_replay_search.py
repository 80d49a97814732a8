"""Search: whole words without regard to marks, from hit to hit, marked where they stand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.tui.driving import drive

from guong.book import Book
from guong.view.search import search
from guong_tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.driving import Driver


def hits(folder: Path, text: str) -> list[int]:
    """Return where words stand, as `guong search` finds them."""
    with Book(folder) as book:
        return sorted(search(book.view, text, limit=1000).positions)


def test_from_hit_to_hit_and_back(sample_year: Path) -> None:
    found = hits(sample_year, "hua van ruong")
    assert len(found) > 3

    async def scenario(driver: Driver) -> None:
        await driver.press("slash")
        await driver.type("hua van ruong")
        await driver.press("enter")
        assert driver.position == found[0]
        assert f"1/{len(found)} mục" in driver.line("sought")
        assert "#1..#760" in driver.line("sought")
        await driver.press("n", "n")
        assert driver.position == found[2]
        await driver.press("N")
        assert driver.position == found[1]
        for _ in found:
            await driver.press("n")
        assert driver.position == found[-1]
        await driver.press("escape", "n")
        assert driver.position == found[-1]
        assert driver.line("sought") == ""

    drive(sample_year, scenario, at="#1")


def test_from_the_end_the_last_hit_is_gone_to(sample_year: Path) -> None:
    found = hits(sample_year, "hua van ruong")

    async def scenario(driver: Driver) -> None:
        driver.replay.seek("hua van ruong")
        await driver.settle()
        assert driver.position == found[-1]
        await driver.press("left_parenthesis")
        assert driver.position == 760

    drive(sample_year, scenario)


def test_what_is_found_is_marked_in_the_entry(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.seek("ruong")
        await driver.settle()
        sheet = driver.replay.query_one("#entry", Sheet)
        marked = {piece.text for row in sheet._rows for piece in row if piece.look == "mark"}
        assert marked == {"Ruộng"}

    drive(sample_year, scenario, at="#1")


def test_nothing_found_moves_nowhere(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.seek("khongcotunay")
        await driver.settle()
        assert "không có mục nào" in driver.line("sought")
        await driver.press("n", "N")
        assert driver.position == 300

    drive(sample_year, scenario, at="#300")


def test_without_the_keys_it_is_said_what_was_not_searched(sample_year: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_year, tmp_path / "so", ignore=shutil.ignore_patterns("keys.db", "view.db*"))

    async def scenario(driver: Driver) -> None:
        driver.replay.seek("ruong")
        await driver.settle()
        assert "trừ phần niêm phong" in driver.line("sought")

    drive(tmp_path / "so", scenario, at="#300")
