"""`guong search`: entries by the words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, json_option, note, opened
from guong.text import safe

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.entry import Stored
    from guong.telling import Teller


@click.command("search")
@click.argument("text", metavar="CHỮ", nargs=-1, required=True)
@click.option("--limit", metavar="SỐ", type=click.IntRange(1, 1000), default=20, help="Bao nhiêu mục; mặc định 20.")
@click.option("--before", metavar="SỐ", type=click.IntRange(0, 2**63 - 1), default=0, help="Chỉ các mục trước số này.")
@json_option
@click.pass_context
def command(ctx: click.Context, text: tuple[str, ...], limit: int, before: int, as_json: bool) -> None:
    """Tìm mục ghi theo chữ: tên, ghi chú, văn bản; có dấu hay không dấu đều được.

    Mục mới nhất ở trên; chữ tìm thấy đặt giữa « ». Mọi chữ phải có, mỗi chữ là một tiếng trọn vẹn.

    \b
    Ví dụ:  guong search nguyen van a
            guong search "12/QĐ" --json
    """
    from guong.telling import Teller
    from guong.view.search import search

    with opened(ctx) as book:
        wanted = " ".join(text)
        found = search(book.view, wanted, before=before, limit=limit)
        teller = Teller(book)
        hits = [_hit(book, teller, book.log.read(position - 1, 1)[0], wanted) for position in found.positions]
        if not found.sealed:
            note("không có khóa của sổ: tên người và phần niêm phong không tìm được")
        if as_json:
            dump(hits)
            return
        for hit in hits:
            codes = f"  [{', '.join(hit['exemplars'])}]" if hit["exemplars"] else ""
            click.echo(safe(f"#{hit['position']}  {hit['title']}{codes}"))
            for one in hit["texts"]:
                click.echo(f"    {safe(one['label'])}: {_shown(one['text'], one['marks'])}")
        more = f"; xem tiếp: --before {found.positions[-1]}" if found.more else ""
        note(f"{len(hits)} mục{more}")


def _hit(book: Book, teller: Teller, stored: Stored, wanted: str) -> dict[str, Any]:
    """Return an entry that was found, and its texts in which the words stand, each with where they stand."""
    from guong.view.search import marked

    line = teller.line(stored)
    texts = [("Kể", line), *((label, text) for label, text in teller.answers(stored) if text not in line)]
    if stored.entry is not None:
        secret = teller.secret(stored.entry)
        free = [
            ("Lý do", secret.get("reason") or stored.entry.reason),
            ("Ghi chú", secret.get("note") or stored.entry.note),
        ]
        texts += [(label, str(value)) for label, value in free if value]
        texts += [("Văn bản", paper) for paper in teller.papers(stored.entry)]
    told = [{"label": label, "text": text, "marks": spans} for label, text in texts if (spans := marked(text, wanted))]
    codes = [row.short for row in book.view.exemplars(subject=stored.stream)] if stored.kind == "subject" else []
    if stored.kind == "exemplar":
        codes = [book.view.abbreviation(stored.stream, "exemplar")]
    return {"position": stored.position, "title": teller.title(stored), "exemplars": codes, "texts": told}


def _shown(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with the words that were found between marks, in bold where there are colours."""
    parts, at = [], 0
    for start, end in spans:
        parts += [safe(text[at:start]), click.style(f"«{safe(text[start:end])}»", bold=True)]
        at = end
    return "".join([*parts, safe(text[at:])])
