"""`guong officer`: officers as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import at_option, day_of, dump, facts, json_option, listing, opened, out

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.officer import Office, Officer, Role
    from guong.telling import Teller


@click.group("officer")
def command() -> None:
    """Xem cán bộ: vai trò, chức vụ, quyền ký vào một ngày.

    \b
    Ví dụ:  guong officer list --at 1/12/2024
            guong officer show can-bo-01
    """


@command.command("list")
@at_option
@json_option
@click.pass_context
def list_(ctx: click.Context, at: str, as_json: bool) -> None:
    """Xem danh sách cán bộ và vai trò giữ vào một ngày.

    \b
    Ví dụ:  guong officer list
            guong officer list --at 1/12/2024 --json
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        teller, day = Teller(book), day_of(book, at)
        rows = [
            {
                **_json(teller, one, day), "unit_name": teller.unit(one.unit, day),
                "held": "; ".join(f"{role.role} tại {role.unit}" for role in one.roles if role.held(day) is not False),
            }
            for one in book.view.states("officer")
        ]  # fmt: skip
        heads = [("Mã", "key"), ("Họ tên", "name"), ("Chức vụ", "post"), ("Đơn vị", "unit_name"), ("Vai trò", "held")]
        listing(heads, rows, "cán bộ", as_json=as_json)


@command.command("show")
@click.argument("key", metavar="MÃ")
@at_option
@json_option
@click.pass_context
def show(ctx: click.Context, key: str, at: str, as_json: bool) -> None:
    """Xem một cán bộ: vai trò, chức vụ, điển hình đang theo dõi.

    \b
    Ví dụ:  guong officer show can-bo-01 --at 1/12/2024
    """
    from guong.cli.log import entry_json
    from guong.cli.show import tell_entries
    from guong.telling import Teller

    with opened(ctx) as book:
        view, teller, day = book.view, Teller(book), day_of(book, at)
        officer = view.state(view.find("officer", key).id)
        entries, follows = book.log.stream(officer.id), _follows(book, teller, officer)
        if as_json:
            told = [entry_json(teller, one) for one in entries]
            dump({**_json(teller, officer, day), "follows": follows, "entries": told})
            return
        out(f"{teller.name(officer.id)}  [{officer.key}]", bold=True)
        facts([("Đơn vị", teller.unit(officer.unit, day)), ("Chức vụ", officer.post)], width=10)
        _block("Vai trò", [_role(one, teller, day) for one in officer.roles if one.held(day) is not False])
        _block(
            "Chức vụ, quyền ký", [_office(one, teller, day) for one in officer.offices if one.held(day) is not False]
        )
        _block("Đang theo dõi", [f"{one['name']}  [{one['short']}]  {one['field']}" for one in follows])
        tell_entries(teller, entries, "Các mục ghi")


def _block(heading: str, lines: list[str]) -> None:
    out(heading, bold=True)
    for line in lines or ["—"]:
        out(f"  {line}")


def _role(role: Role, teller: Teller, day: str) -> str:
    return f"{role.role} tại {teller.unit(role.unit, day)}{_span(role, day)}"


def _office(office: Office, teller: Teller, day: str) -> str:
    from guong.domain.officer import DELEGATIONS

    giver = f", do {teller.officer(office.giver)} giao" if office.giver else ""
    return f"{DELEGATIONS.get(office.post, office.post)} tại {teller.unit(office.unit, day)}{giver}{_span(office, day)}"


def _span(term: Role | Office, day: str) -> str:
    """Say between which days something is held, and where the dates cannot tell whether it is on `day`."""
    from guong.domain.dates import show as shown

    ends = [f"đến hết {shown(term.until)}"] if term.until else []
    ends += [f"thôi từ {shown(term.gone)}"] if term.gone else []
    unclear = " (chưa rõ)" if term.held(day) is None else ""
    return f", {' '.join([f'từ {shown(term.since)}', *ends])}{unclear}"


def _follows(book: Book, teller: Teller, officer: Officer) -> list[dict[str, str]]:
    """Return the exemplars that an officer follows now."""
    view = book.view
    return [
        {
            "id": one.id,
            "short": view.abbreviation(one.id, "exemplar"),
            "name": teller.name(one.subject),
            "field": one.field,
        }
        for one in view.followed(officer.key)
    ]


def _json(teller: Teller, officer: Officer, day: str) -> dict[str, Any]:
    import msgspec

    known: dict[str, Any] = msgspec.to_builtins(officer)
    held = {
        what: [{**msgspec.to_builtins(one), "held": one.held(day)} for one in getattr(officer, what)]
        for what in ("roles", "offices")
    }
    return {**known, **held, "at": day, "name": teller.name(officer.id)}
