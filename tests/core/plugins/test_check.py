"""`guong plugin check`: each check finds its own fault and no other; what it prints, and how it ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from guong import scaffold
from guong.checks import CHECKS, Verdict, examine
from guong.cli.plugin import _suspects

if TYPE_CHECKING:
    from pathlib import Path

KEY, MODULE = "linh-vuc-a", "guong_linh_vuc_a"
FIELD, FORM, RULES, INIT = (f"{MODULE}/{name}" for name in ("field.toml", "form.py", "rules.py", "__init__.py"))
PROJECT = "pyproject.toml"

PLAN = """
from guong import PlanDeclaration, PlanPack, Quota
from guong.domain.declarations import Binding, Lead, Need, UnitData

@hookimpl
def guong_register_plans():
    return [PlanPack(PlanDeclaration(key="linh-vuc-a", title="Kế hoạch",
        fields=(Binding(field="linh-vuc-a", title="A", leads=(Lead(unit="don-vi"),)),),
        order=(Need(step="supported", needs="discovered"),),
        quotas=(Quota(key="q", field="linh-vuc-a", holder="don-vi", number=2, values=("passed",)),)),
        (UnitData(key="don-vi", name="Đơn vị"),))]
"""

FAULTS: dict[str, tuple[str, str, str, str, str]] = {
    "import raises": ("import", INIT, "from pathlib", "raise OSError('hỏng')\nfrom pathlib", "OSError: hỏng"),
    "import exits": ("import", INIT, "from pathlib", "raise SystemExit(3)\nfrom pathlib", "SystemExit: 3"),
    "misspelt hook": ("hooks", INIT, "register_fields", "register_feilds", "không có hook guong_register_feilds"),
    "unmarked hook": ("hooks", INIT, "@hookimpl\n", "", "hàm guong_register_fields thiếu @hookimpl"),
    "no hook": ("hooks", INIT, "guong_register_fields", "_fields", "không có hook _fields"),
    "empty hook": ("hooks", INIT, "return [", "return []\n    _ = [", "không trả về gì"),
    "another thing": ("data", INIT, "return [", "return [5, ", "hook trả về int"),
    "unknown key": ("data", FIELD, "kinds =", "kindz =", "field.toml: không có khóa kindz; có phải là kinds?"),
    "no label": ("data", FORM, '"Ý kiến của người được giúp"', '""', "Assessed.y_kien: còn thiếu nhãn"),
    "unknown attribute": ("data", FORM, "personal=True", "persnal=True",
        "Assessed.y_kien: ask(...) không nhận persnal; có phải là personal?"),
    "attribute of another place": ("data", FORM, "personal=True", "default=1", "ask(...) không nhận default; chỉ nhận type, "),
    "type of no form": ("data", FORM, "[int | None", "[set | None", "Assessed.so_nguoi: biểu không nhận kiểu"),
    "one id twice": ("data", FIELD, "[[criteria]]", '[[criteria]]\nid = "linh-vuc-a.01"\ntext = "x"\n[[criteria]]',
                     "criteria thứ 1 và thứ 2 cùng có id = linh-vuc-a.01"),
    "other entry point": ("key", PROJECT, 'linh-vuc-a = "guong', 'linh-vuc-b = "guong', "khai báo mang mã linh-vuc-a"),
    "empty text": ("texts", FIELD, 'text = "có cách làm hay, giúp được nhiều người"', 'text = " "', "criteria linh-vuc-a.01: còn trống"),
    "text not NFC": ("texts", FIELD, "cách", "ca\u0301ch", "criteria thứ 1.text: "),
    "control character": ("texts", FIELD, "hay,", "hay\\u0007,", "có ký tự điều khiển U+0007"),
    "unknown kind": ("kinds", FIELD, '"household"', '"hosehold"', "không có loại đối tượng hosehold; các loại: person"),
    "kind of a criterion": ("kinds", FIELD, 'id = "', 'kinds = ["model"]\nid = "', "loại model không có trong kinds"),
    "part of nothing": ("groups", FIELD, "kinds =", 'part = "cap"\nkinds =', "part = cap: biểu của bước discovered không có"),
    "group of nothing": ("groups", FIELD, 'id = "', 'group = "lon"\nid = "', "nhóm lon không có trong câu hỏi (chưa nêu group)"),
    "lonely alternative": ("alternatives", FIELD, 'id = "', 'any_of = "cach"\nid = "', "any_of = cach: chỉ một tiêu chí"),
    "form of no step": ("steps", FORM, '{"assessed"', '{"asessed"', "không có bước này của điển hình; có phải là assessed?"),
    "rule of no step": ("steps", RULES, '("assessed",)', '("asessed",)',
        "quy tắc linh-vuc-a.counted: không có bước asessed; có phải là assessed?"),
    "taken question": ("questions", FORM, "y_kien:", "findings:", "bước này đã có câu hỏi mang mã đó"),
    "question in capitals": ("questions", FORM, "y_kien:", "Y_Kien:", "câu Y_Kien: mã câu hỏi gồm chữ thường"),
    "number without floor": ("questions", FORM, ", minimum=0", "", "câu so_nguoi: số chưa có mức thấp nhất"),
    "bad choice": ("questions", FORM, "personal=True", 'choices={"Đồng ý": "đồng ý"}', "mã lựa chọn Đồng ý"),
    "pattern alone": ("questions", FORM, "personal=True", 'pattern="[0-9]+"', "có mẫu (pattern) mà không có lời"),
    "unsealed words": ("personal", FORM, ", personal=True", "", "câu y_kien (Ý kiến của người được giúp): chữ tự do"),
    "code of somebody else": ("rules", RULES, '"linh-vuc-a.counted"', '"khac.counted"',
        "quy tắc khac.counted: mã phải bắt đầu bằng linh-vuc-a."),
    "rule without words": ("rules", RULES, 'source="Lĩnh vực A"', 'source=""', "quy tắc linh-vuc-a.counted: còn thiếu source"),
    "one code twice": ("rules", RULES, "RULES = (", "RULES = 2 * (", "hai quy tắc cùng mã"),
    "no bound": ("depends", PROJECT, ",<1", "", "guong>=0.1: không có phiên bản cao nhất"),
    "no guong": ("depends", PROJECT, "guong>=", "guong-khac>=", "dependencies không nêu guong"),
    "no tests": ("tests", "tests/test_field.py", "", "", "không có tệp tests/test_*.py nào"),
    "lead of nowhere": ("leads", INIT, 'UnitData(key="don-vi"', 'UnitData(key="don-vj"',
        "lĩnh vực linh-vuc-a: không có đơn vị don-vi trong [[units]]; có phải là don-vj?"),
    "holder of nowhere": ("leads", INIT, 'UnitData(key="don-vi"', 'UnitData(key="xyz"', "chỉ tiêu q: không có đơn vị don-vi"),
    "quota of no field": ("data", INIT, 'key="q", field="linh-vuc-a"', 'key="q", field="khac"', "kế hoạch không có lĩnh vực khac"),
    "quota of no result": ("data", INIT, '("passed",)', '("pased",)', "trạng thái reviewed không có kết quả pased"),
    "quota of no mark": ("data", INIT, "number=2", 'number=2, mark="reviwed"', "không bước nào để lại trạng thái reviwed"),
    "quota bound by nothing": ("data", INIT, "number=2", 'number=2, bound="most"', "không có lựa chọn most"),
    "quota of no day": ("data", INIT, "number=2", 'number=2, until="mai"', "mai"),
    "order of no step": ("order", INIT, 'needs="discovered"', 'needs="discoverd"', "không có bước discoverd; có phải là discovered?"),
    "order of no answer": ("order", INIT, 'needs="discovered"', 'needs="reviewed", when={"kind": "x"}', "không có câu trả lời kind = x"),
    "order of no result": ("order", INIT, 'needs="discovered"', 'needs="reviewed", values=("pased",)', "không có kết quả pased; có: "),
    "order in a ring": ("order", INIT, 'order=(', 'order=(Need(step="discovered", needs="supported"),',
        "vòng tròn không bao giờ bắt đầu được: "),
}  # fmt: skip


def verdicts(folder: Path) -> dict[str, Verdict]:
    """Return what the checks say of a project, by their codes; its module is imported anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] == MODULE]:
        del sys.modules[name]
    (suspect,) = _suspects(str(folder))
    return {one.code: one for one in examine(suspect)}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project that passes every check; it brings a field and, for the checks of plans, a plan."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    scaffold.write(tmp_path / "a", scaffold.files(KEY, "Lĩnh vực A"))
    path = tmp_path / "a" / INIT
    path.write_text(path.read_text(encoding="utf-8") + PLAN, encoding="utf-8")
    return tmp_path / "a"


