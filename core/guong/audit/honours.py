"""Who decided an honour and by what right, with how much money, over what was pending, and whether it was handed over or taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guong.audit.answer import Evidence, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.audit.threads import answer, beside, code, fact, facts, told
from guong.domain.dates import not_after, show, span
from guong.domain.subject import KINDS, STANDINGS
from guong.forms import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer, Found
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Stored

_PROPOSED, _DECIDED, _PRESENTED, _PUBLICISED = (
    "honour_proposed",
    "honour_decided",
    "honour_presented",
    "honour_publicised",
)
_REVOKED, _REINSTATED, _RECOVERED = "honour_revoked", "honour_reinstated", "award_recovered"
_WHO = "người quyết định tôn vinh, khen thưởng"
_NONE = Missing("sổ chưa có quyết định tôn vinh nào", _WHO)
GIVEN = f"{answer('kind')}<>'proposal'"
"""The condition that the fact of a decision, as `p`, is about an honour that was given, and not asked of somebody above."""


def revoked(inquiry: Inquiry, where: str = "1", *, of: str = "p") -> str:
    """Return the condition that an honour has been taken back and not given again, gathered once for a whole query.

    Args:
        inquiry: What is asked.
        where: SQL on the facts of the revocation and of what gave the honour again, as `r`.
        of: The fact whose honour it is; empty for any honour of the exemplar.
    """
    last = "coalesce(max(CASE r.code WHEN '{0}' THEN r.position END), 0)".format
    own, also = (answer("thread", "r"), "") if of else ("r_e.no", " JOIN entry r_e ON r_e.position=r.position")
    return (
        f"{answer('thread', of) if of else 'e.no'} IN (SELECT {own} FROM problem r{also} WHERE r.code IN ('{code(_REVOKED)}', "
        f"'{code(_REINSTATED)}') AND r.position<=:position AND {where} AND {inquiry.stands('r')} GROUP BY {answer('thread', 'r')} "
        f"HAVING {last(code(_REVOKED))}>{last(code(_REINSTATED))})"
    )


# ------------------------------------------------------------------ checks


def _flagged_late(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for honours that had been decided when it was recorded that something had been pending by then."""
    if case.subject is None:
        return
    for exemplar in case.facts.exemplars(case.subject.id):
        for one in exemplar.of_kind("honour").values():
            decided = one.mark("honoured")
            if decided and not_after(case.occurred_on, decided.on) is not False:
                what = STANDINGS.get(case.data["kind"], case.data["kind"])
                yield {
                    "what": what,
                    "since": show(case.occurred_on),
                    "decided": show(decided.on),
                    "at": decided.position,
                }


CHECKS = (
    fact(_DECIDED, "kind", "authority", "form", "money", "decision"),
    fact(_PRESENTED, "paid", "place"),
    fact(_PUBLICISED),
    fact(_REVOKED, "recover"),
    fact(_REINSTATED),
    fact(_RECOVERED, "what"),
    fact("opinion_received", "objects"),
    fact("opinion_answered"),
    fact("opinion_invited"),
    Check("ask.flagged-late", "Việc đang xem xét được ghi trước khi quyết định", _flagged_late, steps=("standing_flagged",),
          says="đã {what} từ {since}, quyết định tôn vinh ngày {decided}, việc ấy ghi vào sổ sau quyết định"),
)  # fmt: skip


# ------------------------------------------------------------------ the law


def _law(inquiry: Inquiry) -> tuple[list[str], list[Missing]]:
    """Return the codes of all rules that the law of the plans brought along, and the plans that adopted none."""
    codes = [rule["code"] for plan in inquiry.plans for law in plan.laws.values() for rule in law.get("rules", ())]
    lacking = [
        Missing(f"{plan.key} chưa áp dụng bộ quy tắc nào (law_adopted)", "nơi ban hành kế hoạch")
        for plan in inquiry.plans
        if not plan.laws
    ]
    return list(dict.fromkeys(codes)), lacking


def _lawful(inquiry: Inquiry, culprits: tuple[str, ...], steps: tuple[str, ...]) -> tuple[Found, Found, list[Missing]]:
    """Return what the law says against some answers of some steps, what it leaves in doubt, and what is missing to tell."""
    codes, lacking = _law(inquiry)
    of = f"e.step IN ({_quoted(*steps, 'entry_corrected')})"
    wrong = inquiry.problems(codes, f"p.refusal=1 AND p.culprit IN ({_quoted(*culprits)}) AND {of}")
    doubt = inquiry.problems(codes, f"p.refusal=0 AND p.culprit IN ({_quoted(*culprits, '')}) AND {of}")
    return wrong, doubt, lacking


