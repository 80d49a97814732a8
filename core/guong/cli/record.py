"""`guong record`: one step from options and prompts, or many from a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from guong.cli.shared import acting, clock_option, dry_run_option, dump, json_option, note, opened, out
from guong.domain.corrections import ANY
from guong.domain.streams import STEPS
from guong.errors import UsageError
from guong.forms import nearest
from guong.rows import ENVELOPE, PAPER, row_schema, target_key

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.declarations import FieldDeclaration
    from guong.domain.steps import Step
    from guong.forms import Question
    from guong.recording import Receipt


_ASKED, _MORE = "guong.asked", "guong.more"
"""Where a command line keeps the field it is about, and the options that field adds."""


class Steps(click.Group):
    """One sub-command a step, made from its declaration."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the steps that people take, in the order of the table."""
        return [step.key for step in STEPS.values() if step.by_hand]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a step, once."""
        if cmd_name not in self.commands and cmd_name in STEPS and STEPS[cmd_name].by_hand:
            self.commands[cmd_name] = StepCommand(STEPS[cmd_name])
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which step may have been meant."""
        if self.get_command(ctx, args[0]) is None:
            near = nearest(args[0], self.list_commands(ctx))
            raise UsageError(f"không có bước {args[0]}", f"có phải là {near}?" if near else "xem guong record --help")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the steps with their Vietnamese names."""
        with formatter.section("Các bước"):
            formatter.write_dl([(step.key, step.title) for step in STEPS.values() if step.by_hand])


class StepCommand(click.Command):
    """The options of one step: its questions, the envelope, papers, and what the field adds once the exemplar is known."""

    def __init__(self, step: Step) -> None:
        self.step = step
        params: list[click.Parameter] = []
        target = target_key(step)
        if target or step.stream == ANY:
            params.append(click.Argument(["stream"], metavar="MÃ" if target else "SỐ", required=False))
        skip = {"entry"} if step.stream == ANY else set()
        params += [_option(question) for question in step.questions if question.key not in skip]
        params += [_option(question) for question in ENVELOPE]
        params += [
            click.Option(
                ["--paper", "papers"], metavar="TỆP", multiple=True, help="Văn bản làm căn cứ; được chép vào sổ."
            ),
            *(_option(question, "paper-") for question in PAPER if question.key != "file"),
            click.Option(
                ["--evidence", "evidence"], metavar="TỆP", multiple=True, help="Tệp minh chứng khác; được chép vào sổ."
            ),
            click.Option(["--schema"], is_flag=True, help="In biểu của bước này dạng JSON Schema."),
            click.Option(["--no-input"], is_flag=True, help="Không hỏi gì."),
            click.Option(["--dry-run"], is_flag=True, help="Chỉ xét, không ghi gì."),
            click.Option(
                ["--clock-reason"], metavar="LÝ_DO", default="", help="Vì sao đồng hồ máy nhảy xa mà vẫn đúng."
            ),
            click.Option(["--json", "as_json"], is_flag=True, help="In JSON cho chương trình khác đọc."),
        ]
        who = " 7q3k" if target else " 168" if step.stream == ANY else ""
        text = f"{step.title}.\n\n\b\nVí dụ:  guong record {step.key}{who} --occurred-on 10/6/2024 ..."
        super().__init__(step.key, params=params, callback=self._record, help=text, short_help=step.title)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the step's options, then those of the field where it is known."""
        return [*super().get_params(ctx), *ctx.meta.get(_MORE, ())]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Add what the field asks, once the exemplar or `--field` says which field it is; then read the options."""
        ctx.meta[_ASKED] = asked = _peek(ctx, self, list(args)) if self.step.stream in ("exemplar", ANY) else None
        if asked is not None:
            taken = {option for param in self.params for option in param.opts}
            ctx.meta[_MORE] = [
                _option(
                    question, name=_flag(f"{asked.field.key}-{question.key}" if _flag(question.key) in taken else question.key),
                    to=f"details.{question.key}",
                )
                for question in asked.field.asks(asked.step)
            ]  # fmt: skip
        return super().parse_args(ctx, args)

    def _record(self, **given: Any) -> None:
        from guong.forms import schema
        from guong.recording import Order

        ctx = click.get_current_context()
        asked: Asked | None = ctx.meta[_ASKED]
        if given.pop("schema"):
            dump(row_schema(self.step, schema(asked.field.title, asked.field.asks(asked.step)) if asked else None))
            return
        order = Order(by=acting(ctx)[0], dry_run=given.pop("dry_run"), clock_reason=given.pop("clock_reason"))
        as_json, silent = given.pop("as_json"), given.pop("no_input")
        row = self._row(given)
        with opened(ctx) as book:
            if sys.stdin.isatty() and not silent:
                from guong.cli.prompts import ask_missing, ask_role, ask_target

                ask_role(book, row, order.by)
                target = ask_target(self.step, row)
                asked_of(book, self.step, target, row)  # who names no exemplar is told before he answers anything else
                ask_missing(book, self.step, row, lambda: asked_of(book, self.step, target, row))
            print_receipts(book, book.record_all(lambda: [row], order), dry_run=order.dry_run, as_json=as_json)

    def _row(self, given: dict[str, Any]) -> dict[str, Any]:
        target = given.pop("stream", None)
        papers = [{"file": file} for file in given.pop("papers")]
        words = {question.key: given.pop(f"paper_{question.key}") for question in PAPER if question.key != "file"}
        words = {key: value for key, value in words.items() if value}
        if words:
            papers = [{**(papers[0] if papers else {}), **words}, *papers[1:]]
        row = {
            key: (list(value) if isinstance(value, tuple) else value)
            for key, value in given.items()
            if value not in (None, "", ())
        }
        details = {key.removeprefix("details."): row.pop(key) for key in list(row) if key.startswith("details.")}
        if target:
            row[target_key(self.step) or "entry"] = target
        return {"step": self.step.key, **row, "papers": papers, "details": details}


def _flag(key: str) -> str:
    return "--" + key.replace("_", "-")


def _option(question: Question, prefix: str = "", *, name: str = "", to: str = "") -> click.Option:
    """Return a question as an option; its answer stays text, so that one reader words all errors."""
    choices = (
        ", ".join(f"{key} ({title})" for key, title in question.choices.items()) if question.type == "choice" else ""
    )
    words = ": ".join(part for part in (question.title, choices or question.help) if part)
    mark = " [bắt buộc]" if question.required else ""
    option = click.Option(
        [name or _flag(prefix + question.key), to.replace(".", "__") or (prefix + question.key).replace("-", "_")],
        metavar={"date": "NGÀY", "int": "SỐ", "number": "SỐ", "map": "MÃ=GIÁ_TRỊ", "json": "JSON"}.get(question.type, "CHỮ"),
        multiple=question.many or question.type == "map", help=f"{words}{mark}.", show_default=False,
    )  # fmt: skip
    option.name = to or option.name
    return option


class Asked(NamedTuple):
    """The field a step is about, as the log copied it, and the step whose questions it adds to."""

    field: FieldDeclaration
    step: str


def asked_of(book: Book, step: Step, target: str, given: dict[str, Any]) -> Asked | None:
    """Return which field a step is about, the target's or the one it names, as declared on the day of the step.

    A correction is read by the declaration that the entry names which it corrects; None for a step about no field.

    Raises:
        GuongError: there is no such target.
    """
    view, day = book.view, _day(str(given.get("occurred_on") or ""))
    if not target:
        named = (plan.field(str(given.get("field") or ""), day) for plan in view.states("plan"))
        return next((Asked(one, step.key) for one in named if one), None)
    corrects = step.stream == ANY
    found = view.find("entry" if corrects else "exemplar", target)
    state = view.state(found.stream)
    plan = book.world.plan(getattr(state, "plan", ""))
    if plan is None:
        return None
    if not corrects:
        declared = plan.field(getattr(state, "field", ""), day)
        return Asked(declared, step.key) if declared else None
    known = view.entry(found.id)
    entry = book.log.read(known[0] - 1, 1)[0].entry if known else None
    declared = plan.copies.get(entry.field.declaration) if entry and entry.field else None
    return Asked(declared, entry.step) if entry and declared else None


def _day(typed: str) -> str:
    """Return a date in its stored form; empty for what is none, which the real reading refuses."""
    from guong.domain.dates import stored_date

    try:
        return stored_date(typed)
    except ValueError:
        return ""


def _peek(ctx: click.Context, command: StepCommand, args: list[str]) -> Asked | None:
    """Look at a command line before it is read, for the field it is about; None when that cannot be told yet."""
    from guong.errors import GuongError

    known = click.Command(
        "peek", params=[one for one in command.params if not one.is_eager],
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )  # fmt: skip
    try:
        with known.make_context("peek", args, parent=ctx, resilient_parsing=True) as peek, opened(ctx) as book:
            return asked_of(book, command.step, peek.params.get("stream") or "", peek.params)
    except (GuongError, click.ClickException):
        return None  # the real reading says what is wrong


@click.group("record", cls=Steps, invoke_without_command=True, subcommand_metavar="BƯỚC [TÙY_CHỌN]")
@click.option(
    "--from",
    "source",
    metavar="TỆP",
    help="Ghi các bước từ tệp .jsonl hoặc .csv (- là đầu vào chuẩn): ghi hết hoặc không ghi gì.",
)
@dry_run_option
@clock_option
@json_option
@click.pass_context
def command(ctx: click.Context, source: str | None, dry_run: bool, clock_reason: str, as_json: bool) -> None:
    """Ghi một bước, hoặc nhiều bước từ tệp.

    \b
    Ví dụ:  guong record supported 7q3k --occurred-on 10/6/2024 --kind visit --what "..."
            guong record --from cac-buoc.jsonl
    """
    if ctx.invoked_subcommand:
        if source:
            raise UsageError("--from không đi cùng một bước", "guong record --from TỆP")
        return
    if not source:
        raise UsageError("còn thiếu bước hoặc --from TỆP", "xem guong record --help")
    from pathlib import Path

    from guong.recording import Order
    from guong.rowfiles import row_file

    with opened(ctx) as book, row_file(source) as rows:
        folder = Path() if source == "-" else Path(source).parent
        order = Order(
            channel="import", by=acting(ctx)[0], dry_run=dry_run, outside=True, clock_reason=clock_reason, folder=folder
        )
        receipts = book.record_all(rows, order)
        print_receipts(book, receipts, dry_run=dry_run, as_json=as_json)


def print_receipts(book: Book, receipts: list[Receipt], *, dry_run: bool, as_json: bool) -> None:
    """Print what was recorded: position, id, short form, remarks."""
    view = book.view
    lines = [
        {
            "position": one.position, "id": one.id, "stream": one.stream, "kind": one.kind, "step": one.step, "dry_run": dry_run,
            "short": view.abbreviation(one.stream, one.kind),
            "remarks": [{"code": remark.code, "message": remark.message} for remark in one.remarks],
        }
        for one in receipts
    ]  # fmt: skip
    for line in lines:
        if as_json:
            dump(line, compact=True)
            continue
        out(
            f"{'(chưa ghi) ' if dry_run else ''}#{line['position']}  {line['short']}  {STEPS[str(line['step'])].title}  {line['id']}"
        )
        for remark in line["remarks"] if isinstance(line["remarks"], list) else ():
            out(f"    ⚠ {remark['message']}", fg="yellow")
    note(f"{'sẽ ghi' if dry_run else 'đã ghi'} {len(receipts)} mục; chưa ký")
