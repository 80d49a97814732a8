"""The screens over the replay, driven by keys on the sample year: lives, the moment, bookmarks, palette, help, themes."""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.tui.driving import NARROW, WIDE, drive
from textual.widgets import Input

from guong.book import Book
from guong.panels import Cell
from guong_tui.screens.life import LifeScreen, Lived
from guong_tui.screens.moment import MomentScreen
from guong_tui.screens.replay import ReplayScreen
from guong_tui.widgets.row_list import RowList
from guong_tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.tui.driving import Driver

    from guong.panels import Line


@pytest.fixture(scope="module")
def places(sample_year: Path) -> dict[str, int]:
    """Return the last entry of some exemplars, by what one looks for in them."""
    found: dict[str, int] = {}
    with Book(sample_year) as book:
        for row in book.view.exemplars():
            last = book.log.stream(row.id)[-1].position
            found[book.name(row.subject)] = last
            found[row.field] = max(found.get(row.field, 0), last)
            if len(book.view.exemplars(subject=row.subject)) > 1:
                found["two fields"] = last
    return found


def shown(driver: Driver, sheet: str) -> str:
    """Return all that a sheet says."""
    return driver.app.screen.query_one(f"#{sheet}", Sheet).text


def screens(
    folder: Path, at: int, script: Callable[[Driver], Awaitable[None]], size: tuple[int, int] = WIDE, field: str = ""
) -> None:  # fmt: skip
    """Run a script, which must end without a fault."""
    assert drive(folder, script, at=f"#{at}", size=size, field=field) is None


# ------------------------------------------------------------------ a life


@pytest.mark.parametrize("key", ["enter", "s"])
def test_a_life_opens_from_an_entry_and_closes_again(sample_year: Path, places: dict[str, int], key: str) -> None:
    async def script(driver: Driver) -> None:
        await driver.press(key)
        assert isinstance(driver.app.screen, LifeScreen)
        assert "Tập thể Nhân dân và cán bộ xã Điềm He" in driver.seen.splitlines()[0]
        await driver.press("escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script)


def test_a_life_tells_its_steps_criteria_papers_and_replications(sample_year: Path, places: dict[str, int]) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s")
        text = shown(driver, "graph")
        assert "✓ Bình xét: đạt" in text
        assert "✓ Nhân rộng đạt" in text
        assert "b.tt.01 đạt" in text
        assert "Biên bản số 03/BB-NNPTNT" in text
        assert "+3 ngày" in text  # discovered on the 22nd, recorded on the 25th
        assert "Nông Văn Đồng (nnptnt-01)" in text

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script)


def test_moving_in_a_life_moves_the_replay_and_shows_the_life_as_it_stood(
    sample_year: Path, places: dict[str, int]
) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s", "home", "down")  # the subject was registered before
        assert driver.position < places["nong-thon-moi"]
        text = shown(driver, "graph")
        assert "✓ Phát hiện" in text
        assert "○ Phân công cán bộ theo dõi" in text
        assert "… Bình xét" in text
        assert "chờ Tổng kết, đánh giá" in text
        first = driver.position
        await driver.press("down")
        assert driver.position > first
        assert "✓ Phân công cán bộ theo dõi" in shown(driver, "graph")
        there = driver.position
        await driver.press("escape")
        assert driver.position == there

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script)


@pytest.mark.parametrize(("position", "index"), [(1, 0), (5, 0), (6, 0), (8, 0), (9, 1), (12, 2), (99, 2)])
def test_in_a_life_the_cursor_stands_on_the_last_entry_that_had_been_recorded(position: int, index: int) -> None:
    assert Lived(array("Q", [5, 9, 12])).index(position) == index


def test_before_it_was_discovered_a_life_has_not_begun(sample_year: Path, places: dict[str, int]) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s", "ctrl+home")
        assert driver.position == 1
        assert "chưa được phát hiện vào lúc này" in shown(driver, "graph")

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script)


def test_the_replay_runs_on_under_a_life(sample_year: Path, places: dict[str, int]) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s", "comma")
        assert driver.position == places["nong-thon-moi"] - 1
        await driver.press("full_stop")
        assert driver.position == places["nong-thon-moi"]

    screens(sample_year, places["nong-thon-moi"], script)


