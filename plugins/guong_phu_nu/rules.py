"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.n"
TOLD = "được tuyên truyền trên các kênh thông tin truyền thông của Hội và phương tiện thông tin đại chúng từ cấp huyện trở lên"
NOTED = "được cấp ủy, chính quyền các cấp ghi nhận, đánh giá cao"

RULES: tuple[Rule, ...] = (
    ready.publicised("phu-nu.level", f"Đối với tập thể: {TOLD}", SOURCE, kinds=("collective",), criteria=("n.tt.02",),
                     key="cap", answers=("huyen", "tinh", "trung-uong")),
    ready.publicised("phu-nu.channel", f"Đối với tập thể: {TOLD}", SOURCE, kinds=("collective",), criteria=("n.tt.02",),
                     key="cua_hoi", answers=(True,), refuses=False),
    ready.met_without("phu-nu.noted-untold", NOTED, SOURCE, criteria=("n.tt.03",), keys=("ghi_nhan",)),
    ready.met_against("phu-nu.ideas", "có sáng kiến/cách làm mang lại hiệu quả", SOURCE, criteria=("n.cn.03",), keys=("sang_kien",),
                      steps=("assessed",), wrong=lambda count: count == 0),
)  # fmt: skip
