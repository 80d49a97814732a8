"""What the field checks in code. That only people are taken is for `kinds` in `field.toml`."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.l"
IDEAS = "có nhiều sáng kiến, cải tiến kỹ thuật, áp dụng tiến bộ khoa học kỹ thuật mang lại hiệu quả cao"
SAFE = "đạt tiêu chuẩn an toàn lao động, vệ sinh môi trường"

RULES: tuple[Rule, ...] = (
    ready.met_against("lao-dong-gioi.ideas", IDEAS, SOURCE, criteria=("l.cn.02",), keys=("sang_kien",), steps=("assessed",),
                      wrong=lambda count: count == 0),
    ready.met_without("lao-dong-gioi.ideas-untold", IDEAS, SOURCE, criteria=("l.cn.02",), keys=("sang_kien",), steps=("assessed",)),
    ready.met_against("lao-dong-gioi.accidents", SAFE, SOURCE, criteria=("l.cn.03",), keys=("tai_nan",), wrong=lambda count: count > 0),
    ready.met_against("lao-dong-gioi.unsafe", SAFE, SOURCE, criteria=("l.cn.03",), keys=("an_toan",), wrong=lambda safe: not safe),
    ready.met_without("lao-dong-gioi.safe-untold", SAFE, SOURCE, criteria=("l.cn.03",), keys=("an_toan", "tai_nan")),
)  # fmt: skip
