"""Steps of evaluation and review: stock is taken, criteria are looked at, votes and opinions are given, a result is reached."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step, Within
from guong.forms import ask

EFFECTS = {"clear": "hiệu quả rõ", "partial": "hiệu quả một phần", "none": "chưa hiệu quả"}
RESULTS = {"passed": "đạt", "failed": "không đạt", "referred": "đề nghị cấp trên", "lowered": "hạ mức"}
FINDINGS = {"met": "đạt", "not_met": "không đạt", "not_applicable": "không áp dụng"}
VOTES = {"for": "đồng ý", "against": "không đồng ý", "lower": "hạ mức", "abstain": "không biểu quyết"}


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """The unit took stock of what it brought."""

    effect: Annotated[str, ask("Hiệu quả", choices=EFFECTS)]
    findings: Annotated[str, ask("Nhận xét", personal=True)]
    since: Annotated[str, ask("Từ ngày", type="date")] = ""
    until: Annotated[str, ask("Đến ngày", type="date")] = ""
    lessons: Annotated[str, ask("Bài học", personal=True)] = ""


class CriterionAssessed(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion was looked at by itself, before the review."""

    criterion: Annotated[str, ask("Mã tiêu chí")]
    finding: Annotated[str, ask("Nhận định", choices=FINDINGS)]
    grounds: Annotated[str, ask("Căn cứ nhận định", personal=True)] = ""


class VoteCast(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the meeting voted on it."""

    meeting: Annotated[str, ask("Cuộc họp", ref="meeting")]
    member: Annotated[str, ask("Thành viên", ref="officer")]
    vote: Annotated[str, ask("Biểu quyết", choices=VOTES)]


class OpinionInvited(msgspec.Struct, frozen=True, kw_only=True):
    """People were asked what they think of it."""

    of: Annotated[str, ask("Lấy ý kiến của ai")]
    since: Annotated[str, ask("Từ ngày", type="date")] = ""
    until: Annotated[str, ask("Đến ngày", type="date")] = ""
    channel: Annotated[str, ask("Cách lấy ý kiến")] = ""


class OpinionReceived(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody said what he thinks of it."""

    objects: Annotated[bool, ask("Là phản ánh, khiếu nại")]
    content: Annotated[str, ask("Nội dung ý kiến", personal=True)]
    from_whom: Annotated[str, ask("Người nêu ý kiến", personal=True)] = ""
    channel: Annotated[str, ask("Nhận qua đâu")] = ""


class OpinionAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """An opinion was answered."""

    opinion: Annotated[str, ask("Ý kiến được trả lời", ref="entry")]
    answer: Annotated[str, ask("Trả lời", personal=True)]
    upheld: Annotated[bool | None, ask("Phản ánh đúng")] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """The head of the unit had it reviewed against the criteria."""

    result: Annotated[str, ask("Kết luận", choices=RESULTS)]
    criteria: Annotated[
        dict[str, str], ask("Đối chiếu tiêu chí", choices=FINDINGS, help="mã tiêu chí=met, not_met hoặc not_applicable")
    ] = msgspec.field(default_factory=dict)
    meeting: Annotated[str, ask("Cuộc họp", ref="meeting")] = ""
    chair: Annotated[str, ask("Người chủ trì", ref="officer")] = ""
    present: Annotated[int | None, ask("Số người dự", minimum=0)] = None
    votes_for: Annotated[int | None, ask("Số phiếu đồng ý", minimum=0)] = None
    votes_against: Annotated[int | None, ask("Số phiếu không đồng ý", minimum=0)] = None
    standout: Annotated[str, ask("Điểm nổi trội, sức lan tỏa", personal=True)] = ""


STEPS = (
    Step("assessed", "Tổng kết, đánh giá", "exemplar", Assessed, "{effect}: {findings}", value="effect"),
    Step("criterion_assessed", "Đối chiếu một tiêu chí", "exemplar", CriterionAssessed, "{criterion}: {finding}"),
    Step("vote_cast", "Biểu quyết", "exemplar", VoteCast, "{member}: {vote}"),
    Step("opinion_invited", "Lấy ý kiến", "exemplar", OpinionInvited, "{of}"),
    Step("opinion_received", "Nhận ý kiến, phản ánh", "exemplar", OpinionReceived, "{content}", opens="opinion"),
    Step("opinion_answered", "Trả lời ý kiến, phản ánh", "exemplar", OpinionAnswered, "{opinion}: {answer}",
         within=Within("opinion", "opinion", after=("opinion_received",))),
    Step("reviewed", "Bình xét", "exemplar", Reviewed, "{result}", value="result", paper=True),
)  # fmt: skip
