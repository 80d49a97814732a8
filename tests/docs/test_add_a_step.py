"""Adding a step is data plus words: the page is followed to the letter in a copy of the core, which then knows the step."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import guong

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-step.md"
STEP = "replication_coached"


class Copy:
    """The command line of a copy of the core, with the insertions of the page made in it."""

    def __init__(self, folder: Path, pages: dict[str, Any]) -> None:
        self.folder, self.core = folder, folder / "core" / "guong"
        shutil.copytree(Path(guong.__file__).parent, self.core, ignore=shutil.ignore_patterns("__pycache__"))
        self.added = [block for block in pages["blocks"](PAGE) if block.anchor]
        for block in self.added:
            path = folder / block.file
            path.write_text(pages["put"](block, path, f"{block.page}:{block.line}"), encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUONG", "PYTHON"))}
        self.env = {
            **kept, "GUONG_HOME": str(folder / "home"), "GUONG_OFFICER": "noi-vu-01", "PYTHONPATH": str(self.core.parent),
            "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
        }  # fmt: skip

    def guong(self, *words: str, code: int = 0) -> str:
        """Run a command, which must end with `code`; return what it prints, messages after data."""
        done = subprocess.run(
            [sys.executable, "-c", "from guong.cli import main; main()", *words], env=self.env, cwd=self.folder,
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr if code else done.stdout

    def receipts(self, *words: str) -> list[dict[str, Any]]:
        """Record, and return the receipts."""
        return [json.loads(line) for line in self.guong("-C", "so", "record", *words, "--json").splitlines()]


@pytest.fixture(scope="module")
def copy(pages: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy with a small book in which a replication has begun, made from the page's own rows."""
    made = Copy(tmp_path_factory.mktemp("copy"), pages)
    (rows,) = [block for block in pages["blocks"](PAGE) if block.file.endswith(".jsonl")]
    (made.folder / rows.file).write_text(rows.text, encoding="utf-8")
    made.guong(
        "init", "so", "--plan", "van-quan-2024", "--officer", "noi-vu-01", "--name", "Nông Thị Mẫu", "--unit", "phong-noi-vu",
        "--occurred-on", "05/3/2024", "--paper-number", "06", "--paper-issuer", "Phòng Nội vụ",
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def begun(copy: Copy) -> dict[str, Any]:
    """Return the receipt of the replication that has begun."""
    return copy.receipts("--from", "cac-buoc.jsonl")[-1]


def test_the_page_adds_a_form_a_line_and_a_key_and_no_other_code(copy: Copy) -> None:
    changed = {
        path.relative_to(copy.core).as_posix()
        for path in copy.core.rglob("*.py")
        if path.read_bytes() != (Path(guong.__file__).parent / path.relative_to(copy.core)).read_bytes()
    }
    assert changed == {"domain/replication.py", "domain/streams.py"}
    form, line, key = (block.text.strip() for block in copy.added)
    assert form.startswith("class ")
    assert re.fullmatch(r"Step\(.*\),", line)
    assert key == f'"{STEP}",'


def test_the_core_itself_does_not_know_the_step() -> None:
    from guong.domain.streams import STEPS

    assert STEP not in STEPS


def test_the_copy_offers_it_asks_for_it_and_gives_its_schema(copy: Copy, begun: dict[str, Any]) -> None:
    assert STEP in copy.guong("-C", "so", "record", "--help")
    told = copy.guong("-C", "so", "record", STEP, "--help")
    assert all(option in told for option in ("--start", "--topic", "--days"))
    schema = json.loads(copy.guong("-C", "so", "record", STEP, "--schema"))
    assert {"start", "topic", "days"} <= schema["properties"].keys()
    assert {"start", "topic"} <= set(schema["required"])
    missing = copy.guong("-C", "so", "record", STEP, begun["short"], "--no-input", "--occurred-on", "20/6/2024", code=3)
    assert "Nội dung hướng dẫn: còn thiếu" in missing


def test_the_rule_of_threads_looks_at_it(copy: Copy, begun: dict[str, Any]) -> None:
    told = ("-C", "so", "record", STEP, begun["short"], "--topic", "Đắp bờ", "--start")
    early = copy.guong(*told, begun["id"], "--occurred-on", "01/5/2024", code=3)
    assert "mới bắt đầu ngày 01/6/2024" in early
    other = copy.guong(*told, "#80", "--occurred-on", "20/6/2024", code=3)
    assert "không phải là điều đó" in other


def test_the_new_step_is_recorded_and_read_back(copy: Copy, begun: dict[str, Any]) -> None:
    (receipt,) = copy.receipts(
        STEP, begun["short"], "--occurred-on", "20/6/2024", "--start", begun["id"], "--topic", "Đắp bờ", "--days", "2"
    )
    lines = copy.guong("-C", "so", "log", "--json").splitlines()
    (read,) = [one for line in lines if (one := json.loads(line))["id"] == receipt["id"]]
    assert read["topic"] == f"exemplar.{STEP}"
    assert read["data"] == {"start": begun["id"], "days": 2}
    assert read["opened"]["data"] == {"topic": "Đắp bờ"}
    assert "Hướng dẫn nơi học theo: Hộ ông Nông Văn Mới: Đắp bờ (2 ngày)" in copy.guong("-C", "so", "log")
    assert "Số ngày: 2" in copy.guong("-C", "so", "show", begun["short"])
