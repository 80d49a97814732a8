"""From a row to a case: references become ids, the stream is found, answers about a person are set apart."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from guong.domain.case import Case
from guong.domain.corrections import ANY, effective, fold
from guong.domain.entry import FieldPart, Paper, Remark
from guong.domain.ids import Found
from guong.domain.problems import Problem
from guong.domain.streams import KINDS, STEPS
from guong.errors import GuongError
from guong.forms import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from guong.domain.declarations import FieldDeclaration
    from guong.domain.steps import Step
    from guong.forms import Question
    from guong.log.world import World
    from guong.rows import Parts

PERSONS = ("subject", "officer")
"""Stream kinds that have a key of their own in the vault."""
_BY_ID = frozenset(("subject", "exemplar", "entry", "meeting", "decision", "inspection", "finding"))
"""What is referred to by an id that people type the start of; units, officers and plans have keys."""


class Lookup(Protocol):
    """How what people type is turned into whole ids."""

    def find(self, kind: str, typed: str) -> Found:
        """Return the one stream of `kind`, or the one `entry`, that `typed` names.

        Raises:
            GuongError: none does, or several do.
        """

    def plans(self) -> list[str]:
        """Return the keys of the plans in the book."""


class Moment(msgspec.Struct, frozen=True):
    """What the clock says for one command.

    Attributes:
        recorded_at: The time that entries get.
        today: That day in the book's zone.
        clock_read: What the clock really said, where it had run backwards.
        clock_reason: Why a great jump of the clock is right.
        remarks: About the clock.
    """

    recorded_at: str
    today: dt.date
    clock_read: str | None = None
    clock_reason: str | None = None
    remarks: tuple[Remark, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What all rows of one command share.

    Attributes:
        by: Who acts, where a row does not say.
        channel, version, correlation: For the envelope.
        labels: What rows of this command have made, by label.
        folder: What relative paths of files start from.
        write: Whether anything may be stored; False for a dry run.
        own: Whether the book itself writes, and may take steps that are not offered to people.
        waived: Codes of core rules that cannot hold yet while a book is being opened.
        causation: The entry that makes the book write this one.
    """

    moment: Moment
    by: str
    channel: str
    version: str
    correlation: str
    labels: dict[str, Found]
    folder: Path
    write: bool = True
    own: bool = False
    waived: frozenset[str] = frozenset()
    causation: str | None = None


class Resolved(msgspec.Struct, frozen=True):
    """A row that can be judged.

    Attributes:
        case: What rules look at.
        kind: The kind of its stream.
        personal, personal_details: Answers that go under seal.
        contact: Those that go under the seal of contact data.
        details: The field's answers that do not.
        owner: Whose key seals it; None when it is about nobody.
        corrected: The corrected step as it would have been recorded, for a correction.
    """

    case: Case
    kind: str
    personal: dict[str, Any]
    details: dict[str, Any]
    personal_details: dict[str, Any]
    owner: str | None
    contact: dict[str, Any]
    corrected: Case | None = None

    @property
    def field_part(self) -> FieldPart | None:
        """The field's part of the entry."""
        field, plan = self.case.field, self.case.plan
        if field is None or plan is None or self.kind != "exemplar":
            return None
        return FieldPart(key=field.key, declaration=plan.fields[field.key], details=self.details)


