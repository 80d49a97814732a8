"""A life as lines: its graph of steps, what was judged, on what papers, who followed it, and where else the same subject stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.corrections import effective
from guong.domain.dates import show
from guong.domain.review import FINDINGS
from guong.domain.subject import KINDS
from guong.errors import GuongError
from guong.view import entries, listing, states
from guong_tui.facts import facts, mark_title
from guong_tui.inert import cells, fit, inert
from guong_tui.life import LOOKS, SIGNS, graph, threads
from guong_tui.widgets.sheet import Piece, Row, heading, labelled, wrapped
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guong.domain.declarations import Criterion
    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.subject import Subject
    from guong.view.listing import ExemplarRow
    from guong_tui.life import Node
    from guong_tui.reading import Reading

THREADS = {"dossier": "Hồ sơ", "honour": "Tôn vinh, khen thưởng", "replication": "Nhân rộng", "opinion": "Lấy ý kiến"}
"""The lives within a life, as they are shown."""


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


def rows(reading: Reading, one: Living, width: int) -> Iterator[Row]:
    """Yield a life whole."""
    state = one.state
    if state is None:
        if one.exemplar:
            yield [Piece(tr("chưa được phát hiện vào lúc này"), "dim")]
        yield heading("Đối tượng", width)
        for label, text in facts(one.subject, reading.teller).values():
            yield from labelled(label, text, width)
    else:
        yield from _head(reading, one, state, width)
        yield heading("Các bước", width)
        for node in graph(one.plan, state, one.counted):
            yield from _node(reading, node, one.delays, width)
        yield from _threads(reading, one, state, width)
        yield from _criteria(reading, one, state, width)
        yield from _papers(reading, one.counted, width)
    yield from _others(reading, one.others, width)


def _head(reading: Reading, one: Living, state: Exemplar, width: int) -> Iterator[Row]:
    teller = reading.teller
    kind = KINDS.get(one.subject.kind, one.subject.kind) if one.subject else ""
    where = teller.unit(one.subject.unit) if one.subject else ""
    yield from labelled(
        "Đối tượng", inert(", ".join(part for part in (teller.name(state.subject), kind, where) if part)), width
    )
    yield from labelled(
        "Lĩnh vực", inert(teller.field(state.plan, state.field) if state.field else tr("không chia lĩnh vực")), width
    )
    yield from labelled("Chủ trì", inert(teller.unit(state.lead)), width)
    if state.part:
        yield from labelled("Phần", inert(part_title(one.plan, state)), width)
    yield from labelled("Theo dõi", inert(teller.officer(state.officer)) or tr("chưa phân công"), width)
    wanting = reading.book.plugins.wanting(state.field) if state.field else ""
    if wanting:
        yield from labelled("", inert(f"{wanting} để chạy quy tắc của lĩnh vực"), width, "warn")


def part_title(plan: Plan | None, state: Exemplar) -> str:
    """Return the part of the quota, in the words of the declaration that judged the discovery."""
    field = plan.copies.get(state.declaration) if plan else None
    question = next((one for one in field.asks("discovered") if one.key == field.part), None) if field else None
    return str(question.choices.get(state.part, state.part)) if question else state.part


def _node(reading: Reading, node: Node, delays: dict[int, int], width: int) -> Iterator[Row]:
    look = LOOKS.get(node.status, "dim")
    last = node.taken[-1] if node.taken else None
    when = show(node.mark.on) if node.mark else ""
    times = f" ×{len(node.taken)}" if len(node.taken) > 1 else ""
    said = _value(node)
    title = inert(f"{node.step.title}{times}" + (f": {said}" if said else ""))
    room = max(10, width - 2 - 11)
    yield [
        Piece(f"{SIGNS[node.status]} ", look),
        Piece(fit(title, room), "plain" if node.taken else look),
        Piece(f" {when:>10}"),
    ]
    if last is not None and last.entry is not None:
        late = delays.get(last.position, 0)
        by = f"  #{last.position} {tr('ghi')} {reading.teller.recorded(last.entry)}"
        yield [
            Piece(by, "dim"), *([Piece(f" +{late} {tr('ngày')}", "warn")] if late else []),
            Piece(fit(inert(f" {reading.teller.officer(last.entry.by)}"), max(1, width - cells(by) - (10 if late else 0))), "dim"),
        ]  # fmt: skip
    for says in node.says:
        for line in wrapped(inert(says), max(8, width - 4)):
            yield [Piece("    "), Piece(line, look)]


def _value(node: Node) -> str:
    if node.mark is None or not node.mark.value:
        return ""
    question = next((one for one in node.step.questions if one.key == node.step.value), None)
    return str(question.choices.get(node.mark.value, node.mark.value)) if question else node.mark.value


def _threads(reading: Reading, one: Living, state: Exemplar, width: int) -> Iterator[Row]:
    for kind, title in THREADS.items():
        found = threads(state, one.counted, kind)
        if found:
            yield heading(title, width)
        for number, taken in enumerate(found, start=1):
            for place, stored in enumerate(taken):
                entry = stored.entry
                if entry is not None:
                    sign = f"{number}. " if not place else "   "
                    label = f"{sign}{show(entry.occurred_on)} #{stored.position}"
                    said = "; ".join(text for _, text in reading.teller.answers(stored))
                    yield from labelled(label, inert(f"{reading.teller.title(stored)}: {said}"), width, at=24)


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


FOUND = {"met": "good", "unmet": "bad", "not_met": "bad", "": "dim"}
"""How a finding looks."""


def _criteria(reading: Reading, one: Living, state: Exemplar, width: int) -> Iterator[Row]:
    yield heading("Tiêu chí", width)
    for each, finding in criteria(reading, one):
        said = FINDINGS.get(finding, finding) if finding else tr("chưa đối chiếu")
        must = f" ({tr('bắt buộc')})" if each.mandatory else ""
        label = f"{each.id} {said}"
        yield from labelled(inert(label), inert(each.text + must), width, FOUND.get(finding, "plain"), at=26)
    for id_, looked in state.findings.items():
        yield from labelled(
            "",
            inert(f"{id_}: {FINDINGS.get(looked.finding, looked.finding)}, {show(looked.on)}, #{looked.position}"),
            width,
            "dim",
        )


def _papers(reading: Reading, counted: Sequence[Stored], width: int) -> Iterator[Row]:
    told = [(one.position, paper) for one in counted if one.entry for paper in reading.teller.papers(one.entry)]
    if told:
        yield heading("Văn bản", width)
    for position, paper in told:
        yield from labelled(f"#{position}", inert(paper), width, at=8)


def _others(reading: Reading, others: Sequence[ExemplarRow], width: int) -> Iterator[Row]:
    if others:
        yield heading("Cùng đối tượng, lĩnh vực khác", width)
    for row in others:
        yield from labelled(
            row.short, inert(f"{reading.teller.field(row.plan, row.field)}: {mark_title(row.stage)}"), width, at=8
        )


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
