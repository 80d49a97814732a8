"""The quota board at any moment, read from counters: never more than a few rows a number."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import msgpack

from guong.domain import quota
from guong.domain.declarations import PlanDeclaration, Quota
from guong.domain.plan import Plan
from guong.domain.quota import BoardRow, Cell
from guong.view.counting import STAGE, buckets
from guong.view.states import all_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong.view.moments import Moment
    from guong.view.queries import View

_TOTAL = "(SELECT t.total FROM total t WHERE t.cell=c.id AND t.since<=:tick ORDER BY t.since DESC LIMIT 1)"
"""The sum of a cell after a position."""
_FLOW = (
    "(SELECT sum(f.change) FROM flow f WHERE f.cell=c.id AND ((f.level=0 AND f.bucket<:year) OR (f.level=1 AND f.bucket>=:year "
    "AND f.bucket<:month) OR (f.level=2 AND f.bucket>=:month AND f.bucket<=:day)))"
)
"""The sum of a cell at the end of a day: years before, months before of its year, days of its month."""


class Board(NamedTuple):
    """A plan as its board reads it (what it declared, the fields open and the quotas set by then), and the lines of the board."""

    plan: Plan
    rows: list[BoardRow]


def boards(view: View, moment: Moment) -> list[Board]:
    """Return the board of every plan that the book had at a moment, in the order in which plans were issued.

    As the book stood, quotas are those set by then; of what happened, they are those known now.
    """
    units = all_of(view, "unit", moment)
    return [Board(plan, quota.rows(plan, units, _totals(view, moment, plan.key))) for plan in plans(view, moment)]


def plans(view: View, moment: Moment) -> list[Plan]:
    """Return the plans that the book had at a moment, with what a board reads of them."""
    last = "SELECT max(since) FROM terms WHERE no=t.no AND what=t.what AND since<=?"
    rows = view.rows(
        "SELECT s.id, s.key, t.no, t.what, t.state FROM terms t JOIN stream s ON s.no=t.no "
        f"WHERE t.since=({last}) AND t.state IS NOT NULL ORDER BY t.no, t.rank", moment.position,
    )  # fmt: skip
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        what, _, key = row["what"].partition("/")
        plan = found.setdefault(row["no"], {"id": row["id"], "key": row["key"], "quotas": {}})
        if key:
            plan["quotas"][key] = msgpack.decode(row["state"], type=Quota)
        else:
            plan[what] = msgpack.decode(row["state"], type=PlanDeclaration if what == "declared" else dict[str, str])
    return [Plan(**plan) for plan in found.values()]


def by_stage(view: View, moment: Moment, plans: Iterable[str]) -> dict[tuple[str, str, str], int]:
    """Return how many exemplars there were at a moment, by plan, field and stage."""
    found: dict[tuple[str, str, str], int] = {}
    for plan in plans:
        for row in _sums(view, moment, plan, f"c.figure='{STAGE}'"):
            if row["n"]:
                found[plan, row["holder"], row["part"]] = row["n"]
    return found


def _totals(view: View, moment: Moment, plan: str) -> dict[Cell, int]:
    rows = _sums(view, moment, plan, f"c.figure<>'{STAGE}'")
    return {Cell(row["quota"], row["holder"], row["part"], row["figure"]): row["n"] for row in rows if row["n"]}


def _sums(view: View, moment: Moment, plan: str, which: str) -> list[Any]:
    sums = f"SELECT c.quota, c.holder, c.part, c.figure, {_FLOW if moment.day else _TOTAL} AS n FROM cell c"
    year, month, day = buckets(dt.date.fromisoformat(moment.day).toordinal()) if moment.day else (0, 0, 0)
    given = {"plan": plan, "tick": moment.position, "year": year, "month": month, "day": day}
    return view.rows(f"{sums} WHERE c.plan=:plan AND {which}", **given)
