"""What `unit`, `officer` and `subject` say: as of a day, with what is not known, and merges that can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from guong.book import Book
from guong.recording import Order

PAPER = [{"kind": "Nghị quyết", "number": "12", "date": "2024-11-20"}]
LATE = {"papers": PAPER, "reason": "ghi bổ sung"}


def said(ran: Any) -> list[str]:
    """Return the lines on stderr without the notice of a sample book."""
    return [line for line in ran.err.splitlines() if "SỔ MẪU" not in line]


def write(desk: Any, *rows: dict[str, Any], by: str = "noi-vu-01") -> list[Any]:
    """Record rows in the desk's book."""
    with Book(desk.book) as book:
        return [book.record({**LATE, **row}, Order(by=by)) for row in rows]


def row_of(ran: Any, key: str) -> dict[str, Any]:
    """Return the row of a list that has this key."""
    found: dict[str, Any] = next(row for row in ran.json if row["key"] == key)
    return found


@pytest.fixture
def merged(desk: Any) -> Any:
    """Return a desk whose book has a unit renamed on 1/9/2024 and merged on 1/12/2024 into another one."""
    old, new = {"unit": "xa-thu"}, "xa-thu-hai"
    known = {"step": "unit_registered", "kind": "xa", "powers": ["chu-tich-ubnd-xa"], "occurred_on": "2019-11-21"}
    write(
        desk,
        {**known, "key": "xa-thu", "name": "xã Thử"},
        {**known, "key": new, "name": "xã Thử Hai"},
        {"step": "unit_renamed", **old, "name": "xã Thử mới", "code": "06999", "occurred_on": "2024-09-01"},
        {
            "step": "unit_merged", **old, "into": new, "unverified": "tổ nào về đâu", "occurred_on": "2024-11-20",
            "effective_on": "2024-12-01",
        },
    )  # fmt: skip
    return desk


# ------------------------------------------------------------------ units


def test_a_unit_has_the_name_and_life_of_the_day_that_is_asked(merged: Any) -> None:
    days = {
        "31/8/2024": ("xã Thử", "", "từ 21/11/2019"),
        "1/9/2024": ("xã Thử mới", "06999", "từ 21/11/2019"),
        "30/11/2024": ("xã Thử mới", "06999", "từ 21/11/2019"),
        "1/12/2024": ("xã Thử mới", "06999", "không còn từ 01/12/2024, kế thừa: xã Thử Hai"),
        "1/1/2019": ("xã Thử", "", "chưa có, sẽ có từ 21/11/2019"),
    }
    for day, told in days.items():
        row = row_of(merged.on_book("unit", "list", "--at", day, "--json"), "xa-thu")
        assert (row["name"], row["code"], row["life"]) == told, day
        assert row["kind_title"] == "Xã"
    assert (
        row_of(merged.on_book("unit", "list", "--at", "1/6/2021", "--json"), "phong-noi-vu")["life"]
        == "chưa rõ; từ 2021"
    )


def test_a_unit_s_page_says_what_nobody_has_checked_and_who_took_over(merged: Any) -> None:
    ran = merged.on_book("unit", "show", "xa-thu", "--at", "1/12/2024")
    lines = ran.out.splitlines()
    assert lines[0] == "xã Thử mới  [xa-thu]"
    assert "  chưa kiểm tra: tổ nào về đâu" in lines
    assert "  Kế thừa          xã Thử Hai từ 01/12/2024" in lines
    assert "  Tên qua các thời xã Thử từ 21/11/2019; xã Thử mới từ 01/9/2024" in lines
    assert "  Thẩm quyền       chu-tich-ubnd-xa (Chủ tịch UBND cấp xã)" in lines
    assert [line.split()[1:3] for line in lines if line.startswith("  #")] == [
        ["Ghi", "đơn"], ["Đổi", "tên"], ["Sáp", "nhập"],
    ]  # fmt: skip
    whole = merged.on_book("unit", "show", "xa-thu", "--at", "30/11/2024", "--json").json
    assert (whole["name"], whole["alive"], whole["gone"], whole["at"]) == (
        "xã Thử mới", True, "2024-12-01", "2024-11-30",
    )  # fmt: skip
    assert [one["topic"] for one in whole["entries"]] == [
        "unit.unit_registered",
        "unit.unit_renamed",
        "unit.unit_merged",
    ]


