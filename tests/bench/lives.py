"""What happens to the exemplars of a generated book: every life is a generator that writes a few entries and yields how many
working days pass until the next ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench import words
from tests.bench.pen import Actor, Stream

from guong.domain.discovery import SOURCES
from guong.domain.entry import FieldPart, Paper
from guong.domain.ids import stream_id
from guong.domain.publicity import CHANNELS
from guong.domain.replication import ORIGINS, TARGETS
from guong.domain.review import EFFECTS, FINDINGS
from guong.domain.subject import contact_owner
from guong.domain.support import SUPPORT

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from tests.bench.pen import Pen

    from guong.domain.declarations import Criterion, FieldDeclaration
    from guong.forms import Question

CORRECTED, VOIDED = 0.013, 0.004
"""Chances that an entry of an exemplar is followed by a correction or voiding of an earlier one; about one entry in a hundred
and three in a thousand of the whole book then are such."""
AGAIN, MERGED = 0.15, 0.012
"""Shares of lives that a subject of earlier years lives, and of lives after which two subjects are found to be one."""
_REMEMBERED = 5_000
_VARIANTS = 40
_SOURCES, _SUPPORT, _CHANNELS, _EFFECTS = tuple(SOURCES), tuple(SUPPORT), tuple(CHANNELS), tuple(EFFECTS)
_TARGETS, _ORIGINS = tuple(TARGETS), tuple(ORIGINS)
_ABOVE = "chu-tich-ubnd"


class Known(NamedTuple):
    """A subject that is in the book: its stream, its kind, its unit, and in which plan and field it has been an exemplar."""

    stream: Stream
    kind: str
    unit: str
    lives: set[tuple[str, str]]


class Opened(NamedTuple):
    """A field as it is open under the plans: its declaration and hash, who leads it, ready-made answers by step, and what
    reviews hold against its criteria, by kind of subject."""

    declared: FieldDeclaration
    part: FieldPart
    leads: tuple[str, ...]
    details: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]
    criteria: dict[str, list[dict[str, str]]]


class Place:
    """Where lives are lived: the plan of the year, its fields, the units and who acts in them, the subjects known so far.

    Attributes:
        plan: The key of the plan under which exemplars are discovered.
        fields: The open fields.
        units: Units that exist, where subjects live.
        actors: Unit to those who act in it.
    """

    def __init__(
        self, book: str, pen: Pen, fields: list[Opened], units: list[str], actors: dict[str, list[Actor]]
    ) -> None:
        self.book, self.pen, self.fields, self.units, self.actors = book, pen, fields, units, actors
        self.plan = ""
        self._known: list[Known] = []

    def remember(self, subject: Known) -> None:
        """Let a subject come back in another life, in place of one of the others once there are many."""
        if len(self._known) < _REMEMBERED:
            self._known.append(subject)
        else:
            self._known[self.pen.rng.randrange(_REMEMBERED)] = subject

    def recall(self) -> Known | None:
        """Return a subject that has been remembered and forget it."""
        if not self._known:
            return None
        at = self.pen.rng.randrange(len(self._known))
        self._known[at], self._known[-1] = self._known[-1], self._known[at]
        return self._known.pop()

    def life(self) -> Iterator[int]:
        """Return the life of one more exemplar."""
        rng = self.pen.rng
        opened = rng.choice(self.fields)
        subject = self.recall() if rng.random() < AGAIN else None
        return _Life(self, opened).lived(subject)


def person(rng: random.Random) -> str:
    """Return the name of somebody who does not exist."""
    sex = rng.choice("mf")
    return f"{rng.choice(words.FAMILY)} {rng.choice(words.MIDDLE[sex])} {rng.choice(words.GIVEN[sex])}"


def paper(rng: random.Random, kind: str, notation: str, day: str, issuer: str) -> tuple[Paper, ...]:
    """Return the paper something rests on."""
    return (Paper(kind=kind, number=str(rng.randrange(1, 3000)), notation=notation, date=day, issuer=issuer),)


def opened(
    rng: random.Random, declared: FieldDeclaration, hash_: str, leads: tuple[str, ...], general: tuple[Criterion, ...]
) -> Opened:
    """Make ready what lives in a field need."""
    details = {step: [_answers(rng, declared, step) for _ in range(_VARIANTS)] for step in declared.forms}
    criteria = {}
    for kind in declared.kinds:
        ids = [one.id for one in (*general, *declared.criteria_for(kind))]
        choices = tuple(FINDINGS)
        criteria[kind] = [
            dict(zip(ids, rng.choices(choices, (90, 6, 4), k=len(ids)), strict=True)) for _ in range(_VARIANTS)
        ]
    return Opened(declared, FieldPart(key=declared.key, declaration=hash_), leads, details, criteria)


def _answers(rng: random.Random, declared: FieldDeclaration, step: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return answers to what a field asks at a step: those that are about nobody, and personal ones."""
    clear: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for question in declared.asks(step):
        make = _MAKE.get(question.type)
        wanted = question.required or question.key in (declared.part, declared.group) or rng.random() < 0.6
        if make is not None and wanted and not question.ref:
            value = make(rng, question)
            (personal if question.personal else clear)[question.key] = [value] if question.many else value
    return clear, personal


