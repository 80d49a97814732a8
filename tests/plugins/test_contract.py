"""Every bundled plugin passes the suite that its own author would run."""

from __future__ import annotations

import guong_day_tot_hoc_tot
import guong_doanh_nghiep
import guong_hoc_tap_bac
import guong_khoi_nghiep
import guong_lao_dong_gioi
import guong_luat_tdkt
import guong_nong_thon_moi
import guong_phat_trien_kinh_te
import guong_phu_nu
import guong_quoc_phong_an_ninh
import guong_toan_dan_doan_ket
import guong_van_hoa_cong_so
import guong_van_quan_2024
import guong_vi_nguoi_ngheo
import guong_y_te
from guong.testing import FieldContract, PlanContract, PluginContract


class TestHocTapBac(FieldContract):
    plugin = guong_hoc_tap_bac


class TestNongThonMoi(FieldContract):
    plugin = guong_nong_thon_moi
    unit_kind = "xa"


class TestDoanhNghiep(FieldContract):
    plugin = guong_doanh_nghiep


class TestVanHoaCongSo(FieldContract):
    plugin = guong_van_hoa_cong_so
    kind = "person"


class TestViNguoiNgheo(FieldContract):
    plugin = guong_vi_nguoi_ngheo


class TestToanDanDoanKet(FieldContract):
    plugin = guong_toan_dan_doan_ket


class TestQuocPhongAnNinh(FieldContract):
    plugin = guong_quoc_phong_an_ninh


class TestDayTotHocTot(FieldContract):
    plugin = guong_day_tot_hoc_tot
    kind = "person"


class TestYTe(FieldContract):
    plugin = guong_y_te


class TestPhatTrienKinhTe(FieldContract):
    plugin = guong_phat_trien_kinh_te


class TestLaoDongGioi(FieldContract):
    plugin = guong_lao_dong_gioi


class TestKhoiNghiep(FieldContract):
    plugin = guong_khoi_nghiep


class TestPhuNu(FieldContract):
    plugin = guong_phu_nu


class TestVanQuan2024(PlanContract):
    plugin = guong_van_quan_2024
    rule_books = (guong_luat_tdkt,)


class TestLuatTdkt(PluginContract):
    plugin = guong_luat_tdkt
