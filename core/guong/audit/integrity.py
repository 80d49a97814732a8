"""Whether the book and its files are whole, who read and acted, how requests about personal data were met, what can be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from guong.audit.answer import Evidence, Found, Missing, conclude, found
from guong.audit.checks import Check
from guong.audit.question import AuditQuestion
from guong.audit.timing import nights
from guong.domain.book import RESULTS
from guong.domain.dates import show
from guong.domain.privacy import RIGHTS
from guong.domain.streams import EXEMPLAR_STEPS, STEPS
from guong.forms import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.audit.answer import Answer
    from guong.audit.inquiry import Inquiry
    from guong.checking import Fault
    from guong.domain.case import Case
    from guong.domain.entry import Stored

_KEEPER = "người quản trị sổ"
_MACHINE = "người quản trị máy: nhật ký của hệ điều hành, của máy chủ"
_ERASED, _REQUESTED = "personal_data_erased", "data_request_received"
_REPLIES = ("data_request_answered", "erasure_refused", _ERASED)
_ABOUT_FILES = "file-"
_LATE, _OPEN, _UNDATED, _UNDONE = (
    "trả lời sau hạn", "đã quá hạn chưa trả lời", "không ghi hạn trả lời", "đồng ý xóa mà chưa ghi việc xóa",
)  # fmt: skip


# ------------------------------------------------------------------ checks


def _verified(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    yield {"until": case.data["until"], "result": case.data["result"], "faults": case.data.get("faults", 0)}


def _files(_: Case, stored: Stored) -> Iterator[dict[str, Any]]:
    if stored.entry and stored.entry.evidence:
        yield {"count": len(stored.entry.evidence)}


def _asked(case: Case, stored: Stored) -> Iterator[dict[str, Any]]:
    if stored.entry:
        right = case.data["right"]
        yield {
            "id": case.corrects or stored.entry.id, "right": right, "title": RIGHTS[right], "due": case.data.get("due", ""),
            "date": show(case.occurred_on),
        }  # fmt: skip


def _replied(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if case.data.get("request"):
        yield {"of": case.data["request"], "granted": case.data.get("granted") is True}


def _vague(case: Case, _: Stored) -> Iterator[dict[str, Any]]:
    if len(case.occurred_on) < len("2024-01-01"):
        yield {"date": show(case.occurred_on)}


CHECKS = (
    Check("ask.verified", "Lần xác minh sổ", _verified, steps=("log_verified",)),
    Check("ask.files", "Mục có tệp minh chứng", _files, says="có {count} tệp"),
    Check("ask.request", "Yêu cầu về dữ liệu cá nhân", _asked, steps=(_REQUESTED,), says="yêu cầu được {title} ngày {date}"),
    Check("ask.request-replied", "Trả lời yêu cầu về dữ liệu cá nhân", _replied, steps=_REPLIES),
    Check("ask.vague", "Bước chỉ biết tháng hoặc năm xảy ra", _vague, steps=EXEMPLAR_STEPS,
          says="chỉ ghi {date}, không xếp được trước sau với mục khác trong thời gian ấy"),
)  # fmt: skip


# ------------------------------------------------------------------ whole


class _Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The last time somebody recorded that the log was verified: where that stands, up to which entry, when, with what result."""

    position: int
    until: int
    day: str
    result: str
    faults: int


def _last(inquiry: Inquiry) -> _Verification | None:
    rows = inquiry.rows(
        "SELECT p.position, p.figures, e.happened FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='ask.verified' AND "
        f"{inquiry.counts('e')} AND {inquiry.stands('p')} ORDER BY p.position DESC LIMIT 1"
    )
    if not rows:
        return None
    row, figures = rows[0], msgspec.json.decode(rows[0]["figures"])
    return _Verification(
        position=row["position"], until=min(figures["until"], row["position"] - 1), day=row["happened"], result=figures["result"],
        faults=figures["faults"],
    )  # fmt: skip


def _verified_until(last: _Verification | None) -> str:
    if last is None:
        return "sổ chưa ghi lần xác minh nào"
    return f"xác minh lần cuối đến mục #{last.until}, ngày {show(last.day)}: {RESULTS[last.result]}"


