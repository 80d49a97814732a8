"""What plans and fields declare, as data: this is what the log copies, and what it is judged and shown from later."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from guong.forms import Question


class Data(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Plain data that round-trips through JSON."""


class Criterion(Data, frozen=True):
    """One criterion, word for word.

    Attributes:
        id: Its key (`a.01`).
        text: The source's own words.
        kinds: Subject kinds it applies to; empty for all.
        mandatory: Whether nobody can be reviewed as passed without it.
        group: Applies only to exemplars of this group (an answer of the field's form).
        any_of: Criteria that share this word are alternatives: one of them met is enough.
    """

    id: str
    text: str
    kinds: tuple[str, ...] = ()
    mandatory: bool = False
    group: str = ""
    any_of: str = ""


class RuleWords(Data, frozen=True):
    """What a rule says, without its code: kept so that old remarks can be read when the plugin is gone."""

    code: str
    text: str
    source: str = ""
    says: str = ""
    fix: str = ""


class FieldDeclaration(Data, frozen=True):
    """All that a field plugin declares on the day its field is opened.

    Attributes:
        key: The field's key, for ever.
        title, campaign: In the plan's words.
        letter: Its letter in Vietnamese lists.
        kinds: Subject kinds that may be put forward.
        criteria: By which exemplars are reviewed.
        forms: Step key to the questions this field adds to it.
        part: The question of the form at discovery whose answer tells the part of the quota; empty when there are none.
        group: The question of the form at discovery whose answer tells the group of criteria.
        rules: The words of its rules.
        plugin, version: Which plugin, at which version.
    """

    key: str
    title: str
    campaign: str = ""
    letter: str = ""
    kinds: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    forms: dict[str, tuple[Question, ...]] = msgspec.field(default_factory=dict)
    part: str = ""
    group: str = ""
    rules: tuple[RuleWords, ...] = ()
    plugin: str = ""
    version: str = ""

    def asks(self, step: str) -> tuple[Question, ...]:
        """Return what the field adds to `step`."""
        return self.forms.get(step, ())

    def criteria_for(self, kind: str, group: str = "") -> tuple[Criterion, ...]:
        """Return the criteria that apply to a subject kind, and to a group where the field has groups."""
        return tuple(
            one
            for one in self.criteria
            if (not one.kinds or kind in one.kinds) and (not one.group or one.group == group)
        )


class Lead(Data, frozen=True):
    """Who answers for a field: a unit, or by `unit_kind` every unit of a kind; `assigned` (binding) or `requested`."""

    unit: str = ""
    unit_kind: str = ""
    mode: str = "assigned"
    text: str = ""


class Binding(Data, frozen=True):
    """A field under a plan, and who leads it."""

    field: str
    title: str
    letter: str = ""
    leads: tuple[Lead, ...] = ()

    def led_by(self, unit: str, kind: str) -> Lead | None:
        """Return as what a unit of a kind leads the field; None where it does not."""
        return next(
            (one for one in self.leads if unit and (one.unit == unit or (kind and one.unit_kind == kind))), None
        )


class Need(Data, frozen=True):
    """One precondition of the plan's graph: before `step` (where its answers are `when`), the mark `needs` must stand.

    Attributes:
        values: Answers of the needed step that count; empty for any. The last answer counts, unless `ever` says that one
            given at any time does.
        text: Why, in the plan's words.
    """

    step: str
    needs: str
    when: dict[str, str] = msgspec.field(default_factory=dict)
    values: tuple[str, ...] = ()
    ever: bool = False
    text: str = ""


class Quota(Data, frozen=True):
    """A counting rule.

    Attributes:
        key: Its key in the plan.
        field: Which field; empty for every exemplar of the plan.
        number, bound: How many, or how much: `at_least`, `exactly` or `at_most`.
        holder: Which unit must reach it, by what it leads.
        holder_kind: A kind of unit instead: every unit of it that exists in the period must reach the number by itself. Where
            neither is named the plan as a whole must.
        counts: What is counted: distinct `exemplar` or `subject`, or a `measure`.
        measure: The number that is added up, as `<step>.<question>`, an answer of the step or of the field.
        unit: What the measure is in (`km`).
        combine: Which of the answers one exemplar gave to it count: the `last`, or the `sum` of all.
        mark, values: The state that must be reached; empty values for any.
        without: Marks that undo it.
        parts: Each part must reach the number by itself; key to title.
        partition: What the parts are: the answer that is the exemplar's `part`, also where nothing is said; its `subject_kind`; its
            `tier`, the kind of the unit that leads it; the `phase` in which the state was reached.
        days: For phases: part to its first and last day, as `2024-01-01/2024-06-30`.
        mode: `assigned` or `requested`.
        since, until: The days between which the state must have been reached.
        text, reading: The plan's words, and how they are read where they leave a choice.
    """

    key: str
    number: int | float
    field: str = ""
    holder: str = ""
    holder_kind: str = ""
    bound: str = "at_least"
    counts: str = "exemplar"
    measure: str = ""
    unit: str = ""
    combine: str = "last"
    mark: str = "reviewed"
    values: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    parts: dict[str, str] = msgspec.field(default_factory=dict)
    partition: str = ""
    days: dict[str, str] = msgspec.field(default_factory=dict)
    mode: str = "assigned"
    since: str = ""
    until: str = ""
    text: str = ""
    reading: str = ""


