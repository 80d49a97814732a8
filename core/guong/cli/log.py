"""`guong log`: every entry, streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, json_option, opened, out

if TYPE_CHECKING:
    from guong.domain.entry import Stored
    from guong.telling import Teller


@click.command("log")
@click.option("--after", metavar="SỐ", type=click.IntRange(0, 2**63 - 1), default=0, help="Chỉ các mục sau số này.")
@click.option("--closed", is_flag=True, help="Không mở phần niêm phong.")
@json_option
@click.pass_context
def command(ctx: click.Context, after: int, closed: bool, as_json: bool) -> None:
    """Xem mọi mục ghi theo thứ tự ghi.

    Với --json, mỗi mục là một đối tượng JSON trên một dòng.

    \b
    Ví dụ:  guong log --json | head
            guong log --after 120
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        teller = Teller(book)
        for stored in book.log.all(after):
            if as_json:
                dump(entry_json(teller, stored, closed=closed), compact=True)
            elif stored.entry is None:
                out(f"#{stored.position}  {stored.topic}  ‹{stored.unread}›")
            else:
                entry = stored.entry
                line = teller.title(stored) if closed else f"{teller.title(stored)}: {teller.line(stored)}"
                out(f"#{stored.position}  {teller.recorded(entry)}  {entry.occurred_on:<10}  {entry.by}  {line}")
                for finding in teller.findings(entry) if not closed else ():
                    out(f"    ⚑ Phát hiện {finding}", fg="magenta")


def entry_json(teller: Teller, stored: Stored, *, closed: bool = False) -> dict[str, Any]:
    """Return an entry as JSON: its place, its envelope as stored, and under `opened` what was sealed."""
    import msgspec

    place = {"position": stored.position, "stream": stored.stream, "version": stored.version, "topic": stored.topic}
    if stored.entry is None:
        return {**place, "unread": stored.unread}
    opened = {} if closed or not stored.entry.sealed else {"opened": teller.secret(stored.entry)}
    return {**place, **msgspec.to_builtins(stored.entry), **opened}
