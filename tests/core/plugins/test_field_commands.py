"""`guong fields` and `guong field show`: from the log's copies in a book, from the plugins elsewhere; nobody's plugin is needed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from guong import Field
from guong.errors import PluginError
from guong.text import alphabetical

SEED = tomllib.loads((Path(__file__).parents[2] / "plugins" / "seed-fields.toml").read_text("utf-8"))
MODES = {"giao": "assigned", "de_nghi": "requested"}
KINDS = {"individual": "person"}
LETTERS = list("abcdđeghiklmn")

PLAN = """
from guong import PlanDeclaration, PlanPack, Quota, hookimpl
from guong.domain.declarations import Binding, Lead, UnitData

@hookimpl
def guong_register_plans():
    fields = (Binding(field="truong-lop", title="Trường lớp", letter="a", leads=(Lead(unit="to-a", mode="requested"),)),)
    quotas = (Quota(key="q", field="truong-lop", holder="to-a", number=3, bound="exactly", parts={"x": "X"}, mode="requested"),)
    plan = PlanDeclaration(key="KEY", title="Kế hoạch KEY", issued="2024-01-10", fields=fields, quotas=quotas)
    return [PlanPack(plan, (UnitData(key="to-a", name="Tổ A"),))]
"""
FIELD = """
from typing import Annotated
import msgspec
from guong import Criterion, Field, FieldDeclaration, ask, hookimpl

class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    khoi: Annotated[str, ask("Khối lớp", choices={"x": "X"})]

@hookimpl
def guong_register_fields():
    criteria = CRITERIA
    declared = FieldDeclaration(key="truong-lop", title="T", kinds=("person",), criteria=criteria, part="khoi")
    return [Field(declared, {"discovered": Discovered})]
"""
ONE = "(Criterion(id='a.1', text='chăm ngoan'),)"
TWO = "(Criterion(id='a.1', text='chăm ngoan'), Criterion(id='a.2', text='đoàn kết', mandatory=True))"


def upgrade(machine: Any, version: str, source: str) -> None:
    """Put another version of the field's plugin in the place of the one that is installed, if any."""
    for path in machine.site.glob("guong_truong_lop-*"):
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    machine.install("guong-truong-lop", "truong_lop", source, key="truong-lop", version=version)


@pytest.fixture
def own(machine: Any) -> Any:
    """Return a machine with a plan, its field at version 1.0, and a book under that plan in `so`."""
    machine.install("guong-kh", "kh_module", PLAN.replace("KEY", "ke-hoach-a"), key="ke-hoach-a")
    upgrade(machine, "1.0", FIELD.replace("CRITERIA", ONE))
    made = machine.run(
        "init", "so", "--plan=ke-hoach-a", "--officer=nv-01", "--name=Trần Thị Thử", "--unit=to-a", "--occurred-on=2024-01-10",
        "--paper-number=1", "--paper-issuer=Nơi A", "--no-input",
    )  # fmt: skip
    assert made.code == 0, made.err
    return machine


def listed(machine: Any, *args: str, **variables: str) -> list[Any]:
    """Return what `guong fields --json` says."""
    ran = machine.run(*args, "fields", "--json", **variables)
    assert ran.code == 0, ran.err
    rows: list[Any] = ran.json
    return rows


def bound(machine: Any) -> list[Any]:
    """Return the rows of the fields that a plan of the book binds."""
    return [row for row in listed(machine, "-C", "so") if row["plan"]]


def shown(machine: Any, *args: str, **variables: str) -> list[Any]:
    """Return what a command says with `--json`."""
    ran = machine.run(*args, "--json", **variables)
    assert ran.code == 0, ran.err
    rows: list[Any] = ran.json
    return rows


def test_letters_stand_in_vietnamese_order() -> None:
    assert sorted("nđmdlckbihgea", key=alphabetical) == LETTERS
    assert sorted(["đu đủ", "êm", "em", "du", "eo", "Dương"], key=alphabetical) == [
        "du",
        "Dương",
        "đu đủ",
        "em",
        "eo",
        "êm",
    ]


@pytest.mark.parametrize("kinds", ['["person"]', '[\n"person"\n]', '[\n["person"][0]\n]', '"""\n[[x]]"""'])
def test_the_head_of_a_field_is_what_the_whole_file_says_of_it(tmp_path: Path, kinds: str) -> None:
    path = tmp_path / "field.toml"
    text = f"key = 'a'\ntitle = 'A'\nkinds = {kinds}\ncampaign = 'C'\n\n[[criteria]]\nid = 'a.1'\ntext = 'tốt'\n"
    path.write_text(text, encoding="utf-8")
    field = Field.from_toml(path)
    try:
        whole = field.declared
    except PluginError as wrong:
        with pytest.raises(PluginError, match=re.escape(wrong.message)):
            _ = field.head
    else:
        assert (field.head.key, field.head.kinds, field.head.campaign) == (whole.key, whole.kinds, whole.campaign)
        assert (len(whole.criteria), len(field.head.criteria)) == (1, 0)


