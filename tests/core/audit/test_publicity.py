"""Q29: news that was true to the file, agreed to, and taken down again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.audit.conftest import positions

from guong.audit.answer import Verdict

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned

NEWS: dict[str, Any] = {"channel": "website", "title": "Tin"}
REVOKED: dict[str, Any] = {
    "honour": "@h", "ground": "a", "authority": "huyen", "by": "cb-05",
    "papers": [{"kind": "Quyết định", "number": "80", "date": "2024-05-01", "issuer": "Huyện H"}],
}  # fmt: skip


def test_q29_news_of_a_reviewed_exemplar_who_agreed_is_met(told: Questioned) -> None:
    told.story.passed()
    news = told.story.do("publicised", consent=True, **NEWS)
    answer = told("Q29")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [news.position])


def test_q29_a_consent_on_file_will_do_until_it_is_taken_back(told: Questioned) -> None:
    told.story.passed()
    told.story.do("consent_recorded", label="@dy", subject="@nguoi", scope="publicity", given_by="self")
    told.story.do("publicised", **NEWS)
    assert told("Q29").verdict is Verdict.MET
    told.story.on("2024-04-01").do("consent_withdrawn", subject="@nguoi", consent="@dy")
    wrong = told.forced("publicised", "core.consent-withdrawn", exemplar="@e", **NEWS)
    answer = told("Q29")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position, wrong.position])
    assert "không ghi người ấy đồng ý" in answer.evidence[1].says


def test_q29_news_without_consent_or_before_anything_it_could_rest_on_must_be_made_clear(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered()
    early = told.story.do("publicised", consent=True, **NEWS)
    answer = told("Q29")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [early.position])
    told.story.on("2024-04-01").reviewed()
    unagreed = told.story.do("publicised", **NEWS)
    assert positions(told("Q29")) == [unagreed.position, early.position]


def test_q29_news_that_stands_after_a_revocation_is_a_breach_until_it_is_taken_down(told: Questioned) -> None:
    story = told.story.passed()
    story.honoured()
    news = story.do("publicised", label="@tin", consent=True, **NEWS)
    story.on("2024-05-01").do("honour_revoked", **REVOKED)
    assert told("Q29").verdict is Verdict.MET, "the day is not over yet"
    story.on("2024-05-02").person("@nua", "Lò Văn Nữa")
    answer = told("Q29")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [news.position])
    story.do("publicity_removed", publication="@tin")
    assert told("Q29").verdict is Verdict.MET


def test_q29_news_may_stand_where_the_honour_was_given_again(told: Questioned) -> None:
    story = told.story.passed()
    story.honoured()
    story.do("publicised", consent=True, **NEWS)
    story.on("2024-05-01").do("honour_revoked", **REVOKED)
    again = {**REVOKED["papers"][0], "number": "99"}
    story.on("2024-06-01").do("honour_reinstated", honour="@h", authority="huyen", papers=[again], by="cb-05")
    assert told("Q29").verdict is Verdict.MET


def test_q29_without_news_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed()
    assert told("Q29").verdict is Verdict.UNKNOWN
