"""The command line: one file a command, imported when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from guong.exits import Exit
from guong.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMANDS = {
    "demo": "Lập sổ mẫu: trọn một năm của kế hoạch, để xem và thử",
    "init": "Lập sổ mới cho một đơn vị",
    "open": "Ban hành kế hoạch hoặc mở lĩnh vực do plugin mang",
    "record": "Ghi một bước, hoặc nhiều bước từ tệp",
    "board": "Bảng chỉ tiêu: cần bao nhiêu, đã được bao nhiêu",
    "duties": "Nhiệm vụ: ai phải làm gì, hạn nào, đã xong hay chưa",
    "list": "Danh sách điển hình",
    "show": "Một điển hình: trạng thái, văn bản, tiêu chí, các mục ghi",
    "history": "Mọi mục về một điển hình, với ngày xảy ra và ngày ghi",
    "search": "Tìm theo chữ: tên, ghi chú, văn bản",
    "diff": "Điều gì đã đổi giữa hai lúc",
    "subject": "Đối tượng: danh sách, từng đối tượng, gộp trùng, tách lại",
    "unit": "Đơn vị: danh sách, tên và thẩm quyền vào một ngày",
    "officer": "Cán bộ: danh sách, vai trò và chức vụ vào một ngày",
    "file": "Lấy văn bản, minh chứng của một mục ghi ra khỏi sổ",
    "log": "Mọi mục ghi, theo thứ tự ghi",
    "replay": "Kể lại lịch sử từng bước",
    "check": "Kiểm tra sổ: mục ghi, khóa, tệp minh chứng",
    "backup": "Sao lưu sổ, khóa để riêng",
    "restore": "Khôi phục sổ từ bản sao",
    "view": "Bản chiếu để hỏi cho nhanh: đến đâu, dựng lại",
    "rules": "Mọi quy tắc đang xét: của lõi, kế hoạch, lĩnh vực",
    "plugins": "Các plugin, và vì sao có plugin bị từ chối",
    "whoami": "Ai đang ghi, và biết điều đó từ đâu",
}
"""Command to its line of help; the group's own help imports none of them."""


_WORDS = {
    "Options": "Tùy chọn",
    "Commands": "Các lệnh",
    "Show this message and exit.": "In lời giải thích này.",
    "Show the version and exit.": "In phiên bản.",
}
"""What click says in English on every page of help."""


class Formatter(click.HelpFormatter):
    """Help with Vietnamese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        words = args.replace("[OPTIONS]", "[TÙY_CHỌN]").replace("COMMAND [ARGS]...", "LỆNH [...]")
        super().write_usage(prog, words, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of options or commands."""
        super().write_dl([(name, _WORDS.get(text, text)) for name, text in rows], col_max, col_spacing)


click.Context.formatter_class = Formatter


class Lazy(click.Group):
    """A group that knows the names of its commands and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return our own commands, then those that plugins add."""
        return [*COMMANDS, *sorted(_plugin_commands())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name in COMMANDS:
            command: click.Command = import_module(f"guong.cli.{cmd_name}").command
            return command
        points = _plugin_commands().get(cmd_name)
        return _load(cmd_name, points) if points else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which commands there are when one is not known."""
        if self.get_command(ctx, args[0]) is None:
            from guong.forms import nearest

            near = nearest(args[0], self.list_commands(ctx))
            ctx.fail(f"không có lệnh {args[0]}" + (f"; có phải là {near}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Các lệnh"):
            formatter.write_dl([*COMMANDS.items(), *((name, "(plugin)") for name in sorted(_plugin_commands()))])


def _plugin_commands() -> dict[str, list[Any]]:
    from guong.entrypoints import points

    found: dict[str, list[Any]] = {}
    for point in points("guong.commands"):
        if point.name not in COMMANDS:
            found.setdefault(point.name, []).append(point)
    return found


def _load(name: str, points: list[Any]) -> click.Command:
    """Import the command that a plugin adds.

    Raises:
        PluginError: it cannot be imported, or two plugins add one of this name.
    """
    from guong.errors import PluginError

    where = "; ".join(f"{point.dist.name} {point.dist.version}" if point.dist else point.value for point in points)
    if len(points) > 1:
        raise PluginError(f"{len(points)} plugin cùng nhận lệnh {name}: {where}", "gỡ bớt một")
    try:
        command: click.Command = points[0].load()
    except (Exception, SystemExit) as error:
        reason = f"{type(error).__name__}: {error}"
        raise PluginError(f"lệnh {name} của plugin {where} không dùng được: {reason}") from error
    return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C", "folder", metavar="THƯ_MỤC", envvar="GUONG_BOOK", help="Thư mục của sổ; mặc định tìm từ đây trở lên."
)
@click.option("--by", metavar="MÃ", envvar="GUONG_OFFICER", help="Cán bộ ghi sổ; mặc định lấy từ cài đặt của bạn.")
@click.option("--color/--no-color", default=None, help="Có màu hay không; NO_COLOR cũng tắt màu.")
@click.version_option(__version__, "--version", message="guong %(version)s")
@click.pass_context
def root(ctx: click.Context, folder: str | None, by: str | None, color: bool | None) -> None:
    """Gương: sổ ghi việc phát hiện, bồi dưỡng, tôn vinh và nhân rộng điển hình tiên tiến.

    \b
    Bắt đầu:  guong demo so-mau
              guong -C so-mau board
    """
    if color is None and os.environ.get("NO_COLOR"):
        color = False
    elif color is None and os.environ.get("FORCE_COLOR"):
        color = True
    ctx.color = color
    ctx.obj = {"folder": folder, "by": by}


def main() -> None:
    """Run the command line and leave with one of the documented exit codes."""
    # What a command imports and reads it keeps to its end, and the process gives back all of it: there is little rubbish
    # to look for meanwhile, and none at the end, where every file has been closed already.
    gc.set_threshold(50_000)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace"
            )
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(args: list[str]) -> int:
    """Run one command and return its exit code; whatever went wrong has been told on stderr."""
    try:
        result = root.main(args, prog_name="guong", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the one place where nothing may pass
        from guong.cli.errors import tell

        return tell(error)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return int(result) if isinstance(result, int) else Exit.OK
