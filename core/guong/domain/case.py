"""The case before a rule: the step somebody wants to record, and all that the book knows about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    import datetime as dt

    from guong.domain.decision import Decision
    from guong.domain.declarations import Binding, FieldDeclaration
    from guong.domain.entry import Paper, Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.meeting import Meeting
    from guong.domain.officer import Officer
    from guong.domain.plan import Plan, Upcast
    from guong.domain.steps import Step
    from guong.domain.subject import Subject
    from guong.domain.unit import Unit


class Facts(Protocol):
    """What a rule may ask about other streams, as the book stands."""

    def unit(self, key: str) -> Unit | None:
        """The unit with this key."""

    def officer(self, key: str) -> Officer | None:
        """The officer with this key."""

    def subject(self, id_: str) -> Subject | None:
        """The subject with this id."""

    def exemplar(self, id_: str) -> Exemplar | None:
        """The exemplar with this id."""

    def plan(self, key: str) -> Plan | None:
        """The plan with this key."""

    def meeting(self, id_: str) -> Meeting | None:
        """The meeting with this id."""

    def decision(self, id_: str) -> Decision | None:
        """The decision with this id."""

    def exemplars(self, subject: str) -> list[Exemplar]:
        """Every exemplar that a subject is or that a subject merged with it is, in any field under any plan."""

    def alike(self, kind: str, personal: dict[str, Any], /) -> list[str]:
        """The ids of subjects of a kind that go by the same name: candidates for a merge."""

    def entries(self, stream: str) -> list[Stored]:
        """The entries of a stream, in order."""

    def effective(self, stream: str) -> list[Stored]:
        """The entries of a stream that count as known now, corrections laid over them."""


class Case(msgspec.Struct, frozen=True):
    """A step about to be recorded.

    Attributes:
        step: What it is.
        state: The state of its stream before it; None when it starts one.
        data, personal, details: Its answers: about nobody, about a person, and the field's own.
        occurred_on, effective_on: Stored dates.
        today: The day of the book's clock, in the book's zone.
        last_recorded: When the entry before it was recorded; empty for the first.
        by, role, unit: Who acts, in what role and unit.
        entered_for: For whom, where he types for somebody else.
        papers: The papers it rests on.
        reason: Why, where a reason was given.
        plan: The plan it belongs to, None for steps outside plans.
        field: What the field declared at the opening that holds on the day of the step, as copied in the log.
        group: The group of criteria that the exemplar belongs to, where the field has groups.
        form: The version of the field's form in which `details` are written.
        upcast: Reads the details of older entries as the field's code knows them; None where all are of one version.
        stream: The id of its stream.
        facts: Everything else.
        corrects: The entry that this step would take the place of, where a correction is judged as the step it corrects.
    """

    step: Step
    state: Any
    data: dict[str, Any]
    personal: dict[str, Any]
    details: dict[str, Any]
    occurred_on: str
    effective_on: str | None
    today: dt.date
    by: str
    role: str
    unit: str
    entered_for: str | None
    papers: tuple[Paper, ...]
    reason: str | None
    plan: Plan | None
    field: FieldDeclaration | None
    stream: str
    facts: Facts
    corrects: str = ""
    group: str = ""
    form: int = 1
    upcast: Upcast | None = None

    def history(self) -> list[Stored]:
        """Return the entries of its stream that count, without the one it takes the place of.

        Raises:
            PluginError: the field's plugin cannot read the details of an older entry.
        """
        entries = self.facts.effective(self.stream)
        return [self._readable(one) for one in entries if one.entry is None or one.entry.id != self.corrects]

    def _readable(self, stored: Stored) -> Stored:
        entry = stored.entry
        if self.upcast is None or self.plan is None or entry is None or entry.field is None:
            return stored
        written = self.plan.form(entry.field.declaration)
        part = replace(entry.field, details=self.upcast(entry.step, entry.field.details, written, self.form))
        return replace(stored, entry=replace(entry, field=part))

    @property
    def exemplar(self) -> Exemplar | None:
        """The exemplar, where the step belongs to one that exists."""
        return self.state if self.step.stream == "exemplar" else None

    @property
    def subject(self) -> Subject | None:
        """The subject the step is about: of the exemplar, the one being discovered, or the one whose stream it is."""
        if self.step.stream == "subject":
            own: Subject | None = self.state
            return own
        exemplar = self.exemplar
        known = exemplar.subject if exemplar else self.data.get("subject")
        return self.facts.subject(known) if known else None

    def persons(self) -> list[Subject]:
        """Return the subject the step is about, and every other one that is merged with it: what holds of one holds of all."""
        one = self.subject
        return self.merged(one) if one else []

    def merged(self, one: Subject) -> list[Subject]:
        """Return a subject, and every other one that is merged with it."""
        whole = (self.facts.subject(one.into) if one.into else None) or one
        others = (self.facts.subject(id_) for id_ in (whole.id, *whole.absorbed) if id_ != one.id)
        return [one, *(other for other in others if other is not None)]

    def findings(self) -> dict[str, str]:
        """Return what is found of each criterion in this review, and what was found before it of those it leaves out."""
        before = self.exemplar.findings if self.exemplar else {}
        return {**{id_: one.finding for id_, one in before.items()}, **self.data.get("criteria", {})}

    @property
    def binding(self) -> Binding | None:
        """How the plan binds the field."""
        return self.plan.declared.binding(self.field.key) if self.plan and self.field else None


def readable(case: Case, form: int, upcast: Upcast) -> Case:
    """Return a case whose details are all as version `form` has them, the one that the field's code knows.

    Args:
        upcast: Reads details of one version as another one has them.

    Raises:
        PluginError: the field's plugin is missing or refused, or cannot read details of an older version.
    """
    plan, field, known = case.plan, case.field, case.exemplar
    if plan is None or field is None or all(plan.form(one.declaration) == form for one in plan.fields[field.key]):
        return case
    state, group, details = case.state, case.group, case.details
    if known is not None:
        group = plan.group(known, field, upcast)
        state = replace(known, details=upcast("discovered", known.details, plan.form(known.declaration), form))
    if case.step.stream == "exemplar":
        details = upcast(case.step.key, details, case.form, form)
    return replace(case, state=state, group=group, details=details, form=form, upcast=upcast)
