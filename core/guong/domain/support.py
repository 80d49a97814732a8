"""Steps of support: who follows an exemplar, what is done for it, what it has learnt."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step
from guong.forms import ask

SUPPORT = {
    "visit": "đi cơ sở",
    "policy": "đề xuất cơ chế, chính sách",
    "policy_decided": "quyết định cơ chế, chính sách",
    "task": "giao nhiệm vụ",
    "target": "giao chỉ tiêu",
    "training": "tập huấn, hướng dẫn",
    "means": "hỗ trợ vốn, vật tư",
    "progress": "ghi tiến độ",
}


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


STEPS = (
    Step("officer_assigned", "Phân công cán bộ theo dõi", "exemplar", OfficerAssigned, "{officer} {task}"),
    Step("supported", "Hỗ trợ, bồi dưỡng", "exemplar", Supported, "{kind}: {what}"),
    Step("experience_documented", "Viết lại kinh nghiệm", "exemplar", ExperienceDocumented, "{title}"),
)
