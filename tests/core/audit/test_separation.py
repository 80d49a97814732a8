"""Q10 to Q13: who proposed, received, appraised, voted and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import PAPER

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
APPRAISED: Row = {"dossier": "@hs", "appraiser": "cb-02", "result": "eligible", "by": "cb-02"}


def proposed(story: Story, **more: Any) -> Any:
    """Let the one who was reviewed be proposed."""
    return story.do("honour_proposed", label="@dn", kind="award", authority="huyen", **more)


# ------------------------------------------------------------------ Q10


def test_q10_a_receiver_and_a_signer_who_did_not_propose_are_met(told: Questioned) -> None:
    story = told.story.received()
    proposed(story)
    story.honoured(proposal="@dn")
    answer = told("Q10")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 2)


def test_q10_whoever_takes_in_his_own_dossier_breaks_what_the_plan_separates(told: Questioned) -> None:
    told.story.sent()
    row: Row = {"dossier": "@hs", "complete": True, "by": "cb-01", "second": "cb-02"}
    own = told.forced("dossier_received", "core.separation", **row)
    answer = told("Q10")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [own.position])


def test_q10_a_unit_that_takes_in_what_it_sent_needs_a_second_person(told: Questioned) -> None:
    story = told.story.passed()
    row: Row = {"key": "cb-07", "name": "Hà", "unit": "phong-c", "by": "nv-01", "exemplar": None}
    story.do("officer_enrolled", **row)
    story.do("role_granted", officer="cb-07", role="theo-doi", unit="phong-c", by="nv-01", exemplar=None)
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen", by="cb-07")
    story.do("dossier_submitted", dossier="@hs", to="huyen", by="cb-07")
    own = story.do("dossier_received", label="@nhan", dossier="@hs", by="cb-02")
    answer = told("Q10")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [own.position])
    assert "phong-c vừa gửi vừa tiếp nhận" in answer.evidence[0].says
    fixed: Row = {"entry": "@nhan", "set": {"second": "cb-01"}, "approved_by": "cb-05", "by": "cb-02"}
    story.do("entry_corrected", **fixed)
    assert told("Q10").verdict is Verdict.MET


def test_q10_a_proposer_who_signs_must_be_made_clear(told: Questioned) -> None:
    story = told.story.passed()
    proposed(story, by="cb-05")
    signed = story.honoured(proposal="@dn")
    answer = told("Q10")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [signed.position])


def test_q10_a_decision_without_signer_leaves_it_open(told: Questioned) -> None:
    told.story.passed()
    told.story.honoured(signer=None)
    answer = told("Q10")
    assert answer.verdict is Verdict.UNKNOWN
    assert "người ký của 1 quyết định" in answer.missing[0].what
    assert "đề nghị của 1 quyết định" in answer.missing[1].what, "nobody has proposed it either"


# ------------------------------------------------------------------ Q11


def test_q11_three_hands_are_met(told: Questioned) -> None:
    story = told.story.received()
    story.do("appraisal_recorded", **APPRAISED)
    proposed(story)
    story.honoured(proposal="@dn")
    assert told("Q11").verdict is Verdict.MET


def test_q11_an_appraiser_who_drafted_and_a_signer_who_appraised_must_be_made_clear(told: Questioned) -> None:
    story = told.story.received()
    first = story.do("appraisal_recorded", **{**APPRAISED, "appraiser": "cb-01"})
    story.do("appraisal_recorded", **{**APPRAISED, "appraiser": "cb-05"})
    second = story.honoured()
    answer = told("Q11")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [first.position, second.position])
    assert answer.evidence[0].says == "cb-01 vừa thẩm định vừa làm: Lập hồ sơ, Gửi hồ sơ"
    assert answer.evidence[1].says == "cb-05 vừa ký quyết định vừa làm: Thẩm định hồ sơ"


def test_q11_somebody_who_typed_for_somebody_else_did_not_act_himself(told: Questioned) -> None:
    story = told.story.received()
    story.do("document_attached", dossier="@hs", document="Biên bản", by="cb-02", entered_for="cb-01")
    story.do("appraisal_recorded", **APPRAISED)
    assert told("Q11").verdict is Verdict.MET


def test_q11_what_the_plan_separates_is_a_breach(told: Questioned) -> None:
    story = told.story.passed()
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen")
    story.do("dossier_submitted", dossier="@hs", to="huyen", by="cb-02")
    story.do("dossier_received", dossier="@hs", by="cb-05")
    wrong = told.forced("appraisal_recorded", "core.separation", **APPRAISED)
    answer = told("Q11")
    assert answer.verdict is Verdict.BREACH
    assert set(positions(answer)) == {wrong.position}


# ------------------------------------------------------------------ Q12


def called(story: Story, exemplars: tuple[str, ...] = ("@e",), **subject: Any) -> Story:
    """Let a council of three be called to review somebody."""
    story.person("@nguoi", **subject)
    story.discovered()
    members = ["cb-01", "cb-02", "cb-05"]
    story.do("review_called", label="@hop", body="huyen", members=members, exemplars=list(exemplars))
    return story


def voted(story: Story, member: str, vote: str = "for") -> Any:
    """Let a member vote."""
    return story.do("vote_cast", meeting="@hop", member=member, vote=vote)


def test_q12_votes_of_members_without_interest_are_met(told: Questioned) -> None:
    story = called(told.story)
    voted(story, "cb-02")
    voted(story, "cb-05")
    story.reviewed(meeting="@hop", present=2)
    answer = told("Q12")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 2)


def test_q12_a_vote_on_oneself_is_a_breach(told: Questioned) -> None:
    called(told.story, officer="cb-02")
    own = told.forced("vote_cast", "core.conflict", meeting="@hop", member="cb-02", vote="for", exemplar="@e")
    answer = told("Q12")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [own.position])


def test_q12_an_interest_declared_after_the_vote_is_a_breach(told: Questioned) -> None:
    story = called(told.story)
    vote = voted(story, "cb-02")
    row: Row = {"meeting": "@hop", "member": "cb-02", "exemplar": "@e", "conflict": "family", "recused": True}
    late = story.do("conflict_declared", **row)
    answer = told("Q12")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [late.position])
    assert f"#{vote.position}" in answer.evidence[0].says


def test_q12_a_vote_for_the_own_unit_that_was_not_declared_must_be_made_clear(told: Questioned) -> None:
    story = called(told.story, unit="phong-c")
    vote = voted(story, "cb-02")
    answer = told("Q12")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [vote.position])


def test_q12_where_votes_have_no_names_there_is_not_enough_data(told: Questioned) -> None:
    story = called(told.story)
    story.reviewed(meeting="@hop", present=3, votes_for=3)
    answer = told("Q12")
    assert answer.verdict is Verdict.UNKNOWN
    assert "1 lần bình xét" in answer.missing[0].what


# ------------------------------------------------------------------ Q13


def minuted(story: Story, *present: str) -> Any:
    """Let the minutes name who was present."""
    return story.do("minutes_signed", meeting="@hop", present=list(present), papers=[PAPER])


def test_q13_a_meeting_whose_votes_minutes_and_proposal_agree_is_met(told: Questioned) -> None:
    story = called(told.story)
    for member in ("cb-01", "cb-02"):
        voted(story, member)
    minuted(story, "cb-01", "cb-02")
    story.reviewed(meeting="@hop", present=2, votes_for=2, votes_against=0)
    proposed(story)
    answer = told("Q13")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 1)


def test_q13_a_review_without_quorum_is_a_breach(told: Questioned) -> None:
    story = called(told.story)
    minuted(story, "cb-05")
    row: Row = {"result": "passed", "criteria": story.met("@e"), "meeting": "@hop", "exemplar": "@e"}
    wrong = told.forced("reviewed", "core.quorum", **row)
    answer = told("Q13")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q13_conclusions_that_differ_from_votes_minutes_list_and_proposal_must_be_made_clear(told: Questioned) -> None:
    story = told.story
    story.person("@nua", "Lò Văn Nữa")
    story.discovered("@f", "@nua")
    called(story, exemplars=("@f",))
    voted(story, "cb-02", "against")
    minuted(story, "cb-01", "cb-02", "cb-05")
    astray = story.reviewed(meeting="@hop", present=2, votes_for=2, result="failed")
    early = proposed(story)
    answer = told("Q13")
    said = [(one.position, one.says) for one in answer.evidence]
    assert answer.verdict is Verdict.UNCLEAR
    assert [position for position, _ in said] == [astray.position, astray.position, astray.position, early.position]
    assert "ghi 2 người dự, biên bản ghi 3" in said[0][1]
    assert "2 phiếu đồng ý, từng phiếu đã ghi là 0" in said[1][1]


def test_q13_minutes_that_nobody_signed_are_missing_until_they_are(told: Questioned) -> None:
    story = called(told.story)
    review = story.reviewed(meeting="@hop")
    answer = told("Q13")
    assert answer.verdict is Verdict.UNKNOWN
    assert f"#{review.position}" in answer.missing[0].what
    minuted(story, "cb-01", "cb-02")
    assert told("Q13").verdict is Verdict.MET
