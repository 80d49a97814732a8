"""What the field checks in code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong import Case

SOURCE = "Kế hoạch, II.3.2.b"
COMMUNE = "xa"
GIVEN = ("hien_dat", "ngay_cong", "dong_gop", "duong")


def _collective(case: Case) -> bool:
    return case.subject is not None and case.subject.kind == "collective"


def _commune(case: Case) -> Iterator[dict[str, Any]]:
    if case.subject and _collective(case):
        unit = case.facts.unit(case.subject.unit)
        if unit is None or unit.kind != COMMUNE:
            yield {"unit": unit.name if unit else case.subject.unit}


def _counted(case: Case) -> Iterator[dict[str, Any]]:
    if _collective(case) and case.details.get("tieu_chi") is None:
        yield {}


def _given(case: Case) -> Iterator[dict[str, Any]]:
    if case.subject and not _collective(case) and not any(case.details.get(key) for key in GIVEN):
        yield {}


def _not_commune(case: Case) -> Iterator[dict[str, Any]]:
    wrong = [key for key in ("muc", "tieu_chi") if case.details.get(key)]
    if wrong and case.subject and not _collective(case):
        yield {"keys": ", ".join(wrong)}


RULES: tuple[Rule, ...] = (
    Rule("nong-thon-moi.commune", "Tập thể phải là xã", _commune,
         source=SOURCE, steps=("discovered",), culprit="subject",
         says="{unit} không phải là xã",
         fix="đối với tập thể, lĩnh vực này chỉ nhận xã"),
    Rule("nong-thon-moi.criteria", "Đánh giá một xã phải nêu số tiêu chí đã đạt", _counted,
         source=SOURCE, steps=("assessed",), culprit="details.tieu_chi",
         says="chưa nêu số tiêu chí đã đạt",
         fix="ghi số tiêu chí xã đã đạt đến ngày đánh giá"),
    Rule("nong-thon-moi.not-commune", "Số tiêu chí và mức phấn đấu chỉ hỏi đối với xã", _not_commune,
         source=SOURCE, steps=("discovered", "supported", "assessed", "reviewed"), culprit="details.tieu_chi",
         says="{keys}: chỉ đối với xã",
         fix="để trống đối với cá nhân, gia đình"),
    Rule("nong-thon-moi.given", "Đóng góp của cá nhân, gia đình nên có số liệu", _given,
         source=SOURCE, steps=("assessed",), culprit="details", refuses=False,
         says="chưa có số liệu nào về đất, ngày công, tiền hoặc đường",
         fix="nêu ít nhất một số liệu, trừ khi chỉ tuyên truyền, vận động"),
)  # fmt: skip
