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

    return Check(_code(step), f"Để đối chiếu về sau: {STEPS[step].title}", look, steps=(step,))


def facts(inquiry: Inquiry, step: str, where: str = "1", says: str = "", **values: Any) -> Found:
    """Return the entries of a step whose fact, as `p`, meets a condition, with what they show."""
    got = inquiry.problems([_code(step)], where, **values)
    return Found(got.count, tuple(msgspec.structs.replace(one, says=says) for one in got.shown))


def told(inquiry: Inquiry, step: str, where: str = "1", *, name: str = "k", of: str = "p") -> str:
    """Return the condition that the exemplar of `e` has a step that counts, and whose fact meets a condition.

    Args:
        inquiry: What is asked.
        step: The step.
        where: SQL on its fact, as `name`.
        name: What the fact is called in it.
        of: The fact whose thread it belongs to; empty for any thread.
    """
    thread = f" AND {answer('thread', name)}={answer('thread', of)}" if of else ""
    return (
        f"EXISTS (SELECT 1 FROM entry {name}_e CROSS JOIN problem {name} ON {name}.position={name}_e.position WHERE {name}_e.no=e.no "
        f"AND {name}.position<=:position AND {name}.code='{_code(step)}'{thread} AND {where} AND {inquiry.stands(name)})"
    )


def answer(key: str, name: str = "p") -> str:
    """Return the SQL of what a fact holds under a key."""
    return f"json_extract({name}.figures, '$.{key}')"


def _code(step: str) -> str:
    return f"ask.{step.replace('_', '-')}"
