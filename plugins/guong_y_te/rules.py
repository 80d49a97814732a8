"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.i"
EXCELLENT = "hoàn thành xuất sắc các nhiệm vụ"

RULES: tuple[Rule, ...] = (
    ready.met_against("y-te.excellent", EXCELLENT, SOURCE, criteria=("i.tt.01", "i.cn.01"), keys=("xep_loai",),
                      wrong=lambda rating: rating != "xuat-sac"),
    ready.met_without("y-te.excellent-untold", EXCELLENT, SOURCE, criteria=("i.tt.01", "i.cn.01"), keys=("xep_loai",)),
    ready.not_above("y-te.targets", "thực hiện tốt các chương trình, mục tiêu quốc gia: số đã đạt không quá số được giao", SOURCE,
                    key="chi_tieu_dat", limit="chi_tieu_giao", steps=("assessed",)),
    ready.met_against("y-te.conduct", "đặc biệt là y đức của người thầy thuốc", SOURCE, criteria=("i.tt.04", "i.cn.02"),
                      keys=("phan_anh",), wrong=lambda complaints: complaints > 0, refuses=False),
)  # fmt: skip
