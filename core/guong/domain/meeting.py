"""Meetings that review: who was called, whose interest was in conflict, what the minutes say."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Kind, Step
from guong.forms import ask

CONFLICTS = {
    "self": "là chính người được xét",
    "family": "là người thân",
    "own_unit": "cùng đơn vị",
    "lead": "đơn vị mình chủ trì",
    "other": "lý do khác",
}


class ReviewCalled(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting is called to review."""

    body: Annotated[str, ask("Hội đồng, đơn vị họp", ref="unit")]
    members: Annotated[list[str], ask("Thành viên được mời", ref="officer", required=True)]
    chair: Annotated[str, ask("Người chủ trì", ref="officer")] = ""
    on: Annotated[str, ask("Ngày họp", type="date")] = ""
    place: Annotated[str, ask("Nơi họp")] = ""
    exemplars: Annotated[list[str], ask("Điển hình được xét", ref="exemplar")] = msgspec.field(default_factory=list)


class ConflictDeclared(msgspec.Struct, frozen=True, kw_only=True):
    """A member has an interest in an exemplar that is reviewed."""

    member: Annotated[str, ask("Thành viên", ref="officer")]
    exemplar: Annotated[str, ask("Điển hình liên quan", ref="exemplar")]
    conflict: Annotated[str, ask("Xung đột lợi ích", choices=CONFLICTS)]
    recused: Annotated[bool, ask("Đã tránh, không tham gia xét")]


class MinutesSigned(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes are signed."""

    present: Annotated[list[str], ask("Thành viên có mặt", ref="officer", required=True)]
    secretary: Annotated[str, ask("Thư ký", ref="officer")] = ""
    decided: Annotated[str, ask("Kết luận", help="không nêu tên ai")] = ""


STEPS = (
    Step("review_called", "Triệu tập họp bình xét", "meeting", ReviewCalled, "{body}, {on}", starts=True),
    Step(
        "conflict_declared",
        "Khai xung đột lợi ích",
        "meeting",
        ConflictDeclared,
        "{member}: {conflict}",
        owner="exemplar",
    ),
    Step("minutes_signed", "Ký biên bản họp", "meeting", MinutesSigned, "{decided}", paper=True),
)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """That a member has an interest in an exemplar, and whether he kept out."""

    member: str
    exemplar: str
    conflict: str
    recused: bool


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as known now; `present` is empty until its minutes are signed."""

    id: str
    body: str
    members: tuple[str, ...]
    chair: str
    on: str
    exemplars: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    present: tuple[str, ...] = ()
    signed: str | None = None

    def conflict(self, member: str, exemplar: str) -> Conflict | None:
        """Return the interest that a member declared in an exemplar."""
        return next((one for one in self.conflicts if (one.member, one.exemplar) == (member, exemplar)), None)


def evolve(state: Meeting | None, stored: Stored) -> Meeting | None:
    """Take in one entry of a meeting's stream."""
    entry = stored.entry
    if entry is None:
        return state
    data = entry.data
    if entry.step == "review_called":
        return Meeting(
            id=stored.stream, body=data["body"], members=tuple(data["members"]), chair=data.get("chair", ""),
            on=data.get("on") or entry.occurred_on, exemplars=tuple(data.get("exemplars", ())),
        )  # fmt: skip
    if state is not None and entry.step == "conflict_declared":
        conflict = Conflict(
            member=data["member"], exemplar=data["exemplar"], conflict=data["conflict"], recused=data["recused"]
        )
        return msgspec.structs.replace(state, conflicts=(*state.conflicts, conflict))
    if state is not None and entry.step == "minutes_signed":
        return msgspec.structs.replace(state, present=tuple(data["present"]), signed=entry.occurred_on)
    return state


KIND = Kind("cuộc họp", Meeting, evolve)
