"""Rules that look at every step: who acts, when it happened, what it refers to, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.dates import in_future, not_after, order, show
from guong.domain.rules import Rule
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case
    from guong.domain.steps import Step

BOOK = "Nguyên tắc của sổ"
PLAN = "Do kế hoạch quy định"
_LIVING = ("exemplar", "decision", "meeting", "duty_assigned", "duty_fulfilled", "sub_plan_filed", "report_issued")
"""Streams and steps in which units act; that one which has ended is reminded, or lets a duty lapse, may be recorded."""
_REFERRED = ("unit", "officer", "subject")


def _acting(case: Case) -> Iterator[dict[str, Any]]:
    officer = case.facts.officer(case.by)
    if officer is None:
        why = "không có trong sổ" if case.by else "(chưa nêu)"
        yield {"by": case.by, "why": why, "has": "không vai trò nào"}
        return
    today = case.today.isoformat()
    held = [role for role in officer.roles if role.held(today) is not False]
    if not any(role.role == case.role and role.unit == case.unit for role in held):
        yield {
            "by": case.by, "why": f"không giữ vai trò {case.role or '(chưa nêu)'} tại {case.unit or '(chưa nêu)'} ngày {show(today)}",
            "has": "; ".join(f"{role.role} tại {role.unit}" for role in held) or "không vai trò nào",
        }  # fmt: skip


def _role(case: Case) -> Iterator[dict[str, Any]]:
    allowed = case.plan.declared.roles_for.get(case.step.key) if case.plan else None
    if allowed and case.role not in allowed:
        titles = case.plan.declared.roles if case.plan else {}
        yield {
            "step": case.step.title, "role": titles.get(case.role, case.role),
            "roles": ", ".join(f"{role} ({titles[role]})" if role in titles else role for role in allowed),
        }  # fmt: skip


def _future(case: Case) -> Iterator[dict[str, Any]]:
    if in_future(case.occurred_on, case.today):
        yield {"date": show(case.occurred_on), "today": show(case.today.isoformat())}


def _began(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is not None and case.step.starts and case.step.key != "discovered":
        yield {"key": ", ".join(str(case.data.get(name, "")) for name in case.step.names)}


def _missing_stream(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is None and not case.step.starts:
        yield {"kind": case.step.stream}


def _references(case: Case) -> Iterator[dict[str, Any]]:
    if case.entered_for and case.facts.officer(case.entered_for) is None:
        yield {"title": "Ghi thay cho", "key": case.entered_for}
    for question in case.step.questions:
        if question.ref in _REFERRED and (answer := case.data.get(question.key)):
            for key in answer if question.many else (answer,):
                if getattr(case.facts, str(question.ref))(key) is None:
                    yield {"title": question.title, "key": key}


def _alive(case: Case) -> Iterator[dict[str, Any]]:
    if case.step.stream not in _LIVING and case.step.key not in _LIVING:
        return
    named = (case.data.get(question.key) for question in case.step.questions if question.ref == "unit")
    for key in dict.fromkeys((case.unit, *named)):
        unit = case.facts.unit(key) if key else None
        if unit and unit.alive(case.occurred_on) is False:
            heir = unit.heir(case.occurred_on)
            yield {
                "unit": unit.name_on(case.occurred_on), "since": show(unit.since), "gone": show(unit.gone),
                "date": show(case.occurred_on), "heir": f"; kế thừa là {heir}" if heir else "",
            }  # fmt: skip


def _paper(case: Case) -> Iterator[dict[str, Any]]:
    if case.step.paper and not case.papers:
        yield {"step": case.step.title}


def _reason(case: Case) -> Iterator[dict[str, Any]]:
    if case.step.reason and not case.reason:
        yield {"step": case.step.title}


def _thread(case: Case) -> Iterator[dict[str, Any]]:
    within = case.step.within
    named = case.data.get(within.question) if within else None
    if within is None or not named or case.state is None:
        return
    title = next(one.title for one in case.step.questions if one.key == within.question)
    thread, day = case.state.threads.get(named), case.occurred_on
    if thread is None or thread.kind != within.kind:
        known = ", ".join(f"#{one.position}" for one in case.state.of_kind(within.kind).values())
        yield {
            "title": title,
            "fault": f"mục {str(named)[:8]} không phải là điều đó",
            "fix": f"đang có: {known or 'không mục nào'}",
        }
    elif not_after(thread.on, day) is False:
        yield {
            "title": title,
            "fault": f"mới bắt đầu ngày {show(thread.on)}, sau ngày {show(day)}",
            "fix": "xem lại ngày xảy ra",
        }
    elif within.after and not (stood := [mark for one in within.after if (mark := thread.mark(one)) is not None]):
        needs = ", ".join(mark_title(mark) for mark in within.after)
        yield {"title": title, "fault": f"chưa có bước {needs}", "fix": "ghi bước đó trước"}
    elif within.after and all(not_after(mark.first, day) is False for mark in stood):
        needs = ", ".join(mark_title(mark) for mark in within.after)
        yield {
            "title": title,
            "fault": f"bước {needs} có sau ngày {show(day)}",
            "fix": "xem lại ngày xảy ra",
        }
    else:
        over = next((mark for mark in within.unless if thread.has(mark)), None)
        if over:
            yield {
                "title": title,
                "fault": f"đã có bước {mark_title(over)} ngày {show(thread.marks[over].on)}",
                "fix": "",
            }


def _leaving(mark: str) -> Step | None:
    """Return the step that leaves a mark; every theme may be loaded for it, which only wording a fault is worth."""
    return next((step for step in STEPS.values() if step.mark == mark), None)


def mark_title(mark: str) -> str:
    """Return the name of the step that leaves a mark."""
    step = _leaving(mark)
    return step.title if step else mark


def value_title(mark: str, value: str) -> str:
    """Return the words of a mark's value."""
    step = _leaving(mark)
    question = next((one for one in step.questions if one.key == step.value), None) if step else None
    return question.choices.get(value, value) if question else value


