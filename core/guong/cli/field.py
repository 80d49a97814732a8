"""`guong field show`: one campaign field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.fields import field_json, holders_told, installed, kinds_told
from guong.cli.shared import at_book, dump, json_option, note, one_of, opened, out, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong.catalogue import Seen
    from guong.domain.declarations import Criterion, FieldDeclaration
    from guong.forms import Question

_TYPES = {
    "text": "chữ", "int": "số nguyên", "number": "số", "bool": "có hoặc không", "choice": "chọn", "date": "ngày",
    "map": "các cặp", "texts": "các cặp", "json": "JSON",
}  # fmt: skip


@click.group("field")
def command() -> None:
    """Xem một lĩnh vực: tiêu chí, biểu, quy tắc, chỉ tiêu.

    \b
    Ví dụ:  guong field show linh-vuc-a
    """


@command.command("show")
@click.argument("key", metavar="MÃ")
@click.option(
    "--plan", metavar="MÃ", default="", help="Theo kế hoạch này; ngoài sổ, để biết đơn vị chủ trì và chỉ tiêu."
)
@json_option
@click.pass_context
def show(ctx: click.Context, key: str, plan: str, as_json: bool) -> None:
    """Xem một lĩnh vực: tiêu chí nguyên văn, biểu, quy tắc.

    Trong một cuốn sổ: theo bản sổ đã chép, dù plugin còn hay không. Ngoài sổ: theo plugin đã cài.

    \b
    Ví dụ:  guong field show linh-vuc-a
            guong field show linh-vuc-a --plan ke-hoach-a --json
    """
    from guong import catalogue

    if at_book(ctx):
        with opened(ctx) as book:
            plans = book.view.states("plan")
            one_of("kế hoạch", plan, [one.key for one in plans])
            bound = [field for one in plans for field in catalogue.fields_of(one)]
            if key not in bound:
                installed(book.plugins, "lĩnh vực", key, catalogue.FIELDS, bound)
            seen = catalogue.one_of_book(book, key, plan)
    else:
        from guong.plugins import Plugins

        plugins = Plugins()
        installed(plugins, "kế hoạch", plan, catalogue.PLANS)
        installed(plugins, "lĩnh vực", key, catalogue.FIELDS)
        seen = catalogue.one_of_plugins(plugins, key, plan)
    if as_json:
        dump([_json(one) for one in seen])
        return
    for one in seen:
        _show(one)
    if not at_book(ctx) and not plan:
        note(f"đơn vị chủ trì, chỉ tiêu: guong field show {key} --plan MÃ; các kế hoạch: guong fields")


def _json(seen: Seen) -> dict[str, Any]:
    import msgspec

    openings = [{"on": one.on, "position": one.position, "declaration": one.hash} for one in seen.openings]
    return {
        **field_json(seen), "openings": openings, "general_criteria": msgspec.to_builtins(_general(seen)),
        "declared": msgspec.to_builtins(seen.declared),
    }  # fmt: skip


def _general(seen: Seen) -> tuple[Criterion, ...]:
    return seen.plan.criteria if seen.plan else ()


def _show(seen: Seen) -> None:
    for line in wrapped(seen.title, first=f"{seen.letter} {seen.key}: ".lstrip(), rest="  "):
        out(line, bold=True)
    if seen.note:
        for line in wrapped(seen.note, first="  ", rest="  "):
            out(line, fg="yellow")
    _facts(seen)
    declared = seen.declared
    if declared is None:
        return
    _criteria(declared)
    if _general(seen):
        out("Tiêu chí chung của kế hoạch", bold=True)
        _criterion_lines(_general(seen), {})
    _forms(declared)
    _rules(declared)
    if seen.openings[1:]:
        _openings(seen)


def _facts(seen: Seen) -> None:
    declared = seen.declared
    parts = "; ".join(title for quota in seen.quotas[:1] for title in quota.parts.values())
    known = [
        ("Phong trào", declared.campaign if declared else ""),
        ("Kế hoạch", f"{seen.plan.key}: {seen.plan.title}" if seen.plan else ""),
        *(("Chủ trì", line) for line in holders_told(seen)),
        *(("Nguyên văn", text) for text in dict.fromkeys(one.text for one in seen.leads)),
        *(("Cách tính", text) for text in dict.fromkeys(one.reading for one in seen.quotas)),
        ("Chia theo", parts),
        ("Đối tượng", kinds_told(seen) if declared else ""),
        ("Phần", _by_question(declared, declared.part) if declared else ""),
        ("Nhóm", _by_question(declared, declared.group) if declared else ""),
        ("Khai báo", _source(seen)),
    ]
    for label, text in known:
        if text:
            for line in wrapped(text, first=f"  {label:<12}", rest=" " * 14):
                out(line)


def _by_question(declared: FieldDeclaration, key: str) -> str:
    """Tell by the answer to which question at discovery exemplars fall into parts or groups."""
    question = next((one for one in declared.asks("discovered") if one.key == key), None)
    return f"theo {key} ({question.title}): {_choices(question)}" if question else key


def _choices(question: Question) -> str:
    return ", ".join(f"{key} ({title})" for key, title in question.choices.items())


def _source(seen: Seen) -> str:
    """Tell which plugin declared what is shown, under which hash, and where the log holds it."""
    from guong.domain.dates import show
    from guong.domain.declarations import as_data, declaration_hash

    if seen.declared is None:
        return ""
    digest = seen.openings[-1].hash if seen.openings else declaration_hash(as_data(seen.declared))
    text = f"plugin {seen.declared.plugin}, {seen.declared.version}; mã băm {digest[:12]}"
    return text + "".join(f"; mở từ {show(one.on)}, mục #{one.position}" for one in seen.openings[-1:])


def _criteria(declared: FieldDeclaration) -> None:
    """Print the criteria, those that apply to the same kinds and group under one heading."""
    from guong.domain.subject import KINDS

    asked = next((one for one in declared.asks("discovered") if one.key == declared.group), None)
    groups = asked.choices if asked else {}
    parted: dict[tuple[tuple[str, ...], str], list[Criterion]] = {}
    for one in declared.criteria:
        parted.setdefault((one.kinds, one.group), []).append(one)
    alternatives: dict[str, list[str]] = {}
    for one in declared.criteria:
        alternatives.setdefault(one.any_of, []).append(one.id)
    for (kinds, group), criteria in parted.items():
        who = ", ".join(KINDS.get(kind, kind) for kind in kinds) or "mọi đối tượng"
        out(f"Tiêu chí đối với {who}{f', {groups.get(group, group)}' if group else ''}", bold=True)
        _criterion_lines(criteria, alternatives)


def _criterion_lines(criteria: Iterable[Criterion], alternatives: dict[str, list[str]]) -> None:
    for one in criteria:
        marks = " (bắt buộc)" if one.mandatory else ""
        marks += f" (chỉ cần đạt một trong {', '.join(alternatives.get(one.any_of, ()))})" if one.any_of else ""
        for line in wrapped(f"{one.text}{marks}", first=f"  {one.id:<10} ", rest=" " * 13):
            out(line)


def _forms(declared: FieldDeclaration) -> None:
    from guong.domain.streams import STEPS

    if declared.forms:
        out("Biểu: điều lĩnh vực hỏi thêm ở từng bước", bold=True)
    for step, asked in declared.forms.items():
        out(f"  {STEPS[step].title if step in STEPS else step} ({step})")
        for question in asked:
            for line in wrapped(_question(question), first="    ", rest="      "):
                out(line)


def _question(question: Question) -> str:
    marks = [
        _TYPES.get(question.type, question.type) + (", nhiều câu trả lời" if question.many else ""),
        *(["bắt buộc"] if question.required else []),
        *(["niêm phong: về một người"] if question.personal else []),
    ]
    more = _choices(question) or question.help
    also = f"; {question.help}" if question.choices and question.help else ""
    return f"{question.key}: {question.title} [{'; '.join(marks)}]{f': {more}' if more else ''}{also}"


def _rules(declared: FieldDeclaration) -> None:
    if declared.rules:
        out("Quy tắc của lĩnh vực", bold=True)
    for rule in declared.rules:
        out(f"  {rule.code}")
        for line in wrapped(f"{rule.text}{f' ({rule.source})' if rule.source else ''}", first="    ", rest="    "):
            out(line)


def _openings(seen: Seen) -> None:
    """Print the openings by date, each with the criteria that it brought and took away."""
    from guong.domain.dates import show

    out("Các lần mở", bold=True)
    before: set[str] = set()
    for one in seen.openings:
        ids = [criterion.id for criterion in one.declared.criteria] if one.declared else []
        new, gone = [id_ for id_ in ids if id_ not in before], sorted(before - set(ids))
        text = f"từ {show(one.on)}, mục #{one.position}, mã băm {one.hash[:12]}, {len(ids)} tiêu chí"
        text += f"; thêm {', '.join(new)}" if before and new else ""
        text += f"; bỏ {', '.join(gone)}" if gone else ""
        for line in wrapped(text, first="  ", rest="    "):
            out(line)
        before = set(ids)
