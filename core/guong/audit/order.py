"""The order of steps under the plan's own graph, criteria and titles, whom a field is for, and which declaration judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.audit.answer import SHOWN, Evidence, Found, Missing, conclude
from guong.audit.checks import Check
from guong.audit.judged import by_rules
from guong.audit.question import AuditQuestion
from guong.domain.corrections import rewrites
from guong.domain.dates import show
from guong.domain.streams import EXEMPLAR_STEPS, STEPS, of_exemplar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored
    from guong.domain.plan import Plan

_DISCOVERED, _REVIEWED, _HONOURED = "discovered", "reviewed", "honour_decided"
_REVIEWERS = "đơn vị bình xét"
_CRITERIA = ("core.criteria", "core.criterion", "core.mandatory", "core.paper")
_MEANT = ("core.kind", "core.lead", "core.open")


# ------------------------------------------------------------------ checks


def _other(case: Case, stored: Stored) -> Iterator[dict[str, Any]]:
    """Look for entries that name another declaration than the one that held on their day."""
    part = stored.entry.field if stored.entry else None
    if part is None or case.plan is None or rewrites(stored):
        return
    opening = case.plan.opening(part.key, case.occurred_on)
    if opening is not None and opening.declaration != part.declaration:
        yield {
            "field": part.key,
            "named": part.declaration[:8],
            "held": opening.declaration[:8],
            "date": show(case.occurred_on),
        }


CHECKS = (
    Check("ask.declaration", "Mỗi bước theo khai báo có hiệu lực ngày đó", _other, steps=EXEMPLAR_STEPS,
          says="ghi theo khai báo {named} của {field}, trong khi khai báo có hiệu lực ngày {date} là {held}"),
)  # fmt: skip


# ------------------------------------------------------------------ answers


def _coverage(inquiry: Inquiry) -> Answer:
    """Look, for every decided honour, for the steps of the plan's graph that the exemplar has no entry of."""
    seen = inquiry.count((_HONOURED,))
    if not seen:
        who = "người quyết định tôn vinh, khen thưởng"
        return conclude(
            "chưa có quyết định tôn vinh nào để xét",
            seen=0,
            missing=[Missing("sổ chưa có quyết định tôn vinh nào", who)],
        )
    needed, others = Found(), Found()
    lacking: dict[str, int] = {}
    for plan in inquiry.plans:
        before = _before(plan, _HONOURED)
        for step in _graph(plan):
            missing = _without(inquiry, plan, step)
            lacking[step] = lacking.get(step, 0) + missing.count
            if step in before:
                needed += missing
            else:
                others += missing
    told = ", ".join(f"{STEPS[step].title}: {count}" for step, count in lacking.items() if count)
    says = f"{seen} quyết định tôn vinh; " + (f"thiếu bước {told}" if told else "đủ mọi bước mà kế hoạch nêu")
    return conclude(
        says, seen=seen, breaches=needed, unclear=others, rests=inquiry.entries(f"e.step='{_HONOURED}'", known=seen)
    )


def _graph(plan: Plan) -> list[str]:
    """Return the steps that the plan's graph names, in the order of the table."""
    named = {name for need in plan.declared.order for name in (need.step, need.needs)}
    return [step.key for step in of_exemplar() if {step.key, step.mark} & named and step.key != _HONOURED]


def _before(plan: Plan, step: str) -> set[str]:
    """Return the steps that must have been taken before a step, whatever it answers, at any remove."""
    leaves = {one.mark: one.key for one in of_exemplar()}
    found: set[str] = set()
    left = [step]
    while left:
        needs = (leaves.get(need.needs, "") for need in plan.needs.get(left.pop(), ()) if not need.when)
        new = [one for one in needs if one and one not in found]
        found.update(new)
        left += new
    return found


def _without(inquiry: Inquiry, plan: Plan, step: str) -> Found:
    where = (
        f"e.step='{_HONOURED}' AND e.plan=:of AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.no=e.no AND +o.step=:lacks AND "
        f"{inquiry.counts('o')})"
    )
    return inquiry.entries(where, f"chưa có bước {STEPS[step].title}", of=plan.key, lacks=step)


def _of_field(step: str, core: tuple[str, ...], what: str, who: str) -> Any:
    """Return the function of a question that some core rules and all rules of fields that look at one step answer."""

    def ask(inquiry: Inquiry) -> Answer:
        seen = inquiry.count((step,))
        if not seen:
            return conclude(f"chưa có {what} nào để xét", seen=0, missing=[Missing(f"sổ chưa có {what} nào", who)])
        codes = [*core, *inquiry.field_rules]
        wrong = inquiry.problems(codes, f"p.refusal=1 AND {inquiry.about(step)}")
        open_ = inquiry.problems(codes, f"p.refusal=0 AND {inquiry.about(step)}")
        says = f"xét {seen} {what}: {wrong.count} điều trái quy định, {open_.count} điều cần làm rõ"
        return conclude(
            says, seen=seen, breaches=wrong, unclear=open_, rests=inquiry.entries("e.step=:step", known=seen, step=step)
        )

    return ask


