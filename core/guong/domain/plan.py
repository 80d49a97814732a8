"""Plans: issued, their fields opened, quotas and deadlines set; each with the words of its day copied in."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from functools import cached_property
from typing import Annotated

import msgspec

from guong.domain.declarations import Criterion, Deadline, FieldDeclaration, Need, PlanDeclaration, Quota
from guong.domain.entry import Stored
from guong.domain.steps import Step
from guong.domain.unit import KEY
from guong.forms import ask

MODES = {"assigned": "giao", "requested": "đề nghị"}
BOUNDS = {"at_least": "ít nhất", "exactly": "đúng", "at_most": "không quá"}
COUNTS = {"exemplar": "điển hình", "subject": "đối tượng"}


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


class QuotaSet(msgspec.Struct, frozen=True, kw_only=True):
    """A quota is set, or set anew under the same key."""

    key: Annotated[str, ask("Mã chỉ tiêu", pattern=KEY)]
    field: Annotated[str, ask("Lĩnh vực", pattern=KEY)]
    holder: Annotated[str, ask("Đơn vị chịu chỉ tiêu", ref="unit")]
    number: Annotated[int, ask("Số lượng", minimum=0)]
    bound: Annotated[str, ask("Mức", choices=BOUNDS)] = "at_least"
    counts: Annotated[str, ask("Đếm theo", choices=COUNTS)] = "exemplar"
    mark: Annotated[str, ask("Trạng thái phải đạt")] = "reviewed"
    values: Annotated[list[str], ask("Kết quả được tính")] = msgspec.field(default_factory=list)
    without: Annotated[list[str], ask("Trạng thái làm mất")] = msgspec.field(default_factory=list)
    parts: Annotated[dict[str, str], ask("Chia theo", type="texts")] = msgspec.field(default_factory=dict)
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


STEPS = (
    Step("plan_issued", "Ban hành kế hoạch", "plan", PlanIssued, "{key}", starts=True, by_hand=False),
    Step("field_opened", "Mở lĩnh vực", "plan", FieldOpened, "{field}", by_hand=False),
    Step("quota_set", "Giao chỉ tiêu", "plan", QuotaSet, "{holder}: {bound} {number} ({field})"),
    Step("deadline_set", "Ấn định thời hạn", "plan", DeadlineSet, "{title}: {due}", paper=True),
)


class Plan(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A plan as known now, from the log's own copies.

    Attributes:
        declared: What it declared when it was issued.
        fields: The hash of the declaration under which each field is open now, by key.
        copies: What fields declared, each time they were opened, by hash.
        quotas, deadlines: As set last, by key.
    """

    id: str
    key: str
    declared: PlanDeclaration
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    copies: dict[str, FieldDeclaration] = msgspec.field(default_factory=dict)
    quotas: dict[str, Quota] = msgspec.field(default_factory=dict)
    deadlines: dict[str, Deadline] = msgspec.field(default_factory=dict)

    @cached_property
    def needs(self) -> dict[str, list[Need]]:
        """The preconditions it declared, by the step they stand before."""
        needs: dict[str, list[Need]] = {}
        for need in self.declared.order:
            needs.setdefault(need.step, []).append(need)
        return needs

    def field(self, key: str) -> FieldDeclaration | None:
        """What the field declared when it was last opened; None when it is not open."""
        return self.copies.get(self.fields.get(key, ""))

    def criteria(self) -> tuple[Criterion, ...]:
        """The plan's general criteria."""
        return self.declared.criteria


def evolve(state: Plan | None, stored: Stored) -> Plan | None:
    """Take in one entry of a plan's stream."""
    entry = stored.entry
    if entry is None:
        return state
    data = entry.data
    if entry.step == "plan_issued":
        return Plan(id=stored.stream, key=data["key"], declared=msgspec.convert(data["declaration"], PlanDeclaration))
    if state is None:
        return None
    if entry.step == "field_opened":
        copies = {**state.copies, data["hash"]: msgspec.convert(data["declaration"], FieldDeclaration)}
        return msgspec.structs.replace(state, fields={**state.fields, data["field"]: data["hash"]}, copies=copies)
    if entry.step == "quota_set":
        return msgspec.structs.replace(state, quotas={**state.quotas, data["key"]: msgspec.convert(data, Quota)})
    if entry.step == "deadline_set":
        return msgspec.structs.replace(
            state, deadlines={**state.deadlines, data["key"]: msgspec.convert(data, Deadline)}
        )
    return state
