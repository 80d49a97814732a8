"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.a"
EXCELLENT = "Hoàn thành xuất sắc các nhiệm vụ"

RULES: tuple[Rule, ...] = (
    ready.met_against("hoc-tap-bac.excellent", EXCELLENT, SOURCE, criteria=("a.cn.01",), keys=("xep_loai",),
                      wrong=lambda rating: rating != "xuat-sac"),
    ready.met_without("hoc-tap-bac.excellent-untold", EXCELLENT, SOURCE, criteria=("a.cn.01",), keys=("xep_loai",)),
)  # fmt: skip
