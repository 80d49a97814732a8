"""Separation of duties: who proposed, received, appraised, voted and signed, and whether they were different people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.audit.answer import Missing, conclude
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.domain.meeting import CONFLICTS
from guong.domain.streams import EXEMPLAR_STEPS, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.domain.case import Case
    from guong.domain.entry import Entry, Stored

_RECEIVED, _APPRAISED, _HONOURED = "dossier_received", "appraisal_recorded", "honour_decided"
_REVIEWED, _VOTED, _PROPOSED = "reviewed", "vote_cast", "honour_proposed"
_PROPOSERS = ("introduced", "dossier_submitted", _PROPOSED)
_DRAFTERS = ("introduced", "dossier_opened", "document_attached", "dossier_submitted", _PROPOSED)
_SECRETARY = "thư ký cuộc họp"


# ------------------------------------------------------------------ checks


def _who(entry: Entry) -> str:
    """Return who took a step: the one for whom it was typed, else the one who typed it."""
    return entry.entered_for or entry.by


def _history(case: Case) -> list[Entry]:
    return [one.entry for one in case.history() if one.entry]


def _signer(case: Case) -> str:
    issued = case.facts.decision(case.data.get("decision") or "")
    return case.data.get("signer") or (issued.signer if issued else "")


def _received_own(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for a dossier that its sender took in himself, or his unit without a second person.

    Of what the plan separates and of the unit that leads the field rules speak (`core.separation`, `core.own-intake`).
    """
    sent = [
        one for one in _history(case) if one.step == "dossier_submitted" and one.data["dossier"] == case.data["dossier"]
    ]
    if not sent or case.exemplar is None:
        return
    last, receiver = sent[-1], case.entered_for or case.by
    separated = any(
        one.step == _RECEIVED and "dossier_submitted" in one.others
        for one in (case.plan.declared.separations if case.plan else ())
    )
    if _who(last) == receiver:
        if not (separated and last.by == case.by):
            yield {"what": f"{receiver} vừa gửi vừa tiếp nhận"}
    elif last.unit == case.unit != case.exemplar.lead and case.data.get("second") in (None, "", case.by):
        yield {"what": f"{case.unit} vừa gửi vừa tiếp nhận, không có người thứ hai"}


