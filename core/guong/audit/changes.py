"""What changed after it had been reported or sent off: reports against the book, between two reports, corrections and voidings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec

from guong.audit.answer import Evidence, Found, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.domain.dates import show, span
from guong.domain.quota import minded
from guong.domain.streams import STEPS
from guong.forms import ask
from guong.view import board
from guong.view.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Entry, Stored

_REPORTED = "report_issued"
_SENT, _BOTH = ("introduced", "dossier_submitted"), ("entry_corrected", "entry_voided")
_REPORTERS = "đơn vị báo cáo"
_FIGURES = {"discovered": "phát hiện", "reviewed": "bình xét đạt", "honoured": "tôn vinh", "reached": "tính được"}


# ------------------------------------------------------------------ checks


def _report(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    day = case.data.get("as_of") or ""
    if case.plan is not None:
        yield {
            "plan": case.plan.key, "body": case.data["body"], "day": span(day)[1].isoformat() if day else "", "told": show(day),
        }  # fmt: skip


def _rewritten(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for corrections and voidings of what was recorded before something was sent off, and tell what stood there."""
    entries = case.facts.entries(case.stream)
    by_id = {one.entry.id: one for one in entries if one.entry}
    wanted = by_id.get(case.data["entry"])
    while wanted and wanted.entry and wanted.entry.step in _BOTH:  # undoing a correction changes what it corrected
        wanted = by_id.get(wanted.entry.data["entry"])
    if wanted is None or wanted.entry is None:
        return
    counted = [one for one in case.facts.effective(case.stream) if one.entry]
    sent = any(one.entry.step in _SENT and one.position >= wanted.position for one in counted if one.entry)
    if not sent:
        return
    before = next((one.entry for one in counted if one.entry and one.entry.id == wanted.entry.id), wanted.entry)
    yield {
        "title": STEPS[before.step].title, "position": wanted.position, "approver": case.data.get("approved_by") or "không ai",
        "what": "; ".join(_changed(case, before)),
    }  # fmt: skip