def test_a_sound_project_passes_every_check(project: Path) -> None:
    found = verdicts(project)
    assert list(found) == [check.code for check in CHECKS]
    assert [one for one in found.values() if one.faults != ()] == []


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_found_by_its_check_and_named_with_its_place(project: Path, case: str) -> None:
    code, file, old, new, said = FAULTS[case]
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    if old:
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        path.unlink()
    found = verdicts(project)
    assert [one.code for one in found.values() if one.faults] == [code], found
    assert said in "\n".join(found[code].faults or ())
    unseen = {one.code for one in found.values() if one.faults is None}
    assert all(code in check.after or unseen & set(check.after) for check in CHECKS if check.code in unseen)


def test_every_check_has_a_fault_that_shows_it_works() -> None:
    assert {check.code for check in CHECKS} - {case[0] for case in FAULTS.values()} == {"roundtrip"}
    assert all(check.what and check.todo for check in CHECKS)


# ------------------------------------------------------------------ the command


def test_it_prints_each_check_and_what_to_do_and_ends_with_a_code(machine: Any) -> None:
    assert machine.run("plugin", "new", KEY, "--title", "Lĩnh vực A").code == 0
    ran = machine.run("plugin", "check", f"guong-{KEY}")
    assert ran.code == 0, ran.out
    assert ran.out.count("✓") == len(CHECKS)
    assert f"{KEY}: đạt {len(CHECKS)}/{len(CHECKS)}" in ran.err
    form = machine.folder / f"guong-{KEY}" / FORM
    form.write_text(form.read_text(encoding="utf-8").replace(", personal=True", ""), encoding="utf-8")
    ran = machine.run("plugin", "check", f"guong-{KEY}")
    assert ran.code == 6
    assert "  ✗ personal " in ran.out
    assert "      → thêm personal=True" in ran.out
    (one,) = machine.run("plugin", "check", f"guong-{KEY}", "--json").json
    assert (one["key"], one["module"]) == (KEY, MODULE)
    assert [check["code"] for check in one["checks"] if not check["passed"]] == ["personal"]


