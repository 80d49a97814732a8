"""Recording from options, from JSON Lines, from a sheet and from standard input: one row, one entry, whatever the channel."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

VISIT = {
    "occurred_on": "20/12/2024",
    "kind": "đi cơ sở",
    "what": "Thăm hộ, “đo” đường",
    "measure": "km",
    "value": "1,5",
    "note": "dòng một",
}
DETAILS = {"ngay_cong": "12", "duong": "0,6"}
PAPER = {"number": "77", "notation": "BC", "date": "12/2024", "issuer": "Nơi A", "title": "Báo cáo, quý IV"}


def options(row: dict[str, str], prefix: str = "--") -> list[str]:
    """Return answers as options."""
    return [word for key, answer in row.items() for word in (prefix + key.replace("_", "-"), answer)]


def last(desk: Any, count: int = 1) -> list[dict[str, Any]]:
    """Return the last entries of the book as JSON, without what is new every time."""
    rows = desk.on_book("log", "--json").lines[-count:]
    anew = ("id", "salt", "recorded_at", "correlation", "sealed", "remarks", "made_with", "position", "version")
    return [{key: value for key, value in row.items() if key not in anew} for row in rows]


def by_options(desk: Any, short: str, folder: Path) -> Any:
    """Record the visit with options."""
    return desk.record("supported", short, *options(VISIT), *options(DETAILS), *options(PAPER, "--paper-"))


def by_json_lines(desk: Any, short: str, folder: Path) -> Any:
    """Record the visit from a file of JSON Lines."""
    row = {"step": "supported", "exemplar": short, **VISIT, "details": DETAILS, "papers": [PAPER]}
    (folder / "a.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return desk.record("--from", str(folder / "a.jsonl"))


def by_stdin(desk: Any, short: str, folder: Path) -> Any:
    """Record the visit from standard input, with JSON values where JSON has them."""
    numbers = {"value": 1.5, "details": {"ngay_cong": 12, "duong": 0.6}, "kind": "visit", "occurred_on": "2024-12-20"}
    row = {"step": "supported", "exemplar": short, **VISIT, **numbers, "papers": [{**PAPER, "date": "2024-12"}]}
    return desk.record("--from", "-", stdin=json.dumps(row) + "\n")


def by_sheet(desk: Any, short: str, folder: Path) -> Any:
    """Record the visit from a sheet with semicolons, as Excel here writes it."""
    row = {"step": "supported", "exemplar": short, **VISIT}
    row |= {f"details.{key}": value for key, value in DETAILS.items()} | {
        f"paper.{key}": value for key, value in PAPER.items()
    }
    text = io.StringIO()
    sheet = csv.DictWriter(text, list(row), delimiter=";")
    sheet.writeheader()
    sheet.writerow(row)
    (folder / "a.csv").write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return desk.record("--from", str(folder / "a.csv"))


@pytest.mark.parametrize("channel", [by_options, by_json_lines, by_stdin, by_sheet])
def test_one_row_leaves_one_entry_whatever_the_channel(desk: Any, tmp_path: Path, channel: Any) -> None:
    short = desk.short(1)
    ran = channel(desk, short, tmp_path)
    assert ran.code == 0, ran.err
    (entry,) = last(desk)
    assert {
        key: entry[key] for key in ("step", "occurred_on", "by", "role", "unit", "plan", "data", "basis", "opened")
    } == {
        "step": "supported",
        "occurred_on": "2024-12-20",
        "by": "nnptnt-01",
        "role": "theo-doi",
        "unit": "phong-nn-ptnt",
        "plan": "van-quan-2024",
        "data": {"kind": "visit", "measure": "km", "value": 1.5},
        "basis": [{"number": "77", "notation": "BC", "date": "2024-12", "issuer": "Nơi A"}],
        "opened": {"data": {"what": "Thăm hộ, “đo” đường"}, "note": "dòng một", "titles": {"0": "Báo cáo, quý IV"}},
    }
    assert (entry["field"]["key"], entry["field"]["details"]) == ("nong-thon-moi", {"ngay_cong": 12.0, "duong": 0.6})


def test_a_receipt_tells_position_short_form_and_remarks_and_as_json_the_ids(desk: Any) -> None:
    short, before = desk.short(), desk.head()
    ran = desk.record("supported", short, "--occurred-on", "1/6/2024", "--kind", "visit", "--what", "Thăm")
    assert ran.out.startswith(f"#{before + 1}  {short}  Hỗ trợ, bồi dưỡng  ")
    assert "⚠ ghi muộn" in ran.out
    receipt = desk.record(
        "supported", short, "--occurred-on", "1/6/2024", "--kind", "visit", "--what", "Thăm", "--json"
    ).json
    assert (receipt["position"], receipt["short"], receipt["step"], receipt["dry_run"]) == (
        before + 2,
        short,
        "supported",
        False,
    )
    assert [one["code"] for one in receipt["remarks"]] == ["core.late"]
    assert last(desk)[0]["stream"] == receipt["stream"]


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a book that hold something for good."""
    kept = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("view.db", "log.db"))]
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept}


