"""Answers that fit: whatever a form must be told and a test does not care about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guong.forms import Question

DAY = "2024-03-01"
PLAIN = "Việc để thử"
PRIVATE = "Điều Riêng Không Được Lộ"
"""What free texts of steps say, and what those of fields say: this is looked for where it must not stand."""


def answer(question: Question, word: str = PRIVATE) -> Any:
    """Return an answer to a question; None where only its author knows one that fits: a pattern, a reference.

    Args:
        question: The question.
        word: What a free text says.
    """
    if question.default is not None:
        return question.default
    one = _ONE[question.type](question, word)
    return [one] if question.many and one is not None else one


def _text(question: Question, word: str) -> str | None:
    return None if question.pattern or question.ref else word


def _number(question: Question, _: str) -> int:
    low = 1 if question.minimum is None else max(1, int(question.minimum))
    return low if question.maximum is None else min(low, int(question.maximum))


_ONE: dict[str, Callable[[Question, str], Any]] = {
    "text": _text,
    "int": _number,
    "number": _number,
    "bool": lambda *_: True,
    "choice": lambda question, _: next(iter(question.choices), None),
    "date": lambda *_: DAY,
    "map": lambda question, _: dict.fromkeys(["a"], next(iter(question.choices), "")),
    "texts": lambda _, word: {"a": word},
    "json": lambda _, word: {"a": word},
}


def required(asked: Iterable[Question], word: str = PRIVATE) -> dict[str, Any]:
    """Return answers to what must be answered."""
    return _some((question for question in asked if question.required), word)


def every(asked: Iterable[Question]) -> dict[str, Any]:
    """Return answers to everything."""
    return _some(asked, PRIVATE)


def _some(asked: Iterable[Question], word: str) -> dict[str, Any]:
    told = {question.key: answer(question, word) for question in asked}
    return {key: one for key, one in told.items() if one is not None}
