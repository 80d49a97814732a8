"""Questions asked of a year that is told day by day (see the stories of `tests/core/cases`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.core.cases.conftest import Story, _template, story

from guong import desk
from guong.audit.asking import ask, sources
from guong.audit.inquiry import Scope
from guong.audit.registry import question
from guong.recording import Order
from guong.view.moments import stood

if TYPE_CHECKING:
    from guong.audit.answer import Answer
    from guong.book import Book

__all__ = ["Questioned", "_template", "answered", "story", "told"]


class Questioned:
    """A story that questions are asked of.

    Attributes:
        story: The story.
    """

    def __init__(self, story: Story) -> None:
        self.story = story

    def forced(self, step: str, *codes: str, **answers: Any) -> Any:
        """Take a step although rules with these codes refuse it: as an entry does that came from elsewhere or under older rules."""
        waived = frozenset(codes)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                desk, "NOT_AGAIN", desk.NOT_AGAIN | waived
            )  # what a correction makes of a step is judged apart
            return self.story.book.record(self.story._row(step, answers), Order(waived=waived))

    def __call__(self, id_: str, at: str = "", **given: str) -> Answer:
        """Return the answer to a question; `plan`, `field` and `unit` narrow it, anything else sets a parameter."""
        return answered(self.story.book, id_, at, **given)


def answered(book: Book, id_: str, at: str = "", **given: str) -> Answer:
    """Return the answer that a book gives to a question."""
    scope = Scope(
        stood(book.view, at, book.zone),
        **{name: given.pop(name) for name in ("plan", "field", "unit") if name in given},
    )
    with sources(book) as known:
        return ask(question(id_, book.plugins), known, scope, given).answer


@pytest.fixture
def told(story: Story) -> Questioned:
    """Return the story of a year, and questions to ask of it."""
    return Questioned(story)


def positions(answer: Answer) -> list[int]:
    """Return the entries that an answer rests on."""
    return [one.position for one in answer.evidence]
