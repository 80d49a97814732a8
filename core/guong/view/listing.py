"""Exemplars as a list, at any moment: filters, sorts, pages and counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from guong.domain.streams import of_exemplar
from guong.view.streams import chunks, marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong.view.moments import Moment
    from guong.view.queries import View

SORTS = ("registered", "moved", "stage", "field", "lead", "unit")
"""By when it was first recorded, when it came to its stage (latest first), or by a key and then as registered."""
_HELD, _FIXED = ("stage", "lead", "unit", "officer"), ("plan", "field", "subject")
"""What may change of an exemplar, and what never does."""
_MANY = 2_000
"""From how many on it does not matter how many there are."""
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
    if sort == "moved":
        return _moved(view, moment, wanted, after, limit)
    if sort == "registered":
        nos = _registered(view, moment, wanted, int(after[0]) if after else 0, limit + 1)
        cursor = (nos[limit - 1],) if len(nos) > limit else None
        return Page(_rows(view, moment, nos[:limit]), cursor)
    return _sorted(view, moment, wanted, sort, after, limit)


def count(view: View, moment: Moment, wanted: Wanted = EVERY) -> int:
    """Return how many exemplars match at a moment."""
    from_, values = _matching(view, moment, wanted)
    return int(view.rows(f"SELECT count(*) AS n {from_}", **values)[0]["n"])


def _matching(view: View, moment: Moment, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """Return FROM and WHERE of the exemplars that match, and the values: what leaves the fewest comes first."""
    now = "{0}.axis=:axis AND {0}.what='{1}' AND {0}.since<=:tick AND {0}.until>:tick"
    values: dict[str, Any] = {"axis": moment.axis, "tick": moment.tick, **wanted._asdict()}
    held = [what for what in _HELD if getattr(wanted, what)]
    fixed = [f"e.{what}=:{what}" for what in _FIXED if getattr(wanted, what)]
    there = f"EXISTS (SELECT 1 FROM held s WHERE s.no=e.no AND {now.format('s', 'stage')})"
    first = min(held, key=lambda what: _bounded(view, moment, what, getattr(wanted, what)), default="")
    if not first:
        where = " AND ".join([*fixed, "e.born<=:tick" if moment.day else f"e.no<=:tick AND {there}"])
        return f"FROM exemplar e WHERE {where}", values
    others = [
        f"EXISTS (SELECT 1 FROM held {what} WHERE {what}.no=e.no AND {now.format(what, what)} AND {what}.value=:{what})"
        for what in held
        if what != first
    ]
    where = " AND ".join([now.format("h", first), f"h.value=:{first}", *fixed, *others])
    return f"FROM held h INDEXED BY held_value CROSS JOIN exemplar e ON e.no=h.no WHERE {where}", values


def _bounded(view: View, moment: Moment, what: str, value: str) -> int:
    """Return how many intervals have a value, counted no further than tells few from many."""
    some = "SELECT 1 FROM held WHERE axis=? AND what=? AND value=? LIMIT ?"
    return int(view.rows(f"SELECT count(*) AS n FROM ({some})", moment.axis, what, value, _MANY)[0]["n"])


def _registered(view: View, moment: Moment, wanted: Wanted, after: int, limit: int) -> list[int]:
    from_, values = _matching(view, moment, wanted)
    no = "h.no" if "held h" in from_ else "e.no"
    rows = view.rows(
        f"SELECT e.no {from_} AND {no}>:after ORDER BY {no} LIMIT :limit", after=after, limit=limit, **values
    )
    return [row["no"] for row in rows]


def _moved(view: View, moment: Moment, wanted: Wanted, after: tuple[str | int, ...] | None, limit: int) -> Page:
    """Return exemplars by when they came to their stage, the latest first."""
    held = [what for what in _HELD if getattr(wanted, what)]
    where = ["h.axis=:axis", "h.what='stage'", "h.since<=:tick", "h.until>:tick"]
    where += [f"e.{one}=:{one}" for one in _FIXED if getattr(wanted, one)]
    where += [
        f"EXISTS (SELECT 1 FROM held {one} WHERE {one}.axis=:axis AND {one}.no=h.no AND {one}.what='{one}' AND {one}.since<=:tick "
        f"AND {one}.until>:tick AND {one}.value=:{one})"
        for one in held
    ]
    values = {"axis": moment.axis, "tick": moment.tick, "limit": limit + 1, **wanted._asdict()}
    if after:
        where.append("(h.since, h.no)<(:since, :no)")
        values |= {"since": after[0], "no": after[1]}
    rows = view.rows(
        f"SELECT h.since, h.no FROM held h INDEXED BY held_since CROSS JOIN exemplar e ON e.no=h.no WHERE {' AND '.join(where)} "
        "ORDER BY h.since DESC, h.no DESC LIMIT :limit", **values,
    )  # fmt: skip
    cursor = (rows[limit - 1]["since"], rows[limit - 1]["no"]) if len(rows) > limit else None
    return Page(_rows(view, moment, [row["no"] for row in rows[:limit]]), cursor)


def _sorted(
    view: View, moment: Moment, wanted: Wanted, sort: str, after: tuple[str | int, ...] | None, limit: int
) -> Page:
    """Return exemplars by a key: value after value, each as registered."""
    nos: list[int] = []
    at, no = (str(after[0]), int(after[1])) if after else ("", 0)
    values = [getattr(wanted, sort)] if getattr(wanted, sort) else _values(view, moment, sort)
    for value in values[values.index(at) if at in values else 0 :]:
        at = value
        found = _registered(view, moment, wanted._replace(**{sort: value}), no, limit + 1 - len(nos))
        nos, no = nos + found, 0
        if len(nos) > limit:
            break
    if len(nos) <= limit:
        return Page(_rows(view, moment, nos), None)
    rows = _rows(view, moment, nos[:limit])
    return Page(rows, (getattr(rows[-1], sort), rows[-1].position))


def _values(view: View, moment: Moment, sort: str) -> list[str]:
    """Return the values of a key in the order in which they are listed: stages as they follow in a life, others by the alphabet."""
    if sort == "field":
        return [row["field"] for row in view.rows("SELECT DISTINCT field FROM exemplar ORDER BY field")]
    rows = view.rows("SELECT DISTINCT value FROM held WHERE axis=? AND what=? ORDER BY value", moment.axis, sort)
    found = [row["value"] for row in rows]
    ranks = {step.mark: rank for rank, step in enumerate(of_exemplar())} if sort == "stage" else {}
    return sorted(found, key=lambda value: (ranks.get(value, 0), value))


def _rows(view: View, moment: Moment, nos: list[int]) -> list[ExemplarRow]:
    """Return exemplars as they stood at a moment, in the order of `nos`."""
    found: dict[int, dict[str, Any]] = {}
    for some in chunks(nos):
        for row in view.rows(f"SELECT no, id, plan, field, subject FROM exemplar WHERE no IN ({marks(some)})", *some):
            found[row["no"]] = {**row, "stage": "", "lead": "", "unit": "", "officer": "", "part": "", "moved": 0}
        held = (
            f"SELECT no, what, since, value FROM held WHERE axis=? AND no IN ({marks(some)}) AND since<=? AND until>?"
        )
        for row in view.rows(held, moment.axis, *some, moment.tick, moment.tick):
            found[row["no"]][row["what"]] = row["value"]
            if row["what"] == "stage":
                found[row["no"]]["moved"] = row["since"]
    return [_row(view, moment, no, found[no]) for no in nos]


def _row(view: View, moment: Moment, no: int, known: dict[str, Any]) -> ExemplarRow:
    moved = dt.date.fromordinal(known["moved"]).isoformat() if moment.day and known["moved"] else known["moved"]
    return ExemplarRow(
        id=known["id"], short=view.abbreviation(known["id"], "exemplar"), plan=known["plan"], field=known["field"], lead=known["lead"],
        part=known["part"], subject=known["subject"], unit=known["unit"], stage=known["stage"], position=no, officer=known["officer"],
        moved=moved,
    )  # fmt: skip


def rows_of(view: View, moment: Moment, ids: Iterable[int]) -> dict[int, ExemplarRow]:
    """Return those of some exemplars, named by the position of their first entry, that were there at a moment."""
    return {row.position: row for row in _rows(view, moment, sorted(ids)) if row.stage}
