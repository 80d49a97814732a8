"""`guong ask` and `guong finding`, as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from guong.audit.answer import VERDICTS
from guong.audit.registry import themes
from guong.plugins import Plugins

if TYPE_CHECKING:
    from tests.core.cli.conftest import Desk

ADMIN = ("--by", "noi-vu-01")
WHEN = ("--occurred-on", "1/7/2025", "--as-role", "quan-tri", "--in-unit", "phong-noi-vu", "--no-input")


def asked(shelf: Desk, *args: str) -> list[dict[str, Any]]:
    """Return the answers as JSON."""
    rows: list[dict[str, Any]] = json.loads(shelf.on_book("ask", *args, "--json").out)
    return rows


def test_all_questions_are_one_line_each_under_the_headings_of_their_themes(shelf: Desk) -> None:
    lines = shelf.on_book("ask").out.splitlines()
    every = list(themes(Plugins()))
    assert [line for line in lines if not line.startswith("  ")] == [theme.title for theme in every]
    rows = [line for line in lines if line.startswith("  ")]
    assert len(rows) == sum(len(theme.questions) for theme in every)
    for line, one in zip(rows, [one for theme in every for one in theme.questions], strict=True):
        assert one.id in line.split()
        assert line.endswith(one.text)
        assert any(line.strip().startswith(title) for title in VERDICTS.values())


def test_json_says_all_that_the_screen_does(shelf: Desk) -> None:
    rows = asked(shelf, "--all")
    assert [row["id"] for row in rows] == [one.id for theme in themes(Plugins()) for one in theme.questions]
    for row in rows:
        assert row["verdict_title"] == VERDICTS[row["verdict"]]
        assert row["says"]
        assert (row["verdict"] == "unknown") <= bool(row["missing"]), "what is missing is said"
        assert (row["verdict"] in ("unclear", "breach")) == (row["count"] > 0)


def test_one_question_tells_why_and_what_it_rests_on(shelf: Desk) -> None:
    told = shelf.on_book("ask", "q06", "--field", "nong-thon-moi", "--at", "2024-12-31")
    assert told.code == 0
    assert "Q06" in told.out
    (row,) = asked(shelf, "Q06")
    for one in row["evidence"]:
        assert f"#{one['position']}  {one['says']}" in shelf.on_book("ask", "Q06").out
    assert "Căn cứ: " in told.out
    assert "hết ngày" not in told.out
    assert "1 câu" in told.err


def test_entries_that_need_no_word_are_named_by_what_happened(shelf: Desk) -> None:
    (row,) = asked(shelf, "Q15")
    position = row["evidence"][0]["position"]
    (line,) = [one for one in shelf.on_book("ask", "Q15").out.splitlines() if one.strip().startswith(f"#{position} ")]
    assert line.split("  ")[-1].startswith("Bình xét, ")


def test_a_moment_before_anything_happened_knows_nothing(shelf: Desk) -> None:
    (row,) = asked(shelf, "Q01", "--at", "#5")
    assert (row["verdict"], row["seen"]) == ("unknown", 0)
    assert "#5" in shelf.on_book("ask", "Q01", "--at", "#5").err


def test_a_parameter_is_set_and_told(shelf: Desk) -> None:
    (row,) = asked(shelf, "Q07", "--set", "burst=5", "--set", "night=20")
    assert row["parameters"] == {"burst": 5, "night": 20, "morning": 5, "named": 3}
    assert "burst=5" in shelf.on_book("ask", "Q07", "--set", "burst=5").out


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("Q99",), 3, "không có câu hỏi Q99"),
        (("Q01", "--field", "nong-thon-moj"), 3, "có phải là nong-thon-moi?"),
        (("Q01", "--plan", "x"), 3, "không có kế hoạch x"),
        (("Q01", "--unit", "x"), 3, "không có đơn vị x"),
        (("Q07", "--set", "bursts=5"), 2, "có phải là burst?"),
        (("Q01", "--set", "burst=5"), 2, "câu này không có tham số nào"),
        (("Q07", "--set", "burst"), 2, "còn thiếu dấu ="),
        (("Q07", "--set", "burst=nhiều"), 3, "phải là số nguyên"),
        (("Q01", "--at", "99/99/2024"), 2, "không phải là một ngày"),
    ],
)
def test_what_is_wrong_on_the_line_is_named_with_what_would_have_worked(
    shelf: Desk, args: tuple[str, ...], code: int, says: str
) -> None:
    told = shelf.on_book("ask", *args)
    assert (told.code, told.out) == (code, "")
    assert says in told.err


def test_strict_ends_with_a_code_of_its_own_where_there_is_a_breach(shelf: Desk) -> None:
    rows = asked(shelf)
    breached = next(row["id"] for row in rows if row["verdict"] == "breach")
    met = next(row["id"] for row in rows if row["verdict"] == "met")
    assert shelf.on_book("ask", breached, "--strict").code == 8
    assert shelf.on_book("ask", breached).code == 0
    assert shelf.on_book("ask", met, "--strict").code == 0


def test_a_question_that_knows_no_field_says_so(shelf: Desk) -> None:
    assert "không chia theo --field" in shelf.on_book("ask", "Q34", "--field", "y-te").out


def test_another_field_s_own_questions_are_not_asked(shelf: Desk) -> None:
    ids = {row["id"] for row in asked(shelf, "--field", "nong-thon-moi")}
    assert "nong-thon-moi.contribution" in ids
    assert "day-tot-hoc-tot.pupils" not in ids


def test_what_is_whole_is_known_once_it_was_checked_and_recorded(desk: Desk) -> None:
    head = desk.head()
    assert [row["verdict"] for row in asked(desk, "Q39", "Q40")] == ["unknown", "unclear"]
    assert [row["verdict"] for row in asked(desk, "Q39", "Q40", "--deep")] == ["unknown", "met"]
    assert desk.head() == head, "nothing is recorded that nobody asked for"
    (row,) = json.loads(desk.on_book(*ADMIN, "ask", "Q39", "--deep", "--record", "--json").out)
    assert (row["verdict"], [one["position"] for one in row["evidence"]]) == ("met", [head + 1])
    (row,) = asked(desk, "Q39")
    assert row["verdict"] == "unclear", "the next one has to check it again"
    assert f"đến mục #{head}" in row["says"]


def test_a_check_is_recorded_by_somebody_who_made_one(desk: Desk) -> None:
    head = desk.head()
    for args, code, says in (
        ((*ADMIN, "ask", "Q39", "--record"), 2, "--deep"),
        (("ask", "Q39", "--deep", "--record"), 3, "chưa nêu"),
        ((*ADMIN, "ask", "Q39", "--deep", "--record", "--as-role", "x", "--in-unit", "y"), 3, "không giữ vai trò x"),
    ):
        told = desk.on_book(*args)
        assert (told.code, told.out) == (code, "")
        assert says in told.err
    assert desk.head() == head


# ------------------------------------------------------------------ findings


def test_a_finding_is_raised_answered_and_closed_and_stands_beside_its_entries(desk: Desk) -> None:
    raised = desk.on_book(*ADMIN, "finding", "raise", "Q06", "#666", "667", "--text", "Ghi sau hạn", *WHEN, "--json")
    assert raised.code == 0, raised.err
    code = json.loads(raised.out)["short"]
    (row,) = [
        one for one in json.loads(desk.on_book("finding", "list", "--open", "--json").out) if one["short"] == code
    ]
    assert (row["question"], row["entries"], row["severity"], row["what"]) == ("Q06", [666, 667], "note", "Ghi sau hạn")

    lines = desk.on_book("log", "--after", "665").out.splitlines()
    beside = f"    ⚑ Phát hiện {code} (cần làm rõ, Q06): Ghi sau hạn [chưa giải trình]"
    assert [lines[number + 1] for number, line in enumerate(lines) if line.startswith(("#666 ", "#667 "))] == [
        beside
    ] * 2
    assert "⚑" not in desk.on_book("log", "--after", "665", "--closed").out, "what is found of somebody is under seal"

    answered = desk.on_book(*ADMIN, "finding", "answer", code, "--answer", "Nhập bù sau nghỉ phép", *WHEN)
    assert answered.code == 0, answered.err
    assert (
        f"{code} (cần làm rõ, Q06): Ghi sau hạn [đã giải trình, 01/7/2025]" in desk.on_book("log", "--after", "665").out
    )
    paper = ("--paper-kind", "Báo cáo", "--paper-number", "98")
    closed = desk.on_book(*ADMIN, "finding", "close", code, "--end", "explained", *paper, *WHEN)
    assert closed.code == 0, closed.err
    assert code not in [one["short"] for one in json.loads(desk.on_book("finding", "list", "--open", "--json").out)]
    assert "giải trình được chấp nhận, 01/7/2025" in desk.on_book("finding", "list", "--question", "Q06").out


def test_an_exemplar_shows_the_findings_about_its_entries(shelf: Desk) -> None:
    (row,) = json.loads(shelf.on_book("finding", "list", "--json").out)
    stored = next(
        one
        for one in map(json.loads, shelf.on_book("log", "--json").out.splitlines())
        if one["position"] == row["entries"][0]
    )
    assert f"⚑ Phát hiện {row['short']} (vi phạm): {row['what']}" in shelf.on_book("show", stored["stream"]).out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("Q99", "666", "--text", "x"), "không có câu hỏi Q99"),
        (("Q06", "Q07", "666", "--text", "x"), "chỉ theo một câu hỏi"),
        (("Q06", "99999", "--text", "x"), "không có mục ghi nào như thế"),
        (("Q06", "666"), "Nội dung phát hiện"),
    ],
)
def test_a_finding_that_cannot_be_raised_names_what_is_wrong(desk: Desk, args: tuple[str, ...], says: str) -> None:
    head = len(desk.on_book("log").out.splitlines())
    told = desk.on_book(*ADMIN, "finding", "raise", *args, *WHEN)
    assert told.code in (2, 3)
    assert says in told.err
    assert len(desk.on_book("log").out.splitlines()) == head
