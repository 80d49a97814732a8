"""A log that others write while it is shown, a view that is made meanwhile, or taken away."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.tui.driving import drive

import guong.view.projector
import guong_tui.reading
from guong import places
from guong.book import Book
from guong.errors import DamagedError, GuongError
from guong_tui.filters import Filter
from guong_tui.screens.building import BuildingScreen
from guong_tui.screens.replay import ReplayScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.tui.driving import Driver


@pytest.fixture
def folder(book: Book) -> Path:
    """Return the folder of the small book, which is just opened."""
    book.close()
    return book.folder


@pytest.fixture
def copy(sample_year: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample year."""
    return shutil.copytree(sample_year, tmp_path / "so-mau")


async def grown(driver: Driver, folder: Path, rows: list[dict[str, Any]]) -> None:
    """Record something as another program would, and let the app look."""
    with Book(folder) as writer:
        for row in rows:
            writer.record(row)
    driver.replay.look()
    await driver.settle()


def test_new_entries_appear_and_the_cursor_stays(folder: Path, unit_row: Callable[..., dict[str, Any]]) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press("home")
        await grown(driver, folder, [unit_row("phong-b"), unit_row("phong-c")])
        assert driver.position == 1
        assert "6 mục" in driver.line("head")
        assert "#6" in driver.seen
        await driver.press("end")
        assert driver.position == 6

    drive(folder, scenario)


def test_a_cursor_at_the_end_goes_along(folder: Path, unit_row: Callable[..., dict[str, Any]]) -> None:
    async def scenario(driver: Driver) -> None:
        assert driver.position == 4
        await grown(driver, folder, [unit_row("phong-b")])
        assert driver.position == 5
        assert "phong-b" in driver.seen

    drive(folder, scenario)


def test_a_filter_takes_in_what_is_new(folder: Path, unit_row: Callable[..., dict[str, Any]]) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.narrow(Filter(step="unit_registered"))
        await driver.settle()
        assert list(driver.replay.hits or ()) == [2]
        await grown(driver, folder, [unit_row("phong-b"), unit_row("phong-c")])
        assert list(driver.replay.hits or ()) == [2, 5, 6]
        assert "Lọc 3 mục" in driver.line("narrowed")

    drive(folder, scenario, at="#1")


def test_a_search_takes_in_what_is_new(folder: Path, unit_row: Callable[..., dict[str, Any]]) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.seek("phong")
        await driver.settle()
        before = driver.line("sought")
        await grown(driver, folder, [unit_row("phong-b")])
        assert driver.line("sought") != before
        assert "#1..#5" in driver.line("sought")

    drive(folder, scenario, at="#1")


def test_the_app_looks_by_itself(folder: Path, unit_row: Callable[..., dict[str, Any]]) -> None:
    async def scenario(driver: Driver) -> None:
        with Book(folder) as writer:
            writer.record(unit_row("phong-b"))
        for _ in range(100):
            await driver.pilot.pause(0.1)
            if driver.position == 5:
                break
        assert driver.position == 5

    drive(folder, scenario)


def test_a_view_that_is_not_there_is_made_and_shown(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guong_tui.reading, "FEW", 10)
    (copy / places.VIEW).unlink()

    async def scenario(driver: Driver) -> None:
        assert isinstance(driver.app.screen, ReplayScreen)
        assert driver.position == 17

    drive(copy, scenario, at="#17")


def test_the_first_part_can_be_seen_while_the_rest_is_made(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guong_tui.reading, "FEW", 10)
    monkeypatch.setattr(guong.view.projector, "_BATCH", 5)
    (copy / places.VIEW).unlink()
    seen: list[str] = []

    async def scenario(driver: Driver) -> None:
        while not (isinstance(driver.app.screen, BuildingScreen) and driver.app.screen._ready):
            await driver.pilot.pause(0.01)
        assert "/ 760 mục" in driver.seen
        assert "Enter xem phần đã lập" in driver.seen
        await driver.pilot.press("enter")
        await driver.pilot.pause()
        while not driver.position:
            await driver.pilot.pause(0.01)
        seen.append(driver.line("head"))
        driver.replay.look()
        await driver.settle()
        driver.replay.look()
        await driver.settle()
        assert driver.replay.reading.head == 760
        assert "760 mục" in driver.line("head")
        assert "đang lập" not in driver.line("head")

    assert drive(copy, scenario, settled=False) is None
    assert seen


def test_esc_leaves_while_it_is_made_and_what_was_made_is_kept(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guong_tui.reading, "FEW", 10)
    monkeypatch.setattr(guong.view.projector, "_BATCH", 5)
    (copy / places.VIEW).unlink()

    async def scenario(driver: Driver) -> None:
        while not (isinstance(driver.app.screen, BuildingScreen) and driver.app.screen._ready):
            await driver.pilot.pause(0.01)
        await driver.pilot.press("escape")
        await driver.pilot.pause()

    assert drive(copy, scenario, settled=False) is None
    with Book(copy) as again:
        assert 0 < again.projector.position() <= 760


@pytest.mark.parametrize("few", [10, 5000])
def test_a_view_deleted_under_it_is_made_again(copy: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(guong_tui.reading, "FEW", few)

    async def scenario(driver: Driver) -> None:
        for path in copy.glob(f"{places.VIEW}*"):
            path.unlink()
        driver.replay.look()
        await driver.settle()
        await driver.press("full_stop")
        assert driver.position == 301
        assert "#301" in driver.seen
        driver.replay.look()
        await driver.settle()
        assert (copy / places.VIEW).exists()

    assert drive(copy, scenario, at="#300") is None


def test_a_damaged_log_ends_it_with_a_plain_message(copy: Path) -> None:
    log = copy / places.LOG
    whole = log.read_bytes()
    log.write_bytes(whole[:8192] + bytes(len(whole) - 8192))

    async def scenario(driver: Driver) -> None:
        await driver.press("home", "full_stop")

    ended: GuongError | None = None
    try:
        ended = drive(copy, scenario)
    except DamagedError as error:
        ended = error
    assert isinstance(ended, DamagedError)
    assert ended.fix


def test_a_log_cut_short_ends_it(copy: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.db"
    shutil.copyfile(copy / places.LOG, short)
    with closing(sqlite3.connect(short)) as database:
        database.execute("DROP TRIGGER stored_events_no_delete")
        database.execute("DELETE FROM stored_events WHERE rowid>700")
        database.commit()
        database.execute("PRAGMA journal_mode=DELETE")

    async def scenario(driver: Driver) -> None:
        for path in copy.glob(f"{places.LOG}*"):
            path.unlink()
        shutil.copyfile(short, copy / places.LOG)
        driver.replay._catch_up()
        for _ in range(500):
            if driver.app._exit:
                break
            await asyncio.sleep(0.02)

    ended = drive(copy, scenario)
    assert isinstance(ended, DamagedError)
    assert "ngắn hơn" in ended.message
