"""Who discovered an exemplar and on what, who followed it, what was promised and done for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guong.audit.answer import SHOWN, Evidence, Found, Missing, conclude
from guong.audit.checks import Check
from guong.audit.judged import by_rules
from guong.audit.question import AuditQuestion
from guong.domain.dates import not_after, order, show
from guong.domain.discovery import SOURCES
from guong.domain.support import SUPPORT
from guong.forms import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored

_DISCOVERED, _FOLLOWED, _SUPPORTED, _REVIEWED = "discovered", "officer_assigned", "supported", "reviewed"
_WHO = "đơn vị phát hiện, đơn vị chủ trì"


# ------------------------------------------------------------------ checks


def _bare(case: Case, stored: Stored) -> Iterator[dict[str, Any]]:
    if stored.entry and not case.papers and not stored.entry.evidence:
        yield {
            "source": SOURCES.get(case.data.get("source", ""), case.data.get("source", "")),
            "date": show(case.occurred_on),
        }


def _unfollowed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.exemplar is None:
        return
    since, followed = case.exemplar.marks["discovered"].first, case.exemplar.mark(_FOLLOWED)
    if followed is None:
        yield {"since": show(since), "date": show(case.occurred_on)}


def _gap(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look at the first assignment: how long nobody had followed the exemplar by then."""
    if case.exemplar is None or case.plan is None or case.exemplar.mark(_FOLLOWED) is not None:
        return
    since = case.exemplar.marks["discovered"].first
    days = (order(case.occurred_on) - order(since)).days
    if days > case.plan.declared.watch_gap_days:
        yield {
            "since": show(since),
            "date": show(case.occurred_on),
            "days": days,
            "allowed": case.plan.declared.watch_gap_days,
        }


_PROMISES, _TARGETS, _DONE = (
    ("policy", "task", "target"),
    ("task", "target"),
    ("progress", "policy_decided", "means", "training", "visit"),
)


