"""Questions that rules answer: what they say of the whole history, put into a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.audit.answer import Missing, conclude

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry


def by_rules(
    steps: Sequence[str], *, breaches: Sequence[str] = (), unclear: Sequence[str] = (), what: str, who: str = "", none: str = ""
) -> Callable[[Inquiry], Answer]:  # fmt: skip
    """Return the function of a question that is answered by what rules say of the entries of some steps.

    Args:
        steps: The steps it looks at.
        breaches: Codes of rules; whatever they say is a breach.
        unclear: Codes of rules; whatever they say must be made clear.
        what: What the entries are, in Vietnamese, as after a number: `lần bình xét`.
        who: Who could record them, where there being none is not enough data.
        none: Why there being none is as it should be; either this or `who`.
    """

    def ask(inquiry: Inquiry) -> Answer:
        seen = inquiry.count(steps)
        if not seen:
            lacking = [] if none else [Missing(f"sổ chưa có {what} nào", who)]
            return conclude(none or f"chưa có {what} nào để xét", seen=0, missing=lacking)
        wrong, open_ = inquiry.problems(breaches), inquiry.problems(unclear)
        rests = inquiry.entries(f"e.step IN ({', '.join(repr(step) for step in steps)})", known=seen)
        says = f"xét {seen} {what}: {wrong.count} điều vi phạm, {open_.count} điều cần làm rõ"
        return conclude(says, seen=seen, breaches=wrong, unclear=open_, rests=rests)

    return ask