def test_the_other_field_of_the_same_subject_is_one_key_away(sample_year: Path, places: dict[str, int]) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s")
        screen = driver.app.screen
        assert isinstance(screen, LifeScreen)
        first, subject = screen.exemplar, screen.subject
        assert "Cùng đối tượng, lĩnh vực khác" in shown(driver, "graph")
        await driver.press("backslash")
        assert screen.exemplar != first
        assert screen.subject == subject
        await driver.press("backslash")
        assert screen.exemplar == first

    screens(sample_year, places["two fields"], script)


def test_an_entry_about_nobody_opens_nothing(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s")
        assert isinstance(driver.app.screen, ReplayScreen)
        assert any("không nói về điển hình" in one.message for one in driver.app._notifications)

    screens(sample_year, 1, script)


@pytest.mark.parametrize(
    ("field", "title", "word"),
    [("nong-thon-moi", "Số tiêu chí đã đạt", "17/19"), ("phat-trien-kinh-te", "Lợi nhuận của gia đình", "triệu đồng")],
)
def test_the_panels_of_a_field_stand_beside_its_lives(sample_year: Path, field: str, title: str, word: str) -> None:
    with Book(sample_year) as book:
        at = next(
            stored.position for stored in reversed(list(book.log.all()))
            if stored.entry and stored.entry.field and stored.entry.field.key == field
            and any(key in stored.entry.field.details for key in ("tieu_chi", "loi_nhuan")) and not stored.entry.step.startswith("repl")
        )  # fmt: skip

    async def script(driver: Driver) -> None:
        await driver.press("s")
        text = shown(driver, "panels")
        assert text.startswith(title)
        assert word in text or "/19" in text

    screens(sample_year, at, script)


def test_a_panel_that_raises_tells_its_name_and_reason_and_nothing_else_changes(
    sample_year: Path, places: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    import guong_nong_thon_moi.panels as brought
    from guong import Panel

    async def script(driver: Driver) -> None:
        await driver.press("s")
        sheets["graph"], sheets["panels"] = shown(driver, "graph"), shown(driver, "panels")

    sheets: dict[str, str] = {}
    at = places["Tập thể Nhân dân và cán bộ xã Điềm He"]
    screens(sample_year, at, script)
    well = dict(sheets)

    def broken(_: object) -> list[str]:
        raise ZeroDivisionError("\x1b[31mđỏ[/b]")

    monkeypatch.setattr(brought, "PANELS", [*brought.PANELS, Panel("Khung [/b] hỏng", "life", broken)])
    screens(sample_year, at, script)
    assert sheets["graph"] == well["graph"]
    assert sheets["panels"].startswith(well["panels"])
    flat = " ".join(sheets["panels"].split())
    assert "Khung [/b] hỏng" in flat
    assert "ZeroDivisionError: ‹U+001B›[31mđỏ[/b]" in flat


def test_hostile_cells_of_a_panel_are_shown_inert(
    sample_year: Path, places: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    import guong_nong_thon_moi.panels as brought
    from guong import Panel

    lines: list[Line] = [[Cell("\x1b[2J"), Cell("[/x]")], "một\u202edòng"]
    monkeypatch.setattr(brought, "PANELS", [Panel("Thử", "life", lambda _: lines)])

    async def script(driver: Driver) -> None:
        await driver.press("s")
        text = shown(driver, "panels")
        assert "‹U+001B›[2J" in text
        assert "[/x]" in text
        assert "một‹U+202E›dòng" in text

    screens(sample_year, places["nong-thon-moi"], script)


@pytest.mark.parametrize(("key", "pane"), [("f2", "graph"), ("f3", "entry"), ("f4", "panels")])
def test_in_a_narrow_life_one_pane_is_seen_at_a_time(
    sample_year: Path, places: dict[str, int], key: str, pane: str
) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s", key)
        seen = [one for one in ("graph", "entry", "panels") if driver.app.screen.query_one(f"#{one}").size.height]
        assert seen == [pane]
        assert shown(driver, pane)

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script, NARROW)


def test_a_life_takes_in_what_is_recorded_while_it_is_shown(book: Book) -> None:
    row = {"step": "subject_registered", "kind": "person", "unit": "phong-a", "name": "Lý Thị Sách", "by": "nv-01"}
    subject = book.record({**row, "occurred_on": "2024-02-01"}).stream
    folder = book.folder
    book.close()

    async def script(driver: Driver) -> None:
        await driver.press("s")
        assert len(driver.app.screen.pages) == 1  # type: ignore[attr-defined]
        with Book(folder) as writer:
            change = {
                "step": "subject_changed",
                "subject": subject,
                "change": "renamed",
                "by": "nv-01",
                "reason": "đổi tên",
            }
            writer.record({**change, "occurred_on": "2024-03-01"})
        driver.replay.look()
        await driver.settle()
        assert len(driver.app.screen.pages) == 2  # type: ignore[attr-defined]
        assert "Thay đổi" in shown(driver, "graph")

    assert drive(folder, script) is None


# ------------------------------------------------------------------ the moment


def test_the_moment_shows_what_is_short_and_follows_the_replay(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f5")
        assert isinstance(driver.app.screen, MomentScreen)
        assert "không chỉ tiêu giao" not in driver.seen
        before = shown(driver, "board")
        assert "thiếu 2" in before
        await driver.press("ctrl+end")
        after = shown(driver, "board")
        assert after != before
        assert "✓ đạt" in after
        assert "1 chỉ tiêu giao còn thiếu: h Trung học cơ sở thiếu 1" in driver.seen
        await driver.press("escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    screens(sample_year, 400, script)


def test_the_exemplars_of_a_field_are_listed_and_open(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f5")
        screen = driver.app.screen
        everybody = screen.query_one("#exemplars", RowList).text.splitlines()
        await driver.press("down", "down")
        listed = screen.query_one("#exemplars", RowList).text.splitlines()
        assert 0 < len(listed) < len(everybody)
        assert "Tập thể Nhân dân và cán bộ xã Điềm He" in listed[0]
        await driver.press("enter", "down", "enter")
        assert isinstance(driver.app.screen, LifeScreen)
        assert listed[1].split()[0] in driver.seen.splitlines()[0]
        await driver.press("q")
        assert driver.app.screen is screen

    screens(sample_year, 760, script)


def test_the_moment_begins_with_the_field_that_was_asked_for(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f5")
        screen = driver.app.screen
        assert isinstance(screen, MomentScreen)
        assert screen.field == "day-tot-hoc-tot"
        assert "Trung học cơ sở thiếu 1/2" in shown(driver, "panels")

    screens(sample_year, 760, script, field="day-tot-hoc-tot")


@pytest.mark.parametrize(("key", "pane"), [("f2", "board"), ("f3", "fields"), ("f4", "panels")])
def test_in_a_narrow_moment_one_pane_is_seen_at_a_time(sample_year: Path, key: str, pane: str) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f5", key)
        seen = [one for one in ("board", "fields", "panels") if driver.app.screen.query_one(f"#{one}").size.height]
        assert seen == [pane]

    screens(sample_year, 760, script, NARROW)


def test_a_book_that_has_just_been_opened_has_an_empty_moment(book: Book) -> None:
    folder = book.folder
    book.close()

    async def script(driver: Driver) -> None:
        await driver.press("f5")
        assert "chưa có kế hoạch nào" in driver.seen
        assert "chưa có điển hình nào" in driver.seen
        await driver.press("enter", "enter", "escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    assert drive(folder, script) is None


def test_without_its_plugins_a_book_is_shown_all_the_same(
    sample_year: Path, places: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONG_PLUGINS", "")

    async def script(driver: Driver) -> None:
        await driver.press("s")
        text = shown(driver, "graph")
        assert "b.tt.01 đạt" in text
        assert "cần plugin nong-thon-moi" in text
        await driver.press("escape", "f5")
        assert "✓ đạt" in shown(driver, "board")

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script)


# ------------------------------------------------------------------ bookmarks


def test_bookmarks_are_kept_by_book_and_entry_with_notes(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("m", "comma", "m")
        await driver.press("apostrophe")
        assert "#300" in driver.seen
        assert "#299" in driver.seen
        await driver.press("n")
        await driver.type("xem lại [/b]")
        await driver.press("enter")
        assert "xem lại [/b]" in driver.seen
        await driver.press("down", "enter")
        assert isinstance(driver.app.screen, ReplayScreen)
        assert driver.position == 300
        assert any(line.startswith(">◆") for line in driver.seen.splitlines())
        await driver.press("m")
        assert not any(line.startswith(">◆") for line in driver.seen.splitlines())

    screens(sample_year, 300, script)
    with Book(sample_year) as book:
        (stored,) = book.log.read(298, 1)
        assert stored.entry is not None
        (kept,) = Path(os_home()).glob("bookmarks/*.json")
        assert kept.stem == book.state.id
        assert json.loads(kept.read_text("utf-8")) == {stored.entry.id: "xem lại [/b]"}


def os_home() -> str:
    """Return the folder of the person's settings."""
    import os

    return os.environ["GUONG_HOME"]


def test_a_mark_is_taken_away_among_the_bookmarks(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("m", "apostrophe", "m")
        assert "chưa đánh dấu mục nào" in driver.seen
        await driver.press("enter", "n", "escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    screens(sample_year, 300, script)


# ------------------------------------------------------------------ palette, help, looks


def test_the_palette_finds_without_diacritics_and_does_it(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("ctrl+p")
        await driver.type("danh dau trang")
        assert "Các mục đã đánh dấu" in driver.seen
        await driver.press("escape", "ctrl+p")
        await driver.type("muc dau tien")
        await driver.press("enter")
        assert driver.position == 1
        await driver.press("ctrl+p")
        await driver.type("tuong phan")
        await driver.press("enter")
        assert driver.app.theme == "guong-contrast"
        await driver.press("ctrl+p")
        await driver.type("khong co gi nhu the")
        await driver.press("enter", "escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    screens(sample_year, 300, script)


def test_help_names_every_action_with_its_key(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        for key in ("question_mark", "f1"):
            await driver.press(key)
            text = shown(driver, "help")
            for one in (*driver.app.available, *LIST):
                assert one.title in text, one.id
            assert "◆" in text
            await driver.press("escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    from guong_tui.actions import LIST

    screens(sample_year, 300, script)


def test_themes_follow_each_other(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        looks = []
        for _ in range(5):
            await driver.press("f9")
            looks.append(driver.app.theme)
        assert looks == ["textual-light", "guong-contrast", "ansi-dark", "ansi-light", "textual-dark"]

    screens(sample_year, 300, script)


def test_q_closes_a_screen_and_then_the_app(sample_year: Path, places: dict[str, int]) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("s", "q")
        assert isinstance(driver.app.screen, ReplayScreen)
        await driver.pilot.press("q")
        await driver.pilot.pause()
        assert not driver.app.is_running

    screens(sample_year, places["nong-thon-moi"], script)


def test_every_screen_speaks_english_where_it_is_asked_to(
    sample_year: Path, places: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONG_LANG", "en")

    async def script(driver: Driver) -> None:
        await driver.press("s")
        assert "Criteria" in shown(driver, "graph")
        assert "same subject" in driver.seen.splitlines()[-1]
        await driver.press("escape", "f5")
        assert "assigned quotas are short" in driver.seen
        assert "every field" in driver.seen

    screens(sample_year, places["Tập thể Nhân dân và cán bộ xã Điềm He"], script)


# ------------------------------------------------------------------ hostile names

HOSTILE = {
    "markup": "[/x] [bold red]đỏ[/] [@click=app.quit]bấm[/]",
    "formula": "=1+1|' /C calc'!A0 | `x`",
    "wide": "漢字 👩‍👩‍👧‍👦",
    "long": "dài " * 200,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_is_shown_and_does_nothing(book: Book, kind: str, tmp_path: Path) -> None:
    given = HOSTILE[kind].strip()
    row = {"step": "subject_registered", "kind": "person", "unit": "phong-a", "name": given, "by": "nv-01"}
    book.record({**row, "occurred_on": "2024-02-01"})
    folder = book.folder
    book.close()

    async def script(driver: Driver) -> None:
        await driver.press("m", "s")
        assert isinstance(driver.app.screen, LifeScreen)
        for key in ("f2", "f3", "f4", "f2"):
            await driver.press(key)
            lines = driver.seen.splitlines()
            assert max(cell_len(line) for line in lines) <= NARROW[0]
        assert " ".join(given.split())[:20] in " ".join(shown(driver, "graph").split())
        await driver.press("f8")
        driver.app.screen.query_one(Input).value = str(tmp_path / "doi.md")
        await driver.press("enter", "escape", "apostrophe", "n")
        await driver.type("[/b]")
        await driver.press("enter")
        assert max(cell_len(line) for line in driver.seen.splitlines()) <= NARROW[0]
        assert driver.app.is_running

    assert drive(folder, script, size=NARROW) is None
