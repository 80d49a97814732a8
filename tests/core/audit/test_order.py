"""Q04, Q05, Q14 to Q16 and Q41: order, criteria, whom a field is for, which declaration judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import HONOUR, OFFICERS

from guong import Criterion
from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned

assert OFFICERS["cb-05"][1] == "huyen"


def test_q04_an_honour_after_the_review_is_met(told: Questioned) -> None:
    told.story.passed()
    told.story.on("2024-03-05").honoured()
    assert told("Q04").verdict is Verdict.MET


def test_q04_an_honour_before_the_review_is_a_breach_until_it_is_voided(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    wrong = told.forced("honour_decided", "core.order", **HONOUR, exemplar="@e")
    answer = told("Q04")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])
    assert "Bình xét" in answer.evidence[0].says
    story.do("entry_voided", entry=wrong.id)
    assert told("Q04").verdict is Verdict.MET
    assert told("Q04", at=f"#{wrong.position}").verdict is Verdict.BREACH, "it counted while nobody had voided it"


def test_q04_an_order_that_a_month_cannot_tell_must_be_made_clear(told: Questioned) -> None:
    story = told.story
    story.on("2024-05-20").passed()
    vague = story.honoured(occurred_on="2024-05")
    answer = told("Q04")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [vague.position])


def test_q05_an_honoured_exemplar_that_was_reviewed_is_met(told: Questioned) -> None:
    told.story.passed()
    told.story.honoured()
    assert told("Q05").verdict is Verdict.MET


def test_q05_an_honoured_exemplar_that_was_never_reviewed_is_a_breach(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered()
    wrong = told.forced("honour_decided", "core.order", **HONOUR, exemplar="@e")
    answer = told("Q05")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])
    assert "Bình xét: 1" in answer.says


def test_q05_where_nobody_was_honoured_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed()
    assert told("Q05").verdict is Verdict.UNKNOWN


def test_q14_a_review_of_every_criterion_is_met(told: Questioned) -> None:
    told.story.passed()
    assert told("Q14").verdict is Verdict.MET


def test_q14_a_criterion_left_out_is_a_breach_and_one_not_met_must_be_made_clear(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    unmet = story.reviewed(criteria={"a.1": "met", "a.2": "not_met"})
    answer = told("Q14")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [unmet.position])
    story.person("@nua", "Lò Văn Nữa")
    story.discovered("@f", "@nua")
    left = told.forced("reviewed", "core.criteria", exemplar="@f", result="failed", criteria={"a.1": "met"})
    answer = told("Q14")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [left.position, unmet.position])
    assert "a.2" in answer.evidence[0].says


def test_q15_a_mandatory_criterion_that_is_met_is_met(told: Questioned) -> None:
    told.story.passed()
    assert told("Q15").verdict is Verdict.MET


def test_q15_passing_without_a_mandatory_criterion_is_a_breach(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered()
    wrong = told.forced(
        "reviewed", "core.mandatory", exemplar="@e", result="passed", criteria={"a.1": "not_met", "a.2": "met"}
    )
    answer = told("Q15")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q15_a_correction_that_takes_the_mandatory_criterion_away_is_a_breach(told: Questioned) -> None:
    told.story.passed()
    review = told.story.stored(told.story.exemplar().marks["reviewed"].position).entry
    changed = {"criteria": {"a.1": "not_met", "a.2": "met"}}
    wrong = told.forced("entry_corrected", "core.mandatory", entry=review.id, set=changed)
    answer = told("Q15")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q16_a_person_in_a_field_for_persons_is_met(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered(field="linh-vuc-b")
    assert told("Q16").verdict is Verdict.MET


def test_q16_a_household_in_a_field_for_persons_is_a_breach(told: Questioned) -> None:
    told.story.person("@nguoi", kind="household")
    usual = {"subject": "@nguoi", "field": "linh-vuc-b", "lead": "phong-c", "plan": "ke-hoach"}
    wrong = told.forced("discovered", "core.kind", source="inspection", achievement="x", exemplar=None, **usual)
    answer = told("Q16")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])
    assert told("Q16", field="linh-vuc-a").verdict is Verdict.UNKNOWN, "nobody was discovered in that field"


def test_q41_one_declaration_all_year_is_met(told: Questioned) -> None:
    told.story.passed()
    answer = told("Q41")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 2)


def test_q41_a_field_that_changes_within_the_year_must_be_made_clear(told: Questioned) -> None:
    story = told.story
    story.passed()
    story.on("2024-06-20").opened_anew(Criterion(id="a.3", text="thêm", mandatory=True), occurred_on="2024-06-15")
    opened = story.book.log.head()
    answer = told("Q41")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [opened])
    assert "15/6/2024" in answer.evidence[0].says
    assert told("Q41", field="linh-vuc-b").verdict is Verdict.MET
    assert told("Q41", at=f"#{opened - 1}").verdict is Verdict.MET


def test_an_entry_is_judged_by_the_criteria_of_its_own_day(told: Questioned) -> None:
    story = told.story
    story.passed()  # on 1 March, by the two criteria of that day
    story.on("2024-06-20").opened_anew(Criterion(id="a.3", text="thêm", mandatory=True), occurred_on="2024-06-15")
    story.person("@ba", "Nông Thị Ba")
    story.discovered("@c", "@ba", occurred_on="2024-06-10")
    two = {"a.1": "met", "a.2": "met"}
    story.reviewed("@c", criteria=two, occurred_on="2024-06-14")  # recorded after the change, and happened before it
    assert told("Q14").verdict is Verdict.MET
    story.person("@nua", "Lò Văn Nữa")
    story.discovered("@f", "@nua")
    old = told.forced(
        "reviewed",
        "core.criteria",
        "core.mandatory",
        exemplar="@f",
        result="passed",
        criteria={"a.1": "met", "a.2": "met"},
    )
    answer = told("Q14")
    assert (answer.verdict, set(positions(answer))) == (Verdict.BREACH, {old.position})
