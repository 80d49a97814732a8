"""A question an auditor asks, as data and one pure function from what is known to an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.forms import questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import msgspec

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.forms import Question

FILTERS = {"plan": "kế hoạch", "field": "lĩnh vực", "unit": "đơn vị"}
"""What a question may be narrowed to, and its Vietnamese name."""


class AuditQuestion:
    """A question.

    Args:
        id: Its name for ever: `Q06`, or `<key of the plugin>.<name>` of a question that a plugin brings.
        text: The question, in Vietnamese.
        ask: The answer. A pure function: it asks the `Inquiry` alone, and nothing else.
        source: The law, plan or principle that demands it.
        steps: The steps whose entries it reads.
        rules: The codes of the rules whose judgement of the whole history it reads.
        needs: Whose rules it cannot do without: `plan`, `law`, `field`. Where such a plugin is missing the answer is at best
            that there is not enough data, and names it.
        parameters: What may be set, as a form whose questions have defaults.
        narrowed: What it can be narrowed to: keys of `FILTERS`.
        field: The only field it is about; empty for any.
    """

    def __init__(
        self, id: str, text: str, ask: Callable[[Inquiry], Answer], *, source: str, steps: Iterable[str] = (),  # noqa: A002
        rules: Iterable[str] = (), needs: Iterable[str] = (), parameters: type[msgspec.Struct] | None = None,
        narrowed: Iterable[str] = tuple(FILTERS), field: str = "",
    ) -> None:  # fmt: skip
        self.id, self.text, self.ask, self.source = id, text, ask, source
        self.steps, self.rules, self.needs, self.narrowed = tuple(steps), tuple(rules), tuple(needs), tuple(narrowed)
        self.field = field
        self.parameters: tuple[Question, ...] = questions(parameters) if parameters else ()
