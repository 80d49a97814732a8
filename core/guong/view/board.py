"""The quota board at any moment, read from counters: never more than a few rows a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from guong.domain.plan import Plan
    from guong.view.moments import Moment
    from guong.view.queries import BoardRow, View


class Board(NamedTuple):
    """A plan as its board reads it (what it declared and the quotas set by then), and the lines of the board."""

    plan: Plan
    rows: list[BoardRow]


def boards(view: View, moment: Moment) -> list[Board]:
    """Return the board of every plan that the book had at a moment, in the order in which plans were issued.

    As the book stood, quotas are those set by then; of what happened, they are those known now.
    """
    raise NotImplementedError
