"""`guong tui`: the audit UI, a command that a plugin adds like any other."""

from __future__ import annotations

import os

import click

from guong.cli.shared import opened


@click.command("tui")
@click.option("--at", metavar="LÚC", default="", help="Bắt đầu ở ngày, giờ hoặc mục này: 31/12/2024, #120.")
@click.option("--field", metavar="MÃ", default="", help="Chỉ xem chỉ tiêu và điển hình của lĩnh vực này.")
@click.pass_context
def command(ctx: click.Context, at: str, field: str) -> None:
    """Phát lại sổ trên màn hình: xem từng mục ghi, sổ vào từng lúc, từng điển hình.

    \b
    Ví dụ:  guong -C so-mau tui
            guong tui --at 30/11/2024 --field linh-vuc-a
    """
    from guong_tui.reading import Reading  # noqa: PLC0415 - `--help` reads no book

    with opened(ctx) as book:
        reading = Reading(book)
        if not reading.behind:
            reading.start(at, field)  # what is wrong is told before the screen is taken
        from guong_tui.app import ReplayApp  # noqa: PLC0415 - nor does what is refused need a screen

        # Over ssh the mouse would send every movement of it.
        failed = ReplayApp(reading, at, field).run(mouse=not os.environ.get("SSH_CONNECTION"))
        if failed is not None:
            raise failed
