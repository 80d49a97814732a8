"""`guong open`: a plan or a field that a plugin brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.cli.shared import acting, clock_option, dry_run_option, json_option, note, opened
from guong.errors import UsageError

if TYPE_CHECKING:
    from guong.book import Book
    from guong.recording import Order, Receipt


@click.command("open")
@click.argument("key", metavar="MÃ")
@click.option("--plan", metavar="MÃ", default="", help="Kế hoạch của lĩnh vực, khi sổ có nhiều kế hoạch.")
@click.option("--occurred-on", metavar="NGÀY", default="", help="Ngày mở lĩnh vực; kế hoạch lấy ngày ban hành của nó.")
@click.option("--reason", metavar="LÝ_DO", default="", help="Vì sao mở, hoặc mở lại.")
@dry_run_option
@clock_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, key: str, plan: str, occurred_on: str, reason: str, dry_run: bool, clock_reason: str, as_json: bool
) -> None:  # fmt: skip
    """Ban hành một kế hoạch, hoặc mở một lĩnh vực, do plugin mang.

    Sổ chép lại mọi điều plugin khai báo hôm nay; mở lại lĩnh vực đã mở là ghi khai báo mới, khai báo cũ vẫn còn đó.

    \b
    Ví dụ:  guong open linh-vuc-a --occurred-on 01/4/2027
            guong open ke-hoach-2027
    """
    from guong.cli.record import print_receipts
    from guong.recording import Order

    with opened(ctx) as book:
        order = Order(by=acting(ctx)[0], dry_run=dry_run, clock_reason=clock_reason)
        print_receipts(book, _open(book, key, plan, occurred_on, reason, order), dry_run=dry_run, as_json=as_json)
    if not dry_run:
        note("xem bảng chỉ tiêu: guong board")


def _open(book: Book, key: str, plan: str, occurred_on: str, reason: str, order: Order) -> list[Receipt]:
    plans = book.view.plans()
    bound = any(one.declared.binding(key) for one in book.view.states("plan"))
    if not bound and "guong_register_plans" in book.plugins.hooks(key):
        return book.issue(book.plugins.plan(key), order)
    if not plan and len(plans) != 1:
        raise UsageError("còn thiếu --plan", f"trong sổ có: {', '.join(plans) or 'chưa có kế hoạch nào'}")
    return [book.open_field(plan or plans[0], key, {"occurred_on": occurred_on, "reason": reason}, order)]
