"""Answers to the questions of auditors as lines of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.audit.answer import VERDICTS, Verdict
from guong_tui.inert import inert
from guong_tui.widgets.sheet import heading, labelled
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guong.audit.asking import Asked
    from guong.audit.question import AuditQuestion
    from guong.audit.registry import Theme
    from guong_tui.widgets.sheet import Row

LOOKS = {Verdict.MET: "good", Verdict.UNCLEAR: "warn", Verdict.BREACH: "bad", Verdict.UNKNOWN: "dim"}
"""Verdict to how its words look."""


def worded(question: AuditQuestion) -> str:
    """Return a question on one line; one of a plugin, whose id is long, stands under the name of the plugin."""
    return question.text if "." in question.id else f"{question.id} {question.text}"


def counts(known: Iterable[Asked]) -> str:
    """Return how many questions came to what, in words."""
    verdicts = [one.answer.verdict for one in known]
    return ", ".join(f"{verdicts.count(one)} {tr(title)}" for one, title in VERDICTS.items() if one in verdicts)


def theme_rows(theme: Theme, known: Mapping[str, Asked], width: int) -> Iterator[Row]:
    """Yield what the questions of a theme came to, as far as they have been answered."""
    yield heading(inert(theme.title), width)
    yield from labelled("Kết luận", counts(known[one.id] for one in theme.questions if one.id in known), width)


def answer_rows(question: AuditQuestion, asked: Asked | None, width: int) -> Iterator[Row]:
    """Yield a question with its answer, None while it is being asked."""
    yield from labelled("Câu hỏi", inert(f"{question.id} {question.text}"), width)
    if asked is None:
        yield from labelled("Kết luận", tr("đang hỏi"), width, "dim")
        return
    answer = asked.answer
    yield from labelled("Kết luận", tr(VERDICTS[answer.verdict]), width, LOOKS[answer.verdict])
    yield from labelled("Vì sao", inert(answer.says), width)
    yield from labelled("Căn cứ để hỏi", inert(question.source), width)
    for one in question.parameters:
        if one.key in asked.given:
            yield from labelled("Tham số", inert(f"{one.title}: {asked.given[one.key]}"), width)
    for lacking in answer.missing:
        yield from labelled("Còn thiếu", inert(lacking.what), width, "warn")
        yield from labelled("Ai bổ sung được", inert(lacking.who), width)
