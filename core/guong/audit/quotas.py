"""Quotas and achievements: whether they are met, by whom twice, from which time, and for which reward."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guong.audit.answer import Evidence, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.domain.dates import show, span
from guong.domain.plan import BOUNDS, COUNTS
from guong.forms import ask
from guong.view import board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer, Found
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow

_REVIEWED, _PROPOSED, _HONOURED = "reviewed", "honour_proposed", "honour_decided"
_ISSUER, _PROPOSERS, _DECIDERS = "nơi ban hành kế hoạch", "đơn vị đề nghị: achievement_recorded", "nơi ra quyết định"


# ------------------------------------------------------------------ checks


def _quota(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.plan is not None:
        yield {"plan": case.plan.key, "quota": case.data["key"]}


def _passed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.data["result"] == "passed":
        yield {}


def _achievement(case: Case) -> str:
    """Return the achievement that an honour is for: the one it names, else the one that its proposal named."""
    proposal = case.exemplar.threads.get(case.data.get("proposal") or "") if case.exemplar else None
    return case.data.get("achievement") or (proposal.answers.get("achievement") if proposal else "") or ""


def _achieved(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    named = _achievement(case)
    achieved = next((one.threads[named] for one in case.persons() if named in one.threads), None)
    since, until = (achieved.answers.get(name) for name in ("since", "until")) if achieved else (None, None)
    if since and until:
        yield {
            "since": show(since), "until": show(until), "first": span(since)[0].isoformat(), "last": span(until)[1].isoformat(),
        }  # fmt: skip


def _rewarded(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for awards that stand for the same achievement."""
    named, own = _achievement(case), (case.data.get("proposal"), case.corrects)
    if not named or case.exemplar is None or case.data["kind"] not in ("award", "proposal"):
        return
    for exemplar in case.facts.exemplars(case.exemplar.subject):
        for id_, one in exemplar.of_kind("honour").items():
            before, answers = one.mark("honoured"), one.answers
            if before and id_ not in own and answers.get("achievement") == named and answers.get("kind") == "award":
                same = answers.get("authority") == case.data["authority"]
                level = "cùng nơi quyết định" if same else f"nơi khác quyết định ({answers.get('authority')})"
                yield {"position": before.position, "date": show(before.on), "level": level}


CHECKS = (
    Check("ask.quota", "Chỉ tiêu được giao ở mục nào", _quota, steps=("quota_set",)),
    Check("ask.passed", "Bình xét đạt", _passed, steps=(_REVIEWED,)),
    Check("ask.achieved", "Thời gian của thành tích được tôn vinh", _achieved, steps=(_PROPOSED, _HONOURED),
          says="thành tích từ {since} đến {until}"),
    Check("ask.rewarded", "Một thành tích được khen thưởng một lần", _rewarded, steps=(_PROPOSED, _HONOURED),
          says="thành tích này đã được khen thưởng ngày {date} ở #{position}, {level}"),
)  # fmt: skip


# ------------------------------------------------------------------ answers


class _Ends(msgspec.Struct, frozen=True, kw_only=True):
    until: Annotated[str, ask("Coi kỳ kết thúc ngày", type="date", help="để trống là theo kế hoạch")] = ""


def _end(inquiry: Inquiry, plan: Plan, until: str = "") -> str:
    """Return the last day of a period: the one that was asked for, else its own, else that of the plan; empty where none is set."""
    day = inquiry.given.get("until") or until or plan.declared.until or plan.closed or ""
    return span(day)[1].isoformat() if day else ""


