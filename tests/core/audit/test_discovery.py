"""Q01 to Q03: who discovered, who followed, what was promised and done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.audit.conftest import positions
from tests.core.cases.conftest import PAPER

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned


def test_q01_a_discovery_that_rests_on_a_paper_is_met(told: Questioned) -> None:
    told.story.person("@nguoi")
    found = told.story.discovered(papers=[PAPER])
    answer = told("Q01")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [found.position])


def test_q01_a_discovery_without_paper_or_file_must_be_made_clear(told: Questioned) -> None:
    told.story.person("@nguoi")
    bare = told.story.discovered()
    told.story.person("@nua", "Lò Văn Nữa")
    told.story.discovered("@f", "@nua", papers=[PAPER])
    answer = told("Q01")
    assert (answer.verdict, answer.seen, answer.count, positions(answer)) == (Verdict.UNCLEAR, 2, 1, [bare.position])
    assert "01/3/2024" in answer.evidence[0].says


def test_q01_where_nobody_was_discovered_there_is_not_enough_data(told: Questioned) -> None:
    answer = told("Q01")
    assert answer.verdict is Verdict.UNKNOWN
    assert [one.who for one in answer.missing] == ["đơn vị phát hiện, đơn vị chủ trì"]


def test_q02_somebody_who_was_followed_from_the_start_is_met(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    story.on("2024-03-20").do("officer_assigned", officer="cb-01")
    story.on("2024-06-01").reviewed()
    assert told("Q02").verdict is Verdict.MET


def test_q02_a_review_of_somebody_whom_nobody_followed_is_a_breach(told: Questioned) -> None:
    told.story.passed()
    answer = told("Q02")
    assert (answer.verdict, answer.count) == (Verdict.BREACH, 1)
    assert "01/3/2024" in answer.evidence[0].says


def test_q02_whoever_was_assigned_late_must_be_made_clear_and_so_must_who_still_waits(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    story.person("@nua", "Lò Văn Nữa")
    waiting = story.discovered("@f", "@nua")
    late = story.on("2024-04-20").do("officer_assigned", officer="cb-01")
    answer = told("Q02")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [late.position, waiting.position])
    assert "50 ngày" in answer.evidence[0].says  # 1 March to 20 April
    assert positions(told("Q02", days="60")) == [late.position], "the parameter allows 60 days of waiting"
    assert told("Q02", at="01/3/2024").verdict is Verdict.MET, "on the day itself nobody had waited yet"


def test_q03_a_target_before_its_result_is_met(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    story.do("supported", kind="target", what="2 ha", due="2024-05-01")
    story.on("2024-04-01").do("supported", kind="progress", what="1 ha")
    story.on("2024-06-01").do("supported", kind="visit", what="xem")
    assert told("Q03").verdict is Verdict.MET


def test_q03_a_result_without_target_and_a_promise_that_lapsed_must_be_made_clear(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    result = story.do("supported", kind="progress", what="1 ha")
    promise = story.on("2024-03-02").do("supported", kind="policy", what="vay vốn", due="2024-05-01")
    assert positions(told("Q03")) == [result.position], "the promise has not come due yet"
    story.on("2024-06-01").person("@nua", "Lò Văn Nữa")
    answer = told("Q03")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [result.position, promise.position])


def test_q03_without_any_support_there_is_not_enough_data(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered()
    assert told("Q03").verdict is Verdict.UNKNOWN
