"""`guong plugins`: what plugins there are, and why some are refused."""

from __future__ import annotations

import click

from guong.cli.shared import dump, json_option, note, out, row_of
from guong.errors import BookError


@click.group("plugins", invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Xem các plugin: mang gì, và vì sao có plugin bị từ chối.

    \b
    Ví dụ:  guong plugins --json
            guong plugins trust linh-vuc-a
    """
    if ctx.invoked_subcommand:
        return
    from guong import places
    from guong.plugins import Plugins

    try:
        folder = places.find(ctx.obj["folder"])
    except BookError:
        if ctx.obj["folder"]:
            raise
        folder = None
    reports = Plugins(folder).report()
    if as_json:
        dump([row_of(report) for report in reports])
        return
    for report in reports:
        out(f"{report.key:<22} {report.where}")
        out(
            f"    TỪ CHỐI: {report.refused}"
            if report.refused
            else f"    mang: {', '.join(report.brings)}  ({', '.join(report.hooks)})"
        )
    note(f"{len(reports)} plugin, {sum(bool(report.refused) for report in reports)} bị từ chối")


@command.command("trust")
@click.argument("key", metavar="MÃ")
@click.pass_context
def trust(ctx: click.Context, key: str) -> None:
    """Chấp nhận, trên máy này, một plugin của sổ.

    Đó là plugin nằm trong sổ, hoặc ở thư mục mà guong.toml của sổ nêu. Chỉ đúng nội dung hiện giờ được chấp nhận,
    và bản được chấp nhận là bản sẽ chạy. Xem mã của nó trước.

    \b
    Ví dụ:  guong -C so-nhan-duoc plugins trust linh-vuc-a
    """
    from guong import places
    from guong.folders import trust as accept

    digest = accept(places.find(ctx.obj["folder"]), key)
    note(f"đã chấp nhận {key}, nội dung {digest[:16]}; đổi một chữ là phải chấp nhận lại")
