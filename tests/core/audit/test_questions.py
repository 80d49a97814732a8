"""What holds for every question: its place, what it says where a book is empty, what a plugin may bring."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from tests.core.cases.conftest import Brought

from guong import AuditQuestion, by_rules, conclude, hookimpl
from guong.audit.answer import Answer, Evidence, Found, Missing, Verdict, found
from guong.audit.asking import ask, sources
from guong.audit.checks import all_checks
from guong.audit.inquiry import Scope
from guong.audit.registry import question, themes
from guong.domain.core_rules import all_core_rules
from guong.domain.streams import STEPS
from guong.errors import GuongError
from guong.plugins import Plugins, Source
from guong.view.moments import stood

if TYPE_CHECKING:
    from tests.core.audit.conftest import Questioned

    from guong.book import Book

OURS = [one for theme in themes(Brought()) for one in theme.questions]


def answers(book: Book, *some: AuditQuestion) -> list[Answer]:
    """Return the answers to some questions."""
    with sources(book) as known:
        return [ask(one, known, Scope(stood(book.view, "", book.zone)), {}).answer for one in some]


@pytest.mark.parametrize("one", OURS, ids=lambda one: one.id)
def test_a_question_reads_steps_and_rules_that_there_are(one: AuditQuestion) -> None:
    assert set(one.steps) <= set(STEPS)
    known = {rule.code for rule in all_core_rules()} | {check.code for check in all_checks()}
    assert set(one.rules) <= known
    assert one.text.endswith("?")
    assert one.source
    assert set(one.needs) <= {"plan", "law", "field"}


def test_every_question_has_an_id_of_its_own() -> None:
    ids = [one.id for one in OURS]
    assert len(set(ids)) == len(ids)


def test_an_empty_year_meets_nothing_that_needs_data(told: Questioned) -> None:
    """What nothing in the book is about is not enough data, unless there being none is as it should be."""
    got = dict(zip([one.id for one in OURS], answers(told.story.book, *OURS), strict=True))
    for id_, answer in got.items():
        if answer.verdict is Verdict.MET:
            assert answer.seen or "không" in answer.says, id_
        if answer.verdict is Verdict.UNKNOWN:
            assert all(one.what and one.who for one in answer.missing), id_


def test_every_question_of_the_sample_year_says_why_and_points_to_entries(sample: Book) -> None:
    every = [one for theme in themes(Plugins()) for one in theme.questions]
    head = sample.log.head()
    for one, answer in zip(every, answers(sample, *every), strict=True):
        assert answer.says, one.id
        assert "gặp lỗi" not in str(answer.missing), (one.id, answer.missing)
        assert (answer.count > 0) == (answer.verdict in (Verdict.UNCLEAR, Verdict.BREACH)), one.id
        assert all(0 < each.position <= head for each in answer.evidence), one.id


def test_a_question_that_is_not_there_is_named_with_the_nearest() -> None:
    assert question("q06", Brought()).id == "Q06"
    with pytest.raises(GuongError, match="không có câu hỏi Q006") as error:
        question("Q006", Brought())
    assert error.value.fix == "có phải là Q06?"


# ------------------------------------------------------------------ verdicts

SOME, LESS = Found(2, (Evidence(7), Evidence(9))), Found(1, (Evidence(3),))
LACK = [Missing("ngày", "người ghi")]


@pytest.mark.parametrize(
    ("given", "verdict", "positions"),
    [
        ({"rests": SOME}, Verdict.MET, [7, 9]),
        ({"rests": SOME, "missing": LACK}, Verdict.UNKNOWN, [7, 9]),
        ({"unclear": LESS, "missing": LACK, "rests": SOME}, Verdict.UNCLEAR, [3]),
        ({"breaches": LESS, "unclear": SOME, "missing": LACK}, Verdict.BREACH, [3, 7, 9]),
    ],
)
def test_the_gravest_verdict_stands_and_what_is_missing_is_never_met(
    given: dict[str, Any], verdict: Verdict, positions: list[int]
) -> None:
    answer = conclude("vì thế", seen=3, **given)
    assert (answer.verdict, [one.position for one in answer.evidence]) == (verdict, positions)
    assert answer.missing == tuple(given.get("missing", ()))


def test_of_very_many_entries_all_are_counted_and_the_first_are_named() -> None:
    many = found(Evidence(position) for position in range(1, 1001))
    assert (many.count, len(many.shown), many.shown[0].position) == (1000, 100, 1)
    assert (many + many).count == 2000
    assert len((many + many).shown) == 100


# ------------------------------------------------------------------ plugins


class Asking(Brought):
    """The plugins of the story, and one that brings questions."""

    def __init__(self, *brings: AuditQuestion) -> None:
        super().__init__()
        self.brings = brings

    def sources(self) -> dict[str, Source]:
        """Return all of them."""
        module = ModuleType("hoi")
        module.guong_register_questions = hookimpl(lambda: list(self.brings))  # type: ignore[attr-defined]
        return {**super().sources(), "hoi": Source("hoi", lambda: "thử 1.0", lambda: module)}


def met(inquiry: Any) -> Answer:
    """Answer that all is well."""
    return conclude("ổn", seen=inquiry.count(["discovered"]))


def test_a_plugin_brings_questions_under_its_own_heading() -> None:
    mine = AuditQuestion("hoi.on", "Ổn không?", met, source="thử")
    every = list(themes(Asking(mine)))
    assert (every[-1].key, every[-1].questions) == ("hoi", (mine,))
    assert question("hoi.on", Asking(mine)) is mine


@pytest.mark.parametrize("id_", ["Q01", "khac.on", "hoi"])
def test_a_plugin_whose_question_bears_another_name_is_refused_and_the_others_go_on(id_: str) -> None:
    plugins = Asking(AuditQuestion(id_, "Ổn không?", met, source="thử"))
    assert [theme.key for theme in themes(plugins)] == [theme.key for theme in themes(Brought())]
    assert "mã câu hỏi phải bắt đầu bằng hoi." in next(one for one in plugins.report() if one.key == "hoi").refused


def test_a_question_that_raises_costs_only_its_own_answer(told: Questioned) -> None:
    def broken(_: Any) -> Answer:
        raise ValueError("hỏng")

    bad, good = (
        AuditQuestion("hoi.hong", "Hỏng?", broken, source="thử"),
        AuditQuestion("hoi.on", "Ổn?", met, source="thử"),
    )
    first, second = answers(told.story.book, bad, good)
    assert (first.verdict, second.verdict) == (Verdict.UNKNOWN, Verdict.MET)
    assert "ValueError: hỏng" in first.missing[0].what


def test_a_rule_that_nobody_knows_is_not_taken_for_one_that_says_nothing(told: Questioned) -> None:
    told.story.passed()
    wrong = AuditQuestion(
        "hoi.sai", "Sai?", by_rules(("reviewed",), breaches=("core.ordr",), what="bước", none="x"), source="thử"
    )
    (answer,) = answers(told.story.book, wrong)
    assert answer.verdict is Verdict.UNKNOWN
    assert "core.ordr" in answer.missing[0].what


def test_a_question_about_one_field_sees_that_field_alone(told: Questioned) -> None:
    told.story.person("@nguoi")
    told.story.discovered()
    told.story.discovered("@b", field="linh-vuc-b")
    one = AuditQuestion("hoi.b", "Của B?", met, source="thử", field="linh-vuc-b")
    every = AuditQuestion("hoi.moi", "Của mọi lĩnh vực?", met, source="thử")
    assert [answer.seen for answer in answers(told.story.book, one, every)] == [1, 2]


def test_a_question_in_bad_sql_costs_only_its_own_answer(told: Questioned) -> None:
    bad = AuditQuestion(
        "hoi.sql", "Sai?", lambda inquiry: conclude(str(inquiry.rows("SELECT x FROM y")), seen=1), source="thử"
    )
    (answer,) = answers(told.story.book, bad)
    assert answer.verdict is Verdict.UNKNOWN
    assert "no such table: y" in answer.missing[0].what


def test_a_question_cannot_change_what_it_reads(told: Questioned) -> None:
    bad = AuditQuestion(
        "hoi.xoa", "Xóa?", lambda inquiry: conclude(str(inquiry.rows("DELETE FROM problem")), seen=1), source="thử"
    )
    (answer,) = answers(told.story.book, bad)
    assert "readonly" in answer.missing[0].what
