"""Plans: issued, their fields opened, quotas and deadlines set; each with the words of its day copied in."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guong.domain.declarations import (
    Criterion,
    Deadline,
    Duty,
    FieldDeclaration,
    Need,
    PlanDeclaration,
    Quota,
)
from guong.domain.entry import Stored
from guong.domain.steps import Kind, Step
from guong.domain.unit import KEY
from guong.forms import ask

if TYPE_CHECKING:
    from guong.domain.law import LawDeclaration

MODES = {"assigned": "giao", "requested": "đề nghị"}
BOUNDS = {"at_least": "ít nhất", "exactly": "đúng", "at_most": "không quá"}
COUNTS = {"exemplar": "điển hình", "subject": "đối tượng", "measure": "số đo"}
COMBINES = {"last": "số cuối cùng", "sum": "cộng các lần"}
DIVISIONS = {
    "part": "câu trả lời của lĩnh vực",
    "subject_kind": "loại đối tượng",
    "tier": "loại của đơn vị chủ trì",
    "phase": "đợt",
}


class PlanIssued(msgspec.Struct, frozen=True, kw_only=True):
    """A plan is issued; the log copies all it declares that day."""

    key: Annotated[str, ask("Mã kế hoạch", pattern=KEY)]
    declaration: Annotated[str, ask("Nội dung kế hoạch", type="json", required=True)]
    hash: Annotated[str, ask("Mã băm nội dung")]


class FieldOpened(msgspec.Struct, frozen=True, kw_only=True):
    """A field is opened under the plan; the log copies all its plugin declares that day."""

    field: Annotated[str, ask("Lĩnh vực", pattern=KEY)]
    declaration: Annotated[str, ask("Nội dung lĩnh vực", type="json", required=True)]
    hash: Annotated[str, ask("Mã băm nội dung")]


class LawAdopted(msgspec.Struct, frozen=True, kw_only=True):
    """A rule book holds under the plan; the log copies the law it declares that day."""

    law: Annotated[str, ask("Bộ quy tắc", pattern=KEY)]
    declaration: Annotated[str, ask("Nội dung quy định", type="json", required=True)]
    hash: Annotated[str, ask("Mã băm nội dung")]


class QuotaSet(msgspec.Struct, frozen=True, kw_only=True):
    """A quota is set, or set anew under the same key."""

    key: Annotated[str, ask("Mã chỉ tiêu", pattern=KEY)]
    number: Annotated[float, ask("Số lượng", minimum=0)]
    field: Annotated[str, ask("Lĩnh vực", pattern=KEY, help="để trống là mọi điển hình của kế hoạch")] = ""
    holder: Annotated[str, ask("Đơn vị chịu chỉ tiêu", ref="unit")] = ""
    holder_kind: Annotated[str, ask("Loại đơn vị chịu chỉ tiêu", help="mỗi đơn vị loại này phải tự đạt")] = ""
    bound: Annotated[str, ask("Mức", choices=BOUNDS)] = "at_least"
    counts: Annotated[str, ask("Đếm theo", choices=COUNTS)] = "exemplar"
    measure: Annotated[str, ask("Số đo", help="bước.câu hỏi, như supported.value")] = ""
    unit: Annotated[str, ask("Đơn vị tính của số đo", help="như km")] = ""
    combine: Annotated[str, ask("Nhiều lần trả lời thì lấy", choices=COMBINES)] = "last"
    mark: Annotated[str, ask("Trạng thái phải đạt")] = "reviewed"
    values: Annotated[list[str], ask("Kết quả được tính")] = msgspec.field(default_factory=list)
    without: Annotated[list[str], ask("Trạng thái làm mất")] = msgspec.field(default_factory=list)
    parts: Annotated[dict[str, str], ask("Chia theo", type="texts")] = msgspec.field(default_factory=dict)
    partition: Annotated[str, ask("Các phần là", choices=DIVISIONS)] = ""
    days: Annotated[
        dict[str, str], ask("Ngày của từng đợt", type="texts", help='như {"dot-1": "2024-01-01/2024-06-30"}')
    ] = msgspec.field(default_factory=dict)
    mode: Annotated[str, ask("Giao hay đề nghị", choices=MODES)] = "assigned"
    since: Annotated[str, ask("Từ ngày", type="date")] = ""
    until: Annotated[str, ask("Đến hết ngày", type="date")] = ""
    text: Annotated[str, ask("Nguyên văn")] = ""
    reading: Annotated[str, ask("Cách hiểu")] = ""


class DeadlineSet(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline is set by a paper, or set anew under the same key."""

    key: Annotated[str, ask("Mã thời hạn", pattern=KEY)]
    of_step: Annotated[str, ask("Bước phải xong")]
    title: Annotated[str, ask("Thời hạn về việc gì")]
    due: Annotated[str, ask("Hạn", type="date")] = ""
    text: Annotated[str, ask("Nguyên văn")] = ""
    when: Annotated[dict[str, str], ask("Chỉ khi trả lời", type="texts", help='như {"purpose": "reward"}')] = (
        msgspec.field(default_factory=dict)
    )


