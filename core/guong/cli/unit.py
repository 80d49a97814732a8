"""`guong unit`: units as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import at_option, day_of, dump, facts, json_option, listing, opened, out

if TYPE_CHECKING:
    from guong.domain.unit import Unit
    from guong.telling import Teller
    from guong.view.queries import View


@click.group("unit")
def command() -> None:
    """Xem đơn vị: tên, thẩm quyền và còn hay không vào một ngày.

    \b
    Ví dụ:  guong unit list --at 1/12/2024
            guong unit show don-vi-1
    """


@command.command("list")
@at_option
@json_option
@click.pass_context
def list_(ctx: click.Context, at: str, as_json: bool) -> None:
    """Xem danh sách đơn vị, tên như vào một ngày.

    \b
    Ví dụ:  guong unit list
            guong unit list --at 1/12/2024 --json
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        view, teller, day = book.view, Teller(book), day_of(book, at)
        kinds = _kinds(view)
        rows = [{**_json(one, day), "kind_title": kinds.get(one.kind, one.kind), "life": _life(one, teller, day)}
                for one in view.states("unit")]  # fmt: skip
        heads = [("Mã", "key"), ("Tên", "name"), ("Loại", "kind_title"), ("Mã số", "code"), ("Hoạt động", "life")]
        listing(heads, rows, "đơn vị", as_json=as_json)


@command.command("show")
@click.argument("key", metavar="MÃ")
@at_option
@json_option
@click.pass_context
def show(ctx: click.Context, key: str, at: str, as_json: bool) -> None:
    """Xem một đơn vị: tên, thẩm quyền, kế thừa, các mục ghi.

    \b
    Ví dụ:  guong unit show don-vi-1 --at 1/12/2024
    """
    from guong.cli.log import entry_json
    from guong.cli.show import tell_entries
    from guong.telling import Teller

    with opened(ctx) as book:
        view, teller, day = book.view, Teller(book), day_of(book, at)
        unit = view.state(view.find("unit", key).id)
        entries = book.log.stream(unit.id)
        if as_json:
            dump({**_json(unit, day), "entries": [entry_json(teller, one) for one in entries]})
            return
        out(f"{unit.name_on(day)}  [{unit.key}]", bold=True)
        facts(_facts(view, teller, unit, day))
        for one in unit.unverified:
            out(f"  chưa kiểm tra: {one}", fg="yellow")
        tell_entries(teller, entries, "Các mục ghi")


def _facts(view: View, teller: Teller, unit: Unit, day: str) -> list[tuple[str, str]]:
    from guong.domain.dates import show as shown

    powers = {
        key: words
        for plan in view.states("plan")
        for law in plan.laws.values()
        for key, words in law.get("powers", {}).items()
    }
    heirs = (
        f"{teller.unit(one.unit, day)} từ {shown(one.on)}" + (f" ({', '.join(one.duties)})" if one.duties else "")
        for one in unit.heirs
    )
    names = [f"{name} từ {shown(since)}" for since, name in unit.names]
    return [
        ("Loại", _kinds(view).get(unit.kind, unit.kind)),
        ("Mã số", _code_on(unit, day)),
        ("Cấp trên", teller.unit(unit.parent, day)),
        ("Hoạt động", _life(unit, teller, day)),
        ("Tên qua các thời", "; ".join(names) if names[1:] else ""),
        ("Kế thừa", "; ".join(heirs)),
        ("Thẩm quyền", "; ".join(f"{key} ({powers[key]})" if key in powers else key for key in unit.powers)),
    ]  # fmt: skip


def _kinds(view: View) -> dict[str, str]:
    """Return the titles that the plans of the book give to kinds of units."""
    return {kind: title for plan in view.states("plan") for kind, title in plan.declared.unit_kinds.items()}


def _json(unit: Unit, day: str) -> dict[str, Any]:
    import msgspec

    known: dict[str, Any] = msgspec.to_builtins(unit)
    return {**known, "at": day, "name": unit.name_on(day), "code": _code_on(unit, day), "alive": unit.alive(day)}


def _code_on(unit: Unit, day: str) -> str:
    from guong.domain.dates import not_after

    return next((code for since, code in reversed(unit.codes) if not_after(since, day)), "")


def _life(unit: Unit, teller: Teller, day: str) -> str:
    """Say whether a unit exists on a day: since when, or from when it no longer does and who has taken over."""
    from guong.domain.dates import not_after
    from guong.domain.dates import show as shown

    if unit.gone is not None and unit.alive(day) is not True and not_after(unit.gone, day) is not False:
        heir = teller.unit(unit.heir(day), day)
        unclear = "" if unit.alive(day) is False else "chưa rõ; "
        return f"{unclear}không còn từ {shown(unit.gone)}" + (f", kế thừa: {heir}" if heir else "")
    words = {True: "từ", False: "chưa có, sẽ có từ", None: "chưa rõ; từ"}
    return f"{words[unit.alive(day)]} {shown(unit.since)}"