def _at(inquiry: Inquiry, faults: list[Fault]) -> Found:
    """Return faults as evidence; what is about no one entry is shown at the last."""
    return found(Evidence(one.position or inquiry.moment.position, one.message) for one in faults)


def _whole(inquiry: Inquiry) -> Answer:
    """Tell up to where the log was verified, and what a check of all of it found, where one was made."""
    head, last = inquiry.moment.position, _last(inquiry)
    told = _verified_until(last)
    faulty = found([Evidence(last.position, f"{last.faults} lỗi")] if last and last.result == "faulty" else [])
    # An order of entries alone is no proof that nobody wrote the whole log anew.
    unsealed = Missing(
        "niêm phong: sổ chưa có cơ chế ký, và chưa ghi lần xác minh nào (log_verified)",
        f"{_KEEPER}: guong ask Q39 --deep --record",
    )
    lacking = [] if last else [unsealed]
    rests = found([Evidence(last.position)] if last else [])
    if inquiry.faults is None:
        since = found(
            [Evidence(last.position, f"sau đó {head - last.until} mục; hỏi lại với --deep")]
            if last and not faulty.count
            else []
        )
        says = f"{head} mục, lần này chưa xem lại từng mục; {told}"
        return conclude(says, seen=head, breaches=faulty, unclear=since, missing=lacking)
    about = [one for one in inquiry.faults if not one.kind.startswith(_ABOUT_FILES)]
    serious = _at(inquiry, [one for one in about if one.serious])
    says = f"xem lại {head} mục, khóa và bản chiếu: {serious.count} lỗi, {len(about) - serious.count} điều nên biết; {told}"
    return conclude(says, seen=head, breaches=serious, unclear=faulty, missing=lacking, rests=rests)


def _attached(inquiry: Inquiry) -> Answer:
    """Tell how many entries have files, and what a check of all of them found, where one was made."""
    having, told = inquiry.problems(["ask.files"]), _verified_until(_last(inquiry))
    papered = [step.key for step in STEPS.values() if step.paper]
    need = inquiry.count(papered)
    have = inquiry.problems(["ask.files"], f"e.step IN ({', '.join(map(repr, papered))})").count
    kept = f"{having.count} mục có tệp; {need} mục phải dựa trên văn bản, {have} mục trong đó có tệp kèm"
    if not having.count:
        lacking = Missing("chưa mục nào kèm tệp", "các đơn vị ghi sổ: document_attached, --file")
        return conclude(f"{kept}; {told}", seen=0, missing=[lacking])
    if inquiry.faults is None:
        return conclude(
            f"{kept}, lần này chưa đối chiếu (hỏi lại với --deep); {told}", seen=having.count, unclear=having
        )
    about = [one for one in inquiry.faults if one.kind.startswith(_ABOUT_FILES)]
    serious = _at(inquiry, [one for one in about if one.serious])
    loose = len(about) - serious.count
    says = f"{kept}; đối chiếu mã băm: {serious.count} tệp thiếu hoặc bị sửa, {loose} tệp không thuộc mục nào; {told}"
    return conclude(says, seen=having.count, breaches=serious, rests=having)


# ------------------------------------------------------------------ reading and acting


def _readers(inquiry: Inquiry) -> Answer:
    """Say that the book does not know who reads it."""
    subjects = inquiry.count(("subject_registered",))
    lacking = Missing(
        "nhật ký xem, xuất dữ liệu cá nhân: sổ chưa có cơ chế ghi việc này", f"{_MACHINE}; nơi giữ khóa của sổ"
    )
    return conclude(
        f"{subjects} đối tượng có dữ liệu được niêm phong; sổ chỉ biết ai ghi, không biết ai xem",
        seen=subjects,
        missing=[lacking],
    )


class _Hours(msgspec.Struct, frozen=True, kw_only=True):
    burst: Annotated[int, ask("Từ bao nhiêu mục một người ghi trong một đêm thì nêu", minimum=1)] = 1
    night: Annotated[int, ask("Đêm bắt đầu từ giờ", minimum=12, maximum=23)] = 22
    morning: Annotated[int, ask("Đêm kết thúc trước giờ", minimum=1, maximum=11)] = 5


