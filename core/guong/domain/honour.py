"""Steps of honouring: proposed, decided, handed over, made public; and what may happen to an honour afterwards."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.steps import Step, Within
from guong.forms import ask

HONOURS = {
    "praise": "biểu dương",
    "recognition": "công nhận",
    "award": "khen thưởng",
    "proposal": "đề nghị cấp trên khen thưởng",
}
METHODS = {
    "merit": "công trạng",
    "ad_hoc": "đột xuất",
    "movement": "phong trào, chuyên đề",
    "service": "quá trình cống hiến",
    "years": "niên hạn",
    "foreign": "đối ngoại",
}
CLASSES = {
    "labourer": "người trực tiếp lao động, học tập, chiến đấu",
    "leader": "lãnh đạo",
    "business": "doanh nhân",
    "other": "đối tượng khác",
}
DECLINED = {
    "honour": "không nhận tôn vinh",
    "publicity": "không muốn đưa tin",
    "both": "không nhận tôn vinh, không muốn đưa tin",
}
RECOVERED = {"object": "hiện vật", "money": "tiền thưởng"}


class HonourProposed(msgspec.Struct, frozen=True, kw_only=True):
    """It is proposed to be honoured."""

    kind: Annotated[str, ask("Loại", choices=HONOURS)]
    authority: Annotated[str, ask("Cấp quyết định", ref="unit")]
    form: Annotated[str, ask("Hình thức", help="mã hình thức khen thưởng")] = ""
    achievement: Annotated[str, ask("Thành tích", ref="entry", help="mục ghi nhận thành tích của đối tượng")] = ""
    method: Annotated[str, ask("Loại hình", choices=METHODS)] = ""
    dossier: Annotated[str, ask("Hồ sơ", ref="entry")] = ""
    posthumous: Annotated[bool | None, ask("Truy tặng")] = None


class HonourDecided(msgspec.Struct, frozen=True, kw_only=True):
    """An authority decided to honour it."""

    kind: Annotated[str, ask("Loại", choices=HONOURS)]
    authority: Annotated[str, ask("Cấp quyết định", ref="unit")]
    form: Annotated[str, ask("Hình thức", help="mã hình thức khen thưởng")] = ""
    occasion: Annotated[str, ask("Dịp")] = ""
    money: Annotated[int | None, ask("Tiền thưởng (đồng)", minimum=0)] = None
    proposal: Annotated[str, ask("Lần đề nghị", ref="entry")] = ""
    decision: Annotated[str, ask("Quyết định", ref="decision", help="khi quyết định đã được ghi riêng")] = ""
    achievement: Annotated[str, ask("Thành tích", ref="entry", help="mục ghi nhận thành tích của đối tượng")] = ""
    method: Annotated[str, ask("Loại hình", choices=METHODS)] = ""
    occupation: Annotated[str, ask("Nhóm đối tượng", choices=CLASSES)] = ""
    signer: Annotated[str, ask("Người ký", ref="officer")] = ""
    posthumous: Annotated[bool | None, ask("Truy tặng")] = None


class HonourDeclined(msgspec.Struct, frozen=True, kw_only=True):
    """The exemplar does not want the honour, or the publicity."""

    what: Annotated[str, ask("Từ chối điều gì", choices=DECLINED)]


class HonourPresented(msgspec.Struct, frozen=True, kw_only=True):
    """The honour was handed over."""

    honour: Annotated[str, ask("Lần tôn vinh", ref="entry")]
    place: Annotated[str, ask("Nơi trao")] = ""
    paid: Annotated[int | None, ask("Tiền thưởng đã chi (đồng)", minimum=0)] = None


class HonourPublicised(msgspec.Struct, frozen=True, kw_only=True):
    """The honour was made public."""

    honour: Annotated[str, ask("Lần tôn vinh", ref="entry")]
    channel: Annotated[str, ask("Công bố ở đâu")]


class HonourCorrected(msgspec.Struct, frozen=True, kw_only=True):
    """A slip in the issued decision was put right by a new paper; the decision keeps its number."""

    honour: Annotated[str, ask("Lần tôn vinh", ref="entry")]
    wrong: Annotated[str, ask("Đã ghi là", personal=True)]
    right: Annotated[str, ask("Nay ghi là", personal=True)]
    informed: Annotated[bool | None, ask("Đã báo cho người được tôn vinh")] = None


class HonourRevoked(msgspec.Struct, frozen=True, kw_only=True):
    """The authority that decided took the honour back, on a lawful ground."""

    honour: Annotated[str, ask("Lần tôn vinh", ref="entry")]
    ground: Annotated[str, ask("Căn cứ hủy", help="mã căn cứ theo bộ quy tắc")]
    authority: Annotated[str, ask("Cấp quyết định", ref="unit")]
    recover: Annotated[list[str], ask("Phải thu hồi", type="choice", choices=RECOVERED)] = msgspec.field(
        default_factory=list
    )


class AwardRecovered(msgspec.Struct, frozen=True, kw_only=True):
    """What had been handed over came back."""

    honour: Annotated[str, ask("Lần tôn vinh", ref="entry")]
    what: Annotated[str, ask("Đã thu hồi", choices=RECOVERED)]
    amount: Annotated[int | None, ask("Số tiền (đồng)", minimum=0)] = None


class HonourReinstated(msgspec.Struct, frozen=True, kw_only=True):
    """The revocation was reversed, by a complaint or a court."""

    honour: Annotated[str, ask("Lần tôn vinh", ref="entry")]
    authority: Annotated[str, ask("Cấp quyết định", ref="unit")]


_DECIDED, _REVOKED = Within("honour", "honour", ("honoured",)), Within("honour", "honour", ("revoked",))

STEPS = (
    Step("honour_proposed", "Đề nghị tôn vinh, khen thưởng", "exemplar", HonourProposed, "{kind} {form}, {authority}",
         value="kind", paper=True, opens="honour"),
    Step("honour_decided", "Quyết định tôn vinh, khen thưởng", "exemplar", HonourDecided, "{kind} {form}, {authority}",
         mark="honoured", value="kind", opens="honour", lifted_by=("revoked",),
         within=Within("proposal", "honour", ("honour_proposed",), ("honoured", "revoked"))),
    Step("honour_declined", "Từ chối tôn vinh, đưa tin", "exemplar", HonourDeclined, "{what}", mark="declined", value="what"),
    Step("honour_presented", "Trao", "exemplar", HonourPresented, "tại {place}", within=_DECIDED),
    Step("honour_publicised", "Công bố tôn vinh", "exemplar", HonourPublicised, "{channel}", within=_DECIDED),
    Step("honour_corrected", "Đính chính quyết định", "exemplar", HonourCorrected, "{wrong} → {right}", paper=True, within=_DECIDED),
    Step("honour_revoked", "Hủy tôn vinh, khen thưởng", "exemplar", HonourRevoked, "căn cứ {ground}, {authority}", mark="revoked",
         value="ground", paper=True, reason=True, ends=True, lifted_by=("reinstated",), within=_DECIDED),
    Step("award_recovered", "Thu hồi hiện vật, tiền thưởng", "exemplar", AwardRecovered, "{what} {amount}", value="what",
         within=_REVOKED),
    Step("honour_reinstated", "Khôi phục tôn vinh", "exemplar", HonourReinstated, "{authority}", mark="reinstated", paper=True,
         reason=True, within=_REVOKED),
)  # fmt: skip
