"""Facts of threads: what steps leave of the honours and replications they belong to, and conditions that set them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from guong.audit.answer import Found
from guong.audit.checks import Check
from guong.domain.dates import span
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored


def fact(step: str, *answers: str, of: str = "") -> Check:
    """Return the check that keeps of every entry of a step which thread it belongs to, its days, and some of its answers.

    Its code is `ask.` and the step. Its figures are `thread`, the first and last day it may have happened on (`first`, `last`), and
    the answers that were given.

    Args:
        step: The step.
        answers: Keys of questions that are about nobody.
        of: The question that names the thread, of a step that itself belongs to none.
    """

    def look(case: Case, stored: Stored) -> Iterator[dict[str, Any]]:
        question = of or (case.step.within.question if case.step.within else "")
        own = case.corrects or (stored.entry.id if stored.entry else "")
        first, last = span(case.occurred_on)
        given = {key: case.data[key] for key in answers if case.data.get(key) not in (None, "", [])}
        thread = case.data.get(question) or own
        yield {"thread": thread, "first": first.isoformat(), "last": last.isoformat(), **given}

    return Check(code(step), f"Để đối chiếu về sau: {STEPS[step].title}", look, steps=(step,))


def facts(inquiry: Inquiry, step: str, where: str = "1", says: str = "", **values: Any) -> Found:
    """Return the entries of a step whose fact, as `p`, meets a condition, with what they show."""
    got = inquiry.problems([code(step)], where, **values)
    return Found(got.count, tuple(msgspec.structs.replace(one, says=says) for one in got.shown))


def told(inquiry: Inquiry, step: str, where: str = "1", *, name: str = "k", of: str = "p") -> str:
    """Return the condition that a step counts whose fact meets a condition; what meets it is gathered once for a whole query.

    Args:
        inquiry: What is asked.
        step: The step.
        where: SQL on its fact, as `name`, that names nothing else; see `beside`.
        name: What the fact is called in it.
        of: The fact whose thread it belongs to; empty for any thread of the exemplar of `e`.
    """
    own, also = (
        (answer("thread", name), "")
        if of
        else (f"{name}_e.no", f" JOIN entry {name}_e ON {name}_e.position={name}.position")
    )
    return (
        f"{answer('thread', of) if of else 'e.no'} IN (SELECT {own} FROM problem {name}{also} WHERE {name}.code='{code(step)}' "
        f"AND {name}.position<=:position AND {where} AND {inquiry.stands(name)})"
    )


def beside(inquiry: Inquiry, step: str, where: str, *, name: str = "k") -> str:
    """Return the condition that a step of the thread of `p` counts whose fact, held against other facts, meets a condition.

    It is looked for among the entries of the exemplar of `e`, for every `p` anew; the plus keeps SQLite from going through all facts
    of the step instead.
    """
    return (
        f"EXISTS (SELECT 1 FROM entry {name}_e CROSS JOIN problem {name} ON {name}.position={name}_e.position WHERE {name}_e.no=e.no "
        f"AND {name}_e.position<=:position AND +{name}.code='{code(step)}' AND {answer('thread', name)}={answer('thread')} "
        f"AND {where} AND {inquiry.stands(name)})"
    )


def answer(key: str, name: str = "p") -> str:
    """Return the SQL of what a fact holds under a key."""
    return f"json_extract({name}.figures, '$.{key}')"


def code(step: str) -> str:
    """Return the code of the fact of a step."""
    return f"ask.{step.replace('_', '-')}"
