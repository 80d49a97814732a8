"""Checks: what questions need to know of an entry and no rule says, looked at while the history is judged."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from guong.domain.declarations import RuleWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guong.domain.case import Case
    from guong.domain.entry import Stored


class Check:
    """What is looked at on every entry of some steps, as the book stood before it.

    Args:
        code: Its name: `ask.` and a word.
        text: What it looks for, in Vietnamese.
        look: Yields one dictionary of figures (ids, dates and numbers) for every thing it finds; a pure function.
        says: The words for what it finds, with figures in braces; empty for a fact that questions read and nobody is told.
        steps: The steps it looks at; empty for all.
    """

    def __init__(
        self, code: str, text: str, look: Callable[[Case, Stored], Iterable[dict[str, Any]]], *, says: str = "", steps: Iterable[str] = ()
    ) -> None:  # fmt: skip
        self.code, self.look, self.steps = code, look, frozenset(steps)
        self.words = RuleWords(code=code, text=text, says=says)


@cache
def all_checks() -> tuple[Check, ...]:
    """Return every check, of all themes."""
    from guong.audit.registry import modules  # noqa: PLC0415 - the themes themselves use this module

    return tuple(check for module in modules() for check in getattr(module, "CHECKS", ()))


@cache
def checks(step: str) -> tuple[Check, ...]:
    """Return the checks that look at a step."""
    return tuple(one for one in all_checks() if not one.steps or step in one.steps)


@cache
def words() -> dict[str, RuleWords]:
    """Return the words of every check, by code."""
    return {one.code: one.words for one in all_checks()}
