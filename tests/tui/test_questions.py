"""The screen of questions, driven by keys on the sample year: verdicts as of the cursor, their entries, a finding."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.tui.driving import NARROW, WIDE, drive
from textual.widgets import Input

from guong.audit.answer import VERDICTS
from guong.audit.asking import ask, sources
from guong.audit.inquiry import Scope
from guong.audit.registry import agenda
from guong.book import Book
from guong.view.moments import Moment
from guong_tui.asking import Answers
from guong_tui.screens.finding import FindingScreen
from guong_tui.screens.questions import QuestionScreen, Told
from guong_tui.screens.replay import ReplayScreen
from guong_tui.widgets.inputs import Tick, VTextArea
from guong_tui.widgets.row_list import RowList
from guong_tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.driving import Driver

    from guong.audit.asking import Asked

EARLY, LATE = 400, 760


@pytest.fixture(scope="module")
def answered(sample_year: Path) -> dict[int, dict[str, Asked]]:
    """Return what the questions come to when they are asked without a screen, by moment."""
    with Book(sample_year) as book, sources(book) as known:
        return {
            at: {one.id: ask(one, known, Scope(Moment(at)), {}) for theme in agenda(book.plugins, book.view) for one in theme.questions}
            for at in (EARLY, LATE)
        }  # fmt: skip


@pytest.fixture
def own(sample_year: Path, tmp_path: Path) -> Path:
    """A copy of the sample year that may be written to."""
    return shutil.copytree(sample_year, tmp_path / "so")


def told(driver: Driver) -> dict[str, tuple[str, str]]:
    """Return verdict and count by question as the list shows them."""
    screen = driver.app.screen
    assert isinstance(screen, QuestionScreen)
    lines = screen.query_one("#questions", RowList).text.splitlines()
    return {
        one.id: (line[2:18].strip(), line[18:23].strip())
        for line, (_, one) in zip(lines, screen._rows, strict=True)
        if one is not None
    }


def expected(asked: dict[str, Asked]) -> dict[str, tuple[str, str]]:
    """Return what the list should show."""
    return {id_: (VERDICTS[one.answer.verdict], str(one.answer.count or "")) for id_, one in asked.items()}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_question_is_at_most_three_keys_from_the_board(
    sample_year: Path, answered: dict[int, dict[str, Asked]], size: tuple[int, int]
) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f5", "f6")
        screen = driver.app.screen
        assert isinstance(screen, QuestionScreen)
        letters = {id_: letter for letter, id_ in screen._letters.items()}
        assert letters.keys() == answered[LATE].keys()
        for id_, letter in letters.items():
            await driver.press(letter)
            assert screen._question[1].id == id_  # type: ignore[index,union-attr]
            assert screen.query_one("#answer", Sheet).text.split()[2] == id_

    assert drive(sample_year, script, at=f"#{LATE}", size=size) is None


def test_the_verdicts_are_those_of_the_moment_and_follow_it(
    sample_year: Path, answered: dict[int, dict[str, Asked]]
) -> None:
    assert expected(answered[EARLY]) != expected(answered[LATE])

    async def script(driver: Driver) -> None:
        await driver.press("f6")
        assert told(driver) == expected(answered[EARLY])
        assert f"trả lời cho lúc mục #{EARLY} được ghi" in driver.seen
        await driver.pilot.press("ctrl+end")
        await driver.pilot.pause()
        assert f"đang hỏi về lúc mục #{LATE} được ghi" in driver.seen
        assert f"đang hiện câu trả lời cho mục #{EARLY}" in driver.seen
        await driver.settle()
        assert told(driver) == expected(answered[LATE])
        assert f"trả lời cho lúc mục #{LATE} được ghi" in driver.seen

    assert drive(sample_year, script, at=f"#{EARLY}") is None


def test_an_answer_about_another_moment_is_dropped(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f6")
        before = told(driver)
        driver.app.screen.post_message(Told(Answers(EARLY)))
        await driver.settle()
        assert told(driver) == before

    assert drive(sample_year, script, at=f"#{LATE}") is None


def test_enter_goes_to_the_entries_and_from_there_to_the_replay(
    sample_year: Path, answered: dict[int, dict[str, Asked]]
) -> None:
    second = answered[LATE]["Q01"].answer.evidence[1]

    async def script(driver: Driver) -> None:
        await driver.press("f5", "f6", "enter", "down")
        assert second.says.split()[0] in driver.app.screen.query_one("#answer", Sheet).text
        await driver.press("escape")
        assert isinstance(driver.app.screen, QuestionScreen)
        await driver.press("enter", "enter")
        assert isinstance(driver.app.screen, ReplayScreen)
        assert driver.position == second.position

    assert drive(sample_year, script, at=f"#{LATE}") is None


@pytest.mark.parametrize(("keys", "whole"), [(("E", "f"), True), (("E", "enter", "down", "f"), False)])
def test_a_finding_is_recorded_about_the_question_or_one_entry(
    own: Path, answered: dict[int, dict[str, Asked]], keys: tuple[str, ...], whole: bool
) -> None:
    places = [one.position for one in answered[LATE]["Q05"].answer.evidence]
    assert len(set(places)) < len(places)  # some entries lack several steps

    async def script(driver: Driver) -> None:
        driver.app.by = "noi-vu-01"
        driver.app.go(places[1])  # so that its page is at hand
        await driver.settle()
        await driver.press("ctrl+end", "f6", *keys)
        screen = driver.app.screen
        assert screen.focused is screen.query_one(VTextArea)
        await driver.type("Chua ro")
        screen.query_one(Tick).value = not whole
        await driver.press("f2")
        await driver.settle()
        assert isinstance(driver.app.screen, QuestionScreen)
        driver.replay.look()
        await driver.settle()
        assert "?" in driver.app.screen.query_one("#evidence", RowList).text.splitlines()[0 if whole else 1][9:11]
        driver.app.show_entry(places[1])
        await driver.settle()
        pages = driver.replay.pages
        assert "?" in pages.row(pages.places.index(places[1])).signs

    assert drive(own, script, at=f"#{LATE}") is None
    with Book(own) as book:
        (raised,) = [one for one in book.view.states("finding") if one.standing()["finding_recorded"].position > LATE]
        assert raised.question == "Q05"
        assert raised.severity == ("note" if whole else "breach")
        named = [known[0] for id_ in raised.entries if (known := book.view.entry(id_))]
        assert named == (list(dict.fromkeys(places)) if whole else places[1:2])
        entry = book.log.read(LATE, 1)[0].entry
        assert entry is not None
        assert entry.made_with.channel == "tui"


def test_a_finding_that_nobody_raises_or_that_is_refused_is_told_and_not_recorded(own: Path) -> None:
    async def script(driver: Driver) -> None:
        await driver.press("f6", "A", "f", "f2")
        assert "Chưa biết ai nêu" in driver.seen
        await driver.type("khong-co")
        await driver.press("f2")
        assert "Nội dung phát hiện: còn thiếu" in driver.seen
        driver.app.screen.query_one(VTextArea).text = "Chưa rõ"
        await driver.press("f2")
        assert "khong-co" in str(driver.app.screen.query_one(".fault").render())
        assert isinstance(driver.app.screen, FindingScreen)
        assert driver.app.screen.query_one("#by", Input).value == "khong-co"
        await driver.press("escape")
        assert isinstance(driver.app.screen, QuestionScreen)

    assert drive(own, script, at=f"#{LATE}") is None
    with Book(own) as book:
        assert book.log.head() == LATE


def test_a_book_that_cannot_be_written_to_says_so(sample_year: Path) -> None:
    async def script(driver: Driver) -> None:
        driver.app.reading.book.readonly = True
        await driver.press("f6", "A", "f")
        assert isinstance(driver.app.screen, QuestionScreen)
        (said,) = driver.app._notifications
        assert "Sổ chỉ đọc" in said.message

    assert drive(sample_year, script, at=f"#{LATE}") is None


def test_a_book_without_a_plan_is_asked_too(book: Book) -> None:
    folder = book.folder
    book.close()

    async def script(driver: Driver) -> None:
        await driver.press("f6")
        assert {title for title, _ in told(driver).values()} <= set(VERDICTS.values())
        assert "không đủ dữ liệu" in driver.seen
        await driver.press("enter", "enter", "escape", "escape")
        assert isinstance(driver.app.screen, ReplayScreen)

    assert drive(folder, script) is None
