"""Rules of honours: a complete decision, signed by somebody who may, of a subject whom nothing stands against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK, subjects
from guong.domain.dates import not_after, show
from guong.domain.honour import DECLINED, RECOVERED
from guong.domain.rules import Rule
from guong.domain.subject import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case
    from guong.domain.life import Thread


def thread(case: Case) -> Thread | None:
    """Return the honour that a step belongs to, None where it opens one."""
    named = case.data.get("honour") or case.data.get("proposal")
    return case.exemplar.threads.get(named) if case.exemplar and named else None


def _decision(case: Case) -> Iterator[dict[str, Any]]:
    complete = any(paper.number and paper.date and paper.issuer for paper in case.papers)
    if case.data.get("decision") or (complete if case.papers else False):
        return
    yield {}


def _signed(case: Case) -> Iterator[dict[str, Any]]:
    signed = case.data.get("signed_on")
    if signed and not_after(signed, case.occurred_on) is False:
        yield {"signed": show(signed), "date": show(case.occurred_on)}


def _numbered(case: Case) -> Iterator[dict[str, Any]]:
    if case.data.get("signer") and case.data.get("signer") == case.data.get("numbered_by"):
        yield {"officer": case.data["signer"]}


def _signer(case: Case) -> Iterator[dict[str, Any]]:
    signer = case.data.get("signer")
    officer = case.facts.officer(signer) if signer else None
    if officer is None:
        return
    authority, day = case.data["authority"], case.occurred_on
    held = [one for one in officer.offices if one.unit == authority and one.held(day) is not False]
    if any(not one.giver or _in_office(case, one.giver, authority) for one in held):
        return
    why = (
        f"được {held[-1].giver} giao quyền, người ấy đã thôi chức"
        if held
        else "không giữ chức, không được giao quyền ký"
    )
    yield {"signer": signer, "authority": authority, "date": show(day), "why": why}


def _in_office(case: Case, officer: str, unit: str) -> bool:
    """Tell whether an officer holds a post of his own in a unit on the day of the step."""
    known = case.facts.officer(officer)
    own = [one for one in (known.offices if known else ()) if one.unit == unit and not one.giver]
    return any(one.held(case.occurred_on) is not False for one in own)


def _unsigned(case: Case) -> Iterator[dict[str, Any]]:
    decided = case.facts.decision(case.data.get("decision", ""))
    if not case.data.get("signer") and not (decided and decided.signer):
        yield {}


def _standing(case: Case) -> Iterator[dict[str, Any]]:
    for subject in subjects(case):
        for one in subject.of_kind("standing").values():
            ended = one.mark("standing_cleared")
            over = ended is not None and not_after(ended.on, case.occurred_on) is True
            if not_after(one.on, case.occurred_on) is not False and not over:
                yield {"what": STANDINGS.get(one.answers["kind"], one.answers["kind"]), "since": show(one.on)}


def _achievement(case: Case) -> Iterator[dict[str, Any]]:
    named = case.data.get("achievement")
    if named and not any(named in one.of_kind("achievement") for one in subjects(case)):
        yield {"entry": named[:8]}


def _after_discipline(case: Case) -> Iterator[dict[str, Any]]:
    named = _named(case) or ""
    achieved = next((one.threads[named] for one in subjects(case) if named in one.threads), None)
    for one in (flag for subject in subjects(case) for flag in subject.of_kind("standing").values()):
        until = one.answers.get("until")
        if (
            achieved
            and one.answers.get("outcome") == "disciplined"
            and until
            and not_after(achieved.answers["until"], until) is not False
        ):
            yield {"until": show(until), "achieved": show(achieved.answers["until"])}


def _named(case: Case) -> str | None:
    before = thread(case)
    return case.data.get("achievement") or (before.answers.get("achievement") if before else None)


def _unnamed(case: Case) -> Iterator[dict[str, Any]]:
    if case.data.get("kind") == "award" and not _named(case):
        yield {}


def _died(case: Case) -> Iterator[dict[str, Any]]:
    died = case.subject.since("died") if case.subject else None
    if died and not_after(case.occurred_on, died) is not True and case.data.get("posthumous") is not True:
        yield {"died": show(died)}


def _moved(case: Case) -> Iterator[dict[str, Any]]:
    for one in case.subject.changes if case.subject and case.exemplar else ():
        if one.change in ("moved", "left") and not_after(one.on, case.occurred_on):
            yield {"on": show(one.on), "unit": one.left or "đơn vị cũ"}


def _declined(case: Case) -> Iterator[dict[str, Any]]:
    yield from refused(case, "honour")


def refused(case: Case, what: str) -> Iterator[dict[str, Any]]:
    """Yield since when something had been declined by the day of the step; declining more takes nothing of it back."""
    mark = case.exemplar.mark("declined") if case.exemplar else None
    for value, on in mark.seen.items() if mark else ():
        if value in (what, "both") and not_after(on, case.occurred_on) is not False:
            yield {"what": DECLINED[value], "on": show(on)}


def _other_authority(case: Case) -> Iterator[dict[str, Any]]:
    before, day = thread(case), case.occurred_on
    decided = before.answers.get("authority") if before else None
    if decided and decided != case.data["authority"]:
        unit = case.facts.unit(decided)
        heir = unit.heir(day) if unit and unit.alive(day) is False else None
        if heir != case.data["authority"]:
            yield {"authority": case.data["authority"], "decided": f"{decided}; kế thừa: {heir}" if heir else decided}


def _objections(case: Case) -> Iterator[dict[str, Any]]:
    open_ = [
        one
        for one in (case.exemplar.of_kind("opinion").values() if case.exemplar else ())
        if one.answers.get("objects") and not one.has("opinion_answered")
    ]
    if open_:
        yield {"count": len(open_), "entries": ", ".join(f"#{one.position}" for one in open_)}


def _paid(case: Case) -> Iterator[dict[str, Any]]:
    before = thread(case)
    fixed = before.answers.get("money") if before else None
    if case.data.get("paid") is not None and fixed is not None and case.data["paid"] != fixed:
        yield {"paid": f"{case.data['paid']:,}".replace(",", "."), "fixed": f"{fixed:,}".replace(",", ".")}


def _recovered(case: Case) -> Iterator[dict[str, Any]]:
    before = thread(case)
    wanted = before.answers.get("recover", []) if before else []
    if case.data.get("what") not in wanted:
        yield {"what": case.data.get("what"), "wanted": ", ".join(wanted) or "không gì"}
    paid = before.answers.get("paid") if before else None
    if before is not None and not before.has("honour_presented"):
        yield {"what": f"{RECOVERED.get(case.data['what'], case.data['what'])} chưa trao", "wanted": "không gì"}
    elif case.data.get("what") == "money" and paid is not None and case.data.get("amount") not in (None, paid):
        yield {"what": f"{case.data['amount']} đồng", "wanted": f"{paid} đồng"}


_GIVES = ("honour_proposed", "honour_decided")

RULES: tuple[Rule, ...] = (
    Rule("core.decision", "Quyết định phải có số, ngày và cơ quan ban hành", _decision, steps=("honour_decided",), culprit="paper",
         source=BOOK, says="quyết định chưa đủ số, ngày, cơ quan ban hành", fix="bản dự thảo chưa phải là quyết định"),
    Rule("core.signed", "Số và ngày được cấp sau khi ký", _signed, steps=("decision_issued",), culprit="signed_on", source=BOOK,
         says="ký ngày {signed}, sau ngày ban hành {date}", fix="xem lại hai ngày trên quyết định"),
    Rule("core.numbered", "Người ký không tự cấp số", _numbered, steps=("decision_issued",), refuses=False, source=BOOK,
         says="{officer} vừa ký vừa cấp số"),
    Rule("core.signer", "Người ký phải đương chức hoặc được giao quyền ký ngày đó", _signer, steps=("honour_decided", "decision_issued"),
         culprit="signer", source=BOOK, says="{signer} không ký được cho {authority} ngày {date}: {why}",
         fix="ghi bước giữ chức (office_held) hoặc giao quyền ký (delegation_given) trước"),
    Rule("core.unsigned", "Nên biết ai ký quyết định", _unsigned, steps=("honour_decided",), refuses=False, source=BOOK,
         says="chưa nêu người ký, không xét được thẩm quyền ký"),
    Rule("core.standing", "Không đề nghị, không quyết định khi còn việc đang xem xét", _standing, steps=_GIVES, source=BOOK,
         says="đối tượng {what} từ {since}", fix="chờ kết quả, ghi bước standing_cleared"),
    Rule("core.achievement", "Thành tích phải là của chính đối tượng", _achievement, steps=_GIVES, culprit="achievement", source=BOOK,
         says="mục {entry} không phải là thành tích của đối tượng này", fix="ghi nhận thành tích trước (achievement_recorded)"),
    Rule("core.after-discipline", "Thành tích chỉ tính từ khi hết kỷ luật", _after_discipline, steps=_GIVES, culprit="achievement",
         source=BOOK, says="thành tích đến {achieved}, kỷ luật hết ngày {until}", fix="nêu thành tích sau ngày đó"),
    Rule("core.achievement-unnamed", "Khen thưởng nên nêu thành tích nào", _unnamed, steps=("honour_decided",), refuses=False,
         source=BOOK, says="chưa nêu thành tích, không xét được một thành tích có được khen hai lần hay không"),
    Rule("core.posthumous", "Tôn vinh người đã mất là truy tặng", _died, steps=_GIVES, culprit="posthumous", source=BOOK,
         says="đối tượng qua đời ngày {died}", fix="ghi là truy tặng (posthumous)"),
    Rule("core.moved", "Người đã chuyển, thôi công tác cần nhận xét của đơn vị cũ", _moved, steps=_GIVES, refuses=False, source=BOOK,
         says="đối tượng đã rời {unit} từ {on}, cần nhận xét của nơi đó"),
    Rule("core.declined", "Không trao, không công bố điều người ta đã từ chối", _declined,
         steps=("honour_decided", "honour_presented", "honour_publicised"), source=BOOK, says="{what} từ {on}",
         fix="giữ kết quả bình xét, không tôn vinh"),
    Rule("core.same-authority", "Nơi đã quyết định, hoặc nơi kế thừa, mới được hủy hay khôi phục", _other_authority,
         steps=("honour_revoked", "honour_reinstated"), culprit="authority", source=BOOK,
         says="{authority} không phải là nơi đã quyết định", fix="nơi đã quyết định: {decided}"),
    Rule("core.objections", "Phản ánh phải được trả lời trước khi quyết định", _objections, steps=("honour_decided",), refuses=False,
         source=BOOK, says="còn {count} phản ánh chưa trả lời ({entries})"),
    Rule("core.paid", "Tiền thưởng chi đúng số đã quyết định", _paid, steps=("honour_presented",), culprit="paid", source=BOOK,
         says="chi {paid} đồng, quyết định {fixed} đồng", fix="mức tiền cố định từ ngày quyết định"),
    Rule("core.recovered", "Chỉ thu hồi điều quyết định hủy yêu cầu và đã trao", _recovered, steps=("award_recovered",), culprit="what",
         source=BOOK, says="không phải thu hồi {what}", fix="phải thu hồi: {wanted}"),
)  # fmt: skip
