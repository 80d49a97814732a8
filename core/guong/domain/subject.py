"""Subjects: the people, households, collectives and models that exemplars are."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Entry, Stored
from guong.domain.life import Life, take
from guong.domain.steps import Kind, Step, Within
from guong.domain.streams import STEPS as TABLE
from guong.forms import ask

KINDS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể", "model": "mô hình"}
RELATIONS = {
    "head": "là chủ hộ, người đứng đầu của",
    "member": "là thành viên của",
    "model_of": "là mô hình của",
    "represents": "là người đại diện của",
}
CHANGES = {
    "renamed": "đổi tên",
    "contact": "đổi cách liên lạc",
    "moved": "chuyển đơn vị, nơi ở",
    "left": "thôi công tác",
    "died": "qua đời",
}
STANDINGS = {
    "discipline": "đang xem xét kỷ luật",
    "investigation": "đang bị điều tra",
    "inspection": "đang bị thanh tra, kiểm tra",
    "complaint": "có khiếu nại, tố cáo đang giải quyết",
    "press": "báo chí nêu, đang xác minh",
}
OUTCOMES = {"cleared": "không có vi phạm", "disciplined": "bị kỷ luật", "other": "kết thúc cách khác"}


class SubjectRegistered(msgspec.Struct, frozen=True, kw_only=True):
    """A subject enters the book, under a random id and a key of its own."""

    kind: Annotated[str, ask("Loại đối tượng", choices=KINDS)]
    name: Annotated[str, ask("Họ tên hoặc tên gọi", personal=True)]
    unit: Annotated[str, ask("Thuộc đơn vị, địa bàn", ref="unit")]
    of: Annotated[str, ask("Mô hình của đối tượng", ref="subject", help="đối tượng làm ra mô hình")] = ""
    officer: Annotated[str, ask("Cũng là cán bộ trong sổ", ref="officer", help="mã cán bộ, nếu có")] = ""
    head: Annotated[str, ask("Chủ hộ hoặc người đứng đầu", personal=True)] = ""
    born: Annotated[str, ask("Ngày sinh", type="date", personal=True)] = ""
    address: Annotated[str, ask("Địa chỉ", personal=True, contact=True)] = ""
    phone: Annotated[str, ask("Điện thoại", personal=True, contact=True)] = ""
    about: Annotated[str, ask("Giới thiệu", personal=True)] = ""


class SubjectLinked(msgspec.Struct, frozen=True, kw_only=True):
    """Two subjects belong together: a household and its head, a model and who made it."""

    relation: Annotated[str, ask("Quan hệ", choices=RELATIONS)]
    to: Annotated[str, ask("Với đối tượng", ref="subject")]


class SubjectChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Something about the subject is different from a day on."""

    change: Annotated[str, ask("Thay đổi", choices=CHANGES)]
    moved_to: Annotated[str, ask("Đơn vị, địa bàn mới", ref="unit")] = ""
    name: Annotated[str, ask("Tên mới", personal=True)] = ""
    address: Annotated[str, ask("Địa chỉ mới", personal=True, contact=True)] = ""
    phone: Annotated[str, ask("Điện thoại mới", personal=True, contact=True)] = ""


