"""`guong init`: a new book."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import click
import msgspec

from guong.cli.shared import dry_run_option, note
from guong.domain.unit import KEY, KEY_HELP
from guong.forms import Question, ask, questions, read


class OpeningForm(msgspec.Struct, frozen=True, kw_only=True):
    """What must be known to open a book."""

    officer: Annotated[str, ask("Mã cán bộ lập sổ", pattern=KEY, help=f"{KEY_HELP}, không có họ tên")]
    name: Annotated[str, ask("Họ và tên cán bộ")]
    unit: Annotated[str, ask("Mã đơn vị", pattern=KEY, help=KEY_HELP)]
    occurred_on: Annotated[str, ask("Ngày được giao lập sổ", type="date", help="như 05/3/2024")]
    paper_number: Annotated[str, ask("Số quyết định giao việc")]
    paper_issuer: Annotated[str, ask("Cơ quan ra quyết định")]


_UNIT_NAME = Question(key="unit_name", title="Tên đơn vị", required=True)


@click.command("init")
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option("--plan", metavar="MÃ", default="", help="Kế hoạch do plugin mang: ban hành, mở lĩnh vực, giao chỉ tiêu.")
@click.option("--officer", metavar="MÃ", default="", help="Mã cán bộ lập sổ.")
@click.option("--name", metavar="HỌ_TÊN", default="", help="Họ tên cán bộ lập sổ; được niêm phong.")
@click.option("--post", metavar="CHỨC_VỤ", default="", help="Chức vụ cán bộ lập sổ.")
@click.option("--unit", metavar="MÃ", default="", help="Mã đơn vị lập sổ.")
@click.option("--unit-name", metavar="TÊN", default="", help="Tên đơn vị, khi kế hoạch không mang đơn vị này.")
@click.option("--occurred-on", metavar="NGÀY", default="", help="Ngày được giao lập sổ.")
@click.option("--paper-number", metavar="SỐ", default="", help="Số quyết định giao việc.")
@click.option("--paper-notation", metavar="KÝ_HIỆU", default="", help="Ký hiệu quyết định.")
@click.option("--paper-issuer", metavar="CƠ_QUAN", default="", help="Cơ quan ra quyết định.")
@click.option("--zone", metavar="MÚI_GIỜ", default="", help="Múi giờ của sổ; mặc định Asia/Ho_Chi_Minh.")
@click.option("--no-input", is_flag=True, help="Không hỏi gì.")
@dry_run_option
def command(folder: Path, plan: str, no_input: bool, dry_run: bool, **given: str) -> None:
    """Lập sổ mới trong một thư mục mới.

    \b
    Ví dụ:  guong init so-2027 --plan ke-hoach-2027 --officer can-bo-01 \\
              --name "Nông Thị Mẫu" --unit don-vi-1 --occurred-on 05/3/2027 \\
              --paper-number 12 --paper-issuer "Cơ quan cấp trên"
    """
    from guong.book import DEFAULT_ZONE, Book, Opening
    from guong.domain.declarations import UnitData
    from guong.places import made_aside
    from guong.plugins import Plugins
    from guong.recording import Order

    asking = sys.stdin.isatty() and not no_input
    plugins = Plugins()
    pack = plugins.plan(plan) if plan else None
    _complete(questions(OpeningForm), given, asking=asking)
    unit = next((one for one in pack.units if one.key == given["unit"]), None) if pack else None
    if unit is None:
        brought = f"kế hoạch mang: {', '.join(one.key for one in pack.units)}" if pack else ""
        _complete((msgspec.structs.replace(_UNIT_NAME, help=brought),), given, asking=asking)
        unit = UnitData(key=given["unit"], name=given["unit_name"])
    paper = {"kind": "Quyết định", "number": given["paper_number"], "notation": given["paper_notation"],
             "date": given["occurred_on"], "issuer": given["paper_issuer"]}  # fmt: skip
    opening = Opening(
        officer=given["officer"], name=given["name"], post=given["post"], unit=unit,
        occurred_on=given["occurred_on"], paper={key: value for key, value in paper.items() if value}, zone=given["zone"] or DEFAULT_ZONE,
    )  # fmt: skip
    with made_aside(folder, keep=not dry_run) as aside, Book.create(aside, opening, plugins=plugins) as book:
        if pack:
            book.issue(pack, Order(by=opening.officer))
        head = book.log.head()
    if dry_run:
        note(f"sẽ lập sổ ở {folder}, {head} mục")
        return
    note(f"đã lập sổ ở {folder}, {head} mục; chưa ký")
    note(f"tiếp theo: guong whoami --set {opening.officer}; guong -C {folder} board")


def _complete(asked: tuple[Question, ...], given: dict[str, str], *, asking: bool) -> None:
    """Ask for what is missing where somebody can answer, and refuse what is still missing or wrong, all at once.

    Raises:
        RefusedError: with every problem.
    """
    from guong.cli.prompts import ask_question
    from guong.errors import RefusedError

    for question in asked:
        if asking and not given[question.key]:
            given[question.key] = ask_question(question)
    _, problems = read(asked, {question.key: given[question.key] for question in asked})
    if problems:
        raise RefusedError([(None, problem) for problem in problems])
