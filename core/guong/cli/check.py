"""`guong check`: is the book whole."""

from __future__ import annotations

import click

from guong.cli.shared import dump, json_option, note, opened, out, row_of
from guong.exits import Exit


@click.command("check")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Kiểm tra mọi mục ghi, khóa và tệp minh chứng; không sửa gì.

    \b
    Ví dụ:  guong check
    """
    from guong.checking import check

    with opened(ctx) as book:
        faults = list(check(book))
        if as_json:
            dump([row_of(fault) for fault in faults])
        else:
            for fault in faults:
                out(fault.message, **({"fg": "red"} if fault.serious else {}))
        serious = sum(fault.serious for fault in faults)
        note(f"{book.log.head()} mục; {serious} lỗi, {len(faults) - serious} điều nên biết; chưa ký, chưa niêm phong")
    return Exit.DAMAGED if serious else Exit.OK
