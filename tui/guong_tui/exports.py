"""Taking things out: entries, a life, the board, as CSV, JSONL or Markdown. Needs no screen.

with Book(folder) as book:
    reading = Reading(book, Bookmarks(book.state.id))
    save(entry_table(reading, range(1, reading.head + 1)), Path("danh-sach.csv"))
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from guong.domain.plan import BOUNDS, MODES
from guong.domain.streams import STEPS
from guong.errors import UsageError
from guong.view import board, entries
from guong_tui.inert import inert
from guong_tui.life import graph
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from guong.view.moments import Moment
    from guong_tui.living import Living
    from guong_tui.reading import Reading

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: a sheet would run it as a formula."""
CHUNK = 500
"""Entries read at a time."""

Record = dict[str, Any]


class Table(NamedTuple):
    """What is taken out.

    Attributes:
        title: What it is.
        heads: Key of a column to its Vietnamese head, in their order.
        records: One a line, a value a column; read as they are written.
        lines: How many.
    """

    title: str
    heads: dict[str, str]
    records: Iterable[Record]
    lines: int


ENTRY = {
    "position": "Mục", "id": "Mã mục", "recorded_at": "Ghi lúc", "occurred_on": "Xảy ra", "delay": "Trễ (ngày)", "step": "Bước",
    "about": "Ai, cái gì", "field": "Lĩnh vực", "unit": "Đơn vị", "officer": "Người ghi", "remarks": "Lưu ý", "said": "Nội dung",
}  # fmt: skip
LIFE = {
    "step": "Bước", "status": "Tình trạng", "position": "Mục", "occurred_on": "Xảy ra", "recorded_at": "Ghi lúc", "delay": "Trễ (ngày)",
    "officer": "Người ghi", "papers": "Văn bản", "says": "Vướng mắc",
}  # fmt: skip
BOARD = {
    "plan": "Kế hoạch", "field": "Lĩnh vực", "unit": "Đơn vị chủ trì", "part": "Phần", "mode": "Giao hay đề nghị", "bound": "Mức",
    "needed": "Cần", "discovered": "Phát hiện", "reviewed": "Bình xét đạt", "honoured": "Tôn vinh", "replicated": "Nhân rộng",
    "reached": "Tính được", "short": "Thiếu", "over": "Vượt",
}  # fmt: skip
STATUSES = {
    "done": "đã làm", "early": "sai thứ tự", "unclear": "chưa rõ thứ tự", "missing": "bị bỏ qua", "lifted": "đã bị gỡ",
    "ready": "làm được ngay", "waiting": "đang chờ", "over": "không còn",
}  # fmt: skip


def entry_table(reading: Reading, positions: Sequence[int]) -> Table:
    """Return entries as a table, in the order given."""
    return Table(tr("Danh sách mục ghi"), ENTRY, _entries(reading, positions), len(positions))


def _entries(reading: Reading, positions: Sequence[int]) -> Iterator[Record]:
    teller, zone = reading.teller, reading.book.zone
    for start in range(0, len(positions), CHUNK):
        some = positions[start : start + CHUNK]
        known = {row.position: row for row in entries.at(reading.view, some)}
        for position in some:
            row, stored = known.get(position), reading.stored(position)
            if row is None or stored is None:
                continue
            said = "; ".join(f"{label}: {text}" for label, text in teller.answers(stored))
            yield {
                "position": position, "id": row.id, "recorded_at": row.recorded_at.astimezone(zone).isoformat(timespec="seconds"),
                "occurred_on": row.occurred_on, "delay": row.delay, "step": STEPS[row.step].title if row.step in STEPS else row.step,
                "about": reading.who(row), "field": row.field, "unit": teller.unit(row.unit), "officer": row.officer,
                "remarks": "; ".join(teller.remark(one, stored.entry) for one in stored.entry.remarks) if stored.entry else row.unread,
                "said": said,
            }  # fmt: skip


def life_table(reading: Reading, one: Living) -> Table:
    """Return a life as a table: every step of the plan's graph, a line for each time it was taken."""
    title = reading.teller.name(one.state.subject) if one.state else tr("Vòng đời")
    records = list(_steps(reading, one))
    return Table(title, LIFE, records, len(records))


def _steps(reading: Reading, one: Living) -> Iterator[Record]:
    teller = reading.teller
    for node in graph(one.plan, one.state, one.counted) if one.state else ():
        shared = {"step": node.step.title, "status": tr(STATUSES[node.status]), "says": "; ".join(node.says)}
        blank = dict.fromkeys(LIFE, "")
        if not node.taken:
            yield {**blank, **shared}
        for stored in node.taken:
            entry = stored.entry
            if entry is not None:
                yield {
                    **shared, "position": stored.position, "occurred_on": entry.occurred_on, "recorded_at": teller.recorded(entry),
                    "delay": one.delays.get(stored.position, 0), "officer": teller.officer(entry.by),
                    "papers": "; ".join(teller.papers(entry)),
                }  # fmt: skip


