"""Steps of a plan while it runs: amended, its deadlines moved, its duties assigned, urged, done or lapsed; and its end."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.plan import MODES
from guong.domain.steps import Step
from guong.forms import ask

ID = r"[A-Za-z0-9À-ỹđĐ]+(?:[.-][A-Za-z0-9À-ỹđĐ]+)*"


class PlanAmended(msgspec.Struct, frozen=True, kw_only=True):
    """A paper changes the plan; what it declares anew takes the place of what it declared before."""

    what: Annotated[str, ask("Nội dung điều chỉnh", help="không nêu tên ai")]
    declaration: Annotated[str, ask("Nội dung kế hoạch sau điều chỉnh", type="json")] = ""
    hash: Annotated[str, ask("Mã băm nội dung")] = ""


class PlanClosed(msgspec.Struct, frozen=True, kw_only=True):
    """The plan ends; what is left to do is handed over."""

    handover: Annotated[list[str], ask("Danh mục bàn giao", help="không nêu tên ai")] = msgspec.field(
        default_factory=list
    )
    successor: Annotated[str, ask("Đơn vị tiếp nhận", ref="unit")] = ""


class DeadlineExtended(msgspec.Struct, frozen=True, kw_only=True):
    """A paper moves a deadline."""

    key: Annotated[str, ask("Mã thời hạn")]
    due: Annotated[str, ask("Hạn mới", type="date")]


class DutyAssigned(msgspec.Struct, frozen=True, kw_only=True):
    """A duty is given to a unit, or requested of it, beside those the plan declares."""

    duty: Annotated[str, ask("Mã nhiệm vụ", pattern=ID)]
    body: Annotated[str, ask("Đơn vị", ref="unit")]
    text: Annotated[str, ask("Nội dung", help="không nêu tên ai")]
    mode: Annotated[str, ask("Giao hay đề nghị", choices=MODES)] = "assigned"
    due: Annotated[str, ask("Hạn", type="date")] = ""


class DutyReminded(msgspec.Struct, frozen=True, kw_only=True):
    """A unit was urged to do its duty."""

    duty: Annotated[str, ask("Mã nhiệm vụ")]
    body: Annotated[str, ask("Đơn vị", ref="unit")]


class DutyFulfilled(msgspec.Struct, frozen=True, kw_only=True):
    """A unit has done its duty."""

    duty: Annotated[str, ask("Mã nhiệm vụ")]
    body: Annotated[str, ask("Đơn vị", ref="unit")]


class DutyLapsed(msgspec.Struct, frozen=True, kw_only=True):
    """A duty was not done and cannot be done any more."""

    duty: Annotated[str, ask("Mã nhiệm vụ")]
    body: Annotated[str, ask("Đơn vị", ref="unit")]


class SubPlanFiled(msgspec.Struct, frozen=True, kw_only=True):
    """A unit issued a plan of its own under this one."""

    body: Annotated[str, ask("Đơn vị", ref="unit")]
    duty: Annotated[str, ask("Theo nhiệm vụ", help="mã nhiệm vụ mà kế hoạch này hoàn thành")] = ""
    of_field: Annotated[str, ask("Lĩnh vực", ref="field")] = ""


class ReportIssued(msgspec.Struct, frozen=True, kw_only=True):
    """A report on the plan was issued."""

    body: Annotated[str, ask("Đơn vị báo cáo", ref="unit")]
    title: Annotated[str, ask("Tên báo cáo", help="không nêu tên ai")]
    to: Annotated[str, ask("Nơi nhận")] = ""
    as_of: Annotated[str, ask("Số liệu đến ngày", type="date")] = ""
    duty: Annotated[str, ask("Theo nhiệm vụ", help="mã nhiệm vụ mà báo cáo này hoàn thành")] = ""


STEPS = (
    Step("plan_amended", "Điều chỉnh kế hoạch", "plan", PlanAmended, "{what}", paper=True),
    Step("plan_closed", "Kết thúc kế hoạch", "plan", PlanClosed, "bàn giao: {handover} {successor}", paper=True),
    Step("deadline_extended", "Gia hạn thời hạn", "plan", DeadlineExtended, "{key}: {due}", paper=True, reason=True),
    Step("duty_assigned", "Giao nhiệm vụ", "plan", DutyAssigned, "{duty}, {body}: {text}", paper=True),
    Step("duty_reminded", "Đôn đốc", "plan", DutyReminded, "{duty}, {body}"),
    Step("duty_fulfilled", "Hoàn thành nhiệm vụ", "plan", DutyFulfilled, "{duty}, {body}", paper=True),
    Step("duty_lapsed", "Nhiệm vụ không thực hiện", "plan", DutyLapsed, "{duty}, {body}", reason=True),
    Step("sub_plan_filed", "Đơn vị ban hành kế hoạch riêng", "plan", SubPlanFiled, "{body}", paper=True),
    Step("report_issued", "Báo cáo", "plan", ReportIssued, "{body}: {title}", paper=True),
)
