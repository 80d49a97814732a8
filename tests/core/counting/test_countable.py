"""A quota that cannot be counted is named, with the key at fault and what would have worked; every other one passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import pytest

from guong import Field, FieldDeclaration, PlanDeclaration, PlanPack, Quota, ask
from guong.domain.countable import faults
from guong.domain.declarations import Binding, Lead
from guong.errors import PluginError

if TYPE_CHECKING:
    from pathlib import Path

PLAN = PlanDeclaration(
    key="p", title="P", unit_kinds={"to": "Tổ", "phong": "Phòng"},
    fields=(
        Binding(field="a", title="A", leads=(Lead(unit="u1"), Lead(unit_kind="phong"))),
        Binding(field="xa", title="Không có ở đây", leads=(Lead(unit="u3"),)),
    ),
)  # fmt: skip
UNITS = {"u1": "to", "u2": "to", "u3": "phong"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """What the field asks when somebody is noticed."""

    cap: Annotated[str, ask("Cấp", choices={"mot": "một", "hai": "hai"})] = ""
    luong: Annotated[float | None, ask("Lương", personal=True)] = None
    ruong: Annotated[float | None, ask("Ruộng (ha)")] = None


FIELDS = {
    "a": Field(FieldDeclaration(key="a", title="A", part="cap", kinds=("person",)), {"discovered": Discovered}).declared
}
HA: dict[str, Any] = {"counts": "measure", "measure": "discovered.ruong", "unit": "ha"}
DAYS = {"partition": "phase", "parts": {"x": "X", "y": "Y"}}

CANNOT: list[tuple[str, dict[str, Any], str]] = [
    ("bound", {"bound": "atleast"}, "có phải là at_least?"),
    ("mode", {"mode": "giao"}, "đang có: assigned, requested"),
    ("partition", {"partition": "level", "parts": {"mot": "một"}}, "đang có: part, subject_kind, tier, phase"),
    ("number", {"number": float("nan")}, "từ 0 trở lên"),
    ("number", {"number": -1}, "từ 0 trở lên"),
    ("number", {"number": 2.5}, 'counts = "measure"'),
    ("field", {"field": "b"}, "đang có: a, xa"),
    ("holder", {"holder": "u2"}, "chủ trì: phong, u1"),
    ("holder_kind", {"holder": "u1", "holder_kind": "phong"}, "chỉ nêu một trong hai"),
    ("holder_kind", {"holder_kind": "phog"}, "có phải là phong?"),
    ("holder_kind", {"field": "xa", "holder_kind": "to"}, "chủ trì: u3"),
    ("mark", {"mark": "reviewd"}, "có phải là reviewed?"),
    ("values", {"values": ("pass",)}, "có phải là passed?"),
    ("values", {"mark": "replicated", "values": ("passed",)}, "bỏ trống"),
    ("without", {"without": ("withdrew",)}, "có phải là withdrawn?"),
    ("measure", {"measure": "discovered.ruong"}, 'counts = "measure"'),
    ("unit", {**HA, "unit": ""}, "như km"),
    ("measure", {**HA, "measure": "discover.ruong"}, "có phải là discovered?"),
    ("measure", {**HA, "measure": "unit_merged.x"}, "viết như supported.value"),
    ("measure", {**HA, "measure": "discovered.rong"}, "có phải là ruong?"),
    ("measure", {**HA, "measure": "discovered.luong"}, "có phải là ruong?"),
    ("measure", {**HA, "measure": "discovered.cap"}, "đang có: ruong"),
    ("until", {"since": "2024-06-01", "until": "2024-05"}, "xem lại hai ngày"),
    ("since", {"since": "hôm nay"}, "2024-12-31"),
    ("parts", {"partition": "tier"}, "khóa và tên"),
    ("parts", {"parts": {"ba": "ba"}}, "đang có: mot, hai"),
    ("parts", {"field": "", "parts": {"mot": "một"}}, "không có gì"),
    ("parts", {"partition": "tier", "parts": {"huyen": "Huyện"}}, "đang có: to, phong"),
    ("holder", {"partition": "tier", "holder": "u1", "parts": {"to": "Tổ"}}, "bỏ trống"),
    ("parts", {"partition": "subject_kind", "parts": {"household": "hộ"}}, "đang có: person"),
    ("days", {"days": {"x": "2024-01-01/2024-02-01"}}, 'partition = "phase"'),
    ("days.y", {**DAYS, "days": {"x": "2024-01-01/2024-06-30"}}, "2024-01-01/2024-06-30"),
    ("days.y", {**DAYS, "days": {"x": "2024-01-01/2024-06-30", "y": "2024-12-01/2024-07-01"}}, "hai ngày"),
    ("days.x", {**DAYS, "days": {"x": "2024-01-01/tháng 6", "y": "2024-07-01/2024-12-31"}}, "2024-12-31"),
    ("days.y", {**DAYS, "days": {"x": "2024-01-01/2024-06-30", "y": "2024-06/2024-12-31"}}, "nối tiếp"),
    ("days", {**DAYS, "days": {"x": "2024-01/2024-06", "y": "2024-07/2024-12", "z": "2025/2025"}}, "đang có: x, y"),
]


@pytest.mark.parametrize(("key", "wrong", "fix"), CANNOT, ids=lambda one: one if isinstance(one, str) else "")
def test_what_cannot_be_counted_is_named(key: str, wrong: dict[str, Any], fix: str) -> None:
    quota = Quota(**{"key": "k", "field": "a", "number": 1, **wrong})
    (fault,) = faults(quota, PLAN, FIELDS, lambda unit: UNITS.get(unit, ""))
    assert fault.key == key
    assert fix in fault.fix
    assert fault.says


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"field": "", "number": 0},
        {"holder": "u1"},
        {"holder": "u3"},
        {"holder_kind": "phong"},
        {"holder_kind": "to"},
        {"values": ("passed", "referred"), "without": ("withdrawn", "revoked")},
        {"mark": "revoked", "values": ("can-cu-nao-cung-duoc",)},
        {**HA, "number": 2.5, "combine": "sum"},
        {"counts": "measure", "measure": "honour_decided.money", "unit": "đồng"},
        {"field": "xa", "parts": {"chua-biet": "lĩnh vực không có ở đây"}},
        {"field": "xa", "counts": "measure", "measure": "assessed.chua_biet", "unit": "ha"},
        {"parts": {"mot": "Một"}, "partition": "part"},
        {"partition": "tier", "parts": {"to": "Tổ", "phong": "Phòng"}},
        {"partition": "subject_kind", "parts": {"person": "người"}},
        {"field": "", "partition": "subject_kind", "parts": {"model": "mô hình"}},
        {**DAYS, "days": {"y": "2024-01/2024-06-30", "x": "2024-07-01/2024-12"}},
        {"since": "2024-06", "until": "2024-06"},
    ],
)
def test_what_can_be_counted_is_left_alone(right: dict[str, Any]) -> None:
    quota = Quota(**{"key": "k", "field": "a", "number": 1, **right})
    assert list(faults(quota, PLAN, FIELDS, lambda unit: UNITS.get(unit, ""))) == []


def test_a_plan_whose_quota_cannot_be_counted_is_refused_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[plan]\nkey = "p"\ntitle = "P"\n[[plan.quotas]]\nkey = "k"\nnumber = 1\nmark = "honored"\n', encoding="utf-8"
    )
    with pytest.raises(PluginError, match=r"chỉ tiêu k, mark: .* honored; có phải là honoured\?"):
        _ = PlanPack.from_toml(path).declared