def _met(inquiry: Inquiry) -> Answer:
    """Compare every line of the board with what it needs; what is still running is not short yet."""
    plans = {plan.key: plan for plan in inquiry.plans}
    boards = [one for one in board.boards(inquiry.view, inquiry.moment) if one.plan.key in plans]
    rows = [(plans[one.plan.key], row) for one in boards for row in one.rows if inquiry.scope.field in ("", row.field)]
    if not rows:
        return conclude(
            "không có chỉ tiêu nào để xét", seen=0, missing=[Missing("kế hoạch không giao chỉ tiêu nào", _ISSUER)]
        )
    places = _places(inquiry)
    off = [(plan, row) for plan, row in rows if row.verdict != "reached"]
    over = [(plan, row) for plan, row in off if row.verdict == "over"]
    short = [(plan, row, _end(inquiry, plan, row.until)) for plan, row in off if row.verdict == "short"]
    ended = [(plan, row) for plan, row, end in short if end and end < inquiry.day]
    running = sorted({end for _, _, end in short if end >= inquiry.day and end})
    endless = sum(not end for _, _, end in short)
    lacking = []
    if running:
        what = f"kỳ của {len(short) - len(ended) - endless} chỉ tiêu còn thiếu chưa hết (đến {', '.join(map(show, running))})"
        lacking.append(Missing(what, "hỏi lại sau ngày đó"))
    if endless:
        lacking.append(
            Missing(f"ngày hết kỳ của {endless} chỉ tiêu còn thiếu", f"{_ISSUER}; hoặc hỏi với --set until=NGÀY")
        )
    wrong, open_ = (
        found(_line(places, plan, row) for plan, row in (*ended, *over) if (row.quota.mode == "assigned") is assigned)
        for assigned in (True, False)
    )
    rests = found(_line(places, plan, row) for plan, row in rows)
    says = (
        f"{len(rows)} chỉ tiêu: {len(rows) - len(off)} đạt, {len(ended)} thiếu khi đã hết kỳ, {len(short) - len(ended)} thiếu mà kỳ chưa "
        f"hết hoặc chưa rõ, {len(over)} vượt mức tối đa; {_counting(inquiry, rows)}"
    )
    return conclude(says, seen=len(rows), breaches=wrong, unclear=open_, missing=lacking, rests=rests)


def _counting(inquiry: Inquiry, rows: list[tuple[Plan, BoardRow]]) -> str:
    """Return by what quotas count, and how many exemplars and subjects there are."""
    counts = [row.quota.counts for _, row in rows]
    ways = ", ".join(f"{counts.count(key)} chỉ tiêu đếm theo {title}" for key, title in COUNTS.items() if key in counts)
    number = inquiry.rows(
        f"SELECT count(*) AS n, count(DISTINCT x.whole) AS whole FROM exemplar x JOIN entry e ON e.position=x.no WHERE {inquiry.within()}"
    )[0]
    return f"{ways}; sổ có {number['n']} lượt điển hình của {number['whole']} đối tượng"


def _places(inquiry: Inquiry) -> dict[tuple[str, str], int]:
    """Return where each quota was set last, by plan and key."""
    rows = inquiry.rows(
        "SELECT json_extract(p.figures, '$.plan') AS plan, json_extract(p.figures, '$.quota') AS quota, max(p.position) AS position "
        f"FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='ask.quota' AND {inquiry.counts('e')} "
        f"AND {inquiry.stands()} GROUP BY 1, 2"
    )
    return {(row["plan"], row["quota"]): row["position"] for row in rows}


def _line(places: dict[tuple[str, str], int], plan: Plan, row: BoardRow) -> Evidence:
    part = f", {row.quota.parts.get(row.part, row.part)}" if row.part else ""
    off = {"short": f", thiếu {row.short}", "over": f", vượt {row.over}"}.get(row.verdict, "")
    mode = " (đề nghị)" if row.quota.mode != "assigned" else ""
    whose = f"{row.holder or 'cả kế hoạch'}, {row.field or 'mọi lĩnh vực'}{part}{mode}"
    says = f"{whose}: {BOUNDS[row.quota.bound]} {row.needed}, tính được {row.reached}{off}"
    return Evidence(places.get((plan.key, row.quota.key), 0), says)


