"""What every field and every plan must pass: subclass a suite, name the plugin, and pytest runs the rest.

class TestField(FieldContract):
    plugin = guong_chuyen_doi_so
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from guong.book import Book
from guong.checks import Suspect, examine
from guong.demo import Stage
from guong.domain.declarations import as_data
from guong.domain.streams import EXEMPLAR_STEPS, STEPS
from guong.errors import GuongError
from guong.folders import key_of
from guong.forms import read, render
from guong.telling import Teller
from guong.testing.answers import PRIVATE, every, required
from guong.testing.cases import case
from guong.testing.given import UNIT, Given, Play, given, hold, key_of_plugin, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from guong.authoring import Field
    from guong.domain.case import Case


class PluginContract:
    """What every plugin passes.

    Attributes:
        plugin: Its module.
    """

    plugin: ModuleType

    def test_it_passes_every_check_of_guong_plugin_check(self) -> None:
        """`guong plugin check` finds no fault in the module; the message names every fault with what to do."""
        name = self.plugin.__name__
        verdicts = examine(Suspect(key_of(name), name, lambda: self.plugin))
        faults = [f"[{one.code}] {fault}; {one.todo}" for one in verdicts for fault in one.faults or ()]
        hold(not faults, "\n".join(faults))


class FieldContract(PluginContract):
    """What every field passes.

    Attributes:
        unit_kind: The kind of unit that its rules want the subject to be of.
        kind: The kind of subject that its rules take without more; by default the first that it names.
        discovered: Answers without which its rules refuse a discovery.
    """

    unit_kind: str = ""
    kind: str = ""
    discovered: Mapping[str, Any] | None = None

    @property
    def field(self) -> Field:
        """The field that the plugin brings."""
        return Given(self.plugin).field(key_of_plugin(self.plugin))

    def test_the_log_keeps_its_declaration_as_it_is(self) -> None:
        """What the log copies reads back as what was declared."""
        declared = self.field.declared
        back = msgspec.json.decode(msgspec.json.encode(as_data(declared)), type=type(declared))
        hold(back == declared, f"read back: {back}")

    def test_its_questions_take_an_answer_and_tell_it(self) -> None:
        """Every question reads an answer that fits, reads what it stored once more, and words it."""
        for step, asked in self.field.declared.forms.items():
            stored, problems = read(asked, every(asked))
            hold(not problems, f"{step}: {'; '.join(str(one) for one in problems)}")
            hold(read(asked, stored) == (stored, []), f"{step}: answers change when they are read again: {stored}")
            for question in asked:
                if question.key in stored:
                    hold(bool(render(question, stored[question.key])), f"{step}: {question.key} is told as nothing")

    def test_its_rules_judge_any_case_of_their_steps(self) -> None:
        """No rule raises, whoever the subject is and whatever was answered; what it says has all its figures."""
        for rule in self.field.rules:
            for one in self._cases(rule.steps or EXEMPLAR_STEPS):
                told = (
                    f"{rule.code}: {one.step.key}, {one.subject.kind if one.subject else ''}, {one.details}, {one.data}"
                )
                try:
                    problems = [rule.problem(figures) for figures in rule.check(one)]
                except Exception as error:
                    raise AssertionError(f"{told}: {type(error).__name__}: {error}") from error
                hold(all("‹" not in str(problem) for problem in problems), f"{told}: a figure is missing: {problems}")

    def _cases(self, steps: Any) -> Iterator[Case]:
        """Yield cases of steps: every kind of subject, nothing answered but what must be, everything, and each choice."""
        declared = self.field.declared
        first = [*self._answers(declared.asks("discovered"))]
        for key in steps:
            step = STEPS[key]
            own = [answers | {"criteria": criteria} for answers in self._answers(step.questions)
                   for criteria in _findings(declared)] if key == "reviewed" else [*self._answers(step.questions)]  # fmt: skip
            details = [*self._answers(declared.asks(key))]
            for kind in declared.kinds or ("person", "household", "collective", "model"):
                for answers in own:
                    yield case(self.field, key, {**answers, **details[0]}, kind=kind, unit_kind=self.unit_kind)
                for answers in details:
                    for before in first:
                        yield case(self.field, key, {**own[0], **answers}, kind=kind, discovered=before)

    @staticmethod
    def _answers(asked: Any) -> Iterator[dict[str, Any]]:
        yield required(asked)
        whole = every(asked)
        yield whole
        for question in asked:
            for choice in question.choices if question.type == "choice" and not question.many else ():
                yield {**whole, question.key: choice}

    def test_a_book_seals_what_is_personal_and_shows_it_without_the_plugin(self) -> None:
        """On a real book: nothing personal stands in the log in clear, and the log's copy tells all with the plugin gone."""
        scene = given(self.plugin, unit_kind=self.unit_kind)
        answers = {**every(self.field.declared.asks("discovered")), **(self.discovered or {})}
        with tempfile.TemporaryDirectory(prefix="guong-") as folder:
            play = Play.begin(scene, Path(folder) / "so")
            with play.book as book:
                for row in scene.discovered(kind=self.kind, **answers).rows:
                    play.take(row)
                for step in (key for key in EXEMPLAR_STEPS if key != "discovered" and not STEPS[key].ends):
                    play.attempt(scene.did(step, **every(self.field.declared.asks(step))).rows[-1])
                raw = b"".join(row.state for row in book.log.raw(0))
                hold(PRIVATE.encode() not in raw, "an answer that should be sealed stands in the log in clear")
                known = _told(book, play.made["exemplar"])
            with Book(Path(folder) / "so", plugins=Given()) as book:
                told = _told(book, play.made["exemplar"])
                plan = book.view.states("plan")[0]
                copied = plan.field(self.field.key)
        hold(told == known, f"told without the plugin: {told}")
        hold(copied is not None and copied.criteria == self.field.declared.criteria, "the log has other criteria")


class PlanContract(PluginContract):
    """What every plan passes.

    Attributes:
        rule_books: The modules of the rule books that it names.
    """

    rule_books: tuple[ModuleType, ...] = ()

    def test_a_book_can_be_opened_under_it(self) -> None:
        """Its units, quotas and deadlines can be recorded, with the fields' plugins here or not."""
        plugins = Given(self.plugin, *self.rule_books)
        with tempfile.TemporaryDirectory(prefix="guong-") as folder:
            try:
                plan = plugins.plan(key_of_plugin(self.plugin))
                unit = next((one.key for one in plan.units), UNIT)
                book = opened(plan, plugins, unit, Path(folder) / "so", Stage("thử"))
            except GuongError as error:
                raise AssertionError(error.message) from error
            with book:
                (state,) = book.view.states("plan")
                hold(list(state.quotas) == [one.key for one in plan.declared.quotas], "quotas are missing in the book")
                hold(len(book.view.board(state)) >= len(state.quotas), "quotas are missing on the board")


def _told(book: Book, exemplar: str) -> list[list[tuple[str, str]]]:
    """Return how the answers of every entry of an exemplar are told."""
    teller = Teller(book)
    return [teller.answers(stored) for stored in book.log.stream(exemplar)]


def _findings(declared: Any) -> Iterator[dict[str, str]]:
    """Yield findings of the criteria: none, all met, all not met."""
    yield {}
    for finding in ("met", "not_met"):
        yield {one.id: finding for one in declared.criteria}
