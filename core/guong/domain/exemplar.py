"""The exemplar: one subject in one field under one plan, and the state that the steps of its life leave."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from guong.domain.dates import order
from guong.domain.entry import FieldPart
from guong.domain.life import Life, take, thread_of
from guong.domain.steps import Kind
from guong.domain.streams import STEPS, of_exemplar

if TYPE_CHECKING:
    from guong.domain.entry import Entry, Stored
    from guong.domain.steps import Step


class CriterionFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of a criterion before a review, when, and the position of the entry that says so."""

    finding: str
    on: str
    position: int


class Figure(msgspec.Struct, frozen=True, array_like=True):
    """What an exemplar answered to a question for a number, in thousandths: whole numbers add up the same in any order.

    Attributes:
        last, sum: The last answer by when it happened, and all of them together.
        on, position: When the last one happened, and the entry that says so.
    """

    last: int
    sum: int
    on: str
    position: int


class Exemplar(Life, frozen=True, kw_only=True):
    """An exemplar as known now.

    Attributes:
        part: Which part of the field's quota it belongs to (a school level, say); empty when the field has no parts.
        field, declaration: Its field, and the hash of the declaration that judged its discovery; empty under a plan without fields.
        officer: Who follows it now.
        details: The field's details at discovery.
        findings: Criterion to what was last found of it before a review.
        figures: `<step>.<question>`, with the measure that was named beside a value, to the numbers that were answered, by the
            thread they belong to, empty outside threads.
    """

    plan: str
    field: str
    declaration: str
    subject: str
    lead: str
    unit: str
    part: str = ""
    officer: str | None = None
    details: dict[str, Any] = msgspec.field(default_factory=dict)
    findings: dict[str, CriterionFinding] = msgspec.field(default_factory=dict)
    figures: dict[str, dict[str, Figure]] = msgspec.field(default_factory=dict)

    def figure(self, name: str, unit: str, combine: str) -> int | None:
        """Return what was answered to `<step>.<question>` in thousandths, the `last` or the `sum`; None where nothing was.

        What belongs to a thread counts while the step's mark stands in it, and what was said in some measure where that is `unit`.
        """
        standing = [
            figure
            for named in {name, in_measure(name, unit)}
            for thread, figure in self.figures.get(named, {}).items()
            if not thread or (thread in self.threads and self.threads[thread].has(STEPS[name.partition(".")[0]].mark))
        ]
        if not standing:
            return None
        if combine == "sum":
            return sum(one.sum for one in standing)
        return max(standing, key=lambda one: (order(one.on), one.position)).last


def evolve(state: Exemplar | None, stored: Stored) -> Exemplar | None:
    """Take in one entry of an exemplar's stream."""
    entry = stored.entry
    step = STEPS.get(entry.step) if entry else None
    if entry is None or step is None or step.stream != "exemplar":
        return state
    if state is None:
        if entry.step != "discovered":
            return None
        state = _discovered(stored, entry)
    state = _figured(take(state, step, stored), step, stored, entry)
    if entry.step == "officer_assigned" and state.marks["officer_assigned"].position == stored.position:
        return msgspec.structs.replace(state, officer=entry.data["officer"])
    if entry.step == "criterion_assessed":
        return _looked_at(state, stored, entry)
    return state


def in_measure(name: str, unit: str) -> str:
    """Return under what name a value is kept beside which a measure was named: `replication_succeeded.value km`."""
    return f"{name} {unit.casefold()}" if unit else name


LARGEST = 10**14
"""No number counts as more than this, so that sums of thousandths stay whole numbers any database can hold."""


def _figured(state: Exemplar, step: Step, stored: Stored, entry: Entry) -> Exemplar:
    """Take in the numbers an entry answered; what is about a person is under seal and not among them."""
    answers = {**entry.data, **(entry.field.details if entry.field else {})}
    numbers = {key: value for key, value in answers.items() if type(value) in (int, float)}
    if not numbers:
        return state
    figures, thread = dict(state.figures), thread_of(step, entry)
    for key, value in numbers.items():
        name = in_measure(f"{step.key}.{key}", str(entry.data.get("measure", "")) if key == "value" else "")
        amount = round(max(-LARGEST, min(value, LARGEST)) * 1000)
        before = figures.get(name, {}).get(thread)
        figure = Figure(amount, amount + (before.sum if before else 0), entry.occurred_on, stored.position)
        if before and (order(before.on), before.position) > (order(figure.on), figure.position):
            figure = msgspec.structs.replace(before, sum=figure.sum)
        figures[name] = {**figures.get(name, {}), thread: figure}
    return msgspec.structs.replace(state, figures=figures)


def _looked_at(state: Exemplar, stored: Stored, entry: Entry) -> Exemplar:
    found = CriterionFinding(finding=entry.data["finding"], on=entry.occurred_on, position=stored.position)
    before = state.findings.get(entry.data["criterion"])
    if before is not None and (order(before.on), before.position) > (order(found.on), found.position):
        return state
    return msgspec.structs.replace(state, findings={**state.findings, entry.data["criterion"]: found})


def _discovered(stored: Stored, entry: Entry) -> Exemplar:
    field = entry.field or FieldPart(key="", declaration="", details={})
    return Exemplar(
        id=stored.stream, plan=entry.plan or "", field=field.key, declaration=field.declaration,
        subject=entry.data["subject"], lead=entry.data["lead"], unit=entry.unit, part=entry.data.get("part", ""),
        details=field.details,
    )  # fmt: skip


def stage(state: Exemplar) -> str:
    """Return the mark that tells how far it has come: one that ends a life, else the last by the order of the table.

    Of an exemplar on which no mark stands it is that of its discovery.
    """
    ranks = _ranks()
    latest_first = sorted(state.marks, key=ranks.__getitem__, reverse=True)
    return next((name for name in latest_first if state.mark(name) is not None), "discovered")


@cache
def _ranks() -> dict[str, tuple[bool, int]]:
    """Return by mark whether it ends a life, and its place in the table."""
    return {step.mark: (step.ends, rank) for rank, step in enumerate(of_exemplar())}


KIND = Kind("điển hình", Exemplar, evolve, identity=("plan", "field", "subject"))