def _again(inquiry: Inquiry) -> Answer:
    """Look for last year's exemplars without anything new, and for one subject that passed in several fields of a plan."""
    seen = inquiry.count((_REVIEWED,))
    if not seen:
        return conclude(
            "chưa có lần bình xét nào để xét",
            seen=0,
            missing=[Missing("sổ chưa có lần bình xét nào", "đơn vị bình xét")],
        )
    renewed, unlinked, several = (
        inquiry.problems(["core.renewed"]),
        inquiry.problems(["core.earlier"]),
        _several(inquiry),
    )
    last = max(inquiry.plans, key=lambda plan: plan.declared.since)
    before = [plan for plan in inquiry.view.states("plan") if plan.declared.since < last.declared.since]
    lacking = (
        []
        if before
        else [
            Missing(f"điển hình của các kỳ trước {last.key}: sổ không có kế hoạch nào trước đó", "nơi giữ sổ kỳ trước")
        ]
    )
    says = (
        f"{seen} lần bình xét: {renewed.count} lần lấy điển hình kỳ trước mà không có thành tích mới, {unlinked.count} điển hình kỳ trước "
        f"chưa nối với lần cũ, {several.count} đối tượng được xét đạt ở nhiều lĩnh vực"
    )
    rests = inquiry.entries(f"e.step='{_REVIEWED}'", known=seen)
    return conclude(says, seen=seen, breaches=renewed, unclear=unlinked + several, missing=lacking, rests=rests)


def _several(inquiry: Inquiry) -> Found:
    """Return subjects that passed in several fields of one plan and are still in it, each at its last review."""
    narrowed = "".join(
        f" AND {condition}"
        for name, condition in (
            ("plan", "x.plan=:plan"),
            ("field", "x.whole IN (SELECT whole FROM exemplar WHERE field=:field)"),
        )
        if getattr(inquiry.scope, name)
    )
    rows = inquiry.rows(
        "SELECT max(p.position) AS position, count(DISTINCT x.field) AS n, group_concat(DISTINCT x.field) AS fields FROM exemplar x "
        "JOIN held s ON s.axis=0 AND s.no=x.no AND s.what='stage' AND s.since<=:position AND s.until>:position "
        "AND s.value NOT IN ('rejected', 'withdrawn') JOIN entry e ON e.no=x.no JOIN problem p ON p.position=e.position "
        "AND p.code='ask.passed' WHERE x.whole IN (SELECT whole FROM exemplar GROUP BY plan, whole HAVING count(DISTINCT field)>1) "
        f"{narrowed} AND {inquiry.counts('e')} AND {inquiry.stands()} GROUP BY x.plan, x.whole HAVING n>1 ORDER BY position"
    )
    return found(
        Evidence(
            row["position"],
            f"một đối tượng được xét đạt ở {row['n']} lĩnh vực: {', '.join(sorted(row['fields'].split(',')))}",
        )
        for row in rows
    )


class _Period(_Ends, frozen=True, kw_only=True):
    since: Annotated[str, ask("Coi kỳ bắt đầu ngày", type="date", help="để trống là theo kế hoạch")] = ""


def _outside(inquiry: Inquiry) -> Answer:
    """Compare the time of every achievement that was put forward with the period of its plan."""
    seen, unnamed = inquiry.problems(["ask.achieved"]), inquiry.problems(["core.achievement-unnamed"]).count
    lacking = [Missing(f"thành tích mà {unnamed} quyết định khen thưởng dựa vào", _PROPOSERS)] if unnamed else []
    if not seen.count:
        lacking = lacking or [Missing("sổ chưa có đề nghị, quyết định nào nêu thành tích", _PROPOSERS)]
        return conclude("chưa có thành tích nào được tôn vinh để xét", seen=0, missing=lacking)
    outside, across = found(()), found(())
    for plan in inquiry.plans:
        since, until = inquiry.given.get("since") or plan.declared.since, _end(inquiry, plan)
        since = span(since)[0].isoformat() if since else ""
        if not (since and until) and inquiry.problems(["ask.achieved"], "e.plan=:of", of=plan.key).count:
            lacking.append(
                Missing(f"ngày đầu hoặc ngày cuối kỳ của {plan.key}", f"{_ISSUER}; hoặc hỏi với --set until=NGÀY")
            )
        values = {"of": plan.key, "since": since, "until": until or "9999"}
        first, last = (f"json_extract(p.figures, '$.{name}')" for name in ("first", "last"))
        apart = f"({last}<:since OR {first}>:until)"
        outside += inquiry.problems(["ask.achieved"], f"e.plan=:of AND {apart}", **values)
        beyond = f"({first}<:since OR {last}>:until)"
        across += inquiry.problems(["ask.achieved"], f"e.plan=:of AND NOT {apart} AND {beyond}", **values)
    says = f"{seen.count} đề nghị, quyết định nêu thành tích: {outside.count} thành tích ngoài kỳ, {across.count} có phần ngoài kỳ"
    return conclude(says, seen=seen.count, breaches=outside, unclear=across, missing=lacking, rests=seen)


