"""Q33 and Q35: duties to inspect, to urge, and to issue a plan below the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import PAPER

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned


def duty(told: Questioned, text: str, body: str = "phong-b", **more: Any) -> Any:
    """Give a unit the duty `X.1`, due on 30 June."""
    given = {"duty": "X.1", "body": body, "text": text, "due": "2024-06-30", "mode": "assigned"}
    return told.story.do("duty_assigned", **{**given, **more}, plan="ke-hoach", by="nv-01")


def done(told: Questioned, step: str = "duty_fulfilled", body: str = "phong-b", **more: Any) -> Any:
    """Record something of the duty."""
    return told.story.do(step, duty="X.1", body=body, plan="ke-hoach", by="nv-01", **more)


def later(told: Questioned, day: str = "2024-07-10") -> None:
    """Let time pass."""
    told.story.on(day).person("@nua", "Lò Văn Nữa")


def test_q33_a_duty_to_inspect_that_was_carried_out_is_met(told: Questioned) -> None:
    duty(told, "Có kế hoạch Kiểm tra các xã")
    done(told)
    opened = told.story.do("inspection_opened", body="Đoàn kiểm tra", units=["xa-cu"], by="nv-01", plan=None)
    later(told)
    answer = told("Q33")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [opened.position])


def test_q33_a_duty_that_is_done_on_paper_alone_must_be_made_clear(told: Questioned) -> None:
    duty(told, "có kế hoạch kiểm tra các xã")
    said = done(told)
    answer = told("Q33")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [said.position])
    assert "không có cuộc kiểm tra nào" in answer.evidence[0].says


def test_q33_a_duty_that_nobody_did_by_its_day_is_a_breach(told: Questioned) -> None:
    duty(told, "đôn đốc các xã")
    later(told)
    assert told("Q33").verdict is Verdict.BREACH
    assert told("Q33", unit="phong-c").verdict is Verdict.UNKNOWN, "that unit was given no such duty"
    assert told("Q33", words="thống kê").verdict is Verdict.UNKNOWN
    assert told("Q33", duty="X.1").verdict is Verdict.BREACH


def test_q33_a_duty_without_a_day_is_missing_it(told: Questioned) -> None:
    duty(told, "kiểm tra các xã", due="")
    answer = told("Q33")
    assert (answer.verdict, [one.what for one in answer.missing]) == (
        Verdict.UNKNOWN,
        ["hạn của nhiệm vụ X.1 (ke-hoach)"],
    )


def test_q35_a_unit_that_filed_its_plan_is_met_whether_it_names_the_duty_or_not(told: Questioned) -> None:
    for key, body in (("X.1", "xa-cu"), ("X.2", "xa-kia")):
        duty(told, "Xây dựng kế hoạch riêng", body, duty=key)
    filed = told.story.do("sub_plan_filed", body="xa-cu", duty="X.1", papers=[PAPER], plan="ke-hoach", by="nv-01")
    other = told.story.do("sub_plan_filed", body="xa-kia", papers=[PAPER], plan="ke-hoach", by="nv-01")
    later(told)
    answer = told("Q35")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 2, [filed.position, other.position])


def test_q35_a_unit_without_a_plan_of_its_own_is_a_breach_once_the_day_has_passed(told: Questioned) -> None:
    duty(told, "xây dựng kế hoạch riêng", "xa-kia")
    assert told("Q35").count == 0
    later(told)
    answer = told("Q35")
    assert (answer.verdict, answer.count) == (Verdict.BREACH, 1)
    assert answer.evidence[0].says.startswith("xa-kia: X.1, quá hạn")


def test_q35_a_body_that_was_only_asked_must_make_it_clear(told: Questioned) -> None:
    duty(told, "xây dựng kế hoạch riêng", "phong-c", mode="requested")
    later(told)
    assert told("Q35").verdict is Verdict.UNCLEAR


def test_q35_a_plan_that_gives_no_such_duty_is_missing_it(told: Questioned) -> None:
    assert told("Q35").verdict is Verdict.UNKNOWN