@pytest.mark.parametrize("place", [(), ("-C", "so")])
def test_the_thirteen_are_listed_as_the_plan_has_them(machine: Any, place: tuple[str, ...]) -> None:
    assert machine.book.name == "so"
    rows = listed(machine, *place)
    assert [row["letter"] for row in rows] == LETTERS
    for row, seed in zip(rows, SEED["field"], strict=True):
        assert row["title"] == seed["name"]
        assert row["campaign"] == seed["campaign"]
        assert sorted(row["kinds"]) == sorted(KINDS.get(kind, kind) for kind in seed["subject_kinds"])
        assert [lead["name"] for lead in row["leads"]] == seed["lead_units"]
        assert {lead["mode"] for lead in row["leads"]} == {MODES[seed["assignment"]]}
        assert [quota["number"] for quota in row["quotas"]] == [quota["min"] for quota in seed["quota"]]
        assert (row["plan"], row["note"]) == ("van-quan-2024", "")


def test_without_plugins_a_book_still_tells_all_it_has_copied(machine: Any) -> None:
    whole = listed(machine, "-C", str(machine.book))
    alone = listed(machine, "-C", str(machine.book), GUONG_PLUGINS="")
    assert [{**row, "state": "open", "note": ""} for row in alone] == whole
    assert {row["note"] for row in alone} == {
        f"cần plugin {row['field']}, máy này không có bản dùng được" for row in whole
    }
    for row, seed in zip(whole, SEED["field"], strict=True):
        show = ("-C", str(machine.book), "field", "show", row["field"])
        ran = machine.run(*show, GUONG_PLUGINS="")
        words = " ".join(ran.out.split())
        assert [one["id"] for one in seed["criterion"] if " ".join(one["text"].split()) not in words] == []
        assert max(len(line) for line in ran.out.splitlines()) <= 80
        (with_plugin,), (without,) = shown(machine, *show), shown(machine, *show, GUONG_PLUGINS="")
        assert {**without, "state": "open", "note": ""} == with_plugin


def test_outside_a_book_a_field_says_what_opening_it_would_copy(own: Any) -> None:
    (plugin,) = shown(own, "field", "show", "truong-lop")
    (copied,) = shown(own, "-C", "so", "field", "show", "truong-lop")
    assert plugin["declared"] == copied["declared"]
    assert (plugin["plan"], plugin["quotas"], plugin["leads"]) == (None, [], [])
    (led,) = shown(own, "field", "show", "truong-lop", "--plan", "ke-hoach-a")
    assert led["leads"] == copied["leads"] == [{"mode": "requested", "name": "Tổ A", "text": "", "unit": "to-a"}]
    assert [one["told"] for one in led["quotas"]] == ["mỗi khối lớp đúng 3 điển hình"]
    assert "Tổ A (đề nghị): mỗi khối lớp đúng 3 điển hình" in own.run("-C", "so", "fields").out
    (opening,) = copied["openings"]
    assert f"guong-truong-lop 1.0; mã băm {opening['declaration'][:12]}" in own.run("field", "show", "truong-lop").out


def test_a_plugin_that_declares_something_else_by_now_is_told_and_opened_anew(own: Any) -> None:
    upgrade(own, "1.1", FIELD.replace("CRITERIA", ONE))
    assert [row["state"] for row in bound(own)] == ["open"]  # another version that declares the same
    upgrade(own, "2.0", FIELD.replace("CRITERIA", TWO))
    anew = "mở lại: guong open truong-lop --plan ke-hoach-a --occurred-on NGÀY"
    assert [row["note"].partition("; ")[2] for row in bound(own)] == [anew]
    out = own.run("-C", "so", "field", "show", "truong-lop").out
    assert anew in " ".join(out.split())
    assert "đoàn kết" not in out
    opened = own.run(
        "-C",
        "so",
        "--by=nv-01",
        "open",
        "truong-lop",
        "--plan",
        "ke-hoach-a",
        "--occurred-on",
        "1/6/2024",
        "--reason",
        "đổi",
    )
    assert opened.code == 0, opened.err
    assert [row["state"] for row in bound(own)] == ["open"]
    (row,) = shown(own, "-C", "so", "field", "show", "truong-lop")
    assert [one["on"] for one in row["openings"]] == ["2024-01-10", "2024-06-01"]
    told = own.run("-C", "so", "field", "show", "truong-lop", GUONG_PLUGINS="").out
    assert "  a.2        đoàn kết (bắt buộc)\n" in told
    first, second = (one["declaration"][:12] for one in row["openings"])
    openings = " ".join(told.partition("Các lần mở\n")[2].split())
    assert f"từ 10/01/2024, mục #{row['openings'][0]['position']}, mã băm {first}, 1 tiêu chí" in openings
    assert f"mã băm {second}, 2 tiêu chí; thêm a.2" in openings


