"""`guong subject`: subjects, who of them goes by the same name, and merging those who are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.record import StepCommand
from guong.cli.shared import dump, facts, json_option, listing, note, opened, out, table
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.entry import Stored
    from guong.domain.life import Thread
    from guong.domain.subject import Subject
    from guong.telling import Teller

_THREADS = {
    "achievement": "Thành tích",
    "standing": "Đang xem xét",
    "consent": "Đồng ý",
    "request": "Yêu cầu về dữ liệu",
}
"""Kinds of what goes on in a subject's life, each told under a heading of its own."""


@click.group("subject")
def command() -> None:
    """Xem đối tượng; gộp những đối tượng là một, tách lại.

    \b
    Ví dụ:  guong subject list
            guong subject candidates
    """


@command.command("list")
@json_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """Xem danh sách đối tượng, theo thứ tự ghi vào sổ.

    \b
    Ví dụ:  guong subject list --json
    """
    from guong.telling import Teller

    with opened(ctx) as book:
        teller = Teller(book)
        rows = [_row(book, teller, one) for one in book.view.states("subject")]
        heads = [
            ("Mã", "short"),
            ("Tên", "name"),
            ("Loại", "kind_title"),
            ("Địa bàn, đơn vị", "unit_name"),
            ("Gộp vào", "into_short"),
        ]
        listing(heads, rows, "đối tượng", as_json=as_json)


@command.command("show")
@click.argument("subject", metavar="MÃ")
@json_option
@click.pass_context
def show(ctx: click.Context, subject: str, as_json: bool) -> None:
    """Xem một đối tượng: danh hiệu, thành tích, các điển hình.

    \b
    Ví dụ:  guong subject show 7q3k
    """
    import msgspec

    from guong.cli.log import entry_json
    from guong.cli.show import tell_entries
    from guong.telling import Teller

    with opened(ctx) as book:
        teller = Teller(book)
        state = book.view.state(book.view.find("subject", subject).id)
        entries, exemplars = book.log.stream(state.id), _exemplars(book, state)
        if as_json:
            told = [entry_json(teller, one) for one in entries]
            dump({**msgspec.to_builtins(state), **_row(book, teller, state), "exemplars": exemplars, "entries": told})
            return
        out(f"{teller.name(state.id)}  [{book.view.abbreviation(state.id, 'subject')}]", bold=True)
        facts(_facts(book, teller, state))
        for kind, heading in _THREADS.items():
            _threads(teller, entries, state.of_kind(kind), heading)
        _head("Các điển hình", [f"{one['short']}  {one['field']}  {one['stage_title']}" for one in exemplars])
        tell_entries(teller, entries, "Các mục ghi")


@command.command("candidates")
@json_option
@click.pass_context
def candidates(ctx: click.Context, as_json: bool) -> None:
    """Xem những đối tượng cùng tên, có thể là một.

    Chỉ người xem mới quyết định được: gộp bằng guong subject merge.

    \b
    Ví dụ:  guong subject candidates
    """
    from guong.likeness import Likeness
    from guong.telling import Teller

    with opened(ctx) as book:
        teller = Teller(book)
        states = {one.id: one for one in book.view.states("subject")}
        groups = [[_candidate(book, teller, states[id_]) for id_ in ids] for ids in Likeness(book).pairs()]
        if as_json:
            dump(groups)
            return
        cells = [_cells(number, one) for number, group in enumerate(groups, start=1) for one in group]
        heads = ("Nhóm", "Mã", "Tên", "Loại", "Địa bàn, đơn vị", "Sinh", "Lĩnh vực")
        for line in table(heads, cells) if cells else ():
            out(line)
        note(f"{len(groups)} nhóm cùng tên")


class PairCommand(StepCommand):
    """A step about two subjects, both of them arguments; everything else as `guong record` asks it."""

    def __init__(self, name: str, step: str, text: str) -> None:
        super().__init__(STEPS[step])
        self.name, self.help, self.short_help = name, text, None
        other = click.Argument(["other"], metavar="MÃ_KIA", required=False)
        self.params = [other if one.name == "other" else one for one in self.params]


command.add_command(
    PairCommand(
        "merge",
        "subjects_merged",
        "Gộp MÃ_KIA vào MÃ: cả hai là một đối tượng.\n\n"
        "Không mất gì: các mục ghi vẫn ở chỗ cũ, và tách lại được.\n\n"
        '\b\nVí dụ:  guong subject merge 7q3k 9x2m --reason "cùng một người" --occurred-on 10/6/2024',
    )
)
command.add_command(
    PairCommand(
        "unmerge",
        "subject_unmerged",
        "Tách MÃ_KIA khỏi MÃ: gộp trước đây là nhầm.\n\n"
        '\b\nVí dụ:  guong subject unmerge 7q3k 9x2m --reason "hai người khác nhau" --occurred-on 12/6/2024',
    )
)