def _declarations(inquiry: Inquiry) -> Answer:
    """Tell by which declarations fields were judged, which changed within the plan, and what went by another one."""
    openings = inquiry.entries("e.step='field_opened'")
    opened = [
        (plan, key, some)
        for plan in inquiry.plans
        for key, some in plan.fields.items()
        if inquiry.scope.field in ("", key)
    ]
    if not opened:
        lacking = Missing("sổ chưa mở lĩnh vực nào (field_opened)", "người ban hành kế hoạch")
        return conclude("chưa có lĩnh vực nào được mở", seen=0, missing=[lacking])
    changed = [
        Evidence(row["position"], f"{key} được mở lại từ {show(some[-1].on)} với khai báo khác")
        for plan, key, some in opened if len({one.declaration for one in some}) > 1
        for row in inquiry.rows(
            "SELECT max(e.position) AS position FROM entry e JOIN stream s ON s.no=e.no WHERE e.step='field_opened' AND s.key=:of "
            f"AND {inquiry.counts('e')}", of=plan.key,
        )
    ]  # fmt: skip
    other = inquiry.problems(["ask.declaration"])
    says = f"{len(opened)} lĩnh vực đã mở; {len(changed)} lĩnh vực đổi khai báo trong kỳ, {other.count} mục ghi theo khai báo khác"
    return conclude(
        says, seen=len(opened), breaches=other, unclear=Found(len(changed), tuple(changed[:SHOWN])), rests=openings
    )


QUESTIONS = (
    AuditQuestion(
        "Q04", "Các bước có theo đúng trình tự mà chính kế hoạch quy định không?",
        by_rules(
            EXEMPLAR_STEPS, breaches=("core.order", "core.over", "core.thread", "core.closed"),
            unclear=("core.order-unclear", "core.opening-unclear"), what="bước", who="các đơn vị thực hiện kế hoạch",
        ),
        source="kế hoạch: trình tự các bước", steps=EXEMPLAR_STEPS,
        rules=("core.order", "core.over", "core.thread", "core.closed", "core.order-unclear", "core.opening-unclear"),
    ),
    AuditQuestion(
        "Q05", "Điển hình đã được tôn vinh còn thiếu những bước nào?", _coverage, source="kế hoạch: trình tự các bước",
        steps=EXEMPLAR_STEPS,
    ),
    AuditQuestion(
        "Q14", "Mỗi tiêu chí có hiệu lực ngày đó có được nhận định và có căn cứ không?",
        by_rules(
            (_REVIEWED, "criterion_assessed"), breaches=_CRITERIA, unclear=("core.criteria-general", "core.criteria-unmet"),
            what="lần bình xét, đối chiếu", who=_REVIEWERS,
        ),
        source="kế hoạch: tiêu chí của từng lĩnh vực", steps=(_REVIEWED, "criterion_assessed"),
        rules=(*_CRITERIA, "core.criteria-general", "core.criteria-unmet"),
    ),
    AuditQuestion(
        "Q15", "Tiêu chí, danh hiệu bắt buộc có được chứng minh cho từng năm phải có không?",
        _of_field(_REVIEWED, ("core.mandatory",), "lần bình xét", _REVIEWERS),
        source="kế hoạch: tiêu chí bắt buộc; quy tắc của từng lĩnh vực", steps=(_REVIEWED, "title_evidenced"),
        rules=("core.mandatory",), needs=("field",),
    ),
    AuditQuestion(
        "Q16", "Đối tượng có thuộc đúng loại mà lĩnh vực dành cho không?",
        _of_field(_DISCOVERED, _MEANT, "lần phát hiện", "đơn vị phát hiện"),
        source="kế hoạch: đối tượng của từng lĩnh vực; quy tắc của từng lĩnh vực", steps=(_DISCOVERED,), rules=_MEANT, needs=("field",),
    ),
    AuditQuestion(
        "Q41", "Bản khai báo và tiêu chí nào đã xét việc này; trong kỳ có bị đổi không?", _declarations,
        source="nguyên tắc của sổ: xét theo khai báo có hiệu lực ngày đó", steps=("field_opened", *EXEMPLAR_STEPS),
        rules=("ask.declaration",), needs=("plan", "law", "field"), narrowed=("plan", "field"),
    ),
)  # fmt: skip