def _actors(inquiry: Inquiry) -> Answer:
    """Look for entries by whoever held no role there that day, or recorded at night; which account it was, nobody knows."""
    seen = inquiry.rows(f"SELECT count(*) AS n FROM entry e WHERE {inquiry.within()}")[0]["n"]
    outside, odd = inquiry.problems(["core.acting", "core.role"]), nights(inquiry)
    lacking = Missing("tài khoản, máy nào đã ghi: sổ chưa có cơ chế đăng nhập", _MACHINE)
    says = (
        f"{seen} mục: {outside.count} mục do người không giữ vai trò ấy tại đơn vị ấy ngày ghi, {odd.count} đêm có người ghi từ "
        f"{inquiry.given['night']} giờ đến trước {inquiry.given['morning']} giờ; không rõ tài khoản nào"
    )
    return conclude(says, seen=seen, breaches=outside, unclear=odd, missing=[lacking])


# ------------------------------------------------------------------ requests about personal data


class _Term(msgspec.Struct, frozen=True, kw_only=True):
    days: Annotated[
        int | None, ask("Số ngày phải trả lời yêu cầu không ghi hạn", minimum=1, help="để trống là phải làm rõ")
    ] = None


def _requests(inquiry: Inquiry) -> Answer:
    """Look for requests answered late or not at all, and for erasures against a rule."""
    asked, erased = inquiry.problems(["ask.request"]), inquiry.count((_ERASED,))
    if not asked.count and not erased:
        lacking = Missing("sổ chưa ghi yêu cầu nào về dữ liệu cá nhân; có thể chưa ai vào sổ", "nơi tiếp nhận yêu cầu")
        return conclude("chưa có yêu cầu, việc xóa dữ liệu nào để xét", seen=0, missing=[lacking])
    days = inquiry.given.get("days")
    given = "json_extract(p.figures, '$.due')"
    last = f"substr({given} || iif(length({given})=4, '-12-31', '-31'), 1, 10)"  # text that no day of the month or year comes after
    term = f"date(substr(e.happened || '-01-01', 1, 10), '+{days} days')" if days is not None else "''"
    due = f"iif({given}<>'', {last}, {term})"
    waiting = _such(inquiry, f"{due}<>'' AND {due}<:day AND NOT {_reply(inquiry)}", _OPEN)
    late = _such(inquiry, f"{due}<>'' AND {_reply(inquiry)} AND NOT {_reply(inquiry, f'd.happened<={due}')}", _LATE)
    undated = _such(inquiry, f"{due}=''", _UNDATED)
    gone = f"SELECT 1 FROM entry g WHERE g.no=e.no AND g.position>e.position AND +g.step='{_ERASED}' AND {inquiry.counts('g')}"
    granted = _reply(inquiry, "json_extract(a.figures, '$.granted')=1")
    undone = _such(
        inquiry, f"json_extract(p.figures, '$.right')='erase' AND {granted} AND NOT EXISTS ({gone})", _UNDONE
    )
    codes = ["core.asked", "core.erased", "core.paper", *inquiry.law_rules]
    wrong, unsure = (inquiry.problems(codes, f"e.step='{_ERASED}' AND p.refusal={refusal}") for refusal in (1, 0))
    says = (
        f"{asked.count} yêu cầu về dữ liệu: {waiting.count} {_OPEN}, {late.count} {_LATE}, {undated.count} {_UNDATED}, "
        f"{undone.count} {_UNDONE}; {erased} lần xóa dữ liệu: {wrong.count} điều trái quy định, {unsure.count} điều cần làm rõ"
    )
    rests = asked + inquiry.entries(f"e.step='{_ERASED}'", known=erased)
    return conclude(
        says, seen=asked.count + erased, breaches=waiting + late + wrong, unclear=undated + undone + unsure, rests=rests
    )


def _such(inquiry: Inquiry, where: str, says: str) -> Found:
    some = inquiry.problems(["ask.request"], where, day=inquiry.day)
    return Found(some.count, tuple(Evidence(one.position, f"{one.says}: {says}") for one in some.shown))


def _reply(inquiry: Inquiry, where: str = "1") -> str:
    """Return the condition that a request, `problem` as `p`, has been replied to by an entry `d` of its subject."""
    return (
        "EXISTS (SELECT 1 FROM entry d CROSS JOIN problem a WHERE d.no=e.no AND a.position=d.position AND a.code='ask.request-replied' "
        f"AND json_extract(a.figures, '$.of')=json_extract(p.figures, '$.id') AND {where} AND d.position<=:position "
        f"AND {inquiry.stands('a')})"
    )


