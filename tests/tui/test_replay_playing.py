"""Playing: by entries, by recorded time, slower and faster; at the end it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.driving import drive

from guong_tui.playing import ENTRIES, frames

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.driving import Driver


def test_space_plays_and_stops(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press("space")
        assert driver.replay.playing
        assert ">> chạy 10 mục/giây" in driver.line("transport")
        await driver.pilot.pause(0.5)
        await driver.press("space")
        assert not driver.replay.playing
        there = driver.position
        assert there > 100
        assert "|| dừng" in driver.line("transport")
        await driver.pilot.pause(0.3)
        assert driver.position == there

    drive(sample_year, scenario, at="#100")


def test_speeds_stop_at_their_ends(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press(*["greater_than_sign"] * 12)
        assert f"{ENTRIES[-1]} mục/giây" in driver.line("transport")
        await driver.press(*["less_than_sign"] * 12)
        assert "1 mục/giây" in driver.line("transport")
        await driver.press("equals_sign")
        assert "1 ngày/giây" in driver.line("transport")
        await driver.press("greater_than_sign", "greater_than_sign")
        assert "1 tuần/giây" in driver.line("transport")

    drive(sample_year, scenario, at="#100")


def test_a_second_of_frames_is_as_many_entries_as_is_said(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        for speed, wanted in enumerate(ENTRIES):
            driver.replay.go(1)
            driver.replay._speeds[False] = speed
            rate = min(frames(), wanted)
            driver.replay._due = 0.0
            for _ in range(rate):
                driver.replay._tick(rate)
            assert driver.position in (1 + wanted, 760), wanted

    drive(sample_year, scenario, at="#100")


def test_recorded_time_passes_in_proportion_and_gaps_are_cut_short(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        replay, view = driver.replay, driver.replay.reading.view
        replay._by_time = True
        replay._speeds[True] = 4  # a day a second
        began = view.recorded(driver.position)
        assert began is not None
        for _ in range(30 * 10):
            replay._tick(30)
        after = view.recorded(driver.position)
        assert after is not None
        assert 5 <= (after - began).days <= 25  # ten days, and what was passed over of weekends

        replay.go(732)  # the next entry was recorded half a year later
        moved = 0
        for _ in range(30 * 3):
            replay._tick(30)
            moved += 1
            if driver.position > 732:
                break
        assert 58 <= moved <= 62

    drive(sample_year, scenario, at="#400")


def test_at_the_end_it_waits(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.go(759)
        await driver.press("space")
        await driver.pilot.pause(0.3)
        assert driver.position == 760
        assert driver.replay.playing
        assert "chờ mục mới" in driver.line("transport")

    drive(sample_year, scenario, at="#700")


def test_over_ssh_less_is_drawn(sample_year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 22 10.0.0.2 22")

    async def scenario(driver: Driver) -> None:
        assert frames() == 10
        assert driver.app.animation_level == "none"

    drive(sample_year, scenario)