def _quoted(*some: str) -> str:
    return ", ".join(f"'{one}'" for one in some)


# ------------------------------------------------------------------ answers


def _authority(inquiry: Inquiry) -> Answer:
    """Read what rules say of who decided and signed, and tell who decided what, by which article."""
    seen = inquiry.count((_DECIDED,))
    if not seen:
        return conclude("chưa có quyết định tôn vinh nào để xét", seen=0, missing=[_NONE])
    wrong, doubt, lacking = _lawful(inquiry, ("authority", "form"), (_PROPOSED, _DECIDED))
    of = f"e.step IN ({_quoted(_DECIDED, 'decision_issued', 'entry_corrected')})"
    wrong = inquiry.problems(["core.signer", "core.decision", "core.same-authority"], of) + wrong
    doubt = inquiry.problems(["core.unsigned"]) + doubt
    says = (
        f"{seen} quyết định ({_who_decided(inquiry)}): {wrong.count} điều trái thẩm quyền, hình thức, "
        f"{doubt.count} điều chưa rõ hoặc chưa ai đối chiếu với văn bản"
    )
    rests = inquiry.entries(f"e.step='{_DECIDED}'", known=seen)
    return conclude(says, seen=seen, breaches=wrong, unclear=doubt, missing=lacking, rests=rests)


def _who_decided(inquiry: Inquiry) -> str:
    """Return who decided most, in which form and by which article of the law that the plans adopted."""
    laws = [law for plan in inquiry.plans for key in plan.laws if (law := plan.law(key))]
    articles = {form.code: f"{form.title}, {form.article}".rstrip(", ") for law in laws for form in law.forms}
    rows = inquiry.rows(
        f"SELECT {answer('authority')} AS who, coalesce({answer('form')}, '') AS form, count(*) AS n FROM problem p JOIN entry e ON "
        f"e.position=p.position WHERE p.code='ask.honour-decided' AND {inquiry.within()} AND {inquiry.stands('p')} GROUP BY who, form "
        "ORDER BY n DESC, who, form LIMIT 5"
    )
    told_ = ((row["who"], articles.get(row["form"], row["form"]) or "không nêu hình thức", row["n"]) for row in rows)
    return "; ".join(f"{who}: {form}, {number}" for who, form, number in told_)


