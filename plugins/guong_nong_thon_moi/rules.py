"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.b"
LIVES = ("discovered", "supported", "assessed")
PEOPLE = ("person", "household")
LABOUR = "đóng góp tiền của vật chất, ngày công lao động... xây dựng cơ sở hạ tầng nông thôn"

RULES: tuple[Rule, ...] = (
    ready.unit_kind("nong-thon-moi.commune", "Đối với tập thể: là những xã đạt được các tiêu chí về xây dựng nông thôn mới", SOURCE,
                    kinds=("collective",), of=("xa",)),
    ready.needed("nong-thon-moi.criteria", "Đánh giá một xã phải nêu số tiêu chí đã đạt", SOURCE,
                 keys=("tieu_chi",), steps=("assessed",), kinds=("collective",), refuses=True),
    ready.only_for("nong-thon-moi.not-commune", "Số tiêu chí và mức phấn đấu chỉ hỏi đối với xã", SOURCE,
                   keys=("muc", "tieu_chi"), steps=(*LIVES, "reviewed"), kinds=("collective",)),
    ready.needed("nong-thon-moi.given", "Đóng góp của cá nhân, gia đình nên có số liệu", SOURCE,
                 keys=("hien_dat", "ngay_cong", "dong_gop", "duong"), steps=("assessed",), kinds=PEOPLE),
    ready.met_against("nong-thon-moi.land", "Đối với cá nhân, gia đình: tham gia hiến đất làm đường", SOURCE,
                      criteria=("b.cn.02",), keys=("hien_dat",), steps=LIVES, wrong=lambda land: land == 0),
    ready.met_against("nong-thon-moi.labour", f"Đối với cá nhân, gia đình: {LABOUR}", SOURCE,
                      criteria=("b.cn.03",), keys=("ngay_cong", "dong_gop"), steps=LIVES,
                      wrong=lambda days, money: days == money == 0),
)  # fmt: skip
