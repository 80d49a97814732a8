"""Whether the plan's own duties to inspect, to urge and to issue plans below it were carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from guong.audit.answer import NONE, Evidence, Missing, conclude, found
from guong.audit.question import AuditQuestion
from guong.audit.timing import duty_evidence, duty_rows
from guong.domain.dates import not_after
from guong.forms import ask

if TYPE_CHECKING:
    from guong.audit.answer import Answer, Found
    from guong.audit.inquiry import Inquiry
    from guong.duties import DutyRow

_ISSUER = "nơi ban hành kế hoạch"
_LIST = "cách nhau bằng dấu ;"
_KEYS = f"mã nhiệm vụ, {_LIST}; thay cho tìm theo lời"


class _Inspecting(msgspec.Struct, frozen=True, kw_only=True):
    duty: Annotated[list[str], ask("Chỉ các nhiệm vụ này", help=_KEYS)] = msgspec.field(default_factory=list)
    words: Annotated[str, ask("Nhiệm vụ có lời này", help=_LIST)] = "kiểm tra; đôn đốc"


class _Planning(msgspec.Struct, frozen=True, kw_only=True):
    duty: Annotated[list[str], ask("Chỉ các nhiệm vụ này", help=_KEYS)] = msgspec.field(default_factory=list)
    words: Annotated[str, ask("Nhiệm vụ có lời này", help=_LIST)] = (
        "xây dựng kế hoạch; triển khai thực hiện kế hoạch; ban hành kế hoạch"
    )


class _Standing(msgspec.Struct, frozen=True):
    """The duties that were asked about, by what became of them.

    Attributes:
        rows: All of them.
        overdue: What is at fault: its day has passed.
        open_: What must be made clear: given up, only requested, or without a day although the plan itself has ended.
        missing: Duties that nobody can judge, since no day was set.
    """

    rows: list[DutyRow]
    overdue: Found
    open_: Found
    missing: list[Missing]

    @property
    def done(self) -> list[DutyRow]:
        """Those that are done."""
        return [row for row in self.rows if row.status == "done"]


def _asked(inquiry: Inquiry, instead: frozenset[tuple[str, str]] = frozenset()) -> _Standing:
    """Return the duties whose key or words were asked for.

    Args:
        inquiry: What is asked.
        instead: Plans and units that did what was asked for without naming the duty.
    """
    wanted, words = (
        inquiry.given.get("duty") or [],
        [word.strip() for word in inquiry.given["words"].casefold().split(";")],
    )
    unit = inquiry.scope.unit
    rows = [
        row._replace(status="done") if {(row.plan, row.unit), (row.plan, row.holder)} & instead else row
        for plan in inquiry.plans
        for row in duty_rows(inquiry, plan)
        if (row.duty in wanted if wanted else any(word in row.text.casefold() for word in words))
        and unit in ("", row.unit, row.holder)
    ]
    ended = {
        plan.key
        for plan in inquiry.plans
        if plan.declared.until and not_after(inquiry.day, plan.declared.until) is False
    }
    vague = [row for row in rows if row.status == "unclear"]
    open_ = [row for row in rows if row.status in ("lapsed", "unanswered") or (row in vague and row.plan in ended)]
    lacking = sorted({(row.plan, row.duty) for row in vague if row.plan not in ended})
    return _Standing(
        rows,
        duty_evidence(inquiry, [row for row in rows if row.status == "overdue"]),
        duty_evidence(inquiry, open_),
        [
            Missing(f"hạn của nhiệm vụ {duty} ({plan})", f"{_ISSUER}: deadline_set, duty_assigned")
            for plan, duty in lacking
        ],
    )


def _none(inquiry: Inquiry) -> Answer:
    named = ", ".join(inquiry.given.get("duty") or [inquiry.given["words"]])
    lacking = Missing(f"kế hoạch không có nhiệm vụ nào về {named} trong phạm vi này", f"{_ISSUER}: duty_assigned")
    return conclude("không có nhiệm vụ nào để xét", seen=0, missing=[lacking])


def _inspected(inquiry: Inquiry) -> Answer:
    """Look at the duties to inspect and to urge, and at whether an inspection and a reminder were ever written down."""
    asked = _asked(inquiry)
    if not asked.rows:
        return _none(inquiry)
    inspections = inquiry.rows(
        f"SELECT e.position FROM entry e WHERE e.step='inspection_opened' AND {inquiry.counts()} ORDER BY e.position"
    )
    reminders = inquiry.count(("duty_reminded",))
    idle = NONE if inspections else duty_evidence(inquiry, asked.done)
    idle = found(Evidence(one.position, f"{one.says}; mà sổ không có cuộc kiểm tra nào") for one in idle.shown)
    says = (
        f"{len(asked.rows)} nhiệm vụ kiểm tra, đôn đốc: {len(asked.done)} đã xong, {asked.overdue.count} quá hạn, "
        f"{asked.open_.count} chưa rõ vì sao chưa làm; sổ ghi {len(inspections)} cuộc kiểm tra, {reminders} lần đôn đốc"
    )
    rests = found(Evidence(row["position"], "mở cuộc kiểm tra") for row in inspections)
    return conclude(
        says,
        seen=len(asked.rows),
        breaches=asked.overdue,
        unclear=asked.open_ + idle,
        missing=asked.missing,
        rests=rests,
    )


def _planned(inquiry: Inquiry) -> Answer:
    """Look at the duties to issue a plan; a plan that a unit filed counts, whether it names the duty or not."""
    filed = frozenset(
        (plan.key, body) for plan in inquiry.plans for body, on in plan.sub_plans if not_after(on, inquiry.day) is True
    )
    asked = _asked(inquiry, filed)
    if not asked.rows:
        return _none(inquiry)
    says = (
        f"{len(asked.rows)} nhiệm vụ của các đơn vị về ban hành kế hoạch: {len(asked.done)} đã có kế hoạch, {asked.overdue.count} quá hạn, "
        f"{asked.open_.count} chưa rõ vì sao chưa có; {len(filed)} đơn vị đã ghi kế hoạch riêng"
    )
    rests = inquiry.entries("e.step='sub_plan_filed'")
    return conclude(
        says, seen=len(asked.rows), breaches=asked.overdue, unclear=asked.open_, missing=asked.missing, rests=rests
    )


_STEPS = ("duty_assigned", "duty_reminded", "duty_fulfilled", "duty_lapsed", "deadline_set")

QUESTIONS = (
    AuditQuestion(
        "Q33", "Việc kiểm tra, đôn đốc mà kế hoạch giao có được làm không; kế hoạch kiểm tra có được thực hiện không?", _inspected,
        source="kế hoạch: kiểm tra, đôn đốc", steps=(*_STEPS, "inspection_opened"), parameters=_Inspecting, narrowed=("plan", "unit"),
    ),
    AuditQuestion(
        "Q35", "Các đơn vị phải có kế hoạch riêng đã ban hành kế hoạch ấy chưa?", _planned,
        source="kế hoạch: các đơn vị xây dựng kế hoạch thực hiện", steps=(*_STEPS, "sub_plan_filed"), parameters=_Planning,
        narrowed=("plan", "unit"),
    ),
)  # fmt: skip
