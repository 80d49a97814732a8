"""Findings: what somebody who checks the book found, how it was answered, how it ended."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.life import Life, take
from guong.domain.steps import Kind, Step
from guong.forms import ask

SEVERITIES = {"note": "cần làm rõ", "breach": "vi phạm"}
ENDS = {"fixed": "đã khắc phục", "explained": "giải trình được chấp nhận", "unresolved": "không khắc phục được"}


class FindingRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """Something was found."""

    severity: Annotated[str, ask("Mức", choices=SEVERITIES)]
    what: Annotated[str, ask("Nội dung phát hiện", personal=True)]
    entry: Annotated[str, ask("Mục ghi liên quan", ref="entry")] = ""
    entries: Annotated[list[str], ask("Các mục ghi khác", ref="entry")] = msgspec.field(default_factory=list)
    question: Annotated[str, ask("Câu hỏi kiểm tra", help="mã câu hỏi, nếu có")] = ""
    inspection: Annotated[str, ask("Cuộc kiểm tra", ref="inspection")] = ""


class FindingAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever it concerns explained it."""

    answer: Annotated[str, ask("Giải trình", personal=True)]


class FindingClosed(msgspec.Struct, frozen=True, kw_only=True):
    """It has come to an end."""

    end: Annotated[str, ask("Kết thúc", choices=ENDS)]
    how: Annotated[str, ask("Đã làm gì", personal=True)] = ""


STEPS = (
    Step("finding_recorded", "Nêu phát hiện", "finding", FindingRecorded, "{severity}: {what}", starts=True, owner="entry",
         value="severity"),
    Step("finding_answered", "Giải trình phát hiện", "finding", FindingAnswered, "{answer}"),
    Step("finding_closed", "Kết thúc phát hiện", "finding", FindingClosed, "{end}", value="end", paper=True),
)  # fmt: skip
_BY_KEY = {step.key: step for step in STEPS}


class Finding(Life, frozen=True, kw_only=True):
    """A finding as known now.

    Attributes:
        owner: Whose key seals what is said in it; None when it concerns no entry about anybody.
        entries: The entries it concerns.
    """

    severity: str
    owner: str | None = None
    entries: tuple[str, ...] = ()
    question: str = ""
    inspection: str = ""


def evolve(state: Finding | None, stored: Stored) -> Finding | None:
    """Take in one entry of a finding's stream."""
    entry = stored.entry
    if entry is None or entry.step not in _BY_KEY:
        return state
    if entry.step == "finding_recorded":
        data = entry.data
        state = Finding(
            id=stored.stream, severity=data["severity"], owner=next(iter(entry.sealed), None), question=data.get("question", ""),
            entries=tuple(one for one in (data.get("entry"), *data.get("entries", ())) if one), inspection=data.get("inspection", ""),
        )  # fmt: skip
    return take(state, _BY_KEY[entry.step], stored) if state is not None else None


KIND = Kind("phát hiện kiểm tra", Finding, evolve)
