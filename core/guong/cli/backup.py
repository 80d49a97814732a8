"""`guong backup`: a copy, keys apart."""

from __future__ import annotations

from pathlib import Path

import click

from guong.cli.shared import note, opened


@click.command("backup")
@click.argument("target", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option(
    "--keys",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Nơi khác để chép khóa; không nêu thì khóa không được chép.",
)
@click.pass_context
def command(ctx: click.Context, target: Path, keys: Path | None) -> None:
    """Sao lưu sổ vào một thư mục mới, rồi kiểm tra bản sao.

    Sao lưu được cả khi có người đang ghi.

    \b
    Ví dụ:  guong backup /usb/so-2024 --keys /ket-sat/khoa-2024
    """
    from guong.book import Book
    from guong.checking import check

    with opened(ctx) as book:
        book.backup(target, keys)
    with Book(target) as copy:
        head, faults = copy.log.head(), [one for one in check(copy) if one.kind != "key-missing"]
    for fault in faults:
        note(f"bản sao: {fault.message}")
    note(
        f"đã sao {head} mục vào {target}; "
        + (f"khóa ở {keys}" if keys else "không kèm khóa: tên và lời niêm phong không mở được từ bản sao")
    )
