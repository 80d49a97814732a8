"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.đ"
TITLE = ready.Title(name="Gia đình văn hóa", key="gia_dinh_van_hoa", kinds=("household",))
EVERY_YEAR = "Hàng năm gia đình phải đạt Danh hiệu “Gia đình văn hóa”: năm trọn gần nhất trước khi bình xét phải có"
ESCAPED = "Hộ gia đình điển hình: thoát nghèo ổn định"
HELPED = "tạo điều kiện, giúp đỡ, hỗ trợ các hộ nghèo khác trên địa bàn cùng vươn lên thoát nghèo"

RULES: tuple[Rule, ...] = (
    ready.only_for("vi-nguoi-ngheo.household", "Năm thoát nghèo và “Gia đình văn hóa” chỉ hỏi đối với hộ gia đình", SOURCE,
                   keys=("nam_thoat_ngheo", "gia_dinh_van_hoa"), steps=("reviewed",), kinds=("household",)),
    ready.not_above("vi-nguoi-ngheo.escaped", "Số hộ được giúp đã thoát nghèo không quá số hộ nghèo đã giúp", SOURCE,
                    key="thoat_ngheo", limit="ho_ngheo", steps=("assessed", "replication_succeeded")),
    ready.met_without("vi-nguoi-ngheo.escape-untold", ESCAPED, SOURCE, criteria=("dd.hgd.02",), keys=("nam_thoat_ngheo",)),
    ready.years_begun("vi-nguoi-ngheo.escape-begun", ESCAPED, SOURCE, key="nam_thoat_ngheo", steps=("reviewed",)),
    ready.met_against("vi-nguoi-ngheo.helped", HELPED, SOURCE, criteria=("dd.hgd.03",), keys=("ho_ngheo",),
                      steps=("supported", "assessed"), wrong=lambda helped: helped == 0),
    ready.title_held("vi-nguoi-ngheo.title", EVERY_YEAR, SOURCE, title=TITLE),
    ready.title_gap("vi-nguoi-ngheo.title-gap", "Hàng năm gia đình phải đạt Danh hiệu “Gia đình văn hóa”", SOURCE, title=TITLE),
    ready.title_unproven("vi-nguoi-ngheo.title-unproven", "Danh hiệu “Gia đình văn hóa” phải có minh chứng", SOURCE, title=TITLE),
    ready.years_begun("vi-nguoi-ngheo.title-begun", "Danh hiệu “Gia đình văn hóa” là của năm đã đến", SOURCE,
                      key="gia_dinh_van_hoa", steps=("reviewed",)),
)  # fmt: skip
