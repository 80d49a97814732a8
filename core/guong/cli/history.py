"""`guong history`: the entries about one exemplar, with both dates of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, json_option, note, opened, out

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
        if as_json:
            dump(rows)
            return
        out(f"{'Mục':<8}{'Xảy ra':<12}{'Ghi sổ':<18}{'Chậm':<12}Việc", bold=True)
        for row in rows:
            delay = f"{row['delay']} ngày{' ⚠' if row['late'] else ''}" if row["delay"] else ""
            out(f"#{row['position']:<7}{row['happened']:<12}{row['recorded']:<18}{delay:<12}{row['line']}")
        note(f"{len(rows)} mục, {sum(row['late'] for row in rows)} mục ghi chậm")


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
        "position": row.position, "happened": show(row.occurred_on or None),
        "recorded": teller.recorded(stored.entry) if stored.entry else "‹chưa rõ›", "delay": row.delay, "late": late,
        "line": f"{teller.title(stored)}: {teller.line(stored)}",
    }  # fmt: skip