def test_a_dry_run_says_what_would_be_recorded_and_stores_nothing(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "giay.txt").write_text("giấy", encoding="utf-8")
    short, head, before = desk.short(), desk.head(), files(desk.book)
    ran = desk.record("supported", short, *options(VISIT), "--paper", str(tmp_path / "giay.txt"), "--dry-run")
    assert ran.code == 0
    assert ran.out.startswith(f"(chưa ghi) #{head + 1}  {short}  ")
    assert "sẽ ghi 1 mục" in ran.err
    subject = (
        "subject_registered",
        "--occurred-on",
        "20/12/2024",
        "--kind",
        "person",
        "--name",
        "Người Mới",
        "--unit",
        "xa-an-son",
    )
    assert desk.record(*subject, "--dry-run").code == 0
    row = json.dumps({"step": "supported", "exemplar": short, **VISIT})
    assert desk.record("--from", "-", "--dry-run", stdin=row).code == 0
    assert desk.head() == head
    assert files(desk.book) == before


def test_many_rows_are_recorded_all_or_none_and_every_wrong_row_is_told_with_its_number(desk: Any) -> None:
    good, head = {"step": "supported", "exemplar": desk.short(), **VISIT}, desk.head()
    rows = [good, {**good, "kind": "bay"}, good, {"step": "suported"}, "không phải đối tượng"]
    ran = desk.record("--from", "-", stdin="\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    assert (ran.code, ran.out) == (3, "")
    lines = [line for line in ran.err.splitlines() if line.startswith("dòng ")]
    assert [line.partition(":")[0] for line in lines] == ["dòng 2", "dòng 4", "dòng 5"]
    assert desk.head() == head
    ran = desk.record("--from", "-", "--json", stdin="\n".join(json.dumps(good) for _ in range(3)))
    assert [line["position"] for line in ran.lines] == [head + 1, head + 2, head + 3]
    assert len({row["correlation"] for row in desk.on_book("log", "--after", str(head), "--json").lines}) == 1


def test_rows_of_one_file_may_speak_of_each_other_by_label(desk: Any) -> None:
    common = {"occurred_on": "20/12/2024"}
    rows = [
        {
            "step": "subject_registered",
            "kind": "person",
            "name": "Người Mới",
            "unit": "xa-an-son",
            "label": "@moi",
            **common,
        },
        {
            "step": "discovered",
            "subject": "@moi",
            "field": "nong-thon-moi",
            "source": "inspection",
            "achievement": "Tốt",
            "label": "@e",
            **common,
        },
        {"step": "officer_assigned", "exemplar": "@e", "officer": "nnptnt-01", **common},
    ]
    ran = desk.record("--from", "-", stdin="\n".join(json.dumps(row) for row in rows))
    assert ran.code == 0, ran.err
    assert "Người Mới" in desk.on_book("list").out


def test_nothing_to_record_is_said(desk: Any) -> None:
    ran = desk.record("--from", "-", stdin="\n\n")
    assert (ran.code, ran.out) == (3, "")
    assert "không có dòng nào để ghi" in ran.err


def test_papers_and_evidence_are_copied_in_sealed_and_named_again_where_the_key_is(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "Biên bản Ông A.txt").write_text("nội dung riêng", encoding="utf-8")
    (tmp_path / "ảnh.png").write_bytes("ảnh riêng".encode())
    paper = ("--paper", str(tmp_path / "Biên bản Ông A.txt"), *options({**PAPER, "kind": "Biên bản"}, "--paper-"))
    ran = desk.record("supported", desk.short(), *options(VISIT), *paper, "--evidence", str(tmp_path / "ảnh.png"))
    assert ran.code == 0, ran.err
    (entry,) = last(desk)
    first, second = entry["evidence"]
    assert entry["basis"][0]["file"] == first["sha256"]
    assert (first["media_type"], second["media_type"]) == ("text/plain", "image/png")
    assert set(entry["opened"]["files"].values()) == {"Biên bản Ông A.txt", "ảnh.png"}
    stored = (desk.book / "evidence" / first["sha256"][:2] / first["sha256"]).read_bytes()
    assert "riêng".encode() not in stored
    assert desk.on_book("check").code == 0
    assert (
        "Biên bản số 77/BC, 12/2024, Nơi A: Báo cáo, quý IV [Biên bản Ông A.txt]"
        in desk.on_book("show", desk.short()).out
    )


def test_relative_files_are_found_beside_the_rows(desk: Any, tmp_path: Path) -> None:
    folder = tmp_path / "hồ sơ"
    folder.mkdir()
    (folder / "a.txt").write_text("x", encoding="utf-8")
    row = {"step": "supported", "exemplar": desk.short(), **VISIT, "evidence": "a.txt"}
    (folder / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert desk.record("--from", str(folder / "rows.jsonl")).code == 0


def test_a_correction_and_a_voiding_name_their_entry_by_its_number(desk: Any) -> None:
    assert desk.record("supported", desk.short(), *options(VISIT)).code == 0
    head = desk.head()
    common = ("--occurred-on", "21/12/2024", "--reason", "ghi nhầm")
    ran = desk.record("entry_corrected", f"#{head}", *common, "--set", '{"kind": "task"}')
    assert ran.code == 0, ran.err
    row = {
        "step": "entry_corrected",
        "entry": f"#{head}",
        "occurred_on": "2024-12-21",
        "reason": "ghi nhầm",
        "details": {"ngay_cong": 3},
    }
    ran = desk.record("--from", "-", stdin=json.dumps(row))
    assert ran.code == 0, ran.err
    assert desk.record("entry_voided", f"#{head}", *common).code == 0
    ran = desk.record("entry_voided", f"#{head}", *common)
    assert (ran.code, "đã bị hủy" in ran.err) == (3, True)
    for wrong in ("[1]", '"x"', "{"):
        ran = desk.record("entry_corrected", f"#{head - 1}", *common, "--set", wrong)
        assert (ran.code, "Câu trả lời đúng: phải là một đối tượng JSON" in ran.err) == (3, True)


def test_the_options_of_a_field_are_offered_once_the_exemplar_is_known(shelf: Any) -> None:
    plain = shelf.on_book("record", "supported", "--help").out
    of_field = shelf.on_book("record", "supported", shelf.short(), "--help").out
    of_other = shelf.on_book("record", "supported", shelf.short(0, "quoc-phong-an-ninh"), "--help").out
    assert "--ngay-cong" not in plain
    assert "--ngay-cong SỐ" in of_field
    assert "Ngày công đã góp" in of_field
    assert "--buoi-van-dong SỐ" in of_other
    assert "--ngay-cong" not in of_other
    assert "--cap-hoc" in shelf.on_book("record", "discovered", "--field", "day-tot-hoc-tot", "--help").out
    gone = shelf.on_book("record", "supported", shelf.short(), "--help", GUONG_PLUGINS="").out
    assert gone == of_field, "the form is the log's own copy"


def test_the_schema_of_a_step_is_json_and_knows_the_field(shelf: Any) -> None:
    whole = shelf.on_book("record", "supported", shelf.short(), "--schema").json
    assert whole["properties"]["details"]["properties"]["ngay_cong"] == {
        "minimum": 0,
        "title": "Ngày công đã góp",
        "type": "number",
    }
    assert set(whole["required"]) == {"step", "exemplar", "kind", "what", "occurred_on"}
    discovered = shelf.on_book("record", "discovered", "--field", "day-tot-hoc-tot", "--schema").json
    assert "details" in discovered["required"]
    assert discovered["properties"]["details"]["required"] == ["cap_hoc"]


def test_a_book_that_somebody_else_changed_meanwhile_is_judged_as_it_is_now(desk: Any) -> None:
    common = ("--occurred-on", "20/12/2024", "--reason", "nhầm")
    assert desk.record("supported", desk.short(), *options(VISIT)).code == 0
    head = desk.head()
    codes = [desk.record("entry_voided", f"#{head}", *common).code for _ in range(2)]
    assert codes == [0, 3]
    with sqlite3.connect(desk.book / "log.db") as log:
        assert log.execute("SELECT count(*) FROM stored_events").fetchone() == (head + 1,)
    log.close()