class Resolver:
    """Resolves the rows of one command and collects what is wrong with them."""

    def __init__(self, world: World, lookup: Lookup, random: Callable[[int], bytes]) -> None:
        self._world, self._lookup, self._random = world, lookup, random
        self.problems: list[Problem] = []

    def resolve(self, parts: Parts, context: Context) -> Resolved | None:
        """Return the row as a case; None when its stream cannot be told. Problems are in `problems`."""
        step = parts.step
        answers, found = self._references(step.questions, parts.answers, context)
        data, personal = split(step.questions, answers)
        plan_key = self._plan_key(parts)
        home = self._home(parts, data, plan_key, found, context)
        if home is None:
            return None
        stream, kind = home.stream, home.kind
        state = self._world.load(stream, kind)[0]
        data = self._threaded(step, state, stream, data)
        plan = state if kind == "plan" else None
        if kind == "exemplar":
            plan = self._world.plan(getattr(state, "plan", "") or plan_key)
        key = getattr(state, "field", "") or data.get("field", "") if kind == "exemplar" else ""
        field = plan.field(key) if plan and isinstance(key, str) else None
        correcting = step.key == "entry_corrected"
        details, personal_details = self._details(step.key, field, {} if correcting else parts.details)
        case = self._case(
            parts, context, state=state, data=data, personal=personal, details={**details, **personal_details}, plan=plan,
            field=field, stream=stream,
        )  # fmt: skip
        case = _filled(case, details) if step.key == "discovered" else case
        owner = None if step.bare else self._owner(case, kind)
        personal, contact = _contact(step.questions, personal) if kind == "subject" else (personal, {})
        resolved = Resolved(case, kind, personal, details, personal_details, owner, contact)
        return self._corrected(resolved, parts.details, context) if correcting else resolved

    def _case(self, parts: Parts, context: Context, **known: Any) -> Case:
        envelope, moment = parts.envelope, context.moment
        by = envelope.get("by") or context.by
        role, unit = envelope.get("as_role", ""), envelope.get("in_unit", "")
        if not (role and unit):
            role, unit = self._only_role(by, role, unit, moment.today.isoformat())
        return Case(
            step=parts.step, occurred_on=envelope.get("occurred_on", ""), effective_on=envelope.get("effective_on"),
            today=moment.today, by=by, role=role, unit=unit, papers=tuple(paper(one) for one in parts.papers),
            entered_for=envelope.get("entered_for"), reason=envelope.get("reason"), facts=self._world, **known,
        )  # fmt: skip

    def _only_role(self, by: str, role: str, unit: str, today: str) -> tuple[str, str]:
        """Return the role and unit as given, completed where the officer holds only one that fits."""
        officer = self._world.officer(by) if by else None
        held = [one for one in officer.roles if one.held(today) is not False] if officer else []
        fits = {(one.role, one.unit) for one in held if role in ("", one.role) and unit in ("", one.unit)}
        return fits.pop() if len(fits) == 1 else (role, unit)

    def _references(
        self, asked: Iterable[Question], answers: dict[str, Any], context: Context
    ) -> tuple[dict[str, Any], dict[str, Found]]:
        """Return the answers with whole ids, and what each reference names."""
        answers, found = {**answers}, {}
        for question in asked:
            typed = answers.get(question.key)
            if question.ref not in _BY_ID or not typed:
                continue
            if question.many:
                several = [self._find(str(question.ref), str(one), question.key, context) for one in typed]
                answers[question.key] = [one.id for one in several if one is not None]
                continue
            one = self._find(str(question.ref), str(typed), question.key, context)
            if one is not None:
                answers[question.key] = one.id
                found[question.key] = one
        return answers, found

    def _threaded(self, step: Step, state: Any, stream: str, data: dict[str, Any]) -> dict[str, Any]:
        """Let the answer that names a thread be the entry that opened it, whichever of its entries was named."""
        question = step.within.question if step.within else ""
        named = data.get(question)
        if not named or state is None or named in state.threads:
            return data
        entry = next((one.entry for one in self._world.entries(stream) if one.entry and one.entry.id == named), None)
        within = STEPS[entry.step].within if entry and entry.step in STEPS else None
        opened = entry.data.get(within.question) if entry and within else None
        return {**data, question: opened} if opened else data

    def _find(self, kind: str, typed: str, culprit: str, context: Context) -> Found | None:
        if typed in context.labels:
            return context.labels[typed]
        if typed.startswith("@"):
            message = f"nhãn {typed}: không dòng nào trước đây tạo ra, hoặc dòng tạo ra nó bị từ chối"
            self.problems.append(Problem(code="core.label", message=message, culprit=culprit))
            return None
        try:
            return self._lookup.find(kind, typed)
        except GuongError as error:
            self.problems.append(Problem(code="core.find", message=error.message, fix=error.fix, culprit=culprit))
            return None

    def _plan_key(self, parts: Parts) -> str:
        given = str(parts.envelope.get("plan") or "")
        if given or (parts.step.stream != "plan" and parts.step.key != "discovered"):
            return given
        plans = self._lookup.plans()
        if len(plans) == 1:
            return plans[0]
        message = "sổ có nhiều kế hoạch" if plans else "sổ chưa có kế hoạch nào"
        self.problems.append(
            Problem(code="core.plan", culprit="plan", message=message, fix="nêu kế hoạch: " + ", ".join(plans))
        )
        return ""

    def _home(
        self, parts: Parts, data: dict[str, Any], plan: str, found: dict[str, Found], context: Context
    ) -> Found | None:
        """Return the stream the step goes to."""
        step, world = parts.step, self._world
        if step.stream == ANY:
            return found.get("entry")
        if step.stream == "book":
            return _stream(data["book"] if step.starts else world.book.id if world.book else "", "book")
        if step.key == "discovered":
            keys = (plan, data.get("field", ""), data.get("subject", ""))
            return _stream(world.id("exemplar", *keys), "exemplar") if plan and keys[2] else None
        if step.stream == "plan":
            return _stream(world.id("plan", plan), "plan") if plan else None
        identity = KINDS[step.stream].identity
        if step.starts and not identity:
            return _stream(self._random(16).hex(), step.stream)
        if step.starts or step.stream not in _BY_ID:
            named = [data.get(name) for name in identity] if step.starts else [parts.target]
            return _stream(world.id(step.stream, *map(str, named)), step.stream) if all(named) else None
        return self._find(step.stream, parts.target, step.stream, context) if parts.target else None

    def _details(
        self, step: str, field: FieldDeclaration | None, given: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        asked = field.asks(step) if field else ()
        details, wrong = read(asked, given, prefix="details.")
        self.problems += wrong
        return split(asked, details)

    def _owner(self, case: Case, kind: str) -> str | None:
        """Return whose key seals what a step says about a person."""
        if kind == "finding" and case.state is not None:
            return case.state.owner  # type: ignore[no-any-return]
        if kind in PERSONS or kind == "exemplar":
            return self._owner_of(Found(case.stream, case.stream, kind)) or str(case.data["subject"])
        named = case.data.get(case.step.owner) if case.step.owner else None
        question = next((one for one in case.step.questions if one.key == case.step.owner), None)
        if not named or question is None:
            return None
        return self._owner_of(
            self._lookup.find("entry", named) if question.ref == "entry" else _stream(named, str(question.ref))
        )

    def _owner_of(self, found: Found) -> str | None:
        """Return whose key seals what is said in a stream; None for streams that are about nobody."""
        if found.kind in PERSONS:
            return found.stream
        exemplar = self._world.exemplar(found.stream) if found.kind == "exemplar" else None
        return exemplar.subject if exemplar else None

    def _corrected(self, resolved: Resolved, more: dict[str, Any], context: Context) -> Resolved:
        """Read the corrected answers by the form of the step they correct, and make up the case it would have been."""
        case = resolved.case
        entries = self._world.entries(case.stream)
        wanted = next((one for one in effective(entries) if one.entry and one.entry.id == case.data["entry"]), None)
        if wanted is None or wanted.entry is None or wanted.entry.step not in STEPS:
            return resolved  # a rule says what is wrong with the target
        old, step = wanted.entry, STEPS[wanted.entry.step]
        given = case.data.get("set", {})
        answers, wrong = read(step.questions, given, prefix="set.", partial=True)
        answers, _ = self._references(step.questions, answers, context)
        new, personal = split(step.questions, answers)
        new = self._threaded(step, case.state, case.stream, new)
        asked = case.field.asks(step.key) if case.field else ()
        answers, also_wrong = read(asked, more, prefix="details.", partial=True)
        details, personal_details = split(asked, answers)
        self.problems += [*wrong, *also_wrong]
        if step.key == "discovered" and case.field and case.field.part in details:
            new = {**new, "part": details[case.field.part]}  # what follows from an answer follows its correction
        if not (given or more or case.data.get("happened_on")):
            says = "Câu trả lời đúng: còn thiếu"
            self.problems.append(
                Problem(code="form.required", culprit="set", message=says, fix='như {"kind": "visit"}')
            )
        rest = [one for one in entries if one.entry is None or one.entry.id != old.id]
        as_new = msgspec.structs.replace(
            case, step=step, state=fold(KINDS[resolved.kind].evolve, rest), data={**old.data, **new}, personal=personal,
            details={**(old.field.details if old.field else {}), **details, **personal_details}, papers=old.basis,
            occurred_on=case.data.get("happened_on", old.occurred_on), reason=case.reason, corrects=old.id,
        )  # fmt: skip
        kept = {key: value for key, value in {**case.data, "set": new, "details": details}.items() if value}
        personal, contact = _contact(step.questions, personal) if resolved.kind == "subject" else (personal, {})
        return msgspec.structs.replace(
            resolved, case=msgspec.structs.replace(case, data=kept), personal=personal, contact=contact,
            personal_details=personal_details, details={},
            corrected=as_new,
        )  # fmt: skip


def _stream(id_: str, kind: str) -> Found:
    return Found(id_, id_, kind)


def split(asked: Iterable[Question], answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers that are about nobody, and those that are about a person."""
    personal = {question.key for question in asked if question.personal}
    if not personal:
        return answers, {}
    plain = {key: value for key, value in answers.items() if key not in personal}
    return plain, {key: value for key, value in answers.items() if key in personal}


def _contact(asked: Iterable[Question], personal: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers about a person, and those that only tell how to reach him."""
    keys = {question.key for question in asked if question.contact}
    named = {key: value for key, value in personal.items() if key not in keys}
    return named, {key: value for key, value in personal.items() if key in keys}


def paper(given: dict[str, Any], file: str | None = None) -> Paper:
    """Return the part of a paper that may stand in clear."""
    return Paper(**{key: value for key, value in given.items() if key not in ("title", "file")}, file=file)


def _filled(case: Case, details: dict[str, Any]) -> Case:
    """Fill in what follows: the lead where it cannot be another one, the part of the quota from the field's own answer."""
    data, part = case.data, case.field.part if case.field else ""
    if not data.get("lead") and (lead := _lead(case)):
        data = {**data, "lead": lead}
    if part and details.get(part):
        data = {**data, "part": details[part]}
    return case if data is case.data else msgspec.structs.replace(case, data=data)


def _lead(case: Case) -> str:
    """Return the only lead, or the unit that acts where it is one of a kind that leads, or where any unit does; else nothing."""
    leads = case.binding.leads if case.binding else ()
    if len(leads) == 1 and leads[0].unit:
        return leads[0].unit
    unit = case.facts.unit(case.unit) if case.unit else None
    if len(leads) == 1 and unit and unit.kind == leads[0].unit_kind:
        return case.unit
    return case.unit if case.plan and not case.plan.declared.fields else ""
