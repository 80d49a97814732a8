"""Officers: people who act in the book, under a key that does not tell their name; their roles, posts and delegations."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.dates import not_after
from guong.domain.entry import Entry, Stored
from guong.domain.steps import Kind, Step
from guong.domain.unit import KEY
from guong.forms import ask

DELEGATIONS = {
    "deputy": "ký thay (KT.)",
    "order": "thừa lệnh (TL.)",
    "authorised": "thừa ủy quyền (TUQ.)",
    "acting": "quyền (Q.)",
}


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


class RoleEnded(msgspec.Struct, frozen=True, kw_only=True):
    """An officer no longer acts in a role, from the day the step takes effect."""

    role: Annotated[str, ask("Vai trò", pattern=KEY)]
    unit: Annotated[str, ask("Trong đơn vị", ref="unit")]


class OfficeHeld(msgspec.Struct, frozen=True, kw_only=True):
    """An officer holds a post in a unit and may sign for it, from the day the step takes effect."""

    post: Annotated[str, ask("Chức vụ")]
    unit: Annotated[str, ask("Trong đơn vị", ref="unit")]
    until: Annotated[str, ask("Đến hết ngày", type="date")] = ""


class OfficeEnded(msgspec.Struct, frozen=True, kw_only=True):
    """An officer no longer holds the posts he had in a unit, from the day the step takes effect."""

    unit: Annotated[str, ask("Trong đơn vị", ref="unit")]


class DelegationGiven(msgspec.Struct, frozen=True, kw_only=True):
    """An officer who may sign for a unit lets this one sign in his place, from the day the step takes effect."""

    giver: Annotated[str, ask("Người giao quyền", ref="officer")]
    unit: Annotated[str, ask("Ký cho đơn vị", ref="unit")]
    manner: Annotated[str, ask("Cách ký", choices=DELEGATIONS)]
    until: Annotated[str, ask("Đến hết ngày", type="date")] = ""


STEPS = (
    Step("officer_enrolled", "Ghi cán bộ vào sổ", "officer", OfficerEnrolled, "{key}: {name}, {post} {unit}", starts=True,
         names=("key",)),
    Step("role_granted", "Giao vai trò", "officer", RoleGranted, "{role} tại {unit}"),
    Step("role_ended", "Thôi vai trò", "officer", RoleEnded, "{role} tại {unit}"),
    Step("office_held", "Giữ chức", "officer", OfficeHeld, "{post} tại {unit}", paper=True),
    Step("office_ended", "Thôi chức", "officer", OfficeEnded, "tại {unit}", paper=True),
    Step("delegation_given", "Giao quyền ký", "officer", DelegationGiven, "{manner} cho {unit}, người giao {giver}", paper=True),
)  # fmt: skip


class Term(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something held in a unit between two days.

    Attributes:
        until: The last day, None while it lasts.
        gone: The day from which it has been ended, None while it has not.
    """

    unit: str
    since: str
    until: str | None = None
    gone: str | None = None

    def held(self, day: str) -> bool | None:
        """Tell whether it is held on `day`; None when the dates cannot tell."""
        told = [not_after(self.since, day)]
        if self.until is not None:
            told.append(not_after(day, self.until))
        if self.gone is not None:
            ended = not_after(self.gone, day)
            told.append(None if ended is None else not ended)
        return False if False in told else None if None in told else True


class Role(Term, frozen=True, kw_only=True, omit_defaults=True):
    """A role in which he may act in the book."""

    role: str


class Office(Term, frozen=True, kw_only=True, omit_defaults=True):
    """A post by which he may sign for a unit; `giver` names who delegated it."""

    post: str
    giver: str = ""


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
    offices: tuple[Office, ...] = ()


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
    return _served(state, entry, day) if state is not None else None


def _served(state: Officer, entry: Entry, day: str) -> Officer:
    data = entry.data
    if entry.step == "role_granted":
        role = Role(role=data["role"], unit=data["unit"], since=day, until=data.get("until"))
        return msgspec.structs.replace(state, roles=(*state.roles, role))
    if entry.step == "role_ended":
        roles = (
            _ended(one, day) if (one.role, one.unit) == (data["role"], data["unit"]) else one for one in state.roles
        )
        return msgspec.structs.replace(state, roles=tuple(roles))
    if entry.step in ("office_held", "delegation_given"):
        office = Office(
            post=data.get("post") or data["manner"], unit=data["unit"], since=day, until=data.get("until"), giver=data.get("giver", "")
        )  # fmt: skip
        return msgspec.structs.replace(state, offices=(*state.offices, office))
    if entry.step == "office_ended":
        offices = (_ended(one, day) if one.unit == data["unit"] else one for one in state.offices)
        return msgspec.structs.replace(state, offices=tuple(offices))
    return state


def _ended(term: Term, day: str) -> "Term":
    """Return a term ended on `day`; one that begins later, or has ended already, is left as it is."""
    begun = not_after(term.since, day) is not False
    return msgspec.structs.replace(term, gone=day) if begun and term.gone is None else term


KIND = Kind("cán bộ", Officer, evolve, identity=("key",))
