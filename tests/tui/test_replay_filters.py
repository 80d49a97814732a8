"""Filters: they combine, are told, shape list, time line and replay, and never move the cursor."""

from __future__ import annotations

import datetime as dt
from array import array
from typing import TYPE_CHECKING, Any

import pytest
from tests.tui.driving import NARROW, drive

from guong.book import Book
from guong.errors import UsageError
from guong.view import entries
from guong_tui import filters
from guong_tui.bookmarks import Bookmarks
from guong_tui.filtering import Gathered
from guong_tui.filters import Filter
from guong_tui.reading import Reading
from guong_tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.tui.driving import Driver

    from guong.domain.entry import Entry

ZONE = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture(scope="module")
def reading(sample_year: Path) -> Iterator[Reading]:
    """Return the sample year as the screens read it."""
    with Book(sample_year) as book:
        yield Reading(book, Bookmarks(book.state.id))


def recorded(entry: Entry) -> str:
    """Return the day on which an entry was recorded."""
    return dt.datetime.fromisoformat(entry.recorded_at).astimezone(ZONE).date().isoformat()


def by_hand(reading: Reading, holds: Callable[[Entry], Any]) -> list[int]:
    """Return the positions of the entries of which something holds, asking the log one by one."""
    return [one.position for one in reading.book.log.all() if one.entry and holds(one.entry)]


CASES: list[tuple[Filter, Callable[[Entry], Any]]] = [
    (Filter(field="y-te"), lambda one: one.field and one.field.key == "y-te"),
    (Filter(unit="phong-noi-vu"), lambda one: one.unit == "phong-noi-vu"),
    (Filter(officer="nnptnt-02"), lambda one: one.by == "nnptnt-02"),
    (Filter(step="reviewed"), lambda one: one.step == "reviewed"),
    (Filter(remarked=True), lambda one: one.remarks),
    (Filter(recorded_since="2024-10-21", recorded_until="2024-10-22"), lambda one: "2024-10-21" <= recorded(one) <= "2024-10-22"),
    (Filter(happened_since="2024-10-17", happened_until="2024-10-17"), lambda one: one.occurred_on == "2024-10-17"),
    (Filter(step="reviewed", unit="phong-nn-ptnt", happened_until="2024-10-17"),
     lambda one: one.step == "reviewed" and one.unit == "phong-nn-ptnt" and one.occurred_on <= "2024-10-17"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_filter_lets_through_what_the_log_says(reading: Reading, number: int) -> None:
    asked, holds = CASES[number]
    expected = by_hand(reading, holds)
    assert expected
    assert list(entries.positions(reading.view, filters.wanted(reading, asked))) == expected


def test_a_range_before_the_book_lets_nothing_through(reading: Reading) -> None:
    wanted = filters.wanted(reading, Filter(recorded_until="2020-01-01"))
    assert not entries.positions(reading.view, wanted)
    assert not entries.page_before(reading.view, 100, wanted)


def test_what_is_missing_is_nothing_where_every_plugin_is_here(reading: Reading) -> None:
    assert not entries.positions(reading.view, filters.wanted(reading, Filter(missing=True)))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("y-te", "y-te"), ("b", "nong-thon-moi"), ("đ", "vi-nguoi-ngheo"), ("d", "van-hoa-cong-so"), ("nguoi ngheo", "vi-nguoi-ngheo"),
        ("khởi nghiệp", "khoi-nghiep"), ("", ""),
    ],
)  # fmt: skip
def test_a_field_by_letter_key_or_part_of_its_name(reading: Reading, text: str, key: str) -> None:
    assert filters.chosen(text, "field", filters.choices(reading, "field")) == key


def test_what_names_several_or_none_is_refused(reading: Reading) -> None:
    known = filters.choices(reading, "field")
    with pytest.raises(UsageError, match="nông thôn có thể là 2 nơi"):
        filters.chosen("nông thôn", "field", known)
    with pytest.raises(UsageError, match="không có thể thao"):
        filters.chosen("thể thao", "field", known)


