"""Asking: a book is made ready once, then any number of questions are answered."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from guong import places
from guong.audit.answer import Answer, Missing, Verdict, conclude
from guong.audit.inquiry import Inquiry, Sources
from guong.audit.judging import Judging
from guong.audit.question import FILTERS
from guong.errors import GuongError, RefusedError
from guong.forms import pick
from guong.log.faults import told
from guong.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guong.audit.inquiry import Scope
    from guong.audit.question import AuditQuestion
    from guong.book import Book
    from guong.checking import Fault


class Asked(NamedTuple):
    """A question with its answer, and the values its parameters had."""

    question: AuditQuestion
    answer: Answer
    given: dict[str, Any]


@contextmanager
def sources(book: Book, faults: list[Fault] | None = None) -> Iterator[Sources]:
    """Judge what the log has more than was judged before, and open what questions read.

    Args:
        book: The book.
        faults: What a check of every entry and file found, where one was made.
    """
    view, path = book.view, book.derived(places.AUDIT)
    judging = Judging(path, book.log, view, book.plugins, book.progress)
    try:
        judging.catch_up()
        with closing(_connect(path, book.derived(places.VIEW))) as database:
            yield Sources(book, view, database, Teller(book), faults)
    finally:
        judging.close()


def _connect(problems: Path, view: Path) -> sqlite3.Connection:
    """Return a connection that reads both files and writes none."""
    with told():
        database = sqlite3.connect(problems.absolute().as_uri() + "?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        database.execute("ATTACH ? AS view", [view.absolute().as_uri() + "?mode=ro"])
    return database


def ask(question: AuditQuestion, known: Sources, scope: Scope, given: dict[str, str]) -> Asked:
    """Return the answer to a question.

    Args:
        question: The question.
        known: What it reads.
        scope: When, and what it is narrowed to; what the question cannot be narrowed to is left aside.
        given: Values for parameters, as people write them; those of other questions may be among them.

    Raises:
        RefusedError: a value is not what the parameter takes.
    """
    values, problems = pick(question.parameters, given, prefix="--set ")
    if problems:
        raise RefusedError([(None, one) for one in problems])
    narrowed = _narrowed(scope, question)
    inquiry = Inquiry(known, narrowed, values)
    try:
        answer = question.ask(inquiry)
    except GuongError:
        raise
    except Exception as error:  # noqa: BLE001 - the code may be a plugin's
        lacking = Missing(f"câu hỏi {question.id} gặp lỗi ({type(error).__name__}: {error})", "người viết câu hỏi này")
        return Asked(question, conclude("không trả lời được", seen=0, missing=[lacking]), values)
    return Asked(question, _limited(answer, inquiry.wanting(question.needs) if question.needs else []), values)


def _narrowed(scope: Scope, question: AuditQuestion) -> Scope:
    plan, field, unit = (getattr(scope, name) if name in question.narrowed else "" for name in FILTERS)
    return scope._replace(plan=plan, field=question.field or field, unit=unit)


def _limited(answer: Answer, wanting: list[Missing]) -> Answer:
    """Return an answer as far as rules could be run: where some could not, nothing is sure to be met."""
    if not wanting:
        return answer
    verdict = Verdict.UNKNOWN if answer.verdict is Verdict.MET else answer.verdict
    return replace(answer, verdict=verdict, missing=(*answer.missing, *wanting))
