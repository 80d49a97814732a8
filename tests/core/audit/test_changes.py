"""Q36 to Q38: reports against the book, what changed between two of them, what was rewritten after it was sent off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import PAPER

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned
    from tests.core.cases.conftest import Story

Row = dict[str, Any]


def reported(story: Story, day: str, as_of: str | None = "") -> Any:
    """Let the plan be reported on, with the figures of that day or another one."""
    row: Row = {"body": "phong-b", "title": "Kết quả", "as_of": day if as_of == "" else as_of, "papers": [PAPER]}
    return story.on(day).do("report_issued", plan="ke-hoach", by="cb-01", **row)


def another(story: Story, day: str, **more: Any) -> Any:
    """Let somebody else be discovered."""
    story.on(day).person("@nua", "Lò Văn Nữa")
    return story.discovered("@f", "@nua", **more)


# ------------------------------------------------------------------ Q36


def test_q36_figures_that_the_book_had_on_that_day_are_met(told: Questioned) -> None:
    story = told.story.passed()
    report = reported(story, "2024-06-30")
    another(story, "2024-07-02")
    answer = told("Q36", discovered="1", reviewed="1", reached="1", honoured="0")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [report.position])


def test_q36_figures_that_differ_must_be_made_clear(told: Questioned) -> None:
    report = reported(told.story.passed(), "2024-06-30")
    answer = told("Q36", discovered="1", reached="2")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [report.position])
    assert answer.evidence[0].says == "tính được: báo cáo nêu 2, sổ có 1 đến 30/6/2024"


def test_q36_figures_that_nobody_read_are_missing_and_so_is_a_day_that_the_report_does_not_say(
    told: Questioned,
) -> None:
    reported(told.story.passed(), "2024-06-30")
    answer = told("Q36")
    assert answer.verdict is Verdict.UNKNOWN
    assert "phát hiện 1, bình xét đạt 1, tôn vinh 0, tính được 1" in answer.says
    assert "--set reached=SỐ" in answer.missing[0].who
    reported(told.story, "2024-07-30", as_of=None)
    answer = told("Q36", reached="1")
    assert answer.verdict is Verdict.UNKNOWN
    assert "as_of" in answer.missing[0].what


def test_q36_what_was_recorded_or_voided_after_the_report_for_its_time_must_be_made_clear(told: Questioned) -> None:
    story = told.story.passed()
    reported(story, "2024-06-30")
    late = another(story, "2024-07-20", occurred_on="2024-06-25")
    story.do("supported", kind="visit", what="xem", occurred_on="2024-06-26")  # changes no number of the board
    answer = told("Q36", reached="1")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position])
    voided = story.do("entry_voided", entry=story.stored(story.exemplar().marks["reviewed"].position).entry.id)
    answer = told("Q36")
    assert positions(answer) == [late.position, voided.position]
    story.do("entry_voided", entry=voided.id)
    assert positions(told("Q36")) == [late.position], "what the report counted counts again"
    assert told("Q36", at=f"#{late.position - 1}").verdict is Verdict.UNKNOWN, "nobody knew of it then"


# ------------------------------------------------------------------ Q37


def test_q37_two_reports_with_what_happened_between_them_are_met(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    first = reported(story, "2024-06-30")
    story.on("2024-07-05").reviewed()
    second = reported(story, "2024-09-30")
    answer = told("Q37")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [first.position, second.position])
    assert "phong-b linh-vuc-a 0 → 1" in answer.says
    assert "cb-01 1 mục" in answer.says
    assert told("Q37", before=str(second.position)).verdict is Verdict.UNKNOWN, "a report is not compared with itself"


def test_q37_what_undoes_the_first_report_must_be_made_clear(told: Questioned) -> None:
    story = told.story.passed()
    reported(story, "2024-06-30")
    late = another(story, "2024-07-20", occurred_on="2024-06-25")
    review = story.stored(story.exemplar().marks["reviewed"].position).entry
    changed = story.do("entry_corrected", entry=review.id, set={"result": "failed"})
    reported(story, "2024-09-30")
    story.do("entry_corrected", entry=review.id, set={"result": "passed"})  # after both
    answer = told("Q37")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position, changed.position])
    assert "phong-b linh-vuc-a 1 → 0" in answer.says


def test_q37_one_report_is_not_enough_data(told: Questioned) -> None:
    reported(told.story.passed(), "2024-06-30")
    answer = told("Q37")
    assert answer.verdict is Verdict.UNKNOWN
    assert "sổ có 1 báo cáo" in answer.missing[0].what


# ------------------------------------------------------------------ Q38


def test_q38_a_correction_that_somebody_approved_is_met_and_tells_what_stood_there(told: Questioned) -> None:
    story = told.story.sent()
    fixed = story.do("entry_corrected", entry="@gui", set={"to": "phong-c"}, approved_by="cb-05")
    answer = told("Q38")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [fixed.position])
    assert answer.evidence[0].says == (
        f"Gửi hồ sơ (#{fixed.position - 1}): Nơi nhận: huyen → phong-c; người duyệt: cb-05"
    )


def test_q38_what_was_recorded_after_sending_is_corrected_without_approval(told: Questioned) -> None:
    story = told.story.sent()
    seen = story.do("supported", kind="visit", what="xem")
    story.do("entry_corrected", entry=seen.id, set={"kind": "training"})
    answer = told("Q38")
    assert (answer.verdict, len(answer.evidence)) == (Verdict.MET, 1)
    assert "0 sau khi đã gửi đi" in answer.says


def test_q38_a_voiding_after_sending_that_nobody_approved_is_a_breach(told: Questioned) -> None:
    told.story.sent()
    wrong = told.forced("entry_voided", "core.approval", entry="@gui")
    answer = told("Q38")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q38_what_was_corrected_before_anything_was_sent_is_no_matter(told: Questioned) -> None:
    story = told.story.passed()
    review = story.stored(story.exemplar().marks["reviewed"].position).entry
    story.do("entry_corrected", entry=review.id, set={"present": 3})
    assert told("Q38").verdict is Verdict.UNKNOWN
    sent = story.do("introduced", purpose="publicity", to="huyen")
    answer = told("Q38")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [sent.position])
    assert "1 lần sửa, hủy mục ghi: 0 sau khi" in answer.says