class Deadline(Data, frozen=True):
    """A day by which a step, where its answers are `when`, must have happened; `due` empty where the source sets none."""

    key: str
    of_step: str
    title: str
    due: str = ""
    text: str = ""
    when: dict[str, str] = msgspec.field(default_factory=dict)

    def binds(self, step: str, answers: dict[str, Any]) -> bool:
        """Tell whether it is about a step with these answers."""
        return step == self.of_step and all(answers.get(key) == value for key, value in self.when.items())


class Duty(Data, frozen=True):
    """Who has to do what, to whom, by when.

    Attributes:
        id: Its key in the plan.
        who, text, to, via, when: In the plan's words.
        units: Who, as keys of units.
        unit_kinds: Who, as kinds: every unit of one of these kinds that exists that day.
        mode: `assigned` (binding) or `requested`.
        deadline: The key of the deadline by which it must be done.
        due: The day, where no deadline of the plan says it; empty where the source sets none.
        by_step, by_values: A step in an exemplar's life that does it, taken for an exemplar that the unit leads, and with
            which of its values; empty for any.
    """

    id: str
    who: tuple[str, ...]
    text: str
    units: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    mode: str = "assigned"
    to: str = ""
    via: str = ""
    when: str = ""
    deadline: str = ""
    due: str = ""
    by_step: str = ""
    by_values: tuple[str, ...] = ()


class Separation(Data, frozen=True):
    """That nobody takes `step` who took one of `others` for the same exemplar; `text` says why."""

    step: str
    others: tuple[str, ...]
    text: str = ""


class UnitData(Data, frozen=True):
    """A unit that a plan brings along; `powers` are keys of the rule books, `unverified` what nobody has checked."""

    key: str
    name: str
    kind: str = ""
    code: str = ""
    parent: str = ""
    since: str = ""
    powers: tuple[str, ...] = ()
    unverified: str = ""


class PlanDeclaration(Data, frozen=True):
    """All that a plan declares on the day it is issued.

    Attributes:
        key: The plan's key, for ever.
        title, issuer, number, notation, issued, signer: As printed; empty where the paper leaves a blank.
        since, until: The days the plan covers.
        fields: The fields it opens, with their leads; without any, exemplars are noticed in no field, and led by any unit.
        order: The graph of preconditions.
        criteria: General criteria, which apply beside those of every field, and alone where there are no fields.
        quotas, deadlines, duties: As the plan states them.
        rule_books: Keys of the plugins whose shared rules hold under this plan.
        roles: Role key to Vietnamese title.
        unit_kinds: Unit kind to Vietnamese title.
        late_after_days: From how many days between happening and recording an entry is remarked as late.
        late_needs_reason: Whether a late entry must say why.
        roles_for: Step to the roles in which it may be taken; a step that is not named may be taken in any.
        separations: Who may not do what, having done something else.
        quorum: The share of the members called who must be present at a review; 0 where none is required.
        returns: How often a dossier may be returned without somebody's approval.
        handling_days: Working days for appraising a complete dossier; 0 where no time is set.
        watch_gap_days: For how many days an exemplar may be without an officer who follows it.
    """

    key: str
    title: str
    issuer: str = ""
    number: str = ""
    notation: str = ""
    issued: str = ""
    signer: str = ""
    since: str = ""
    until: str = ""
    fields: tuple[Binding, ...] = ()
    order: tuple[Need, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    rule_books: tuple[str, ...] = ()
    roles: dict[str, str] = msgspec.field(default_factory=dict)
    unit_kinds: dict[str, str] = msgspec.field(default_factory=dict)
    late_after_days: int = 30
    late_needs_reason: bool = True
    roles_for: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    separations: tuple[Separation, ...] = ()
    quorum: float = 0.0
    returns: int = 1
    handling_days: int = 0
    watch_gap_days: int = 30
    plugin: str = ""
    version: str = ""

    def binding(self, field: str) -> Binding | None:
        """Return how the plan binds `field`."""
        return next((one for one in self.fields if one.field == field), None)


def as_data(declaration: Data) -> dict[str, Any]:
    """Return a declaration as the JSON value that the log copies."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(declaration))
    return data


def declaration_hash(data: dict[str, Any]) -> str:
    """Return the hash that names a declaration: SHA-256 over its JSON with sorted keys and no blanks, UTF-8."""
    return hashlib.sha256(msgspec.json.encode(data, order="sorted")).hexdigest()