def _decided_own(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    signer = _signer(case)
    own = [one for one in _history(case) if signer and one.step in _PROPOSERS and _who(one) == signer]
    if own:
        yield {"officer": signer, "step": STEPS[own[-1].step].title}


def _unproposed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for awards of which nobody knows who proposed them."""
    if case.data["kind"] == "award" and not any(one.step in _PROPOSERS for one in _history(case)):
        yield {}


def _two_hands(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for an appraiser who drafted, and a signer who drafted or appraised."""
    appraising = case.step.key == _APPRAISED
    officer = case.data["appraiser"] if appraising else _signer(case)
    if not officer:
        return
    before = _history(case)
    did = {STEPS[one.step].title: None for one in before if one.step in _DRAFTERS and _who(one) == officer}
    if not appraising and any(one.step == _APPRAISED and one.data["appraiser"] == officer for one in before):
        did[STEPS[_APPRAISED].title] = None
    if did:
        yield {"officer": officer, "one": ", ".join(did), "other": "thẩm định" if appraising else "ký quyết định"}


def _declared_late(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for an interest that was declared by a member who had voted already."""
    meeting, member = case.stream, case.data["member"]
    for one in case.facts.effective(case.data["exemplar"]):
        if (
            one.entry
            and one.entry.step == _VOTED
            and (one.entry.data["meeting"], one.entry.data["member"]) == (meeting, member)
        ):
            conflict = CONFLICTS.get(case.data["conflict"], case.data["conflict"])
            yield {"member": member, "conflict": conflict, "position": one.position}


def _votes(case: Case) -> list[str]:
    """Return what members voted at the meeting of a review, each by name."""
    meeting = case.data.get("meeting")
    return [one.data["vote"] for one in _history(case) if one.step == _VOTED and one.data["meeting"] == meeting]


def _unnamed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for reviews by a meeting of which nobody knows who voted."""
    met = case.data.get("meeting") or case.data.get("votes_for") is not None
    if met and not _votes(case):
        yield {}


def _met(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Tell by which meeting a review was made, and what it says of who was present."""
    if case.data.get("meeting"):
        told = {"meeting": case.data["meeting"], "quorum": case.plan.declared.quorum if case.plan else 0}
        yield told | {"told": case.data.get("present") is not None}


def _tally(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    asked = (("for", "votes_for", "đồng ý"), ("against", "votes_against", "không đồng ý"))
    told = [(vote, case.data[key], title) for vote, key, title in asked if case.data.get(key) is not None]
    votes = _votes(case) if told else []
    for vote, number, title in told if votes else ():
        if number != votes.count(vote):
            yield {"title": title, "told": number, "cast": votes.count(vote)}


def _unlisted(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    meeting = case.facts.meeting(case.data.get("meeting") or "")
    if meeting and meeting.exemplars and case.stream not in meeting.exemplars:
        yield {}


def _unreviewed(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    """Look for somebody proposed whom no review had found worthy."""
    reviewed = case.exemplar.mark(_REVIEWED) if case.exemplar else None
    if reviewed is None or reviewed.value not in ("passed", "referred"):
        yield {}


CHECKS = (
    Check("ask.received-own", "Nơi tiếp nhận hồ sơ khác nơi gửi", _received_own, steps=(_RECEIVED,), says="{what}"),
    Check("ask.decided-own", "Người ký quyết định khác người đề nghị", _decided_own, steps=(_HONOURED,),
          says="{officer} ký quyết định và đã ghi bước {step}"),
    Check("ask.proposer", "Khen thưởng có ghi ai giới thiệu, gửi hồ sơ hay đề nghị", _unproposed, steps=(_HONOURED,)),
    Check("ask.two-hands", "Người soạn, người thẩm định, người ký là những người khác nhau", _two_hands, steps=(_APPRAISED, _HONOURED),
          says="{officer} vừa {other} vừa làm: {one}"),
    Check("ask.declared-late", "Khai xung đột lợi ích trước khi biểu quyết", _declared_late, steps=("conflict_declared",),
          says="{member} ({conflict}) đã biểu quyết ở #{position} rồi mới khai"),
    Check("ask.votes-unnamed", "Lần bình xét không có tên người biểu quyết", _unnamed, steps=(_REVIEWED,)),
    Check("ask.met", "Cuộc họp của lần bình xét", _met, steps=(_REVIEWED,), says="bình xét qua cuộc họp"),
    Check("ask.tally", "Số phiếu kết luận khớp với từng phiếu đã ghi", _tally, steps=(_REVIEWED,),
          says="kết luận ghi {told} phiếu {title}, từng phiếu đã ghi là {cast}"),
    Check("ask.unlisted", "Điển hình được xét có trong giấy mời họp", _unlisted, steps=(_REVIEWED,),
          says="không có trong danh sách mà giấy mời họp nêu"),
    Check("ask.unreviewed", "Chỉ đề nghị người mà lần bình xét kết luận đạt", _unreviewed, steps=(_PROPOSED,),
          says="được đề nghị mà lần bình xét chưa kết luận đạt hoặc đề nghị cấp trên"),
)  # fmt: skip


# ------------------------------------------------------------------ answers


def _ends(inquiry: Inquiry) -> Answer:
    """Compare who sent and who took in, who proposed and who signed."""
    seen = inquiry.count((_RECEIVED, _HONOURED))
    if not seen:
        lacking = Missing(
            "sổ chưa có lần tiếp nhận hồ sơ hay quyết định tôn vinh nào", "nơi tiếp nhận, nơi ra quyết định"
        )
        return conclude("chưa có hồ sơ, quyết định nào để xét", seen=0, missing=[lacking])
    wrong = inquiry.problems(["core.separation", "core.own-intake"], inquiry.about(_RECEIVED, _HONOURED))
    received, decided = inquiry.problems(["ask.received-own"]), inquiry.problems(["ask.decided-own"])
    says = (
        f"{seen} lần tiếp nhận, quyết định: {wrong.count} điều trái phân công của kế hoạch, {received.count} hồ sơ do chính nơi gửi "
        f"tiếp nhận, {decided.count} quyết định do chính người đề nghị ký"
    )
    rests = inquiry.entries(f"e.step IN ('{_RECEIVED}', '{_HONOURED}')", known=seen)
    return conclude(says, seen=seen, breaches=wrong, unclear=received + decided, missing=_untold(inquiry), rests=rests)


def _hands(inquiry: Inquiry) -> Answer:
    """Compare who drafted, appraised and signed."""
    seen = inquiry.count((_APPRAISED, _HONOURED))
    if not seen:
        lacking = Missing("sổ chưa có lần thẩm định hay quyết định tôn vinh nào", "nơi thẩm định, nơi ra quyết định")
        return conclude("chưa có việc nào qua nhiều người để xét", seen=0, missing=[lacking])
    wrong, same = inquiry.problems(["core.separation"]), inquiry.problems(["ask.two-hands"])
    says = (
        f"{seen} lần thẩm định, quyết định: {wrong.count} điều trái phân công của kế hoạch, {same.count} lần một người giữ hai vai "
        "(soạn, thẩm định, ký)"
    )
    rests = inquiry.entries(f"e.step IN ('{_APPRAISED}', '{_HONOURED}')", known=seen)
    return conclude(says, seen=seen, breaches=wrong, unclear=same, missing=_untold(inquiry), rests=rests)


def _untold(inquiry: Inquiry) -> list[Missing]:
    """Return what of those who proposed and signed nobody has recorded."""
    unsigned = inquiry.problems(["core.unsigned"], inquiry.about(_HONOURED)).count
    unproposed = inquiry.problems(["ask.proposer"]).count
    told = [
        (unsigned, f"người ký của {unsigned} quyết định tôn vinh", "nơi ra quyết định"),
        (
            unproposed,
            f"người giới thiệu, gửi hồ sơ hay đề nghị của {unproposed} quyết định khen thưởng",
            "đơn vị đề nghị",
        ),
    ]
    return [Missing(what, who) for count, what, who in told if count]


def _conflicts(inquiry: Inquiry) -> Answer:
    """Judge votes by the rules, and look for what was declared too late and votes without a name."""
    seen, reviews = inquiry.count((_VOTED,)), inquiry.count((_REVIEWED,))
    unnamed = inquiry.problems(["ask.votes-unnamed"]).count
    wrong = inquiry.problems(["core.conflict", "core.recused", "core.own-chair", "ask.declared-late"])
    silent = inquiry.problems(["core.conflict-undeclared"])
    lacking = []
    if unnamed:
        lacking.append(Missing(f"ai đã biểu quyết trong {unnamed} lần bình xét qua cuộc họp (vote_cast)", _SECRETARY))
    elif not seen:
        lacking.append(Missing("sổ chưa có lần biểu quyết nào (vote_cast)", _SECRETARY))
    declared = inquiry.entries("e.step='conflict_declared'", "đã khai xung đột lợi ích")
    says = (
        f"{seen} phiếu trong {reviews} lần bình xét: {declared.count} lần khai xung đột lợi ích, {wrong.count} lần biểu quyết, chủ trì, "
        f"kết luận khi có xung đột, {silent.count} phiếu của người cùng đơn vị mà chưa khai; người thân chỉ biết qua lời khai"
    )
    rests = declared if declared.count else inquiry.entries(f"e.step='{_VOTED}'", known=seen)
    return conclude(says, seen=seen, breaches=wrong, unclear=silent, missing=lacking, rests=rests)


_COUNTED = ("core.quorum", "core.votes", "core.voter", "core.called")


def _meetings(inquiry: Inquiry) -> Answer:
    """Judge quorum and votes by the rules, and compare conclusions with votes, minutes, the invitation and the proposals."""
    met = inquiry.problems(["ask.met"])
    if not met.count:
        nothing = Missing("sổ chưa có lần bình xét nào nêu cuộc họp (review_called, reviewed)", "đơn vị bình xét")
        return conclude("chưa có cuộc họp bình xét nào để xét", seen=0, missing=[nothing])
    signed = (
        "EXISTS (SELECT 1 FROM stream s JOIN entry m ON m.no=s.no WHERE s.id=json_extract(p.figures, '$.meeting') "
        f"AND m.step='minutes_signed' AND {inquiry.counts('m')})"
    )
    unsigned = inquiry.problems(["ask.met"], f"NOT {signed}")
    uncounted = inquiry.problems(["ask.met"], f"NOT {signed} AND NOT json_extract(p.figures, '$.told')").count
    unset = inquiry.problems(["ask.met"], "json_extract(p.figures, '$.quorum')=0").count
    lacking = []
    if unsigned.count:
        where = ", ".join(f"#{one.position}" for one in unsigned.shown[:5])
        lacking.append(Missing(f"biên bản của cuộc họp mà {unsigned.count} lần bình xét dựa vào ({where})", _SECRETARY))
    if uncounted:
        lacking.append(Missing(f"số người dự của {uncounted} lần bình xét", _SECRETARY))
    if unset:
        lacking.append(Missing(f"tỉ lệ thành viên phải có mặt, của {unset} lần bình xét", "nơi ban hành kế hoạch"))
    wrong = inquiry.problems(_COUNTED)
    tally, unlisted = inquiry.problems(["ask.tally", "core.minutes"]), inquiry.problems(["ask.unlisted"])
    proposed = inquiry.problems(["ask.unreviewed"])
    says = (
        f"{met.count} lần bình xét qua cuộc họp: {wrong.count} điều trái quy định về thành viên, số phiếu, {tally.count} chỗ kết luận lệch "
        f"phiếu hoặc biên bản, {unlisted.count} điển hình ngoài giấy mời, {proposed.count} lần đề nghị khi chưa được xét đạt"
    )
    return conclude(
        says, seen=met.count, breaches=wrong, unclear=tally + unlisted + proposed, missing=lacking, rests=met
    )


QUESTIONS = (
    AuditQuestion(
        "Q10", "Nơi tiếp nhận và người quyết định có khác người đề nghị không?", _ends,
        source="kế hoạch: phân công các bước", steps=(*_PROPOSERS, _RECEIVED, _HONOURED),
        rules=("core.separation", "core.own-intake", "core.unsigned", "ask.received-own", "ask.decided-own", "ask.proposer"),
    ),
    AuditQuestion(
        "Q11", "Có ai giữ hai vai trong một việc không (soạn, thẩm định, ký)?", _hands,
        source="kế hoạch: phân công các bước", steps=EXEMPLAR_STEPS,
        rules=("core.separation", "core.unsigned", "ask.two-hands", "ask.proposer"),
    ),
    AuditQuestion(
        "Q12", "Thành viên cuộc họp có biểu quyết về chính mình, người thân, đơn vị mình không; có khai không?", _conflicts,
        source="nguyên tắc của sổ: người có xung đột lợi ích phải tránh", steps=(_VOTED, "conflict_declared", _REVIEWED),
        rules=(
            "core.conflict", "core.recused", "core.own-chair", "core.conflict-undeclared", "ask.declared-late", "ask.votes-unnamed",
        ),
    ),
    AuditQuestion(
        "Q13", "Cuộc họp có đủ thành viên không; phiếu, biên bản và danh sách đề nghị có cùng những tên ấy không?", _meetings,
        source="kế hoạch: tỉ lệ thành viên phải có mặt", steps=("review_called", "minutes_signed", _VOTED, _REVIEWED, _PROPOSED),
        rules=(*_COUNTED, "core.minutes", "ask.met", "ask.tally", "ask.unlisted", "ask.unreviewed"),
    ),
)  # fmt: skip
