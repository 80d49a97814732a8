"""Panels of plugins: what they are given, what they may give, and that one which fails fails alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from guong import Cell, FieldDeclaration, LifeShown, Panel, PlanDeclaration
from guong.domain.entry import Entry, FieldPart, MadeWith, Stored
from guong.domain.exemplar import Exemplar
from guong.domain.plan import Plan
from guong.errors import PluginError
from guong.folders import trust
from guong.panels import drawn, lived
from guong.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAN = Plan(
    id="0", key="ke-hoach", declared=PlanDeclaration(key="ke-hoach", title="Kế hoạch"),
    copies={"cu": FieldDeclaration(key="rung", title="Rừng"), "moi": FieldDeclaration(key="rung", title="Rừng", form=2)},
)  # fmt: skip
STATE = Exemplar(
    id="e", plan="ke-hoach", field="rung", declaration="cu", subject="s", lead="a", unit="a", details={"sao": 15}
)  # fmt: skip
SHOWN = LifeShown(PLAN, None, STATE, ())
SOURCE = """
from guong import Field, FieldDeclaration, Panel, hookimpl

@hookimpl
def guong_register_fields():
    def ha(step, details):
        return {"m2": details["sao"] * 360} if "sao" in details else details
    return [Field(FieldDeclaration(key="rung", title="Rừng", form=2), upcasts={1: ha})]

@hookimpl
def guong_register_panels():
    return [Panel("Đất rừng", "PLACE", lambda life: [str(life.state.details)])]
"""


def stored(position: int, declaration: str, details: dict[str, Any]) -> Stored:
    """Return an entry judged by a declaration."""
    entry = Entry(
        id=str(position), salt="", seen=None, step="assessed", v=1, recorded_at="2024-01-01T00:00:00.000000Z", occurred_on="2024-01-01",
        by="nv", role="r", unit="u", correlation="c", made_with=MadeWith(version="0", channel="cli"), data={},
        field=FieldPart(key="rung", declaration=declaration, details=details),
    )  # fmt: skip
    return Stored(position=position, stream="e", version=position, topic="exemplar.assessed", entry=entry)


def brought(folder: Path, source: str) -> Plugins:
    """Return the plugins of a book that brings one field, accepted."""
    (folder / "plugins").mkdir()
    (folder / "plugins" / "guong_rung.py").write_text(source, encoding="utf-8")
    trust(folder, "rung")
    return Plugins(folder)


def test_a_panel_is_given_details_as_its_plugin_knows_them_however_old_they_are(tmp_path: Path) -> None:
    plugins = brought(tmp_path, SOURCE.replace("PLACE", "life"))
    shown = lived(plugins, PLAN, None, STATE, [stored(1, "cu", {"sao": 10}), stored(2, "moi", {"m2": 4})])
    assert shown.state.details == {"m2": 5400}
    assert [one.entry.field.details for one in shown.entries if one.entry and one.entry.field] == [
        {"m2": 3600},
        {"m2": 4},
    ]
    (panel,) = plugins.panels("rung", "life")
    assert drawn(panel, shown) == [(Cell("{'m2': 5400}"),)]
    assert plugins.panels("rung", "moment") == []


def test_a_panel_without_a_place_costs_its_plugin_the_panels_and_is_named(tmp_path: Path) -> None:
    plugins = brought(tmp_path, SOURCE.replace("PLACE", "tường"))
    with pytest.raises(PluginError, match="Đất rừng đặt ở tường; các chỗ: life, moment"):
        plugins.panels("rung", "life")
    refused = {one.key: one.refused for one in plugins.report()}["rung"]
    assert "Đất rừng" in refused


def test_a_hook_that_raises_is_told_with_its_reason(tmp_path: Path) -> None:
    plugins = brought(
        tmp_path, SOURCE.replace("    return [Panel", "    raise ZeroDivisionError('hết rừng')\n    return [Panel")
    )
    with pytest.raises(PluginError, match="ZeroDivisionError: hết rừng"):
        plugins.panels("rung", "life")


def test_a_field_whose_plugin_is_not_here_has_no_panels() -> None:
    assert Plugins().panels("rung", "life") == []


def test_the_plugin_is_not_loaded_for_the_panels_of_another(tmp_path: Path) -> None:
    plugins = brought(tmp_path, "raise RuntimeError('không được nạp')")
    assert plugins.panels("nong-thon-moi", "moment") == []
    assert not plugins.wanting("rung")


def test_lines_are_texts_or_cells_and_all_become_cells() -> None:
    def show(_: LifeShown) -> Iterator[Any]:
        yield "một dòng"
        yield Cell("đỏ", "bad")
        yield "tên", Cell("12", "good")
        yield ["a", "b"]

    assert drawn(Panel("P", "life", show), SHOWN) == [
        (Cell("một dòng"),), (Cell("đỏ", "bad"),), (Cell("tên"), Cell("12", "good")), (Cell("a"), Cell("b")),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [[1], [("a", 2)], [Cell("a", "hồng")], [Cell(None)], 5, [None]])  # type: ignore[arg-type]
def test_anything_else_is_refused_with_a_reason(wrong: Any) -> None:
    with pytest.raises(PluginError, match="TypeError"):
        drawn(Panel("P", "life", lambda _: wrong), SHOWN)


@pytest.mark.parametrize("error", [ZeroDivisionError("chia cho 0"), SystemExit("thoát"), KeyError("khóa")])
def test_a_panel_that_raises_says_why_and_nothing_else_is_refused(error: BaseException) -> None:
    def show(_: LifeShown) -> Iterator[str]:
        yield "trước đó"
        raise error

    with pytest.raises(PluginError, match=type(error).__name__):
        drawn(Panel("P", "life", show), SHOWN)
