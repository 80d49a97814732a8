"""Steps of the dossier: an exemplar is introduced by letter, its papers go up, come back, are completed and appraised."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step, Within
from guong.forms import ask

PURPOSES = {"reward": "đề nghị khen thưởng", "publicity": "để tuyên truyền"}
DOSSIERS = {
    "introduction": "giới thiệu điển hình",
    "reward": "đề nghị khen thưởng",
    "simplified": "đề nghị khen thưởng rút gọn",
}
APPRAISALS = {"eligible": "đủ điều kiện", "not_eligible": "không đủ điều kiện", "incomplete": "hồ sơ chưa đủ"}


class Introduced(msgspec.Struct, frozen=True, kw_only=True):
    """A letter introduced it to the authority above."""

    purpose: Annotated[str, ask("Mục đích", choices=PURPOSES)]
    to: Annotated[str, ask("Nơi nhận", ref="unit")]
    report: Annotated[bool | None, ask("Kèm báo cáo thành tích")] = None


class DossierOpened(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier was begun."""

    kind: Annotated[str, ask("Loại hồ sơ", choices=DOSSIERS)]
    to: Annotated[str, ask("Nơi sẽ nhận", ref="unit")]


class DocumentAttached(msgspec.Struct, frozen=True, kw_only=True):
    """A paper was put into the dossier."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    document: Annotated[str, ask("Tài liệu", help="báo cáo thành tích, biên bản, tờ trình …")]


class DossierSubmitted(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier was sent off."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    to: Annotated[str, ask("Nơi nhận", ref="unit")]


class DossierReceived(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier arrived."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    arrival: Annotated[str, ask("Số đến")] = ""
    complete: Annotated[bool | None, ask("Đủ thành phần")] = None
    second: Annotated[str, ask("Người thứ hai cùng tiếp nhận", ref="officer")] = ""


class DossierAcceptedLate(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier came late and somebody allowed it all the same."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    allowed_by: Annotated[str, ask("Người cho phép", ref="officer")]


class DossierReturned(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier was sent back to be completed; the clock stops."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    missing: Annotated[list[str], ask("Thành phần còn thiếu", required=True)]
    approved_by: Annotated[str, ask("Người duyệt lần trả thêm", ref="officer")] = ""


class DossierSupplemented(msgspec.Struct, frozen=True, kw_only=True):
    """What was missing has been added; the clock runs again."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    added: Annotated[list[str], ask("Thành phần đã bổ sung", required=True)]


class AppraisalRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier was appraised."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]
    appraiser: Annotated[str, ask("Người thẩm định", ref="officer")]
    result: Annotated[str, ask("Kết quả thẩm định", choices=APPRAISALS)]
    findings: Annotated[str, ask("Nhận xét", personal=True)] = ""


class DossierWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever sent the dossier took it back."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]


class DossierRefused(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier was not accepted."""

    dossier: Annotated[str, ask("Hồ sơ", ref="entry")]


_OVER = ("dossier_withdrawn", "dossier_refused")
_SENT = ("dossier_submitted",)
_HERE = ("dossier_received",)


def _within(after: tuple[str, ...] = (), *more: str) -> Within:
    return Within("dossier", "dossier", after, (*_OVER, *more))


STEPS = (
    Step("introduced", "Giới thiệu", "exemplar", Introduced, "{purpose}, gửi {to}", value="purpose", paper=True),
    Step("dossier_opened", "Lập hồ sơ", "exemplar", DossierOpened, "{kind}, gửi {to}", value="kind", opens="dossier"),
    Step("document_attached", "Đính kèm tài liệu", "exemplar", DocumentAttached, "{document}", within=_within()),
    Step("dossier_submitted", "Gửi hồ sơ", "exemplar", DossierSubmitted, "gửi {to}", paper=True, within=_within()),
    Step("dossier_received", "Tiếp nhận hồ sơ", "exemplar", DossierReceived, "số đến {arrival}", within=_within(_SENT)),
    Step("dossier_accepted_late", "Cho nhận hồ sơ muộn", "exemplar", DossierAcceptedLate, "{allowed_by}", reason=True,
         within=_within(_SENT)),
    Step("dossier_returned", "Trả hồ sơ, yêu cầu bổ sung", "exemplar", DossierReturned, "còn thiếu: {missing}", reason=True,
         within=_within(_HERE, "dossier_returned"), lifted_by=("dossier_supplemented",)),
    Step("dossier_supplemented", "Bổ sung hồ sơ", "exemplar", DossierSupplemented, "{added}", within=_within(("dossier_returned",))),
    Step("appraisal_recorded", "Thẩm định hồ sơ", "exemplar", AppraisalRecorded, "{result}", value="result",
         within=_within(_HERE, "dossier_returned")),
    Step("dossier_withdrawn", "Rút hồ sơ", "exemplar", DossierWithdrawn, reason=True, within=_within()),
    Step("dossier_refused", "Từ chối hồ sơ", "exemplar", DossierRefused, reason=True, within=_within(_SENT)),
)  # fmt: skip