class SubjectsMerged(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody found that another subject of the book is this same one."""

    other: Annotated[str, ask("Đối tượng trùng", ref="subject")]


class SubjectMergedInto(msgspec.Struct, frozen=True, kw_only=True):
    """The other side of a merge: this subject counts as another one."""

    into: Annotated[str, ask("Gộp vào đối tượng", ref="subject")]


class SubjectUnmerged(msgspec.Struct, frozen=True, kw_only=True):
    """A merge was a mistake: the other is somebody else after all."""

    other: Annotated[str, ask("Đối tượng được tách ra", ref="subject")]


class SubjectSplitOff(msgspec.Struct, frozen=True, kw_only=True):
    """The other side of a merge taken back: this subject stands by itself again."""

    out_of: Annotated[str, ask("Tách khỏi đối tượng", ref="subject")]


class TitleEvidenced(msgspec.Struct, frozen=True, kw_only=True):
    """It was shown that the subject held a title in a year."""

    title: Annotated[str, ask("Danh hiệu", help="như một danh hiệu hằng năm của hộ")]
    year: Annotated[int, ask("Năm", minimum=1900, maximum=2200)]


class AchievementRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """What was achieved, with its period; one achievement, one reward."""

    what: Annotated[str, ask("Thành tích", personal=True)]
    since: Annotated[str, ask("Từ ngày", type="date", required=True)]
    until: Annotated[str, ask("Đến ngày", type="date", required=True)]
    measure: Annotated[str, ask("Chỉ tiêu, đơn vị tính")] = ""
    value: Annotated[float | None, ask("Giá trị")] = None


class StandingFlagged(msgspec.Struct, frozen=True, kw_only=True):
    """Something is pending against the subject; until it is cleared nothing is decided in its honour."""

    kind: Annotated[str, ask("Việc đang xem xét", choices=STANDINGS)]
    about: Annotated[str, ask("Nội dung", personal=True)] = ""


class StandingCleared(msgspec.Struct, frozen=True, kw_only=True):
    """What was pending has ended."""

    flag: Annotated[str, ask("Việc đã nêu", ref="entry")]
    outcome: Annotated[str, ask("Kết quả", choices=OUTCOMES)]
    until: Annotated[str, ask("Hết thời hạn kỷ luật", type="date")] = ""


STEPS = (
    Step("subject_registered", "Ghi đối tượng vào sổ", "subject", SubjectRegistered, "{name} ({kind}, {unit})", starts=True),
    Step("subject_linked", "Liên kết đối tượng", "subject", SubjectLinked, "{relation} {to}"),
    Step("subject_changed", "Đối tượng thay đổi", "subject", SubjectChanged, "{change} {name} {moved_to}", value="change"),
    Step("subjects_merged", "Gộp đối tượng trùng", "subject", SubjectsMerged, "{other}", reason=True,
         echo=("subject_merged_into", "other"), final="tách lại bằng subject_unmerged"),
    Step("subject_merged_into", "Được gộp vào đối tượng khác", "subject", SubjectMergedInto, "{into}", by_hand=False),
    Step("subject_unmerged", "Tách đối tượng đã gộp", "subject", SubjectUnmerged, "{other}", reason=True,
         echo=("subject_split_off", "other"), final="gộp lại bằng subjects_merged"),
    Step("subject_split_off", "Được tách ra", "subject", SubjectSplitOff, "{out_of}", by_hand=False),
    Step("title_evidenced", "Minh chứng danh hiệu", "subject", TitleEvidenced, "{title} {year}", paper=True),
    Step("achievement_recorded", "Ghi nhận thành tích", "subject", AchievementRecorded, "{what} ({since} – {until})",
         opens="achievement"),
    Step("standing_flagged", "Đang xem xét kỷ luật, khiếu nại", "subject", StandingFlagged, "{kind} {about}", value="kind",
         opens="standing", lifted_by=("standing_cleared",)),
    Step("standing_cleared", "Kết thúc xem xét", "subject", StandingCleared, "{outcome}", value="outcome",
         within=Within("flag", "standing", ("standing_flagged",))),
)  # fmt: skip


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change of the subject: what, from when, and the unit that was left."""

    change: str
    on: str
    left: str = ""


class Subject(Life, frozen=True, kw_only=True):
    """A subject as known now; who it is, is in `sealed` (see `Entry.sealed`), how to reach it in `contact`.

    Attributes:
        into: The subject it has been merged into, None while it stands by itself.
        absorbed: Subjects that have been merged into it.
        links: Relation and subject, as recorded.
        titles: Title to the years it was held, each with the position of the entry that shows it.
        changes: What changed, in the order of recording.
        erased: What has been erased: empty, `contact` or `all`.
    """

    kind: str
    unit: str
    commitment: str
    contact_commitment: str = ""
    of: str | None = None
    officer: str = ""
    sealed: str = ""
    contact: str = ""
    into: str | None = None
    absorbed: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    titles: dict[str, dict[int, int]] = msgspec.field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    erased: str = ""

    def since(self, change: str) -> str | None:
        """Return when a change last happened, None when it never did."""
        return next((one.on for one in reversed(self.changes) if one.change == change), None)


def contact_owner(subject: str) -> str:
    """Return under whose key a subject's contact data is sealed: a key beside its own, which can be destroyed alone."""
    return f"{subject}/contact"


def erased_owners(subject: str, scope: str) -> list[str]:
    """Return whose keys are destroyed when a subject's data is erased: all of it, or only how to reach it."""
    return [contact_owner(subject), *([subject] if scope == "all" else [])]


def evolve(state: Subject | None, stored: Stored) -> Subject | None:
    """Take in one entry of a subject's stream."""
    entry = stored.entry
    step = TABLE.get(entry.step) if entry else None
    if entry is None or step is None or step.stream != "subject":
        return state
    if entry.step == "subject_registered":
        state = _registered(stored, entry)
    if state is None:
        return None
    state = take(state, step, stored)
    change = _CHANGES.get(entry.step)
    return change(state, stored, entry) if change else state


def _registered(stored: Stored, entry: Entry) -> Subject:
    data = entry.data
    return Subject(
        id=stored.stream, kind=data["kind"], unit=data["unit"], commitment=data["commitment"],
        contact_commitment=data.get("contact_commitment", ""), of=data.get("of"), officer=data.get("officer", ""),
        sealed=entry.sealed.get(stored.stream, ""), contact=entry.sealed.get(contact_owner(stored.stream), ""),
    )  # fmt: skip


def _changed(state: Subject, stored: Stored, entry: Entry) -> Subject:
    moved = entry.data.get("moved_to")
    change = Change(
        change=entry.data["change"], on=entry.effective_on or entry.occurred_on, left=state.unit if moved else ""
    )
    owner = contact_owner(stored.stream)
    return msgspec.structs.replace(
        state, changes=(*state.changes, change), unit=moved or state.unit,
        sealed=_laid_over(state.sealed, entry.sealed.get(stored.stream)), contact=_laid_over(state.contact, entry.sealed.get(owner)),
    )  # fmt: skip


def _laid_over(before: str, more: str | None) -> str:
    return ".".join(part for part in (before, more) if part)


def _linked(state: Subject, _: Stored, entry: Entry) -> Subject:
    return msgspec.structs.replace(state, links=(*state.links, (entry.data["relation"], entry.data["to"])))


def _merged(state: Subject, _: Stored, entry: Entry) -> Subject:
    return msgspec.structs.replace(state, absorbed=(*state.absorbed, entry.data["other"]))


def _unmerged(state: Subject, _: Stored, entry: Entry) -> Subject:
    return msgspec.structs.replace(state, absorbed=tuple(one for one in state.absorbed if one != entry.data["other"]))


def _into(state: Subject, _: Stored, entry: Entry) -> Subject:
    return msgspec.structs.replace(state, into=entry.data["into"])


def _split(state: Subject, _: Stored, __: Entry) -> Subject:
    return msgspec.structs.replace(state, into=None)


def _titled(state: Subject, stored: Stored, entry: Entry) -> Subject:
    years = {**state.titles.get(entry.data["title"], {}), entry.data["year"]: stored.position}
    return msgspec.structs.replace(state, titles={**state.titles, entry.data["title"]: years})


def _erased(state: Subject, _: Stored, entry: Entry) -> Subject:
    scope = "all" if "all" in (state.erased, entry.data["scope"]) else "contact"
    return msgspec.structs.replace(state, erased=scope)


_CHANGES = {
    "subject_changed": _changed, "subject_linked": _linked, "subjects_merged": _merged, "subject_unmerged": _unmerged,
    "subject_merged_into": _into, "subject_split_off": _split, "title_evidenced": _titled, "personal_data_erased": _erased,
}  # fmt: skip

KIND = Kind("đối tượng", Subject, evolve)
