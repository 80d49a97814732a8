"""`guong plugins`: what plugins there are, and why some are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.cli.shared import at_book, dump, json_option, note, opened, out, row_of
from guong.errors import GuongError, PluginError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.plugins import Report


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

    book = places.find(ctx.obj["folder"]) if at_book(ctx) else None
    plugins, wanted = Plugins(book), _needed(ctx) if book else {}
    reports = [*plugins.report(), *_commands()]
    missing = [_missing(key) for key in wanted if key not in plugins.sources()]
    if as_json:
        dump([{**row_of(report), "needed": wanted.get(report.key, "")} for report in (*reports, *missing)])
        return
    for report in (*reports, *missing):
        out(f"{report.key:<22} {report.where}".rstrip())
        if not report.refused:
            out(f"    mang: {', '.join(report.brings)}  ({', '.join(report.hooks)})")
            continue
        out(f"    {'TỪ CHỐI' if report.where else 'THIẾU'}: {report.refused}")
        if report.key in wanted:
            out(f"    sổ cần nó: {wanted[report.key]}")
    lacking = f", thiếu {len(missing)}" if missing else ""
    note(f"{len(reports)} plugin, {sum(bool(report.refused) for report in reports)} bị từ chối{lacking}")


def _commands() -> Iterator[Report]:
    """Load every command that a plugin adds, and tell which one cannot be."""
    from guong.cli import load_command, plugin_commands
    from guong.entrypoints import where
    from guong.plugins import Report

    for name, points in sorted(plugin_commands().items()):
        refused = ""
        try:
            load_command(name, points)
        except PluginError as error:
            refused = error.message
        places = "; ".join(where(point) for point in points)
        hooks, brings = ((), ()) if refused else (("guong.commands",), (f"guong {name}",))
        yield Report(name, places, hooks, brings, refused)


def _needed(ctx: click.Context) -> dict[str, str]:
    """Return which plugins the book needs and what for; nothing where it cannot be read, which is said."""
    from guong.checking import needed

    try:
        with opened(ctx) as book:
            return needed(book)
    except GuongError as error:
        note(f"chưa rõ sổ cần plugin nào: {error.message}")
        return {}


def _missing(key: str) -> Report:
    from guong.plugins import Report, allowed

    return Report(key, "", (), (), "không có trên máy này" if allowed(key) else "GUONG_PLUGINS không nêu nó")


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
