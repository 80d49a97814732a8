"""Rules of an exemplar's life: its field and lead, the plan's order of steps, who follows it, who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK, PLAN, mark_title, value_title
from guong.domain.dates import not_after, order, show
from guong.domain.rules import Rule
from guong.domain.streams import EXEMPLAR_STEPS, STEPS
from guong.domain.subject import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case
    from guong.domain.declarations import Need
    from guong.domain.life import Mark

_ALWAYS = ("discovered", "entry_corrected", "entry_voided")


def _open(case: Case) -> Iterator[dict[str, Any]]:
    wanted = case.data.get("field") or (case.exemplar.field if case.exemplar else "")
    if case.plan and not case.plan.declared.fields:
        if wanted:
            yield {"field": wanted, "open": "không có, kế hoạch này không chia lĩnh vực; bỏ trống mục này"}
    elif case.plan is None or case.field is None:
        opened = ", ".join(case.plan.fields) if case.plan else "chưa có kế hoạch"
        yield {"field": wanted or "(chưa nêu)", "open": opened}


def _kind(case: Case) -> Iterator[dict[str, Any]]:
    if case.field and case.subject and case.field.kinds and case.subject.kind not in case.field.kinds:
        allowed = ", ".join(KINDS.get(kind, kind) for kind in case.field.kinds)
        yield {"kind": KINDS.get(case.subject.kind, case.subject.kind), "field": case.field.title, "allowed": allowed}


def _lead(case: Case) -> Iterator[dict[str, Any]]:
    if case.plan is None or (case.binding is None and case.plan.declared.fields):
        return
    named = case.data.get("lead", "")
    unit = case.facts.unit(named) if named else None
    if not named or (case.binding and case.binding.led_by(named, unit.kind if unit else "") is None):
        titles = case.plan.declared.unit_kinds
        leads = [
            lead.unit or f"mọi đơn vị loại {titles.get(lead.unit_kind, lead.unit_kind)}"
            for lead in (case.binding.leads if case.binding else ())
        ]
        yield {"lead": named or "(chưa nêu)", "leads": ", ".join(leads) or "mọi đơn vị trong sổ"}


def _again(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar and case.data.get("lead") and case.exemplar.lead != case.data["lead"]:
        yield {"lead": case.exemplar.lead}


def _merged(case: Case) -> Iterator[dict[str, Any]]:
    if case.subject and case.subject.into:
        yield {"into": case.subject.into[:8]}


def _second(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar and case.exemplar.unit != case.unit:
        yield {"unit": case.exemplar.unit, "date": show(case.exemplar.marks["discovered"].first)}


def _earlier(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar or case.plan is None or case.data.get("earlier"):
        return
    for one in case.facts.exemplars(case.data.get("subject", "")):
        if one.field == case.data.get("field", "") and one.plan != case.plan.key and one.has("reviewed"):
            yield {"plan": one.plan}


def _needed(case: Case) -> Iterator[tuple[Need, str | None, bool | None]]:
    if case.plan is None or case.exemplar is None:
        return
    for need in case.plan.needs.get(case.step.key, ()):
        if need.when.items() <= case.data.items():
            mark = case.exemplar.mark(need.needs)
            stood = _stood(need, mark) if mark else None
            yield need, stood, not_after(stood, case.occurred_on) if stood else False


def _stood(need: Need, mark: Mark) -> str | None:
    """Return since when a mark fulfils a need, None when it does not."""
    if not need.values:
        return mark.first
    if need.ever:
        return min((on for value, on in mark.seen.items() if value in need.values), key=order, default=None)
    return mark.on if mark.value in need.values else None


def _order(case: Case) -> Iterator[dict[str, Any]]:
    for need, stood, held in _needed(case):
        if held is False:
            what = mark_title(need.needs)
            values = ", ".join(value_title(need.needs, value) for value in need.values)
            when = f"mới có ngày {show(stood)}" if stood else "chưa có"
            yield {
                "step": case.step.title,
                "needs": f"{what} ({values})" if values else what,
                "when": when,
                "date": show(case.occurred_on),
            }


def _unclear(case: Case) -> Iterator[dict[str, Any]]:
    for need, stood, held in _needed(case):
        if held is None:
            yield {
                "step": case.step.title,
                "needs": mark_title(need.needs),
                "first": show(stood),
                "date": show(case.occurred_on),
            }


def _over(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar is None or case.step.key in _ALWAYS:
        return
    for mark in ("rejected", "withdrawn"):
        stood = case.exemplar.mark(mark)
        if stood and not_after(case.occurred_on, stood.on) is False:
            yield {"what": mark_title(mark), "on": show(stood.on)}


def _closed(case: Case) -> Iterator[dict[str, Any]]:
    if case.plan and case.plan.closed and not_after(case.plan.closed, case.occurred_on):
        yield {"plan": case.plan.key, "closed": show(case.plan.closed)}


def _separation(case: Case) -> Iterator[dict[str, Any]]:
    pairs = [one for one in case.plan.declared.separations if one.step == case.step.key] if case.plan else []
    if not pairs or case.exemplar is None:
        return
    for pair in pairs:
        for one in case.history():
            if one.entry and one.entry.step in pair.others and one.entry.by == case.by:
                yield {"step": case.step.title, "other": STEPS[one.entry.step].title, "by": case.by, "why": pair.text}
                break


def _follower(case: Case) -> Iterator[dict[str, Any]]:
    if (
        case.exemplar is None
        or case.exemplar.officer is None
        or case.plan is None
        or case.step.key == "officer_assigned"
    ):
        return
    officer = case.facts.officer(case.exemplar.officer)
    ends = [role.gone or role.until for role in officer.roles] if officer else []
    if ends and all(ends):
        last = max((end for end in ends if end), key=order)
        days = (order(case.occurred_on) - order(last)).days
        if days > case.plan.declared.watch_gap_days:
            yield {"officer": case.exemplar.officer, "on": show(last), "days": days}


def _origin(case: Case) -> Iterator[dict[str, Any]]:
    if not case.data.get("planned") and case.data.get("origin") == "planned":
        yield {}


def _measure(case: Case) -> Iterator[dict[str, Any]]:
    said, name = case.data.get("measure"), f"{case.step.key}.value"
    if not said or case.data.get("value") is None or case.plan is None:
        return
    units = {one.unit for one in case.plan.quotas.values() if one.counts == "measure" and one.measure == name}
    if units and said.casefold() not in {one.casefold() for one in units}:
        yield {"measure": said, "units": ", ".join(sorted(units))}


RULES: tuple[Rule, ...] = (
    Rule("core.open", "Lĩnh vực phải được mở theo kế hoạch", _open, steps=EXEMPLAR_STEPS, culprit="field", source=PLAN,
         says="lĩnh vực {field} chưa được mở", fix="đang mở: {open}"),
    Rule("core.kind", "Loại đối tượng phải thuộc lĩnh vực", _kind, steps=("discovered",), culprit="subject", source=PLAN,
         says="{kind} không thuộc đối tượng của {field}", fix="lĩnh vực nhận: {allowed}"),
    Rule("core.lead", "Đơn vị chủ trì phải là đơn vị kế hoạch đã nêu", _lead, steps=("discovered",), culprit="lead", source=PLAN,
         says="{lead} không chủ trì lĩnh vực này", fix="đơn vị chủ trì: {leads}"),
    Rule("core.lead-kept", "Một điển hình có một đơn vị chủ trì", _again, steps=("discovered",), culprit="lead", source=BOOK,
         says="điển hình này đã do {lead} chủ trì", fix="phát hiện thêm vẫn ghi với đơn vị chủ trì cũ"),
    Rule("core.merged", "Đối tượng đã gộp thì ghi tiếp với đối tượng gộp vào", _merged, steps=("discovered",), culprit="subject",
         source=BOOK, says="đối tượng này đã được gộp vào {into}", fix="ghi với đối tượng đó, hoặc tách lại"),
    Rule("core.second-unit", "Hai đơn vị cùng phát hiện một điển hình thì đơn vị sau phải biết", _second, steps=("discovered",),
         refuses=False, source=BOOK, says="{unit} đã phát hiện điển hình này ngày {date}; chỉ tiêu vẫn đếm một lần"),
    Rule("core.earlier", "Điển hình cũ dùng lại phải nối với lần trước", _earlier, steps=("discovered",), culprit="earlier",
         refuses=False, source=BOOK, says="đối tượng đã được bình xét trong lĩnh vực này theo {plan}; cần thành tích mới"),
    Rule("core.order", "Trình tự các bước theo kế hoạch", _order, steps=EXEMPLAR_STEPS, source=PLAN,
         says="{step} ngày {date} phải sau {needs}, {when}", fix="ghi bước đó trước, theo đúng ngày của nó"),
    Rule("core.order-unclear", "Trình tự các bước theo kế hoạch", _unclear, steps=EXEMPLAR_STEPS, refuses=False, source=PLAN,
         says="chưa rõ {needs} ({first}) có trước {step} ({date}) hay không"),
    Rule("core.over", "Không ghi thêm việc sau khi điển hình đã được rút", _over, steps=EXEMPLAR_STEPS, source=BOOK,
         says="{what} từ {on}", fix="phát hiện lại (discovered) trước khi ghi tiếp"),
    Rule("core.closed", "Kế hoạch đã kết thúc thì không phát hiện thêm theo nó", _closed, steps=("discovered",), culprit="plan",
         source=BOOK, says="kế hoạch {plan} đã kết thúc từ {closed}", fix="ghi theo kế hoạch mới"),
    Rule("core.separation", "Người làm bước này không được là người làm bước trước", _separation, steps=EXEMPLAR_STEPS, culprit="by",
         source=PLAN, says="{by} đã ghi bước {other} của điển hình này ({why})", fix="người khác ghi {step}"),
    Rule("core.follower", "Điển hình luôn có cán bộ theo dõi", _follower, steps=EXEMPLAR_STEPS, refuses=False, source=PLAN,
         says="cán bộ theo dõi {officer} đã thôi vai trò từ {on}, {days} ngày chưa có người thay"),
    Rule("core.measure", "Chỉ tiêu theo số đo đếm theo đơn vị tính của nó", _measure, culprit="measure", refuses=False, source=PLAN,
         steps=("supported", "replication_reviewed", "replication_succeeded"),
         says="chỉ tiêu của kế hoạch đếm theo {units}; số này ghi theo {measure} nên không được tính"),
    Rule("core.origin", "Nhân rộng theo kế hoạch phải nêu kế hoạch nào", _origin, steps=("replication_started",), culprit="planned",
         source=BOOK, says="chưa nêu lần lập kế hoạch nhân rộng", fix="nêu mục replication_planned, hoặc ghi là spontaneous (tự phát)"),
)  # fmt: skip