def test_the_list_of_units_is_a_table_of_all_of_them(shelf: Any) -> None:
    ran = shelf.on_book("unit", "list", "--at", "31/12/2024")
    assert said(ran) == ["51 đơn vị"]
    assert len(ran.out.splitlines()) == 2 + 51


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("unit", "show", "xa-diem-h"), 3, "xa-diem-h: không có đơn vị nào như thế; có phải là xa-diem-he?"),
        (("unit", "show", "qqqq"), 3, "qqqq: không có đơn vị nào như thế; xem bằng guong unit list hoặc guong log"),
        (("officer", "show", "vp-1"), 3, "vp-1: không có cán bộ nào như thế; có phải là vp-01?"),
        (("subject", "show", "zzzz"), 3, "zzzz: không có đối tượng nào như thế; xem bằng guong subject list hoặc guong log"),
        (("unit", "list", "--at", "30/2/2024"), 2, "--at: 30/2/2024 không phải là một ngày; viết như 31/12/2024"),
        (("officer", "list", "--at", "hôm nay"), 2, "--at: hôm nay không phải là một ngày; viết như 31/12/2024"),
        (("unit", "list", "--at", "12/2024"), 2, "--at: 12/2024 chưa nêu ngày nào; viết đủ ngày, tháng, năm, như 31/12/2024"),
    ],
)  # fmt: skip
def test_what_is_not_there_and_what_is_no_day_is_refused(
    shelf: Any, args: tuple[str, ...], code: int, says: str
) -> None:
    ran = shelf.on_book(*args)
    assert (ran.code, ran.out, said(ran)) == (code, "", [says])


# ------------------------------------------------------------------ officers


def test_an_officer_has_the_roles_and_offices_of_the_day_that_is_asked(desk: Any) -> None:
    who = {"officer": "noi-vu-02"}
    write(
        desk,
        {"step": "office_held", "officer": "noi-vu-01", "post": "Trưởng phòng", "unit": "phong-noi-vu", "occurred_on": "2024-04-01"},
        {"step": "delegation_given", **who, "giver": "noi-vu-01", "unit": "phong-noi-vu", "manner": "order", "until": "2024-06-30",
         "occurred_on": "2024-05-01"},
        {"step": "role_ended", **who, "role": "tiep-nhan", "unit": "phong-noi-vu", "occurred_on": "2024-12-15"},
    )  # fmt: skip

    def held(day: str) -> tuple[list[Any], list[Any]]:
        whole = desk.on_book("officer", "show", "noi-vu-02", "--at", day, "--json").json
        return [one["held"] for one in whole["roles"]], [one["held"] for one in whole["offices"]]

    assert held("17/3/2024") == ([False], [False])
    assert held("1/5/2024") == ([True], [True])
    assert held("1/7/2024") == ([True], [False])
    assert held("15/12/2024") == ([False], [False])
    text = desk.on_book("officer", "show", "noi-vu-02", "--at", "1/5/2024").out
    assert "tiep-nhan tại Phòng Nội vụ, từ 18/3/2024 thôi từ 15/12/2024" in text
    assert "thừa lệnh (TL.) tại Phòng Nội vụ, do Vi Thị Sổ (noi-vu-01) giao, từ 01/5/2024 đến hết 30/6/2024" in text
    after = desk.on_book("officer", "list", "--at", "15/12/2024", "--json")
    assert row_of(after, "noi-vu-02")["held"] == ""
    assert row_of(after, "noi-vu-01")["held"] == "quan-tri tại phong-noi-vu"


def test_an_officer_s_page_names_the_exemplars_he_follows(shelf: Any) -> None:
    listed = {row["id"]: row for row in shelf.on_book("list", "--json").json}
    with Book(shelf.book) as book:
        mine = [id_ for id_ in listed if book.view.state(id_).officer == "nnptnt-01"]
    follows = shelf.on_book("officer", "show", "nnptnt-01", "--json").json["follows"]
    assert mine
    assert [one["id"] for one in follows] == mine
    assert [one["name"] for one in follows] == [listed[id_]["name"] for id_ in mine]


# ------------------------------------------------------------------ subjects


TWIN = {
    "step": "subject_registered",
    "kind": "person",
    "name": "vi thi  BANG",
    "unit": "xa-tri-le",
    "occurred_on": "2024-12-02",
}


def codes(desk: Any) -> list[str]:
    """Return the codes of the subjects that go by one name."""
    groups = desk.on_book("subject", "candidates", "--json").json
    return [one["short"] for group in groups for one in group]


def merge(desk: Any, *args: str, how: str = "merge", by: str = "noi-vu-01") -> Any:
    """Merge or unmerge as an officer, on 10/12/2024."""
    return desk.on_book("--by", by, "subject", how, *args, "--occurred-on", "10/12/2024")


def test_two_spellings_of_a_name_are_candidates_and_two_kinds_are_not(desk: Any) -> None:
    assert desk.on_book("subject", "candidates", "--json").json == []
    write(desk, TWIN, {**TWIN, "kind": "household"})
    groups = desk.on_book("subject", "candidates", "--json").json
    assert [[one["name"] for one in group] for group in groups] == [["Vi Thị Bảng", "vi thi  BANG"]]
    assert [one["fields"] for one in groups[0]] == ["day-tot-hoc-tot", ""]
    ran = desk.on_book("subject", "candidates")
    assert said(ran) == ["1 nhóm cùng tên"]
    assert len(ran.out.splitlines()) == 4


