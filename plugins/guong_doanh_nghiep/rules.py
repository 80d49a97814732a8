"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready
from guong_doanh_nghiep.form import STANDARDS

SOURCE = "Kế hoạch, II.3.2.c"
GROWTH = "các chỉ tiêu về doanh thu, nộp ngân sách nhà nước, lợi nhuận hàng năm tăng trưởng cao"
TAXES = "thực hiện tốt nghĩa vụ nộp thuế và chính sách đối với người lao động"
SAFE = "đạt tiêu chuẩn an toàn lao động, an ninh trật tự, môi trường"
FIGURES = ("doanh_thu", "nop_ngan_sach", "loi_nhuan", "lao_dong", "lam_loi")

RULES: tuple[Rule, ...] = (
    ready.answer_of_kind("doanh-nghiep.subject", "Đối với tập thể: là những doanh nghiệp, hợp tác xã", SOURCE, key="loai_hinh",
                         allowed={"collective": ("doanh-nghiep", "hop-tac-xa"), "person": ("ca-nhan",)}),
    ready.told_with("doanh-nghiep.year", "Số liệu hàng năm phải nói là của năm nào", SOURCE,
                    keys=FIGURES, needs="nam", steps=("assessed",)),
    ready.years_begun("doanh-nghiep.year-begun", "Số liệu là của năm đã đến", SOURCE, key="nam", steps=("assessed",)),
    ready.met_without_years("doanh-nghiep.growth", GROWTH, SOURCE, criteria=("c.tt.04",), key="nam", step="assessed", years=2),
    ready.met_against("doanh-nghiep.taxes", TAXES, SOURCE, criteria=("c.tt.05",), keys=("nop_thue", "bao_hiem"), least=1,
                      wrong=lambda *kept: not all(kept)),
    ready.met_without("doanh-nghiep.taxes-untold", TAXES, SOURCE, criteria=("c.tt.05",), keys=("nop_thue", "bao_hiem")),
    ready.met_against("doanh-nghiep.standards", SAFE, SOURCE, criteria=("c.tt.06",), keys=("chung_nhan",), refuses=False,
                      wrong=lambda certified: {*certified} < {*STANDARDS}),
    ready.met_without("doanh-nghiep.standards-untold", SAFE, SOURCE, criteria=("c.tt.06",), keys=("chung_nhan",)),
    ready.met_against("doanh-nghiep.gain", "Đối với cá nhân: có sáng kiến, cải tiến kỹ thuật làm lợi cho đơn vị", SOURCE,
                      criteria=("c.cn.02",), keys=("lam_loi",), steps=("assessed",), wrong=lambda gain: gain == 0),
)  # fmt: skip
