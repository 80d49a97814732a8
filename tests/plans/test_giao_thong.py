"""A second plan, of quite another shape than the first: whatever it counts is data, and the board was counted by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from guong.errors import RefusedError
from guong.recording import Order

if TYPE_CHECKING:
    from guong.domain.plan import Plan

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "giao-thong-2024"

# By hand from sample/rows.jsonl: needed, discovered, reviewed as passed, honoured, replicated, what counts, verdict and by how
# much. Thôn Trúc Đình was entered twice and merged: it is one head. The third copy of Âu Lâu's road failed: its 0.9 km are
# gone. Hòa Cuông went into Việt Thành before the year began: it holds no number of its own.
COUNTED_BY_HAND = """
dang-ky     xa-viet-thanh   -           1    1    1    1    1    1     reached  0
dang-ky     xa-quy-mong     -           1    1    0    0    0    1     reached  0
dang-ky     xa-nam-bung     -           1    1    0    0    0    0     short    1
hai-dot     -               dot-1       2    6    0    0    2    2     reached  0
hai-dot     -               dot-2       2    0    2    2    1    1     short    1
chieu-dai   huyen-tran-yen  -           5.5  4.5  4.5  4.5  4.5  4.5   short    1
chieu-dai   huyen-van-chan  -           5.5  6.25 0    0    6.25 6.25  reached  0
khen-tinh   -               -           2    6    2    2    3    2     reached  0
ba-cap      -               tinh        1    1    0    0    0    0     short    1
ba-cap      -               huyen       1    2    1    1    2    1     reached  0
ba-cap      -               xa          1    3    1    1    1    1     reached  0
rut         -               -           1    6    2    2    3    1     reached  0
loai        -               collective  2    5    2    2    3    5     reached  0
loai        -               household   2    1    0    0    0    0     short    2
ngay-cong   xa-viet-thanh   -           250  230  200  200  200  230   short    20
von         -               -           10   13   6.75 6.75 13   13    over     3
khen-huyen  huyen-tran-yen  -           1    1    1    1    1    1     reached  0
khen-huyen  huyen-van-chan  -           1    1    0    0    1    0     short    1
"""


def plan_of(year: Any) -> Plan:
    """Return the plan as the view knows it."""
    (plan,) = year.book.view.states("plan")
    known: Plan = plan
    return known


def test_the_board_is_what_was_counted_by_hand(year: Any) -> None:
    rows = [
        " ".join(
            str(part) for part in (
                row.quota.key, row.holder or "-", row.part or "-", row.needed, row.discovered, row.reviewed, row.honoured,
                row.replicated, row.reached, row.verdict, row.short + row.over,
            )
        )
        for row in year.book.view.board(plan_of(year))
    ]  # fmt: skip
    assert rows == [" ".join(line.split()) for line in COUNTED_BY_HAND.strip().splitlines()]


def test_every_line_says_in_which_days_it_counts(year: Any) -> None:
    days = {(row.quota.key, row.part): (row.since, row.until) for row in year.book.view.board(plan_of(year))}
    assert days["dang-ky", ""] == ("2024-01-01", "2024-03-31")
    assert days["hai-dot", "dot-2"] == ("2024-09-01", "2024-12-31")
    assert days["von", ""] == ("2024-01-01", "2024-12-31")


def test_an_exemplar_without_a_field_is_led_by_who_noticed_it_and_knows_no_declaration(year: Any) -> None:
    exemplars = year.book.view.states("exemplar")
    assert {one.field for one in exemplars} == {""}
    assert {one.declaration for one in exemplars} == {""}
    assert [one.lead for one in exemplars][:3] == ["xa-viet-thanh", "huyen-tran-yen", "xa-quy-mong"]
    assert all(year.book.world.exemplar(one.id) == one for one in exemplars)
    assert {one.id for one in year.book.world.exemplars(exemplars[0].subject)} == {
        one.id for one in exemplars if one.lead == "xa-viet-thanh"
    }


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ({"number": 1, "holder_kind": "thon"}, ["holder_kind"]),
        ({"number": 1, "field": "duong-bo"}, ["field"]),
        ({"number": 1, "holder_kind": "xa", "holder": "xa-quy-mong"}, ["holder_kind"]),
        ({"number": 1, "partition": "tier", "parts": {"thon": "Thôn"}}, ["parts"]),
        ({"number": 1, "parts": {"lon": "Lớn"}}, ["parts"]),
    ],
)
def test_a_quota_that_cannot_be_counted_under_it_is_refused(
    year: Any, answers: dict[str, Any], keys: list[str]
) -> None:
    head = year.book.log.head()
    row = {"step": "quota_set", "key": "moi", "occurred_on": "2024-12-01", "by": "so-01", **answers}
    with pytest.raises(RefusedError) as refused:
        year.book.record(row, Order(dry_run=True))
    assert [problem.culprit for _, problem in refused.value.problems] == keys
    assert year.book.log.head() == head


def run(year: Any, *args: str, **variables: str) -> str:
    """Return what `guong` prints of the book, from a process of its own, to which no plugin is installed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from guong.cli import main; main()", "-C", str(year.folder), *args],
        env={"GUONG_HOME": str(year.folder.parent), "GUONG_PLUGINS": "", "PATH": "", **variables},
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_shows_all_of_them_in_words(year: Any) -> None:
    assert run(year, "board") == (HERE / "board.txt").read_text(encoding="utf-8")


def test_only_what_was_assigned_and_is_lacking_is_red(year: Any) -> None:
    lines = run(year, "board", FORCE_COLOR="1").splitlines()
    red = [line for line in lines if line.startswith("\x1b[31m")]
    assert len(red) == 5
    assert all(re.search(r" giao .* thiếu \d", line) for line in red)
    (over,) = [line for line in lines if " vượt 3 km\x1b" in line]
    assert over.startswith("\x1b[33m")
    asked = [line for line in lines if " đề nghị " in line and " còn " in line]
    assert len(asked) == 2
    assert not any("\x1b" in line for line in asked)


def test_the_core_has_no_word_of_it() -> None:
    words = re.compile(
        r"giao thông|giao_thong|giao-thong|Yên Bái|Trấn Yên|ngày công|con đường|tuyến đường", re.IGNORECASE
    )
    found = [path.name for path in (ROOT / "core").rglob("*.py") if words.search(path.read_text(encoding="utf-8"))]
    assert found == []
