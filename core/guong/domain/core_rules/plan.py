"""Rules of plans: only fields, deadlines and duties of the plan, and nothing after its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from guong.domain.core_rules.general import BOOK
from guong.domain.dates import not_after, show
from guong.domain.declarations import Quota
from guong.domain.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case


def _bound(case: Case) -> Iterator[dict[str, Any]]:
    plan = case.plan
    if plan and case.data.get("field") and plan.declared.binding(case.data["field"]) is None:
        yield {
            "field": case.data["field"],
            "fields": ", ".join(one.field for one in plan.declared.fields) or "không có",
        }


def _quota(case: Case) -> Iterator[dict[str, Any]]:
    from guong.domain.countable import faults  # noqa: PLC0415 - quotas are seldom set

    plan, field = case.plan, case.data.get("field", "")
    if plan is None or (field and plan.declared.binding(field) is None):  # `core.bound` says it
        return
    known = {key: copy for key in plan.fields if (copy := plan.field(key))}
    titles = {question.key: question.title for question in case.step.questions}

    def kind_of(key: str) -> str:
        unit = case.facts.unit(key)
        return unit.kind if unit else ""

    for fault in faults(msgspec.convert(case.data, Quota), plan.declared, known, kind_of):
        yield {"title": titles[fault.key.partition(".")[0]], "key": fault.key, "says": fault.says, "fix": fault.fix}


def _deadline(case: Case) -> Iterator[dict[str, Any]]:
    if case.plan and case.data["key"] not in case.plan.deadlines:
        yield {"key": case.data["key"], "known": ", ".join(case.plan.deadlines) or "chưa có"}


def _extended(case: Case) -> Iterator[dict[str, Any]]:
    before = case.plan.deadlines.get(case.data["key"]) if case.plan else None
    if before and before.due and not_after(case.data["due"], before.due) is True:
        yield {"due": show(case.data["due"]), "before": show(before.due)}


def _duty(case: Case) -> Iterator[dict[str, Any]]:
    known = [one.id for one in case.plan.duties] if case.plan else []
    named = case.data.get("duty")
    if named and named not in known:
        yield {"duty": named, "known": ", ".join(known) or "chưa có"}


def _new_duty(case: Case) -> Iterator[dict[str, Any]]:
    if case.plan and any(one.id == case.data["duty"] and case.data["body"] in one.units for one in case.plan.duties):
        yield {"duty": case.data["duty"], "unit": case.data["body"]}


def _closed(case: Case) -> Iterator[dict[str, Any]]:
    if case.plan and case.plan.closed and not_after(case.plan.closed, case.occurred_on):
        yield {"closed": show(case.plan.closed)}


RULES: tuple[Rule, ...] = (
    Rule("core.bound", "Chỉ mở và giao chỉ tiêu cho lĩnh vực của kế hoạch", _bound, steps=("quota_set", "field_opened"), source=BOOK,
         culprit="field", says="kế hoạch không có lĩnh vực {field}", fix="các lĩnh vực: {fields}"),
    Rule("core.quota", "Chỉ giao chỉ tiêu đếm được", _quota, steps=("quota_set",), culprit="{key}", source=BOOK,
         says="{title} ({key}): {says}", fix="{fix}"),
    Rule("core.deadline-known", "Chỉ gia hạn thời hạn đã ấn định", _deadline, steps=("deadline_extended",), culprit="key", source=BOOK,
         says="kế hoạch không có thời hạn {key}", fix="các thời hạn: {known}"),
    Rule("core.deadline-later", "Gia hạn là lùi về sau", _extended, steps=("deadline_extended",), culprit="due", source=BOOK,
         says="hạn mới {due} không sau hạn cũ {before}", fix="ấn định lại bằng deadline_set"),
    Rule("core.duty", "Nhiệm vụ phải có trong kế hoạch", _duty, culprit="duty", source=BOOK,
         steps=("duty_reminded", "duty_fulfilled", "duty_lapsed", "sub_plan_filed", "report_issued"),
         says="kế hoạch không có nhiệm vụ {duty}", fix="các nhiệm vụ: {known}"),
    Rule("core.duty-new", "Một nhiệm vụ giao cho một đơn vị một lần", _new_duty, steps=("duty_assigned",), culprit="duty", source=BOOK,
         says="{unit} đã có nhiệm vụ {duty}", fix="đặt mã khác"),
    Rule("core.plan-closed", "Kế hoạch đã kết thúc thì không giao, không sửa nữa", _closed, source=BOOK,
         steps=("field_opened", "quota_set", "deadline_set", "deadline_extended", "duty_assigned", "plan_amended", "plan_closed"),
         says="kế hoạch đã kết thúc từ {closed}", fix="ghi theo kế hoạch mới"),
)  # fmt: skip
