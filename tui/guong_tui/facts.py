"""A state as labelled facts, so that two of them can stand side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from guong.domain.dates import show
from guong.domain.exemplar import Exemplar, stage
from guong.domain.finding import ENDS, SEVERITIES
from guong.domain.life import Life, Mark
from guong.domain.meeting import Meeting
from guong.domain.officer import Officer
from guong.domain.plan import Plan
from guong.domain.review import FINDINGS
from guong.domain.streams import STEPS, THEMES
from guong.domain.subject import KINDS, Subject
from guong.domain.unit import Unit
from guong_tui.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.telling import Teller

Facts = dict[tuple[str, ...], tuple[str, str]]
"""What is known, in the order it is shown: a key that two states share, a label, a text."""


class Difference(NamedTuple):
    """One line of a comparison: `sign` is `+`, `-`, `~` or a blank."""

    sign: str
    label: str
    before: str
    after: str


def compare(before: Facts, after: Facts) -> list[Difference]:
    """Return two states side by side, in the order of the later one; what is gone stands where it stood."""
    lines = []
    for key in _merged(list(before), list(after)):
        old, new = before.get(key), after.get(key)
        label = (new or old or ("", ""))[0]
        sign = "+" if old is None else "-" if new is None else " " if old == new else "~"
        lines.append(Difference(sign, label, old[1] if old else "", new[1] if new else ""))
    return lines


def _merged(before: list[Any], after: list[Any]) -> list[Any]:
    """Return the keys of both: those of `after` in order, each that only `before` has behind the one it followed."""
    merged = list(after)
    for number, key in enumerate(before):
        if key not in after:
            at = merged.index(before[number - 1]) + 1 if number and before[number - 1] in merged else 0
            merged.insert(at, key)
    return merged


def facts(state: Any, teller: Teller) -> Facts:
    """Return what a state says, in words; nothing where there is no state."""
    if state is None:
        return {}
    told: dict[type[Any], Any] = {
        Exemplar: _exemplar, Subject: _subject, Unit: _unit, Officer: _officer, Plan: _plan, Meeting: _meeting,
    }  # fmt: skip
    tell = told.get(type(state))
    known: Facts = dict(tell(state, teller)) if tell else {}
    if isinstance(state, Life):
        known |= dict(_life(state))
    return {key: (label, inert(text)) for key, (label, text) in known.items() if text}


@cache
def mark_title(name: str) -> str:
    """Return the Vietnamese name of a mark: that of the step which leaves it."""
    return next((STEPS[key].title for key in THEMES if name in (key, STEPS[key].mark)), name)


def mark_text(name: str, mark: Mark) -> str:
    """Return a mark in words: when, how often, with what value."""
    step = next((STEPS[key] for key in THEMES if name in (key, STEPS[key].mark)), None)
    question = next((one for one in step.questions if one.key == step.value), None) if step else None
    value = question.choices.get(mark.value, mark.value) if question and mark.value else mark.value or ""
    times = f" ({mark.count} lần)" if mark.count > 1 else ""
    return f"{show(mark.on)}{times}" + (f": {value}" if value else "")


def _life(state: Life) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    ranks = {name: rank for rank, key in enumerate(THEMES) for name in (key,)}
    standing = state.standing()
    own = {name for thread in state.threads.values() for name in thread.marks}
    for name in sorted(standing, key=lambda one: ranks.get(one, len(ranks))):
        if name not in own:
            yield ("mark", name), (mark_title(name), mark_text(name, standing[name]))
    for id_, thread in sorted(state.threads.items(), key=lambda pair: pair[1].position):
        for name, mark in thread.standing().items():
            yield ("thread", id_, name), (f"#{thread.position} {mark_title(name)}", mark_text(name, mark))


def _exemplar(state: Exemplar, teller: Teller) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    yield ("stage",), ("Đang ở bước", mark_title(stage(state)) if state.standing() else "")
    yield ("lead",), ("Chủ trì", teller.unit(state.lead))
    yield ("part",), ("Phần", state.part)
    yield ("officer",), ("Theo dõi", teller.officer(state.officer))
    for id_, found in state.findings.items():
        yield ("finding", id_), (f"Tiêu chí {id_}", f"{FINDINGS.get(found.finding, found.finding)}, {show(found.on)}")


def _subject(state: Subject, teller: Teller) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    yield ("name",), ("Tên", teller.name(state.id))
    yield ("kind",), ("Loại", KINDS.get(state.kind, state.kind))
    yield ("unit",), ("Địa bàn", teller.unit(state.unit))
    yield ("into",), ("Gộp vào", teller.name(state.into) if state.into else "")
    yield ("absorbed",), ("Đã gộp", "; ".join(teller.name(one) for one in state.absorbed))
    for relation, other in state.links:
        yield ("link", relation, other), ("Liên kết", f"{relation} {teller.name(other)}")
    for title, years in state.titles.items():
        yield ("title", title), (title, ", ".join(str(year) for year in sorted(years)))
    for number, change in enumerate(state.changes):
        yield ("change", str(number)), ("Thay đổi", f"{change.change}, {show(change.on)}")
    yield ("erased",), ("Đã xóa", {"contact": "cách liên lạc", "all": "toàn bộ"}.get(state.erased, ""))


def _unit(state: Unit, teller: Teller) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    for since, name in state.names:
        yield ("name", since), (f"Tên từ {show(since)}", name)
    for since, code in state.codes:
        yield ("code", since), (f"Mã từ {show(since)}", code)
    yield ("gone",), ("Kết thúc từ", show(state.gone) if state.gone else "")
    for number, heir in enumerate(state.heirs):
        yield (
            ("heir", str(number)),
            (f"Kế thừa từ {show(heir.on)}", f"{teller.unit(heir.unit)} {'; '.join(heir.duties)}"),
        )


def _officer(state: Officer, teller: Teller) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    yield ("name",), ("Tên", teller.name(state.id))
    yield ("post",), ("Chức danh", f"{state.post} {teller.unit(state.unit)}")
    for number, role in enumerate(state.roles):
        yield ("role", str(number)), (f"Vai trò {role.role}", f"{teller.unit(role.unit)}, {_term(role)}")
    for number, office in enumerate(state.offices):
        yield ("office", str(number)), (f"Chức vụ {office.post}", f"{teller.unit(office.unit)}, {_term(office)}")


def _term(term: Any) -> str:
    ends = f"đến {show(term.until)}" if term.until else ""
    return " ".join(
        part for part in (f"từ {show(term.since)}", ends, f"thôi từ {show(term.gone)}" if term.gone else "") if part
    )


def _plan(state: Plan, teller: Teller) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    yield ("title",), ("Kế hoạch", state.declared.title)
    for field in state.fields:
        yield ("field", field), ("Đã mở", teller.field(state.key, field))
    for key, quota in state.quotas.items():
        yield ("quota", key), (f"Chỉ tiêu {key}", f"{quota.number} {quota.text}")
    for key, deadline in state.deadlines.items():
        yield ("deadline", key), (f"Thời hạn {deadline.title}", show(deadline.due) if deadline.due else "chưa ấn định")
    for number, done in enumerate(state.done):
        yield (
            ("duty", str(number)),
            (f"Nhiệm vụ {done.duty}", f"{teller.unit(done.body)}: {done.what}, {show(done.on)}"),
        )
    yield ("closed",), ("Kết thúc từ", show(state.closed) if state.closed else "")


def _meeting(state: Meeting, teller: Teller) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    yield ("body",), ("Họp", teller.unit(state.body))
    yield ("on",), ("Ngày họp", show(state.on))
    for one in state.members:
        yield ("member", one), ("Mời", teller.officer(one))
    for one in state.present:
        yield ("present", one), ("Có mặt", teller.officer(one))
    for conflict in state.conflicts:
        kept = "đã tránh" if conflict.recused else "không tránh"
        told = f"{teller.officer(conflict.member)}: {conflict.conflict}, {kept}"
        yield ("conflict", conflict.member, conflict.exemplar), ("Xung đột", told)
    yield ("signed",), ("Ký biên bản", show(state.signed) if state.signed else "")


def finding_words(severity: str) -> str:
    """Return how serious a finding is, or how it ended, in words."""
    return SEVERITIES.get(severity) or ENDS.get(severity, severity)
