"""Prompts: what a person at a terminal is asked when an answer is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from guong.cli.shared import note, wrapped
from guong.domain.corrections import ANY
from guong.domain.review import FINDINGS
from guong.domain.streams import KINDS
from guong.forms import Question, read
from guong.rows import ENVELOPE, PAPER, target_key
from guong.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guong.book import Book
    from guong.cli.record import Asked
    from guong.domain.declarations import Criterion, FieldDeclaration
    from guong.domain.exemplar import CriterionFinding
    from guong.domain.steps import Step
    from guong.rows import Row

_ON_PAPER = ("number", "notation", "date", "issuer")
_KEYS = {"d": "met", "k": "not_met", "x": "not_applicable"}
"""One key for each finding; d stands for đ, which not every keyboard has."""
_FINDING = Question(
    key="finding", title="Đối chiếu", type="choice", choices={key: FINDINGS[one] for key, one in _KEYS.items()}
)


def ask_target(step: Step, row: Row) -> str:
    """Return what the step is about, asked where `row` does not say; empty for a step that starts something."""
    key = "entry" if step.stream == ANY else target_key(step)
    if key and not row.get(key):
        row[key] = _prompt("Số mục ghi" if key == "entry" else f"Mã {KINDS[key].title}")
    return str(row.get(key, "")) if key else ""


def ask_role(book: Book, row: Row, by: str) -> None:
    """Ask in which role and unit an officer acts, where he holds several and the row does not say."""
    key = str(row.get("by") or by)
    officer = book.world.officer(key) if key else None
    held = sorted({(role.role, role.unit) for role in officer.roles}) if officer else []
    fits = [one for one in held if row.get("as_role") in (None, one[0]) and row.get("in_unit") in (None, one[1])]
    if len(fits) > 1:
        choices = {str(number): f"{role} tại {unit}" for number, (role, unit) in enumerate(fits, start=1)}
        question = Question(key="role", title="Với vai trò", type="choice", choices=choices, required=True)
        row["as_role"], row["in_unit"] = fits[int(ask_question(question)) - 1]


def ask_missing(book: Book, step: Step, row: Row, asked: Callable[[], Asked | None]) -> None:
    """Ask for every required answer that `row` lacks and put it in; an answer that cannot be read is asked again.

    Args:
        asked: Tells which field the row is about, once its field and its day are answered.
    """
    for question in (*step.questions, *ENVELOPE):
        if (question.required or _divided(book, step, question)) and not row.get(question.key):
            narrow = step.key == "criterion_assessed" and question.key == "criterion"
            row[question.key] = ask_question(_criterion(book, asked(), row, question) if narrow else question)
    about, details = asked(), row["details"]
    field = about.field if about else None
    for question in field.asks(step.key) if field else ():
        if question.required and not details.get(question.key):
            details[question.key] = ask_question(question)
    if step.reason and not row.get("reason"):
        row["reason"] = ask_question(next(one for one in ENVELOPE if one.key == "reason"))
    if step.paper and not row["papers"]:
        words = {question.key: _prompt(f"Văn bản: {question.title}") for question in PAPER if question.key in _ON_PAPER}
        row["papers"] = [{key: value for key, value in words.items() if value}]
    if step.key == "reviewed":
        row["criteria"] = _criteria(book, field, row, next(one for one in step.questions if one.key == "criteria"))


def _divided(book: Book, step: Step, question: Question) -> bool:
    """Tell whether it is the question for the field of an exemplar, and a plan of the book has fields."""
    return bool(
        step.starts and question.ref == "field" and any(one.declared.fields for one in book.view.states("plan"))
    )


def ask_question(question: Question) -> str:
    """Ask one question until its answer can be read."""
    words = question.title
    if question.choices:
        click.echo(safe("\n".join(f"    {key:<18} {title}" for key, title in question.choices.items())), err=True)
    elif question.help:
        words += f" ({question.help})"
    return _until_read(question, words)


def _until_read(question: Question, words: str) -> str:
    """Ask until the answer can be read."""
    while True:
        answer = _prompt(words)
        problems = read([question], {question.key: answer})[1]
        if not problems:
            return answer
        click.echo(safe(f"  {problems[0]}"), err=True)


def _prompt(words: str) -> str:
    answer: str = click.prompt(safe(words), err=True, default="", show_default=False)
    return answer


class _Standard(NamedTuple):
    """By what an exemplar is reviewed: the criteria of its field that apply to it, the plan's general ones, what was found before."""

    own: tuple[Criterion, ...]
    general: tuple[Criterion, ...]
    before: dict[str, CriterionFinding]


