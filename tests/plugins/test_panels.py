"""The panels of the three bundled fields that bring some: what they tell of entries written by hand."""

from __future__ import annotations

from typing import Any

import pytest

import guong_day_tot_hoc_tot
import guong_nong_thon_moi
import guong_phat_trien_kinh_te
from guong import Cell, LifeShown, MomentShown, Panel, PlanDeclaration, Quota
from guong.domain.entry import Entry, FieldPart, MadeWith, Stored
from guong.domain.exemplar import Exemplar
from guong.domain.plan import Plan
from guong.domain.quota import BoardRow
from guong.panels import drawn
from guong.view.listing import ExemplarRow

PLAN = Plan(id="0", key="ke-hoach", declared=PlanDeclaration(key="ke-hoach", title="Kế hoạch"))
STATE = Exemplar(id="e", plan="ke-hoach", field="f", declaration="d", subject="s", lead="phong-a", unit="phong-a")


def life(*steps: tuple[str, str, dict[str, Any]]) -> LifeShown:
    """Return a life of steps: which, when, with what details."""
    entries = [
        Stored(
            position=number, stream="e", version=number, topic=f"exemplar.{step}",
            entry=Entry(
                id=str(number), salt="", seen=None, step=step, v=1, recorded_at="2024-12-01T00:00:00.000000Z", occurred_on=on, by="nv",
                role="r", unit="u", correlation="c", made_with=MadeWith(version="0", channel="cli"), data={},
                field=FieldPart(key="f", declaration="d", details=details),
            ),
        )
        for number, (step, on, details) in enumerate(steps, start=1)
    ]  # fmt: skip
    return LifeShown(PLAN, None, STATE, tuple(entries))


def texts(panel: Panel, shown: LifeShown | MomentShown) -> list[list[str]]:
    """Return the lines of a panel as text."""
    return [[cell.text for cell in line] for line in drawn(panel, shown)]


(CRITERIA,) = guong_nong_thon_moi.guong_register_panels()
(LEVELS,) = guong_day_tot_hoc_tot.guong_register_panels()
(PROFIT,) = guong_phat_trien_kinh_te.guong_register_panels()


@pytest.mark.parametrize("panel", [CRITERIA, PROFIT])
def test_a_life_that_answered_nothing_of_it_has_no_lines(panel: Panel) -> None:
    assert panel.place == "life"
    assert drawn(panel, life()) == []
    assert drawn(panel, life(("assessed", "2024-05-01", {}))) == []


def test_criteria_are_told_over_time_with_what_was_gained_and_lost() -> None:
    shown = life(
        ("discovered", "2024-03-22", {"tieu_chi": 17}), ("supported", "2024-05-20", {}), ("supported", "2024-09-25", {"tieu_chi": 19}),
        ("assessed", "2024-10-02", {"tieu_chi": 18}),
    )  # fmt: skip
    assert texts(CRITERIA, shown) == [
        ["22/3/2024", "█" * 17 + "··", "17/19", ""], ["25/9/2024", "█" * 19, "19/19", "+2"], ["02/10/2024", "█" * 18 + "·", "18/19", "-1"],
    ]  # fmt: skip


def test_criteria_of_those_who_follow_are_not_those_of_the_commune() -> None:
    shown = life(
        ("replication_started", "2024-10-21", {"tieu_chi": 11}),
        ("replication_succeeded", "2024-12-19", {"tieu_chi": 13}),
    )
    assert texts(CRITERIA, shown) == []


def test_profit_is_told_year_by_year_beside_that_of_the_neighbours() -> None:
    shown = life(
        ("assessed", "2024-10-28", {"nam": "2024", "loi_nhuan": 312_000_000, "binh_quan": 98_000_000}),
        ("assessed", "2024-10-29", {"nam": "2023", "loi_nhuan": 286_500_000}),
    )  # fmt: skip
    assert texts(PROFIT, shown) == [
        ["2023", "gia đình", "█" * 22, "286,5 triệu đồng"], ["2024", "gia đình", "█" * 24, "312,0 triệu đồng"],
        ["", "bình quân", "▒" * 8, "98,0 triệu đồng"],
    ]  # fmt: skip


def test_a_profit_without_its_year_belongs_to_the_year_of_its_day_and_none_is_no_fault() -> None:
    assert texts(PROFIT, life(("assessed", "2024-10", {"loi_nhuan": 0})))[0][:2] == ["2024", "gia đình"]


def board_row(part: str, **numbers: float) -> BoardRow:
    """Return a line of the board for a part."""
    whole: dict[str, Any] = dict.fromkeys(BoardRow._fields, 0) | {
        "quota": Quota(key="h", number=2), "field": "day-tot-hoc-tot", "holder": "phong-gd", "part": part, "since": "", "until": "",
        "verdict": "short" if numbers.get("short") else "reached",
    }  # fmt: skip
    return BoardRow(**{**whole, **numbers})


def test_the_three_school_levels_stand_side_by_side() -> None:
    exemplars = [
        ExemplarRow(str(number), "", "ke-hoach", "day-tot-hoc-tot", "", part, "s", "", "reviewed", number)
        for number, part in enumerate(("mam-non", "mam-non", "thcs"), start=1)
    ]
    board = (
        board_row("mam-non", needed=2, reviewed=2, reached=2, replicated=1), board_row("thcs", needed=2, reviewed=1, reached=1, short=1),
    )  # fmt: skip
    lines = drawn(LEVELS, MomentShown(PLAN, board, {}, iter(exemplars)))
    assert LEVELS.place == "moment"
    assert [[cell.text for cell in line] for line in lines[1:]] == [
        ["Mầm non", "đạt 2", "2", "2", "1"], ["Tiểu học", "không có", "0"], ["Trung học cơ sở", "thiếu 1/2", "1", "1", "0"],
    ]  # fmt: skip
    assert lines[3][1] == Cell("thiếu 1/2", "bad")


def test_without_exemplars_and_quotas_there_is_nothing_to_tell_of_levels() -> None:
    assert drawn(LEVELS, MomentShown(PLAN, (), {}, ())) == []