def test_a_change_without_another_version_is_told_where_one_field_is_asked_for(own: Any) -> None:
    upgrade(own, "1.0", FIELD.replace("CRITERIA", TWO))
    (row,) = shown(own, "-C", "so", "field", "show", "truong-lop")
    assert row["state"] == "older"


def test_a_field_of_two_plans_is_shown_under_both_and_one_can_be_named(own: Any) -> None:
    own.install("guong-kh2", "kh2_module", PLAN.replace("KEY", "ke-hoach-b"), key="ke-hoach-b")
    opened = own.run("-C", "so", "--by=nv-01", "open", "ke-hoach-b")
    assert opened.code == 0, opened.err
    assert [(row["plan"], row["field"]) for row in bound(own)] == [
        ("ke-hoach-a", "truong-lop"), ("ke-hoach-b", "truong-lop"),
    ]  # fmt: skip
    show = ("-C", "so", "field", "show", "truong-lop")
    assert [row["plan"] for row in shown(own, *show)] == ["ke-hoach-a", "ke-hoach-b"]
    assert [row["plan"] for row in shown(own, *show, "--plan", "ke-hoach-b")] == ["ke-hoach-b"]
    assert [row["plan"] for row in shown(own, "-C", "so", "fields", "--plan", "ke-hoach-b")] == ["ke-hoach-b"]


def test_fields_that_no_plan_opens_and_plans_whose_field_is_missing(own: Any, field_source: str) -> None:
    own.install("guong-le", "le_module", field_source.replace("KEY", "le"), key="le")
    rows = {row["field"]: row for row in listed(own, "-C", "so")}
    assert (rows["le"]["state"], rows["le"]["plan"]) == ("unbound", None)
    assert [row["state"] for row in shown(own, "-C", "so", "field", "show", "le")] == ["unbound"]
    assert {row["field"]: row["plan"] for row in listed(own)}["le"] is None
    rows = {row["field"]: row for row in listed(own, GUONG_PLUGINS="ke-hoach-a")}
    assert (rows["truong-lop"]["title"], rows["truong-lop"]["kinds"]) == ("Trường lớp", None)
    assert "cần plugin truong-lop" in rows["truong-lop"]["note"]


def test_a_plugin_that_is_broken_is_named_and_the_others_are_listed(own: Any) -> None:
    own.install("guong-hong", "hong_module", "raise RuntimeError('hỏng')", key="hong")
    own.install("guong-lac", "lac_module", FIELD.replace("CRITERIA", ONE), key="lac")  # brings a field of another key
    for place in ((), ("-C", "so")):
        ran = own.run(*place, "fields")
        assert ran.code == 0
        assert "plugin hong: không dùng được; xem guong plugins\n" in ran.err
        assert (
            "plugin lac không dùng được: mang khóa truong-lop, nhưng chỉ được mang khóa của chính nó là lac" in ran.err
        )
        assert "truong-lop" in ran.out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("field", "show", "truong-lo"), "không có lĩnh vực truong-lo; có phải là truong-lop?"),
        (
            ("field", "show", "truong-lop", "--plan", "ke-hoach-x"),
            "không có kế hoạch ke-hoach-x; có phải là ke-hoach-a?",
        ),
        (
            ("field", "show", "y-te", "--plan", "ke-hoach-a"),
            "kế hoạch ke-hoach-a không có lĩnh vực y-te; xem guong fields",
        ),
        (("fields", "--plan", "ke-hoach-x"), "không có kế hoạch ke-hoach-x; có phải là ke-hoach-a?"),
    ],
)
@pytest.mark.parametrize("place", [(), ("-C", "so")])
def test_what_is_not_there_is_named_with_what_may_have_been_meant(
    own: Any, args: tuple[str, ...], says: str, place: tuple[str, ...]
) -> None:
    ran = own.run(*place, *args)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(says)