def board_table(reading: Reading, position: int) -> Table:
    """Return the quota board at a position as a table."""
    records = list(_quotas(reading, reading.moment(position)))
    return Table(tr("Bảng chỉ tiêu"), BOARD, records, len(records))


def _quotas(reading: Reading, moment: Moment) -> Iterator[Record]:
    for one in board.boards(reading.view, moment):
        for row in one.rows:
            yield {
                "plan": one.plan.key, "field": row.field, "unit": reading.teller.unit(row.holder),
                "part": row.quota.parts.get(row.part, ""),
                "mode": MODES.get(row.quota.mode, row.quota.mode), "bound": BOUNDS.get(row.quota.bound, row.quota.bound),
                "needed": row.needed, "discovered": row.discovered, "reviewed": row.reviewed, "honoured": row.honoured,
                "replicated": row.replicated, "reached": row.reached, "short": row.short, "over": row.over,
            }  # fmt: skip


def _csv(table: Table, file: TextIO) -> Iterator[None]:
    writer = csv.writer(file)
    writer.writerow([tr(head) for head in table.heads.values()])
    for record in table.records:
        writer.writerow([guarded(record[key]) for key in table.heads])
        yield


def guarded(value: object) -> object:
    """Return a cell as a sheet may have it: nothing that a sheet would run as a formula."""
    text = inert(value) if isinstance(value, str) else value
    return f"'{text}" if isinstance(text, str) and text.lstrip().startswith(FORMULA) else text


def _jsonl(table: Table, file: TextIO) -> Iterator[None]:
    for record in table.records:
        file.write(json.dumps({key: record[key] for key in table.heads}, ensure_ascii=False) + "\n")
        yield


def _markdown(table: Table, file: TextIO) -> Iterator[None]:
    file.write(f"# {_plain(table.title)}\n\n")
    file.write("| " + " | ".join(tr(head) for head in table.heads.values()) + " |\n")
    file.write("|" + " --- |" * len(table.heads) + "\n")
    for record in table.records:
        file.write("| " + " | ".join(_plain(record[key]) for key in table.heads) + " |\n")
        yield


def _plain(value: object) -> str:
    """Return a cell in which nothing is markup."""
    text = inert(str(value)).replace("\\", "\\\\")
    for sign in "|*_`[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return text


WRITERS: dict[str, Callable[[Table, TextIO], Iterator[None]]] = {".csv": _csv, ".jsonl": _jsonl, ".md": _markdown}
"""Ending of a file to what writes it."""
ENCODINGS = {".csv": "utf-8-sig"}
"""A spreadsheet takes a CSV file for UTF-8 only where it begins with a mark."""


def save(
    table: Table, path: Path, *, overwrite: bool = False, told: Callable[[int], bool] = lambda _: True
) -> int:  # fmt: skip
    """Write a table to a file and return how many lines it has; the file is there whole or not at all.

    Args:
        table: What.
        path: Where; its ending says how: `.csv`, `.jsonl` or `.md`.
        overwrite: Whether a file that is there may be replaced.
        told: Called with the lines written so far; where it returns False the writing is given up.

    Raises:
        UsageError: the ending is none of these, the folder is missing, the file is there already, or it cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"{path.name}: {tr('đuôi tệp phải là')} {', '.join(WRITERS)}", tr("đặt tên như danh-sach.csv"))
    check_place(path, overwrite=overwrite)
    beside = path.with_name(f".{path.name}.new")
    written = 0
    try:
        with beside.open("w", encoding=ENCODINGS.get(path.suffix.lower(), "utf-8"), newline="") as file:
            for written, _ in enumerate(write(table, file), start=1):
                if written % CHUNK == 0 and not told(written):
                    return 0
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", tr("chọn nơi khác để ghi")) from error
    finally:
        beside.unlink(missing_ok=True)
    return written


def check_place(path: Path, *, overwrite: bool = False) -> None:
    """Refuse a place where nothing can be written.

    Raises:
        UsageError: the folder is missing, or the file is there already.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{tr('không có thư mục')} {path.parent}", tr("tạo thư mục trước, hoặc chọn nơi khác"))
    if path.is_dir() or (path.exists() and not overwrite):
        raise UsageError(f"{path} {tr('đã có')}", "" if path.is_dir() else tr("Enter lần nữa để ghi đè"))
