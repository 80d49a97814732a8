"""`guong duties`: who had to do what by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import at_option, day_of, dump, json_option, note, one_of, opened, out, row_of, table

if TYPE_CHECKING:
    from guong.book import Book
    from guong.duties import DutyRow
    from guong.telling import Teller

_HEADS = ("Nhiệm vụ", "Đơn vị", "", "Hạn", "Trạng thái", "Ngày", "Mục", "Văn bản", "Đôn đốc")


@click.command("duties")
@at_option
@click.option("--plan", metavar="MÃ", help="Chỉ kế hoạch này.")
@click.option("--unit", metavar="ĐƠN_VỊ", help="Chỉ đơn vị này: được giao, hoặc nay kế thừa.")
@json_option
@click.pass_context
def command(ctx: click.Context, at: str, plan: str | None, unit: str | None, as_json: bool) -> None:
    """Xem ai phải làm gì, hạn nào, và đã xong hay chưa.

    Đơn vị chỉ được đề nghị thì không bị coi là quá hạn.

    \b
    Ví dụ:  guong duties --at 31/12/2024
            guong duties --unit don-vi-1 --json
    """
    from guong.duties import STATUSES, of_book
    from guong.telling import Teller

    with opened(ctx) as book:
        view, day = book.view, day_of(book, at)
        one_of("kế hoạch", plan, view.plans())
        one_of("đơn vị", unit, view.keys("unit"))
        teller = Teller(book)
        found = [row for key in view.plans() if plan in (None, key) for row in of_book(book, key, day)]
        rows = [_told(book, teller, row, day) for row in found if unit in (None, row.unit, row.holder)]
        if as_json:
            dump(rows)
            return
        for line in table(_HEADS, [_cells(row) for row in rows]) if rows else ():
            out(line)
        counts = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
        told = ", ".join(f"{count} {STATUSES[key]}" for key, count in counts.items() if count)
        note(f"{len(rows)} nhiệm vụ{': ' if told else ' vào ngày đó'}{told}")


def _told(book: Book, teller: Teller, row: DutyRow, day: str) -> dict[str, Any]:
    """Return a row with units by their names of that day, the number of its paper, and its status in words."""
    from guong.domain.plan import MODES
    from guong.duties import STATUSES

    late = " sau hạn" if row.late else ""
    return {
        **row_of(row), "at": day, "unit_name": teller.unit(row.unit, day), "holder_name": teller.unit(row.holder, day),
        "mode_title": MODES[row.mode], "status_title": STATUSES[row.status] + late, "paper": _paper(book, row.position),
    }  # fmt: skip


def _paper(book: Book, position: int) -> str:
    """Return number and notation of the papers that an entry rests on; empty where there is none."""
    entry = book.log.read(position - 1, 1)[0].entry if position else None
    numbers = (
        "/".join(part for part in (paper.number, paper.notation) if part) for paper in (entry.basis if entry else ())
    )
    return "; ".join(number for number in numbers if number)


def _cells(row: dict[str, Any]) -> list[str | int]:
    from guong.domain.dates import show

    held = "" if row["holder"] == row["unit"] else f" → {row['holder_name'] or 'chưa rõ ai kế thừa'}"
    return [
        row["duty"], row["unit_name"] + held, row["mode_title"], show(row["due"]) if row["due"] else "",
        row["status_title"], show(row["on"]) if row["on"] else "", f"#{row['position']}" if row["position"] else "",
        row["paper"], row["reminded"],
    ]  # fmt: skip
