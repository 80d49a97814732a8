"""What the panels of the replay say about the entry under the cursor: pure functions from the book to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.domain.dates import show
from guong.domain.streams import KINDS
from guong.view import board, states
from guong.view.moments import Moment
from guong_tui.facts import compare, facts, finding_words, mark_title
from guong_tui.inert import fit, inert
from guong_tui.widgets.sheet import Piece, Row, heading, labelled
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.entry import Entry, Stored
    from guong.domain.quota import BoardRow
    from guong_tui.reading import Reading

CHANNELS = {
    "cli": "dòng lệnh",
    "tui": "màn hình",
    "import": "nhập từ tệp",
    "sample": "sổ mẫu",
    "bundle": "gói từ nơi khác",
}
FILES = {
    "": ("có tệp, đúng mã băm", "good"), "missing": ("THIẾU TỆP", "bad"), "altered": ("TỆP ĐÃ BỊ SỬA", "bad"),
    "unreadable": ("không đọc được tệp", "bad"),
}  # fmt: skip
MOST = 12
"""Lines of the board told as changed."""
LATER = {"entry_corrected": "đã đính chính", "entry_voided": "đã hủy"}


def entry_rows(reading: Reading, stored: Stored | None, width: int) -> Iterator[Row]:
    """Yield an entry whole: what happened, its envelope, papers, evidence, answers and remarks."""
    if stored is None:
        return
    teller, entry = reading.teller, stored.entry
    if entry is None:
        yield heading(stored.topic, width)
        yield from labelled("Không đọc được", inert(stored.unread), width, "bad")
        return
    yield heading(f"#{stored.position} {teller.title(stored)}", width)
    yield from labelled("Xảy ra", show(entry.occurred_on), width)
    if entry.effective_on:
        yield from labelled("Có hiệu lực từ", show(entry.effective_on), width)
    yield from labelled("Ghi lúc", teller.recorded(entry), width)
    kind = KINDS.get(stored.kind)
    yield from labelled("Về", inert(f"{kind.title if kind else stored.kind} {_about(reading, stored)}"), width)
    yield from labelled(
        "Người ghi", inert(f"{teller.officer(entry.by)}, {entry.role}, {teller.unit(entry.unit)}"), width
    )
    if entry.entered_for:
        yield from labelled("Ghi thay", inert(teller.officer(entry.entered_for)), width)
    if entry.field is not None:
        here = entry.field.key in reading.book.plugins.sources()
        yield from labelled("Lĩnh vực", inert(teller.field(entry.plan, entry.field.key)), width)
        if not here:
            yield from labelled("", f"{tr('cần plugin')} {entry.field.key} {tr('để chạy quy tắc')}", width, "warn")
    for label, text in teller.answers(stored):
        yield from labelled(inert(label), inert(text), width)
    yield from _rest(reading, entry, width)
    yield from _later(reading, stored, width)


def _later(reading: Reading, stored: Stored, width: int) -> Iterator[Row]:
    """Yield what later entries say of an entry: corrections, voidings, findings."""
    entry = stored.entry
    if entry is None:
        return
    for one in reading.stream(stored.stream):
        step = one.entry.step if one.entry and one.entry.data.get("entry") == entry.id else ""
        if step in LATER:
            yield from labelled("Về sau", f"{tr(LATER[step])} {tr('bởi')} #{one.position}", width, "warn")
    for position, severity in reading.concerned.get(entry.id, ()):
        yield from labelled("? Phát hiện", f"#{position}: {finding_words(severity)}", width, "bad")


def _about(reading: Reading, stored: Stored) -> str:
    teller = reading.teller
    tell = {"exemplar": teller.exemplar, "subject": teller.name, "officer": teller.name}.get(stored.kind)
    return tell(stored.stream) if tell else ""


def _rest(reading: Reading, entry: Entry, width: int) -> Iterator[Row]:
    teller = reading.teller
    free = {
        **teller.secret(entry),
        **{key: value for key, value in (("reason", entry.reason), ("note", entry.note)) if value},
    }
    for key, label in (("reason", "Lý do"), ("note", "Ghi chú")):
        if free.get(key):
            yield from labelled(label, inert(str(free[key])), width)
    for paper in teller.papers(entry):
        yield from labelled("Văn bản", inert(paper), width)
    for sha256, name, media in teller.files(entry):
        fault = reading.files.get(sha256)
        state, look = FILES[fault] if fault is not None else ("chưa kiểm tra", "dim")
        yield from labelled("Minh chứng", inert(f"{name or sha256[:12]} ({media}): {tr(state)}"), width, look)
    for remark in entry.remarks:
        yield from labelled("! Lưu ý", inert(teller.remark(remark, entry)), width, "warn")
    yield from labelled("Mã mục", entry.id, width, "dim")
    channel = CHANNELS.get(entry.made_with.channel, entry.made_with.channel)
    yield from labelled("Ghi bằng", f"guong {entry.made_with.version}, {tr(channel)}; {tr('chưa ký')}", width, "dim")


def change_rows(reading: Reading, stored: Stored | None, width: int) -> Iterator[Row]:
    """Yield what an entry changed: the state of its stream before and after it side by side, then the quota board."""
    if stored is None:
        return
    states_ = states.around(reading.view, reading.stream(stored.stream), stored.position)
    old, new = (facts(state, reading.teller) for state in states_)
    half = max(10, (width - 22) // 2)
    yield [Piece(fit("  ", 21), "label"), Piece(fit(tr("trước"), half + 1), "dim"), Piece(tr("sau"), "dim")]
    for line in compare(old, new):
        look = "plain" if line.sign == " " else "changed"
        yield [
            Piece(f"{line.sign} ", look), Piece(fit(line.label, 18) + " ", "label"),
            Piece(fit(line.before, half), "dim" if look == "plain" else "plain"), Piece(" "), Piece(fit(line.after, half), look),
        ]  # fmt: skip
    yield heading("Bảng chỉ tiêu", width)
    changed = list(_board_changes(reading, stored))
    if not changed:
        yield [Piece(tr("không đổi"), "dim")]
    for was, row in changed[:MOST]:
        label = inert(" ".join(part for part in (row.field, row.part) if part))
        reached = f"{tr('đạt')} {was.reached if was else '–'} → {row.reached} / {row.needed}"
        yield from labelled(
            label, f"{reached}, {tr('thiếu')} {was.short if was else '–'} → {row.short}", width, "changed"
        )
    if len(changed) > MOST:
        yield [Piece(f"+ {len(changed) - MOST} {tr('dòng')}", "dim")]


def _board_changes(reading: Reading, stored: Stored) -> Iterator[tuple[BoardRow | None, BoardRow]]:
    """Yield the lines of the board that an entry changed, before and after it; most entries change none, which is cheap to tell."""
    position = stored.position
    own = stored.entry.plan if stored.entry else None
    for plan in (own,) if own else reading.plans(position):
        if stored.kind != "plan" and not board.changed(reading.view, position, plan):
            continue
        before, after = reading.board(position - 1, plan), reading.board(position, plan)
        old = {_key(row): row for row in before.rows} if before else {}
        for row in after.rows if after else ():
            if _numbers(old.get(_key(row))) != _numbers(row):
                yield old.get(_key(row)), row


def _key(row: BoardRow) -> tuple[str, str, str]:
    return row.quota.key, row.holder, row.part


def _numbers(row: BoardRow | None) -> tuple[float, ...]:
    return (row.discovered, row.reviewed, row.honoured, row.replicated, row.reached, row.short) if row else ()


def moment_rows(reading: Reading, stored: Stored | None, width: int, field: str = "") -> Iterator[Row]:
    """Yield how the book stood at an entry: the board of its plan with what is short, then exemplars by field and stage."""
    if stored is None:
        return
    position, plans = stored.position, reading.plans(stored.position)
    own = stored.entry.plan if stored.entry else None
    plan = own if own in plans else next(reversed(plans), None)
    shown = reading.board(position, plan) if plan else None
    if shown is None:
        yield [Piece(tr("chưa có kế hoạch nào"), "dim")]
        return
    yield heading(inert(shown.plan.declared.title), width)
    letters = {binding.field: binding.letter for binding in shown.plan.declared.fields}
    name = max(12, width - 34)
    yield [
        Piece(fit("", name + 3), "label"),
        Piece(f"{tr('cần'):>5}{tr('đạt'):>6}{tr('TV'):>5}{tr('NR'):>5}  {tr('thiếu')}", "dim"),
    ]
    for row in shown.rows:
        if field in ("", row.field):
            yield _board_row(reading, row, letters.get(row.field, ""), name)
    yield heading("Điển hình theo lĩnh vực và bước", width)
    fields: dict[str, list[tuple[str, int]]] = {}
    for (_, key, stage), count in board.by_stage(reading.view, Moment(position), [shown.plan.key]).items():
        if field in ("", key):
            fields.setdefault(key, []).append((stage, count))
    for key, counts in fields.items():
        said = ", ".join(f"{mark_title(stage)} {count}" for stage, count in sorted(counts, key=lambda pair: -pair[1]))
        yield from labelled(key or tr("không chia lĩnh vực"), said, width)
    if len(plans) > 1:
        yield [Piece(f"+ {len(plans) - 1} {tr('kế hoạch khác')}: F5", "dim")]


def _board_row(reading: Reading, row: BoardRow, letter: str, width: int) -> Row:
    part = row.quota.parts.get(row.part, "")
    name = inert(f"{letter or '·'} {part or reading.teller.unit(row.holder)}")
    look = "plain" if row.verdict == "reached" else "bad" if row.quota.mode == "assigned" else "warn"
    lack = {"reached": "✓", "over": f"{tr('vượt')} {row.over}"}.get(
        row.verdict, f"{row.short} {'' if look == 'bad' else '(đn)'}"
    )
    numbers = f"{row.needed:>5}{row.reached:>6}{row.honoured:>5}{row.replicated:>5}  "
    return [Piece(fit(name, width + 3), "label"), Piece(numbers, look), Piece(lack, look)]
