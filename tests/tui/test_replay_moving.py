"""Moving through the sample year: what every key does to the one position, and that everything shows it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.tui.driving import NARROW, WIDE, drive

from guong.book import Book
from guong_tui.widgets.entry_list import EntryList
from guong_tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.driving import Driver

    from guong.domain.entry import Stored


@pytest.fixture(scope="module")
def log(sample_year: Path) -> list[Stored]:
    """Return the entries of the sample year."""
    with Book(sample_year) as book:
        return list(book.log.all())


def day(stored: Stored) -> dt.date:
    """Return the day on which an entry was recorded, in Vietnam."""
    assert stored.entry is not None
    at = dt.datetime.fromisoformat(stored.entry.recorded_at)
    return at.astimezone(dt.timezone(dt.timedelta(hours=7))).date()


def moved(folder: Path, at: int, *keys: str, size: tuple[int, int] = WIDE) -> int:
    """Return where keys lead from an entry."""
    there = 0

    async def scenario(driver: Driver) -> None:
        nonlocal there
        await driver.press(*keys)
        there = driver.position

    assert drive(folder, scenario, at=f"#{at}", size=size) is None
    return there


def test_every_part_shows_the_one_position(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        assert "#200" in driver.line("transport")
        assert driver.replay.query_one(EntryList)._cursor == 199
        assert driver.replay.query_one("#entry", Sheet).text.startswith("#200 ")
        await driver.press("full_stop")
        assert "#201" in driver.line("transport")
        assert any(line.startswith(">") and "#201" in line for line in driver.seen.splitlines())
        assert driver.replay.query_one("#entry", Sheet).text.startswith("#201 ")

    drive(sample_year, scenario, at="#200")


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        (("full_stop",), 301), (("comma",), 299), (("down",), 301), (("j",), 301), (("up", "up"), 298), (("k",), 299),
        (("ctrl+home",), 1), (("ctrl+end",), 760), (("home",), 1), (("end",), 760), (("end", "full_stop"), 760), (("home", "comma"), 1),
        (("ctrl+home", "left_parenthesis"), 300), (("ctrl+home", "left_parenthesis", "right_parenthesis"), 1),
    ],
)  # fmt: skip
def test_steps_and_ends(sample_year: Path, keys: tuple[str, ...], there: int) -> None:
    assert moved(sample_year, 300, *keys) == there


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_page_keeps_one_line_in_sight(sample_year: Path, size: tuple[int, int]) -> None:
    async def scenario(driver: Driver) -> None:
        rows = driver.replay.query_one(EntryList).scrollable_content_region.height
        await driver.press("pagedown")
        assert driver.position == 300 + rows - 1
        await driver.press("pageup")
        assert driver.position == 300

    drive(sample_year, scenario, at="#300", size=size)


def test_days_and_weeks(sample_year: Path, log: list[Stored]) -> None:
    here = day(log[299])
    for key, days in (("left", -1), ("right", 1), ("shift+left", -7), ("shift+right", 7)):
        wanted = max(one.position for one in log if day(one) <= here + dt.timedelta(days=days))
        if wanted == 300:
            wanted += 1 if days > 0 else -1
        assert moved(sample_year, 300, key) == wanted, key


def test_the_same_exemplar_and_its_subject(sample_year: Path, log: list[Stored]) -> None:
    exemplar = next(one for one in log if one.entry and one.entry.step == "discovered")
    assert exemplar.entry is not None
    own = [one.position for one in log if one.stream in (exemplar.stream, exemplar.entry.data["subject"])]
    here = own.index(exemplar.position)
    assert here > 0, "the subject is registered before"
    assert moved(sample_year, exemplar.position, "right_curly_bracket") == own[here + 1]
    assert moved(sample_year, exemplar.position, "left_curly_bracket") == own[here - 1]
    assert moved(sample_year, own[-1], "right_curly_bracket") == own[-1]


def test_signs_and_remarks(sample_year: Path, log: list[Stored]) -> None:
    steps = {"deadline_set", "deadline_extended", "unit_merged", "unit_dissolved", "finding_recorded"}
    marked = [one.position for one in log if one.entry and (one.entry.remarks or one.entry.step in steps)]
    assert moved(sample_year, 300, "right_square_bracket") == min(one for one in marked if one > 300)
    assert moved(sample_year, 300, "left_square_bracket") == max(one for one in marked if one < 300)


@pytest.mark.parametrize(
    ("text", "there"), [("#120", 120), ("120", 120), ("+50", 350), ("-50", 250), ("50 %", 380), ("100%", 760)]
)
def test_goto(sample_year: Path, text: str, there: int) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press("g")
        await driver.type(text)
        await driver.press("enter")
        assert driver.position == there
        await driver.press("left_parenthesis")
        assert driver.position == 300

    drive(sample_year, scenario, at="#300")


def test_goto_a_day_is_its_last_entry(sample_year: Path, log: list[Stored]) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press("colon")
        await driver.type("30/11/2024")
        await driver.press("enter")
        assert driver.position == max(one.position for one in log if day(one) <= dt.date(2024, 11, 30))

    drive(sample_year, scenario)


def test_a_wrong_place_is_named_and_nothing_moves(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press("g")
        await driver.type("mai")
        await driver.press("enter")
        assert "mai không phải là một ngày" in driver.seen
        await driver.press("escape")
        assert driver.position == 300

    drive(sample_year, scenario, at="#300")


def test_panes_by_key_where_there_is_room_for_one(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        for key, pane in (("f3", "change"), ("f4", "moment"), ("f2", "entry")):
            await driver.press(key)
            assert [one.id for one in driver.replay.query(Sheet) if one.display] == [pane]
            assert driver.app.focused is not None
            assert driver.app.focused.id == pane
        await driver.press("underscore")
        assert driver.replay.maximized is not None
        await driver.press("underscore")
        assert driver.replay.maximized is None

    drive(sample_year, scenario, size=NARROW)


def test_help_tells_the_keys(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        for key in ("question_mark", "f1"):
            await driver.press(key)
            assert "Mục trước của cùng điển hình" in driver.seen
            await driver.press("escape")

    drive(sample_year, scenario)


def test_the_footer_fits_into_80_columns(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        footer = driver.seen.splitlines()[-1]
        for word in ("Space chạy", "{ } điển hình", "[ ] mốc", "g đến", "/ tìm", "f lọc", "? trợ giúp", "q thoát"):
            assert word in footer
        assert len(footer) <= 80

    drive(sample_year, scenario, size=NARROW)


def test_begins_at_the_moment_that_is_named(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        assert driver.position == 17
        assert "nong-thon-moi" not in driver.seen

    drive(sample_year, scenario, at="#17")
