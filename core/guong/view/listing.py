"""Exemplars as a list, at any moment: filters, sorts, pages and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from guong.view.moments import Moment
    from guong.view.queries import View

SORTS = ("registered", "moved", "stage", "field", "lead", "unit")
"""By when it was first recorded, when it came to its stage (latest first), or by a key and then as registered."""
PAGE = 64
"""Exemplars of a page where nobody asks for another number."""


class ExemplarRow(NamedTuple):
    """An exemplar as it stood at the moment asked for.

    Attributes:
        id, short: Its id, and what people type for it.
        plan, field, lead, part, unit, officer, stage: Keys; empty where it has none.
        subject: The id of its subject.
        position: The entry that began it; exemplars are registered in this order.
        moved: Since when it has stood so: a position, or a day (ISO) where the moment is one of happening.
    """

    id: str
    short: str
    plan: str
    field: str
    lead: str
    part: str
    subject: str
    unit: str
    stage: str
    position: int
    officer: str = ""
    moved: int | str = 0


class Wanted(NamedTuple):
    """A filter of exemplars; everything that is given must hold at the moment asked for."""

    plan: str = ""
    field: str = ""
    stage: str = ""
    lead: str = ""
    unit: str = ""
    officer: str = ""
    subject: str = ""


EVERY = Wanted()
"""No filter."""


class Page(NamedTuple):
    """Some of the exemplars, in the order asked for, and the cursor after which the next ones follow; None at the end."""

    rows: list[ExemplarRow]
    following: tuple[str | int, ...] | None


def page(
    view: View, moment: Moment, wanted: Wanted = EVERY, *, sort: str = "registered",
    after: tuple[str | int, ...] | None = None, limit: int = PAGE,
) -> Page:  # fmt: skip
    """Return the exemplars that follow a cursor, as they stood at a moment.

    Args:
        view: The view.
        moment: When.
        wanted: Which.
        sort: One of `SORTS`.
        after: The cursor of the page before; None for the first page.
        limit: How many.
    """
    raise NotImplementedError


def count(view: View, moment: Moment, wanted: Wanted = EVERY) -> int:
    """Return how many exemplars match at a moment."""
    raise NotImplementedError


def by_stage(view: View, moment: Moment, wanted: Wanted = EVERY) -> dict[tuple[str, str], int]:
    """Return how many exemplars match at a moment, by field and stage."""
    raise NotImplementedError
