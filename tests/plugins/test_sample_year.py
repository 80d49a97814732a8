"""The sample year must come out as `docs/sample-year.md` tells it; the table here was made by reading that story."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

import guong_van_quan_2024
from guong.audit.answer import VERDICTS, Verdict
from guong.audit.asking import ask, sources
from guong.audit.inquiry import Scope
from guong.audit.registry import question
from guong.demo import Stage, demo
from guong.plugins import Plugins
from guong.view.moments import head

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(guong_van_quan_2024.__file__).with_name("sample")
STORY = Path(__file__).parents[2] / "docs" / "sample-year.md"

# field, holder, part, needed, discovered, reviewed as passed, honoured, replicated, short
EXPECTED_BOARD: list[tuple[str, str, str, int, int, int, int, int, int]] = [
    ("hoc-tap-bac", "ban-tuyen-giao-huyen-uy", "", 2, 3, 2, 1, 1, 0),
    ("nong-thon-moi", "phong-nn-ptnt", "", 2, 7, 4, 1, 1, 0),
    ("doanh-nghiep", "phong-tc-kh", "", 2, 3, 2, 1, 0, 0),
    ("van-hoa-cong-so", "phong-noi-vu", "", 2, 3, 2, 1, 0, 0),
    ("vi-nguoi-ngheo", "phong-ldtbxh-dt", "", 2, 4, 3, 1, 1, 0),
    ("toan-dan-doan-ket", "ub-mttq", "", 2, 3, 2, 1, 0, 0),
    ("quoc-phong-an-ninh", "cong-an-huyen", "", 2, 3, 2, 1, 0, 0),
    ("quoc-phong-an-ninh", "ban-chqs-huyen", "", 2, 2, 1, 0, 0, 1),
    ("day-tot-hoc-tot", "phong-gddt", "mam-non", 2, 2, 2, 0, 0, 0),
    ("day-tot-hoc-tot", "phong-gddt", "tieu-hoc", 2, 2, 2, 0, 1, 0),
    ("day-tot-hoc-tot", "phong-gddt", "thcs", 2, 2, 1, 0, 0, 1),
    ("y-te", "vp-hdnd-ubnd", "", 3, 4, 3, 1, 0, 0),
    ("phat-trien-kinh-te", "hoi-nong-dan", "", 4, 5, 4, 1, 1, 0),
    ("lao-dong-gioi", "lien-doan-lao-dong", "", 2, 3, 2, 0, 0, 0),
    ("khoi-nghiep", "huyen-doan", "", 2, 4, 3, 1, 0, 0),
    ("phu-nu", "hoi-lhpn", "", 3, 4, 3, 1, 0, 0),
]

# remark, step: all that the rules remark in the whole year, in the order of recording
EXPECTED_REMARKS = [
    ("core.second-unit", "discovered"),  # the household of Hứa Văn Ruộng, by the radio
    ("core.order-unclear", "officer_assigned"),
    ("core.alike", "subject_registered"),  # Lộc Văn Gương a second time
    ("phat-trien-kinh-te.household-soon", "discovered"),  # Nông Văn Ong
    ("core.late", "supported"),  # 44, 56, 45 and 49 days
    ("core.late", "supported"),
    ("core.late", "supported"),
    ("core.late", "supported"),
    ("core.criteria-general", "reviewed"),
    ("core.criteria-unmet", "reviewed"),
    ("core.unsigned", "honour_decided"),
    ("core.criteria-unmet", "reviewed"),  # Lăng Văn Vườn, without a prize
    ("core.behind-deadline", "introduced"),
    ("luat-tdkt.unchecked", "honour_decided"),  # the association's own
    ("core.deadline", "introduced"),
    ("core.deadline", "dossier_submitted"),
    *[("luat-tdkt.unchecked", "honour_decided")] * 8,  # the chairman's, of 10 December
]

# rule, step: what somebody tried and the rules refused
EXPECTED_REFUSALS = [
    ("core.kind", "discovered"),
    ("core.order", "reviewed"),
    ("core.consent-withdrawn", "publicised"),
    ("y-te.targets", "assessed"),
    ("hoc-tap-bac.excellent", "reviewed"),
    ("vi-nguoi-ngheo.title", "reviewed"),
    ("doanh-nghiep.taxes", "reviewed"),
    ("phu-nu.level", "reviewed"),
    ("phat-trien-kinh-te.household", "reviewed"),
    ("lao-dong-gioi.accidents", "reviewed"),
    ("khoi-nghiep.prizes", "reviewed"),
    ("core.publicity-declined", "publicised"),
    ("core.own-intake", "dossier_received"),
    ("core.standing", "honour_proposed"),
    ("core.conflict", "vote_cast"),
    ("core.return-once", "dossier_returned"),
    ("core.alive", "replication_planned"),
    ("luat-tdkt.once", "honour_proposed"),
    ("core.publicity-declined", "publicised"),
]

INVENTED = (
    "Bế Thị Đảm", "Bế Thị Nếp", "Bế Thị Sân", "Bế Văn Trường", "Chu Thị Trống", "Chu Văn Phấn", "Chu Văn Thảo",
    "Dương Thị Loa", "Dương Văn Kíp", "Đàm Thị Gắn", "Đàm Văn Lũy", "Đặng Thị Sẻ", "Đinh Văn Ấn", "Đinh Văn Giảng",
    "Hà Thị Trực", "Hà Văn Nguội", "Hà Văn Suốt", "Hà Văn Sức", "Hoàng Thị Gọn", "Hoàng Thị Măng", "Hoàng Thị Quyết",
    "Hoàng Thị Vượt", "Hoàng Văn Chung", "Hoàng Văn Chuyện", "Hoàng Văn Hồi", "Hoàng Văn Lưu", "Hoàng Văn Suối",
    "Hoàng Văn Thí Dụ", "Hoàng Văn Vách", "Hứa Thị Chồi", "Hứa Văn Bình", "Hứa Văn Nhóm", "Hứa Văn Ruộng", "Hứa Văn Tính",
    "Lành Thị Đếm", "Lành Thị Khê", "Lành Thị Nháp", "Lành Thị Thuốc", "Lành Văn Cửa", "Lành Văn Khe", "Lành Văn Phố",
    "Lăng Văn Giáp", "Lăng Văn Khuôn", "Lăng Văn Nguồn", "Lăng Văn Vườn", "Lâm Thị Trẻ", "Lâm Văn Máy", "Lê Văn Ấn",
    "Lê Văn Đèn", "Lộc Thị Chăm", "Lộc Thị Hương", "Lộc Thị Mầm", "Lộc Văn Ấm", "Lộc Văn Gương", "Lương Thị Gà",
    "Lương Thị Mùa", "Lương Thị Nết", "Lương Văn Chốt", "Lý Thị Ca", "Lý Thị Gom", "Lý Thị Sách", "Lý Văn Tuyến",
    "Mạc Thị Lớp", "Mạc Văn Soạn", "Nông Thị Khéo", "Nông Thị Kiến", "Nông Thị Lời", "Nông Thị Mẫu", "Nông Thị Vở",
    "Nông Văn Đồng", "Nông Văn Gánh", "Nông Văn Hẹn", "Nông Văn Ong", "Phan Văn Tâm", "Phùng Thị Ghim", "Phùng Thị Suối",
    "Phùng Văn Đường", "Tô Thị Gieo", "Tô Văn Núi", "Triệu Thị Nương", "Triệu Thị Thương", "Triệu Văn Bảo",
    "Triệu Văn Chuồng", "Triệu Văn Thoát", "Vi Thị Bảng", "Vi Thị Sổ", "Vi Văn Đàng", "Vi Văn Hiệp", "Vy Văn Gặt",
    "Vy Văn Thẻ", "Vy Văn Thợ",
)  # fmt: skip
"""Every person of the sample year; none of them may stand in clear in log, evidence, remarks or view."""


def rows() -> list[dict[str, Any]]:
    """Return the rows of the sample year."""
    lines = (SAMPLE / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def words(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, keys included."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from words(one)
    elif isinstance(value, list):
        for one in value:
            yield from words(one)
    elif isinstance(value, str):
        yield value


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Any]:
    """Return the sample book, made anew."""
    with demo(tmp_path / "so", Plugins(), "van-quan-2024") as made:
        yield made


def test_the_board_at_the_end_is_what_the_story_says(book: Any) -> None:
    columns = attrgetter(
        "field", "holder", "part", "needed", "discovered", "reviewed", "honoured", "replicated", "short"
    )
    (plan,) = book.view.states("plan")
    assert [columns(row) for row in book.view.board(plan)] == EXPECTED_BOARD


def test_the_rules_remark_what_the_story_says_and_nothing_else(book: Any) -> None:
    entries = [stored.entry for stored in book.log.all()]
    assert [(remark.code, entry.step) for entry in entries for remark in entry.remarks] == EXPECTED_REMARKS


def test_the_rules_refuse_what_the_story_says_was_tried() -> None:
    tried = [(code, row["step"]) for row in rows() for code in row.get("refused", ())]
    assert tried == EXPECTED_REFUSALS


def test_the_story_tells_the_same_table() -> None:
    told = []
    for line in STORY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9 and all(re.fullmatch(r"\d+", cell) for cell in cells[3:]):
            told.append((*cells[:3], *map(int, cells[3:])))
    assert told == EXPECTED_BOARD


def test_the_table_adds_up_to_the_plan() -> None:
    assert sum(row[3] for row in EXPECTED_BOARD) == 36
    assert all(row[8] == max(0, row[3] - row[5]) for row in EXPECTED_BOARD)


def test_rows_are_recorded_in_order_and_never_before_they_happened() -> None:
    times = [row["at"] for row in rows()]
    assert times == sorted(times)
    assert all(row["occurred_on"] <= row["at"][:10] for row in rows())


def test_labels_are_made_before_they_are_used() -> None:
    made: set[str] = set()
    for row in rows():
        used = {
            value for key, value in row.items() if key != "label" and isinstance(value, str) and value.startswith("@")
        }
        assert used <= made, row
        made |= {row["label"]} if "label" in row else set()


def test_text_is_in_nfc() -> None:
    for name in ("rows.jsonl", "opening.toml", "../plan.toml"):
        assert unicodedata.is_normalized("NFC", (SAMPLE / name).read_text(encoding="utf-8"))


def test_the_list_of_invented_people_is_complete() -> None:
    opening = tomllib.loads((SAMPLE / "opening.toml").read_text(encoding="utf-8"))
    people = {opening["name"]} | {row["name"] for row in rows() if row["step"] == "officer_enrolled"}
    people |= {row["name"] for row in rows() if row["step"] == "subject_registered" and row["kind"] == "person"}
    people |= {row["head"] for row in rows() if "head" in row}
    assert people <= set(INVENTED)
    told = " ".join(text for row in rows() for text in words(row)) + opening["name"]
    assert all(name in told for name in INVENTED)


def test_no_name_stands_in_a_key_or_in_an_answer_that_is_kept_in_clear() -> None:
    from guong.rows import take_apart

    for row in rows():
        papers = [
            {key: value for key, value in paper.items() if key not in ("text", "title")}
            for paper in row.get("papers", [])
        ]
        parts, _ = take_apart({**{key: row[key] for key in row if key not in ("at", "refused")}, "papers": papers})
        assert parts is not None
        plain = {
            question.key: parts.answers.get(question.key) for question in parts.step.questions if not question.personal
        }
        clear = " ".join(
            words([plain, parts.details, papers, row["by"], row["as_role"], row["in_unit"], row.get("label", "")])
        )
        assert not [name for name in INVENTED if name in clear], row


def test_papers_about_nobody_name_nobody() -> None:
    about_nobody = [row for row in rows() if row["step"] in ("deadline_set", "role_granted", "officer_enrolled")]
    clear = " ".join(text for row in about_nobody for text in words([row.get("papers", []), row.get("note", "")]))
    assert not [name for name in INVENTED if name in clear]


def test_a_row_that_is_added_changes_nothing_that_is_drawn_at_another_time() -> None:
    def draws(*times: str) -> dict[str, list[bytes]]:
        stage = Stage("mẫu")
        drawn: dict[str, list[bytes]] = {}
        for time in times:
            stage.set(time, ZoneInfo("Asia/Ho_Chi_Minh"))
            drawn.setdefault(time, []).append(stage.random(16))
        return drawn

    short, long = (
        draws("2024-03-18T08:00", "2024-05-01T08:00"),
        draws("2024-03-18T08:00", *["2024-04-01T08:00"] * 2, "2024-05-01T08:00"),
    )
    assert short.items() <= long.items()
    assert len({one for some in long.values() for one in some}) == 4


def test_the_whole_year_in_figures(book: Any) -> None:
    exemplars = [book.view.state(one.id) for one in book.view.exemplars()]
    assert (len(exemplars), len({one.subject for one in exemplars})) == (54, 50)

    def having(mark: str, value: str = "") -> int:
        return sum(one.has(mark) and value in ("", one.mark(mark).value) for one in exemplars)

    assert (having("reviewed", "passed"), having("reviewed", "failed")) == (38, 7)
    assert (having("honoured"), having("revoked"), having("withdrawn"), having("rejected")) == (11, 1, 2, 1)
    threads = [thread for one in exemplars for thread in one.of_kind("replication").values()]
    ends = ("replicated", "replication_failed", "replication_abandoned")
    assert [sum(thread.has(end) for thread in threads) for end in ends] == [5, 2, 1]


def test_whoever_stands_in_two_fields_is_one_subject(book: Any) -> None:
    fields: dict[str, list[str]] = {}
    for one in (book.view.state(row.id) for row in book.view.exemplars()):
        fields.setdefault(one.subject, []).append(one.field)
    twice = sorted(sorted(some) for some in fields.values() if len(some) > 1)
    assert twice == [
        ["khoi-nghiep", "phat-trien-kinh-te"],  # Lộc Thị Mầm
        ["lao-dong-gioi", "phu-nu"],  # Nông Thị Kiến
        ["nong-thon-moi", "quoc-phong-an-ninh"],  # Lộc Văn Gương
        ["toan-dan-doan-ket", "vi-nguoi-ngheo"],  # Đặng Thị Sẻ
    ]


def test_somebody_types_for_somebody_else_and_what_was_typed_wrong_is_put_right(book: Any) -> None:
    entries = [stored.entry for stored in book.log.all()]
    assert [(one.by, one.entered_for) for one in entries if one.entered_for] == [("phu-nu-01", "phu-nu-02")]
    corrected = [one.data["details"] for one in entries if one.step == "entry_corrected" and one.data.get("details")]
    assert corrected == [{"doanh_thu": 6_150_000_000}]  # a tenth of what was typed


def test_a_corrected_school_level_moves_the_exemplar_to_that_part_of_the_quota(book: Any) -> None:
    exemplar = next(one for one in book.view.exemplars(field="day-tot-hoc-tot") if one.part == "mam-non")
    found = next(one.entry for one in book.log.stream(exemplar.id) if one.entry)
    row = {
        "step": "entry_corrected",
        "entry": found.id,
        "details": {"cap_hoc": "thcs"},
        "reason": "ghi nhầm cấp học",
        "approved_by": "noi-vu-02",
    }
    book.record({**row, "occurred_on": "2024-12-19", "by": "noi-vu-01"})
    assert book.view.state(exemplar.id).part == "thcs"
    (plan,) = book.view.states("plan")
    assert {row.part: row.discovered for row in book.view.board(plan) if row.part} == {
        "mam-non": 1,
        "tieu-hoc": 2,
        "thcs": 3,
    }


# ------------------------------------------------------------------ what auditors find

# question, its parameters, verdict, the entries or units it rests on: read from the story
EXPECTED_ANSWERS: list[tuple[str, dict[str, str], str, list[str]]] = [
    ("Q08", {}, "met", ["dossier_accepted_late of 2024-11-27"]),
    ("Q06", {}, "unclear", ["introduced of 2024-11-19"]),
    ("Q34", {}, "breach", ["phong-ldtbxh-dt", "lien-doan-lao-dong"]),
    ("Q34", {"duty": "III.1"}, "unknown", []),
]


def test_each_verdict_is_true_of_something_in_the_year(book: Any) -> None:
    told: list[tuple[str, dict[str, str], str, list[str]]] = []
    with sources(book) as known:
        for id_, given, _, _ in EXPECTED_ANSWERS:
            answer = ask(question(id_, book.plugins), known, Scope(head(book.view)), given).answer
            told.append((id_, given, str(answer.verdict), [_rests(book, one) for one in answer.evidence]))
    assert told == EXPECTED_ANSWERS
    rows = re.findall(
        r"^\| `(Q\d+)(?: --set (\w+)=(\S+))?` \| ([^|]+) \|", STORY.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [
        (id_, *(next(iter(given.items())) if given else ("", "")), VERDICTS[Verdict(verdict)])
        for id_, given, verdict, _ in told
    ]


def _rests(book: Any, one: Any) -> str:
    """Return the entry that an answer rests on, or the unit where it is a duty of the plan."""
    entry = book.log.read(one.position - 1, 1)[0].entry
    return one.says.partition(":")[0] if entry.step == "plan_issued" else f"{entry.step} of {entry.occurred_on}"
