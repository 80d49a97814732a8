"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

GROUPS = {
    "can-bo": "cán bộ",
    "cong-chuc": "công chức",
    "vien-chuc": "viên chức",
    "nguoi-lao-dong": "người lao động",
}
YEAR = r"(19|20)\d\d"


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """As what a person serves."""

    nhom: Annotated[str, ask("Nhóm cá nhân", choices=GROUPS, help="chỉ đối với cá nhân")] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """How often its discipline was looked at."""

    kiem_tra: Annotated[int | None, ask("Số lần kiểm tra kỷ luật, kỷ cương hành chính", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """How it serves, in figures."""

    chi_so: Annotated[float | None, ask("Chỉ số cải cách hành chính (%)", minimum=0, maximum=100)] = None
    dung_han: Annotated[float | None, ask("Hồ sơ giải quyết đúng hạn (%)", minimum=0, maximum=100)] = None
    hai_long: Annotated[float | None, ask("Người dân, doanh nghiệp hài lòng (%)", minimum=0, maximum=100)] = None
    khieu_nai: Annotated[int | None, ask("Số phản ánh, khiếu nại đã nhận", minimum=0)] = None
    tiet_kiem: Annotated[int | None, ask("Kinh phí đã tiết kiệm (đồng)", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """How it was rated, and what standards it meets."""

    nam_xuat_sac: Annotated[
        tuple[str, ...],
        ask("Các năm hoàn thành xuất sắc nhiệm vụ", pattern=YEAR, help="từng năm, viết như 2023; 2024"),
    ] = ()
    trong_sach: Annotated[
        bool | None, ask("Tổ chức Đảng, đoàn thể trong sạch vững mạnh", help="chỉ đối với tập thể")
    ] = None
    an_ninh: Annotated[bool | None, ask("Đạt tiêu chuẩn an toàn về an ninh trật tự", help="chỉ đối với tập thể")] = None


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """How those who follow serve."""

    dung_han: Annotated[float | None, ask("Hồ sơ đúng hạn nơi học theo (%)", minimum=0, maximum=100)] = None
    khieu_nai: Annotated[int | None, ask("Số phản ánh, khiếu nại nơi học theo", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_succeeded": Replicated,
}
