"""Rules: pure functions over a case that refuse a step or remark on it, with the source that demands it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.declarations import RuleWords
from guong.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guong.domain.case import Case

Check = "Callable[[Case], Iterable[dict[str, Any]]]"


class Rule:
    """A rule.

    Args:
        code: Its name for ever: `core.late`, `nong-thon-moi.commune`.
        text: What it demands, in Vietnamese, as the source puts it.
        check: Yields one dictionary of figures for every fault it finds; figures are ids, dates and numbers.
        says: The message, with figures in braces.
        fix: What would have worked, with figures in braces.
        source: The article, section or sentence it comes from.
        steps: The steps it looks at; empty for all.
        culprit: The question at fault.
        refuses: Whether it stops the step; otherwise it only remarks.
    """

    def __init__(
        self, code: str, text: str, check: Callable[[Case], Iterable[dict[str, Any]]], *, says: str, fix: str = "",
        source: str = "", steps: Iterable[str] = (), culprit: str = "", refuses: bool = True,
    ) -> None:  # fmt: skip
        self.words = RuleWords(code=code, text=text, source=source, says=says, fix=fix)
        self.check, self.steps, self.culprit, self.refuses = check, frozenset(steps), culprit, refuses

    @property
    def code(self) -> str:
        """Its name for ever."""
        return self.words.code

    def problems(self, case: Case) -> Iterator[Problem]:
        """Yield what it has to say about `case`."""
        for figures in self.check(case):
            yield Problem(
                code=self.code, message=word(self.words, figures), fix=self.words.fix.format_map(_Figures(figures)),
                culprit=self.culprit, refusal=self.refuses, figures=figures,
            )  # fmt: skip


class _Figures(dict[str, Any]):
    """Figures for a template: one that is missing shows as its own name instead of failing."""

    def __missing__(self, key: str) -> str:
        return f"‹{key}›"


def word(words: RuleWords, figures: dict[str, Any]) -> str:
    """Return what a rule says, its figures filled in; the code and figures where it left no words."""
    if not words.says:
        return f"{words.code} {figures or ''}".strip()
    return words.says.format_map(_Figures(figures))


def judge(rules: Iterable[Rule], case: Case) -> list[Problem]:
    """Return everything `rules` say about `case`."""
    key = case.step.key
    return [problem for rule in rules if not rule.steps or key in rule.steps for problem in rule.problems(case)]