def test_a_module_that_cannot_be_imported_leaves_the_rest_unseen(machine: Any) -> None:
    assert machine.run("plugin", "new", KEY, "--title", "Lĩnh vực A").code == 0
    (machine.folder / f"guong-{KEY}" / INIT).write_text("import khong_co\n", encoding="utf-8")
    ran = machine.run("plugin", "check", f"guong-{KEY}")
    assert ran.code == 6
    assert "No module named 'khong_co'" in ran.out
    assert "  · hooks " in ran.out
    assert "(chưa xét được)" in ran.out


def test_a_package_folder_and_an_installed_plugin_are_looked_at_too(machine: Any, field_source: str) -> None:
    assert machine.run("plugin", "new", KEY, "--title", "Lĩnh vực A").code == 0
    assert machine.run("plugin", "check", f"guong-{KEY}/{MODULE}").code == 0
    assert machine.run("plugin", "check", "van-quan-2024").code == 0
    machine.install("guong-x", "guong_x", field_source.replace("KEY", "x"), key="x")
    ran = machine.run("plugin", "check", "x")
    assert ran.code == 6
    assert "dependencies không nêu guong" in ran.out


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("khong-co", "không có thư mục hay plugin khong-co; đã cài: "),
        ("van-quan-2023", "có phải là van-quan-2024?"),
        ("thu.txt", "thu.txt là một tệp; nêu thư mục của dự án hoặc của gói"),
        ("trong", "trong: không có pyproject.toml hay __init__.py"),
        ("hong", "pyproject.toml: không đọc được"),
        ("khac", "pyproject.toml: không có plugin nào"),
    ],
)
def test_what_is_no_plugin_is_refused_with_what_would_be_one(machine: Any, target: str, said: str) -> None:
    for name, text in (("trong", None), ("hong", "[project"), ("khac", "[project]\nname = 'x'\n")):
        (machine.folder / name).mkdir()
        if text:
            (machine.folder / name / "pyproject.toml").write_text(text, encoding="utf-8")
    (machine.folder / "thu.txt").write_text("", encoding="utf-8")
    ran = machine.run("plugin", "check", target)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
