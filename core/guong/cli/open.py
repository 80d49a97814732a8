"""`guong open`: a plan or a field that a plugin brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.cli.shared import acting, clock_option, dry_run_option, json_option, note, opened
from guong.errors import UsageError

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.declarations import FieldDeclaration
    from guong.domain.plan import Plan
    from guong.recording import Order, Receipt


@click.command("open")
@click.argument("key", metavar="MÃ")
@click.option("--plan", metavar="MÃ", default="", help="Kế hoạch của lĩnh vực, khi sổ có nhiều kế hoạch.")
@click.option(
    "--occurred-on", metavar="NGÀY", default="", help="Ngày mở lĩnh vực; kế hoạch mặc định lấy ngày ban hành của nó."
)
@click.option(
    "--effective-on", metavar="NGÀY", default="", help="Từ ngày nào lĩnh vực theo khai báo này, nếu khác ngày mở."
)
@click.option("--reason", metavar="LÝ_DO", default="", help="Vì sao mở, hoặc mở lại.")
@dry_run_option
@clock_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, key: str, plan: str, occurred_on: str, effective_on: str, reason: str, dry_run: bool,
    clock_reason: str, as_json: bool,
) -> None:  # fmt: skip
    """Ban hành một kế hoạch, hoặc mở một lĩnh vực, do plugin mang.

    Sổ chép lại mọi điều plugin khai báo hôm nay. Mở lại lĩnh vực đã mở là ghi khai báo mới: bước xảy ra từ ngày đó
    được xét theo khai báo mới, bước xảy ra trước đó vẫn theo khai báo cũ, dù ghi lúc nào.

    \b
    Ví dụ:  guong open linh-vuc-a --occurred-on 01/4/2027
            guong open ke-hoach-2027
    """
    from guong.cli.record import print_receipts
    from guong.recording import Order

    with opened(ctx) as book:
        order = Order(by=acting(ctx)[0], dry_run=dry_run, clock_reason=clock_reason)
        when = {"occurred_on": occurred_on, "effective_on": effective_on, "reason": reason}
        row = {name: given for name, given in when.items() if given}
        print_receipts(book, _open(book, key, plan, row, order), dry_run=dry_run, as_json=as_json)
    if not dry_run:
        note("xem bảng chỉ tiêu: guong board")


def _open(book: Book, key: str, plan: str, row: dict[str, str], order: Order) -> list[Receipt]:
    plans = book.view.plans()
    bound = any(one.declared.binding(key) for one in book.view.states("plan"))
    if not bound and "guong_register_plans" in book.plugins.hooks(key):
        if "effective_on" in row:
            raise UsageError("--effective-on chỉ dùng khi mở lĩnh vực", "nêu ngày ban hành kế hoạch bằng --occurred-on")
        return book.issue(book.plugins.plan(key), order, row)
    if not plan and len(plans) != 1:
        raise UsageError("còn thiếu --plan", f"trong sổ có: {', '.join(plans) or 'chưa có kế hoạch nào'}")
    plan = plan or plans[0]
    before = book.world.plan(plan)
    receipt = book.open_field(plan, key, row, order)
    _tell_changes(before, book.plugins.field(key).declared, row)
    return [receipt]


def _tell_changes(plan: Plan | None, declared: FieldDeclaration, row: dict[str, str]) -> None:
    """Say what is declared otherwise than at the opening that has held on that day until now."""
    from guong.domain.changes import changes
    from guong.domain.dates import show, stored_date

    day = stored_date(row.get("effective_on") or row["occurred_on"])
    holds = plan.opening(declared.key, day) if plan else None
    if plan is None or holds is None:
        return
    said = "; ".join(changes(plan.copies[holds.declaration], declared)) or "khai báo không đổi"
    note(f"{declared.key} từ {show(day)}, so với khai báo từ {show(holds.on)}: {said}")