# ------------------------------------------------------------------ printing


class _One(msgspec.Struct, frozen=True, kw_only=True):
    exemplar: Annotated[str, ask("Chỉ điển hình này", help="mã điển hình, như guong list in ra")] = ""


def _printable(inquiry: Inquiry) -> Answer:
    """Look for what keeps the history of exemplars from being printed whole and in the order in which it happened."""
    named = inquiry.given.get("exemplar")
    one = inquiry.first(inquiry.view.find("exemplar", named).id) if named else 0
    whose = "e.no=:one" if named else "e.no IN (SELECT x.no FROM exemplar x)"
    begun = inquiry.entries(f"e.step='discovered' AND {'e.no=:one' if named else '1'}", one=one)
    if not begun.count:
        lacking = Missing("sổ chưa có điển hình nào", "đơn vị phát hiện, đơn vị chủ trì")
        return conclude("chưa có điển hình nào để in", seen=0, missing=[lacking])
    unread = inquiry.entries(f"e.unread<>'' AND {whose}", "phiên bản này không đọc được mục", one=one)
    same = (
        "SELECT 1 FROM entry o WHERE o.no=e.no AND o.position<>e.position AND substr(o.happened, 1, length(e.happened))=e.happened "
        f"AND {inquiry.counts('o')}"
    )
    vague = inquiry.problems(["ask.vague"], f"{whose} AND EXISTS ({same})", one=one)
    entries = inquiry.entries(whose, one=one) if named else None
    says = (
        f"{f'{entries.count} mục của một điển hình' if entries else f'{begun.count} điển hình'}, in bằng guong history MÃ: "
        f"{unread.count} mục không đọc được, {vague.count} mục không xếp được theo thời gian"
    )
    return conclude(
        says, seen=entries.count if entries else begun.count, unclear=unread + vague, rests=entries or begun
    )


QUESTIONS = (
    AuditQuestion(
        "Q39", "Sổ có nguyên vẹn không, có mục nào thiếu, bị sửa không; xác minh lần cuối đến đâu?", _whole,
        source="nguyên tắc của sổ: chỉ ghi thêm, không sửa, không xóa", steps=("log_verified",), rules=("ask.verified",), narrowed=(),
    ),
    AuditQuestion(
        "Q40", "Tệp minh chứng có khớp mã băm đã ghi không, thiếu tệp nào?", _attached,
        source="nguyên tắc của sổ: minh chứng theo mã băm", steps=("document_attached",), rules=("ask.files", "ask.verified"), narrowed=(),
    ),
    AuditQuestion(
        "Q42", "Ai đã xem, đã xuất dữ liệu cá nhân, vì sao?", _readers, source="nguyên tắc của sổ: dữ liệu cá nhân được niêm phong",
        steps=("subject_registered",), narrowed=("unit",),
    ),
    AuditQuestion(
        "Q43", "Yêu cầu về dữ liệu cá nhân có được trả lời đúng hạn, việc xóa có đúng quy định không?", _requests,
        source="quyền của người có dữ liệu cá nhân; thời hạn giữ hồ sơ theo bộ quy tắc của kế hoạch", steps=(_REQUESTED, *_REPLIES),
        rules=("ask.request", "ask.request-replied", "core.asked", "core.erased", "core.paper"), needs=("law",), parameters=_Term,
        narrowed=("unit",),
    ),
    AuditQuestion(
        "Q49", "Có ai ghi vào giờ bất thường, nhân danh đơn vị khác hoặc sau khi thôi vai trò không?", _actors,
        source="nguyên tắc của sổ: ai ghi, với vai trò nào", rules=("core.acting", "core.role"), parameters=_Hours,
    ),
    AuditQuestion(
        "Q50", "Có in được toàn bộ quá trình của một điển hình theo thứ tự thời gian để lưu hồ sơ không?", _printable,
        source="kế hoạch: hồ sơ điển hình", steps=EXEMPLAR_STEPS, rules=("ask.vague",), parameters=_One,
    ),
)  # fmt: skip