def _corrects(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Tell which step a correction corrects: what is found of its answers stands at the correction."""
    entries = (one.entry for one in case.facts.entries(case.stream) if one.entry)
    yield from ({"step": one.step} for one in entries if one.id == case.data["entry"])


def _changed(case: Case, before: Entry) -> Iterator[str]:
    """Yield what a correction changes of an entry, from what to what, as far as it is about nobody."""
    if case.step.key == "entry_voided":
        yield "hủy"
        return
    titles = {question.key: question.title for question in STEPS[before.step].questions}
    for key, value in case.data.get("set", {}).items():
        yield f"{titles.get(key, key)}: {before.data.get(key, '(trống)')} → {value}"
    if case.data.get("happened_on"):
        yield f"ngày xảy ra: {show(before.occurred_on)} → {show(case.data['happened_on'])}"
    if not case.data.get("set") and not case.data.get("happened_on"):
        yield "sửa điều dưới niêm phong hoặc chi tiết của lĩnh vực"


CHECKS = (
    Check("ask.report", "Báo cáo và ngày chốt số liệu", _report, steps=(_REPORTED,), says="báo cáo của {body}, số liệu đến {told}"),
    Check("ask.corrects", "Bước mà mục đính chính sửa", _corrects, steps=("entry_corrected",)),
    Check("ask.rewritten", "Mục ghi bị sửa, hủy sau khi đã gửi đi", _rewritten, steps=_BOTH,
          says="{title} (#{position}): {what}; người duyệt: {approver}"),
)  # fmt: skip


# ------------------------------------------------------------------ reports


class _Report(NamedTuple):
    """A report: where it stands, of which plan by whom, and the last day its figures are of (empty where it does not say)."""

    position: int
    plan: str
    body: str
    day: str


def _reports(inquiry: Inquiry, last: int, only: int | None = None) -> list[_Report]:
    """Return the last reports of the scope, or one of them, in the order of the log."""
    columns = ", ".join(f"json_extract(p.figures, '$.{name}') AS {name}" for name in ("plan", "body", "day"))
    narrowed = " AND json_extract(p.figures, '$.plan')=:plan" if inquiry.scope.plan else ""
    rows = inquiry.rows(
        f"SELECT p.position, {columns} FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='ask.report'{narrowed} "
        f"AND {inquiry.counts('e')} AND {inquiry.stands()} AND (:only IS NULL OR p.position=:only) ORDER BY p.position DESC LIMIT :last",
        only=only, last=last,
    )  # fmt: skip
    return [_Report(row["position"], row["plan"], row["body"], row["day"]) for row in reversed(rows)]


def _since(inquiry: Inquiry, report: _Report, until: int) -> tuple[Found, Found]:
    """Return what came to be known between a report and a position of what the report was about.

    Returns:
        What had happened by the day of its figures and was recorded later, and the corrections and voidings of what it counted.
    """
    plan = next((one for one in inquiry.plans if one.key == report.plan), None)
    if plan is None or not report.day:
        return Found(), Found()
    steps = ", ".join(f"'{step}'" for step in sorted(minded(plan)))
    values: dict[str, Any] = {"of": plan.key, "after": report.position, "day": report.day, "to": until}
    where = f"e.plan=:of AND e.happened<=:day AND e.step IN ({steps})"
    says = f"xảy ra trong kỳ số liệu đến {show(report.day)} của báo cáo #{report.position} mà ghi sau báo cáo"
    late = inquiry.entries(f"e.position>:after AND e.position<=:to AND {where}", says, **values)
    rows = inquiry.rows(
        f"SELECT l.since, l.position, l.what FROM later l JOIN entry e ON e.position=l.position WHERE {where} AND l.position<=:after "
        "AND l.since>:after AND l.since<=:to AND l.until>:to ORDER BY l.since", **values,
    )  # fmt: skip
    done = {"voided": "hủy", "corrected": "đính chính"}
    told = (
        Evidence(row["since"], f"{done[row['what']]} #{row['position']}, mà báo cáo #{report.position} đã tính")
        for row in rows
    )
    return late, found(told)


class _Compared(msgspec.Struct, frozen=True, kw_only=True):
    report: Annotated[int | None, ask("Chỉ báo cáo ở mục số", minimum=1)] = None
    last: Annotated[int, ask("Xét bao nhiêu báo cáo gần nhất", minimum=1, maximum=20)] = 3
    discovered: Annotated[int | None, ask("Số phát hiện mà báo cáo nêu", minimum=0)] = None
    reviewed: Annotated[int | None, ask("Số bình xét đạt mà báo cáo nêu", minimum=0)] = None
    honoured: Annotated[int | None, ask("Số tôn vinh mà báo cáo nêu", minimum=0)] = None
    reached: Annotated[int | None, ask("Số tính được mà báo cáo nêu", minimum=0)] = None


def _consistent(inquiry: Inquiry) -> Answer:
    """Look for what reports could not know, and compare the figures that somebody read in the last one with the book of its day."""
    reports = _reports(inquiry, inquiry.given["last"], inquiry.given.get("report"))
    if not reports:
        return conclude(
            "chưa có báo cáo nào để xét",
            seen=0,
            missing=[Missing("sổ chưa có báo cáo nào (report_issued)", _REPORTERS)],
        )
    late, rewritten = Found(), Found()
    for one in reports:
        more, other = _since(inquiry, one, inquiry.moment.position)
        late, rewritten = late + more, rewritten + other
    undated = ", ".join(f"#{one.position}" for one in reports if not one.day)
    lacking = [Missing(f"ngày chốt số liệu (as_of) của báo cáo {undated}", _REPORTERS)] if undated else []
    told, differing, unknown = _compared(inquiry, reports[-1])
    says = (
        f"{len(reports)} báo cáo gần nhất: {late.count} mục ghi sau báo cáo cho việc trong kỳ số liệu, {rewritten.count} mục mà báo cáo đã "
        f"tính bị sửa hoặc hủy; {told}"
    )
    rests = found(Evidence(one.position, f"báo cáo của {one.body}, số liệu đến {show(one.day)}") for one in reports)
    return conclude(
        says, seen=len(reports), unclear=differing + late + rewritten, missing=[*lacking, *unknown], rests=rests
    )


def _compared(inquiry: Inquiry, report: _Report) -> tuple[str, Found, list[Missing]]:
    """Compare the figures that were read in a report with the sums of the board on its day.

    Returns:
        The figures of the book in words, those that differ, and what is missing to compare them.
    """
    if not report.day or inquiry.moment.position < inquiry.view.head:
        what = f"số liệu của sổ ngày chốt của báo cáo #{report.position}"
        return (
            "chưa đối chiếu số liệu",
            Found(),
            [Missing(what, "người hỏi: hỏi sổ đến mục cuối, bỏ --at")] if report.day else [],
        )
    boards = board.boards(inquiry.view, Moment(inquiry.view.head, report.day))
    rows = [row for one in boards if one.plan.key == report.plan for row in one.rows if row.quota.counts != "measure"]
    sums = {name: sum(getattr(row, name) for row in rows) for name in _FIGURES}
    book = ", ".join(f"{title} {sums[name]}" for name, title in _FIGURES.items())
    read = {name: inquiry.given[name] for name in _FIGURES if inquiry.given.get(name) is not None}
    differing = found(
        Evidence(report.position, f"{_FIGURES[name]}: báo cáo nêu {number}, sổ có {sums[name]} đến {show(report.day)}")
        for name, number in read.items()
        if number != sums[name]
    )
    unread = [f"{name}=SỐ" for name in _FIGURES if name not in read]
    lacking = (
        []
        if read
        else [
            Missing(
                f"số liệu nêu trong báo cáo #{report.position}", f"người đọc báo cáo: --set {' --set '.join(unread)}"
            )
        ]
    )
    return f"đến {show(report.day)} sổ có {book}", differing, lacking


class _Two(msgspec.Struct, frozen=True, kw_only=True):
    before: Annotated[int | None, ask("Báo cáo trước, ở mục số", minimum=1, help="để trống là báo cáo gần cuối")] = None
    after: Annotated[int | None, ask("Báo cáo sau, ở mục số", minimum=1, help="để trống là báo cáo cuối")] = None
    named: Annotated[int, ask("Nêu tên bao nhiêu người ghi nhiều nhất", minimum=1, maximum=20)] = 3


def _between(inquiry: Inquiry) -> Answer:
    """Tell what was recorded between two reports, by whom, and what of it changes what the first one said."""
    last = _reports(inquiry, 2)
    chosen = [inquiry.given.get(name) for name in ("before", "after")]
    pair = [
        next(iter(_reports(inquiry, 1, only)), None) if only is not None else (last[at] if len(last) == 2 else None)
        for only, at in zip(chosen, (0, 1), strict=True)
    ]
    first, second = pair
    if first is None or second is None or first.position >= second.position or first.plan != second.plan:
        what = f"hai báo cáo của một kế hoạch, báo cáo trước ghi trước: sổ có {len(last)} báo cáo trong phạm vi này"
        return conclude("chưa có hai báo cáo để so", seen=len(last), missing=[Missing(what, _REPORTERS)])
    late, rewritten = _since(inquiry, first, second.position)
    officers = inquiry.rows(
        "SELECT e.officer, count(*) AS n FROM entry e WHERE e.position>:first AND e.position<:second AND e.plan=:of "
        "GROUP BY e.officer ORDER BY n DESC, e.officer", first=first.position, second=second.position, of=first.plan,
    )  # fmt: skip
    most = ", ".join(f"{row['officer']} {row['n']} mục" for row in officers[: inquiry.given["named"]])
    moved = _moved(inquiry, first, second)
    lacking = [] if first.day else [Missing(f"ngày chốt số liệu (as_of) của báo cáo #{first.position}", _REPORTERS)]
    says = (
        f"từ #{first.position} đến #{second.position}: {sum(row['n'] for row in officers)} mục ghi của {len(officers)} người (nhiều nhất: "
        f"{most}); {len(moved)} dòng chỉ tiêu đổi{': ' if moved else ''}{'; '.join(moved[:5])}; {late.count} mục ghi bù cho kỳ của báo cáo "
        f"trước, {rewritten.count} mục mà báo cáo trước đã tính bị sửa hoặc hủy"
    )
    rests = inquiry.problems(
        ["ask.report"], "p.position IN (:first, :second)", first=first.position, second=second.position
    )
    return conclude(says, seen=2, unclear=late + rewritten, missing=lacking, rests=rests)


def _moved(inquiry: Inquiry, first: _Report, second: _Report) -> list[str]:
    """Return the lines of the board that count otherwise after the second report than after the first."""
    was, now = (
        {
            (row.quota.key, row.holder, row.part): row
            for one in board.boards(inquiry.view, Moment(at.position))
            if one.plan.key == at.plan
            for row in one.rows
        }
        for at in (first, second)
    )
    return [
        f"{row.holder or 'cả kế hoạch'} {row.field} {row.part}".strip() + f" {before} → {row.reached}"
        for key, row in now.items()
        if (before := was[key].reached if key in was else 0) != row.reached
    ]


# ------------------------------------------------------------------ corrections


def _after_sending(inquiry: Inquiry) -> Answer:
    """Judge by the rule whether somebody else approved, and tell what stood there before."""
    sent, changed = inquiry.count(_SENT), inquiry.count(_BOTH)
    rewritten, wrong = inquiry.problems(["ask.rewritten"]), inquiry.problems(["core.approval"])
    if not sent and not rewritten.count:  # what was sent may itself have been voided
        lacking = Missing("sổ chưa có hồ sơ hay văn bản giới thiệu nào được gửi", "đơn vị giới thiệu, đơn vị lập hồ sơ")
        return conclude("chưa có gì được gửi đi để xét", seen=0, missing=[lacking])
    told = f"{rewritten.count} sau khi đã gửi đi, trong đó {wrong.count} không có người khác duyệt"
    says = f"{sent} lần gửi; {changed} lần sửa, hủy mục ghi: {told}; mục gốc vẫn còn nguyên trong sổ"
    rests = (
        rewritten if rewritten.count else inquiry.entries("e.step IN ('introduced', 'dossier_submitted')", known=sent)
    )
    return conclude(says, seen=sent + changed, breaches=wrong, rests=rests)


QUESTIONS = (
    AuditQuestion(
        "Q36", "Báo cáo có khớp với sổ vào ngày chốt số liệu không?", _consistent, source="kế hoạch: chế độ báo cáo",
        steps=(_REPORTED, *_BOTH), rules=("ask.report",), parameters=_Compared, narrowed=("plan",),
    ),
    AuditQuestion(
        "Q37", "Giữa hai báo cáo điều gì đã thay đổi, do ai?", _between, source="kế hoạch: chế độ báo cáo",
        steps=(_REPORTED, *_BOTH), rules=("ask.report",), parameters=_Two, narrowed=("plan",),
    ),
    AuditQuestion(
        "Q38", "Mục nào bị sửa, hủy sau khi đã gửi đi; ai duyệt; bản gốc ghi gì?", _after_sending,
        source="nguyên tắc của sổ: sửa sau khi gửi phải có người khác duyệt", steps=(*_SENT, *_BOTH),
        rules=("core.approval", "ask.rewritten"),
    ),
)  # fmt: skip