def _standard(book: Book, field: FieldDeclaration | None, row: Row) -> _Standard:
    view = book.view
    state = view.state(view.find("exemplar", str(row["exemplar"])).id)
    subject, plan = view.state(state.subject), book.world.plan(state.plan)
    own = field.criteria_for(subject.kind, book.plugins.group(plan, state, field)) if plan and field else ()
    return _Standard(own, plan.criteria_for(subject.kind) if plan else (), state.findings)


def _criterion(book: Book, asked: Asked | None, row: Row, question: Question) -> Question:
    """Return a question for one criterion as a choice of those that apply."""
    standard = _standard(book, asked.field if asked else None, row)
    choices = {one.id: one.text for one in (*standard.own, *standard.general)}
    return msgspec.structs.replace(question, type="choice", choices=choices)


def _criteria(book: Book, field: FieldDeclaration | None, row: Row, question: Question) -> Any:
    """Ask for a finding on every criterion that applies to the exemplar and on which the row has none.

    An empty answer leaves a criterion open where that is allowed: a general one, and one that was looked at before.
    """
    answers, wrong = read([question], {question.key: row.get(question.key)})
    if wrong:
        return row[question.key]  # what was given cannot be read, which recording it will say
    found: dict[str, str] = answers.get(question.key, {})
    own, general, before = _standard(book, field, row)
    note("Đối chiếu từng tiêu chí: " + ", ".join(f"{key} = {title}" for key, title in _FINDING.choices.items()))
    for place, one in enumerate((*own, *general)):
        if place == len(own):
            note("\nTiêu chí chung của kế hoạch (Enter: chưa xem xét)")
        if one.id not in found:
            earlier = before[one.id].finding if one.id in before else ""
            finding = _finding(one, earlier, alternatives=_alternatives(one, own), free=place >= len(own))
            found |= {one.id: finding} if finding else {}
    return found


def _alternatives(criterion: Criterion, criteria: Iterable[Criterion]) -> str:
    return ", ".join(one.id for one in criteria if criterion.any_of and one.any_of == criterion.any_of)


def _finding(criterion: Criterion, earlier: str, *, alternatives: str, free: bool) -> str:
    """Ask what was found of one criterion; empty where it stays open or as it was found before."""
    marks = " (bắt buộc)" if criterion.mandatory else ""
    marks += f" (chỉ cần đạt một trong {alternatives})" if alternatives else ""
    note("")
    for line in wrapped(f"{criterion.text}{marks}", first=f"  {criterion.id} ", rest="    "):
        note(line)
    words = f"    {'/'.join(_KEYS)}" + (f" (Enter: giữ {FINDINGS.get(earlier, earlier)})" if earlier else "")
    asked = msgspec.structs.replace(_FINDING, required=not (free or earlier))
    while True:
        typed = _prompt(words).strip()
        answers, problems = read([asked], {asked.key: next((key for key in _KEYS if _KEYS[key] == typed), typed)})
        if not problems:
            break
        note(f"    {problems[0]}")
    found = _KEYS.get(answers.get(asked.key, ""), "")
    if criterion.mandatory and (found or earlier) != "met":
        note("    không đạt tiêu chí bắt buộc thì không thể kết luận đạt")
    return found
