"""`guong view`: how far the view has come, and making it anew."""

from __future__ import annotations

import click

from guong.cli.shared import dump, facts, json_option, note, opened


@click.group("view")
def command() -> None:
    """Bản chiếu: phần suy ra từ sổ để hỏi cho nhanh; xóa đi thì sổ tự dựng lại."""


@command.command("status")
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Xem bản chiếu đã đến mục nào, lớn bao nhiêu; không dựng thêm gì.

    \b
    Ví dụ:  guong view status
    """
    with opened(ctx) as book:
        projector = book.projector
        at, head, size, sealed = projector.position(), book.log.head(), projector.size(), projector.words.sealed
        if as_json:
            dump({"position": at, "head": head, "bytes": size, "file": str(projector.path), "sealed": sealed})
            return
        facts([
            ("Tệp", str(projector.path)), ("Đã đến mục", f"#{at}"), ("Sổ có đến mục", f"#{head}"),
            ("Còn phải đọc", f"{head - at} mục" if head > at else "không"), ("Cỡ", f"{size / 1e6:.1f} MB"),
            ("Tìm theo tên", "được" if sealed else "không, vì ở đây không có khóa của sổ"),
        ])  # fmt: skip


@command.command("rebuild")
@click.pass_context
def rebuild(ctx: click.Context) -> None:
    """Bỏ bản chiếu và dựng lại từ sổ; sổ không bị thay đổi.

    \b
    Ví dụ:  guong view rebuild
    """
    with opened(ctx) as book:
        book.projector.rebuild()
        note(f"đã dựng lại đến mục #{book.projector.position()}")
