"""What a form or a rule says when something is wrong or worth a remark."""

from __future__ import annotations

from typing import Any

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong (a refusal) or worth knowing (a remark).

    Attributes:
        code: The rule or check that speaks (`core.late`, `form.required`), never renamed.
        message: A Vietnamese sentence that names the culprit.
        fix: What would have worked, in Vietnamese; empty when there is no advice.
        culprit: The key of the question or envelope part that is at fault; empty when it is the step as a whole.
        refusal: Whether it stops the step; a remark is kept with the entry instead.
        figures: What the words were made from: ids, dates and numbers, never a person's name.
    """

    code: str
    message: str
    fix: str = ""
    culprit: str = ""
    refusal: bool = True
    figures: dict[str, Any] = msgspec.field(default_factory=dict)

    def __str__(self) -> str:
        """The message with its advice."""
        return f"{self.message}; {self.fix}" if self.fix else self.message


def refusals(problems: list[Problem]) -> list[Problem]:
    """Return those that stop a step."""
    return [problem for problem in problems if problem.refusal]
