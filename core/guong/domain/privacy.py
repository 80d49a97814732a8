"""Steps about personal data: consent, requests, erasure."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step, Within
from guong.forms import ask

SCOPES = {"publicity": "đưa tin có tên, ảnh", "name": "nêu tên", "data": "ghi dữ liệu cá nhân vào sổ"}
GIVERS = {"self": "chính người đó", "guardian": "cha mẹ, người giám hộ", "head": "người đứng đầu"}
RIGHTS = {
    "know": "được biết",
    "access": "xem",
    "correct": "sửa",
    "erase": "xóa",
    "object": "phản đối",
    "withdraw": "rút đồng ý",
}
ERASURES = {"contact": "dữ liệu liên lạc", "all": "mọi dữ liệu cá nhân"}


class ConsentRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The subject, or whoever speaks for it, agreed to something."""

    scope: Annotated[str, ask("Đồng ý điều gì", choices=SCOPES)]
    given_by: Annotated[str, ask("Ai đồng ý", choices=GIVERS)]
    guardian: Annotated[str, ask("Người giám hộ", personal=True)] = ""


class ConsentWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A consent was taken back."""

    consent: Annotated[str, ask("Lần đồng ý", ref="entry")]


class DataRequestReceived(msgspec.Struct, frozen=True, kw_only=True):
    """The subject asked something about its data."""

    right: Annotated[str, ask("Quyền được yêu cầu", choices=RIGHTS)]
    due: Annotated[str, ask("Hạn trả lời", type="date")] = ""
    asked: Annotated[str, ask("Nội dung yêu cầu", personal=True)] = ""


class DataRequestAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """The request was answered."""

    request: Annotated[str, ask("Yêu cầu", ref="entry")]
    granted: Annotated[bool, ask("Đã làm theo yêu cầu")]


class PersonalDataErased(msgspec.Struct, frozen=True, kw_only=True):
    """The key was destroyed: what was sealed under it can never be read again. Write nothing that names anybody."""

    scope: Annotated[str, ask("Xóa gì", choices=ERASURES)]
    basis: Annotated[str, ask("Căn cứ", help="văn bản, điều khoản; không nêu tên ai")]
    request: Annotated[str, ask("Theo yêu cầu", ref="entry")] = ""


class ErasureRefused(msgspec.Struct, frozen=True, kw_only=True):
    """Erasure was refused, since the law demands that the data is kept."""

    request: Annotated[str, ask("Yêu cầu", ref="entry")]
    basis: Annotated[str, ask("Căn cứ từ chối")]
    kept_until: Annotated[str, ask("Phải giữ đến", type="date")] = ""


_REQUEST = Within("request", "request", ("data_request_received",))

STEPS = (
    Step("consent_recorded", "Ghi nhận đồng ý", "subject", ConsentRecorded, "{scope}, {given_by}", value="scope", opens="consent",
         lifted_by=("consent_withdrawn",)),
    Step("consent_withdrawn", "Rút đồng ý", "subject", ConsentWithdrawn,
         within=Within("consent", "consent", ("consent_recorded",))),
    Step("data_request_received", "Nhận yêu cầu về dữ liệu", "subject", DataRequestReceived, "{right}", value="right",
         opens="request"),
    Step("data_request_answered", "Trả lời yêu cầu về dữ liệu", "subject", DataRequestAnswered, "{granted}", within=_REQUEST),
    Step("personal_data_erased", "Xóa dữ liệu cá nhân", "subject", PersonalDataErased, "{scope}: {basis}", value="scope", paper=True,
         bare=True, final="dữ liệu đã bị xóa hẳn"),
    Step("erasure_refused", "Từ chối xóa dữ liệu", "subject", ErasureRefused, "{basis}", reason=True, within=_REQUEST),
)  # fmt: skip
