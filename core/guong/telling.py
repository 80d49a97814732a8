"""Telling entries in words: one line, all answers with their labels, remarks; from the log's own copies, no plugin needed."""

from __future__ import annotations

import datetime as dt
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from guong.book import name_of
from guong.domain.dates import show
from guong.domain.declarations import RuleWords
from guong.domain.entry import Entry
from guong.domain.finding import ENDS, SEVERITIES
from guong.domain.rules import word
from guong.domain.streams import KINDS, STEPS
from guong.forms import Question, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guong.book import Book
    from guong.domain.declarations import FieldDeclaration
    from guong.domain.entry import Paper, Remark, Stored
    from guong.domain.finding import Finding
    from guong.domain.plan import Plan
    from guong.domain.unit import Unit
    from guong.view.queries import View

_RECORDING = (
    RuleWords(
        code="core.clock-back",
        text="Giờ ghi sổ không đi lùi",
        says="đồng hồ máy chạy lùi {seconds} giây so với mục trước",
    ),
    RuleWords(
        code="core.clock-ahead",
        text="Đồng hồ nhảy xa phải có lý do",
        says="đồng hồ máy vượt {days} ngày so với mục trước",
    ),
)


_NAMES = 2_000
"""Names kept from one page of a list to the next."""
_LONG = 200
"""Characters of a structured answer from which only its size is told."""