def _late(case: Case) -> Iterator[dict[str, Any]]:
    days = late_days(case)
    if days:
        yield {"days": days, "date": show(case.occurred_on)}


def _late_reason(case: Case) -> Iterator[dict[str, Any]]:
    days = late_days(case)
    if days and not case.reason and case.plan and case.plan.declared.late_needs_reason:
        yield {"days": days, "date": show(case.occurred_on)}


def late_days(case: Case) -> int:
    """Return how many days after it happened a step is recorded, 0 while that is not late under the plan."""
    limit = case.plan.declared.late_after_days if case.plan else None
    days = (case.today - order(case.occurred_on)).days if limit is not None else 0
    return days if limit is not None and days > limit else 0


def _deadline(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.plan.deadlines.values() if case.plan else ():
        if one.binds(case.step.key, case.data) and one.due and not_after(case.occurred_on, one.due) is False:
            yield {"title": one.title, "due": show(one.due), "date": show(case.occurred_on)}


def _unclear_deadline(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.plan.deadlines.values() if case.plan else ():
        if one.binds(case.step.key, case.data) and (not one.due or not_after(case.occurred_on, one.due) is None):
            yield {"title": one.title, "due": show(one.due), "date": show(case.occurred_on)}


def _behind(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.plan.deadlines.values() if case.plan else ():
        if (
            one.binds(case.step.key, case.data)
            and one.due
            and not_after(case.occurred_on, one.due)
            and not_after(case.today.isoformat(), one.due) is False
        ):
            yield {"title": one.title, "due": show(one.due), "date": show(case.occurred_on)}


RULES: tuple[Rule, ...] = (
    Rule("core.acting", "Người ghi phải là cán bộ đang giữ vai trò trong đơn vị mình nhân danh", _acting, culprit="by", source=BOOK,
         says="người ghi {by} {why}", fix="vai trò đang giữ: {has}"),
    Rule("core.role", "Mỗi bước do vai trò mà kế hoạch quy định ghi", _role, culprit="as_role", source=PLAN,
         says="{step}: không thuộc vai trò {role}", fix="vai trò được ghi bước này: {roles}"),
    Rule("core.future", "Không ghi việc chưa xảy ra", _future, culprit="occurred_on", source=BOOK,
         says="ngày xảy ra {date} ở sau hôm nay ({today})", fix="ghi khi việc đã xảy ra"),
    Rule("core.once", "Mỗi mã chỉ được ghi vào sổ một lần", _began, culprit="key", source=BOOK, says="mã {key} đã có trong sổ",
         fix="chọn mã khác, hoặc đính chính mục cũ"),
    Rule("core.stream", "Bước phải thuộc về một đối tượng ghi đã có trong sổ", _missing_stream, source=BOOK,
         says="chưa có trong sổ: {kind}"),
    Rule("core.reference", "Điều được nhắc tới phải có trong sổ", _references, source=BOOK, says="{title}: không có {key} trong sổ",
         fix="ghi vào sổ trước, hoặc xem lại mã"),
    Rule("core.alive", "Đơn vị phải còn tồn tại vào ngày xảy ra", _alive, source=BOOK, says="{unit} không tồn tại ngày {date}",
         fix="đơn vị có từ {since} đến trước {gone}{heir}"),
    Rule("core.paper", "Bước này phải dựa trên văn bản", _paper, culprit="paper", source=BOOK,
         says="{step}: còn thiếu văn bản làm căn cứ", fix="nêu số, ngày và cơ quan ban hành, hoặc kèm tệp"),
    Rule("core.reason", "Bước này phải nêu lý do", _reason, culprit="reason", source=BOOK, says="{step}: còn thiếu lý do",
         fix="nêu bằng --reason"),
    Rule("core.thread", "Bước phải nối vào đúng lần việc đang diễn ra", _thread, source=BOOK, says="{title}: {fault}", fix="{fix}"),
    Rule("core.late", "Ghi sổ muộn sau khi việc xảy ra phải hiện rõ", _late, refuses=False, source=BOOK,
         says="ghi muộn {days} ngày (xảy ra {date})"),
    Rule("core.late-reason", "Ghi lùi ngày phải nêu lý do", _late_reason, culprit="reason", source=BOOK,
         says="việc ngày {date} được ghi muộn {days} ngày mà chưa nêu lý do", fix="nêu vì sao ghi muộn bằng --reason"),
    Rule("core.deadline", "Thời hạn của kế hoạch", _deadline, refuses=False, source=PLAN,
         says="ngày {date} đã quá hạn {due} ({title})"),
    Rule("core.deadline-unclear", "Không biết hạn thì không kết luận đúng hạn", _unclear_deadline, refuses=False, source=PLAN,
         says="không kết luận được ngày {date} có trước hạn {due} hay không ({title})"),
    Rule("core.behind-deadline", "Ghi lùi ngày qua thời hạn phải hiện rõ", _behind, refuses=False, source=PLAN,
         says="ghi sau hạn {due} cho việc ngày {date} trước hạn ({title})"),
)  # fmt: skip