def test_the_form_filters_by_what_is_typed_and_the_cursor_stays(sample_year: Path, reading: Reading) -> None:
    expected = by_hand(reading, lambda one: one.step == "reviewed" and one.unit == "phong-nn-ptnt")

    async def scenario(driver: Driver) -> None:
        await driver.press("f", "tab")
        await driver.type("phong-nn")
        assert "Phòng Nông nghiệp và Phát triển nông thôn" in driver.seen
        await driver.press("tab", "tab")
        await driver.type("reviewed")
        await driver.press("enter")
        assert driver.position == 300
        assert list(driver.replay.hits or ()) == expected
        assert f"Lọc {len(expected)} mục" in driver.line("narrowed")
        assert "Phòng Nông nghiệp" in driver.line("narrowed")
        assert "Bình xét" in driver.line("narrowed")
        assert ("ngoài bộ lọc" in driver.line("transport")) == (300 not in expected)

    drive(sample_year, scenario, at="#300", size=NARROW)


def test_steps_and_play_go_by_what_is_shown(sample_year: Path, reading: Reading) -> None:
    expected = by_hand(reading, lambda one: one.step == "reviewed")
    after = [one for one in expected if one > 300]

    async def scenario(driver: Driver) -> None:
        driver.replay.narrow(Filter(step="reviewed"))
        await driver.settle()
        await driver.press("full_stop")
        assert driver.position == after[0]
        await driver.press("full_stop", "full_stop", "comma")
        assert driver.position == after[1]
        await driver.press("end")
        assert driver.position == expected[-1]
        await driver.press("home")
        assert driver.position == expected[0]
        seen = []
        driver.replay._speeds[False] = 7
        driver.replay._run()
        for _ in range(40):
            driver.replay._tick(30)
            seen.append(driver.position)
        assert set(seen) <= set(expected)
        assert seen[-1] == expected[-1]

    drive(sample_year, scenario, at="#300")


def test_the_time_line_counts_what_is_shown(sample_year: Path, reading: Reading) -> None:
    expected = by_hand(reading, lambda one: one.step == "reviewed")

    async def scenario(driver: Driver) -> None:
        timeline = driver.replay.query_one(Timeline)
        assert sum(bucket[3] for bucket in timeline._buckets) == 760
        driver.replay.narrow(Filter(step="reviewed"))
        await driver.settle()
        assert sum(bucket[3] for bucket in timeline._buckets) == len(expected)
        await driver.press("F")
        assert sum(bucket[3] for bucket in timeline._buckets) == 760

    drive(sample_year, scenario)


def test_a_filter_is_turned_off_and_on_and_cleared(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.narrow(Filter(step="reviewed"))
        await driver.settle()
        await driver.press("F")
        assert driver.replay.hits is None
        assert "đang tắt" in driver.line("narrowed")
        assert driver.position == 300
        await driver.press("F")
        assert driver.replay.hits
        await driver.press("f", "f9")
        assert driver.replay.hits is None
        assert driver.line("narrowed") == ""
        await driver.press("F")
        assert driver.replay.hits is None

    drive(sample_year, scenario, at="#300")


def test_what_is_wrong_in_the_form_is_told_and_the_filter_stays(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        await driver.press("f", "tab", "tab", "tab", "tab")
        await driver.type("31/02/2024")
        await driver.press("enter")
        assert "Ghi từ ngày: 31/02/2024 không phải là một ngày" in driver.seen
        await driver.press("escape")
        assert driver.line("narrowed") == ""

    drive(sample_year, scenario)


def test_a_stale_answer_is_dropped(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.narrow(Filter(step="reviewed"))
        await driver.settle()
        shown = list(driver.replay.hits or ())
        driver.replay.on_gathered(Gathered(array("Q", [1]), 1, 760, driver.replay._generation - 1))
        assert list(driver.replay.hits or ()) == shown

    drive(sample_year, scenario)


def test_nothing_found_is_told(sample_year: Path) -> None:
    async def scenario(driver: Driver) -> None:
        driver.replay.narrow(Filter(delayed=5000))
        await driver.settle()
        assert "không có mục nào" in driver.seen
        assert "Lọc 0 mục" in driver.line("narrowed")
        await driver.press("full_stop", "end", "pagedown", "space", "space")
        assert driver.position == 300

    drive(sample_year, scenario, at="#300")
