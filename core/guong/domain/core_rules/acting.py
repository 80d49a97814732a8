"""Rules about officers and units themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.core_rules.general import BOOK
from guong.domain.dates import show
from guong.domain.rules import Rule
from guong.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.case import Case


def _named(case: Case) -> Iterator[dict[str, Any]]:
    name, key = slug(case.personal.get("name", "")), case.data.get("key", "")
    words = [word for word in name.split("-") if word]
    if len(words) > 1 and (name in key or (words[-1] in key.split("-") and len(set(words) & set(key.split("-"))) > 1)):
        yield {"key": key}


def _held(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is None:
        return
    day, unit = case.effective_on or case.occurred_on, case.data.get("unit")
    terms = case.state.roles if case.step.key == "role_ended" else case.state.offices
    fitting = [one for one in terms if one.unit == unit and getattr(one, "role", None) == case.data.get("role")]
    if not any(one.held(day) is not False for one in fitting):
        what = case.data.get("role") or "chức vụ nào"
        yield {"what": what, "unit": unit, "date": show(day)}


def _giver(case: Case) -> Iterator[dict[str, Any]]:
    giver, unit, day = case.facts.officer(case.data["giver"]), case.data["unit"], case.effective_on or case.occurred_on
    offices = giver.offices if giver else ()
    if not any(one.unit == unit and not one.giver and one.held(day) is not False for one in offices):
        yield {"giver": case.data["giver"], "unit": unit, "date": show(day)}


def _ended(case: Case) -> Iterator[dict[str, Any]]:
    if case.state is not None and case.state.gone is not None and case.step.key != "unit_succeeded":
        yield {"unit": case.state.name, "gone": show(case.state.gone)}


def _itself(case: Case) -> Iterator[dict[str, Any]]:
    other = case.data.get("into") or case.data.get("successor")
    if case.state is not None and other == case.state.key:
        yield {"unit": case.state.name}


def _heir(case: Case) -> Iterator[dict[str, Any]]:
    key, day = case.data.get("into") or case.data.get("successor"), case.effective_on or case.occurred_on
    unit = case.facts.unit(key) if key else None
    if unit is not None and unit.alive(day) is False:
        yield {"unit": unit.name_on(day), "date": show(day)}


RULES: tuple[Rule, ...] = (
    Rule("core.officer-key", "Mã cán bộ không được chứa họ tên, vì mã ở lại trong sổ mãi mãi", _named, steps=("officer_enrolled",),
         culprit="key", source=BOOK, says="mã {key} chứa họ tên", fix="đặt mã theo đơn vị và số thứ tự"),
    Rule("core.held", "Chỉ thôi vai trò, chức vụ đang giữ", _held, steps=("role_ended", "office_ended"), culprit="unit", source=BOOK,
         says="không giữ {what} tại {unit} ngày {date}", fix="xem bằng guong officer show"),
    Rule("core.giver", "Chỉ người đang giữ chức mới giao được quyền ký", _giver, steps=("delegation_given",), culprit="giver",
         source=BOOK, says="{giver} không giữ chức tại {unit} ngày {date}", fix="ghi bước giữ chức (office_held) của người đó trước"),
    Rule("core.unit-ended", "Đơn vị đã kết thúc thì không đổi tên, sáp nhập, kết thúc lần nữa", _ended,
         steps=("unit_renamed", "unit_merged", "unit_dissolved"), source=BOOK, says="{unit} đã kết thúc từ {gone}",
         fix="hủy mục cũ nếu ghi nhầm"),
    Rule("core.heir-other", "Không tự sáp nhập, kế thừa chính mình", _itself, steps=("unit_merged", "unit_succeeded"), source=BOOK,
         says="{unit} không thể kế thừa chính mình", fix="nêu đơn vị khác"),
    Rule("core.heir-alive", "Đơn vị kế thừa phải tồn tại ngày nhận bàn giao", _heir, steps=("unit_merged", "unit_succeeded"),
         source=BOOK, says="{unit} không tồn tại ngày {date}", fix="ghi đơn vị mới vào sổ trước"),
)  # fmt: skip
