"""The core's own rules: those that hold for every plan and every field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.corrections import effective, voided
from guong.domain.dates import in_future, not_after, order, show
from guong.domain.exemplar import FINDINGS, RESULTS
from guong.domain.exemplar import STEPS as EXEMPLAR_STEPS
from guong.domain.rules import Rule
from guong.domain.streams import STEPS
from guong.domain.subject import KINDS
from guong.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case
    from guong.domain.declarations import Need
    from guong.domain.exemplar import Mark

_TITLES = {step.mark: step.title for step in EXEMPLAR_STEPS}


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


def _future(case: Case) -> Iterator[dict[str, Any]]:
    if in_future(case.occurred_on, case.today):
        yield {"date": show(case.occurred_on), "today": show(case.today.isoformat())}


def _began(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is not None and case.step.starts and case.step.key != "discovered":
        yield {"key": case.data.get("key", "")}


def _missing_stream(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is None and not case.step.starts:
        yield {"kind": case.step.stream}


def _references(case: Case) -> Iterator[dict[str, Any]]:
    if case.entered_for and case.facts.officer(case.entered_for) is None:
        yield {"title": "Ghi thay cho", "key": case.entered_for}
    for question in case.step.questions:
        key = case.data.get(question.key) if question.ref in ("unit", "officer", "subject") else None
        if key and getattr(case.facts, str(question.ref))(key) is None:
            yield {"title": question.title, "key": key}


def _alive(case: Case) -> Iterator[dict[str, Any]]:
    for key in {case.unit, *(case.data.get(q.key) for q in case.step.questions if q.ref == "unit")}:
        unit = case.facts.unit(key) if key else None
        if unit and unit.alive(case.occurred_on) is False and case.step.stream == "exemplar":
            yield {
                "unit": unit.name,
                "since": show(unit.since),
                "ended": show(unit.ended),
                "date": show(case.occurred_on),
            }


def _named(case: Case) -> Iterator[dict[str, Any]]:
    name, key = slug(case.personal.get("name", "")), case.data.get("key", "")
    words = [word for word in name.split("-") if word]
    if len(words) > 1 and (name in key or (words[-1] in key.split("-") and len(set(words) & set(key.split("-"))) > 1)):
        yield {"key": key}


def _paper(case: Case) -> Iterator[dict[str, Any]]:
    if case.step.paper and not case.papers:
        yield {"step": case.step.title}


def _decision(case: Case) -> Iterator[dict[str, Any]]:
    if case.papers and not any(paper.number and paper.date and paper.issuer for paper in case.papers):
        yield {}


def _reason(case: Case) -> Iterator[dict[str, Any]]:
    if case.step.reason and not case.reason:
        yield {"step": case.step.title}


def _open(case: Case) -> Iterator[dict[str, Any]]:
    if case.step.stream == "exemplar" and (case.plan is None or case.field is None):
        wanted = case.data.get("field") or (case.exemplar.field if case.exemplar else "")
        yield {"field": wanted, "open": ", ".join(case.plan.fields) if case.plan else "chưa có kế hoạch"}


def _kind(case: Case) -> Iterator[dict[str, Any]]:
    if case.field and case.subject and case.field.kinds and case.subject.kind not in case.field.kinds:
        allowed = ", ".join(KINDS.get(kind, kind) for kind in case.field.kinds)
        yield {"kind": KINDS.get(case.subject.kind, case.subject.kind), "field": case.field.title, "allowed": allowed}


def _lead(case: Case) -> Iterator[dict[str, Any]]:
    if case.binding and case.data.get("lead") not in [lead.unit for lead in case.binding.leads]:
        leads = ", ".join(lead.unit for lead in case.binding.leads)
        yield {"lead": case.data.get("lead") or "(chưa nêu)", "leads": leads}


def _again(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar and case.data.get("lead") and case.exemplar.lead != case.data["lead"]:
        yield {"lead": case.exemplar.lead}


def _needed(case: Case) -> Iterator[tuple[Need, str | None, bool | None]]:
    if case.plan is None or case.exemplar is None:
        return
    for need in case.plan.needs.get(case.step.key, ()):
        if need.when.items() <= case.data.items():
            mark = case.exemplar.marks.get(need.needs)
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
            what = _TITLES.get(need.needs, need.needs)
            values = ", ".join(RESULTS.get(value, value) for value in need.values)
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
                "needs": _TITLES.get(need.needs, need.needs),
                "first": show(stood),
                "date": show(case.occurred_on),
            }


def _group(case: Case) -> str:
    return (
        str(case.exemplar.details.get(case.field.group, ""))
        if case.exemplar and case.field and case.field.group
        else ""
    )


def _criteria(case: Case) -> Iterator[dict[str, Any]]:
    if case.field is None or case.subject is None:
        return
    found = case.data.get("criteria", {})
    asked = case.field.criteria_for(case.subject.kind, _group(case))
    missing = [one.id for one in asked if one.id not in found]
    if missing:
        yield {"ids": ", ".join(missing), "fault": "chưa đối chiếu"}
    general = case.plan.criteria() if case.plan else ()
    unknown = [key for key in found if key not in {one.id for one in (*asked, *general)}]
    if unknown:
        yield {"ids": ", ".join(unknown), "fault": "không áp dụng cho đối tượng này"}


def _mandatory(case: Case) -> Iterator[dict[str, Any]]:
    if case.field is None or case.subject is None or case.data.get("result") != "passed":
        return
    found = case.data.get("criteria", {})
    asked = case.field.criteria_for(case.subject.kind, _group(case))
    for one in asked:
        if one.mandatory and found.get(one.id) != "met":
            yield {"id": one.id, "text": one.text, "finding": FINDINGS.get(found.get(one.id), "chưa đối chiếu")}
    for group in sorted({one.any_of for one in asked if one.any_of}):
        ids = [one.id for one in asked if one.any_of == group]
        if not any(found.get(id_) == "met" for id_ in ids):
            yield {
                "id": ", ".join(ids),
                "text": "ít nhất một trong các tiêu chí này",
                "finding": "không đạt tiêu chí nào",
            }


def _unmet(case: Case) -> Iterator[dict[str, Any]]:
    found = case.data.get("criteria", {})
    below = [id_ for id_, finding in found.items() if finding == "not_met"]
    if below and case.data.get("result") == "passed":
        yield {"ids": ", ".join(below)}


def _general(case: Case) -> Iterator[dict[str, Any]]:
    found = case.data.get("criteria", {})
    missing = [one.id for one in (case.plan.criteria() if case.plan else ()) if one.id not in found]
    if missing:
        yield {"ids": ", ".join(missing)}


def _votes(case: Case) -> Iterator[dict[str, Any]]:
    cast, present = (case.data.get("votes_for") or 0) + (case.data.get("votes_against") or 0), case.data.get("present")
    if present is not None and cast > present:
        yield {"cast": cast, "present": present}


def _late(case: Case) -> Iterator[dict[str, Any]]:
    limit = case.plan.declared.late_after_days if case.plan else None
    days = (case.today - order(case.occurred_on)).days if limit is not None else 0
    if limit is not None and days > limit:
        yield {"days": days, "date": show(case.occurred_on)}


def _deadline(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.plan.deadlines.values() if case.plan else ():
        if one.of_step == case.step.key and one.due and not_after(case.occurred_on, one.due) is False:
            yield {"title": one.title, "due": show(one.due), "date": show(case.occurred_on)}


def _behind(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.plan.deadlines.values() if case.plan else ():
        if (
            one.of_step == case.step.key
            and one.due
            and not_after(case.occurred_on, one.due)
            and not_after(case.today.isoformat(), one.due) is False
        ):
            yield {"title": one.title, "due": show(one.due), "date": show(case.occurred_on)}


def _start(case: Case) -> Iterator[dict[str, Any]]:
    if case.exemplar and case.data.get("start") not in case.exemplar.starts:
        yield {"entry": str(case.data.get("start"))[:8]}


def _target(case: Case) -> Iterator[dict[str, Any]]:
    stored = case.facts.entries(case.stream)
    entries = {one.entry.id: one.entry for one in stored if one.entry}
    wanted = entries.get(case.data.get("entry", ""))
    if wanted is None:
        yield {"entry": str(case.data.get("entry"))[:8], "why": "không có trong dòng ghi này"}
    elif wanted.step in STEPS and not STEPS[wanted.step].by_hand:
        yield {"entry": wanted.id[:8], "why": f"({STEPS[wanted.step].title}) do sổ tự ghi, không sửa hay hủy bằng tay"}
    elif wanted.step == "entry_voided" and case.step.key == "entry_corrected":
        yield {"entry": wanted.id[:8], "why": "là một mục hủy; hủy chính nó nếu muốn khôi phục"}
    elif wanted.step == "entry_corrected" and case.step.key == "entry_corrected":
        yield {"entry": wanted.id[:8], "why": "là một mục đính chính; đính chính mục gốc, hoặc hủy nó"}
    elif wanted.id in voided(stored):
        yield {"entry": wanted.id[:8], "why": "đã bị hủy"}


def _first(case: Case) -> Iterator[dict[str, Any]]:
    entries = effective(case.facts.entries(case.stream))
    first = entries[0].entry if entries else None
    if first and first.id == case.data.get("entry"):
        if len(entries) > 1:
            yield {"why": "đã có các mục sau nó"}
        elif entries[0].kind != "exemplar":
            yield {"why": "nơi khác trong sổ có thể dựa vào nó"}


def _identity(case: Case) -> Iterator[dict[str, Any]]:
    wanted = next(
        (one.entry for one in case.facts.entries(case.stream) if one.entry and one.entry.id == case.data.get("entry")),
        None,
    )
    fixed = STEPS[wanted.step].names if wanted and wanted.step in STEPS else ()
    for key in fixed:
        if key in case.data.get("set", {}):
            yield {
                "title": next(one.title for one in STEPS[wanted.step].questions if one.key == key) if wanted else key
            }


def _bound(case: Case) -> Iterator[dict[str, Any]]:
    plan = case.plan
    if plan and plan.declared.binding(case.data["field"]) is None:
        yield {"field": case.data["field"], "fields": ", ".join(one.field for one in plan.declared.fields)}


_EXEMPLAR = tuple(step.key for step in EXEMPLAR_STEPS)

CORE_RULES: tuple[Rule, ...] = (
    Rule("core.acting", "Người ghi phải là cán bộ đang giữ vai trò trong đơn vị mình nhân danh", _acting, culprit="by",
         says="người ghi {by} {why}", fix="vai trò đang giữ: {has}"),
    Rule("core.future", "Không ghi việc chưa xảy ra", _future, culprit="occurred_on",
         says="ngày xảy ra {date} ở sau hôm nay ({today})", fix="ghi khi việc đã xảy ra"),
    Rule("core.once", "Mỗi mã chỉ được ghi vào sổ một lần", _began, culprit="key", says="mã {key} đã có trong sổ",
         fix="chọn mã khác, hoặc đính chính mục cũ"),
    Rule("core.stream", "Bước phải thuộc về một đối tượng ghi đã có trong sổ", _missing_stream, says="chưa có trong sổ: {kind}"),
    Rule("core.reference", "Điều được nhắc tới phải có trong sổ", _references, says="{title}: không có {key} trong sổ",
         fix="ghi vào sổ trước, hoặc xem lại mã"),
    Rule("core.alive", "Đơn vị phải còn tồn tại vào ngày xảy ra", _alive, says="{unit} không tồn tại ngày {date}",
         fix="đơn vị có từ {since} đến {ended}"),
    Rule("core.officer-key", "Mã cán bộ không được chứa họ tên, vì mã ở lại trong sổ mãi mãi", _named, steps=("officer_enrolled",),
         culprit="key", says="mã {key} chứa họ tên", fix="đặt mã theo đơn vị và số thứ tự"),
    Rule("core.paper", "Bước này phải dựa trên văn bản", _paper, culprit="paper", says="{step}: còn thiếu văn bản làm căn cứ",
         fix="nêu số, ngày và cơ quan ban hành, hoặc kèm tệp"),
    Rule("core.decision", "Quyết định phải có số, ngày và cơ quan ban hành", _decision, steps=("honour_decided",), culprit="paper",
         says="quyết định chưa đủ số, ngày, cơ quan ban hành", fix="bản dự thảo chưa phải là quyết định"),
    Rule("core.reason", "Bước này phải nêu lý do", _reason, culprit="reason", says="{step}: còn thiếu lý do"),
    Rule("core.open", "Lĩnh vực phải được mở theo kế hoạch", _open, culprit="field", says="lĩnh vực {field} chưa được mở",
         fix="đang mở: {open}"),
    Rule("core.kind", "Loại đối tượng phải thuộc lĩnh vực", _kind, steps=("discovered",), culprit="subject",
         says="{kind} không thuộc đối tượng của {field}", fix="lĩnh vực nhận: {allowed}"),
    Rule("core.lead", "Đơn vị chủ trì phải là đơn vị kế hoạch đã nêu", _lead, steps=("discovered",), culprit="lead",
         says="{lead} không chủ trì lĩnh vực này", fix="đơn vị chủ trì: {leads}"),
    Rule("core.lead-kept", "Một điển hình có một đơn vị chủ trì", _again, steps=("discovered",), culprit="lead",
         says="điển hình này đã do {lead} chủ trì", fix="phát hiện thêm vẫn ghi với đơn vị chủ trì cũ"),
    Rule("core.order", "Trình tự các bước theo kế hoạch", _order, steps=_EXEMPLAR,
         says="{step} ngày {date} phải sau {needs}, {when}", fix="ghi bước đó trước, theo đúng ngày của nó"),
    Rule("core.order-unclear", "Trình tự các bước theo kế hoạch", _unclear, steps=_EXEMPLAR, refuses=False,
         says="chưa rõ {needs} ({first}) có trước {step} ({date}) hay không"),
    Rule("core.criteria", "Bình xét phải đối chiếu từng tiêu chí", _criteria, steps=("reviewed",), culprit="criteria",
         says="tiêu chí {ids}: {fault}"),
    Rule("core.mandatory", "Không đạt tiêu chí bắt buộc thì không thể kết luận đạt", _mandatory, steps=("reviewed",),
         culprit="criteria", says="tiêu chí bắt buộc {id} ({text}): {finding}", fix="kết luận khác đạt, hoặc đối chiếu lại"),
    Rule("core.criteria-unmet", "Đạt dù còn tiêu chí không đạt", _unmet, steps=("reviewed",), refuses=False,
         says="kết luận đạt dù tiêu chí {ids} không đạt"),
    Rule("core.criteria-general", "Tiêu chí chung áp dụng cho mọi lĩnh vực", _general, steps=("reviewed",), refuses=False,
         says="chưa đối chiếu tiêu chí chung {ids}"),
    Rule("core.votes", "Số phiếu không quá số người dự", _votes, steps=("reviewed",), culprit="votes_for",
         says="{cast} phiếu nhưng chỉ {present} người dự"),
    Rule("core.late", "Ghi sổ muộn sau khi việc xảy ra phải hiện rõ", _late, refuses=False,
         says="ghi muộn {days} ngày (xảy ra {date})"),
    Rule("core.deadline", "Thời hạn của kế hoạch", _deadline, refuses=False, says="ngày {date} đã quá hạn {due} ({title})"),
    Rule("core.behind-deadline", "Ghi lùi ngày qua thời hạn phải hiện rõ", _behind, refuses=False,
         says="ghi sau hạn {due} cho việc ngày {date} trước hạn ({title})"),
    Rule("core.replication", "Kết quả phải thuộc một lần nhân rộng đã bắt đầu", _start, steps=("replication_succeeded",),
         culprit="start", says="mục {entry} không phải lần nhân rộng của điển hình này"),
    Rule("core.target", "Chỉ sửa, hủy mục ghi đang có hiệu lực", _target, steps=("entry_corrected", "entry_voided"),
         culprit="entry", says="mục {entry} {why}"),
    Rule("core.first", "Không hủy mục mở đầu mà điều khác còn dựa vào", _first, steps=("entry_voided",), culprit="entry",
         says="đây là mục mở đầu, {why}", fix="đính chính thay vì hủy"),
    Rule("core.identity", "Điều đặt tên cho một dòng ghi không bao giờ đổi", _identity, steps=("entry_corrected",), culprit="set",
         says="{title} không đổi được, vì các mục khác dựa vào nó", fix="ghi vào sổ một mục mới"),
    Rule("core.bound", "Chỉ mở và giao chỉ tiêu cho lĩnh vực của kế hoạch", _bound, steps=("quota_set", "field_opened"), culprit="field",
         says="kế hoạch không có lĩnh vực {field}", fix="các lĩnh vực: {fields}"),
)  # fmt: skip
