"""The order of the house: what it exports, how long its files are, what it says of itself, and what is in the wheel."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import guong

ROOT = Path(__file__).parents[3]
CORE = sorted((ROOT / "core" / "guong").rglob("*.py"))
PRODUCT = sorted(path for folder in ("core", "plugins", "tui") for path in (ROOT / folder).rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_what_guong_exports_can_be_imported_and_nothing_else() -> None:
    assert sorted(guong.__all__) == list(guong.__all__)
    for name in guong.__all__:
        assert getattr(guong, name) is not None
    assert set(guong._HOMES) == set(guong.__all__) - {"__version__"}
    for name, home in guong._HOMES.items():
        assert getattr(importlib.import_module(home), name) is getattr(guong, name)
    with pytest.raises(AttributeError, match="khong_co"):
        _ = guong.khong_co


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_is_over_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(body: list[ast.stmt], path: str = "") -> list[tuple[str, Definition]]:
    """Return the public functions, classes and methods of a module or class."""
    found: list[tuple[str, Definition]] = []
    for one in body:
        if isinstance(one, Definition) and not one.name.startswith("_"):
            found.append((path + one.name, one))
            if isinstance(one, ast.ClassDef):
                found += public(one.body, f"{path}{one.name}.")
    return found


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.relative_to(ROOT / "core").as_posix())
def test_everything_public_has_a_docstring_and_every_function_its_types(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or path.name in ("version.py",)
    bare = [name for name, one in public(tree.body) if not ast.get_docstring(one)]
    assert bare == []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            untyped = [one.arg for one in arguments if one.annotation is None and one.arg not in ("self", "cls")]
            assert untyped == [], node.name
            assert node.returns is not None, node.name


def pins(name: str) -> dict[str, str]:
    """Return the pinned versions of a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {
        key.lower().replace("_", "-"): version
        for key, version in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_the_locks_name_no_host_and_every_pin_has_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|://|@ |index-url|find-links|trusted-host", text)
    blocks = re.split(
        r"\n(?=[A-Za-z0-9])",
        "\n" + "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).strip(),
    )
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
    assert not [line for line in text.splitlines() if line and line[0].isalnum() and "==" not in line]


def test_the_locks_cover_what_the_project_needs() -> None:
    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[ \[<>=!~;]", one)[0].lower().replace("_", "-") for one in requirements}

    extras = PROJECT["optional-dependencies"]
    assert names(PROJECT["dependencies"]) | names(extras["lock"]) <= pins("requirements.txt").keys()
    assert (
        names(PROJECT["dependencies"]) | names(extras["test"]) | names(extras["lock"])
        <= pins("requirements-test.txt").keys()
    )
    both = pins("requirements.txt").keys() & pins("requirements-test.txt").keys()
    assert {name for name in both if pins("requirements.txt")[name] != pins("requirements-test.txt")[name]} == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names of the files in the wheel, built as `pip install .` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as whole:
        return whole.namelist()


def test_the_wheel_holds_exactly_our_packages(wheel: list[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    plugins = {path.name for path in (ROOT / "plugins").glob("guong_*") if path.is_dir()}
    assert tops == {"guong", "guong_tui", *plugins, f"guong-{guong.__version__}.dist-info"}


def test_the_wheel_holds_every_file_of_our_packages_and_no_other(wheel: list[str]) -> None:
    tree = {
        path.relative_to(ROOT / folder).as_posix()
        for folder in ("core", "plugins", "tui")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    packed = {name for name in wheel if ".dist-info/" not in name}
    assert packed == tree
    for plugin in (ROOT / "plugins").glob("guong_*"):
        assert any(f"{plugin.name}/{name}" in packed for name in ("field.toml", "plan.toml", "law.toml")) or not list(
            plugin.glob("*.toml")
        )
    assert "guong_van_quan_2024/sample/rows.jsonl" in packed


def test_every_entry_point_names_a_module_of_the_wheel(wheel: list[str]) -> None:
    for group in PROJECT["entry-points"].values():
        for value in group.values():
            module = value.partition(":")[0].replace(".", "/")
            assert f"{module}.py" in wheel or f"{module}/__init__.py" in wheel, value
