"""`guong board`: the quota board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.cli.shared import dump, json_option, moment_of, moment_options, note, one_of, opened, out, table, worded
from guong.domain.core_rules.general import mark_title, value_title
from guong.domain.dates import show
from guong.domain.plan import BOUNDS, COUNTS, MODES
from guong.domain.quota import plain

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow
    from guong.view.queries import View


@click.command("board")
@click.option("--plan", "plans", metavar="MÃ", multiple=True, help="Chỉ kế hoạch này.")
@click.option("--field", metavar="MÃ", help="Chỉ lĩnh vực này.")
@moment_options
@json_option
@click.pass_context
def command(
    ctx: click.Context, plans: tuple[str, ...], field: str | None, at: str, happened_by: str, as_json: bool
) -> None:
    """Xem bảng chỉ tiêu theo lĩnh vực và đơn vị chủ trì, như nay hoặc như vào một lúc trước đây.

    \b
    Ví dụ:  guong -C so-mau board
            guong board --field linh-vuc-a --json
            guong board --at 30/11/2024
            guong board --happened-by 30/11/2024
    """
    from guong.view.board import boards as boards_at

    with opened(ctx) as book:
        view = book.view
        every = boards_at(view, moment_of(book, at, happened_by))
        for key in plans:
            one_of("kế hoạch", key, [one.plan.key for one in every])
        known = [one for one in every if not plans or one.plan.key in plans]
        one_of("lĩnh vực", field, [binding.field for one in known for binding in one.plan.declared.fields])
        boards = [(plan, [row for row in rows if field in (None, row.field)]) for plan, rows in known]
        if as_json:
            dump([_json(plan, row) for plan, rows in boards for row in rows])
            return
        for plan, rows in boards:
            _show(view, plan, rows)
        if not known:
            when = "lúc ấy" if at or happened_by else ""
            note(f"sổ {when} chưa có kế hoạch nào; ban hành kế hoạch: guong init … --plan MÃ".replace("  ", " "))
        _gaps(book, view)


_TOLD = (
    "key", "bound", "counts", "measure", "unit", "partition", "holder_kind", "mark", "values", "without", "text", "reading",
)  # fmt: skip
"""What JSON says of the quota beside the numbers of the line."""


def _json(plan: Plan, row: BoardRow) -> dict[str, object]:
    return {
        **row._asdict(),
        "plan": plan.key,
        "mode": row.quota.mode,
        "quota": {name: getattr(row.quota, name) for name in _TOLD},
        "open": not row.field or row.field in plan.fields,
    }


def _show(view: View, plan: Plan, rows: list[BoardRow]) -> None:
    out(plan.declared.title, bold=True)
    units = {unit.key: unit.name for unit in view.states("unit")}
    columns = [column for column in _columns(plan, units, rows) if any(cell != "" for cell in column[1:])]
    lines = table([str(head) for head, *_ in columns], list(zip(*(cells for _, *cells in columns), strict=True)))
    for number, line in enumerate(lines):
        verdict = _told(rows[number - 2]) if number >= 2 else ""
        out(line, **({"bold": True} if number == 0 else _STYLES.get(verdict, {})))
    for line in _totals(rows):
        out(line)
    closed = [binding.field for binding in plan.declared.fields if binding.field not in plan.fields]
    if closed:
        note(f"chưa mở (cần plugin cùng tên): {', '.join(closed)}")


_WORDS = {"reached": "đạt", "short": "thiếu", "asked": "còn", "over": "vượt"}
"""What became of a quota; what a unit was only asked for and has not brought is no breach, and is not worded as one."""
_STYLES = {"short": {"fg": "red"}, "over": {"fg": "yellow"}}


def _told(row: BoardRow) -> str:
    return "asked" if row.verdict == "short" and row.quota.mode == "requested" else row.verdict


def _columns(plan: Plan, units: dict[str, str], rows: list[BoardRow]) -> list[list[str | float]]:
    """Return the columns, each under its head; one that says the same of every line of the plan, or nothing, is left empty."""
    letters = {binding.field: binding.letter for binding in plan.declared.fields}
    covered = (plan.declared.since, plan.declared.until)
    several = len({(row.quota.mark, row.quota.values) for row in rows}) > 1
    periods = ["" if (row.since, row.until) == covered else _period(row.since, row.until) for row in rows]
    return [
        ["", *(letters.get(row.field, "") for row in rows)],
        ["Lĩnh vực", *(row.field or ("mọi lĩnh vực" if plan.declared.fields else "") for row in rows)],
        ["Đơn vị chủ trì", *(units.get(row.holder, row.holder) or "cả kế hoạch" for row in rows)],
        ["Phần", *(row.quota.parts.get(row.part, "") for row in rows)],
        ["Thời gian", *periods],
        ["Tính khi", *(_counted(row) if several else "" for row in rows)],
        ["", *(MODES.get(row.quota.mode, row.quota.mode) for row in rows)],
        ["Cần", *(_amount(BOUNDS.get(row.quota.bound, row.quota.bound), row.needed, _in(row)) for row in rows)],
        ["Phát hiện", *(row.discovered for row in rows)],
        ["Bình xét đạt", *(row.reviewed for row in rows)],
        ["Tôn vinh", *(row.honoured for row in rows)],
        ["Nhân rộng", *(row.replicated for row in rows)],
        ["Tính được", *(row.reached for row in rows)],
        ["Kết quả", *(_result(row) for row in rows)],
    ]  # fmt: skip


def _counted(row: BoardRow) -> str:
    """Return the state that a quota counts, in words."""
    values = ", ".join(value_title(row.quota.mark, value) for value in row.quota.values)
    return "; ".join(part for part in (mark_title(row.quota.mark), values) if part)


def _result(row: BoardRow) -> str:
    away = row.short or row.over
    return _amount(_WORDS[_told(row)], away, _in(row)) if away else _WORDS[_told(row)]


def _in(row: BoardRow) -> str:
    return {"measure": row.quota.unit, "subject": COUNTS["subject"]}.get(row.quota.counts, "")


def _period(since: str, until: str) -> str:
    return " ".join([*(["từ", show(since)] if since else []), *(["đến", show(until)] if until else [])])


def _amount(words: str, number: float, unit: str) -> str:
    return " ".join(part for part in (words, worded(number), unit) if part)


def _totals(rows: list[BoardRow]) -> list[str]:
    """Return the sums, of what is assigned and what is requested apart, and of each unit of measure by itself."""
    lines = []
    for mode, unit in sorted(dict.fromkeys((row.quota.mode, _in(row)) for row in rows)):
        same = [row for row in rows if (row.quota.mode, _in(row)) == (mode, unit)]
        needing = [row for row in same if row.quota.bound != "at_most"]
        lacking, over = plain(sum(row.short for row in same)), plain(sum(row.over for row in same))
        parts = [
            _amount("cần", plain(sum(row.needed for row in needing)), unit),
            _amount("tính được", plain(sum(row.reached for row in needing)), unit),
            _amount(_WORDS["asked" if mode == "requested" else "short"], lacking, unit),
            *([_amount(_WORDS["over"], over, unit)] if over else []),
        ]
        asked = " (đề nghị, không phải vi phạm)" if mode == "requested" and lacking else ""
        lines.append(f"Cộng {MODES.get(mode, mode)}: {', '.join(parts)}{asked}")
    return lines


def _gaps(book: Book, view: View) -> None:
    """Say what cannot be told in full: entries of newer versions, fields whose code is not here."""
    for position, why in view.unread():
        note(f"#{position}: {why}; vẫn được giữ và đếm")
    sources = book.plugins.sources()
    for field, count in view.fields().items():
        if field not in sources:
            note(f"{count} mục của {field}: cần plugin {field} để chạy quy tắc của lĩnh vực")
