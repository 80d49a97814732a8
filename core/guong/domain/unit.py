"""Units: bodies with a key for ever, and names that have dates."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.dates import not_after
from guong.domain.entry import Stored
from guong.domain.steps import Step
from guong.forms import ask

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
KEY_HELP = "chữ thường không dấu, số và gạch nối, như don-vi-1"


class UnitRegistered(msgspec.Struct, frozen=True, kw_only=True):
    """A unit enters the book; it exists from the day the step takes effect."""

    key: Annotated[str, ask("Mã đơn vị", pattern=KEY, help=KEY_HELP)]
    name: Annotated[str, ask("Tên đơn vị")]
    kind: Annotated[str, ask("Loại đơn vị")] = ""
    code: Annotated[str, ask("Mã số", help="mã hành chính, nếu có")] = ""
    parent: Annotated[str, ask("Đơn vị cấp trên trực tiếp", ref="unit")] = ""


STEPS = (
    Step("unit_registered", "Ghi đơn vị vào sổ", "unit", UnitRegistered, "{name} ({key})", starts=True, names=("key",)),
)


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as known now.

    Attributes:
        names: Day from which, and name; the earliest first.
        ended: The day after which it no longer exists.
    """

    id: str
    key: str
    kind: str
    code: str
    parent: str
    names: tuple[tuple[str, str], ...]
    ended: str | None = None

    @property
    def name(self) -> str:
        """Its latest name."""
        return self.names[-1][1]

    @property
    def since(self) -> str:
        """The day from which it exists."""
        return self.names[0][0]

    def alive(self, day: str) -> bool | None:
        """Tell whether it exists on `day`; None when the dates cannot tell."""
        begun = not_after(self.since, day)
        if begun is False or self.ended is None:
            return begun
        still = not_after(day, self.ended)
        return False if still is False else (begun and still)


def evolve(state: Unit | None, stored: Stored) -> Unit | None:
    """Take in one entry of a unit's stream."""
    entry = stored.entry
    if entry is None or entry.step != "unit_registered":
        return state
    data, day = entry.data, entry.effective_on or entry.occurred_on
    return Unit(
        id=stored.stream, key=data["key"], kind=data.get("kind", ""), code=data.get("code", ""), parent=data.get("parent", ""),
        names=((day, data["name"]),),
    )  # fmt: skip
