"""What the field checks in code. That the farmer has a model is asked by the form."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.k"
TITLE = ready.Title(name="Gia đình văn hóa", key="gia_dinh_van_hoa", held_by="household")
HOUSEHOLD = "Lợi nhuận và danh hiệu là của gia đình: nông dân phải gắn với hộ gia đình trong sổ"
CLEAN = "không ảnh hưởng xấu đến môi trường"
PROFIT = "lợi nhuận thu được hàng năm của gia đình cao, tiêu biểu trong số các hộ gia đình tại địa bàn"
EVERY_YEAR = "Hàng năm đạt Danh hiệu “Gia đình văn hóa”: năm trọn gần nhất trước khi bình xét phải có"

RULES: tuple[Rule, ...] = (
    ready.linked("phat-trien-kinh-te.household-soon", HOUSEHOLD, SOURCE, to="household", step="discovered", refuses=False),
    ready.linked("phat-trien-kinh-te.household", HOUSEHOLD, SOURCE, to="household", step="reviewed", refuses=True),
    ready.met_against("phat-trien-kinh-te.clean", CLEAN, SOURCE, criteria=("k.cn.03",), keys=("moi_truong",),
                      wrong=lambda clean: not clean),
    ready.met_without("phat-trien-kinh-te.clean-untold", CLEAN, SOURCE, criteria=("k.cn.03",), keys=("moi_truong",)),
    ready.told_with("phat-trien-kinh-te.year", "Lợi nhuận hàng năm phải nói là của năm nào", SOURCE,
                    keys=("loi_nhuan", "binh_quan"), needs="nam", steps=("assessed",)),
    ready.years_begun("phat-trien-kinh-te.year-begun", "Số liệu là của năm đã đến", SOURCE, key="nam", steps=("assessed",)),
    ready.met_against("phat-trien-kinh-te.profit", PROFIT, SOURCE, criteria=("k.cn.04",), keys=("loi_nhuan", "binh_quan"),
                      steps=("assessed",), wrong=lambda profit, average: profit <= average),
    ready.met_without("phat-trien-kinh-te.profit-untold", PROFIT, SOURCE, criteria=("k.cn.04",), keys=("loi_nhuan", "binh_quan"),
                      steps=("assessed",)),
    ready.title_held("phat-trien-kinh-te.title", EVERY_YEAR, SOURCE, title=TITLE),
    ready.title_gap("phat-trien-kinh-te.title-gap", "Hàng năm đạt Danh hiệu “Gia đình văn hóa”", SOURCE, title=TITLE),
    ready.title_unproven("phat-trien-kinh-te.title-unproven", "Danh hiệu “Gia đình văn hóa” của hộ phải có minh chứng", SOURCE,
                         title=TITLE),
    ready.years_begun("phat-trien-kinh-te.title-begun", "Danh hiệu “Gia đình văn hóa” là của năm đã đến", SOURCE,
                      key="gia_dinh_van_hoa", steps=("reviewed",)),
)  # fmt: skip
