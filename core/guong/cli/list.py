"""`guong list`: exemplars, and what else has a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, json_option, note, one_of, opened, out, row_of, table

if TYPE_CHECKING:
    from guong.telling import Teller
    from guong.view.queries import View

_OTHERS = {"subject": "đối tượng", "unit": "đơn vị", "officer": "cán bộ"}


@click.command("list")
@click.option("--field", metavar="MÃ", default="", help="Chỉ lĩnh vực này.")
@click.option("--stage", metavar="BƯỚC", default="", help="Chỉ điển hình đang ở bước này (reviewed, honoured, ...).")
@click.option("--lead", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị chủ trì này.")
@click.option("--unit", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị phát hiện này.")
@click.option(
    "--of", "kind", type=click.Choice(list(_OTHERS)), help="Thay vì điển hình: đối tượng, đơn vị hay cán bộ, kèm mã."
)
@json_option
@click.pass_context
def command(ctx: click.Context, /, kind: str | None, as_json: bool, **filters: str) -> None:
    """Xem danh sách điển hình, theo thứ tự ghi vào sổ.

    \b
    Ví dụ:  guong list --field linh-vuc-a
            guong list --stage reviewed --json
            guong list --of officer
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        view, teller = book.view, Teller(book)
        heads, rows = _others(view, teller, kind) if kind else _exemplars(view, teller, filters)
        if as_json:
            dump(rows)
            return
        for line in table([title for title, _ in heads], [[str(row[key]) for _, key in heads] for row in rows]):
            out(line)
        note(f"{len(rows)} {_OTHERS[kind] if kind else 'điển hình'}")


def _exemplars(
    view: View, teller: Teller, filters: dict[str, str]
) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    """Return columns (title, key) and rows; a filter that names nothing in the book is refused."""
    from guong.domain.streams import of_exemplar
    from guong.domain.subject import KINDS

    stages = {step.mark: step.title for step in of_exemplar()}
    one_of("lĩnh vực", filters["field"], [one.field for plan in view.states("plan") for one in plan.declared.fields])
    one_of("bước", filters["stage"], list(stages))
    one_of("đơn vị", filters["lead"], view.keys("unit"))
    one_of("đơn vị", filters["unit"], view.keys("unit"))
    kinds = {subject.id: KINDS.get(subject.kind, subject.kind) for subject in view.states("subject")}
    rows = [
        {
            **row_of(row), "name": teller.name(row.subject), "kind": kinds.get(row.subject, ""),
            "lead_name": teller.unit(row.lead), "stage_title": stages.get(row.stage, row.stage),
        }
        for row in view.exemplars(**filters)
    ]  # fmt: skip
    heads = [("Mã", "short"), ("Tên", "name"), ("Loại", "kind"), ("Lĩnh vực", "field"), ("Đơn vị chủ trì", "lead_name")]
    return [*heads, ("Đang ở bước", "stage_title")], rows


def _others(view: View, teller: Teller, kind: str) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    """Return columns (title, key) and rows of what is no exemplar."""
    from guong.domain.subject import KINDS

    states = view.states(kind)
    if kind == "unit":
        rows = [{"key": one.key, "name": one.name, "kind": one.kind, "since": one.since} for one in states]
        return [("Mã", "key"), ("Tên", "name"), ("Loại", "kind"), ("Từ", "since")], rows
    if kind == "officer":
        rows = [
            {
                "key": one.key, "name": teller.name(one.id), "post": one.post, "unit": teller.unit(one.unit),
                "roles": "; ".join(f"{role.role} tại {role.unit}" for role in one.roles),
            }
            for one in states
        ]  # fmt: skip
        return [("Mã", "key"), ("Họ tên", "name"), ("Chức vụ", "post"), ("Đơn vị", "unit"), ("Vai trò", "roles")], rows
    rows = [
        {
            "short": view.abbreviation(one.id, "subject"), "id": one.id, "name": teller.name(one.id),
            "kind": KINDS.get(one.kind, one.kind), "unit": teller.unit(one.unit),
        }
        for one in states
    ]  # fmt: skip
    return [("Mã", "short"), ("Tên", "name"), ("Loại", "kind"), ("Địa bàn, đơn vị", "unit")], rows