def test_a_merge_is_tried_made_shown_and_taken_back(desk: Any) -> None:
    write(desk, TWIN)
    one, other = codes(desk)
    head = desk.head()
    tried = merge(desk, one, other, "--reason", "cùng một người", "--dry-run", "--json")
    assert [(line["step"], line["short"], line["dry_run"]) for line in tried.lines] == [
        ("subjects_merged", one, True),
        ("subject_merged_into", other, True),
    ]
    assert desk.head() == head
    made = merge(desk, one, other, "--reason", "cùng một người")
    assert made.code == 0, made.err
    assert desk.head() == head + 2  # the merge, and its other side in the other's own stream
    assert codes(desk) == []
    assert f"  Đã gộp thêm      vi thi  BANG [{other}]" in desk.on_book("subject", "show", one).out.splitlines()
    assert f"  Đã gộp vào       Vi Thị Bảng [{one}]" in desk.on_book("subject", "show", other).out.splitlines()
    listed = {row["short"]: row["into_short"] for row in desk.on_book("subject", "list", "--json").json}
    assert (listed[one], listed[other]) == ("", one)
    back = merge(desk, one, other, "--reason", "hai người khác nhau", how="unmerge")
    assert back.code == 0, back.err
    assert codes(desk) == [one, other]


def test_a_merge_needs_two_subjects_a_reason_and_somebody_who_may(desk: Any) -> None:
    write(desk, TWIN)
    one, other = codes(desk)
    head = desk.head()
    reason = ("--reason", "cùng một người")
    assert "Đối tượng trùng: còn thiếu" in said(merge(desk, one, *reason))
    assert said(merge(desk, one, other))[0].startswith("Gộp đối tượng trùng: còn thiếu lý do")
    assert said(merge(desk, one, one, *reason))[0].startswith("không gộp đối tượng với chính nó")
    assert "không có đối tượng nào như thế" in said(merge(desk, one, "zzzz", *reason))[0]
    assert "la-01 không có trong sổ" in said(merge(desk, one, other, *reason, by="la-01"))[0]
    assert merge(desk, one, other, "x", *reason).code == 2
    assert desk.head() == head


def test_a_subject_s_page_says_titles_achievements_consents_and_what_is_pending(desk: Any) -> None:
    one = next(row for row in desk.on_book("subject", "list", "--json").json if row["name"] == "Vi Thị Bảng")
    target = {"subject": one["id"], "occurred_on": "2024-12-03"}
    head = desk.head()
    consent, *_ = write(
        desk,
        {"step": "consent_recorded", **target, "scope": "publicity", "given_by": "self"},
        {"step": "title_evidenced", **target, "title": "Danh hiệu A", "year": 2024},
        {"step": "title_evidenced", **target, "title": "Danh hiệu A", "year": 2023},
        {"step": "achievement_recorded", **target, "what": "Dạy trẻ hát", "since": "2024-01-01", "until": "2024-05-31"},
        {"step": "standing_flagged", **target, "kind": "complaint", "about": "đơn thư"},
    )
    write(desk, {"step": "consent_withdrawn", **target, "consent": consent.id, "occurred_on": "2024-12-05"})
    text = desk.on_book("subject", "show", one["short"]).out
    about, _, entries = text.partition("Các mục ghi")
    assert f"Danh hiệu        Danh hiệu A: 2023 (#{head + 3}), 2024 (#{head + 2})" in about
    assert f"#{head + 4} 03/12/2024  Thành tích: Dạy trẻ hát; Từ ngày: 01/01/2024; Đến ngày: 31/5/2024" in about
    assert (
        f"#{head + 1} 03/12/2024  Đồng ý điều gì: đưa tin có tên, ảnh; Ai đồng ý: chính người đó; Rút đồng ý 05/12/2024"
        in about
    )
    assert (
        f"#{head + 5} 03/12/2024  Việc đang xem xét: có khiếu nại, tố cáo đang giải quyết; Nội dung: đơn thư" in about
    )
    assert "day-tot-hoc-tot  Đề nghị tôn vinh, khen thưởng" in about
    assert entries.count("\n  #") == 9
    whole = desk.on_book("subject", "show", one["short"], "--json").json
    assert whole["titles"]["Danh hiệu A"] == {"2023": head + 3, "2024": head + 2}
    assert [exemplar["field"] for exemplar in whole["exemplars"]] == ["day-tot-hoc-tot"]
