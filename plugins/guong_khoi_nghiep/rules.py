"""What the field checks in code."""

from __future__ import annotations

from guong import Rule, ready

SOURCE = "Kế hoạch, II.3.2.m"
PRIZES = ("giai_tinh", "giai_khu_vuc", "giai_toan_quoc")
WON = "tham gia và đạt giải cao trong các cuộc thi về khởi nghiệp: có ít nhất một giải cấp tỉnh, khu vực hoặc toàn quốc"
WITH_PRIZES = ("m.tt.03", "m.cn.05")

RULES: tuple[Rule, ...] = (
    ready.only_for("khoi-nghiep.unit", "Đối với tập thể: số dự án đã triển khai, số diễn đàn, lớp, chuyến tham quan", SOURCE,
                   keys=("du_an_trien_khai", "lop"), steps=("assessed",), kinds=("collective",)),
    ready.met_against("khoi-nghiep.projects", "có nhiều ý tưởng, dự án khởi nghiệp được triển khai", SOURCE, criteria=("m.tt.03",),
                      keys=("du_an_trien_khai",), steps=("assessed",), wrong=lambda count: count == 0),
    ready.met_against("khoi-nghiep.classes", "tổ chức được nhiều diễn đàn, lớp huấn luyện, tập huấn, tham quan học tập", SOURCE,
                      criteria=("m.tt.04",), keys=("lop",), steps=("assessed",), wrong=lambda count: count == 0),
    ready.met_against("khoi-nghiep.stage", "có ý tưởng, dự án khởi nghiệp được triển khai trong thực tế", SOURCE, criteria=("m.cn.01",),
                      keys=("giai_doan",), steps=("discovered", "supported", "assessed"),
                      wrong=lambda stage: stage in ("y-tuong", "thu-nghiem")),
    ready.met_against("khoi-nghiep.jobs", "tạo việc làm cho đoàn viên thanh niên trên địa bàn", SOURCE, criteria=("m.cn.02",),
                      keys=("viec_lam",), steps=("assessed",), wrong=lambda jobs: jobs == 0),
    ready.met_against("khoi-nghiep.prizes", WON, SOURCE, criteria=WITH_PRIZES, keys=PRIZES, least=1, wrong=lambda *won: not any(won)),
    ready.met_without("khoi-nghiep.prizes-untold", WON, SOURCE, criteria=WITH_PRIZES, keys=PRIZES, least=1),
)  # fmt: skip
