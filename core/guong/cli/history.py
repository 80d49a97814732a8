"""`guong history`: the entries about one exemplar, with both dates of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import json_option, listing, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.book import Book
    from guong.telling import Teller
    from guong.view.entries import EntryRow


@click.command("history")
@click.argument("exemplar", metavar="MÃ")
@json_option
@click.pass_context
def command(ctx: click.Context, exemplar: str, as_json: bool) -> None:
    """Xem mọi mục về một điển hình với hai ngày: xảy ra và ghi sổ; mục ghi chậm có dấu ⚠.

    \b
    Ví dụ:  guong history 7q3k
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        found = book.view.find("exemplar", exemplar)
        teller, limits = Teller(book), _limits(book)
        rows = [_row(book, teller, one, limits.get(one.plan)) for one in _entries(book, found.id)]
        heads = [("Mục", "number"), ("Xảy ra", "happened"), ("Ghi sổ", "recorded"), ("Chậm", "told"), ("Việc", "line")]
        if as_json:
            rows = [{key: value for key, value in row.items() if key not in ("number", "told")} for row in rows]
        listing(heads, rows, "mục", as_json=as_json)


def _limits(book: Book) -> dict[str, int]:
    """Return, by plan, from how many days on an entry is late."""
    return {plan.key: plan.declared.late_after_days for plan in book.view.states("plan")}


def _entries(book: Book, exemplar: str) -> Iterator[EntryRow]:
    from guong.view.entries import Wanted, page_after

    position = 0
    while rows := page_after(book.view, position, Wanted(exemplar=exemplar)):
        yield from rows
        position = rows[-1].position


def _row(book: Book, teller: Teller, row: EntryRow, limit: int | None) -> dict[str, Any]:
    from guong.domain.dates import show

    stored = book.log.read(row.position - 1, 1)[0]
    late = limit is not None and row.delay >= limit
    return {
        "position": row.position, "number": f"#{row.position}", "happened": show(row.occurred_on or None),
        "recorded": teller.recorded(stored.entry) if stored.entry else "‹chưa rõ›", "delay": row.delay, "late": late,
        "told": f"{row.delay} ngày{' ⚠' if late else ''}" if row.delay else "", "line": f"{teller.title(stored)}: {teller.line(stored)}",
    }  # fmt: skip
