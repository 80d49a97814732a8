"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.e"

RULES: tuple[Rule, ...] = (
    ready.of_profile("toan-dan-doan-ket.profile",
                     "Tập thể, cá nhân tổ chức, chỉ đạo ở các cấp, và gương điển hình ở cơ sở, mỗi diện xét theo tiêu chí của mình", SOURCE,
                     key="dien", criteria={"to-chuc": "e.chung.01", "co-so": "e.chung.02"}),
    ready.met_against("toan-dan-doan-ket.agreed", "Gương điển hình ở cơ sở được tập thể thừa nhận", f"{SOURCE}; II.1",
                      criteria=("e.chung.02",), keys=("nhat_tri",), wrong=lambda agreed: not agreed, refuses=False),
)  # fmt: skip
