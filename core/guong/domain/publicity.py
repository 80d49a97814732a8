"""Steps of publicity: told to the public, and taken down again."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step
from guong.forms import ask

CHANNELS = {
    "website": "trang thông tin điện tử",
    "loudspeaker": "loa truyền thanh",
    "mass_media": "báo, đài",
    "speakers": "báo cáo viên, tuyên truyền viên",
    "study_visit": "tham quan học tập",
    "other": "kênh khác",
}


class Publicised(msgspec.Struct, frozen=True, kw_only=True):
    """It was told to the public."""

    channel: Annotated[str, ask("Kênh", choices=CHANNELS)]
    title: Annotated[str, ask("Tên tin, bài, buổi", personal=True)]
    level: Annotated[str, ask("Cấp của kênh")] = ""
    link: Annotated[str, ask("Đường dẫn, địa điểm", personal=True)] = ""
    audience: Annotated[int | None, ask("Số người tham dự", minimum=0)] = None
    consent: Annotated[bool | None, ask("Đối tượng đồng ý")] = None


class PublicityRemoved(msgspec.Struct, frozen=True, kw_only=True):
    """A publication was taken down."""

    publication: Annotated[str, ask("Tin, bài bị gỡ", ref="entry")]


STEPS = (
    Step("publicised", "Tuyên truyền", "exemplar", Publicised, "{channel}: {title}"),
    Step("publicity_removed", "Gỡ tin, bài", "exemplar", PublicityRemoved, "{publication}", reason=True),
)
