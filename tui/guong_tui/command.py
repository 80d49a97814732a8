"""`guong tui`: the audit UI, a command that a plugin adds like any other."""

from __future__ import annotations

import os

import click

from guong.cli.shared import acting, opened


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
    from guong import settings
    from guong.errors import UsageError
    from guong_tui.bookmarks import Bookmarks
    from guong_tui.reading import Reading

    if os.environ.get("TERM") == "dumb":
        raise UsageError(
            "TERM=dumb: cửa sổ này không vẽ được màn hình", "dùng guong log, guong show, guong board, guong replay"
        )
    with opened(ctx) as book:
        reading = Reading(book, Bookmarks(book.state.id))
        if not reading.behind:
            reading.start(at, field)  # what is wrong is told before the screen is taken
        from guong_tui import keymap, themes
        from guong_tui.app import ReplayApp

        mine = settings.load().tui
        keymap.check(mine.keys, str(settings.folder() / "settings.toml"))
        app = ReplayApp(
            reading, at=at, field=field, by=acting(ctx)[0], theme=themes.chosen(mine.theme), own_keys=mine.keys
        )
        failed = app.run(mouse=not os.environ.get("SSH_CONNECTION"))  # over ssh every movement of it would be sent
        if failed is not None:
            raise failed
