"""What `duties` and `rules` print, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from guong.book import Book
from guong.domain.core_rules import all_core_rules
from guong.plugins import Plugins
from guong.recording import Order

PAPER = {"kind": "Kế hoạch", "number": "04", "notation": "KH-A", "date": "2024-05-02"}
ENTRY = {"plan": "van-quan-2024", "reason": "ghi bổ sung", "papers": [PAPER]}


def said(ran: Any) -> list[str]:
    """Return the lines on stderr without the notice of a sample book."""
    return [line for line in ran.err.splitlines() if "SỔ MẪU" not in line]


def position(desk: Any, step: str, number: str) -> int:
    """Return the position of the first entry of a step that rests on a paper of this number."""
    rows: list[dict[str, Any]] = desk.on_book("log", "--json").lines
    return int(next(row["position"] for row in rows if row["step"] == step and row["basis"][0]["number"] == number))


def test_a_unit_s_duties_with_day_number_of_the_entry_and_of_its_paper(desk: Any) -> None:
    about = {"duty": "III.7.b", "body": "phong-gddt", **ENTRY}
    with Book(desk.book) as book:
        book.record({"step": "duty_reminded", "occurred_on": "2024-04-20", **about}, Order(by="noi-vu-01"))
        done = book.record({"step": "sub_plan_filed", "occurred_on": "2024-05-02", **about}, Order(by="noi-vu-01"))
    filed, sent = position(desk, "sub_plan_filed", "31"), position(desk, "introduced", "640")
    ran = desk.on_book("duties", "--unit", "phong-gddt", "--at", "31/12/2024")
    lines = {line.split()[0]: " ".join(line.split()) for line in ran.out.splitlines()[2:]}
    assert lines["III.7.b"] == f"III.7.b Phòng Giáo dục và Đào tạo giao đã xong 02/5/2024 #{done.position} 04/KH-A 1"
    assert lines["III.7.a"] == f"III.7.a Phòng Giáo dục và Đào tạo giao đã xong 02/4/2024 #{filed} 31/KH-PGDĐT 0"
    assert lines["III.2.b"].startswith(
        f"III.2.b Phòng Giáo dục và Đào tạo giao 20/11/2024 đã xong 12/11/2024 #{sent} 640/PGDĐT"
    )
    assert said(ran) == ["10 nhiệm vụ: 3 đã xong, 7 chưa rõ hạn"]


def test_a_missed_day_is_overdue_for_who_was_told_and_only_unanswered_for_who_was_asked(shelf: Any) -> None:
    rows = shelf.on_book("duties", "--at", "21/11/2024", "--json").json
    told = {row["unit"]: row["status_title"] for row in rows if row["duty"] == "III.2.b"}
    assert told["phong-ldtbxh-dt"] == "quá hạn"
    assert told["lien-doan-lao-dong"] == "chưa làm theo đề nghị"
    assert not [row for row in rows if row["mode"] == "requested" and row["status"] == "overdue"]
    assert shelf.on_book("duties", "--at", "21/11/2024", "--plan", "van-quan-2024", "--json").json == rows


def test_what_was_done_after_the_day_says_so(desk: Any) -> None:
    """One lead sends its letter on 26/11, six days late."""
    with Book(desk.book) as book:
        done = {"step": "duty_fulfilled", "duty": "III.2.b", "body": "phong-ldtbxh-dt", "occurred_on": "2024-11-26"}
        book.record({**done, **ENTRY}, Order(by="noi-vu-01"))
    rows = desk.on_book("duties", "--at", "26/11/2024", "--unit", "phong-ldtbxh-dt", "--json").json
    row = next(one for one in rows if one["duty"] == "III.2.b")
    assert (row["status"], row["status_title"], row["late"]) == ("done", "đã xong sau hạn", True)


def test_the_row_of_a_unit_that_is_gone_names_its_heir_and_both_find_it(desk: Any) -> None:
    merged = {
        "step": "unit_merged",
        "unit": "phong-tc-kh",
        "into": "phong-noi-vu",
        "occurred_on": "2024-10-01",
        **ENTRY,
    }
    with Book(desk.book) as book:
        book.record({key: value for key, value in merged.items() if key != "plan"}, Order(by="noi-vu-01"))
    for key in ("phong-tc-kh", "phong-noi-vu"):
        ran = desk.on_book("duties", "--at", "2/10/2024", "--unit", key)
        assert "Phòng Tài chính - Kế hoạch → Phòng Nội vụ" in ran.out, key
    before = desk.on_book("duties", "--at", "30/9/2024", "--unit", "phong-tc-kh")
    assert "→" not in before.out
    assert len(before.out.splitlines()) == 2 + 8


def test_before_the_plan_there_is_nothing_to_do(shelf: Any) -> None:
    ran = shelf.on_book("duties", "--at", "29/2/2024")
    assert (ran.code, ran.out, said(ran)) == (0, "", ["0 nhiệm vụ vào ngày đó"])
    assert shelf.on_book("duties", "--at", "29/2/2024", "--json").json == []


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("duties", "--unit", "phong-gdt"), 3, "không có đơn vị phong-gdt; có phải là phong-gddt?"),
        (("duties", "--plan", "van-quan"), 3, "không có kế hoạch van-quan; có phải là van-quan-2024?"),
        (("duties", "--at", "31/11/2024"), 2, "--at: 31/11/2024 không phải là một ngày; viết như 31/12/2024"),
        (("rules", "--plan", "van-quan"), 3, "không có kế hoạch van-quan; có phải là van-quan-2024?"),
    ],
)
def test_what_is_not_there_is_refused(shelf: Any, args: tuple[str, ...], code: int, says: str) -> None:
    ran = shelf.on_book(*args)
    assert (ran.code, ran.out, said(ran)) == (code, "", [says])


# ------------------------------------------------------------------ rules


def test_every_rule_of_the_core_and_of_the_open_fields_is_told_once(shelf: Any) -> None:
    rows = shelf.on_book("rules", "--json").json
    plugins = Plugins()
    expected = [rule.code for rule in all_core_rules()]
    expected += [
        rule.code
        for one in plugins.report()
        if "guong_register_fields" in one.hooks
        for rule in plugins.field(one.key).rules
    ]
    law = plugins.law("luat-tdkt")
    expected += [rule.code for rule in law.rules] if law else []
    assert sorted(row["code"] for row in rows) == sorted(expected)
    assert {row["brought_by"] for row in rows} == {"core", "field", "law"}
    assert all(row["text"] for row in rows)
    by_code = {row["code"]: row for row in rows}
    assert (by_code["core.paper"]["refuses"], by_code["core.paper"]["steps"]) == (True, [])
    assert by_code["core.late"]["refuses"] is False
    assert by_code["day-tot-hoc-tot.group"]["key"] == "day-tot-hoc-tot"
    assert by_code["day-tot-hoc-tot.group"]["steps"] == ["discovered"]
    assert shelf.on_book("rules", "--plan", "van-quan-2024", "--json").json == rows


def test_rules_in_words_say_which_steps_they_look_at(shelf: Any) -> None:
    lines = [line.strip() for line in shelf.on_book("rules").out.splitlines()]
    at = next(number for number, line in enumerate(lines) if line.startswith("core.order "))
    assert lines[at].endswith("từ chối")
    assert lines[at + 2] == "bước: mọi bước của điển hình"
    at = next(number for number, line in enumerate(lines) if line.startswith("core.duty-new "))
    assert lines[at + 2] == "bước: duty_assigned"


def test_where_a_plugin_is_missing_its_rules_are_told_in_the_words_of_the_log(shelf: Any) -> None:
    ran = shelf.on_book("rules", "--json", GUONG_PLUGINS="van-quan-2024")
    assert ran.code == 0
    whole = {row["code"]: row for row in shelf.on_book("rules", "--json").json}
    told = {row["code"]: row for row in ran.json}
    assert set(told) == set(whole)
    lost = [row for row in told.values() if row["brought_by"] == "field"]
    assert {(row["refuses"], row["steps"]) for row in lost} == {(None, None)}
    assert all(row["text"] == whole[row["code"]]["text"] for row in lost)
    assert sum("chưa được cài" in line for line in said(ran)) == 14  # thirteen fields and the law
