"""From a stored entry back to the case it was judged as: what the rules looked at, as the book stood before it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from guong.domain.case import Case
from guong.domain.corrections import effective, fold
from guong.domain.streams import KINDS, STEPS

if TYPE_CHECKING:
    from guong.audit.past import Past
    from guong.domain.entry import Entry, Stored
    from guong.domain.plan import Plan


def case_of(past: Past, stored: Stored, entry: Entry, zone: dt.tzinfo) -> Case:
    """Return the case of an entry. Answers about a person stay sealed, and are not among its answers.

    Args:
        past: The book as it stood before the entry.
        stored, entry: The entry, of a step that this version knows.
        zone: The zone in which the day it was recorded on is told.
    """
    state = past.load(stored.stream, stored.kind)[0]
    plan: Plan | None = None
    if stored.kind == "plan":
        plan = state
    elif stored.kind == "exemplar":
        plan = past.plan(getattr(state, "plan", "") or entry.plan or "")
    key = (getattr(state, "field", "") or entry.data.get("field", "")) if stored.kind == "exemplar" else ""
    field = plan.field(key, entry.occurred_on) if plan and key else None
    return Case(
        step=STEPS[entry.step], state=state, data=entry.data, personal={}, details=entry.field.details if entry.field else {},
        occurred_on=entry.occurred_on, effective_on=entry.effective_on,
        today=dt.datetime.fromisoformat(entry.recorded_at).astimezone(zone).date(), by=entry.by, role=entry.role, unit=entry.unit,
        entered_for=entry.entered_for, papers=entry.basis, reason=entry.reason, plan=plan, field=field, stream=stored.stream,
        facts=past, group=plan.group(state, field) if plan and field and state else "", form=field.form if field else 1,
    )  # fmt: skip


def corrected(past: Past, stored: Stored, entry: Entry, case: Case) -> Case | None:
    """Return the step that a correction corrects, as it would have been recorded; None for anything else."""
    if entry.step != "entry_corrected":
        return None
    entries = past.entries(stored.stream)
    wanted = next((one.entry for one in effective(entries) if one.entry and one.entry.id == entry.data["entry"]), None)
    if wanted is None or wanted.step not in STEPS:
        return None
    part, day = wanted.field, entry.data.get("happened_on", wanted.occurred_on)
    field = case.plan.field(part.key, day) if case.plan and part else None
    copy = case.plan.copies.get(part.declaration) if case.plan and part else None
    rest = [one for one in entries if one.entry is None or one.entry.id != wanted.id]
    given: dict[str, Any] = entry.data.get("details", {})
    return replace(
        case, step=STEPS[wanted.step], state=fold(KINDS[stored.kind].evolve, rest), data={**wanted.data, **entry.data.get("set", {})},
        details={**(part.details if part else {}), **given}, papers=wanted.basis, occurred_on=day, corrects=wanted.id, field=field,
        form=copy.form if copy else 1,
    )  # fmt: skip


def sealed(case: Case, entry: Entry) -> frozenset[str]:
    """Return the culprits of which nothing can be said, since what they answered may stand under seal."""
    if not entry.sealed:
        return frozenset()
    own = {question.key for question in case.step.questions if question.personal}
    asked = case.field.asks(case.step.key) if case.field else ()
    return frozenset({*own, "reason", "note", *(f"details.{question.key}" for question in asked if question.personal)})
