"""Steps of replication: somebody like the exemplar does the same, and it works or does not."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step, Within
from guong.forms import ask

TARGETS = {"area": "địa bàn", "unit": "đơn vị", "subject": "đối tượng"}
ORIGINS = {"planned": "theo kế hoạch", "spontaneous": "tự phát"}


class ReplicationPlanned(msgspec.Struct, frozen=True, kw_only=True):
    """It is meant to be copied somewhere."""

    target_kind: Annotated[str, ask("Nhân rộng đến", choices=TARGETS)]
    unit: Annotated[str, ask("Tại đơn vị, địa bàn", ref="unit")]
    target: Annotated[str, ask("Nơi, người học theo", personal=True)]
    similar: Annotated[str, ask("Điểm tương đồng", personal=True)]
    due: Annotated[str, ask("Thời hạn", type="date")] = ""


class ReplicationStarted(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody like it began to do the same."""

    target_kind: Annotated[str, ask("Nhân rộng đến", choices=TARGETS)]
    unit: Annotated[str, ask("Tại đơn vị, địa bàn", ref="unit")]
    target: Annotated[str, ask("Nơi, người học theo", personal=True)]
    similar: Annotated[str, ask("Điểm tương đồng", personal=True)]
    planned: Annotated[str, ask("Theo lần lập kế hoạch", ref="entry")] = ""
    origin: Annotated[str, ask("Do đâu", choices=ORIGINS)] = ""


class ReplicationReviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A replication was looked at on the spot."""

    start: Annotated[str, ask("Lần nhân rộng", ref="entry", help="mã mục ghi bắt đầu nhân rộng")]
    findings: Annotated[str, ask("Kết quả kiểm tra", personal=True)]
    measure: Annotated[str, ask("Chỉ tiêu, đơn vị tính")] = ""
    value: Annotated[float | None, ask("Giá trị")] = None


class ReplicationSucceeded(msgspec.Struct, frozen=True, kw_only=True):
    """A replication was checked and found to work."""

    start: Annotated[str, ask("Lần nhân rộng", ref="entry", help="mã mục ghi bắt đầu nhân rộng")]
    result: Annotated[str, ask("Kết quả", personal=True)]
    measure: Annotated[str, ask("Chỉ tiêu, đơn vị tính")] = ""
    value: Annotated[float | None, ask("Giá trị")] = None


class ReplicationFailed(msgspec.Struct, frozen=True, kw_only=True):
    """A replication did not work; it is kept, with the reason, and does not count."""

    start: Annotated[str, ask("Lần nhân rộng", ref="entry", help="mã mục ghi bắt đầu nhân rộng")]
    version: Annotated[str, ask("Tài liệu kinh nghiệm đã dùng", help="lần viết nào")] = ""


class ReplicationAbandoned(msgspec.Struct, frozen=True, kw_only=True):
    """A replication was given up before it could be told whether it works."""

    start: Annotated[str, ask("Lần nhân rộng", ref="entry", help="mã mục ghi bắt đầu hoặc lập kế hoạch")]


_OVER = ("replication_failed", "replication_abandoned")
_GOING = Within("start", "replication", ("replication_started",), _OVER)

STEPS = (
    Step("replication_planned", "Lập kế hoạch nhân rộng", "exemplar", ReplicationPlanned, "{target} ({unit})", opens="replication"),
    Step("replication_started", "Bắt đầu nhân rộng", "exemplar", ReplicationStarted, "{target} ({unit})", opens="replication",
         within=Within("planned", "replication", ("replication_planned",), ("replication_started", *_OVER))),
    Step("replication_reviewed", "Kiểm tra nhân rộng", "exemplar", ReplicationReviewed, "{findings}", within=_GOING),
    Step("replication_succeeded", "Nhân rộng đạt", "exemplar", ReplicationSucceeded, "{result}", mark="replicated",
         lifted_by=("replication_failed",), within=_GOING),
    Step("replication_failed", "Nhân rộng không đạt", "exemplar", ReplicationFailed, reason=True, within=_GOING),
    Step("replication_abandoned", "Dừng nhân rộng", "exemplar", ReplicationAbandoned, reason=True,
         within=Within("start", "replication", (), (*_OVER, "replicated"))),
)  # fmt: skip
