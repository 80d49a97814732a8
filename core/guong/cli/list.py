"""`guong list`: exemplars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import json_option, listing, moment_of, moment_options, one_of, opened, row_of

if TYPE_CHECKING:
    from guong.telling import Teller
    from guong.view.moments import Moment
    from guong.view.queries import View

SORTS = {
    "registered": "thứ tự ghi vào sổ", "moved": "mới chuyển bước nhất", "stage": "bước", "field": "lĩnh vực", "lead": "đơn vị chủ trì",
    "unit": "đơn vị phát hiện",
}  # fmt: skip


@click.command("list")
@click.option("--plan", metavar="MÃ", default="", help="Chỉ kế hoạch này.")
@click.option("--field", metavar="MÃ", default="", help="Chỉ lĩnh vực này.")
@click.option("--stage", metavar="BƯỚC", default="", help="Chỉ điển hình đang ở bước này (reviewed, honoured, ...).")
@click.option("--lead", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị chủ trì này.")
@click.option("--unit", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị phát hiện này.")
@click.option("--officer", metavar="CÁN_BỘ", default="", help="Chỉ cán bộ theo dõi này.")
@click.option("--sort", metavar="THEO", default="registered", help=f"Xếp theo: {', '.join(SORTS)}.")
@moment_options
@json_option
@click.pass_context
def command(ctx: click.Context, /, sort: str, at: str, happened_by: str, as_json: bool, **filters: str) -> None:
    """Xem danh sách điển hình, như nay hoặc như vào một lúc trước đây.

    \b
    Ví dụ:  guong list --field linh-vuc-a
            guong list --stage reviewed --json
            guong list --at 30/11/2024 --sort stage
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        view, teller = book.view, Teller(book)
        _check(view, sort, filters)
        heads, rows = _exemplars(view, teller, moment_of(book, at, happened_by), sort, filters)
        listing(heads, rows, "điển hình", as_json=as_json)


def _check(view: View, sort: str, filters: dict[str, str]) -> None:
    """Refuse a filter that names nothing in the book.

    Raises:
        GuongError: with what may have been meant.
    """
    from guong.domain.streams import of_exemplar

    one_of("cách xếp", sort, list(SORTS))
    one_of("kế hoạch", filters["plan"], view.plans())
    one_of("lĩnh vực", filters["field"], [one.field for plan in view.states("plan") for one in plan.declared.fields])
    one_of("bước", filters["stage"], [step.mark for step in of_exemplar()])
    one_of("đơn vị", filters["lead"], view.keys("unit"))
    one_of("đơn vị", filters["unit"], view.keys("unit"))
    one_of("cán bộ", filters["officer"], view.keys("officer"))


def _exemplars(
    view: View, teller: Teller, moment: Moment, sort: str, filters: dict[str, str]
) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    """Return columns (title, key) and rows."""
    from guong.domain.streams import of_exemplar
    from guong.domain.subject import KINDS
    from guong.view.listing import Wanted, page

    stages = {step.mark: step.title for step in of_exemplar()}
    rows: list[dict[str, Any]] = []
    found = page(view, moment, Wanted(**filters), sort=sort, limit=500)
    while True:
        for row in found.rows:
            subject = view.state(row.subject)
            told = {
                "name": teller.name(row.subject), "kind": KINDS.get(subject.kind, subject.kind) if subject else "",
                "lead_name": teller.unit(row.lead), "stage_title": stages.get(row.stage, row.stage),
            }  # fmt: skip
            rows.append({**row_of(row), **told})
        if found.following is None:
            break
        found = page(view, moment, Wanted(**filters), sort=sort, after=found.following, limit=500)
    heads = [("Mã", "short"), ("Tên", "name"), ("Loại", "kind"), ("Lĩnh vực", "field"), ("Đơn vị chủ trì", "lead_name")]
    return [*heads, ("Đang ở bước", "stage_title")], rows
