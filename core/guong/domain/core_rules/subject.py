"""Rules of subjects: merged and split as people say, linked sensibly, erased only when it was asked and may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK
from guong.domain.dates import not_after, show
from guong.domain.privacy import RIGHTS
from guong.domain.rules import Rule
from guong.domain.subject import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case

_LINKS = {
    "head": ("person", "household"),
    "member": ("person", "household"),
    "model_of": ("model", ""),
    "represents": ("person", ""),
}
"""Relation to the kinds it joins; empty for any."""


def _merge(case: Case) -> Iterator[dict[str, Any]]:
    other = case.facts.subject(case.data["other"])
    if other is None or case.state is None:
        return
    if other.id == case.state.id:
        yield {"fault": "không gộp đối tượng với chính nó"}
    elif other.into or case.state.into:
        yield {"fault": "một trong hai đã được gộp vào đối tượng khác"}
    elif other.absorbed:  # else those would count as somebody who counts as somebody else
        yield {"fault": f"{other.id[:8]} đã gộp đối tượng khác; gộp vào nó, hoặc tách ra trước"}
    elif other.kind != case.state.kind:
        yield {"fault": f"hai loại khác nhau: {KINDS[case.state.kind]}, {KINDS[other.kind]}"}


def _unmerge(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is not None and case.data["other"] not in case.state.absorbed:
        yield {"other": case.data["other"][:8]}


def _alike(case: Case) -> Iterator[dict[str, Any]]:
    found = case.facts.alike(case.data.get("kind", ""), case.personal)
    if found:
        yield {"count": len(found), "subjects": ", ".join(one[:8] for one in found[:5])}


def _link(case: Case) -> Iterator[dict[str, Any]]:
    wanted = _LINKS.get(case.data["relation"], ("", ""))
    to = case.facts.subject(case.data["to"])
    for subject, kind in ((case.state, wanted[0]), (to, wanted[1])):
        if subject and kind and subject.kind != kind:
            yield {"kind": KINDS.get(subject.kind, subject.kind), "wanted": KINDS[kind]}


def _period(case: Case) -> Iterator[dict[str, Any]]:
    if not_after(case.data["since"], case.data["until"]) is False:
        yield {"since": show(case.data["since"]), "until": show(case.data["until"])}


def _guardian(case: Case) -> Iterator[dict[str, Any]]:
    if case.data.get("given_by") == "guardian" and not case.personal.get("guardian"):
        yield {}


def _erased(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is not None and case.state.erased == "all":
        yield {}


def _asked(case: Case) -> Iterator[dict[str, Any]]:
    named = case.data.get("request")
    request = case.state.of_kind("request").get(named) if case.state and named else None
    right = request.answers["right"] if request else ""
    if named and right not in ("erase", "withdraw"):
        yield {"right": f"là {RIGHTS[right]}" if right else "không có trong dòng ghi này"}


RULES: tuple[Rule, ...] = (
    Rule("core.merge", "Chỉ gộp hai đối tượng cùng loại, chưa gộp vào đâu", _merge, steps=("subjects_merged",), culprit="other",
         source=BOOK, says="{fault}", fix="xem bằng guong subject show"),
    Rule("core.unmerge", "Chỉ tách điều đã gộp", _unmerge, steps=("subject_unmerged",), culprit="other", source=BOOK,
         says="{other} chưa được gộp vào đối tượng này", fix="xem bằng guong subject show"),
    Rule("core.alike", "Có thể trùng thì để người xem và gộp", _alike, steps=("subject_registered",), refuses=False, source=BOOK,
         says="có thể trùng với {count} đối tượng đã có ({subjects}); nếu đúng là một, gộp bằng guong subject merge"),
    Rule("core.link", "Quan hệ phải hợp với loại đối tượng", _link, steps=("subject_linked",), culprit="to", source=BOOK,
         says="quan hệ này cần {wanted}, đây là {kind}", fix="chọn quan hệ hoặc đối tượng khác"),
    Rule("core.period", "Thành tích bắt đầu trước khi kết thúc", _period, steps=("achievement_recorded",), culprit="until", source=BOOK,
         says="đến {until}, trước {since}", fix="xem lại hai ngày"),
    Rule("core.guardian", "Người giám hộ đồng ý thì phải biết là ai", _guardian, steps=("consent_recorded",), culprit="guardian",
         source=BOOK, says="chưa nêu người giám hộ", fix="nêu họ tên (được niêm phong)"),
    Rule("core.erased", "Dữ liệu đã xóa thì không xóa lần nữa", _erased, steps=("personal_data_erased",), source=BOOK,
         says="mọi dữ liệu cá nhân đã bị xóa", fix="xem bằng guong subject show"),
    Rule("core.asked", "Xóa theo yêu cầu thì yêu cầu phải là xóa", _asked, steps=("personal_data_erased",), culprit="request",
         source=BOOK, says="yêu cầu này {right}, không phải xóa", fix="nêu đúng yêu cầu, hoặc để trống"),
)  # fmt: skip
