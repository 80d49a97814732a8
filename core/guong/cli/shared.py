"""What commands share: the book they open, the options they have in common, and how they print."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from guong.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guong.book import Book
    from guong.view.moments import Moment

_SHORT = 20_000
"""Entries that are read in a second or two."""

json_option = click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình khác đọc.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Chỉ xét, không ghi gì.")
clock_option = click.option(
    "--clock-reason", metavar="LÝ_DO", default="", help="Vì sao đồng hồ máy nhảy xa mà vẫn đúng."
)
at_option = click.option(
    "--at", metavar="NGÀY", default="", help="Như vào ngày này, viết như 31/12/2024; mặc định hôm nay."
)

field_option = click.option("--field", metavar="MÃ", default="", help="Chỉ lĩnh vực này.")


def moment_options(command: Any) -> Any:
    """Add the options that name a moment of the book; `moment_of` reads them."""
    at = click.option(
        "--at",
        metavar="LÚC",
        default="",
        help="Như sổ đã ghi đến hết ngày, giờ hoặc mục này: 30/11/2024, '30/11/2024 17:30', #120.",
    )
    by = click.option(
        "--happened-by", metavar="NGÀY", default="", help="Những gì đã xảy ra đến hết ngày này, như biết đến nay."
    )
    return at(by(command))


def moment_of(book: Book, at: str, happened_by: str, *, say: bool = True) -> Moment:
    """Return the moment that the options name, the head where they name none; say on stderr which one is shown.

    Raises:
        UsageError: both are given, or one is no moment of the book.
    """
    from guong.errors import UsageError
    from guong.view import moments

    if at and happened_by:
        raise UsageError(
            "--at và --happened-by không đi cùng nhau", "--at hỏi sổ đã ghi gì, --happened-by hỏi đã xảy ra gì"
        )
    view = book.view
    moment = moments.happened(view, happened_by) if happened_by else moments.stood(view, at, book.zone)
    if say and moment.asked:
        note(moments.worded(view, moment, book.zone))
    return moment


@contextmanager
def opened(ctx: click.Context) -> Iterator[Book]:
    """Open, once a command, the book that `-C`, `GUONG_BOOK` or the current folder names; a sample says so on stderr."""
    from guong import places
    from guong.book import Book

    root = ctx.find_root()
    if "book" not in root.obj:
        book = root.obj["book"] = Book(places.find(root.obj["folder"]))
        book.progress = _Progress()
        root.call_on_close(book.close)
        if book.state.sample:
            note("SỔ MẪU: mọi người trong sổ này đều là hư cấu")
    yield root.obj["book"]


class _Progress:
    """Shows on stderr how far long work on the view has come; short work says nothing."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._at = 0

    def __call__(self, at: int, head: int) -> None:
        if self._bar is None and head - at < _SHORT:
            return
        if self._bar is None:
            self._bar, self._at = click.progressbar(length=head, label="Dựng bản chiếu", file=sys.stderr), 0
        self._bar.update(at - self._at)
        self._at = at
        if at >= head:
            self._bar.render_finish()
            self._bar = None


def one_of(title: str, given: str | None, known: Sequence[str]) -> None:
    """Refuse what a filter names and the book does not have, instead of showing nothing.

    Raises:
        GuongError: with what may have been meant.
    """
    from guong.errors import GuongError
    from guong.forms import nearest

    if given and given not in known:
        near = nearest(given, known)
        raise GuongError(f"không có {title} {given}", f"có phải là {near}?" if near else f"đang có: {', '.join(known)}")


def day_of(book: Book, at: str) -> str:
    """Return the day that `--at` names in stored form, today in the book's zone where it names none.

    Raises:
        UsageError: it is no date, or leaves the day open.
    """
    import datetime as dt

    from guong.domain.dates import paper_date
    from guong.errors import UsageError

    if not at:
        return dt.datetime.now(book.zone).date().isoformat()
    try:
        date = paper_date(at)
    except ValueError:
        raise UsageError(f"--at: {at} không phải là một ngày", "viết như 31/12/2024") from None
    if not date.day:
        raise UsageError(f"--at: {at} chưa nêu ngày nào", "viết đủ ngày, tháng, năm, như 31/12/2024")
    return str(date)


def acting(ctx: click.Context) -> tuple[str, str]:
    """Return the key of the officer who acts and where that is known from; both empty when nobody is named."""
    from guong import settings

    if ctx.obj["by"]:
        source = ctx.find_root().get_parameter_source("by")
        return ctx.obj["by"], "GUONG_OFFICER" if source is click.core.ParameterSource.ENVIRONMENT else "--by"
    mine = settings.load().officer
    return (mine, str(settings.folder() / "settings.toml")) if mine else ("", "")


def out(text: str = "", **style: Any) -> None:
    """Print a line of data; nothing in it can act on the terminal."""
    click.echo(click.style(safe(text), **style) if style else safe(text))


def note(text: str) -> None:
    """Print a line that is not data, on stderr."""
    click.echo(safe(text), err=True)


def dump(value: Any, *, compact: bool = False) -> None:
    """Print a JSON value: UTF-8 as it is, keys sorted; one line with `compact`."""
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=None if compact else 2))


def table(heads: Sequence[str], rows: Iterable[Sequence[str | float]], *, widest: int = 46) -> list[str]:
    """Return a table as lines: numbers to the right, text to the left, long text cut with an ellipsis."""
    cells = [[_cut(cell, widest) for cell in row] for row in rows]
    numeric = (
        [all(isinstance(row[column], int | float) for row in cells) for column in range(len(heads))]
        if cells
        else [False] * len(heads)
    )
    widths = [max([len(head), *(len(worded(row[column])) for row in cells)]) for column, head in enumerate(heads)]

    def line(row: Sequence[str | float]) -> str:
        sides = zip(row, widths, numeric, strict=True)
        return "  ".join(
            worded(cell).rjust(width) if right else worded(cell).ljust(width) for cell, width, right in sides
        ).rstrip()

    return [line(heads), "  ".join("─" * width for width in widths), *(line(row) for row in cells)]


def listing(heads: Sequence[tuple[str, str]], rows: Sequence[dict[str, Any]], what: str, *, as_json: bool) -> None:
    """Print rows as JSON, or as a table of the columns (title, key) with how many there are."""
    if as_json:
        dump(rows)
        return
    for line in table([title for title, _ in heads], [[str(row[key]) for _, key in heads] for row in rows]):
        out(line)
    note(f"{len(rows)} {what}")


def facts(pairs: Iterable[tuple[str, str]], *, width: int = 16) -> None:
    """Print what is known of something, a line a fact; a fact that is empty is left out."""
    for label, text in pairs:
        if text:
            out(f"  {label:<{width}} {text}")


def worded(cell: str | float) -> str:
    """Return a cell as text, a number with the decimal comma that offices write."""
    return cell if isinstance(cell, str) else str(cell).replace(".", ",")


def _cut(cell: str | float, widest: int) -> str | float:
    return cell if not isinstance(cell, str) or len(cell) <= widest else cell[: widest - 1] + "…"


def row_of(value: Any) -> dict[str, Any]:
    """Return a typed result as a dictionary."""
    fields: dict[str, Any] = value._asdict()
    return fields
