"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

LEGAL_FORMS = {"doanh-nghiep": "doanh nghiệp", "hop-tac-xa": "hợp tác xã", "ca-nhan": "cá nhân"}
STANDARDS = {
    "an-toan-lao-dong": "an toàn lao động",
    "an-ninh-trat-tu": "an ninh trật tự",
    "moi-truong": "môi trường",
}
YEAR = r"(19|20)\d\d"


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """In what legal form the subject does business, and in what."""

    loai_hinh: Annotated[str, ask("Loại hình", choices=LEGAL_FORMS)]
    nganh_nghe: Annotated[str, ask("Ngành nghề kinh doanh chính", personal=True)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What it has put into growing."""

    von: Annotated[int | None, ask("Vốn đầu tư mở rộng (đồng)", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one year; growth shows from an assessment for every year."""

    nam: Annotated[
        str, ask("Năm của số liệu", pattern=YEAR, help="năm, viết như 2024; năm khác ghi lần đánh giá khác")
    ] = ""
    doanh_thu: Annotated[int | None, ask("Doanh thu (đồng)", minimum=0)] = None
    nop_ngan_sach: Annotated[int | None, ask("Nộp ngân sách nhà nước (đồng)", minimum=0)] = None
    loi_nhuan: Annotated[int | None, ask("Lợi nhuận (đồng)", minimum=0)] = None
    lao_dong: Annotated[int | None, ask("Số lao động có việc làm", minimum=0)] = None
    lam_loi: Annotated[int | None, ask("Tiền làm lợi từ sáng kiến, cải tiến (đồng)", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What others have certified."""

    chung_nhan: Annotated[tuple[str, ...], ask("Tiêu chuẩn đã được chứng nhận", choices=STANDARDS)] = ()
    nop_thue: Annotated[bool | None, ask("Cơ quan thuế xác nhận đã nộp đủ thuế")] = None
    bao_hiem: Annotated[bool | None, ask("Đóng đủ bảo hiểm cho người lao động")] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """In what legal form the follower does business."""

    loai_hinh: Annotated[str, ask("Loại hình nơi học theo", choices=LEGAL_FORMS)] = ""


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """What following has brought."""

    doanh_thu: Annotated[int | None, ask("Doanh thu nơi học theo trong năm (đồng)", minimum=0)] = None
    lao_dong: Annotated[int | None, ask("Số lao động có việc làm nơi học theo", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
