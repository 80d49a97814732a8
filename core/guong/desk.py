"""The desk: where a row is read, judged and made into an entry. It appends nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from guong.domain.case import readable
from guong.domain.core_rules import core_rules
from guong.domain.entry import Entry, Evidence, MadeWith, Paper, Remark, Stored
from guong.domain.ids import Found
from guong.domain.problems import Problem, refusals
from guong.domain.rules import judge
from guong.domain.subject import contact_owner
from guong.errors import GuongError, PluginError
from guong.log import codec
from guong.resolve import PERSONS, Resolver, paper
from guong.rows import Parts, Row, take_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.domain.case import Case
    from guong.domain.plan import Plan
    from guong.domain.rules import Rule
    from guong.evidence import EvidenceStore
    from guong.log.world import World
    from guong.resolve import Context, Lookup, Resolved
    from guong.vault import Vault

_NOT_AGAIN = frozenset(
    ("core.once", "core.acting", "core.role", "core.paper", "core.decision", "core.late", "core.late-reason", "core.reason", "core.alike")
)  # fmt: skip
"""Rules about the act of recording, which do not judge a corrected step a second time."""


class RuleBook(Protocol):
    """Where the rules beside the core's own come from."""

    def rules_for(self, plan: Plan | None, field: str | None) -> tuple[Rule, ...]:
        """Return the rules of plugins that apply.

        Raises:
            PluginError: the plugin of the plan or field is missing or refused.
        """

    def form(self, field: str) -> int:
        """Return the version of a field's form that its code reads."""

    def upcast(self, field: str, step: str, details: dict[str, Any], written: int, wanted: int) -> dict[str, Any]:
        """Return details that were written in one version of a field's form as another one has them.

        Raises:
            PluginError: the field's plugin cannot tell.
        """


class Draft(msgspec.Struct, frozen=True):
    """An entry judged and ready: where it goes, its bytes, and what was remarked."""

    stored: Stored
    body: bytes
    problems: list[Problem]


