"""Rules: pure functions over a case that refuse a step or remark on it, with the source that demands it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from guong.domain.declarations import RuleWords
from guong.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guong.domain.case import Case


class Rule:
    """A rule.

    Args:
        code: Its name for ever: `core.late`, `my-field.late`.
        text: What it demands, in Vietnamese, as the source puts it.
        check: Yields one dictionary of figures for every fault it finds; figures are ids, dates and numbers.
        says: The message, with figures in braces.
        fix: What would have worked, with figures in braces.
        source: The article, section or sentence it comes from.
        steps: The steps it looks at; empty for all.
        culprit: The question at fault, which may be a figure in braces.
        refuses: Whether it stops the step; otherwise it only remarks.
    """

    def __init__(
        self, code: str, text: str, check: Callable[[Case], Iterable[dict[str, Any]]], *, says: str, fix: str = "",
        source: str = "", steps: Iterable[str] = (), culprit: str = "", refuses: bool = True,
    ) -> None:  # fmt: skip
        self.code, self.words = code, RuleWords(code=code, text=text, source=source, says=says, fix=fix)
        self.check, self.steps, self.culprit, self.refuses = check, frozenset(steps), culprit, refuses

    def problem(self, figures: dict[str, Any]) -> Problem:
        """Return what it says of one fault."""
        return Problem(
            code=self.code, message=word(self.words, figures), fix=self.words.fix.format_map(_Figures(figures)),
            culprit=self.culprit.format_map(_Figures(figures)), refusal=self.refuses, figures=figures,
        )  # fmt: skip

    def failed(self, error: Exception) -> Problem:
        """Return the refusal of a rule that failed, since nobody knows what it would have said."""
        message = f"quy tắc {self.code} gặp lỗi ({type(error).__name__}: {error})"
        return Problem(code=self.code, message=message, fix="báo cho người viết plugin", culprit=self.culprit)


class _Figures(dict[str, Any]):
    """Figures for a template: one that is missing shows as its own name instead of failing."""

    def __missing__(self, key: str) -> str:
        return f"‹{key}›"


def word(words: RuleWords, figures: dict[str, Any]) -> str:
    """Return what a rule says, its figures filled in; the code and figures where it left no words."""
    if not words.says:
        return f"{words.code} {figures or ''}".strip()
    return words.says.format_map(_Figures(figures))


@lru_cache(maxsize=1024)
def _looking(rules: tuple[Rule, ...], step: str, waived: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules that look at `step` and are not waived; what rules there are hardly ever changes."""
    return tuple(rule for rule in rules if rule.code not in waived and (not rule.steps or step in rule.steps))


def judge(rules: tuple[Rule, ...], case: Case, waived: frozenset[str] = frozenset()) -> list[Problem]:
    """Return everything `rules` say about `case`, those with a code in `waived` left out."""
    said: list[Problem] = []
    for rule in _looking(rules, case.step.key, waived):
        try:
            for figures in rule.check(case):
                said.append(rule.problem(figures))  # noqa: PERF401 - a comprehension is one more frame for every rule
        except Exception as error:  # noqa: BLE001 - the code is a plugin's
            said.append(rule.failed(error))
    return said
