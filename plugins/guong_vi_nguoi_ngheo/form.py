"""What the field asks beside the steps' own questions."""

from __future__ import annotations

from typing import Annotated

import msgspec

from guong import ask

WAYS = {
    "dong-gop": "đóng góp của cải, vật chất",
    "lien-ket": "liên kết sản xuất, chế biến, tiêu thụ sản phẩm",
    "mo-hinh": "mô hình giảm nghèo",
    "day-nghe": "dạy nghề, tạo việc làm",
    "vuon-len": "tự vươn lên thoát nghèo",
}
YEAR = r"(19|20)\d\d"


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """In what way the subject stood out."""

    cach_lam: Annotated[tuple[str, ...], ask("Cách làm", choices=WAYS)] = ()


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What it has given, up to the day of the step."""

    ho_ngheo: Annotated[int | None, ask("Số hộ nghèo đã giúp", minimum=0)] = None
    gia_tri: Annotated[int | None, ask("Giá trị đã giúp (đồng)", minimum=0, help="vật chất quy ra tiền")] = None


class Assessed(Given, frozen=True, kw_only=True):
    """What it has given, and what came of it."""

    thoat_ngheo: Annotated[int | None, ask("Số hộ được giúp đã thoát nghèo", minimum=0)] = None
    hoc_nghe: Annotated[int | None, ask("Số người nghèo được dạy nghề", minimum=0)] = None
    viec_lam: Annotated[int | None, ask("Số việc làm đã tạo cho người nghèo", minimum=0)] = None
    tieu_thu: Annotated[int | None, ask("Sản phẩm của người nghèo đã tiêu thụ (đồng)", minimum=0)] = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What a household has to show."""

    nam_thoat_ngheo: Annotated[
        str, ask("Năm thoát nghèo", pattern=YEAR, help="năm, viết như 2022; chỉ đối với hộ gia đình")
    ] = ""
    gia_dinh_van_hoa: Annotated[
        tuple[str, ...],
        ask(
            "Các năm đạt “Gia đình văn hóa”",
            pattern=YEAR,
            help="từng năm, viết như 2023; 2024; chỉ đối với hộ gia đình",
        ),
    ] = ()


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """How many poor households take part."""

    ho_ngheo: Annotated[int | None, ask("Số hộ nghèo tham gia", minimum=0)] = None


class Replicated(Started, frozen=True, kw_only=True):
    """How many poor households took part, and how many left poverty."""

    thoat_ngheo: Annotated[int | None, ask("Số hộ tham gia đã thoát nghèo", minimum=0)] = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "discovered": Discovered,
    "supported": Given,
    "assessed": Assessed,
    "reviewed": Reviewed,
    "replication_started": Started,
    "replication_succeeded": Replicated,
}