STEPS = (
    Step("plan_issued", "Ban hành kế hoạch", "plan", PlanIssued, "{key}", starts=True, by_hand=False),
    Step("field_opened", "Mở lĩnh vực", "plan", FieldOpened, "{field}", by_hand=False),
    Step("law_adopted", "Áp dụng bộ quy tắc", "plan", LawAdopted, "{law}", by_hand=False),
    Step("quota_set", "Giao chỉ tiêu", "plan", QuotaSet, "{holder}{holder_kind}: {bound} {number} {unit}; {field}"),
    Step("deadline_set", "Ấn định thời hạn", "plan", DeadlineSet, "{title}: {due}", paper=True),
)


class DutyDone(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded of a duty: `reminded`, `fulfilled` or `lapsed`, when, and the entry that says so."""

    duty: str
    body: str
    what: str
    on: str
    position: int


class Plan(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A plan as known now, from the log's own copies.

    Attributes:
        declared: What it declared when it was issued, or last amended.
        fields: The hash of the declaration under which each field is open now, by key.
        copies: What fields declared, each time they were opened, by hash.
        laws: What the rule books declared when they were last adopted, by key, as it stands in the log (see `law`).
        quotas, deadlines: As set last, by key.
        assigned: Duties given beside those it declares.
        done: What was recorded of duties, in that order.
        sub_plans: Units that issued a plan of their own, with the day.
        closed: The day from which it has ended.
    """

    id: str
    key: str
    declared: PlanDeclaration
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    copies: dict[str, FieldDeclaration] = msgspec.field(default_factory=dict)
    laws: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    quotas: dict[str, Quota] = msgspec.field(default_factory=dict)
    deadlines: dict[str, Deadline] = msgspec.field(default_factory=dict)
    assigned: tuple[Duty, ...] = ()
    done: tuple[DutyDone, ...] = ()
    sub_plans: tuple[tuple[str, str], ...] = ()
    closed: str | None = None

    @cached_property
    def needs(self) -> dict[str, list[Need]]:
        """The preconditions it declared, by the step they stand before."""
        needs: dict[str, list[Need]] = {}
        for need in self.declared.order:
            needs.setdefault(need.step, []).append(need)
        return needs

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All duties: those it declares, then those assigned later."""
        return (*self.declared.duties, *self.assigned)

    def law(self, key: str) -> "LawDeclaration | None":
        """What a rule book declared when it was last adopted; None when it has not been."""
        from guong.domain.law import LawDeclaration  # noqa: PLC0415 - few steps look at the law

        return msgspec.convert(self.laws[key], LawDeclaration) if key in self.laws else None

    def field(self, key: str) -> FieldDeclaration | None:
        """What the field declared when it was last opened; None when it is not open."""
        return self.copies.get(self.fields.get(key, ""))

    @property
    def within(self) -> tuple[str, ...]:
        """The fields in which it can have exemplars: those that are open, or the empty one where it has none."""
        return tuple(self.fields) if self.declared.fields else ("",)

    def criteria_for(self, kind: str) -> tuple[Criterion, ...]:
        """The plan's general criteria that apply to a subject kind."""
        return tuple(one for one in self.declared.criteria if not one.kinds or kind in one.kinds)


_DONE = {
    "duty_reminded": "reminded", "duty_fulfilled": "fulfilled", "duty_lapsed": "lapsed", "sub_plan_filed": "fulfilled",
    "report_issued": "fulfilled",
}  # fmt: skip


def evolve(state: Plan | None, stored: Stored) -> Plan | None:
    """Take in one entry of a plan's stream."""
    entry = stored.entry
    if entry is None:
        return state
    data, day = entry.data, entry.effective_on or entry.occurred_on
    if entry.step == "plan_issued":
        return Plan(id=stored.stream, key=data["key"], declared=msgspec.convert(data["declaration"], PlanDeclaration))
    if state is None:
        return None
    change = _CHANGES.get(entry.step)
    if change is not None:
        state = msgspec.structs.replace(state, **change(state, data, day))
    if entry.step in _DONE and data.get("duty"):
        done = DutyDone(
            duty=data["duty"], body=data["body"], what=_DONE[entry.step], on=entry.occurred_on, position=stored.position
        )
        return msgspec.structs.replace(state, done=(*state.done, done))
    return state


def _opened(state: Plan, data: dict[str, Any], _: str) -> dict[str, Any]:
    copies = {**state.copies, data["hash"]: msgspec.convert(data["declaration"], FieldDeclaration)}
    return {"fields": {**state.fields, data["field"]: data["hash"]}, "copies": copies}


def _extended(state: Plan, data: dict[str, Any], _: str) -> dict[str, Any]:
    before = state.deadlines.get(data["key"])
    if before is None:
        return {}
    return {"deadlines": {**state.deadlines, data["key"]: msgspec.structs.replace(before, due=data["due"])}}


def _assigned(state: Plan, data: dict[str, Any], _: str) -> dict[str, Any]:
    duty = Duty(
        id=data["duty"], who=(), units=(data["body"],), text=data["text"], mode=data["mode"], due=data.get("due", "")
    )
    return {"assigned": (*state.assigned, duty)}


def _amended(_: Plan, data: dict[str, Any], __: str) -> dict[str, Any]:
    return {"declared": msgspec.convert(data["declaration"], PlanDeclaration)} if data.get("declaration") else {}


def _adopted(state: Plan, data: dict[str, Any], _: str) -> dict[str, Any]:
    return {"laws": {**state.laws, data["law"]: data["declaration"]}}


def _quota(state: Plan, data: dict[str, Any], _: str) -> dict[str, Any]:
    return {"quotas": {**state.quotas, data["key"]: msgspec.convert(data, Quota)}}


def _deadline(state: Plan, data: dict[str, Any], _: str) -> dict[str, Any]:
    return {"deadlines": {**state.deadlines, data["key"]: msgspec.convert(data, Deadline)}}


def _sub_plan(state: Plan, data: dict[str, Any], day: str) -> dict[str, Any]:
    return {"sub_plans": (*state.sub_plans, (data["body"], day))}


def _closed(_: Plan, __: dict[str, Any], day: str) -> dict[str, Any]:
    return {"closed": day}


_CHANGES: dict[str, Callable[[Plan, dict[str, Any], str], dict[str, Any]]] = {
    "field_opened": _opened, "law_adopted": _adopted, "quota_set": _quota, "deadline_set": _deadline, "deadline_extended": _extended,
    "duty_assigned": _assigned, "sub_plan_filed": _sub_plan, "plan_amended": _amended, "plan_closed": _closed,
}  # fmt: skip

KIND = Kind("kế hoạch", Plan, evolve, identity=("key",))
