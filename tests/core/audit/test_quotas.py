"""Q17 to Q20: quotas, who fills them twice, achievements of another time, and what is rewarded twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
PEOPLE = {"@a": "Lò Văn Nữa", "@b": "Nông Thị Ba", "@c": "Hà Văn Tư"}
ENDED: dict[str, str] = {"until": "2024-02-28"}
"""The period is taken to have ended the day before the story begins."""


def filled(story: Story) -> Story:
    """Let both quotas be met: two in the first field, one in the second."""
    for person, (label, field) in zip(
        PEOPLE, (("@e", "linh-vuc-a"), ("@f", "linh-vuc-a"), ("@g", "linh-vuc-b")), strict=True
    ):
        story.person(person, PEOPLE[person])
        story.discovered(label, person, field)
        story.reviewed(label)
    return story


# ------------------------------------------------------------------ Q17


def test_q17_quotas_that_are_reached_are_met_even_before_the_period_ends(told: Questioned) -> None:
    filled(told.story)
    answer = told("Q17")
    assert (answer.verdict, answer.seen) == (Verdict.MET, 2)
    assert "3 lượt điển hình của 3 đối tượng" in answer.says


def test_q17_one_subject_in_two_fields_is_two_exemplars(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered()
    told.story.discovered("@b", field="linh-vuc-b")
    assert "2 lượt điển hình của 1 đối tượng" in told("Q17").says


def test_q17_an_assigned_quota_that_falls_short_is_a_breach_and_a_requested_one_must_be_made_clear(
    told: Questioned,
) -> None:
    told.story.passed()
    answer = told("Q17", **ENDED)
    assert answer.verdict is Verdict.BREACH
    assert [one.says for one in answer.evidence] == [
        "phong-b, linh-vuc-a: ít nhất 2, tính được 1, thiếu 1",
        "phong-c, linh-vuc-b (đề nghị): ít nhất 1, tính được 0, thiếu 1",
    ]
    steps = [told.story.stored(position).entry.step for position in positions(answer)]
    assert steps == ["quota_set", "quota_set"]
    assert told("Q17", field="linh-vuc-b", **ENDED).verdict is Verdict.UNCLEAR


def test_q17_what_is_short_while_the_period_runs_or_has_no_end_cannot_be_told(told: Questioned) -> None:
    told.story.passed()
    running = told("Q17", until="2024-12-31")
    assert running.verdict is Verdict.UNKNOWN
    assert "31/12/2024" in running.missing[0].what
    endless = told("Q17")
    assert endless.verdict is Verdict.UNKNOWN
    assert "ngày hết kỳ của 2 chỉ tiêu" in endless.missing[0].what


# ------------------------------------------------------------------ Q18


def test_q18_somebody_else_than_last_year_is_met(told: Questioned) -> None:
    story = told.story.last_year()
    story.person("@moi", "Lò Văn Nữa")
    story.discovered("@e", "@moi")
    story.reviewed()
    assert told("Q18").verdict is Verdict.MET


def test_q18_last_years_exemplar_with_nothing_new_is_a_breach(told: Questioned) -> None:
    story = told.story.last_year()
    again = story.discovered()
    wrong = told.forced("reviewed", "core.renewed", exemplar="@e", result="passed", criteria=story.met("@e"))
    answer = told("Q18")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position, again.position])


def test_q18_one_subject_that_passes_in_two_fields_must_be_made_clear_until_one_is_withdrawn(told: Questioned) -> None:
    story = told.story.last_year()
    story.person("@moi", "Lò Văn Nữa")
    for label, field in (("@e", "linh-vuc-a"), ("@f", "linh-vuc-b")):
        story.discovered(label, "@moi", field)
    story.reviewed("@e")
    assert told("Q18").verdict is Verdict.MET, "in the other field nobody has found it worthy yet"
    last = story.reviewed("@f")
    answer = told("Q18")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [last.position])
    assert "linh-vuc-a, linh-vuc-b" in answer.evidence[0].says
    story.do("withdrawn", exemplar="@f")
    assert told("Q18").verdict is Verdict.MET


def test_q18_a_book_without_last_year_cannot_tell(told: Questioned) -> None:
    told.story.passed()
    answer = told("Q18")
    assert answer.verdict is Verdict.UNKNOWN
    assert "trước ke-hoach" in answer.missing[0].what


# ------------------------------------------------------------------ Q19 and Q20


def achieved(story: Story, since: str = "2024-01-05", until: str = "2024-02-20") -> Story:
    """Let somebody who passed have achieved something in a time."""
    story.passed()
    story.do("achievement_recorded", label="@tt", subject="@nguoi", what="Việc", since=since, until=until)
    return story


YEAR: dict[str, str] = {"until": "2024-12-31"}


def test_q19_an_achievement_of_the_period_is_met(told: Questioned) -> None:
    given = achieved(told.story).honoured(achievement="@tt")
    answer = told("Q19", **YEAR)
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [given.position])


def test_q19_an_achievement_of_another_year_is_a_breach_and_one_across_must_be_made_clear(told: Questioned) -> None:
    story = achieved(told.story, "2023-02-01", "2023-11")
    wrong = story.honoured(achievement="@tt")
    answer = told("Q19", **YEAR)
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])
    story.do("entry_voided", entry="@h", by="cb-05", approved_by="cb-01")
    story.do("achievement_recorded", label="@nua", subject="@nguoi", what="Việc", since="2023-12", until="2024-01")
    across = story.honoured("@k", achievement="@nua")
    answer = told("Q19", **YEAR)
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [across.position])
    assert told("Q19", since="2023-12-01", **YEAR).verdict is Verdict.MET, "the period that was asked for holds it"


def test_q19_a_period_without_end_and_an_award_without_achievement_leave_it_open(told: Questioned) -> None:
    story = achieved(told.story)
    story.honoured(achievement="@tt")
    assert "ngày cuối kỳ của ke-hoach" in told("Q19").missing[0].what
    story.honoured("@k")
    answer = told("Q19", **YEAR)
    assert answer.verdict is Verdict.UNKNOWN
    assert "1 quyết định" in answer.missing[0].what


def test_q20_one_award_for_one_achievement_is_met(told: Questioned) -> None:
    story = achieved(told.story)
    story.do("honour_proposed", label="@dn", kind="award", authority="huyen", achievement="@tt")
    given = story.honoured(proposal="@dn")
    answer = told("Q20")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [given.position])
    fixed = story.do("entry_corrected", entry="@h", set={"money": 900_000}, by="cb-05", approved_by="cb-01")
    answer = told("Q20")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [fixed.position]), "a correction is no second award"


def test_q20_a_second_award_is_a_breach_unless_the_first_was_revoked_before(told: Questioned) -> None:
    story = achieved(told.story)
    first = story.honoured(achievement="@tt")
    again = story.honoured("@k", achievement="@tt")
    answer = told("Q20")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [again.position])
    assert f"#{first.position}, cùng nơi quyết định" in answer.evidence[0].says
    story.do("entry_voided", entry="@k", by="cb-05", approved_by="cb-01")
    revoked: Row = {"honour": "@h", "ground": "a", "authority": "huyen", "reason": "khai sai", "by": "cb-05"}
    story.on("2024-03-05").do("honour_revoked", **revoked)
    story.on("2024-03-06").honoured("@l", achievement="@tt")
    assert told("Q20").verdict is Verdict.MET


def test_q20_what_is_rewarded_and_proposed_to_a_higher_level_must_be_made_clear(told: Questioned) -> None:
    story = achieved(told.story)
    story.honoured(achievement="@tt")
    row: Row = {"kind": "proposal", "authority": "phong-c", "achievement": "@tt"}
    upward = story.do("honour_proposed", **row)
    answer = told("Q20")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [upward.position])
    assert "nơi khác quyết định (huyen)" in answer.evidence[0].says


def test_q20_awards_that_name_no_achievement_leave_it_open(told: Questioned) -> None:
    told.story.passed()
    told.story.honoured()
    assert told("Q20").verdict is Verdict.UNKNOWN