class Teller:
    """Words for the entries of one book; names are opened once and kept while it lives.

    Args:
        book: The book.
        view: Its view as far as it is to be read; by default it is caught up first.
    """

    def __init__(self, book: Book, view: View | None = None) -> None:
        self._book = book
        self._view = view or book.view
        self._names: dict[str, str] = {}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in self._view.states("unit")}

    @cached_property
    def _plans(self) -> dict[str, Plan]:
        return {plan.key: plan for plan in self._view.states("plan")}

    @cached_property
    def _words(self) -> dict[str, RuleWords]:
        from guong.domain.core_rules import all_core_rules  # noqa: PLC0415 - many entries carry no remark

        words = {one.code: one for one in (*_RECORDING, *(rule.words for rule in all_core_rules()))}
        for plan in self._plans.values():
            laws = [law.rules for key in plan.laws if (law := plan.law(key))]
            for rules in (*(copy.rules for copy in plan.copies.values()), *laws):
                words |= {one.code: one for one in rules}
        return words

    def unit(self, key: str | None, day: str | None = None) -> str:
        """Return a unit's name, as of a day or its latest; its key when it is not in the book."""
        unit = self._units.get(key or "")
        if unit is None:
            return key or ""
        return unit.name_on(day) if day else unit.name

    def field(self, plan: str | None, key: str) -> str:
        """Return a field's title as its plan binds it."""
        known = self._plans.get(plan or "") or next(iter(self._plans.values()), None)
        binding = known.declared.binding(key) if known else None
        return binding.title if binding else key

    def name(self, id_: str) -> str:
        """Return the name of a subject or officer, words in ‹› when it cannot be read."""
        if id_ not in self._names:
            state = self._view.state(id_)
            self._names[id_] = (
                name_of(self._book, state) if state is not None and hasattr(state, "sealed") else "‹không rõ›"
            )
        return self._names[id_]

    def learn(self, ids: Iterable[str]) -> None:
        """Open the names of some subjects and officers at once: for a page of a list, where one by one would take long."""
        if len(self._names) > _NAMES:
            self._names.clear()
        states = self._view.named(one for one in ids if one not in self._names)
        sealed = [(id_, state.sealed) for id_, state in states.items() if getattr(state, "sealed", "")]
        for (id_, _), opened in zip(sealed, self._book.vault.open_all(sealed), strict=True):
            if opened is not None:
                self._names[id_] = str(opened.get("data", {}).get("name", "‹không tên›"))

    def officer(self, key: str | None) -> str:
        """Return an officer as `name (key)`."""
        if not key:
            return ""
        id_ = self._book.world.id("officer", key)
        return f"{self.name(id_)} ({key})" if self._view.state(id_) else key

    def exemplar(self, id_: str) -> str:
        """Return the name of an exemplar's subject."""
        state = self._view.state(id_)
        return self.name(state.subject) if state is not None and hasattr(state, "subject") else "‹không rõ›"

    def _unit_of(self, stream: str, day: str) -> str:
        state = self._view.state(stream)
        return state.name_on(day) if state is not None else stream[:8]

    def title(self, stored: Stored) -> str:
        """Return the Vietnamese name of what happened."""
        step = STEPS.get(stored.topic.partition(".")[2])
        return step.title if step and stored.entry else stored.topic

    def line(self, stored: Stored) -> str:
        """Return an entry in one line: what happened to whom."""
        entry = stored.entry
        if entry is None:
            return f"{stored.topic}: ‹{stored.unread}›"
        answers = dict(self.answers(stored, plain=True))
        step = STEPS[entry.step]
        told = step.line.format_map({question.key: answers.get(question.key, "") for question in step.questions})
        told = " ".join(told.replace("; ;", ";").split()).replace(" , ", ", ").strip(" ;,:")
        whose: dict[str, Callable[[str], str]] = {
            "exemplar": self.exemplar, "officer": self.name, "subject": self.name, "unit": partial(self._unit_of, day=entry.occurred_on),
        }  # fmt: skip
        who = whose[stored.kind](stored.stream) if stored.kind in whose and not step.starts else ""
        return ": ".join(part for part in (who, told) if part)

    def secret(self, entry: Entry) -> dict[str, Any]:
        """Return everything of an entry that is under seal and can be opened."""
        whole: dict[str, Any] = {}
        for owner, sealed in entry.sealed.items():
            opened = self._book.reveal(owner, sealed)
            for name, value in ({"closed": True} if opened is None else opened).items():
                whole[name] = {**whole.get(name, {}), **value} if isinstance(value, dict) else value
        return whole

    def answers(self, stored: Stored, *, plain: bool = False) -> list[tuple[str, str]]:
        """Return the answers of an entry as (label, text); (key, text) with `plain`. Field details follow the step's own."""
        entry = stored.entry
        if entry is None:
            return []
        secret = self.secret(entry)
        if entry.step == "entry_corrected" and not plain:
            return self._corrections(entry, secret)
        given = {**entry.data, **secret.get("data", {})}
        details = {**(entry.field.details if entry.field else {}), **secret.get("details", {})}
        asked = [(question, given) for question in STEPS[entry.step].questions]
        asked += [(question, details) for question in self._field_asks(entry, entry.step)] if not plain else []
        day = entry.occurred_on
        rows = [self._answer(question, among, day, closed="closed" in secret, plain=plain) for question, among in asked]
        return [row for row in rows if row is not None]

    def _answer(
        self, question: Question, given: dict[str, Any], day: str, *, closed: bool, plain: bool
    ) -> tuple[str, str] | None:
        label = question.key if plain else question.title
        if question.key not in given:
            return (label, "‹không còn khóa›") if closed and question.personal and question.required else None
        answer = given[question.key]
        if question.type == "json" and len(str(answer)) > _LONG:
            return (label, f"({len(answer)} mục)")
        tell: dict[str, Callable[[str], str]] = {
            "unit": partial(self.unit, day=day), "officer": self.officer, "subject": self.name, "exemplar": self.exemplar,
            "entry": self._entry, "field": partial(self.field, None), "meeting": self._stream, "decision": self._stream,
            "inspection": self._stream, "finding": self._stream,
        }  # fmt: skip
        if question.ref not in tell:
            return (label, render(question, answer))
        return (label, "; ".join(tell[question.ref](one) for one in (answer if question.many else (answer,))))

    def _stream(self, id_: str) -> str:
        """Return what people type for a stream that has no name: its key where it has one, else its short form."""
        state = self._view.state(id_)
        kind = next(
            (kind for kind in ("meeting", "decision", "inspection", "finding") if isinstance(state, KINDS[kind].state)),
            "",
        )
        return str(getattr(state, "key", "") or (self._view.abbreviation(id_, kind) if kind else id_[:8]))

    def _entry(self, id_: str) -> str:
        known = self._view.entry(id_)
        return f"#{known[0]}" if known else id_[:8]

    def _corrections(self, entry: Entry, secret: dict[str, Any]) -> list[tuple[str, str]]:
        """Return what a correction changes, under the labels of the step it corrects."""
        known = self._view.entry(entry.data["entry"])
        step = STEPS.get(known[1]) if known else None
        new = {**entry.data.get("set", {}), **secret.get("data", {})}
        details = {**entry.data.get("details", {}), **secret.get("details", {})}
        asked = [(question, new) for question in (step.questions if step else ())]
        asked += [(question, details) for question in self._field_asks(entry, step.key if step else "")]
        rows = [
            self._answer(question, given, entry.occurred_on, closed=False, plain=False) for question, given in asked
        ]
        day = [("Ngày xảy ra", show(entry.data["happened_on"]))] if "happened_on" in entry.data else []
        return [("Sửa mục", self._entry(entry.data["entry"])), *day, *(row for row in rows if row is not None)]

    def _field_asks(self, entry: Entry, step: str) -> tuple[Question, ...]:
        """Return what the field of an entry asks beside `step`, from the log's copy."""
        field = self._declaration(entry)
        return field.asks(step) if field else ()

    def _declaration(self, entry: Entry) -> FieldDeclaration | None:
        """Return the log's copy of the declaration that an entry names."""
        plan = self._plans.get(entry.plan or "")
        return plan.copies.get(entry.field.declaration) if plan and entry.field else None

    def remark(self, remark: Remark, entry: Entry | None = None) -> str:
        """Return a kept remark in words, those of the day of its entry; its code where nobody is left who knows the words."""
        field = self._declaration(entry) if entry else None
        own = next((one for one in (field.rules if field else ()) if one.code == remark.code), None)
        return word(own or self._words.get(remark.code, RuleWords(code=remark.code, text="")), remark.figures)

    @cached_property
    def _findings(self) -> dict[str, list[Finding]]:
        """The findings by the entries they concern, in the order in which they were raised."""
        found: dict[str, list[Finding]] = {}
        for one in self._view.states("finding"):
            for entry in one.entries:
                found.setdefault(entry, []).append(one)
        return found

    def findings(self, entry: Entry) -> list[str]:
        """Return the findings that concern an entry, each in one line: its code, how grave it is, what was found, what became of it."""
        return [
            f"{self._view.abbreviation(one.id, 'finding')} ({SEVERITIES.get(one.severity, one.severity)}"
            f"{f', {one.question}' if one.question else ''}): {self.finding_text(one)} [{self.finding_status(one)}]"
            for one in self._findings.get(entry.id, ())
        ]

    def finding_text(self, finding: Finding) -> str:
        """Return what was found, words in ‹› where it cannot be read."""
        raised = self._book.log.stream(finding.id)[0]
        return dict(self.answers(raised, plain=True)).get("what", "‹không đọc được›")

    def finding_status(self, finding: Finding) -> str:
        """Return what has become of a finding."""
        closed = finding.mark("finding_closed")
        if closed is not None:
            return f"{ENDS.get(closed.value or '', 'đã kết thúc')}, {show(closed.on)}"
        answered = finding.mark("finding_answered")
        return f"đã giải trình, {show(answered.on)}" if answered else "chưa giải trình"

    def knows(self, code: str) -> bool:
        """Tell whether the core or what the log copied has a rule of this code, or one may come from a rule book of a plan."""
        books = {key for plan in self._plans.values() for key in (plan.key, *plan.declared.rule_books)}
        return code in self._words or (
            code.partition(".")[0] in books - {law for plan in self._plans.values() for law in plan.laws}
        )

    def recorded(self, entry: Entry) -> str:
        """Return when an entry was recorded, in the book's zone: `25/03/2024 09:15`."""
        at = dt.datetime.fromisoformat(entry.recorded_at).astimezone(self._book.zone)
        return f"{at:%d/%m/%Y %H:%M}"

    def papers(self, entry: Entry) -> list[str]:
        """Return the papers of an entry, each in one line, with title and file name where they can be opened."""
        secret = self.secret(entry) or entry.captions
        titles, files = secret.get("titles", {}), secret.get("files", {})
        return [
            paper_line(paper, titles.get(str(number), ""), files.get(paper.file or "", ""))
            for number, paper in enumerate(entry.basis)
        ]

    def files(self, entry: Entry) -> list[tuple[str, str, str]]:
        """Return the evidence of an entry as (hash, file name, media type)."""
        names = (self.secret(entry) or entry.captions).get("files", {})
        return [(one.sha256, names.get(one.sha256, ""), one.media_type) for one in entry.evidence]


def paper_line(paper: Paper, title: str = "", file: str = "") -> str:
    """Return a paper as offices cite it: `Biên bản số 04/BB, 10/5/2024, nơi ban hành: trích yếu [tệp]`."""
    number = (
        f"số {paper.number or '…'}{'/' + paper.notation if paper.notation else ''}"
        if paper.number or paper.notation
        else ""
    )
    head = " ".join(part for part in (paper.kind or "Văn bản", number) if part)
    line = ", ".join(part for part in (head, show(paper.date) if paper.date else "", paper.issuer) if part)
    return line + (f": {title}" if title else "") + (f" [{file or paper.file[:8]}]" if paper.file else "")
