"""A life as data: an exemplar at a moment, with its entries, its criteria and the other exemplars of its subject. No screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.corrections import effective
from guong.errors import GuongError
from guong.view import entries, listing, states
from guong_tui.words import tr

if TYPE_CHECKING:
    from guong.domain.declarations import Criterion
    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.subject import Subject
    from guong.view.listing import ExemplarRow
    from guong_tui.reading import Reading


class Living(NamedTuple):
    """An exemplar at a moment, with all that is told of it.

    Attributes:
        exemplar: Its id; empty for a subject that is none.
        subject: The subject it is.
        state: What had become of it; None before it was discovered.
        counted: The entries that counted by then, corrections laid over them.
        plan: Its plan as known now.
        others: The same subject as other exemplars, as they stood then.
        delays: Days of delay by position, of the entries that had any.
    """

    exemplar: str
    subject: Subject | None
    state: Exemplar | None
    counted: list[Stored]
    plan: Plan | None
    others: list[ExemplarRow]
    delays: dict[int, int]


def positions(reading: Reading, exemplar: str, subject: str) -> list[int]:
    """Return where the entries about an exemplar and its subject stand; of a subject alone those of all that it is."""
    wanted = entries.Wanted(exemplar=exemplar) if exemplar else entries.Wanted(subject=subject)
    return [row.position for row in entries.page_after(reading.view, 0, wanted, reading.head)]


def living(reading: Reading, exemplar: str, subject: str, position: int) -> Living:
    """Return what a life had come to when the entry at a position had just been recorded."""
    moment = reading.moment(position)
    shown = states.shown(reading.view, exemplar, moment) if exemplar else states.Shown(None, [])
    state: Exemplar | None = shown.state
    rows = listing.page(reading.view, moment, listing.Wanted(subject=subject), limit=reading.head).rows
    where = [one.position for one in shown.entries]
    plan = reading.view.state(reading.book.world.id("plan", state.plan)) if state else None
    return Living(
        exemplar, states.state(reading.view, subject, moment), state, effective(shown.entries), plan,
        [row for row in rows if row.id != exemplar], {row.position: row.delay for row in entries.at(reading.view, where) if row.delay},
    )  # fmt: skip


def subject_of(reading: Reading, stream: str) -> tuple[str, str]:
    """Return the exemplar and the subject that a stream is about; of a subject the first exemplar it is, empty where it is none.

    Raises:
        GuongError: it is neither.
    """
    state = reading.view.state(stream)
    if state is not None and hasattr(state, "subject"):
        return stream, str(state.subject)
    found = listing.page(reading.view, reading.moment(reading.head), listing.Wanted(subject=stream), limit=1).rows
    if state is None and not found:
        raise GuongError(tr("không đọc được đối tượng này"))
    return (found[0].id if found else ""), stream


def part_title(plan: Plan | None, state: Exemplar) -> str:
    """Return the part of the quota, in the words of the declaration that judged the discovery."""
    field = plan.copies.get(state.declaration) if plan else None
    question = next((one for one in field.asks("discovered") if one.key == field.part), None) if field else None
    return str(question.choices.get(state.part, state.part)) if question else state.part


def criteria(reading: Reading, one: Living) -> list[tuple[Criterion, str]]:
    """Return the criteria that apply, in the words of the declaration that judged the last review (before any review: that of the
    discovery), with what was found of each; empty where nothing was."""
    state, plan = one.state, one.plan
    if state is None or plan is None or one.subject is None:
        return []
    reviews = [each.entry for each in one.counted if each.entry and each.entry.step == "reviewed"]
    judged = reviews[-1].field if reviews else None
    field = plan.copies.get(judged.declaration if judged else state.declaration)
    found = {id_: each.finding for id_, each in state.findings.items()}
    found |= reviews[-1].data.get("criteria", {}) if reviews else {}
    own = field.criteria_for(one.subject.kind, reading.book.plugins.group(plan, state, field)) if field else ()
    return [(each, found.get(each.id, "")) for each in (*own, *plan.criteria_for(one.subject.kind))]
