"""Prompts: what a person at a terminal is asked when an answer is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guong.domain.corrections import ANY
from guong.domain.review import FINDINGS
from guong.domain.streams import KINDS
from guong.forms import Question, read
from guong.rows import ENVELOPE, PAPER, target_key
from guong.text import safe

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.declarations import FieldDeclaration
    from guong.domain.steps import Step
    from guong.rows import Row

_ON_PAPER = ("number", "notation", "date", "issuer")
_FINDING = Question(key="finding", title="Đối chiếu", type="choice", choices=FINDINGS, required=True)


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


def ask_missing(book: Book, step: Step, field: FieldDeclaration | None, row: Row) -> None:
    """Ask for every required answer that `row` lacks and put it in; an answer that cannot be read is asked again."""
    for question in (*step.questions, *ENVELOPE):
        if (question.required or _divided(book, step, question)) and not row.get(question.key):
            row[question.key] = ask_question(question)
    details = row["details"]
    for question in field.asks(step.key) if field else ():
        if question.required and not details.get(question.key):
            details[question.key] = ask_question(question)
    if step.reason and not row.get("reason"):
        row["reason"] = ask_question(next(one for one in ENVELOPE if one.key == "reason"))
    if step.paper and not row["papers"]:
        words = {question.key: _prompt(f"Văn bản: {question.title}") for question in PAPER if question.key in _ON_PAPER}
        row["papers"] = [{key: value for key, value in words.items() if value}]
    if step.key == "reviewed" and not row.get("criteria"):
        row["criteria"] = _criteria(book, field, row)


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


def _criteria(book: Book, field: FieldDeclaration | None, row: Row) -> dict[str, str]:
    """Ask for a finding on every criterion that applies to the exemplar."""
    view = book.view
    state = view.state(view.find("exemplar", str(row["exemplar"])).id)
    subject, plan = view.state(state.subject), book.world.plan(state.plan)
    group = str(state.details.get(field.group, "")) if field and field.group else ""
    own = field.criteria_for(subject.kind, group) if field else ()
    click.echo("Đối chiếu tiêu chí: " + ", ".join(f"{key} = {title}" for key, title in FINDINGS.items()), err=True)
    return {
        one.id: _until_read(_FINDING, f"  {one.id} {one.text}{' (bắt buộc)' if one.mandatory else ''}")
        for one in (*own, *(plan.criteria_for(subject.kind) if plan else ()))
    }
