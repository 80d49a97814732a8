"""Inspections: who came to look, on what order."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Kind, Step
from guong.forms import ask


class InspectionOpened(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection begins."""

    body: Annotated[str, ask("Cơ quan, đoàn kiểm tra")]
    units: Annotated[list[str], ask("Đơn vị được kiểm tra", ref="unit")] = msgspec.field(default_factory=list)
    scope: Annotated[str, ask("Nội dung kiểm tra")] = ""


STEPS = (
    Step(
        "inspection_opened",
        "Bắt đầu kiểm tra",
        "inspection",
        InspectionOpened,
        "{body}: {scope}",
        starts=True,
        paper=True,
    ),
)


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection as known now."""

    id: str
    body: str
    on: str
    units: tuple[str, ...] = ()


def evolve(state: Inspection | None, stored: Stored) -> Inspection | None:
    """Take in one entry of an inspection's stream."""
    entry = stored.entry
    if entry is None or entry.step != "inspection_opened":
        return state
    return Inspection(
        id=stored.stream, body=entry.data["body"], on=entry.occurred_on, units=tuple(entry.data.get("units", ()))
    )


KIND = Kind("cuộc kiểm tra", Inspection, evolve)
