"""Q21, Q24 to Q28 and Q47: who decided an honour, with how much money, over what was pending, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from tests.core.audit.conftest import Questioned, positions
from tests.core.cases.conftest import PAPER, PLAN, Brought, Module

from guong import Case, HonourForm, LawBook, LawDeclaration, PlanPack, Rule
from guong.audit.answer import Verdict
from guong.domain.declarations import Need
from guong.plugins import Source
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
NEW = {**PAPER, "number": "80", "date": "2024-05-01"}
REVOKED: Row = {"honour": "@h", "ground": "a", "authority": "huyen", "papers": [NEW], "by": "cb-05"}

# ------------------------------------------------------------------ a law of the size of a test


def _elsewhere(case: Case) -> Iterator[Row]:
    if case.data["authority"] != "huyen":
        yield {"unit": case.data["authority"]}


def _other_sum(case: Case) -> Iterator[Row]:
    if case.data.get("money") not in (None, 1_000_000):
        yield {"money": case.data["money"]}


def _no_sum(case: Case) -> Iterator[Row]:
    if case.data.get("money") is None:
        yield {}


def _groundless(case: Case) -> Iterator[Row]:
    if case.data["ground"] not in ("a", "b"):
        yield {"ground": case.data["ground"]}


_GIVEN, _TAKEN = ("honour_decided",), ("honour_revoked",)
LAW = LawBook(
    LawDeclaration(key="luat-thu", title="Luật thử", forms=(HonourForm(code="GK", title="giấy khen", article="Điều 7"),)),
    rules=(
        Rule("luat-thu.who", "Ai quyết định", _elsewhere, steps=_GIVEN, culprit="authority", says="{unit} không được", source="x"),
        Rule("luat-thu.sum", "Tiền", _other_sum, steps=_GIVEN, culprit="money", says="{money} đồng là sai", source="x"),
        Rule("luat-thu.none", "Nêu tiền", _no_sum, steps=_GIVEN, culprit="money", refuses=False, says="chưa nêu", source="x"),
        Rule("luat-thu.why", "Căn cứ", _groundless, steps=_TAKEN, culprit="ground", says="không có căn cứ {ground}", source="x"),
    ),
)  # fmt: skip
LAWFUL = PlanPack(
    replace(PLAN.declared, key="theo-luat", title="Kế hoạch theo luật", rule_books=("luat-thu",), quotas=())
)


_ORDER = (*PLAN.declared.order, Need(step="honour_decided", needs="opinion_invited"))
ASKING = PlanPack(replace(PLAN.declared, key="hoi-dan", title="Kế hoạch hỏi dân", order=_ORDER, quotas=()))


class Lawful(Brought):
    """The plugins of the story, a law, a plan that adopts it, and one that has people asked before a decision."""

    def sources(self) -> dict[str, Source]:
        """Return all of them."""
        more = {
            "luat-thu": Module("guong_register_law", LAW),
            "theo-luat": Module("guong_register_plans", LAWFUL),
            "hoi-dan": Module("guong_register_plans", ASKING),
        }
        return super().sources() | {key: Source(key, lambda: "thử 1.0", module) for key, module in more.items()}


@pytest.fixture
def lawful(told: Questioned) -> Questioned:
    """Return a story under a plan that adopts a law, of somebody who was reviewed as passed."""
    story = told.story
    story.book.close()
    story.open(Lawful())
    story.book.issue(LAWFUL, Order(by="nv-01"))
    story.person("@nguoi")
    story.discovered(plan="theo-luat")
    story.reviewed(criteria={"a.1": "met", "a.2": "met"})
    return told


# ------------------------------------------------------------------ Q21


def test_q21_a_decision_by_who_may_is_met_and_the_article_is_told(lawful: Questioned) -> None:
    decided = lawful.story.honoured(form="GK")
    answer = lawful("Q21", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [decided.position])
    assert "huyen: giấy khen, Điều 7, 1" in answer.says


def test_q21_a_decision_by_who_may_not_is_a_breach(lawful: Questioned) -> None:
    wrong = lawful.forced(
        "honour_decided",
        "luat-thu.who",
        kind="award",
        authority="phong-b",
        exemplar="@e",
        papers=[PAPER],
        money=1_000_000,
    )
    answer = lawful("Q21")
    assert (answer.verdict, positions(answer)[0], answer.evidence[0].says) == (
        Verdict.BREACH,
        wrong.position,
        "phong-b không được",
    )


def test_q21_a_signer_who_held_no_office_is_a_breach(lawful: Questioned) -> None:
    wrong = lawful.forced(
        "honour_decided",
        "core.signer",
        kind="award",
        authority="huyen",
        signer="cb-02",
        money=1_000_000,
        exemplar="@e",
        papers=[PAPER],
    )
    answer = lawful("Q21", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q21_a_decision_of_which_nobody_knows_who_signed_must_be_made_clear(lawful: Questioned) -> None:
    unsigned = lawful.story.honoured(signer=None)
    answer = lawful("Q21", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [unsigned.position])


def test_q21_under_a_plan_without_law_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed().honoured()
    answer = told("Q21")
    assert (answer.verdict, len(answer.missing)) == (Verdict.UNKNOWN, 1)
    assert "ke-hoach chưa áp dụng" in answer.missing[0].what


# ------------------------------------------------------------------ Q24


def test_q24_the_right_sum_that_was_paid_is_met(lawful: Questioned) -> None:
    decided = lawful.story.honoured()
    lawful.story.on("2024-06-01").do("honour_presented", honour="@h", place="Nhà văn hóa", paid=1_000_000)
    answer = lawful("Q24", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [decided.position])


def test_q24_another_sum_is_a_breach_whether_it_was_decided_or_paid(lawful: Questioned) -> None:
    wrong = lawful.forced(
        "honour_decided", "luat-thu.sum", kind="award", authority="huyen", money=5, exemplar="@e", papers=[PAPER]
    )
    lawful.story.ids["@h"] = wrong.id
    assert lawful("Q21", plan="theo-luat").verdict is Verdict.UNCLEAR, "who decided is not wrong, only unknown"
    paid = lawful.forced("honour_presented", "core.paid", exemplar="@e", honour="@h", place="x", paid=7)
    answer = lawful("Q24", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position, paid.position])


def test_q24_a_sum_that_nobody_named_or_paid_must_be_made_clear(lawful: Questioned) -> None:
    decided = lawful.story.honoured()
    assert lawful("Q24", plan="theo-luat").verdict is Verdict.MET, "there are thirty days to pay"
    unnamed = lawful.story.on("2024-04-01").honoured("@h2", money=None)
    answer = lawful("Q24", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [unnamed.position, decided.position])
    assert positions(lawful("Q24", plan="theo-luat", days="31")) == [unnamed.position]


def test_q24_under_a_plan_without_law_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed().honoured()
    assert told("Q24").verdict is Verdict.UNKNOWN


# ------------------------------------------------------------------ Q25


def test_q25_an_honour_after_everything_was_cleared_is_met(told: Questioned) -> None:
    story = told.story.passed()
    story.do("standing_flagged", label="@viec", subject="@nguoi", kind="complaint")
    story.on("2024-04-01").do("standing_cleared", subject="@nguoi", flag="@viec", outcome="cleared")
    decided = story.on("2024-04-02").honoured()
    answer = told("Q25")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [decided.position])


def test_q25_an_honour_while_a_complaint_is_open_is_a_breach(told: Questioned) -> None:
    told.story.passed().do("standing_flagged", subject="@nguoi", kind="complaint")
    wrong = told.forced(
        "honour_decided", "core.standing", kind="award", authority="huyen", exemplar="@e", papers=[PAPER]
    )
    answer = told("Q25")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q25_what_was_pending_and_written_down_only_afterwards_must_be_made_clear(told: Questioned) -> None:
    story = told.story.passed().on("2024-03-05")
    decided = story.honoured()
    story.on("2024-03-20").do("standing_flagged", subject="@nguoi", kind="inspection", occurred_on="2024-03-06")
    assert told("Q25").verdict is Verdict.MET, "it began after the decision"
    flag = story.do("standing_flagged", subject="@nguoi", kind="complaint", occurred_on="2024-03-04")
    answer = told("Q25", plan="ke-hoach")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [decided.position])
    assert "04/3/2024" in answer.evidence[0].says
    story.do("entry_voided", entry=flag.id)
    assert told("Q25").verdict is Verdict.MET


# ------------------------------------------------------------------ Q26


def test_q26_an_objection_that_was_answered_is_met(told: Questioned) -> None:
    story = told.story.passed()
    asked = story.do("opinion_invited", of="nhân dân trong xã")
    got = story.do("opinion_received", label="@y", objects=True, content="chưa đúng")
    answered = story.do("opinion_answered", opinion="@y", answer="đã xem")
    story.on("2024-05-01").honoured()
    answer = told("Q26", asked="true")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [asked.position, got.position, answered.position])


def test_q26_an_objection_that_nobody_answered_in_time_must_be_made_clear(told: Questioned) -> None:
    story = told.story.passed()
    story.do("opinion_received", objects=False, content="rất tốt")
    got = story.do("opinion_received", objects=True, content="chưa đúng")
    story.on("2024-03-31").person("@nua", "Lò Văn Nữa")
    assert told("Q26").verdict is Verdict.MET, "thirty days have not passed"
    story.on("2024-04-01").person("@ba", "Lò Văn Ba")
    answer = told("Q26")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [got.position])


def test_q26_a_decision_over_an_open_objection_is_a_breach(told: Questioned) -> None:
    told.story.passed().do("opinion_received", objects=True, content="chưa đúng")
    wrong = told.story.honoured()
    answer = told("Q26")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q26_where_opinions_must_be_asked_for_a_decision_without_is_a_breach(told: Questioned) -> None:
    told.story.passed()
    wrong = told.story.honoured()
    assert told("Q26").verdict is Verdict.UNKNOWN
    answer = told("Q26", asked="true")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q26_where_the_plan_itself_says_so_a_decision_without_is_a_breach(lawful: Questioned) -> None:
    story = lawful.story
    story.book.issue(ASKING, Order(by="nv-01"))
    story.person("@hai", "Lò Văn Hai")
    story.discovered("@d", "@hai", plan="hoi-dan")
    story.reviewed("@d", criteria={"a.1": "met", "a.2": "met"})
    wrong = lawful.forced(
        "honour_decided", "core.order", kind="award", authority="huyen", exemplar="@d", papers=[PAPER]
    )
    answer = lawful("Q26", plan="hoi-dan")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q26_where_nobody_says_who_must_be_asked_that_is_missing(told: Questioned) -> None:
    story = told.story.passed()
    story.do("opinion_received", objects=False, content="rất tốt")
    story.honoured()
    answer = told("Q26")
    assert (answer.verdict, len(answer.missing)) == (Verdict.UNKNOWN, 1)
    assert told("Q26", asked="false").verdict is Verdict.MET


# ------------------------------------------------------------------ Q27


def two_honoured(told: Questioned) -> tuple[Any, Any]:
    """Let a person be honoured in two fields, and a household in one."""
    story = told.story.passed()
    first = story.honoured()
    story.discovered("@b", field="linh-vuc-b")
    story.reviewed("@b")
    second = story.honoured("@h2", "@b", kind="recognition", money=None)
    story.do("subject_registered", label="@ho", kind="household", name="Hộ ông Tốt", unit="xa-cu")
    story.discovered("@c", "@ho")
    story.reviewed("@c")
    story.honoured("@h3", "@c")
    return first, second


def test_q27_totals_that_equal_the_list_are_met_and_who_was_honoured_twice_counts_once(told: Questioned) -> None:
    two_honoured(told)
    answer = told("Q27", person="1", household="1")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 3)


def test_q27_a_total_of_honours_instead_of_persons_is_a_breach(told: Questioned) -> None:
    two_honoured(told)
    answer = told("Q27", person="2", household="1")
    assert (answer.verdict, answer.count) == (Verdict.BREACH, 1)
    assert "công bố 2 cá nhân, danh sách có 1" in answer.says


def test_q27_a_total_that_was_not_given_is_missing(told: Questioned) -> None:
    two_honoured(told)
    answer = told("Q27", person="1")
    assert (answer.verdict, len(answer.missing)) == (Verdict.UNKNOWN, 1)
    assert "hộ" in answer.missing[0].what


# ------------------------------------------------------------------ Q28


def test_q28_an_honour_that_was_handed_over_and_made_public_in_time_is_met(told: Questioned) -> None:
    story = told.story.passed()
    decided = story.honoured()
    story.on("2024-03-31").do("honour_presented", honour="@h", place="Nhà văn hóa")
    story.do("honour_publicised", honour="@h", channel="loa")
    story.on("2024-06-01").person("@nua", "Lò Văn Nữa")
    answer = told("Q28")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [decided.position])


def test_q28_what_was_never_handed_over_or_late_or_nowhere_must_be_made_clear(told: Questioned) -> None:
    story = told.story.passed()
    decided = story.honoured()
    story.on("2024-03-31").person("@nua", "Lò Văn Nữa")
    assert told("Q28").verdict is Verdict.MET, "thirty days have not passed"
    story.on("2024-04-01")
    handed = story.do("honour_presented", honour="@h")
    answer = told("Q28")
    assert (answer.verdict, positions(answer)) == (
        Verdict.UNCLEAR,
        [decided.position, handed.position, handed.position],
    )
    assert [one.says for one in answer.evidence] == [
        "chưa ghi đã công bố", "trao sau quyết định hơn 30 ngày", "không ghi trao ở đâu",
    ]  # fmt: skip


def test_q28_an_honour_that_was_handed_over_although_declined_is_a_breach(told: Questioned) -> None:
    story = told.story.passed()
    story.honoured()
    story.do("honour_declined", what="both")
    story.on("2024-06-01").person("@nua", "Lò Văn Nữa")
    assert told("Q28").verdict is Verdict.MET, "who declined it need not get it"
    wrong = told.forced("honour_presented", "core.declined", exemplar="@e", honour="@h", place="x")
    answer = told("Q28")
    assert (answer.verdict, positions(answer)[0]) == (Verdict.BREACH, wrong.position)


def test_q28_a_proposal_to_somebody_above_is_not_an_honour(told: Questioned) -> None:
    told.story.passed().honoured(kind="proposal")
    assert told("Q28").verdict is Verdict.UNKNOWN


# ------------------------------------------------------------------ Q47


def test_q47_where_nothing_was_revoked_it_is_met(told: Questioned) -> None:
    told.story.passed().honoured()
    answer = told("Q47")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 1)
    assert "không có quyết định nào bị hủy" in answer.says


def test_q47_a_revocation_of_which_everything_came_back_is_met(lawful: Questioned) -> None:
    story = lawful.story
    story.honoured()
    story.do("honour_presented", honour="@h", place="x", paid=1_000_000)
    taken = story.on("2024-05-01").do("honour_revoked", **REVOKED, recover=["object", "money"])
    answer = lawful("Q47", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [taken.position] * 2)
    story.on("2024-06-01").do("award_recovered", honour="@h", what="object")
    answer = lawful("Q47", plan="theo-luat")
    assert [one.says for one in answer.evidence] == ["chưa thu hồi tiền thưởng"]
    story.do("award_recovered", honour="@h", what="money", amount=1_000_000)
    assert lawful("Q47", plan="theo-luat").verdict is Verdict.MET


def test_q47_what_was_given_again_need_not_come_back(lawful: Questioned) -> None:
    story = lawful.story
    story.honoured()
    story.do("honour_presented", honour="@h", place="x", paid=1_000_000)
    story.on("2024-05-01").do("honour_revoked", **REVOKED, recover=["object"])
    story.on("2024-06-01").do(
        "honour_reinstated", honour="@h", authority="huyen", papers=[{**NEW, "number": "99"}], by="cb-05"
    )
    assert lawful("Q47", plan="theo-luat").verdict is Verdict.MET


def test_q47_a_revocation_without_lawful_ground_is_a_breach(lawful: Questioned) -> None:
    lawful.story.honoured()
    wrong = lawful.forced("honour_revoked", "luat-thu.why", **{**REVOKED, "ground": "x"}, exemplar="@e")
    answer = lawful("Q47", plan="theo-luat")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])
    assert answer.evidence[0].says == "không có căn cứ x"


def test_q47_without_a_law_the_ground_cannot_be_told(told: Questioned) -> None:
    told.story.passed().honoured()
    told.story.on("2024-05-01").do("honour_revoked", **REVOKED)
    assert told("Q47").verdict is Verdict.UNKNOWN
