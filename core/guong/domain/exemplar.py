"""The exemplar: one subject in one field under one plan, and the steps of its life."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated, Any

import msgspec

from guong.domain.dates import order, span
from guong.domain.entry import Entry, Stored
from guong.domain.steps import Step
from guong.forms import ask

SOURCES = {
    "inspection": "kiểm tra, giám sát",
    "mass_media": "phương tiện thông tin đại chúng",
    "unit_coordination": "phối hợp giữa các đơn vị",
    "periodic_report": "báo cáo định kỳ",
    "ad_hoc_report": "báo cáo đột xuất",
    "movement_result": "kết quả phong trào thi đua",
}
SUPPORT = {
    "visit": "đi cơ sở",
    "policy": "đề xuất cơ chế, chính sách",
    "task": "giao nhiệm vụ",
    "target": "giao chỉ tiêu",
    "training": "tập huấn, hướng dẫn",
    "means": "hỗ trợ vốn, vật tư",
    "progress": "ghi tiến độ",
}
CHANNELS = {
    "website": "trang thông tin điện tử",
    "loudspeaker": "loa truyền thanh",
    "mass_media": "báo, đài",
    "speakers": "báo cáo viên, tuyên truyền viên",
    "study_visit": "tham quan học tập",
    "other": "kênh khác",
}
EFFECTS = {"clear": "hiệu quả rõ", "partial": "hiệu quả một phần", "none": "chưa hiệu quả"}
RESULTS = {"passed": "đạt", "failed": "không đạt", "referred": "đề nghị cấp trên", "lowered": "hạ mức"}
FINDINGS = {"met": "đạt", "not_met": "không đạt", "not_applicable": "không áp dụng"}
PURPOSES = {"reward": "đề nghị khen thưởng", "publicity": "để tuyên truyền"}
HONOURS = {
    "praise": "biểu dương",
    "recognition": "công nhận",
    "award": "khen thưởng",
    "proposal": "đề nghị cấp trên khen thưởng",
}
TARGETS = {"area": "địa bàn", "unit": "đơn vị", "subject": "đối tượng"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody noticed a subject in a field; from here on it is an exemplar being followed."""

    subject: Annotated[str, ask("Đối tượng", ref="subject")]
    field: Annotated[str, ask("Lĩnh vực", ref="field")]
    source: Annotated[str, ask("Nguồn phát hiện", choices=SOURCES)]
    achievement: Annotated[str, ask("Thành tích bước đầu", personal=True)]
    lead: Annotated[str, ask("Đơn vị chủ trì", ref="unit", help="để trống khi lĩnh vực chỉ có một đơn vị chủ trì")] = ""
    reference: Annotated[str, ask("Căn cứ phát hiện", personal=True, help="báo cáo, biên bản, bài báo nào")] = ""


