"""`guong ask`: the questions an auditor asks of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.audit.answer import VERDICTS, Verdict
from guong.cli.shared import acting, day_of, dump, json_option, moment_of, note, one_of, opened, out

if TYPE_CHECKING:
    from guong.audit.asking import Asked
    from guong.audit.inquiry import Scope
    from guong.audit.registry import Theme
    from guong.book import Book
    from guong.checking import Fault
    from guong.view.queries import View

_STYLES: dict[Verdict, dict[str, Any]] = {
    Verdict.MET: {"fg": "green"}, Verdict.UNCLEAR: {"fg": "yellow"}, Verdict.BREACH: {"fg": "red"}, Verdict.UNKNOWN: {"dim": True},
}  # fmt: skip


@click.command("ask")
@click.argument("ids", metavar="[CÂU]...", nargs=-1)
@click.option("--all", "in_full", is_flag=True, help="Mọi câu, mỗi câu kèm căn cứ.")
@click.option("--plan", metavar="MÃ", default="", help="Chỉ kế hoạch này.")
@click.option("--field", metavar="MÃ", default="", help="Chỉ lĩnh vực này.")
@click.option("--unit", metavar="ĐƠN_VỊ", default="", help="Chỉ các mục do đơn vị này ghi.")
@click.option(
    "--at", metavar="LÚC", default="", help="Như sổ đã ghi đến lúc này: 31/12/2024, 31/12/2024 17:30 hoặc #120."
)
@click.option("--set", "settings", metavar="TÊN=GIÁ_TRỊ", multiple=True, help="Đặt một tham số của câu hỏi.")
@click.option(
    "--deep", is_flag=True, help="Xem lại từng mục, khóa, tệp và dựng lại bản chiếu rồi mới trả lời Q39, Q40; lâu."
)
@click.option(
    "--record", "recording", is_flag=True, help="Ghi kết quả của --deep vào sổ (log_verified); --by nêu ai ghi."
)
@click.option(
    "--as-role", metavar="VAI_TRÒ", default="", help="Vai trò của người ghi, khi --record mà giữ nhiều vai trò."
)
@click.option(
    "--in-unit", metavar="ĐƠN_VỊ", default="", help="Đơn vị của người ghi, khi --record mà giữ nhiều vai trò."
)
@click.option("--strict", is_flag=True, help="Kết thúc bằng mã 8 khi có câu vi phạm.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, ids: tuple[str, ...], settings: tuple[str, ...], strict: bool, as_json: bool, in_full: bool,
    deep: bool, recording: bool, as_role: str, in_unit: str, at: str, **filters: str,
) -> int:  # fmt: skip
    """Hỏi sổ các câu hỏi kiểm tra: kết luận và căn cứ.

    Không nêu câu nào thì hỏi mọi câu. Thiếu dữ liệu không bao giờ là đạt.
    Nhiệm vụ, lời hứa quá hạn được xét đến ngày nêu ở --at, hoặc ngày của mục cuối.

    \b
    Ví dụ:  guong ask
            guong ask Q06 --field linh-vuc-a --at 31/12/2024
            guong ask Q39 --deep
            guong ask --all --json
    """
    from guong.audit.asking import ask, sources
    from guong.audit.registry import Theme, agenda, question
    from guong.errors import UsageError
    from guong.exits import Exit

    if recording and not deep:
        raise UsageError("--record chỉ đi cùng --deep", "chỉ ghi là đã xác minh khi vừa xem lại")
    with opened(ctx) as book:
        view = book.view
        scope = _scope(book, view, at, filters)
        given = _given(settings)
        chosen = tuple(question(id_, book.plugins) for id_ in ids)
        asked = [Theme("", "", chosen)] if ids else list(agenda(book.plugins, view, scope.field))
        _known(given, asked)
        faults = _checked(book) if deep else None
        if recording and faults is not None:
            _record(ctx, book, faults, as_role=as_role, in_unit=in_unit)
            scope = _scope(book, book.view, at, filters)
        with sources(book, faults) as known:
            answered = [(theme, [ask(one, known, scope, given) for one in theme.questions]) for theme in asked]
        if as_json:
            dump([_json(theme, one) for theme, some in answered for one in some])
        else:
            _show(book, scope, answered, in_full=bool(ids) or in_full)
        breached = any(one.answer.verdict is Verdict.BREACH for _, some in answered for one in some)
        return Exit.BREACH if strict and breached else Exit.OK


def _checked(book: Book) -> list[Fault]:
    from guong.checking import check, rebuilt

    return [*check(book), *rebuilt(book)]


def _record(ctx: click.Context, book: Book, faults: list[Fault], **role: str) -> None:
    """Record that the log was verified, and what came of it."""
    from guong.recording import Order

    serious = sum(fault.serious for fault in faults)
    row = {
        "step": "log_verified", "until": book.view.head, "result": "faulty" if serious else "sound", "faults": serious,
        "method": "guong check", "occurred_on": day_of(book, ""), **{name: value for name, value in role.items() if value},
    }  # fmt: skip
    receipt = book.record(row, Order(by=acting(ctx)[0]))
    note(f"đã ghi #{receipt.position}: xác minh sổ")


def _scope(book: Book, view: View, at: str, filters: dict[str, str]) -> Scope:
    """Return when, and what is asked about; a filter that names nothing in the book is refused."""
    from guong.audit.inquiry import Scope
    from guong.audit.registry import fields

    one_of("kế hoạch", filters["plan"], view.plans())
    one_of("lĩnh vực", filters["field"], fields(view))
    one_of("đơn vị", filters["unit"], view.keys("unit"))
    return Scope(moment_of(book, at, "", say=False), **filters)


def _given(settings: tuple[str, ...]) -> dict[str, str]:
    from guong.errors import UsageError

    pairs = [one.partition("=") for one in settings]
    wrong = next((name for name, mark, _ in pairs if not (name and mark)), None)
    if wrong is not None:
        raise UsageError(f"--set {wrong}: còn thiếu dấu =", "viết như --set days=30")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _known(given: dict[str, str], asked: list[Theme]) -> None:
    """Refuse a parameter that no question has.

    Raises:
        UsageError: with what may have been meant.
    """
    from guong.errors import UsageError
    from guong.forms import nearest

    names = {one.key: None for theme in asked for question in theme.questions for one in question.parameters}
    for name in given:
        if name not in names:
            near = nearest(name, names)
            there = f"các tham số: {', '.join(names)}" if names else "câu này không có tham số nào"
            raise UsageError(f"--set {name}: không có tham số này", f"có phải là {near}?" if near else there)


def _show(book: Book, scope: Scope, answered: list[tuple[Theme, list[Asked]]], *, in_full: bool) -> None:
    from guong.view.moments import worded

    view = book.view
    for theme, some in answered:
        if theme.title and some:
            out(theme.title, bold=True)
        for one in some:
            _line(one)
            if in_full:
                _full(view, one, scope)
    verdicts = [one.answer.verdict for _, some in answered for one in some]
    counts = ", ".join(
        f"{verdicts.count(verdict)} {title}" for verdict, title in VERDICTS.items() if verdict in verdicts
    )
    note(f"{worded(view, scope.moment, book.zone)}; {len(verdicts)} câu: {counts}")


def _line(one: Asked) -> None:
    answer = one.answer
    line = f"  {VERDICTS[answer.verdict]:<17} {answer.count or '':>5}  {one.question.id:<4} {one.question.text}"
    out(line, **_STYLES[answer.verdict])


def _titles(view: View, positions: list[int]) -> dict[int, str]:
    """Return what happened, and when, by the entries that say nothing more of themselves."""
    from guong.domain.dates import show
    from guong.domain.streams import STEPS
    from guong.view.entries import at

    return (
        {row.position: f"{STEPS[row.step].title}, {show(row.occurred_on)}" for row in at(view, positions)}
        if positions
        else {}
    )


def _full(view: View, one: Asked, scope: Scope) -> None:
    question, answer = one.question, one.answer
    out(f"          {answer.says[:1].upper()}{answer.says[1:]}.")
    out(f"          Căn cứ: {question.source}")
    set_ = [
        f"{parameter.key}={one.given[parameter.key]} ({parameter.title})"
        for parameter in question.parameters
        if parameter.key in one.given
    ]
    if set_:
        out(f"          Tham số: {'; '.join(set_)}")
    aside = [
        f"--{name}" for name in ("plan", "field", "unit") if getattr(scope, name) and name not in question.narrowed
    ]
    if aside:
        out(f"          Câu này không chia theo {', '.join(aside)}")
    for lacking in answer.missing:
        out(f"          Thiếu: {lacking.what}. Ai bổ sung được: {lacking.who}")
    titles = _titles(view, [evidence.position for evidence in answer.evidence if not evidence.says])
    for evidence in answer.evidence:
        out(f"          #{evidence.position}  {evidence.says or titles[evidence.position]}")
    if answer.count > len(answer.evidence):
        out(f"          … và {answer.count - len(answer.evidence)} mục nữa")


def _json(theme: Theme, one: Asked) -> dict[str, Any]:
    import msgspec

    question, answer = one.question, one.answer
    return {
        "id": question.id, "text": question.text, "theme": theme.key, "source": question.source, "steps": list(question.steps),
        "rules": list(question.rules), "needs": list(question.needs), "parameters": one.given, "verdict": answer.verdict,
        "verdict_title": VERDICTS[answer.verdict], "says": answer.says, "seen": answer.seen, "count": answer.count,
        "evidence": msgspec.to_builtins(answer.evidence), "missing": msgspec.to_builtins(answer.missing),
    }  # fmt: skip
