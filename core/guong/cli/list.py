"""`guong list`: exemplars."""

from __future__ import annotations

import click

from guong.cli.shared import dump, json_option, note, one_of, opened, out, row_of, table


@click.command("list")
@click.option("--field", metavar="MÃ", default="", help="Chỉ lĩnh vực này.")
@click.option("--stage", metavar="BƯỚC", default="", help="Chỉ điển hình đang ở bước này (reviewed, honoured, ...).")
@click.option("--lead", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị chủ trì này.")
@click.option("--unit", metavar="ĐƠN_VỊ", default="", help="Chỉ đơn vị phát hiện này.")
@json_option
@click.pass_context
def command(ctx: click.Context, field: str, stage: str, lead: str, unit: str, as_json: bool) -> None:
    """Xem danh sách điển hình, theo thứ tự ghi vào sổ.

    \b
    Ví dụ:  guong list --field linh-vuc-a
            guong list --stage reviewed --json
    """
    from guong.domain.exemplar import STEPS
    from guong.domain.subject import KINDS
    from guong.telling import Teller

    stages = {step.mark: step.title for step in STEPS}
    with opened(ctx) as book:
        view, teller = book.view, Teller(book)
        one_of("lĩnh vực", field, [one.field for plan in view.states("plan") for one in plan.declared.fields])
        one_of("bước", stage, list(stages))
        one_of("đơn vị", lead, view.keys("unit"))
        one_of("đơn vị", unit, view.keys("unit"))
        rows = view.exemplars(field=field, stage=stage, lead=lead, unit=unit)
        kinds = {
            row.subject: KINDS.get(state.kind, "") for row in rows if (state := view.state(row.subject)) is not None
        }
        if as_json:
            dump(
                [{**row_of(row), "name": teller.name(row.subject), "kind": kinds.get(row.subject, "")} for row in rows]
            )
            return
        cells = [
            [
                row.short,
                teller.name(row.subject),
                kinds.get(row.subject, ""),
                row.field,
                teller.unit(row.lead),
                stages.get(row.stage, row.stage),
            ]
            for row in rows
        ]
        for line in table(("Mã", "Tên", "Loại", "Lĩnh vực", "Đơn vị chủ trì", "Đang ở bước"), cells):
            out(line)
        note(f"{len(rows)} điển hình")
