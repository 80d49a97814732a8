"""How the book stands at a moment: the quota board large, what is short, exemplars by field and stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.domain.streams import of_exemplar
from guong.view import board
from guong_tui.facts import mark_title
from guong_tui.inert import fit, inert
from guong_tui.widgets.sheet import Piece, Row, heading
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guong.domain.quota import BoardRow
    from guong.view.board import Board
    from guong.view.moments import Moment
    from guong_tui.reading import Reading

BAR = 10
"""Cells of a bar."""
HEADS = ("cần", "PH", "BX", "TV", "NR", "tính")
"""What stands over the numbers: needed, discovered, reviewed, honoured, replicated, counted."""


def holder(reading: Reading, row: BoardRow) -> str:
    """Return for what and whom a quota is set."""
    part = row.quota.parts.get(row.part, "")
    who = reading.teller.unit(row.holder) or tr("cả kế hoạch")
    return f"{part}, {who}" if part else who


def verdict(row: BoardRow) -> tuple[str, str]:
    """Return what became of a quota, in words, and how it looks: what was only asked for is no breach."""
    if row.verdict == "reached":
        return f"✓ {tr('đạt')}", "good"
    if row.verdict == "over":
        return f"{tr('vượt')} {row.over:g}", "warn"
    asked = row.quota.mode == "requested"
    return f"{tr('còn' if asked else 'thiếu')} {row.short:g}", "warn" if asked else "bad"


def board_rows(reading: Reading, boards: Sequence[Board], width: int) -> Iterator[Row]:
    """Yield the board of every plan: numbers, a bar of how far it is, and the verdict."""
    for one in boards:
        yield heading(inert(one.plan.declared.title), width)
        letters = {binding.field: binding.letter for binding in one.plan.declared.fields}
        name = max(14, width - 2 - 6 * len(HEADS) - BAR - 2 - 11)
        yield [Piece(fit("", name + 2)), Piece("".join(f"{tr(head):>6}" for head in HEADS), "dim")]
        for row in one.rows:
            says, look = verdict(row)
            numbers = (row.needed, row.discovered, row.reviewed, row.honoured, row.replicated, row.reached)
            yield [
                Piece(fit(inert(f"{letters.get(row.field, '') or '·'} {holder(reading, row)}"), name + 2), "plain"),
                Piece("".join(f"{number:>6g}" for number in numbers), "plain"), Piece("  "),
                Piece(_bar(row), look), Piece(f" {says}", look),
            ]  # fmt: skip


def _bar(row: BoardRow) -> str:
    share = min(1.0, row.reached / row.needed) if row.needed else 1.0
    filled = round(share * BAR)
    return "█" * filled + "░" * (BAR - filled)


def lacking(reading: Reading, boards: Sequence[Board]) -> str:
    """Return what is short, in one line; what was assigned before what was asked for."""
    short = [(one, row) for one in boards for row in one.rows if row.verdict == "short"]
    if not short:
        return tr("không chỉ tiêu nào thiếu") if any(one.rows for one in boards) else tr("chưa có chỉ tiêu nào")
    short.sort(key=lambda pair: pair[1].quota.mode == "requested")
    said = []
    for one, row in short:
        binding = one.plan.declared.binding(row.field)
        letter = binding.letter if binding and binding.letter else row.field
        said.append(f"{letter} {row.quota.parts.get(row.part, '')} {verdict(row)[0]}".replace("  ", " "))
    assigned = sum(row.quota.mode != "requested" for _, row in short)
    return f"{assigned} {tr('chỉ tiêu giao còn thiếu')}: {'; '.join(said)}"


def stage_texts(reading: Reading, boards: Sequence[Board], moment: Moment) -> list[tuple[str, str, int]]:
    """Return every field with how many exemplars stood at each stage, in words, and how many they are; first an empty line for
    all of them."""
    ranks = {step.mark: rank for rank, step in enumerate(of_exemplar())}
    fields: dict[str, dict[str, int]] = {key: {} for one in boards for key in one.plan.fields}
    counted = board.by_stage(reading.view, moment, [one.plan.key for one in boards]) if boards else {}
    for (_, key, stage), count in counted.items():
        own = fields.setdefault(key, {})
        own[stage] = own.get(stage, 0) + count
    told = [
        (key, ", ".join(f"{mark_title(stage)} {count}" for stage, count in sorted(own.items(), key=lambda pair: -ranks.get(pair[0], 0))),
         sum(own.values()))
        for key, own in fields.items()
    ]  # fmt: skip
    return [("", "", 0), *told]
