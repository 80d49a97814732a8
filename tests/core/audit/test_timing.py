"""Q06 to Q08 and Q34: deadlines, delays, late dossiers, duties nobody did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions

from guong.audit.answer import Verdict
from guong.recording import Order

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned


def sent(told: Questioned, day: str, recorded: str = "") -> Any:
    """Let a dossier be sent off on a day, and recorded on another one; the deadline is 30 June."""
    story = told.story.on("2024-05-02").passed()
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen")
    return story.on(recorded or day).do("dossier_submitted", label="@gui", dossier="@hs", to="huyen", occurred_on=day)


def test_q06_what_is_recorded_in_time_is_met(told: Questioned) -> None:
    sent(told, "2024-06-30")
    answer = told("Q06")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 1)


def test_q06_what_is_recorded_after_the_deadline_for_a_day_before_it_must_be_made_clear(told: Questioned) -> None:
    late = sent(told, "2024-06-30", recorded="2024-07-01")
    answer = told("Q06")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position])


def test_q06_what_happened_after_the_deadline_hides_nothing(told: Questioned) -> None:
    sent(told, "2024-07-01")
    assert told("Q06").verdict is Verdict.MET


def test_q06_a_deadline_without_a_day_is_missing_and_counts_from_when_it_is_set(told: Questioned) -> None:
    story = told.story
    late = sent(told, "2024-06-10", recorded="2024-06-20")
    story.do("deadline_set", key="bao-cao", of_step="reviewed", title="Báo cáo", plan="ke-hoach", by="nv-01")
    answer = told("Q06")
    assert (answer.verdict, len(answer.missing)) == (Verdict.UNKNOWN, 1)
    assert "Báo cáo" in answer.missing[0].what
    story.do(
        "deadline_set",
        key="ho-so",
        of_step="dossier_submitted",
        title="Gửi",
        due="2024-06-15",
        plan="ke-hoach",
        by="nv-01",
    )
    answer = told("Q06")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position]), "the day was set after the entry"


def test_q06_a_deadline_for_some_answers_binds_those_alone(told: Questioned) -> None:
    story = told.story
    only: dict[str, Any] = {
        "key": "gt",
        "of_step": "introduced",
        "title": "Giới thiệu",
        "due": "2024-06-15",
        "when": {"purpose": "reward"},
    }
    story.do("deadline_set", "", **only, plan="ke-hoach", by="nv-01")
    story.passed()
    story.on("2024-06-20")
    story.do("introduced", purpose="publicity", to="huyen", occurred_on="2024-06-10")
    assert told("Q06").verdict is Verdict.UNKNOWN, "nothing that has a deadline was recorded"
    bound = story.do("introduced", purpose="reward", to="huyen", occurred_on="2024-06-10")
    assert positions(told("Q06")) == [bound.position]


def test_q07_what_is_recorded_on_its_day_is_met(told: Questioned) -> None:
    told.story.passed()
    answer = told("Q07", plan="ke-hoach", unit="phong-b")
    assert answer.verdict is Verdict.MET
    assert "một nửa ghi trong 0 ngày" in answer.says


def test_q07_before_any_plan_says_what_is_late_nobody_can_tell(told: Questioned) -> None:
    answer = told("Q07", at="#4")
    assert (answer.verdict, answer.seen) == (Verdict.UNKNOWN, 4)


def test_q07_a_late_entry_must_be_made_clear_and_one_without_reason_is_a_breach(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    late = story.on("2024-08-01").do(
        "supported", kind="visit", what="xem", occurred_on="2024-04-01", reason="chờ biên bản"
    )
    answer = told("Q07", plan="ke-hoach", unit="phong-b")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position])
    assert "lâu nhất 122 ngày" in answer.says  # 1 April to 1 August
    assert "cb-01 1 mục" in answer.says
    story.book.record(
        {
            "step": "duty_reminded",
            "duty": "III.1",
            "body": "xa-cu",
            "plan": "ke-hoach",
            "occurred_on": "2024-04-01",
            "by": "nv-01",
        },
        Order(waived=frozenset({"core.late-reason"})),
    )
    assert told("Q07", unit="phong-a").verdict is Verdict.BREACH


def test_q07_many_entries_in_one_night_must_be_made_clear(told: Questioned) -> None:
    story = told.story.at(23)
    story.person("@nguoi")
    first = story.discovered()
    story.do("supported", kind="visit", what="xem")
    assert told("Q07", unit="phong-b", burst="4").verdict is Verdict.MET
    answer = told("Q07", unit="phong-b", plan="ke-hoach", burst="2")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [first.position])
    assert "cb-01 ghi 2 mục trong đêm 01/3/2024" in answer.evidence[0].says


def test_q08_a_dossier_in_time_is_met(told: Questioned) -> None:
    sent(told, "2024-06-30")
    answer = told("Q08")
    assert (answer.verdict, answer.count) == (Verdict.MET, 0)


def test_q08_a_late_dossier_that_somebody_allowed_is_met_and_names_the_entry(told: Questioned) -> None:
    late = sent(told, "2024-07-02")
    assert positions(told("Q08")) == [late.position]
    allowed = told.story.do("dossier_accepted_late", dossier="@hs", allowed_by="cb-05", by="cb-02")
    answer = told("Q08")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [allowed.position])


def test_q08_a_late_dossier_that_nobody_allowed_must_be_made_clear_and_is_a_breach_once_it_is_appraised(
    told: Questioned,
) -> None:
    late = sent(told, "2024-07-02")
    answer = told("Q08")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position])
    told.story.do("dossier_received", dossier="@hs", complete=True, by="cb-02")
    usual = {"exemplar": "@e", "dossier": "@hs", "appraiser": "cb-02", "result": "eligible", "by": "cb-02"}
    wrong = told.forced("appraisal_recorded", "core.late-dossier", **usual)
    answer = told("Q08")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position, late.position])


def test_q08_a_month_that_the_deadline_lies_in_cannot_be_told(told: Questioned) -> None:
    told.story.do(
        "deadline_set",
        key="ho-so",
        of_step="dossier_submitted",
        title="Gửi",
        due="2024-06-15",
        plan="ke-hoach",
        by="nv-01",
    )
    vague = sent(told, "2024-06", recorded="2024-06-20")
    answer = told("Q08")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [vague.position])


def duty(told: Questioned, key: str, body: str, **more: Any) -> Any:
    """Give a unit a duty that is due on 30 June."""
    given = {
        "duty": key,
        "body": body,
        "text": "báo cáo",
        "due": "2024-06-30",
        "mode": "assigned",
        "plan": "ke-hoach",
        "by": "nv-01",
    }
    return told.story.do("duty_assigned", **{**given, **more})


def done(told: Questioned, step: str, key: str, body: str, **more: Any) -> Any:
    """Record something of a duty."""
    return told.story.do(step, duty=key, body=body, plan="ke-hoach", by="nv-01", **more)


def test_q34_a_duty_that_is_done_is_met(told: Questioned) -> None:
    duty(told, "X.1", "xa-cu")
    told.story.on("2024-06-20")
    done(told, "duty_fulfilled", "X.1", "xa-cu")
    told.story.on("2024-07-10").person("@nguoi")
    assert told("Q34", duty="X.1").verdict is Verdict.MET


def test_q34_a_duty_that_nobody_did_is_a_breach_and_tells_who_was_reminded(told: Questioned) -> None:
    duty(told, "X.1", "xa-cu")
    done(told, "duty_reminded", "X.1", "xa-cu", occurred_on="2024-03-01")
    told.story.on("2024-07-10").person("@nguoi")
    answer = told("Q34", duty="X.1")
    assert (answer.verdict, answer.count) == (Verdict.BREACH, 1)
    assert answer.evidence[0].says == "xa-cu: X.1, quá hạn, đã đôn đốc 1 lần"
    assert told("Q34", duty="X.1", at="30/6/2024").verdict is Verdict.MET, "it was not due yet"
    assert told("Q34", duty="X.1", at="1/7/2024").verdict is Verdict.BREACH, (
        "the day asked for counts, not that of the last entry"
    )


def test_q34_what_a_body_was_only_asked_for_is_no_breach(told: Questioned) -> None:
    duty(told, "X.2", "phong-c", mode="requested")
    told.story.on("2024-07-10").person("@nguoi")
    assert told("Q34", duty="X.2").verdict is Verdict.UNCLEAR


def test_q34_without_a_day_there_is_not_enough_data(told: Questioned) -> None:
    answer = told("Q34", duty="III.1")
    assert (answer.verdict, answer.seen) == (Verdict.UNKNOWN, 2)
    assert "III.1" in answer.missing[0].what
