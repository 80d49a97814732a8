"""Units: bodies with a key for ever, and names, powers and an end that have dates."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.dates import not_after, order
from guong.domain.entry import Stored
from guong.domain.steps import Kind, Step
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
    powers: Annotated[list[str], ask("Thẩm quyền", help="mã thẩm quyền theo bộ quy tắc")] = msgspec.field(
        default_factory=list
    )
    unverified: Annotated[str, ask("Điều chưa kiểm tra", help="điều gì về đơn vị này chưa có ai đối chiếu văn bản")] = (
        ""
    )


class UnitRenamed(msgspec.Struct, frozen=True, kw_only=True):
    """The unit has another name from the day the step takes effect."""

    name: Annotated[str, ask("Tên mới")]
    code: Annotated[str, ask("Mã số mới", help="mã hành chính, nếu đổi")] = ""


class UnitMerged(msgspec.Struct, frozen=True, kw_only=True):
    """The unit goes into another one and ends; that one takes over what it had to do."""

    into: Annotated[str, ask("Sáp nhập vào", ref="unit")]
    unverified: Annotated[str, ask("Điều chưa kiểm tra")] = ""


class UnitDissolved(msgspec.Struct, frozen=True, kw_only=True):
    """The unit ends."""

    unverified: Annotated[str, ask("Điều chưa kiểm tra")] = ""


class UnitSucceeded(msgspec.Struct, frozen=True, kw_only=True):
    """Another unit takes over what this one had to do: everything, or the duties named."""

    successor: Annotated[str, ask("Đơn vị kế thừa", ref="unit")]
    duties: Annotated[list[str], ask("Nhiệm vụ được bàn giao", help="mã nhiệm vụ; để trống là tất cả")] = msgspec.field(
        default_factory=list
    )
    unverified: Annotated[str, ask("Điều chưa kiểm tra")] = ""


STEPS = (
    Step("unit_registered", "Ghi đơn vị vào sổ", "unit", UnitRegistered, "{name} ({key})", starts=True, names=("key",)),
    Step("unit_renamed", "Đổi tên đơn vị", "unit", UnitRenamed, "{name}", paper=True),
    Step("unit_merged", "Sáp nhập đơn vị", "unit", UnitMerged, "vào {into}", paper=True),
    Step("unit_dissolved", "Đơn vị kết thúc hoạt động", "unit", UnitDissolved, paper=True),
    Step("unit_succeeded", "Bàn giao cho đơn vị kế thừa", "unit", UnitSucceeded, "{successor} {duties}", paper=True),
)


class Succession(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That another unit takes over from a day on; no `duties` means all of them."""

    on: str
    unit: str
    duties: tuple[str, ...] = ()


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as known now.

    Attributes:
        names: Day from which, and name; the earliest first.
        codes: Day from which, and code; the earliest first.
        gone: The day from which it no longer exists.
        heirs: Who took over what, in the order of the days.
        powers: What it may decide, by keys of the rule books.
        unverified: What of it nobody has held against a paper yet.
    """

    id: str
    key: str
    kind: str
    parent: str
    names: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...] = ()
    gone: str | None = None
    heirs: tuple[Succession, ...] = ()
    powers: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its latest name."""
        return self.names[-1][1]

    @property
    def code(self) -> str:
        """Its latest code, empty when it has none."""
        return self.codes[-1][1] if self.codes else ""

    @property
    def since(self) -> str:
        """The day from which it exists."""
        return self.names[0][0]

    def name_on(self, day: str) -> str:
        """Return the name it had on `day`; its first name for days before it existed."""
        return next((name for since, name in reversed(self.names) if not_after(since, day)), self.names[0][1])

    def alive(self, day: str) -> bool | None:
        """Tell whether it exists on `day`; None when the dates cannot tell."""
        begun = not_after(self.since, day)
        if begun is False or self.gone is None:
            return begun
        ended = not_after(self.gone, day)
        return begun if ended is False else (None if ended is None else False)

    def heir(self, day: str, duty: str = "") -> str | None:
        """Return the unit that had taken over by `day`, for a duty or for all; None when nobody had."""
        return next(
            (one.unit for one in reversed(self.heirs) if not_after(one.on, day) and (not one.duties or duty in one.duties)), None
        )  # fmt: skip


def evolve(state: Unit | None, stored: Stored) -> Unit | None:
    """Take in one entry of a unit's stream."""
    entry = stored.entry
    if entry is None:
        return state
    data, day = entry.data, entry.effective_on or entry.occurred_on
    if entry.step == "unit_registered":
        return Unit(
            id=stored.stream, key=data["key"], kind=data.get("kind", ""), parent=data.get("parent", ""), names=((day, data["name"]),),
            codes=_dated((), day, data.get("code")), powers=tuple(data.get("powers", ())), unverified=_noted((), data),
        )  # fmt: skip
    if state is None:
        return None
    state = msgspec.structs.replace(state, unverified=_noted(state.unverified, data))
    if entry.step == "unit_renamed":
        return msgspec.structs.replace(
            state, names=_dated(state.names, day, data["name"]), codes=_dated(state.codes, day, data.get("code"))
        )
    if entry.step == "unit_merged":
        return msgspec.structs.replace(state, gone=day, heirs=_heirs(state, Succession(on=day, unit=data["into"])))
    if entry.step == "unit_dissolved":
        return msgspec.structs.replace(state, gone=day)
    if entry.step == "unit_succeeded":
        succession = Succession(on=day, unit=data["successor"], duties=tuple(data.get("duties", ())))
        return msgspec.structs.replace(state, heirs=_heirs(state, succession))
    return state


def _dated(before: tuple[tuple[str, str], ...], day: str, text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((*before, (day, text)), key=lambda pair: order(pair[0]))) if text else before


def _heirs(state: Unit, more: Succession) -> tuple[Succession, ...]:
    return tuple(sorted((*state.heirs, more), key=lambda one: order(one.on)))


def _noted(before: tuple[str, ...], data: dict[str, str]) -> tuple[str, ...]:
    return (*before, data["unverified"]) if data.get("unverified") else before


KIND = Kind("đơn vị", Unit, evolve, identity=("key",))
