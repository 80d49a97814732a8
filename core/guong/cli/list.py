"""`guong list`: exemplars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import json_option, listing, one_of, opened, row_of

if TYPE_CHECKING:
    from guong.telling import Teller
    from guong.view.queries import View


@click.command("list")
@click.option("--field", metavar="MÃ", default="", help="Chỉ lĩnh vực này.")
@click.option("--stage", metavar="BƯỚC", default="", help="Chỉ điển hình đang ở bước này (reviewed, honoured, ...).")
@click.option("--lead", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị chủ trì này.")
@click.option("--unit", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị phát hiện này.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, as_json: bool, **filters: str) -> None:
    """Xem danh sách điển hình, theo thứ tự ghi vào sổ.

    \b
    Ví dụ:  guong list --field linh-vuc-a
            guong list --stage reviewed --json
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        view, teller = book.view, Teller(book)
        heads, rows = _exemplars(view, teller, filters)
        listing(heads, rows, "điển hình", as_json=as_json)


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
