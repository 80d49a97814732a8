"""What a command loads, looked at in a process of its own: a deferred import that is not looked at does not stay deferred."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import json, sys
sys.argv = ["guong", *json.loads(sys.argv[1])]
from guong.cli import run
code = run(sys.argv[1:])
sys.stdout.flush()
print("\\n" + json.dumps([int(code), sorted(name for name in sys.modules if "." not in name)]))
"""
SCREENS = {"textual", "rich", "guong_tui"}
SHEETS = {"openpyxl", "pandas"}
HEAVY = {"msgspec", "cryptography", "eventsourcing", "pluggy", "sqlite3"}


def loaded(folder: Path, *args: str) -> set[str]:
    """Return the top-level modules that a command has loaded when it is done."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GUONG_", "PYTHON", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(args)], env={**clean, "GUONG_HOME": str(folder)}, cwd=folder,
        capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=60, check=True,
    )  # fmt: skip
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


def plugins(modules: set[str]) -> set[str]:
    """Return the plugin modules among them."""
    return {name for name in modules if name.startswith("guong_")}


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("record", "--help"), ("board", "--help")])
def test_what_needs_no_book_loads_no_screen_and_no_plugin(tmp_path: Path, args: tuple[str, ...]) -> None:
    modules = loaded(tmp_path, *args)
    assert not modules & (SCREENS | SHEETS)
    assert plugins(modules) == set()
    assert "eventsourcing" not in modules
    assert "cryptography" not in modules


@pytest.mark.parametrize("args", [("--version",), ("--help",)])
def test_version_and_help_load_nothing_heavy(tmp_path: Path, args: tuple[str, ...]) -> None:
    assert not loaded(tmp_path, *args) & HEAVY


@pytest.mark.parametrize("command", ["board", "list", "log", "replay", "check", "fields"])
def test_reading_a_book_loads_no_screen_no_sheet_and_no_plugin(tmp_path: Path, sample_year: Path, command: str) -> None:
    modules = loaded(tmp_path, "-C", str(sample_year), command)
    assert not modules & (SCREENS | SHEETS)
    assert plugins(modules) == set()
    assert "hypothesis" not in modules


def test_showing_an_exemplar_loads_its_field_s_plugin_at_most(tmp_path: Path, sample_year: Path) -> None:
    short = exemplar(sample_year, tmp_path, "day-tot-hoc-tot")
    assert plugins(loaded(tmp_path, "-C", str(sample_year), "show", short)) <= {"guong_day_tot_hoc_tot"}


@pytest.mark.parametrize("place", ["a book", "no book"])
@pytest.mark.parametrize("field", ["day-tot-hoc-tot", "y-te"])
def test_showing_a_field_loads_its_own_plugin_alone(tmp_path: Path, sample_year: Path, field: str, place: str) -> None:
    at = ("-C", str(sample_year)) if place == "a book" else ()
    assert plugins(loaded(tmp_path, *at, "field", "show", field)) == {"guong_" + field.replace("-", "_")}


@pytest.mark.parametrize(
    ("field", "by"),
    [("nong-thon-moi", "nnptnt-01"), ("day-tot-hoc-tot", "gddt-02"), ("quoc-phong-an-ninh", "cong-an-01")],
)
def test_recording_loads_the_plan_s_plugin_its_law_and_the_one_field_s(
    tmp_path: Path, sample_year: Path, field: str, by: str
) -> None:
    short = exemplar(sample_year, tmp_path, field)
    answers = ("--occurred-on", "20/12/2024", "--kind", "visit", "--what", "x", "--dry-run")
    modules = loaded(tmp_path, "-C", str(sample_year), "--by", by, "record", "supported", short, *answers)
    assert plugins(modules) == {"guong_van_quan_2024", "guong_luat_tdkt", "guong_" + field.replace("-", "_")}
    assert not modules & (SCREENS | SHEETS)


def exemplar(book: Path, folder: Path, field: str) -> str:
    """Return the short form of the first exemplar of a field."""
    from guong.book import Book

    with Book(book) as opened:
        return opened.view.exemplars(field=field)[0].short


def test_importing_guong_alone_imports_nothing_of_it(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import guong; print(sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    new = set(done.stdout.strip("[]\n").replace("'", "").split(", "))
    assert {name for name in new if name.startswith("guong")} == {"guong", "guong.version"}
    assert "click" not in new
    assert "msgspec" not in new
