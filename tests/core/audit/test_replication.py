"""Q30 to Q32: what was copied and measured, what a success rests on, what was dropped without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned

AT = {"target_kind": "area", "unit": "xa-kia", "target": "Xóm trên", "similar": "cùng nghề"}


def copied(told: Questioned, day: str = "2024-04-01", label: str = "@n", **more: Any) -> Any:
    """Let the commune beside it begin to copy an exemplar that was honoured on 5 March."""
    if "@h" not in told.story.ids:
        told.story.passed().on("2024-03-05").honoured()
    return told.story.on(day).do("replication_started", label=label, **{**AT, "origin": "spontaneous", **more})


def looked(told: Questioned, day: str, **more: Any) -> Any:
    """Let somebody look at the replication on the spot."""
    story = told.story.on(max(told.story.day, day))
    return story.do("replication_reviewed", start="@n", findings="chạy đều", occurred_on=day, **more)


def works(told: Questioned, day: str, **more: Any) -> Any:
    """Let the replication be found to work."""
    return told.story.on("2024-07-01").do(
        "replication_succeeded", start="@n", result="được", occurred_on=day, reason="chờ biên bản", **more
    )


def test_q30_an_honoured_exemplar_that_was_copied_and_measured_is_met(told: Questioned) -> None:
    begun = copied(told)
    works(told, "2024-06-01", measure="hộ", value=12)
    answer = told("Q30")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [begun.position])
    assert "xa-kia (1)" in answer.says


def test_q30_a_measure_that_was_taken_at_the_check_will_do(told: Questioned) -> None:
    copied(told)
    looked(told, "2024-04-20", measure="hộ", value=12)
    works(told, "2024-06-01")
    assert told("Q30").verdict is Verdict.MET


def test_q30_what_was_never_copied_and_what_nobody_measured_must_be_made_clear(told: Questioned) -> None:
    told.story.passed()
    honour = told.story.on("2024-03-05").honoured()
    answer = told("Q30")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [honour.position])
    assert told("Q30", kinds="model").verdict is Verdict.UNKNOWN, "no model was honoured"
    copied(told)
    success = works(told, "2024-06-01")
    answer = told("Q30")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [success.position])


def test_q30_a_revoked_honour_need_not_be_copied(told: Questioned) -> None:
    told.story.passed()
    told.story.on("2024-03-05").honoured()
    told.story.do("honour_revoked", honour="@h", ground="a", authority="huyen", papers=[PAPER_80], by="cb-05")
    assert told("Q30").verdict is Verdict.UNKNOWN


PAPER_80 = {"kind": "Quyết định", "number": "80", "date": "2024-03-05", "issuer": "Huyện H"}


def test_q31_a_success_after_a_check_is_met(told: Questioned) -> None:
    copied(told)
    looked(told, "2024-04-01")
    works(told, "2024-06-01")
    assert told("Q31").verdict is Verdict.MET


def test_q31_a_success_that_nobody_checked_before_must_be_made_clear(told: Questioned) -> None:
    copied(told)
    success = works(told, "2024-06-01")
    looked(told, "2024-06-02")
    answer = told("Q31")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [success.position])
    assert answer.says.startswith("1 lần nhân rộng đạt: 1 không có kiểm tra")


def test_q31_a_check_of_another_replication_proves_nothing(told: Questioned) -> None:
    copied(told)
    copied(told, label="@m", target="Xóm dưới")
    told.story.do("replication_reviewed", start="@m", findings="chạy đều")
    success = works(told, "2024-06-01")
    answer = told("Q31")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [success.position])


def test_q31_a_month_that_cannot_tell_must_be_made_clear(told: Questioned) -> None:
    copied(told, "2024-04-10")
    looked(told, "2024-04")
    success = works(told, "2024-06-01")
    answer = told("Q31")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [success.position])
    assert "1 không rõ ngày kiểm tra" in answer.says


def test_q31_without_a_success_there_is_not_enough_data(told: Questioned) -> None:
    copied(told)
    assert told("Q31").verdict is Verdict.UNKNOWN


def test_q32_a_failure_that_is_written_down_is_met(told: Questioned) -> None:
    begun = copied(told)
    told.story.on("2024-12-01").do("replication_failed", start="@n", reason="thiếu nước")
    answer = told("Q32")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [begun.position])


def test_q32_a_failure_without_a_reason_is_a_breach(told: Questioned) -> None:
    copied(told)
    wrong = told.forced("replication_failed", "core.reason", exemplar="@e", start="@n", reason=None)
    answer = told("Q32")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q32_what_was_begun_or_planned_and_then_forgotten_must_be_made_clear(told: Questioned) -> None:
    begun = copied(told)
    planned = told.story.do("replication_planned", label="@k", **AT, due="2024-08-01")
    told.story.on("2024-08-01").person("@nua", "Lò Văn Nữa")
    assert told("Q32").verdict is Verdict.MET, "there is time until the day is over"
    told.story.on("2024-08-02").person("@ba", "Lò Văn Ba")
    assert positions(told("Q32")) == [planned.position]
    told.story.on("2024-10-20").person("@tu", "Lò Văn Tư")
    answer = told("Q32")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [planned.position, begun.position])
    assert positions(told("Q32", days="300")) == [planned.position]
    looked(told, "2024-10-20")
    told.story.do("replication_started", label="@m", planned="@k", **AT)
    assert told("Q32").verdict is Verdict.MET


def test_q32_without_any_replication_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed()
    assert told("Q32").verdict is Verdict.UNKNOWN
