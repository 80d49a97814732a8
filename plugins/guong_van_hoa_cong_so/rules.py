"""What the field checks in code. That its lead also takes in dossiers is for `core.own-intake`."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.d"
PARTY = "tổ chức Đảng, đoàn thể trong đơn vị đạt trong sạch vững mạnh và hoàn thành xuất sắc nhiệm vụ"
SAFE = "đơn vị đạt tiêu chuẩn an toàn về an ninh trật tự"
EVERY_YEAR = "hằng năm hoàn thành xuất sắc nhiệm vụ được giao"

RULES: tuple[Rule, ...] = (
    ready.only_for("van-hoa-cong-so.group", "Đối với cá nhân: cán bộ, công chức, viên chức", SOURCE,
                   keys=("nhom",), steps=("discovered",), kinds=("person",)),
    ready.only_for("van-hoa-cong-so.unit", "Đối với tập thể: tổ chức Đảng, đoàn thể, an ninh trật tự của đơn vị", SOURCE,
                   keys=("trong_sach", "an_ninh"), steps=("reviewed",), kinds=("collective",)),
    ready.met_against("van-hoa-cong-so.party", PARTY, SOURCE, criteria=("d.tt.06",), keys=("trong_sach",), wrong=lambda sound: not sound),
    ready.met_without("van-hoa-cong-so.party-untold", PARTY, SOURCE, criteria=("d.tt.06",), keys=("trong_sach",)),
    ready.met_against("van-hoa-cong-so.safe", SAFE, SOURCE, criteria=("d.tt.07",), keys=("an_ninh",), wrong=lambda safe: not safe),
    ready.met_without("van-hoa-cong-so.safe-untold", SAFE, SOURCE, criteria=("d.tt.07",), keys=("an_ninh",)),
    ready.met_without("van-hoa-cong-so.excellent-untold", EVERY_YEAR, SOURCE, criteria=("d.cn.02",), keys=("nam_xuat_sac",)),
    ready.years_begun("van-hoa-cong-so.excellent-begun", EVERY_YEAR, SOURCE, key="nam_xuat_sac", steps=("reviewed",)),
)  # fmt: skip
