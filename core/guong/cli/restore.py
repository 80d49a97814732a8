"""`guong restore`: a book from a copy."""

from __future__ import annotations

from pathlib import Path

import click

from guong.cli.shared import note
from guong.errors import UsageError


@click.command("restore")
@click.argument("source", metavar="BẢN_SAO", type=click.Path(path_type=Path))
@click.option("--keys", metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Nơi để khóa của bản sao.")
@click.pass_context
def command(ctx: click.Context, source: Path, keys: Path | None) -> None:
    """Khôi phục sổ từ bản sao vào thư mục mới nêu bằng -C.

    \b
    Ví dụ:  guong -C so-moi restore /usb/so-2024 --keys /ket-sat/khoa-2024
    """
    from guong.book import Book
    from guong.restoring import restore

    if not ctx.obj["folder"]:
        raise UsageError("còn thiếu nơi khôi phục", "guong -C THƯ_MỤC_MỚI restore BẢN_SAO")
    folder = Path(ctx.obj["folder"])
    restore(source, folder, keys)
    with Book(folder) as book:
        note(
            f"đã khôi phục {book.log.head()} mục vào {folder}"
            + ("" if keys else "; chưa có khóa: tên và lời niêm phong chưa mở được")
        )
