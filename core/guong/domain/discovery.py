"""Steps of discovery: somebody is noticed, or not followed any more."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

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


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody noticed a subject in a field; from here on it is an exemplar being followed."""

    subject: Annotated[str, ask("Đối tượng", ref="subject")]
    field: Annotated[str, ask("Lĩnh vực", ref="field", help="để trống khi kế hoạch không chia lĩnh vực")] = ""
    source: Annotated[str, ask("Nguồn phát hiện", choices=SOURCES)]
    achievement: Annotated[str, ask("Thành tích bước đầu", personal=True)]
    lead: Annotated[str, ask("Đơn vị chủ trì", ref="unit", help="để trống khi lĩnh vực chỉ có một đơn vị chủ trì")] = ""
    reference: Annotated[str, ask("Căn cứ phát hiện", personal=True, help="báo cáo, biên bản, bài báo nào")] = ""
    earlier: Annotated[
        str, ask("Điển hình năm trước", ref="exemplar", help="khi đối tượng đã là điển hình trước đây")
    ] = ""


class DiscoveryRejected(msgspec.Struct, frozen=True, kw_only=True):
    """What was noticed is not followed up."""


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """It is taken out of this field; what was done stays."""

    to: Annotated[str, ask("Chuyển sang lĩnh vực", ref="field")] = ""


STEPS = (
    Step("discovered", "Phát hiện", "exemplar", Discovered, "{subject}; nguồn: {source}; {achievement}",
         starts=True, names=("subject", "field")),
    Step("discovery_rejected", "Không tiếp tục theo dõi", "exemplar", DiscoveryRejected, mark="rejected", reason=True,
         ends=True, lifted_by=("discovered",)),
    Step("withdrawn", "Rút khỏi lĩnh vực", "exemplar", Withdrawn, "{to}", reason=True, ends=True, lifted_by=("discovered",)),
)  # fmt: skip