class _Payment(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[int, ask("Số ngày từ quyết định đến khi phải chi", minimum=0)] = 30


def _money(inquiry: Inquiry) -> Answer:
    """Read what the law says of sums, and look for sums that were decided and of which no payment is written."""
    awards = facts(inquiry, _DECIDED, f"{answer('kind')}='award'")
    if not awards.count:
        lacking = (
            [_NONE] if not inquiry.count((_DECIDED,)) else [Missing("sổ chưa có quyết định khen thưởng nào", _WHO)]
        )
        return conclude("chưa có quyết định khen thưởng nào để xét", seen=0, missing=lacking)
    wrong, doubt, lacking = _lawful(inquiry, ("money",), (_DECIDED,))
    wrong += inquiry.problems(["core.paid"])
    owed = f"{answer('money')}>0 AND {answer('last')}<:since AND NOT {revoked(inquiry)}"
    paid = told(inquiry, _PRESENTED, f"{answer('paid', 'k')} IS NOT NULL")
    unpaid = facts(
        inquiry, _DECIDED, f"{owed} AND NOT {paid}", "có tiền thưởng mà chưa ghi đã chi cho ai, ngày nào",
        since=_ago(inquiry, inquiry.given["days"]),
    )  # fmt: skip
    says = (
        f"{awards.count} quyết định khen thưởng: {wrong.count} số tiền sai, {doubt.count} điều chưa rõ, "
        f"{unpaid.count} quyết định quá {inquiry.given['days']} ngày chưa ghi đã chi tiền"
    )
    return conclude(says, seen=awards.count, breaches=wrong, unclear=doubt + unpaid, missing=lacking, rests=awards)


def _ago(inquiry: Inquiry, days: int) -> str:
    return (span(inquiry.day)[1] - dt.timedelta(days=days)).isoformat()


def _pending(inquiry: Inquiry) -> Answer:
    """Read what rules say of proposals and decisions over what was pending, and what was written of it only afterwards."""
    seen = inquiry.count((_PROPOSED, _DECIDED))
    if not seen:
        return conclude("chưa có lần đề nghị, quyết định tôn vinh nào để xét", seen=0, missing=[_NONE])
    wrong = inquiry.problems(["core.standing", "core.after-discipline"])
    rows = inquiry.rows(
        "SELECT e.position, p.figures FROM problem p JOIN entry e ON e.position=json_extract(p.figures, '$.at') WHERE "
        f"p.code='ask.flagged-late' AND p.position<=:position AND {inquiry.stands('p')} AND {inquiry.within()} ORDER BY e.position"
    )
    says = "quyết định ngày {decided} trong khi đã {what} từ {since}, điều sau này mới ghi vào sổ"
    later = found(Evidence(row["position"], says.format(**msgspec.json.decode(row["figures"]))) for row in rows)
    told_ = f"{seen} lần đề nghị, quyết định: {wrong.count} lần khi còn việc đang xem xét, {later.count} quyết định mà sau này mới rõ"
    rests = inquiry.entries(f"e.step IN ({_quoted(_PROPOSED, _DECIDED)})", known=seen)
    return conclude(told_, seen=seen, breaches=wrong, unclear=later, rests=rests)


class _Answering(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[int, ask("Số ngày để trả lời một phản ánh", minimum=0)] = 30
    asked: Annotated[bool | None, ask("Mọi điển hình được tôn vinh đều phải lấy ý kiến")] = None


def _opinions(inquiry: Inquiry) -> Answer:
    """Look for objections that nobody answered, before the decision or in time, and for honours nobody was asked about."""
    invited, received = inquiry.count(("opinion_invited",)), inquiry.count(("opinion_received",))
    promised = inquiry.given.get("asked", True if _asks(inquiry) else None)
    unasked = facts(inquiry, _DECIDED, f"NOT {told(inquiry, 'opinion_invited', of='')}", "tôn vinh mà chưa lấy ý kiến")
    if not invited + received and not (promised and unasked.count):
        nothing = Missing("sổ chưa có lần lấy ý kiến, nhận ý kiến nào", "đơn vị bình xét, nơi tiếp nhận phản ánh")
        return conclude("chưa có ý kiến nào để xét", seen=0, missing=[nothing])
    wrong = inquiry.problems(["core.objections"])
    objections = f"{answer('objects')}=1 AND {answer('last')}<:since AND NOT {told(inquiry, 'opinion_answered')}"
    since = _ago(inquiry, inquiry.given["days"])
    silent = facts(inquiry, "opinion_received", objections, "phản ánh quá hạn chưa được trả lời", since=since)
    unsaid = Missing(
        "tôn vinh nào phải lấy ý kiến trước: kế hoạch không nêu", "nơi ban hành kế hoạch; nêu bằng --set asked=…"
    )
    lacking = [unsaid] if unasked.count and promised is None else []
    says = (
        f"{invited} lần lấy ý kiến, {received} ý kiến nhận được: {wrong.count} quyết định khi còn phản ánh chưa trả lời, "
        f"{silent.count} phản ánh quá {inquiry.given['days']} ngày chưa trả lời, {unasked.count} quyết định không lấy ý kiến"
    )
    return conclude(
        says, seen=invited + received, breaches=wrong + unasked if promised else wrong, unclear=silent, missing=lacking,
        rests=inquiry.entries("e.step IN ('opinion_invited', 'opinion_received', 'opinion_answered')", known=invited + received),
    )  # fmt: skip


def _asks(inquiry: Inquiry) -> bool:
    """Tell whether all plans say in their own graph that opinions are invited before a decision."""
    return all(any(need.needs == "opinion_invited" for need in plan.needs.get(_DECIDED, ())) for plan in inquiry.plans)


class _Announced(msgspec.Struct, frozen=True, kw_only=True):
    person: Annotated[int | None, ask("Số cá nhân đã công bố", minimum=0)] = None
    household: Annotated[int | None, ask("Số hộ đã công bố", minimum=0)] = None
    collective: Annotated[int | None, ask("Số tập thể đã công bố", minimum=0)] = None
    model: Annotated[int | None, ask("Số mô hình đã công bố", minimum=0)] = None


def _totals(inquiry: Inquiry) -> Answer:
    """Hold the announced totals against the list of who was honoured, each subject counted once."""
    of = (
        "FROM problem p JOIN entry e ON e.position=p.position JOIN exemplar x ON x.no=e.no WHERE p.code='ask.honour-decided' AND "
        f"{GIVEN} AND NOT {revoked(inquiry)} AND {inquiry.within()} AND {inquiry.stands('p')}"
    )
    rows = inquiry.rows(f"SELECT x.kind, count(DISTINCT x.whole) AS n, count(*) AS honours {of} GROUP BY x.kind")
    if not rows:
        return conclude("chưa có ai được tôn vinh để đối chiếu", seen=0, missing=[_NONE])
    counted = {row["kind"]: row["n"] for row in rows}
    honours = sum(row["honours"] for row in rows)
    listed = ", ".join(f"{counted.get(kind, 0)} {title}" for kind, title in KINDS.items())
    given = {kind: inquiry.given[kind] for kind in KINDS if inquiry.given.get(kind) is not None}
    lacking = [
        Missing(f"số {KINDS[kind]} đã công bố", f"nơi công bố; nêu bằng --set {kind}=…")
        for kind in KINDS
        if kind not in given and counted.get(kind, 0)
    ]
    off = {kind: number for kind, number in given.items() if number != counted.get(kind, 0)}
    entries = facts(inquiry, _DECIDED, f"{GIVEN} AND NOT {revoked(inquiry)}")
    wrong = [
        Evidence(entries.shown[0].position, f"công bố {number} {KINDS[kind]}, danh sách có {counted.get(kind, 0)}")
        for kind, number in off.items()
    ]
    says = f"danh sách: {listed} ({honours} lần tôn vinh); " + (
        "; ".join(one.says for one in wrong)
        or (f"khớp {len(given)} con số đã công bố" if given else "chưa có con số nào đã công bố")
    )
    return conclude(says, seen=honours, breaches=found(wrong), missing=lacking, rests=entries)


class _Handing(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[int, ask("Số ngày từ quyết định đến khi phải trao, công bố", minimum=0)] = 30


def _handed(inquiry: Inquiry) -> Answer:
    """Look for honours that were not handed over or made public in time, and for those that were although declined."""
    given = facts(inquiry, _DECIDED, f"{GIVEN} AND NOT {revoked(inquiry)}")
    if not given.count:
        return conclude("chưa có tôn vinh nào còn hiệu lực để xét", seen=0, missing=[_NONE])
    days, since = inquiry.given["days"], _ago(inquiry, inquiry.given["days"])
    declined = f"e.no IN (SELECT c.no FROM entry c WHERE c.step='honour_declined' AND {inquiry.counts('c')})"
    due = f"{GIVEN} AND NOT {revoked(inquiry)} AND NOT {declined} AND {answer('last')}<:since"
    kept = facts(inquiry, _DECIDED, f"{due} AND NOT {told(inquiry, _PRESENTED)}", "chưa ghi đã trao", since=since)
    quiet = facts(inquiry, _DECIDED, f"{due} AND NOT {told(inquiry, _PUBLICISED)}", "chưa ghi đã công bố", since=since)
    limit = f"date({answer('last', 'd')}, '+{days} days')"
    decided = beside(inquiry, _DECIDED, f"{answer('first')}>{limit}", name="d")
    late = facts(inquiry, _PRESENTED, decided, f"trao sau quyết định hơn {days} ngày")
    late += facts(inquiry, _PUBLICISED, decided, f"công bố sau quyết định hơn {days} ngày")
    nowhere = facts(inquiry, _PRESENTED, f"{answer('place')} IS NULL", "không ghi trao ở đâu")
    wrong = inquiry.problems(
        ["core.declined", "core.publicity-declined"],
        f"e.step IN ({_quoted(_PRESENTED, _PUBLICISED, 'entry_corrected')})",
    )
    says = (
        f"{given.count} tôn vinh còn hiệu lực: quá {days} ngày có {kept.count} chưa trao, {quiet.count} chưa công bố, "
        f"{late.count} lần trao, công bố chậm; {nowhere.count} lần trao không ghi nơi trao, {wrong.count} lần trái điều đã từ chối"
    )
    return conclude(says, seen=given.count, breaches=wrong, unclear=kept + quiet + late + nowhere, rests=given)


def _taken_back(inquiry: Inquiry) -> Answer:
    """Read what rules say of revocations, and look for what had to come back and did not."""
    honours, taken = inquiry.count((_DECIDED,)), inquiry.count((_REVOKED,))
    if not honours:
        return conclude("chưa có quyết định tôn vinh nào để xét", seen=0, missing=[_NONE])
    if not taken:
        rests = inquiry.entries(f"e.step='{_DECIDED}'", known=honours)
        return conclude(f"{honours} quyết định tôn vinh, không có quyết định nào bị hủy", seen=honours, rests=rests)
    wrong, doubt, lacking = _lawful(inquiry, ("ground", "recover"), (_REVOKED,))
    of = f"e.step IN ({_quoted(_REVOKED, _REINSTATED, _RECOVERED, 'entry_corrected')})"
    wrong = inquiry.problems(["core.same-authority", "core.decision", "core.recovered", "core.reason"], of) + wrong
    standing = f"NOT {beside(inquiry, _REINSTATED, 'k.position>p.position')}"
    owed = [
        facts(
            inquiry, _REVOKED,
            f"{standing} AND instr({answer('recover')}, :what)>0 AND NOT {told(inquiry, _RECOVERED, _same(), name='w')}",
            f"chưa thu hồi {title}", what=f'"{what}"', of_what=what,
        )
        for what, title in (("object", "hiện vật"), ("money", "tiền thưởng"))
    ]  # fmt: skip
    says = (
        f"{taken} lần hủy trong {honours} quyết định: {wrong.count} điều trái quy định, {doubt.count} điều chưa rõ, "
        f"{owed[0].count} lần chưa thu hồi hiện vật, {owed[1].count} lần chưa thu hồi tiền"
    )
    rests = inquiry.entries(f"e.step='{_REVOKED}'", known=taken)
    return conclude(says, seen=taken, breaches=wrong, unclear=doubt + owed[0] + owed[1], missing=lacking, rests=rests)


def _same() -> str:
    return f"{answer('what', 'w')}=:of_what"


QUESTIONS = (
    AuditQuestion(
        "Q21", "Ai quyết định tôn vinh, với thẩm quyền nào vào ngày đó, theo điều nào?", _authority,
        source="quy định về khen thưởng: thẩm quyền, hình thức", steps=(_PROPOSED, _DECIDED, "decision_issued", "law_adopted"),
        rules=("core.signer", "core.decision", "core.same-authority", "core.unsigned", "ask.honour-decided"), needs=("law",),
    ),
    AuditQuestion(
        "Q24", "Tiền thưởng có đúng mức của hình thức, loại đối tượng và ngày quyết định không; chi cho ai, khi nào?", _money,
        source="quy định về khen thưởng: mức tiền thưởng", steps=(_DECIDED, _PRESENTED, "law_adopted"),
        rules=("core.paid", "ask.honour-decided", "ask.honour-presented"), needs=("law",), parameters=_Payment,
    ),
    AuditQuestion(
        "Q25", "Có ai được tôn vinh khi còn kỷ luật, thanh tra, khiếu nại đang xem xét không?", _pending,
        source="quy định về khen thưởng: chưa xét khi đang xem xét", steps=(_PROPOSED, _DECIDED, "standing_flagged", "standing_cleared"),
        rules=("core.standing", "core.after-discipline", "ask.flagged-late"),
    ),
    AuditQuestion(
        "Q26", "Có lấy ý kiến tập thể, người dân ở nơi phải lấy không; phản ánh có được trả lời không?", _opinions,
        source="kế hoạch: công khai, lấy ý kiến", steps=(_DECIDED, "opinion_invited", "opinion_received", "opinion_answered"),
        rules=("core.objections", "ask.opinion-invited", "ask.opinion-received", "ask.opinion-answered"),
        parameters=_Answering,
    ),
    AuditQuestion(
        "Q27", "Con số đã công bố (cá nhân, tập thể, hộ) có bằng danh sách không?", _totals,
        source="nguyên tắc của sổ: số công bố bằng danh sách", steps=(_DECIDED, _REVOKED, _REINSTATED),
        rules=("ask.honour-decided", "ask.honour-revoked", "ask.honour-reinstated"), parameters=_Announced,
    ),
    AuditQuestion(
        "Q28", "Mỗi lần tôn vinh có được trao và công bố thật không, ở đâu, sau bao lâu?", _handed,
        source="kế hoạch: tôn vinh, công bố", steps=(_DECIDED, _PRESENTED, _PUBLICISED, "honour_declined"),
        rules=("core.declined", "core.publicity-declined", "ask.honour-presented", "ask.honour-publicised"), parameters=_Handing,
    ),
    AuditQuestion(
        "Q47", "Có tôn vinh nào bị hủy, theo căn cứ nào; hiện vật và tiền đã thu hồi chưa?", _taken_back,
        source="quy định về khen thưởng: hủy quyết định, thu hồi", steps=(_DECIDED, _REVOKED, _RECOVERED, _REINSTATED, "law_adopted"),
        rules=("core.same-authority", "core.decision", "core.recovered", "core.reason", "ask.honour-revoked", "ask.award-recovered"),
        needs=("law",),
    ),
)  # fmt: skip
