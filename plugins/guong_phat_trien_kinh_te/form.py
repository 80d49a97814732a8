"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

MODELS = {
    "trang-trai": "trang trại",
    "chan-nuoi": "chăn nuôi",
    "hang-hoa-dich-vu": "kinh doanh hàng hóa, dịch vụ",
}
YEAR = r"(19|20)\d\d"


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """What model the farmer has built, of what, and on how much land."""

    mo_hinh: Annotated[str, ask("Mô hình", choices=MODELS)]
    san_pham: Annotated[str, ask("Sản phẩm, dịch vụ chính", personal=True)] = ""
    dien_tich: Annotated[float | None, ask("Diện tích sản xuất (ha)", minimum=0)] = None


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What the farmer was lent or given."""

    von: Annotated[int | None, ask("Vốn đã được vay ưu đãi, hỗ trợ (đồng)", minimum=0)] = None


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one year, beside those of the neighbours."""

    nam: Annotated[
        str, ask("Năm của số liệu", pattern=YEAR, help="năm, viết như 2024; năm khác ghi lần đánh giá khác")
    ] = ""
    loi_nhuan: Annotated[int | None, ask("Lợi nhuận của gia đình (đồng)", minimum=0)] = None
    binh_quan: Annotated[int | None, ask("Lợi nhuận bình quân một hộ tại địa bàn (đồng)", minimum=0)] = None
    lao_dong: Annotated[int | None, ask("Số lao động có việc làm", minimum=0)] = None
    dien_tich: Annotated[float | None, ask("Diện tích sản xuất (ha)", minimum=0)] = None
    ho: Annotated[int | None, ask("Số hộ được giúp đỡ", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What the farmer has to show: the title is that of the household."""

    gia_dinh_van_hoa: Annotated[
        tuple[str, ...], ask("Các năm đạt “Gia đình văn hóa”", pattern=YEAR, help="từng năm, viết như 2023; 2024")
    ] = ()
    moi_truong: Annotated[bool | None, ask("Được xác nhận không ảnh hưởng xấu đến môi trường")] = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """What those who follow begin."""

    mo_hinh: Annotated[str, ask("Mô hình nơi học theo", choices=MODELS)] = ""
    ho: Annotated[int | None, ask("Số hộ học theo", minimum=0)] = None


class Replicated(msgspec.Struct, frozen=True, kw_only=True):
    """What following has brought."""

    ho: Annotated[int | None, ask("Số hộ làm theo có hiệu quả", minimum=0)] = None
    dien_tich: Annotated[float | None, ask("Diện tích nơi học theo (ha)", minimum=0)] = None
    loi_nhuan: Annotated[int | None, ask("Lợi nhuận bình quân một hộ làm theo trong năm (đồng)", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Supported,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
