"""Q44, Q45, Q46 and Q48: ended units, deciding after the last day, shares of honours, complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import HONOUR

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned


# ------------------------------------------------------------------ Q44


def merged(told: Questioned, unit: str = "xa-cu", into: str = "xa-kia") -> Any:
    """Let a unit go into another one."""
    return told.story.do("unit_merged", unit=unit, into=into, by="nv-01")


def test_q44_where_no_unit_has_ended_there_is_nothing_to_take_over(told: Questioned) -> None:
    answer = told("Q44")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 9)
    assert "không đơn vị nào đã kết thúc" in answer.says


def test_q44_a_unit_that_went_into_a_living_one_is_met(told: Questioned) -> None:
    end = merged(told)
    answer = told("Q44")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [end.position])


def test_q44_duties_that_nobody_took_over_are_a_breach_until_an_heir_is_named(told: Questioned) -> None:
    story = told.story
    end = story.do("unit_dissolved", unit="xa-cu", by="nv-01")
    answer = told("Q44")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [end.position])
    assert "III.1" in answer.evidence[0].says
    story.do("unit_succeeded", unit="xa-cu", successor="xa-kia", duties=["III.1"], by="nv-01")
    answer = told("Q44")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [end.position]), (
        "the duty has a holder, the papers have none"
    )
    story.do("unit_succeeded", unit="xa-cu", successor="xa-kia", by="nv-01")
    assert told("Q44").verdict is Verdict.MET


def test_q44_exemplars_that_an_ended_unit_leads_are_nobodys(told: Questioned) -> None:
    story = told.story
    story.passed()
    story.do("unit_dissolved", unit="phong-b", by="nv-01")
    answer = told("Q44")
    assert answer.verdict is Verdict.BREACH
    assert "1 điển hình đang chủ trì" in answer.evidence[0].says


def test_q44_an_heir_that_ended_itself_holds_nothing(told: Questioned) -> None:
    first = merged(told)
    second = told.story.do("unit_dissolved", unit="xa-kia", by="nv-01")
    assert positions(told("Q44")) == [first.position, second.position]


def test_q44_a_succession_that_nobody_checked_must_be_made_clear(told: Questioned) -> None:
    end = told.story.do("unit_merged", unit="xa-cu", into="xa-kia", unverified="số nghị quyết", by="nv-01")
    answer = told("Q44")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [end.position])


# ------------------------------------------------------------------ Q45


def test_q45_decisions_of_who_is_in_office_are_met(told: Questioned) -> None:
    honour = told.story.passed().honoured()
    answer = told("Q45")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [honour.position])


def test_q45_without_any_decision_there_is_not_enough_data(told: Questioned) -> None:
    assert told("Q45").verdict is Verdict.UNKNOWN


def test_q45_a_signature_after_the_last_day_is_a_breach(told: Questioned) -> None:
    story = told.story.passed()
    story.on("2024-04-01").do("office_ended", officer="cb-05", unit="huyen", by="nv-01")
    story.on("2024-04-02")
    wrong = told.forced("honour_decided", "core.signer", exemplar="@e", **HONOUR)
    answer = told("Q45")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q45_a_decision_of_a_body_that_ended_is_a_breach_even_as_corrected(told: Questioned) -> None:
    story = told.story.passed()
    story.on("2024-04-01").do("unit_dissolved", unit="huyen", by="nv-01")
    wrong = told.forced("honour_decided", "core.alive", label="@h", exemplar="@e", **HONOUR)
    assert positions(told("Q45")) == [wrong.position]
    story.ids["@sai"] = wrong.id
    fixed = told.forced("entry_corrected", "core.alive", entry="@sai", set={"money": 900_000}, papers=None)
    answer = told("Q45")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [fixed.position])


def test_q45_a_day_on_which_nobody_can_tell_must_be_made_clear(told: Questioned) -> None:
    story = told.story.on("2024-05-02").passed()
    story.do("office_ended", officer="cb-05", unit="huyen", by="nv-01", occurred_on="2024-05-02")
    vague = story.on("2024-06-01").honoured(occurred_on="2024-05", reason="chờ bản sao")
    answer = told("Q45")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [vague.position])
    assert "cb-05" in answer.evidence[0].says


def test_q45_one_post_that_is_surely_held_is_enough(told: Questioned) -> None:
    story = told.story.on("2024-05-03").passed()
    story.do("office_held", officer="cb-05", unit="huyen", post="Phó ban", until="2024-05", by="nv-01")
    story.honoured()
    assert told("Q45").verdict is Verdict.MET


# ------------------------------------------------------------------ Q46


def shared(told: Questioned, *units: str) -> list[Any]:
    """Let somebody of each unit be honoured, as a labourer."""
    receipts = []
    for number, unit in enumerate(units):
        told.story.person(f"@p{number}", f"Người Thứ {number}", unit=unit)
        told.story.discovered(f"@e{number}", f"@p{number}")
        told.story.reviewed(f"@e{number}")
        receipts.append(told.story.honoured(f"@h{number}", f"@e{number}", occupation="labourer"))
    return receipts


def test_q46_honours_shared_out_are_met_with_the_figures(told: Questioned) -> None:
    shared(told, "xa-cu", "xa-kia", "truong", "truong")
    answer = told("Q46", few="1")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 4)
    assert "truong 2 (50%), xa-cu 1 (25%), xa-kia 1 (25%)" in answer.says
    assert "cá nhân 4 (100%)" in answer.says
    assert "người trực tiếp lao động, học tập, chiến đấu 4 (100%)" in answer.says


def test_q46_one_unit_that_takes_most_must_be_made_clear(told: Questioned) -> None:
    receipts = shared(told, "xa-cu", "xa-kia", "xa-cu")
    answer = told("Q46", few="3")
    assert (answer.verdict, answer.count) == (Verdict.UNCLEAR, 2)
    assert positions(answer) == [receipts[0].position, receipts[2].position]
    assert told("Q46", few="4").verdict is Verdict.MET, "three honours are too few for shares"
    assert told("Q46", few="3", most="67").verdict is Verdict.MET
    told.story.do("entry_voided", entry="@h0", papers=None)
    assert told("Q46", few="1", most="50").seen == 2


def test_q46_too_few_labourers_must_be_made_clear_and_an_untold_class_is_missing(told: Questioned) -> None:
    shared(told, "xa-cu")
    told.story.passed()
    leader = told.story.honoured(occupation="leader")
    answer = told("Q46", few="1", most="100", labour="60")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [leader.position])
    assert told("Q46", few="1", most="100", labour="50").verdict is Verdict.MET
    told.story.person("@nua", "Lò Văn Nữa")
    told.story.discovered("@f", "@nua")
    told.story.reviewed("@f")
    told.story.honoured("@k", "@f")
    answer = told("Q46", few="1", most="100")
    assert answer.verdict is Verdict.UNKNOWN
    assert "1 lần" in answer.missing[0].what


# ------------------------------------------------------------------ Q48


def objected(told: Questioned) -> Any:
    """Let somebody object to an exemplar."""
    story = told.story.passed()
    return story.do("opinion_received", label="@y", objects=True, content="không đúng")


def test_q48_a_complaint_that_was_answered_is_met(told: Questioned) -> None:
    complaint = objected(told)
    told.story.do("opinion_answered", opinion="@y", answer="đã xem", upheld=False)
    answer = told("Q48")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [complaint.position])


def test_q48_a_complaint_keeps_its_answer_when_it_is_corrected(told: Questioned) -> None:
    objected(told)
    told.story.do("opinion_answered", opinion="@y", answer="đã xem", upheld=False)
    fixed = told.story.do("entry_corrected", entry="@y", set={"channel": "thư"}, papers=None)
    told.story.on("2024-06-01").person("@nua", "Lò Văn Nữa")
    answer = told("Q48")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [fixed.position])


def test_q48_praise_is_no_complaint(told: Questioned) -> None:
    told.story.passed().do("opinion_received", objects=False, content="rất tốt")
    answer = told("Q48")
    assert (answer.verdict, answer.seen) == (Verdict.UNKNOWN, 0)


def test_q48_a_complaint_is_a_breach_once_it_has_waited_too_long(told: Questioned) -> None:
    complaint = objected(told)
    told.story.on("2024-03-31").person("@nua", "Lò Văn Nữa")  # the thirtieth day
    assert told("Q48").verdict is Verdict.MET
    assert told("Q48", days="29").verdict is Verdict.BREACH
    told.story.on("2024-04-01").person("@ba", "Lò Văn Ba")
    answer = told("Q48")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [complaint.position])


def test_q48_an_honour_over_an_open_complaint_is_a_breach(told: Questioned) -> None:
    objected(told)
    honour = told.story.honoured()
    answer = told("Q48")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [honour.position])


def test_q48_a_complaint_that_was_right_must_change_something(told: Questioned) -> None:
    complaint = objected(told)
    told.story.do("opinion_answered", opinion="@y", answer="đúng vậy", upheld=True)
    answer = told("Q48")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [complaint.position])
    told.story.reviewed(result="failed")
    assert told("Q48").verdict is Verdict.MET


def test_q48_a_pending_complaint_against_a_subject_and_an_open_finding_count_as_well(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    flag = story.do("standing_flagged", label="@co", subject="@nguoi", kind="complaint", about="Đơn thư")
    story.on("2024-06-01").person("@nua", "Lò Văn Nữa")
    assert positions(told("Q48")) == [flag.position]
    story.do("standing_cleared", subject="@nguoi", flag="@co", outcome="cleared")
    assert told("Q48").verdict is Verdict.MET
    story.ids["@muc"] = flag.id
    open_ = story.do("finding_recorded", label="@ph", severity="note", what="xem", entry="@muc", by="cb-02")
    answer = told("Q48")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [open_.position])
    story.do("finding_closed", finding="@ph", end="explained", by="cb-02")
    assert told("Q48").verdict is Verdict.MET
