"""`guong finding`: what whoever checks the book finds, how it is answered, how it ends; each of them an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.record import StepCommand
from guong.cli.shared import json_option, listing, opened
from guong.domain.finding import ENDS, SEVERITIES
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.finding import Finding
    from guong.telling import Teller


@click.group("finding")
def command() -> None:
    """Nêu phát hiện về các mục ghi; giải trình; kết thúc.

    \b
    Ví dụ:  guong finding raise Q06 1234 --text "..." --occurred-on 10/12/2024
            guong finding list --open
    """


class RaiseCommand(StepCommand):
    """Raising a finding: the question and the entries it is about are arguments, everything else is as `guong record` asks it."""

    def __init__(self) -> None:
        super().__init__(STEPS["finding_recorded"])
        self.name, self.short_help = "raise", None
        self.help = (
            "Nêu phát hiện về các mục ghi, kèm câu hỏi kiểm tra nếu có.\n\nKhông nêu mức thì là cần làm rõ.\n\n"
            '\b\nVí dụ:  guong finding raise Q06 1234 --text "..." --occurred-on 10/12/2024'
        )
        named = click.Argument(["named"], metavar="[CÂU] #SỐ...", nargs=-1)
        kept = [one for one in self.params if one.name not in ("entry", "entries", "question")]
        for one in kept:
            if one.name == "what":
                one.opts.insert(0, "--text")
        self.params = [named, *kept]

    def _row(self, given: dict[str, Any]) -> dict[str, Any]:
        from guong.audit.registry import question

        named: tuple[str, ...] = given.pop("named")
        entries = [one for one in named if one.removeprefix("#").isdecimal()]
        questions = [one for one in named if one not in entries]
        if len(questions) > 1:
            raise click.UsageError(f"{questions[1]}: một phát hiện chỉ theo một câu hỏi; mục ghi viết như #1234")
        row = super()._row(given)
        row.setdefault("severity", "note")
        if questions:
            with opened(click.get_current_context()) as book:
                row["question"] = question(questions[0], book.plugins).id
        if entries:
            row |= {"entry": entries[0], **({"entries": entries[1:]} if entries[1:] else {})}
        return row


class NextCommand(StepCommand):
    """What follows a finding."""

    def __init__(self, name: str, step: str, text: str) -> None:
        super().__init__(STEPS[step])
        self.name, self.help, self.short_help = name, text, None


command.add_command(RaiseCommand())
command.add_command(
    NextCommand(
        "answer", "finding_answered",
        'Giải trình một phát hiện.\n\n\b\nVí dụ:  guong finding answer 7q3k --answer "..." --occurred-on 12/12/2024',
    )
)  # fmt: skip
command.add_command(
    NextCommand(
        "close", "finding_closed",
        "Kết thúc một phát hiện, theo văn bản.\n\n"
        "\b\nVí dụ:  guong finding close 7q3k --end fixed --paper-number 98 --occurred-on 30/12/2024",
    )
)  # fmt: skip


@command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Chỉ những phát hiện chưa kết thúc.")
@click.option("--question", metavar="CÂU", default="", help="Chỉ theo câu hỏi này.")
@json_option
@click.pass_context
def list_(ctx: click.Context, only_open: bool, question: str, as_json: bool) -> None:
    """Xem các phát hiện, theo thứ tự nêu.

    \b
    Ví dụ:  guong finding list --open
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        teller = Teller(book)
        rows = [_row(book, teller, one) for one in book.view.states("finding")]
        rows = [one for one in rows if question in ("", one["question"]) and not (only_open and one["end"])]
        heads = [
            ("Mã", "short"), ("Mức", "severity_title"), ("Câu hỏi", "question"), ("Mục ghi", "about"), ("Nêu ngày", "on_title"),
            ("Đến nay", "status"), ("Nội dung", "what"),
        ]  # fmt: skip
        listing(heads, rows, "phát hiện", as_json=as_json)


def _row(book: Book, teller: Teller, one: Finding) -> dict[str, Any]:
    from guong.domain.dates import show

    raised, closed = one.marks["finding_recorded"], one.mark("finding_closed")
    positions = [known[0] for id_ in one.entries if (known := book.view.entry(id_))]
    return {
        "id": one.id, "short": book.view.abbreviation(one.id, "finding"), "severity": one.severity,
        "severity_title": SEVERITIES.get(one.severity, one.severity), "question": one.question, "entries": positions,
        "about": " ".join(f"#{position}" for position in positions), "on": raised.on, "on_title": show(raised.on),
        "position": raised.position, "answered": one.has("finding_answered"), "end": closed.value if closed else "",
        "end_title": ENDS.get(closed.value or "", "") if closed else "", "status": teller.finding_status(one),
        "what": teller.finding_text(one),
    }  # fmt: skip