def _promised(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.data["kind"] in _PROMISES:
        yield {"kind": SUPPORT[case.data["kind"]], "due": case.data.get("due", "")}


def _kept(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.data["kind"] in _DONE:
        yield {"kind": case.data["kind"]}


def _untargeted(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.data["kind"] != "progress":
        return
    before = [one.entry for one in case.history() if one.entry and one.entry.step == _SUPPORTED]
    if not any(
        one.data["kind"] in _TARGETS and not_after(one.occurred_on, case.occurred_on) is not False for one in before
    ):
        yield {"date": show(case.occurred_on)}


CHECKS = (
    Check("ask.discovered-bare", "Phát hiện có văn bản hoặc minh chứng kèm theo", _bare, steps=(_DISCOVERED,),
          says="phát hiện ngày {date} (nguồn: {source}) không kèm văn bản hay minh chứng; căn cứ, nếu có nêu, xem trong mục ghi"),
    Check("ask.unfollowed", "Có cán bộ theo dõi trước khi bình xét", _unfollowed, steps=(_REVIEWED,),
          says="bình xét ngày {date} mà từ khi phát hiện ({since}) chưa phân công cán bộ theo dõi"),
    Check("ask.follow-gap", "Phân công cán bộ theo dõi không chậm quá số ngày của kế hoạch", _gap, steps=(_FOLLOWED,),
          says="từ {since} đến {date}, {days} ngày, chưa có cán bộ theo dõi (kế hoạch cho phép {allowed} ngày)"),
    Check("ask.promised", "Điều đã đề xuất hoặc đã giao", _promised, steps=(_SUPPORTED,)),
    Check("ask.kept", "Việc hỗ trợ đã làm", _kept, steps=(_SUPPORTED,)),
    Check("ask.untargeted", "Giao nhiệm vụ, chỉ tiêu trước khi ghi kết quả", _untargeted, steps=(_SUPPORTED,),
          says="ghi tiến độ ngày {date} khi trước đó chưa giao nhiệm vụ hay chỉ tiêu nào"),
)  # fmt: skip


# ------------------------------------------------------------------ answers


class _Waiting(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[
        int | None, ask("Số ngày được phép chưa có người theo dõi", minimum=0, help="để trống là theo kế hoạch")
    ] = None


def _followed(inquiry: Inquiry) -> Answer:
    """Judge reviews and first assignments by what is written of them, and look at those that nobody follows where the book stands."""
    seen = inquiry.count((_DISCOVERED,))
    if not seen:
        return conclude("chưa có điển hình nào để xét", seen=0, missing=[Missing("sổ chưa có lần phát hiện nào", _WHO)])
    never = inquiry.problems(["ask.unfollowed"])
    late, left, waiting = inquiry.problems(["ask.follow-gap"]), inquiry.problems(["core.follower"]), _waiting(inquiry)
    says = (
        f"{seen} lần phát hiện: {never.count} lần bình xét chưa có ai theo dõi, {late.count} lần phân công chậm, "
        f"{waiting.count} điển hình chờ quá lâu, {left.count} lần cán bộ theo dõi đã thôi vai trò"
    )
    rests = inquiry.entries(f"e.step='{_FOLLOWED}'")
    return conclude(says, seen=seen, breaches=never, unclear=late + left + waiting, rests=rests)


def _waiting(inquiry: Inquiry) -> Found:
    """Return the exemplars that nobody has followed for too long, and that are still followed up or meant to be."""
    found = Found()
    for plan in inquiry.plans:
        allowed = inquiry.given.get("days", plan.declared.watch_gap_days)
        whole = (
            "FROM exemplar x JOIN entry e ON e.position=x.no JOIN held s ON s.axis=0 AND s.no=x.no AND s.what='stage' "
            "AND s.since<=:position AND s.until>:position AND s.value NOT IN ('rejected', 'withdrawn', 'reviewed') "
            "WHERE x.plan=:of AND NOT EXISTS (SELECT 1 FROM held o WHERE o.axis=0 AND o.no=x.no AND o.what='officer' "
            "AND o.since<=:position AND o.until>:position AND o.value<>'') "
            f"AND julianday(:day)-julianday(substr(e.happened || '-01-01', 1, 10))>:allowed AND {inquiry.within()}"
        )
        values = {"of": plan.key, "day": inquiry.day, "allowed": allowed}
        rows = inquiry.rows(f"SELECT e.position, e.happened {whole} ORDER BY e.position LIMIT {SHOWN}", **values)
        count = len(rows) if len(rows) < SHOWN else inquiry.rows(f"SELECT count(*) AS n {whole}", **values)[0]["n"]
        shown = [
            Evidence(row["position"], f"phát hiện {show(row['happened'])}, đến {show(inquiry.day)} chưa có ai theo dõi")
            for row in rows
        ]
        found += Found(count, tuple(shown))
    return found


def _support(inquiry: Inquiry) -> Answer:
    """Judge whether targets came before results, and look for promises whose day has passed without anything done since."""
    seen = inquiry.count((_SUPPORTED,))
    if not seen:
        lacking = Missing("sổ chưa có việc hỗ trợ nào (supported)", "cán bộ theo dõi điển hình")
        return conclude("chưa có việc hỗ trợ nào để xét", seen=0, missing=[lacking])
    untargeted = inquiry.problems(["ask.untargeted"])
    since = (
        "NOT EXISTS (SELECT 1 FROM problem k JOIN entry d ON d.position=k.position WHERE k.code='ask.kept' AND d.no=e.no "
        f"AND d.position<=:position AND d.happened>=e.happened AND {inquiry.stands('k')})"
    )
    due = "json_extract(p.figures, '$.due')"
    broken = inquiry.problems(["ask.promised"], f"{due}<>'' AND {due}<:day AND {since}", day=inquiry.day)
    broken = Found(
        broken.count,
        tuple(Evidence(one.position, "đã quá hạn mà chưa ghi việc nào để thực hiện") for one in broken.shown),
    )
    promised = inquiry.problems(["ask.promised"])
    says = (
        f"{seen} việc hỗ trợ, trong đó {promised.count} điều đề xuất hoặc giao: {untargeted.count} lần ghi kết quả khi chưa giao gì, "
        f"{broken.count} điều đã quá hạn chưa làm"
    )
    rests = inquiry.entries(f"e.step='{_SUPPORTED}'", known=seen)
    return conclude(says, seen=seen, unclear=untargeted + broken, rests=rests)


QUESTIONS = (
    AuditQuestion(
        "Q01", "Ai phát hiện điển hình này, khi nào, từ nguồn nào, căn cứ vào đâu?",
        by_rules(
            (_DISCOVERED,), breaches=("core.reference", "core.lead"), unclear=("ask.discovered-bare",), what="lần phát hiện", who=_WHO
        ),
        source="kế hoạch: nguồn phát hiện điển hình", steps=(_DISCOVERED,),
        rules=("core.reference", "core.lead", "ask.discovered-bare"),
    ),
    AuditQuestion(
        "Q02", "Từ khi phát hiện đến khi bình xét, điển hình có luôn được một cán bộ cụ thể theo dõi không?", _followed,
        source="kế hoạch: phân công cán bộ theo dõi, hỗ trợ", steps=(_DISCOVERED, _FOLLOWED, _REVIEWED),
        rules=("ask.unfollowed", "ask.follow-gap", "core.follower"), parameters=_Waiting,
    ),
    AuditQuestion(
        "Q03", "Đã hứa và đã làm gì để hỗ trợ; có giao chỉ tiêu trước khi ghi kết quả không?", _support,
        source="kế hoạch: giao nhiệm vụ, chỉ tiêu cho điển hình", steps=(_SUPPORTED,),
        rules=("ask.promised", "ask.kept", "ask.untargeted"),
    ),
)  # fmt: skip
