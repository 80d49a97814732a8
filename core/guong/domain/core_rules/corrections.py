"""Rules of corrections: only what counts is corrected or voided, never what names a stream, and after sending off only with approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK
from guong.domain.corrections import effective, voided
from guong.domain.rules import Rule
from guong.domain.streams import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case

_SENT = ("introduced", "dossier_submitted")
_BOTH = ("entry_corrected", "entry_voided")


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
    elif wanted.step in STEPS and STEPS[wanted.step].final:
        yield {
            "entry": wanted.id[:8],
            "why": f"({STEPS[wanted.step].title}) không hủy, không sửa được: {STEPS[wanted.step].final}",
        }
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


def _approval(case: Case) -> Iterator[dict[str, Any]]:
    stored = case.facts.entries(case.stream)
    entries = {one.entry.id: one for one in stored if one.entry}
    wanted = entries.get(case.data.get("entry", ""))
    while wanted and wanted.entry and wanted.entry.step in _BOTH:  # undoing a correction changes what it corrected
        wanted = entries.get(wanted.entry.data["entry"])
    sent = [one for one in effective(stored) if one.entry and one.entry.step in _SENT]
    later = [one for one in sent if wanted and one.position >= wanted.position]
    if later and case.data.get("approved_by") in (None, "", case.by):
        entry = later[0].entry
        yield {"step": STEPS[entry.step].title if entry else "", "position": later[0].position}


RULES: tuple[Rule, ...] = (
    Rule("core.target", "Chỉ sửa, hủy mục ghi đang có hiệu lực", _target, steps=_BOTH, culprit="entry", source=BOOK,
         says="mục {entry} {why}"),
    Rule("core.first", "Không hủy mục mở đầu mà điều khác còn dựa vào", _first, steps=("entry_voided",), culprit="entry", source=BOOK,
         says="đây là mục mở đầu, {why}", fix="đính chính thay vì hủy"),
    Rule("core.identity", "Điều đặt tên cho một dòng ghi không bao giờ đổi", _identity, steps=("entry_corrected",), culprit="set",
         source=BOOK, says="{title} không đổi được, vì các mục khác dựa vào nó", fix="ghi vào sổ một mục mới"),
    Rule("core.approval", "Sửa, hủy sau khi hồ sơ đã gửi đi phải có người khác duyệt", _approval, steps=_BOTH, culprit="approved_by",
         source=BOOK, says="hồ sơ đã gửi đi: {step} (#{position})", fix="nêu người duyệt (approved_by) khác người ghi"),
)  # fmt: skip
