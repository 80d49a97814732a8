"""The state of one stream at a moment, and what the entries between two moments made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from guong.domain.corrections import fold, rewrites
from guong.domain.happening import as_happened
from guong.domain.streams import KINDS
from guong.view.streams import read

if TYPE_CHECKING:
    from guong.domain.entry import Stored
    from guong.domain.steps import Kind
    from guong.view.moments import Moment
    from guong.view.queries import View


class Shown(NamedTuple):
    """A stream at a moment.

    Attributes:
        state: What its entries had come to, as the type of its kind; None where it had not begun.
        entries: The entries that counted up to then, as they were recorded, in the order of the axis; voided ones and
            corrections are among them as far as the moment knows them.
    """

    state: Any
    entries: list[Stored]


def state(view: View, stream: str, moment: Moment) -> Any:
    """Return the state of a stream at a moment, None where it had not begun: the entries of that one stream, folded."""
    return shown(view, stream, moment).state


def shown(view: View, stream: str, moment: Moment) -> Shown:
    """Return the state of a stream at a moment with the entries that made it."""
    entries = [one for one in view.log.stream(stream) if one.position <= moment.position]
    kind = KINDS.get(entries[0].kind) if entries else None
    if kind is None:
        return Shown(None, entries)
    if moment.day:
        counted = [(day, one) for day, one in as_happened(entries) if day <= moment.tick]
        last = None
        for _, one in counted:
            last = kind.evolve(last, one)
        return Shown(last, [one for _, one in counted])
    return Shown(_fold(view, kind, entries, moment.position), entries)


def _fold(view: View, kind: Kind, entries: list[Stored], position: int) -> Any:
    """Return what entries come to; of a long stream from the last state that is kept, where nothing since rewrites what was before."""
    kept = view.rows(
        "SELECT since, state FROM past WHERE no=? AND since<=? ORDER BY since DESC LIMIT 1",
        entries[0].position,
        position,
    )
    since = kept[0]["since"] if kept else 0
    later = [one for one in entries if one.position > since]
    if not kept or any(rewrites(one) for one in later):
        return fold(kind.evolve, entries)
    state = read(kept[0]["state"], entries[0].kind) if kept[0]["state"] is not None else None
    for one in later:
        state = kind.evolve(state, one)
    return state


def all_of(view: View, kind: str, moment: Moment) -> list[Any]:
    """Return the states that all units or officers had at a moment, in the order they entered the book.

    Of what had happened they are those known now: a unit tells by itself from when to when it is what.
    """
    if moment.day or moment.position >= view.head:
        return view.states(kind)
    last = "SELECT max(since) FROM past WHERE no=s.no AND since<=?"
    rows = view.rows(
        f"SELECT p.state FROM stream s JOIN past p ON p.no=s.no AND p.since=({last}) WHERE s.kind=? AND s.no<=? "
        "AND p.state IS NOT NULL ORDER BY s.no", moment.position, kind, moment.position,
    )  # fmt: skip
    return [read(row["state"], kind) for row in rows]
