"""Officers: people who act in the book, under a key that does not tell their name."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.dates import not_after
from guong.domain.entry import Stored
from guong.domain.steps import Step
from guong.domain.unit import KEY
from guong.forms import ask


class OfficerEnrolled(msgspec.Struct, frozen=True, kw_only=True):
    """An officer enters the book."""

    key: Annotated[
        str,
        ask("Mã cán bộ", pattern=KEY, help="chữ thường không dấu, số và gạch nối, không chứa họ tên, như can-bo-01"),
    ]
    name: Annotated[str, ask("Họ và tên", personal=True)]
    unit: Annotated[str, ask("Đơn vị công tác", ref="unit")]
    post: Annotated[str, ask("Chức vụ")] = ""
    phone: Annotated[str, ask("Điện thoại", personal=True)] = ""


class RoleGranted(msgspec.Struct, frozen=True, kw_only=True):
    """An officer may act in a role for a unit, from the day the step takes effect."""

    role: Annotated[str, ask("Vai trò", pattern=KEY, help="chữ thường không dấu và gạch nối, như theo-doi")]
    unit: Annotated[str, ask("Trong đơn vị", ref="unit")]
    until: Annotated[str, ask("Đến hết ngày", type="date")] = ""


STEPS = (
    Step(
        "officer_enrolled",
        "Ghi cán bộ vào sổ",
        "officer",
        OfficerEnrolled,
        "{key}: {name}, {post} {unit}",
        starts=True,
        names=("key",),
    ),
    Step("role_granted", "Giao vai trò", "officer", RoleGranted, "{role} tại {unit}"),
)


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A role held in a unit between two days; `until` None while it lasts."""

    role: str
    unit: str
    since: str
    until: str | None = None

    def held(self, day: str) -> bool | None:
        """Tell whether it is held on `day`; None when the dates cannot tell."""
        begun = not_after(self.since, day)
        if begun is False or self.until is None:
            return begun
        still = not_after(day, self.until)
        return False if still is False else (begun and still)


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer as known now; the name is in `sealed` (see `Entry.sealed`)."""

    id: str
    key: str
    unit: str
    post: str
    since: str
    commitment: str
    sealed: str = ""
    roles: tuple[Role, ...] = ()


def evolve(state: Officer | None, stored: Stored) -> Officer | None:
    """Take in one entry of an officer's stream."""
    entry = stored.entry
    if entry is None:
        return state
    data, day = entry.data, entry.effective_on or entry.occurred_on
    if entry.step == "officer_enrolled":
        return Officer(
            id=stored.stream, key=data["key"], unit=data["unit"], post=data.get("post", ""), since=day,
            commitment=data["commitment"], sealed=entry.sealed.get(stored.stream, ""),
        )  # fmt: skip
    if state is not None and entry.step == "role_granted":
        role = Role(role=data["role"], unit=data["unit"], since=day, until=data.get("until"))
        return msgspec.structs.replace(state, roles=(*state.roles, role))
    return state
