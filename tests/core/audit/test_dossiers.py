"""Q09, Q22 and Q23: dossiers that came back or were dated anew, numbers of decisions and who gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import HONOUR, PAPER

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
RETURNED: Row = {"dossier": "@hs", "missing": ["Biên bản"], "by": "cb-02"}
ISSUED: Row = {
    "authority": "huyen",
    "notation": "QĐ",
    "year": 2024,
    "signer": "cb-05",
    "numbered_by": "cb-02",
    "by": "cb-02",
}


def paper(number: str, day: str) -> list[Row]:
    """Return the paper of a decision or proposal."""
    return [{**PAPER, "number": number, "date": day}]


def proposed(story: Story, day: str = "2024-04-01", **more: Any) -> Any:
    """Let somebody who was reviewed on 1 March be proposed."""
    story.passed()
    row: Row = {"kind": "award", "authority": "huyen", "papers": paper("3", day), **more}
    return story.on(day).do("honour_proposed", label="@dn", **row)


def decided(story: Story, number: str, day: str, **more: Any) -> Any:
    """Let the district decide what was proposed, by a paper of that day."""
    return story.on(day).honoured(proposal="@dn", papers=paper(number, day), **more)


def praised(story: Story, number: str, day: str) -> Any:
    """Let the district praise the same one, by a paper of a day, which is recorded today."""
    return story.honoured("@bd", kind="praise", papers=paper(number, day), occurred_on=day)


# ------------------------------------------------------------------ Q09


def test_q09_a_dossier_returned_once_with_a_reason_is_met(told: Questioned) -> None:
    told.story.received()
    back = told.story.do("dossier_returned", **RETURNED)
    answer = told("Q09")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [back.position])


def test_q09_a_second_return_is_met_where_somebody_approved_it(told: Questioned) -> None:
    told.story.received()
    told.story.do("dossier_returned", **RETURNED)
    told.story.do("dossier_supplemented", dossier="@hs", added=["Biên bản"])
    again = told.story.do("dossier_returned", **RETURNED, approved_by="cb-05")
    answer = told("Q09")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [again.position])
    assert "lần thứ 2, người duyệt: cb-05" in answer.evidence[0].says


def test_q09_a_return_without_reason_and_a_second_one_that_nobody_approved_are_breaches(told: Questioned) -> None:
    told.story.received()
    bare = told.forced("dossier_returned", "core.reason", **RETURNED, reason=None)
    told.story.do("dossier_supplemented", dossier="@hs", added=["Biên bản"])
    again = told.forced("dossier_returned", "core.return-once", **RETURNED)
    answer = told("Q09")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [bare.position, again.position])


def test_q09_a_correction_of_an_unapproved_return_is_still_an_unapproved_return(told: Questioned) -> None:
    told.story.received()
    told.story.do("dossier_returned", **RETURNED)
    told.story.do("dossier_supplemented", dossier="@hs", added=["Biên bản"])
    again = told.forced("dossier_returned", "core.return-once", **RETURNED)
    row: Row = {"entry": again.id, "set": {"missing": ["Báo cáo"]}, "approved_by": "cb-05", "by": "cb-02"}
    fixed = told.forced("entry_corrected", "core.return-once", **row)
    answer = told("Q09")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [fixed.position])
    row |= {"set": {"approved_by": "cb-05"}}
    told.story.do("entry_corrected", **row)
    assert told("Q09").verdict is Verdict.MET


def test_q09_a_day_that_was_changed_must_be_made_clear_however_it_was_done(told: Questioned) -> None:
    story = told.story.on("2024-05-02").sent()
    story.on("2024-05-04")
    fixed: Row = {"entry": "@gui", "happened_on": "2024-05-03", "approved_by": "cb-05"}
    redated = story.do("entry_corrected", **fixed, by="cb-02")
    answer = told("Q09")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [redated.position])
    assert "02/5/2024, nay là 03/5/2024" in answer.evidence[0].says
    story.do("entry_voided", entry=redated.id, approved_by="cb-05", by="cb-02")
    assert told("Q09").verdict is Verdict.MET, "the correction does not count any more"
    story.do("entry_voided", entry="@gui", approved_by="cb-05", by="cb-02")
    anew = story.do("dossier_submitted", dossier="@hs", to="huyen", occurred_on="2024-05-03")
    answer = told("Q09")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [anew.position])
    assert "02/5/2024, nay là 03/5/2024" in answer.evidence[0].says


def test_q09_without_any_dossier_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed()
    assert told("Q09").verdict is Verdict.UNKNOWN


# ------------------------------------------------------------------ Q22


def test_q22_numbers_in_sequence_after_review_and_proposal_are_met(told: Questioned) -> None:
    proposed(told.story)
    first = decided(told.story, "9", "2024-04-10")
    second = praised(told.story, "10", "2024-04-10")
    answer = told("Q22")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [first.position, second.position])


def test_q22_one_number_on_two_days_is_a_breach_and_one_decision_for_many_is_not(told: Questioned) -> None:
    story = told.story
    proposed(story)
    decided(story, "9", "2024-04-10")
    praised(story, "9", "2024-04-10")
    assert told("Q22").verdict is Verdict.MET
    twice = praised(story.on("2024-04-12"), "9", "2024-04-12")
    answer = told("Q22")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [twice.position])
    assert "số 9/QĐ đề các ngày 10/4/2024, 12/4/2024" in answer.evidence[0].says


def test_q22_a_number_out_of_sequence_must_be_made_clear(told: Questioned) -> None:
    proposed(told.story)
    decided(told.story, "9", "2024-04-20")
    astray = praised(told.story, "10", "2024-04-12")
    answer = told("Q22")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [astray.position])
    assert "số 10/QĐ ngày 12/4/2024, trong khi số 9 ngày 20/4/2024" in answer.evidence[0].says


def test_q22_a_decision_before_its_proposal_and_before_the_review_is_a_breach(told: Questioned) -> None:
    story = told.story
    proposed(story)
    early = story.on("2024-04-10").honoured(proposal="@dn", papers=paper("9", "2024-02-20"))
    answer = told("Q22")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [early.position, early.position])
    assert [one.says.partition("trước ")[2] for one in answer.evidence] == [
        "lần bình xét ngày 01/3/2024",
        "tờ trình ngày 01/4/2024",
    ]
    story.do("entry_voided", entry="@h", approved_by="cb-01", by="cb-05")
    assert told("Q22").verdict is Verdict.UNKNOWN


def test_q22_an_award_without_proposal_leaves_it_open(told: Questioned) -> None:
    told.story.passed()
    told.story.on("2024-04-10").honoured(papers=paper("9", "2024-04-10"))
    answer = told("Q22")
    assert answer.verdict is Verdict.UNKNOWN
    assert "1 quyết định khen thưởng" in answer.missing[0].what


# ------------------------------------------------------------------ Q23


def issued(story: Story, number: str, **more: Any) -> Any:
    """Let the district issue a decision on the day of the story."""
    row: Row = {**ISSUED, "signed_on": story.day, "papers": paper(number, story.day), **more}
    return story.do("decision_issued", label=f"@qd{number}", number=number, **row)


def test_q23_a_number_after_the_signature_by_somebody_else_is_met(told: Questioned) -> None:
    story = told.story.passed()
    given = issued(story, "9")
    story.honoured(decision="@qd9")
    answer = told("Q23")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [given.position])


def test_q23_a_number_before_the_signature_is_a_breach(told: Questioned) -> None:
    given = told.forced(
        "decision_issued",
        "core.signed",
        **{**ISSUED, "number": "9", "signed_on": "2024-03-04"},
        papers=[PAPER],
    )
    answer = told("Q23")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [given.position])


def test_q23_a_signer_who_gives_the_number_must_be_made_clear(told: Questioned) -> None:
    given = issued(told.story, "9", numbered_by="cb-05")
    answer = told("Q23")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [given.position])


def test_q23_what_a_decision_does_not_say_and_what_was_not_recorded_is_missing(told: Questioned) -> None:
    story = told.story.passed()
    story.do("honour_decided", "@h", **{**HONOUR, "papers": paper("8", "2024-03-01")})
    issued(story, "9", numbered_by=None)
    answer = told("Q23")
    assert answer.verdict is Verdict.UNKNOWN
    assert ["1 quyết định tôn vinh" in answer.missing[0].what, "1 quyết định" in answer.missing[1].what] == [True, True]