class Desk:
    """Turns rows into drafts against the book as `world` knows it."""

    def __init__(
        self,
        world: World,
        vault: Vault,
        evidence: EvidenceStore,
        rules: RuleBook,
        lookup: Lookup,
        random: Callable[[int], bytes],
    ) -> None:
        self._world, self._vault, self._evidence = world, vault, evidence
        self._rules, self._lookup, self._random = rules, lookup, random

    def draft(self, row: Row, context: Context) -> tuple[Draft | None, list[Problem]]:
        """Read and judge one row.

        Returns:
            The draft, or None when anything refuses it; and every problem found.

        Raises:
            PluginError: a plugin whose rules must judge the row is missing or refused.
        """
        parts, problems = take_apart(row, own=context.own)
        if parts is None:
            return None, problems
        resolver = Resolver(self._world, self._lookup, self._random)
        resolved = resolver.resolve(parts, context)
        problems += resolver.problems
        if resolved is None or refusals(problems):
            return None, problems
        try:
            problems += self._judge(resolved, context)
            if refusals(problems):
                return None, problems
            return self._write(parts, resolved, context, problems), problems
        except PluginError:
            raise
        except GuongError as error:
            return None, [*problems, Problem(code="core.entry", message=error.message, fix=error.fix)]

    def _judge(self, resolved: Resolved, context: Context) -> list[Problem]:
        case = resolved.case
        rules = self._rules.rules_for(case.plan, case.field.key if case.field else None)
        case = self._readable(case)
        if resolved.kind == "subject" and not case.step.starts:
            plans = {
                one.plan for one in self._world.exemplars(case.stream)
            }  # what binds a subject is the law of its plans
            rules = tuple(
                dict.fromkeys(
                    rule for key in sorted(plans) for rule in self._rules.rules_for(self._world.plan(key), None)
                )
            )
        found = judge((*core_rules(case.step.key), *rules), case, context.waived)
        if resolved.corrected is not None and not refusals(found):
            corrected = self._readable(resolved.corrected)
            found += judge((*core_rules(corrected.step.key), *rules), corrected, _NOT_AGAIN)
        return found

    def _readable(self, case: Case) -> Case:
        """Return a case in which the field's code finds all details as it knows them, whenever they were written."""
        if case.field is None:
            return case
        return readable(case, self._rules.form(case.field.key), partial(self._rules.upcast, case.field.key))

    def _write(self, parts: Parts, resolved: Resolved, context: Context, problems: list[Problem]) -> Draft:
        case, owner, moment = resolved.case, resolved.owner, context.moment
        data = case.data
        if case.step.starts and resolved.kind in PERSONS:
            data = {**data, "commitment": self._vault.create(case.stream)}
            if resolved.kind == "subject":
                data = {**data, "contact_commitment": self._vault.create(contact_owner(case.stream))}
        papers, evidence, names = self._files(parts, context, owner)
        free = {key: parts.envelope[key] for key in ("reason", "note") if parts.envelope.get(key)}
        sealed: dict[str, str] = {}
        if owner:
            secret = {"data": resolved.personal, "details": resolved.personal_details, **names, **free}
            secret = {key: value for key, value in secret.items() if value}
            sealed = {owner: self._vault.seal(owner, secret)} if secret else {}
            if resolved.contact:
                beside = contact_owner(owner)
                sealed[beside] = self._vault.seal(beside, {"data": resolved.contact})
            free, names = {}, {}
        elif resolved.personal:  # about nobody whom the book has a key for
            data = {**data, **resolved.personal}
        randomness = self._random(32)
        entry = Entry(
            id=randomness[:16].hex(), salt=randomness[16:].hex(), seen=None, step=case.step.key, v=case.step.v,
            recorded_at=moment.recorded_at, occurred_on=case.occurred_on, effective_on=case.effective_on, by=case.by,
            role=case.role, unit=case.unit, entered_for=parts.envelope.get("entered_for"), plan=case.plan.key if case.plan else None,
            data=data, field=resolved.field_part, basis=papers, evidence=evidence, reason=free.get("reason"), note=free.get("note"),
            captions=names, remarks=(*moment.remarks, *(Remark(code=one.code, figures=one.figures) for one in problems)),
            correlation=context.correlation, causation=context.causation,
            made_with=MadeWith(version=context.version, channel=context.channel),
            clock_read=moment.clock_read, clock_reason=moment.clock_reason, sealed=sealed,
        )  # fmt: skip
        version = self._world.load(case.stream, resolved.kind)[1] + 1
        stored = Stored(
            position=self._world.head + 1,
            stream=case.stream,
            version=version,
            topic=f"{resolved.kind}.{case.step.key}",
            entry=entry,
        )
        body = codec.encode(entry)
        if parts.label:
            context.labels[parts.label] = Found(
                case.stream if case.step.starts else entry.id, case.stream, resolved.kind
            )
        return Draft(stored, body, problems)

    def _files(
        self, parts: Parts, context: Context, owner: str | None
    ) -> tuple[tuple[Paper, ...], tuple[Evidence, ...], dict[str, Any]]:
        """Store the files of a row; return papers, evidence, and the titles and file names that belong under seal."""
        if not (parts.papers or parts.evidence):
            return (), (), {}
        evidence: list[Evidence] = []
        files: dict[str, str] = {}

        def keep(path: str) -> str | None:
            source = context.folder / path
            if not source.is_file():
                raise GuongError(f"không có tệp {path}", "xem lại đường dẫn")
            if not context.write:
                return None
            kept = self._evidence.add(source, owner)
            evidence.append(kept)
            files[kept.sha256] = source.name
            return kept.sha256

        papers = tuple(paper(one, keep(one["file"]) if one.get("file") else None) for one in parts.papers)
        for path in parts.evidence:
            keep(path)
        titles = {str(number): one["title"] for number, one in enumerate(parts.papers) if one.get("title")}
        names = {key: value for key, value in (("titles", titles), ("files", files)) if value}
        return papers, tuple(evidence), names