def _row(book: Book, teller: Teller, one: Subject) -> dict[str, Any]:
    from guong.domain.subject import KINDS

    return {
        "id": one.id, "short": book.view.abbreviation(one.id, "subject"), "name": teller.name(one.id), "kind": one.kind,
        "kind_title": KINDS.get(one.kind, one.kind), "unit": one.unit, "unit_name": teller.unit(one.unit), "into": one.into,
        "into_short": _code(book, one.into),
    }  # fmt: skip


def _code(book: Book, id_: str | None) -> str:
    return book.view.abbreviation(id_, "subject") if id_ else ""


def _exemplars(book: Book, state: Subject) -> list[dict[str, str]]:
    """Return the exemplars that a subject is, those of the subjects merged into it included."""
    from guong.domain.streams import of_exemplar

    stages = {step.mark: step.title for step in of_exemplar()}
    return [
        {"id": one.id, "short": one.short, "plan": one.plan, "field": one.field, "stage": one.stage,
         "stage_title": stages.get(one.stage, one.stage), "subject": one.subject}
        for id_ in (state.id, *state.absorbed) for one in book.view.exemplars(subject=id_)
    ]  # fmt: skip


def _candidate(book: Book, teller: Teller, one: Subject) -> dict[str, Any]:
    opened = book.reveal(one.id, one.sealed) or {}
    fields = ", ".join(exemplar["field"] for exemplar in _exemplars(book, one))
    return {**_row(book, teller, one), "born": opened.get("data", {}).get("born", ""), "fields": fields}


def _cells(number: int, one: dict[str, Any]) -> list[str | int]:
    from guong.domain.dates import show as shown

    born = shown(one["born"]) if one["born"] else ""
    return [number, one["short"], one["name"], one["kind_title"], one["unit_name"], born, one["fields"]]


def _facts(book: Book, teller: Teller, state: Subject) -> list[tuple[str, str]]:
    from guong.domain.dates import show as shown
    from guong.domain.privacy import ERASURES
    from guong.domain.subject import CHANGES, KINDS, RELATIONS

    def who(id_: str) -> str:
        return f"{teller.name(id_)} [{_code(book, id_)}]"

    titles = (
        f"{title}: " + ", ".join(f"{year} (#{at})" for year, at in sorted(years.items()))
        for title, years in state.titles.items()
    )
    return [
        ("Loại", KINDS.get(state.kind, state.kind)),
        ("Địa bàn, đơn vị", teller.unit(state.unit)),
        ("Cán bộ", teller.officer(state.officer)),
        ("Mô hình của", who(state.of) if state.of else ""),
        ("Liên kết", "; ".join(f"{RELATIONS.get(relation, relation)} {who(to)}" for relation, to in state.links)),
        ("Danh hiệu", "; ".join(titles)),
        ("Thay đổi", "; ".join(f"{CHANGES.get(one.change, one.change)} từ {shown(one.on)}" for one in state.changes)),
        ("Đã gộp vào", who(state.into) if state.into else ""),
        ("Đã gộp thêm", "; ".join(map(who, state.absorbed))),
        ("Đã xóa", ERASURES.get(state.erased, state.erased)),
    ]  # fmt: skip


def _threads(teller: Teller, entries: list[Stored], threads: dict[str, Thread], heading: str) -> None:
    """Tell each thread in a line: when and how it began, and what has become of it since."""
    from guong.domain.corrections import effective
    from guong.domain.dates import show as shown

    counted = {one.position: one for one in effective(entries)}
    lines = []
    for one in threads.values():
        answers = (f"{label}: {text}" for label, text in teller.answers(counted[one.position]))
        ends = [
            f"{_step_of(name)} {shown(mark.on)}" for name, mark in one.marks.items() if mark.position != one.position
        ]
        lines.append(f"#{one.position} {shown(one.on)}  " + "; ".join([*answers, *ends]))
    _head(heading, lines)


def _step_of(mark: str) -> str:
    return next((step.title for step in STEPS.values() if step.mark == mark), mark)


def _head(heading: str, lines: list[str]) -> None:
    if lines:
        out(heading, bold=True)
    for line in lines:
        out(f"  {line}")
