"""A life as lines: its graph of steps, what was judged, on what papers, who followed it, and where else the same subject stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.domain.dates import show
from guong.domain.review import FINDINGS
from guong.domain.subject import KINDS
from guong_tui.facts import facts, mark_title
from guong_tui.inert import cells, fit, inert
from guong_tui.life import LOOKS, SIGNS, graph, threads
from guong_tui.living import criteria, part_title
from guong_tui.widgets.sheet import Piece, Row, heading, labelled, wrapped
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.view.listing import ExemplarRow
    from guong_tui.life import Node
    from guong_tui.living import Living
    from guong_tui.reading import Reading

THREADS = {"dossier": "Hồ sơ", "honour": "Tôn vinh, khen thưởng", "replication": "Nhân rộng", "opinion": "Lấy ý kiến"}
"""The lives within a life, as they are shown."""


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
