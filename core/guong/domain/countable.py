"""Can a quota be counted at all? What stands against it, before the log holds it and the board shows nothing for ever."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from guong.domain.dates import order, paper_date, span
from guong.domain.plan import BOUNDS, COMBINES, COUNTS, DIVISIONS, MODES
from guong.domain.streams import EXEMPLAR_STEPS, STEPS, of_exemplar
from guong.domain.subject import KINDS
from guong.forms import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from guong.domain.declarations import FieldDeclaration, PlanDeclaration, Quota
    from guong.forms import Question


class Fault(NamedTuple):
    """Why a quota cannot be counted: the key at fault, what is wrong with it, what would have worked (Vietnamese)."""

    key: str
    says: str
    fix: str


class _Setting(NamedTuple):
    """What a quota is held against (see `faults`)."""

    plan: PlanDeclaration
    fields: Mapping[str, FieldDeclaration]
    kind_of: Callable[[str], str]


def faults(
    quota: Quota, plan: PlanDeclaration, fields: Mapping[str, FieldDeclaration], kind_of: Callable[[str], str]
) -> Iterator[Fault]:
    """Yield everything that stands against counting a quota.

    Args:
        quota: The quota.
        plan: The plan it belongs to.
        fields: What fields of the plan declare, as far as it is known: nothing is said of a form that is not here.
        kind_of: Tells the kind of a unit by its key; empty where nobody knows.
    """
    setting = _Setting(plan, fields, kind_of)
    for look in (_choices, _number, _holder, _field, _state, _measure, _days, _parts):
        yield from look(quota, setting)


_CHOICES: dict[str, Mapping[str, str]] = {
    "bound": BOUNDS, "counts": COUNTS, "combine": COMBINES, "partition": {"": "", **DIVISIONS}, "mode": MODES,
}  # fmt: skip


def _choices(quota: Quota, _: _Setting) -> Iterator[Fault]:
    for key, known in _CHOICES.items():
        if getattr(quota, key) not in known:
            yield _unknown(key, "không có lựa chọn", getattr(quota, key), filter(None, known))


def _number(quota: Quota, _: _Setting) -> Iterator[Fault]:
    if not math.isfinite(quota.number) or quota.number < 0:
        yield Fault("number", f"{quota.number} không phải là số đếm được", "một số từ 0 trở lên")
    elif quota.counts != "measure" and quota.number != int(quota.number):
        yield Fault("number", f"không đếm được {quota.number} điển hình", 'số nguyên, hoặc counts = "measure"')


def _field(quota: Quota, setting: _Setting) -> Iterator[Fault]:
    bound = [one.field for one in setting.plan.fields]
    if quota.field and quota.field not in bound:
        yield _unknown("field", "kế hoạch không có lĩnh vực", quota.field, bound)


def _holder(quota: Quota, setting: _Setting) -> Iterator[Fault]:
    plan, kind = setting.plan, quota.holder_kind
    if quota.holder and kind:
        yield Fault("holder_kind", "đã nêu đơn vị chịu chỉ tiêu thì không nêu loại đơn vị", "chỉ nêu một trong hai")
        return
    if kind and kind not in plan.unit_kinds:
        yield _unknown("holder_kind", "kế hoạch không có loại đơn vị", kind, plan.unit_kinds)
        return
    leads = [lead for one in plan.fields if quota.field in ("", one.field) for lead in one.leads]
    units, kinds = {lead.unit for lead in leads} - {""}, {lead.unit_kind for lead in leads} - {""}
    if not leads or not (quota.holder or kind):
        return
    if quota.holder and quota.holder not in units and setting.kind_of(quota.holder) not in kinds:
        key, named = "holder", quota.holder
    elif kind and kind not in kinds and kind not in {setting.kind_of(unit) for unit in units}:
        key, named = "holder_kind", kind
    else:
        return
    yield Fault(key, f"{named} không chủ trì lĩnh vực của chỉ tiêu này", "chủ trì: " + _list(sorted(units | kinds)))


def _state(quota: Quota, _: _Setting) -> Iterator[Fault]:
    steps = {step.mark: step for step in of_exemplar()}
    for key, marks in (("mark", (quota.mark,)), ("without", quota.without)):
        for mark in marks:
            if mark not in steps:
                yield _unknown(key, "không bước nào để lại trạng thái", mark, steps)
    step = steps.get(quota.mark)
    if step is None or not quota.values:
        return
    question = next((one for one in step.questions if one.key == step.value), None)
    if question is None:
        yield Fault("values", f"trạng thái {quota.mark} không có kết quả nào để chọn", "bỏ trống")
    choices = question.choices if question else {}
    for value in quota.values if choices else ():
        if value not in choices:
            yield _unknown("values", f"trạng thái {quota.mark} không có kết quả", value, choices)


def _measure(quota: Quota, setting: _Setting) -> Iterator[Fault]:
    if quota.counts != "measure":
        for key in ("measure", "unit"):
            if getattr(quota, key):
                yield Fault(key, "chỉ dùng khi đếm theo số đo", 'bỏ trống, hoặc counts = "measure"')
        return
    if not quota.unit:
        yield Fault("unit", "còn thiếu đơn vị tính của số đo", "như km")
    step, _, name = quota.measure.partition(".")
    if step not in EXEMPLAR_STEPS:
        yield _unknown(
            "measure", "không có bước của điển hình tên là", step, EXEMPLAR_STEPS, "viết như supported.value"
        )
        return
    asked = [*STEPS[step].questions]
    declared = [one for key, one in setting.fields.items() if quota.field in ("", key)]
    for field in declared:
        asked += field.asks(step)
    numbers = [question.key for question in asked if _counts(question)]
    bound = {one.field for one in setting.plan.fields if quota.field in ("", one.field)}
    if name not in numbers and bound <= setting.fields.keys():
        yield _unknown(
            "measure", f"bước {step} không hỏi con số nào (ngoài số về riêng một người) tên là", name, numbers
        )


def _counts(question: Question) -> bool:
    return question.type in ("int", "number") and not question.personal and not question.many


def _days(quota: Quota, __: _Setting) -> Iterator[Fault]:
    yield from _span("since", quota.since, quota.until, "until")
    if quota.days and quota.partition != "phase":
        yield Fault("days", "ngày của từng phần chỉ dùng khi chia theo đợt", 'bỏ trống, hoặc partition = "phase"')
        return
    for part in quota.days:
        if part not in quota.parts:
            yield _unknown("days", "không có phần", part, quota.parts)
    if quota.partition != "phase":
        return
    phases: list[tuple[str, str, str]] = []
    for part in quota.parts:
        since, _, until = quota.days.get(part, "").partition("/")
        wrong = list(_span(f"days.{part}", since, until))
        if not (since and until):
            wrong = [Fault(f"days.{part}", "đợt phải có ngày đầu và ngày cuối", "viết như 2024-01-01/2024-06-30")]
        yield from wrong
        phases += [] if wrong else [(part, since, until)]
    phases.sort(key=lambda one: order(one[1]))
    for (before, _, ended), (part, since, _) in pairwise(phases):
        if span(ended)[1] >= order(since):
            yield Fault(f"days.{part}", f"trùng ngày với đợt {before}", "các đợt nối tiếp nhau, không trùng ngày")


def _span(key: str, since: str, until: str, last: str = "") -> Iterator[Fault]:
    for name, date in ((key, since), (last or key, until)):
        try:
            if date:
                paper_date(date)
        except ValueError:
            yield Fault(name, f"{date} không phải là ngày", "viết như 2024-12-31")
            return
    if since and until and order(since) > span(until)[1]:
        yield Fault(last or key, f"ngày cuối {until} trước ngày đầu {since}", "xem lại hai ngày")


def _parts(quota: Quota, setting: _Setting) -> Iterator[Fault]:
    if not quota.parts:
        if quota.partition:
            yield Fault("parts", "chia chỉ tiêu thì phải nêu các phần", "các cặp khóa và tên của phần")
        return
    if quota.partition == "tier" and (quota.holder or quota.holder_kind):
        key = "holder" if quota.holder else "holder_kind"
        yield Fault(key, "chia theo cấp là đếm theo loại của đơn vị chủ trì, nên không giao cho một đơn vị", "bỏ trống")
    what, known = _known_parts(quota, setting)
    if known is None:
        return
    for part in quota.parts:
        if part not in known:
            yield _unknown("parts", what, part, known)


def _known_parts(quota: Quota, setting: _Setting) -> tuple[str, Iterable[str] | None]:
    """Return how a part that does not exist is called, and which parts there can be; None where any can, or nobody knows."""
    if quota.partition == "tier":
        return "kế hoạch không có loại đơn vị", setting.plan.unit_kinds
    field = setting.fields.get(quota.field)
    if quota.partition == "subject_kind":
        return "không có loại đối tượng", (field.kinds if field else ()) or KINDS
    if quota.partition == "phase":
        return "", None
    if not quota.field:
        return "không lĩnh vực nào được nêu, nên không ai trả lời phần", ()
    if field is None:
        return "", None
    question = next((one for one in field.asks("discovered") if one.key == field.part), None)
    if question is None:
        return f"lĩnh vực {quota.field} không hỏi điển hình thuộc phần nào, nên không có phần", ()
    return f"câu hỏi {question.key} của lĩnh vực không có câu trả lời", question.choices or None


def _unknown(key: str, what: str, named: str, known: Iterable[str], advice: str = "") -> Fault:
    known = list(known)
    near = nearest(named, known)
    fix = f"có phải là {near}?" if near else advice or f"đang có: {_list(known)}"
    return Fault(key, f"{what} {named or '(chưa nêu)'}", fix)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "không có gì"
