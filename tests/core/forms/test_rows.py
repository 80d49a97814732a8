"""Rows from files and rows taken apart: what is wrong is said row by row, and nothing is lost on the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from guong.domain.problems import Problem
from guong.domain.streams import STEPS
from guong.errors import GuongError
from guong.rowfiles import MAX_LINE, row_file
from guong.rows import keys_of, take_apart

if TYPE_CHECKING:
    from pathlib import Path

    from guong.domain.steps import Step

ROW = {"step": "supported", "exemplar": "7q3k", "occurred_on": "2024-03-05", "kind": "visit", "what": "Thăm"}


def rows_of(path: Path, content: bytes) -> list[tuple[int, Any]]:
    """Return the rows of a file, each with its line; problems as their message."""
    path.write_bytes(content)
    with row_file(str(path)) as rows:
        first, second = list(rows()), list(rows())
    assert first == second, "rows must come the same from the start every time"
    return [(number, row.message if isinstance(row, Problem) else row) for number, row in first]


def test_json_lines_are_rows_and_blank_lines_are_not_but_are_counted(tmp_path: Path) -> None:
    content = (
        b"\xef\xbb\xbf"
        + json.dumps(ROW).encode()
        + b"\n\n  \n"
        + json.dumps({**ROW, "what": "Điềm"}).encode()
        + b"\r\n"
    )
    assert rows_of(tmp_path / "a.jsonl", content) == [(1, ROW), (4, {**ROW, "what": "Điềm"})]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "không phải JSON, chữ UTF-8"),
        (b'{"a": "\xff"}', "không phải JSON, chữ UTF-8"),
        (b"[1]", "mỗi dòng phải là một đối tượng JSON"),
        (b'{"a": 1, "a": 2}', "khóa 'a' viết hai lần"),
        (b'{"a": NaN}', "NaN không phải là số"),
        (b'{"a": ' + b"[" * 100_000, "lồng nhau quá sâu"),
        (b'{"a": ' + b"9" * 5000 + b"}", "số dài quá"),
        (b'"' + b"a" * MAX_LINE + b'"', "dòng dài quá 4 MiB"),
    ],
)
def test_a_line_that_is_no_row_is_said_to_be_so_and_the_next_is_read(tmp_path: Path, line: bytes, why: str) -> None:
    rows = rows_of(tmp_path / "a.jsonl", line + b"\n" + json.dumps(ROW).encode())
    assert rows == [(1, f"không đọc được dòng này: {why}"), (2, ROW)]


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_sheet_gathers_details_and_paper_and_leaves_empty_cells_and_rows_out(tmp_path: Path, mark: str) -> None:
    lines = [
        "step,occurred_on,exemplar,what,details.so_buoi,paper.number,paper.date,note",
        'supported,5/3/2024,7q3k,"Thăm; hỏi",3,12,3/2024,',
        ",,,,,,,",
    ]
    content = "\r\n".join(line.replace(",", mark) for line in lines)
    assert rows_of(tmp_path / "a.CSV", content.encode("utf-8-sig")) == [
        (
            2,
            {
                "step": "supported",
                "occurred_on": "5/3/2024",
                "exemplar": "7q3k",
                "what": "Thăm; hỏi",
                "details": {"so_buoi": "3"},
                "papers": [{"number": "12", "date": "3/2024"}],
            },
        )
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a,b\n1,2,3\n", "có nhiều ô hơn số cột"),
        ("a,b, a\n1,2,3\n", "cột a viết hai lần"),
        ('a,b\n"1,2\n', "không phải CSV, chữ UTF-8"),
    ],
)
def test_a_sheet_that_would_lose_something_is_refused(tmp_path: Path, content: str, why: str) -> None:
    ((_, said),) = rows_of(tmp_path / "a.csv", content.encode())
    assert said.startswith(f"không đọc được dòng này: {why}")


def test_a_sheet_in_another_encoding_is_refused(tmp_path: Path) -> None:
    ((_, said),) = rows_of(tmp_path / "a.csv", "step,what\nsupported,Thăm\n".encode("utf-16"))
    assert said.startswith("không đọc được dòng này: không phải CSV, chữ UTF-8")


def test_a_row_of_a_sheet_is_known_by_its_line_in_the_file(tmp_path: Path) -> None:
    content = 'step,what\nmột,"hai\ndòng"\n,\nba,bốn\n'
    assert [number for number, _ in rows_of(tmp_path / "a.csv", content.encode())] == [3, 5]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GuongError, match=r"không đọc được tệp .*thieu\.csv"), row_file(str(tmp_path / "thieu.csv")):
        pass


def test_a_row_is_taken_apart_into_what_every_step_shares_and_its_own_answers() -> None:
    row = {"by": "nv-01", "details": {"a": 1}, "papers": {"number": "1"}, "evidence": "a.pdf", "label": "@x"}
    parts, problems = take_apart({**ROW, **row})
    assert problems == []
    assert parts is not None
    assert (parts.step.key, parts.target, parts.label) == ("supported", "7q3k", "@x")
    assert parts.envelope == {"occurred_on": "2024-03-05", "by": "nv-01"}
    assert parts.answers == {"kind": "visit", "what": "Thăm"}
    assert (parts.details, parts.papers, parts.evidence) == ({"a": 1}, [{"number": "1"}], ["a.pdf"])


def test_everything_wrong_with_a_row_is_said_at_once_wherever_it_stands() -> None:
    row = {
        "occured_on": "2024",
        "exemplr": "7q3k",
        "kind": "lạ",
        "what": "",
        "papers": [{"date": "x"}, 5],
        "details": 3,
    }
    problems = take_apart({"step": "supported", **row})[1]
    assert [(one.culprit, one.message.split(": ")[0]) for one in problems] == [
        ("occurred_on", "Ngày xảy ra"),
        ("kind", "Hình thức"),
        ("what", "Nội dung"),
        ("occured_on", "occured_on"),
        ("exemplr", "exemplr"),
        ("papers.0.date", "Ngày văn bản"),
        ("papers", "Văn bản"),
        ("details", "details"),
        ("exemplar", "Điển hình"),
    ]
    assert [one.fix for one in problems if one.code == "form.unknown"] == [
        "có phải là occurred_on?",
        "có phải là exemplar?",
    ]


@pytest.mark.parametrize(
    ("key", "fix"),
    [("suported", "có phải là supported?"), ("book_opened", ""), ("", "các bước: "), ("plan_issued", ""), (None, "")],
)
def test_an_unknown_step_and_a_step_that_only_the_book_takes_are_not_there(key: Any, fix: str) -> None:
    parts, problems = take_apart({"step": key})
    assert parts is None
    assert [one.code for one in problems] == ["form.step"]
    assert problems[0].fix.startswith(fix)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_key_of_a_row_says_one_thing_alone(step: Step) -> None:
    keys = keys_of(step)
    assert len(keys) == len(set(keys))
