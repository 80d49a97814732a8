"""`guong board`: the quota board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.cli.shared import dump, json_option, note, one_of, opened, out, table

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow
    from guong.view.queries import View


@click.command("board")
@click.option("--plan", "plans", metavar="MÃ", multiple=True, help="Chỉ kế hoạch này.")
@click.option("--field", metavar="MÃ", help="Chỉ lĩnh vực này.")
@json_option
@click.pass_context
def command(ctx: click.Context, plans: tuple[str, ...], field: str | None, as_json: bool) -> None:
    """Xem bảng chỉ tiêu theo lĩnh vực và đơn vị chủ trì.

    \b
    Ví dụ:  guong -C so-mau board
            guong board --field linh-vuc-a --json
    """
    with opened(ctx) as book:
        view = book.view
        every = view.states("plan")
        for key in plans:
            one_of("kế hoạch", key, [plan.key for plan in every])
        known = [plan for plan in every if not plans or plan.key in plans]
        one_of("lĩnh vực", field, [binding.field for plan in known for binding in plan.declared.fields])
        boards = [(plan, [row for row in view.board(plan) if field in (None, row.field)]) for plan in known]
        if as_json:
            dump([_json(plan, row) for plan, rows in boards for row in rows])
            return
        for plan, rows in boards:
            _show(view, plan, rows)
        if not known:
            note("sổ chưa có kế hoạch nào; ban hành kế hoạch: guong init … --plan MÃ")
        _gaps(book, view)


def _json(plan: Plan, row: BoardRow) -> dict[str, object]:
    quota = {"bound": row.quota.bound, "counts": row.quota.counts, "mode": row.quota.mode, "text": row.quota.text}
    return {
        **row._asdict(),
        "plan": plan.key,
        "quota": {**quota, "reading": row.quota.reading},
        "open": row.field in plan.fields,
    }


def _show(view: View, plan: Plan, rows: list[BoardRow]) -> None:
    declared = plan.declared
    units = {unit.key: unit.name for unit in view.states("unit")}
    out(declared.title, bold=True)
    letters = {binding.field: binding.letter for binding in declared.fields}
    cells: list[list[str | float]] = [
        [
            letters.get(row.field, ""), row.field, units.get(row.holder, row.holder), row.quota.parts.get(row.part, ""),
            {"assigned": "giao", "requested": "đề nghị"}.get(row.quota.mode, row.quota.mode),
            row.needed, row.discovered, row.reviewed, row.honoured, row.replicated, row.short,
        ]
        for row in rows
    ]  # fmt: skip
    heads = (
        "",
        "Lĩnh vực",
        "Đơn vị chủ trì",
        "Phần",
        "",
        "Cần",
        "Phát hiện",
        "Bình xét đạt",
        "Tôn vinh",
        "Nhân rộng",
        "Thiếu",
    )
    lines = table(heads, cells)
    for number, line in enumerate(lines):
        lacking = number >= 2 and rows[number - 2].short > 0
        out(line, **({"fg": "red"} if lacking else {"bold": True} if number == 0 else {}))
    out(
        f"Cộng: cần {sum(row.needed for row in rows)}, đạt {sum(row.reached for row in rows)}, thiếu {sum(row.short for row in rows)}"
    )
    closed = [binding.field for binding in declared.fields if binding.field not in plan.fields]
    if closed:
        note(f"chưa mở (cần plugin cùng tên): {', '.join(closed)}")


def _gaps(book: Book, view: View) -> None:
    """Say what cannot be told in full: entries of newer versions, fields whose code is not here."""
    for position, why in view.unread():
        note(f"#{position}: {why}; vẫn được giữ và đếm")
    sources = book.plugins.sources()
    for field, count in view.fields().items():
        if field not in sources:
            note(f"{count} mục của {field}: cần plugin {field} để chạy quy tắc của lĩnh vực")
