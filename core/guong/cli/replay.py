"""`guong replay`: the history told step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.cli.shared import dump, json_option, opened, out

if TYPE_CHECKING:
    from guong.domain.entry import Stored
    from guong.telling import Teller


@click.command("replay")
@click.option("--after", metavar="SỐ", type=click.IntRange(0, 2**63 - 1), default=0, help="Chỉ các mục sau số này.")
@json_option
@click.pass_context
def command(ctx: click.Context, after: int, as_json: bool) -> None:
    """Kể lại lịch sử từng bước, theo ngày ghi sổ.

    \b
    Ví dụ:  guong replay
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        teller, day = Teller(book), ""
        for stored in book.log.all(after):
            told = {
                "position": stored.position,
                "day": teller.recorded(stored.entry)[:10] if stored.entry else "‹chưa rõ›",
                "title": teller.title(stored),
                "line": teller.line(stored),
            }
            if as_json:
                dump(told, compact=True)
                continue
            if told["day"] != day:
                day = str(told["day"])
                out(f"\n{day}", bold=True)
            _tell(teller, stored, told)


def _tell(teller: Teller, stored: Stored, told: dict[str, object]) -> None:
    from guong.domain.dates import show

    out(f"  #{stored.position} {told['title']}: {told['line']}")
    entry = stored.entry
    if entry is None:
        return
    happened = f"xảy ra {show(entry.occurred_on)}"
    out(f"      {happened}; {teller.officer(entry.by)} ghi, {entry.role} tại {teller.unit(entry.unit)}", dim=True)
    for remark in entry.remarks:
        out(f"      ⚠ {teller.remark(remark, entry)}", fg="yellow")