def _twice(inquiry: Inquiry) -> Answer:
    """Look for a second award for one achievement: by what the rule books of the plans say of it, and where they say nothing by ours."""
    seen = inquiry.problems(["ask.achieved"], inquiry.about(_HONOURED))
    unnamed = inquiry.problems(["core.achievement-unnamed"]).count
    lacking = [Missing(f"thành tích mà {unnamed} quyết định khen thưởng dựa vào", _PROPOSERS)] if unnamed else []
    if not seen.count and not unnamed:
        return conclude(
            "chưa có khen thưởng nào để xét",
            seen=0,
            missing=[Missing("sổ chưa có quyết định nào nêu thành tích", _DECIDERS)],
        )
    laws = [law for plan in inquiry.plans for key in plan.laws if (law := plan.law(key)) is not None]
    codes = list(dict.fromkeys(rule.code for law in laws for rule in law.rules))
    about = f"p.culprit='achievement' AND {inquiry.about(_PROPOSED, _HONOURED)}"
    unlawful, doubtful = (inquiry.problems(codes, f"p.refusal={refusal} AND {about}") for refusal in (1, 0))
    silent = (
        "NOT EXISTS (SELECT 1 FROM problem l WHERE l.position=p.position AND l.culprit='achievement' "
        "AND l.code IN (SELECT value FROM json_each(:lawful)))"
    )
    again, proposed = (
        inquiry.problems(["ask.rewarded"], f"{inquiry.about(step)} AND {silent}", lawful=json.dumps(codes))
        for step in (_HONOURED, _PROPOSED)
    )
    says = (
        f"{seen.count} quyết định tôn vinh nêu thành tích: {unlawful.count + again.count} lần một thành tích được khen thưởng lần nữa, "
        f"{doubtful.count + proposed.count} lần được đề nghị thêm; {unnamed} quyết định không nêu thành tích"
    )
    return conclude(
        says, seen=seen.count, breaches=unlawful + again, unclear=doubtful + proposed, missing=lacking, rests=seen
    )


QUESTIONS = (
    AuditQuestion(
        "Q17", "Từng đơn vị chủ trì, từng phần có đạt chỉ tiêu không; đếm theo đối tượng hay theo lượt?", _met,
        source="kế hoạch: chỉ tiêu", steps=("quota_set", _REVIEWED), rules=("ask.quota",), parameters=_Ends, narrowed=("plan", "field"),
    ),
    AuditQuestion(
        "Q18", "Chỉ tiêu có được tính bằng điển hình của kỳ trước, hay một đối tượng ở nhiều lĩnh vực không?", _again,
        source="kế hoạch: chỉ tiêu là điển hình của kỳ này", steps=("discovered", _REVIEWED),
        rules=("core.renewed", "core.earlier", "ask.passed"), narrowed=("plan", "field"),
    ),
    AuditQuestion(
        "Q19", "Có thành tích nào được tôn vinh mà nằm ngoài kỳ của kế hoạch không?", _outside, source="kế hoạch: thời gian thực hiện",
        steps=("achievement_recorded", _PROPOSED, _HONOURED), rules=("core.achievement-unnamed", "ask.achieved"), parameters=_Period,
    ),
    AuditQuestion(
        "Q20", "Một thành tích có được khen thưởng hai lần, hoặc ở hai cấp không?", _twice,
        source="nguyên tắc: một thành tích, một khen thưởng; bộ quy tắc của kế hoạch",
        steps=("achievement_recorded", _PROPOSED, _HONOURED), rules=("core.achievement-unnamed", "ask.achieved", "ask.rewarded"),
        needs=("law",),
    ),
)  # fmt: skip
