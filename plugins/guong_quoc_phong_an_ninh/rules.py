"""What the field checks in code. The form itself takes no subject from outside the armed forces."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.g"
LEADS = {"cong-an": ("cong-an",), "ban-chqs": ("quan-doi", "dan-quan")}
"""How the key of a lead begins, and the forces it answers for."""
HOT_SPOTS = "không để xảy ra các “Điểm nóng”, vụ việc phức tạp"

RULES: tuple[Rule, ...] = (
    ready.answer_of_lead("quoc-phong-an-ninh.force", "Lực lượng phải thuộc đơn vị chủ trì", SOURCE, key="luc_luong", allowed=LEADS),
    ready.met_against("quoc-phong-an-ninh.hot-spots", HOT_SPOTS, SOURCE, criteria=("g.tt.05",), keys=("diem_nong",),
                      wrong=lambda count: count > 0),
    ready.met_without("quoc-phong-an-ninh.hot-spots-unasked", HOT_SPOTS, SOURCE, criteria=("g.tt.05",), keys=("diem_nong",)),
)  # fmt: skip