def _whole(rng: random.Random, question: Question) -> int:
    least = int(question.minimum or 0)
    return rng.randint(least, int(question.maximum) if question.maximum is not None else least + 900)


_MAKE: dict[str, Callable[[random.Random, Question], Any]] = {
    "int": _whole,
    "number": lambda rng, question: float(_whole(rng, question)),
    "bool": lambda rng, _: rng.random() < 0.8,
    "choice": lambda rng, question: rng.choice(list(question.choices)),
    "text": lambda rng, _: rng.choice(words.FINDINGS),
    "date": lambda rng, _: f"{rng.randint(2015, 2019)}-{rng.randint(1, 12):02}",
}


class _Life:
    """One exemplar: who it is, and what has been written about it."""

    def __init__(self, place: Place, field: Opened) -> None:
        self.place, self.pen, self.rng, self.field, self.plan = place, place.pen, place.pen.rng, field, place.plan
        self.lead = self.rng.choice(field.leads)
        self.actors = place.actors[self.lead]
        self.written: list[tuple[str, str]] = []  # id and step of entries that may be corrected or voided

    def lived(self, subject: Known | None) -> Iterator[int]:
        """Live it."""
        if subject is None or (self.plan, self.field.declared.key) in subject.lives:
            subject = self._registered()
            yield self.rng.choice((0, 0, 0, 1, 2))
        subject.lives.add((self.plan, self.field.declared.key))
        self.subject, self.owner = subject, subject.stream.id
        key = self.field.declared.key
        self.stream = Stream(stream_id(self.place.book, "exemplar", self.plan, key, subject.stream.id), "exemplar")
        yield from self._followed()
        if self.rng.random() < MERGED:
            self._merged()
        self.place.remember(subject)

    def _registered(self) -> Known:
        rng, pen = self.rng, self.pen
        kind = rng.choice(self.field.declared.kinds)
        unit = rng.choice(self.place.units)
        stream = Stream(rng.randbytes(16).hex(), "subject")
        data = {
            "kind": kind, "unit": unit, "commitment": pen.vault.create(stream.id),
            "contact_commitment": pen.vault.create(contact_owner(stream.id)),
        }  # fmt: skip
        name = person(rng)
        told: dict[str, Any] = {"name": name, "about": self._told(words.ACHIEVEMENTS)}
        if kind == "person":
            told["born"] = f"{rng.randint(1945, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        else:
            told |= {"name": f"{'Hộ ông, bà' if kind == 'household' else 'Tổ, nhóm của'} {name}", "head": name}
        contact = {"address": f"Thôn {rng.randint(1, 15)}", "phone": f"09{rng.randrange(10**8):08}"}
        sealed = {contact_owner(stream.id): pen.vault.seal(contact_owner(stream.id), {"data": contact})}
        actor = rng.choice(self.actors)
        pen.write(stream, "subject_registered", data, actor, owner=stream.id, secret={"data": told}, sealed=sealed)
        if rng.random() < 0.4:
            year = pen.day.year
            period = {"since": f"{year - 1}-01-01", "until": f"{year}-{rng.randint(1, 12):02}-28"}
            what = {"data": {"what": self._told(words.ACHIEVEMENTS)}}
            pen.write(stream, "achievement_recorded", period, actor, owner=stream.id, secret=what)
        return Known(stream, kind, unit, set())

    def _told(self, sentences: tuple[str, ...]) -> str:
        return self.rng.choice(sentences).format(n=self.rng.randrange(20, 900), m=self.rng.randrange(2, 40))

    def _step(self, step: str, data: dict[str, Any], told: dict[str, Any] | None = None, **more: Any) -> str:
        """Write a step of the exemplar, with the field's part; now and then something written before is put right."""
        rng, field = self.rng, self.field.part
        secret: dict[str, Any] = {"data": told} if told else {}
        ready = self.field.details.get(step)
        if ready:
            clear, personal = rng.choice(ready)
            field = FieldPart(key=field.key, declaration=field.declaration, details=clear)
            if personal:
                secret["details"] = personal
            if step == "discovered" and self.field.declared.part in clear:
                data = {**data, "part": clear[self.field.declared.part]}
        secret |= more.pop("words", {})
        actor = rng.choice(self.actors)
        id_ = self.pen.write(
            self.stream, step, data, actor, plan=self.plan, field=field, owner=self.owner, secret=secret, **more
        )
        chance = rng.random()
        if chance < CORRECTED + VOIDED and self.written:
            self._put_right(actor, void=chance < VOIDED)
        if step in _LOOSE:
            self.written.append((id_, step))
        return id_

    def _put_right(self, actor: Actor, *, void: bool) -> None:
        rng = self.rng
        at = rng.randrange(len(self.written))
        entry, step = self.written[at]
        data: dict[str, Any] = {"entry": entry}
        if void:
            del self.written[at]
        elif step in _OTHERWISE and rng.random() < 0.6:
            key, values = _OTHERWISE[step]
            data["set"] = {key: rng.choice(values)}
        else:
            data["happened_on"] = self.pen.happened()[0]
        secret = {"reason": rng.choice(words.SLIPS)}
        self.pen.write(
            self.stream, "entry_voided" if void else "entry_corrected", data, actor, plan=self.plan, field=self.field.part,
            owner=self.owner, secret=secret,
        )  # fmt: skip

    def _paper(self, kind: str, notation: str) -> tuple[Paper, ...]:
        return paper(self.rng, kind, notation, self.pen.day.isoformat(), self.lead)

    def _followed(self) -> Iterator[int]:
        rng = self.rng
        found = {
            "subject": self.subject.stream.id, "field": self.field.declared.key, "source": rng.choice(_SOURCES), "lead": self.lead,
        }  # fmt: skip
        self._step("discovered", found, {"achievement": self._told(words.ACHIEVEMENTS)})
        yield rng.randrange(1, 10)
        if rng.random() < 0.05:
            self._step("discovery_rejected", {}, words={"reason": rng.choice(words.FINDINGS)})
            return
        self._assigned()
        yield rng.randrange(2, 15)
        for _ in range(min(20, 2 + int(rng.expovariate(0.3)))):
            self._supported()
            yield rng.randrange(1, 16)
        if rng.random() < 0.03:
            self._step("withdrawn", {}, words={"reason": rng.choice(words.FINDINGS)})
            return
        yield from self._judged()

    def _assigned(self) -> None:
        task = {"task": self.rng.choice(words.SUPPORT)}
        self._step("officer_assigned", {"officer": self.rng.choice(self.actors).by}, task)

    def _supported(self) -> None:
        rng = self.rng
        chance = rng.random()
        if chance < 0.66:
            self._step("supported", {"kind": rng.choice(_SUPPORT)}, {"what": rng.choice(words.SUPPORT)})
        elif chance < 0.9:
            self._publicised()
        elif chance < 0.95:
            self._assigned()
        else:
            self._step("opinion_received", {"objects": rng.random() < 0.2}, {"content": rng.choice(words.FINDINGS)})

    def _publicised(self) -> None:
        title = {"title": self.rng.choice(words.TITLES)}
        self._step(
            "publicised", {"channel": self.rng.choice(_CHANNELS), "audience": self.rng.randrange(20, 400)}, title
        )

    def _judged(self) -> Iterator[int]:
        rng = self.rng
        for _ in range(rng.choice((1, 1, 1, 2))):
            self._step("assessed", {"effect": rng.choice(_EFFECTS)}, {"findings": rng.choice(words.FINDINGS)})
            yield rng.randrange(1, 20)
        criteria = rng.choice(self.field.criteria.get(self.subject.kind) or next(iter(self.field.criteria.values())))
        if rng.random() < 0.2:
            for criterion in list(criteria)[: rng.randrange(1, 4)]:
                self._step("criterion_assessed", {"criterion": criterion, "finding": criteria[criterion]})
        result = rng.choices(("passed", "failed", "referred", "lowered"), (82, 12, 4, 2))[0]
        data = {
            "result": result,
            "criteria": criteria,
            "present": rng.randrange(7, 16),
            "chair": rng.choice(self.actors).by,
        }
        titles = {"titles": {"0": "Họp bình xét"}}
        self._step("reviewed", data, basis=self._paper("Biên bản", "BB-HĐTĐKT"), words=titles)
        yield rng.randrange(2, 15)
        if result == "passed":
            yield from self._honoured()
            yield from self._replicated()

    def _honoured(self) -> Iterator[int]:
        rng = self.rng
        if rng.random() < 0.7:
            self._step("experience_documented", {"version": "1"}, {"title": rng.choice(words.TITLES)})
        letter = {"purpose": rng.choice(("reward", "publicity")), "to": "ubnd-huyen", "report": True}
        self._step("introduced", letter, basis=self._paper("Công văn", "CV"))
        yield rng.randrange(5, 25)
        if rng.random() < 0.4:
            return
        kind = {"kind": rng.choice(("praise", "recognition", "award")), "authority": _ABOVE}
        data = {**kind, "money": rng.randrange(3, 40) * 100_000, "method": "movement"}
        if rng.random() < 0.5:
            data["proposal"] = self._step("honour_proposed", kind, basis=self._paper("Tờ trình", "TTr"))
            yield rng.randrange(5, 25)
        decided = self._step("honour_decided", data, basis=self._paper("Quyết định", "QĐ-UBND"))
        honour = data.get("proposal", decided)
        yield rng.randrange(1, 20)
        self._step("honour_presented", {"honour": honour, "place": "Hội trường huyện", "paid": data["money"]})
        self._publicised()
        if rng.random() < 0.01:
            yield rng.randrange(10, 60)
            data = {"honour": honour, "ground": "a", "authority": _ABOVE, "recover": ["object", "money"]}
            reason = {"reason": rng.choice(words.FINDINGS)}
            self._step("honour_revoked", data, basis=self._paper("Quyết định", "QĐ-UBND"), words=reason)

    def _replicated(self) -> Iterator[int]:
        rng = self.rng
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
            unit = rng.choice(self.place.units)
            where = {"target_kind": rng.choice(_TARGETS), "unit": unit, "origin": rng.choice(_ORIGINS)}
            told = {"target": person(rng), "similar": rng.choice(words.FINDINGS)}
            start = self._step("replication_started", where, told)
            yield rng.randrange(5, 30)
            for _ in range(rng.choice((0, 1, 1, 2))):
                self._step("replication_reviewed", {"start": start}, {"findings": rng.choice(words.FINDINGS)})
                yield rng.randrange(5, 30)
            if rng.random() < 0.8:
                self._step("replication_succeeded", {"start": start}, {"result": rng.choice(words.FINDINGS)})
            else:
                self._step("replication_failed", {"start": start}, words={"reason": rng.choice(words.FINDINGS)})
            yield rng.randrange(1, 10)

    def _merged(self) -> None:
        """Find that a subject known from before is this same one."""
        other = self.place.recall()
        if other is None or other.stream is self.subject.stream:
            return
        actor, mine = self.rng.choice(self.actors), self.subject.stream
        on = self.pen.day.isoformat()
        id_ = self.pen.write(
            mine, "subjects_merged", {"other": other.stream.id}, actor, on=on, owner=self.owner,
            secret={"reason": self.rng.choice(words.SLIPS)},
        )  # fmt: skip
        self.pen.write(other.stream, "subject_merged_into", {"into": mine.id}, actor, on=on, causation=id_)


_LOOSE = frozenset(("officer_assigned", "supported", "publicised", "assessed", "criterion_assessed", "reviewed"))
"""Steps on which nothing else hangs, so that they can be voided."""
_OTHERWISE: dict[str, tuple[str, tuple[str, ...]]] = {
    "supported": ("kind", _SUPPORT),
    "publicised": ("channel", _CHANNELS),
    "assessed": ("effect", _EFFECTS),
    "reviewed": ("result", ("passed", "failed")),
}
"""What is corrected in a step: the question, and the answers it may have."""