class OfficerAssigned(msgspec.Struct, frozen=True, kw_only=True):
    """A named officer follows and supports the exemplar from now on."""

    officer: Annotated[str, ask("Cán bộ theo dõi", ref="officer")]
    task: Annotated[str, ask("Nhiệm vụ được giao", personal=True)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """The exemplar was helped along."""

    kind: Annotated[str, ask("Hình thức", choices=SUPPORT)]
    what: Annotated[str, ask("Nội dung", personal=True)]
    measure: Annotated[str, ask("Chỉ tiêu, đơn vị tính")] = ""
    value: Annotated[float | None, ask("Giá trị")] = None
    due: Annotated[str, ask("Thời hạn", type="date")] = ""


class ExperienceDocumented(msgspec.Struct, frozen=True, kw_only=True):
    """What it learnt was written down, to be copied by others."""

    title: Annotated[str, ask("Tên tài liệu", personal=True)]
    version: Annotated[str, ask("Lần viết")] = ""
    helper: Annotated[str, ask("Cán bộ hướng dẫn viết", ref="officer")] = ""


class Publicised(msgspec.Struct, frozen=True, kw_only=True):
    """It was told to the public."""

    channel: Annotated[str, ask("Kênh", choices=CHANNELS)]
    title: Annotated[str, ask("Tên tin, bài, buổi", personal=True)]
    level: Annotated[str, ask("Cấp của kênh")] = ""
    link: Annotated[str, ask("Đường dẫn, địa điểm", personal=True)] = ""
    audience: Annotated[int | None, ask("Số người tham dự", minimum=0)] = None
    consent: Annotated[bool | None, ask("Đối tượng đồng ý")] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """The unit took stock of what it brought."""

    effect: Annotated[str, ask("Hiệu quả", choices=EFFECTS)]
    findings: Annotated[str, ask("Nhận xét", personal=True)]
    since: Annotated[str, ask("Từ ngày", type="date")] = ""
    until: Annotated[str, ask("Đến ngày", type="date")] = ""
    lessons: Annotated[str, ask("Bài học", personal=True)] = ""


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """The head of the unit had it reviewed against the criteria."""

    result: Annotated[str, ask("Kết luận", choices=RESULTS)]
    criteria: Annotated[
        dict[str, str], ask("Đối chiếu tiêu chí", choices=FINDINGS, help="mã tiêu chí=met, not_met hoặc not_applicable")
    ] = msgspec.field(default_factory=dict)
    chair: Annotated[str, ask("Người chủ trì", ref="officer")] = ""
    present: Annotated[int | None, ask("Số người dự", minimum=0)] = None
    votes_for: Annotated[int | None, ask("Số phiếu đồng ý", minimum=0)] = None
    votes_against: Annotated[int | None, ask("Số phiếu không đồng ý", minimum=0)] = None
    standout: Annotated[str, ask("Điểm nổi trội, sức lan tỏa", personal=True)] = ""


class Introduced(msgspec.Struct, frozen=True, kw_only=True):
    """A letter introduced it to the authority above."""

    purpose: Annotated[str, ask("Mục đích", choices=PURPOSES)]
    to: Annotated[str, ask("Nơi nhận", ref="unit")]
    report: Annotated[bool | None, ask("Kèm báo cáo thành tích")] = None


class HonourDecided(msgspec.Struct, frozen=True, kw_only=True):
    """An authority decided to honour it."""

    kind: Annotated[str, ask("Loại", choices=HONOURS)]
    authority: Annotated[str, ask("Cấp quyết định", ref="unit")]
    form: Annotated[str, ask("Hình thức", help="tên hoặc mã hình thức khen thưởng")] = ""
    occasion: Annotated[str, ask("Dịp")] = ""
    money: Annotated[int | None, ask("Tiền thưởng (đồng)", minimum=0)] = None


class ReplicationStarted(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody like it began to do the same."""

    target_kind: Annotated[str, ask("Nhân rộng đến", choices=TARGETS)]
    unit: Annotated[str, ask("Tại đơn vị, địa bàn", ref="unit")]
    target: Annotated[str, ask("Nơi, người học theo", personal=True)]
    similar: Annotated[str, ask("Điểm tương đồng", personal=True)]


class ReplicationSucceeded(msgspec.Struct, frozen=True, kw_only=True):
    """A replication was checked and found to work."""

    start: Annotated[str, ask("Lần nhân rộng", ref="entry", help="mã mục ghi bắt đầu nhân rộng")]
    result: Annotated[str, ask("Kết quả", personal=True)]
    measure: Annotated[str, ask("Chỉ tiêu, đơn vị tính")] = ""
    value: Annotated[float | None, ask("Giá trị")] = None


STEPS = (
    Step("discovered", "Phát hiện", "exemplar", Discovered, "{subject}; nguồn: {source}; {achievement}",
         starts=True, names=("subject", "field")),
    Step("officer_assigned", "Phân công cán bộ theo dõi", "exemplar", OfficerAssigned, "{officer} {task}"),
    Step("supported", "Hỗ trợ, bồi dưỡng", "exemplar", Supported, "{kind}: {what}"),
    Step("experience_documented", "Viết lại kinh nghiệm", "exemplar", ExperienceDocumented, "{title}"),
    Step("publicised", "Tuyên truyền", "exemplar", Publicised, "{channel}: {title}"),
    Step("assessed", "Tổng kết, đánh giá", "exemplar", Assessed, "{effect}: {findings}", value="effect"),
    Step("reviewed", "Bình xét", "exemplar", Reviewed, "{result}", value="result", paper=True),
    Step("introduced", "Giới thiệu", "exemplar", Introduced, "{purpose}, gửi {to}", value="purpose", paper=True),
    Step("honour_decided", "Quyết định tôn vinh, khen thưởng", "exemplar", HonourDecided, "{kind} {form}, {authority}",
         mark="honoured", value="kind", paper=True),
    Step("replication_started", "Bắt đầu nhân rộng", "exemplar", ReplicationStarted, "{target} ({unit})"),
    Step("replication_succeeded", "Nhân rộng đạt", "exemplar", ReplicationSucceeded, "{result}", mark="replicated"),
)  # fmt: skip
_BY_KEY = {step.key: step for step in STEPS}


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a step has been taken: when it last happened, with what value, and how often.

    Attributes:
        on: When it last happened (not: was last recorded).
        position: The log position of that entry.
        first: When it first happened.
        seen: Every value it ever had, with when it first had it.
    """

    on: str
    position: int
    first: str
    value: str | None = None
    count: int = 1
    seen: dict[str, str] = msgspec.field(default_factory=dict)


class Exemplar(msgspec.Struct, frozen=True, kw_only=True):
    """An exemplar as known now.

    Attributes:
        part: Which part of the field's quota it belongs to (a school level, say); empty when the field has no parts.
        declaration: The hash of the field declaration that judged its discovery.
        marks: Mark name to mark; the order of entries does not matter, only when things happened.
        officer: Who follows it now.
        starts: Entry ids of its replications.
        details: The field's details at discovery.
    """

    id: str
    plan: str
    field: str
    declaration: str
    subject: str
    lead: str
    unit: str
    part: str = ""
    officer: str | None = None
    marks: dict[str, Mark] = msgspec.field(default_factory=dict)
    starts: tuple[str, ...] = ()
    details: dict[str, Any] = msgspec.field(default_factory=dict)


def evolve(state: Exemplar | None, stored: Stored) -> Exemplar | None:
    """Take in one entry of an exemplar's stream; the result is the same in whatever order entries come."""
    entry = stored.entry
    if entry is None or entry.step not in _BY_KEY:
        return state
    if state is None:
        if entry.step != "discovered" or entry.field is None:
            return None
        state = _discovered(stored, entry)
    step = _BY_KEY[entry.step]
    mark = _mark(
        state.marks.get(step.mark), stored, entry.occurred_on, entry.data.get(step.value) if step.value else None
    )
    changes: dict[str, Any] = {"marks": {**state.marks, step.mark: mark}}
    if entry.step == "officer_assigned" and mark.position == stored.position:
        changes["officer"] = entry.data["officer"]
    if entry.step == "replication_started":
        changes["starts"] = (*state.starts, entry.id)
    return msgspec.structs.replace(state, **changes)


def _discovered(stored: Stored, entry: Entry) -> Exemplar:
    assert entry.field is not None  # noqa: S101 - the caller has looked; this is for the type checker
    return Exemplar(
        id=stored.stream, plan=entry.plan or "", field=entry.field.key, declaration=entry.field.declaration,
        subject=entry.data["subject"], lead=entry.data["lead"], unit=entry.unit, part=entry.data.get("part", ""),
        details=entry.field.details,
    )  # fmt: skip


def _mark(before: Mark | None, stored: Stored, on: str, value: str | None) -> Mark:
    if before is None:
        return Mark(on=on, position=stored.position, first=on, value=value, seen={value: on} if value else {})
    # Of two dates that begin together the more precise one comes first: its last day is the earlier one.
    first, seen = min(before.first, on, key=span), before.seen
    if value:
        seen = {**seen, value: min(seen.get(value, on), on, key=span)}
    if (order(on), stored.position) >= (order(before.on), before.position):
        return Mark(on=on, position=stored.position, first=first, value=value, count=before.count + 1, seen=seen)
    return msgspec.structs.replace(before, first=first, count=before.count + 1, seen=seen)


def stage(state: Exemplar) -> str:
    """Return the mark that happened last, by the order of the table of steps among marks of one day."""
    ranks = {step.mark: rank for rank, step in enumerate(STEPS)}
    return max(state.marks, key=lambda mark: (ranks[mark], order(state.marks[mark].on)))
