"""`guong demo`: the sample year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guong.cli.shared import dry_run_option, note
from guong.errors import PluginError

if TYPE_CHECKING:
    from guong.plugins import Plugins


@click.command("demo")
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option("--plan", metavar="MÃ", default="", help="Kế hoạch có sổ mẫu; mặc định là kế hoạch duy nhất có.")
@dry_run_option
@click.pass_context
def command(ctx: click.Context, folder: Path, plan: str, dry_run: bool) -> None:
    """Lập sổ mẫu: trọn một năm, với những người hư cấu.

    \b
    Ví dụ:  guong demo so-mau
    """
    from guong.cli.board import command as board
    from guong.demo import demo
    from guong.places import made_aside
    from guong.plugins import Plugins

    plugins = Plugins()
    key = plan or _only_sample(plugins)
    with made_aside(folder, keep=not dry_run) as aside, demo(aside, plugins, key) as book:
        first, head = book.view.exemplars()[0].short, book.log.head()
    if dry_run:
        note(f"sẽ lập sổ mẫu ở {folder}, {head} mục")
        return
    note(f"đã lập sổ mẫu ở {folder}, {head} mục")
    ctx.obj["folder"] = str(folder)
    ctx.invoke(board)
    note(
        f"thử tiếp:\n  guong -C {folder} list\n  guong -C {folder} show {first}\n  guong -C {folder} replay | less\n"
        f"  guong -C {folder} log --json | head\n  guong -C {folder} check"
    )


def _only_sample(plugins: Plugins) -> str:
    found = [key for key in plugins.sources() if "guong_register_plans" in plugins.hooks(key)]
    found = [key for key in found if plugins.plan(key).sample is not None]
    if len(found) != 1:
        raise PluginError(
            "không rõ lập sổ mẫu của kế hoạch nào" if found else "chưa cài plugin nào mang sổ mẫu",
            "nêu --plan: " + ", ".join(found),
        )
    return found[0]
