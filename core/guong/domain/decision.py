"""Decisions: one paper that many honours may rest on, found by who issued it, number and year."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Kind, Step
from guong.forms import ask


class DecisionIssued(msgspec.Struct, frozen=True, kw_only=True):
    """A decision is issued; number and date are given after it was signed."""

    authority: Annotated[str, ask("Cơ quan quyết định", ref="unit")]
    number: Annotated[str, ask("Số")]
    notation: Annotated[str, ask("Ký hiệu")]
    year: Annotated[int, ask("Năm của số", minimum=1900, maximum=2200)]
    signer: Annotated[str, ask("Người ký", ref="officer")] = ""
    signed_on: Annotated[str, ask("Ngày ký", type="date")] = ""
    numbered_by: Annotated[str, ask("Người cấp số", ref="officer")] = ""
    subject_matter: Annotated[str, ask("Trích yếu", help="không nêu tên ai")] = ""


STEPS = (
    Step("decision_issued", "Ban hành quyết định", "decision", DecisionIssued, "số {number}/{notation}, {authority}", starts=True,
         names=("authority", "number", "notation", "year")),
)  # fmt: skip


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as known now."""

    id: str
    key: str
    authority: str
    on: str
    signer: str = ""
    signed_on: str = ""


def evolve(state: Decision | None, stored: Stored) -> Decision | None:
    """Take in one entry of a decision's stream."""
    entry = stored.entry
    if entry is None or entry.step != "decision_issued":
        return state
    data = entry.data
    return Decision(
        id=stored.stream, key=f"{data['number']}/{data['notation']}", authority=data["authority"], on=entry.occurred_on,
        signer=data.get("signer", ""), signed_on=data.get("signed_on", ""),
    )  # fmt: skip


KIND = Kind("quyết định", Decision, evolve, identity=("authority", "number", "notation", "year"))
