"""`guong whoami`: who acts."""

from __future__ import annotations

import click

from guong.cli.shared import acting, dump, json_option, note, out
from guong.exits import Exit


@click.command("whoami")
@click.option("--set", "officer", metavar="MÃ", help="Ghi mã cán bộ vào cài đặt của bạn trên máy này.")
@json_option
@click.pass_context
def command(ctx: click.Context, officer: str | None, as_json: bool) -> int:
    """Xem ai đang ghi sổ và biết điều đó từ đâu.

    Không rõ ai đang ghi thì không ghi được gì.

    \b
    Ví dụ:  guong whoami
            guong whoami --set can-bo-01
    """
    import re

    import msgspec

    from guong import settings
    from guong.domain.unit import KEY, KEY_HELP
    from guong.errors import UsageError

    if officer is not None:
        if not re.fullmatch(KEY, officer):
            raise UsageError(f"{officer or '(để trống)'} không phải là mã cán bộ", KEY_HELP)
        path = settings.save(msgspec.structs.replace(settings.load(), officer=officer))
        note(f"đã ghi vào {path}")
    key, source = (officer, str(settings.folder() / "settings.toml")) if officer else acting(ctx)
    if as_json:
        dump({"officer": key, "source": source, "signed": False})
    elif key:
        out(f"{key}  (từ {source}; chưa ký)")
    if not key:
        note("chưa biết ai đang ghi; nêu --by MÃ, GUONG_OFFICER, hoặc guong whoami --set MÃ")
    return Exit.OK if key else Exit.REFUSED
