"""`guong plugin new` writes a field that works as it is; and what it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from guong import scaffold
from guong.checks import examine
from guong.cli.plugin import _suspects
from guong.errors import UsageError

SNAPSHOT = Path(__file__).with_name("plugin-new.txt")
MOST_LINES = 60
"""All that a field without rules of its own may cost its author."""


def files(folder: Path) -> dict[str, str]:
    """Return the files of a folder as text by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_package_is_written_byte_for_byte_as_it_was_read_and_found_right(machine: Any) -> None:
    ran = machine.run(
        "plugin", "new", "chuyen-doi-so", "--title", "Chuyển đổi số", "--campaign", "Cả nước thi đua", "--letter", "o",
        "--kind", "person", "--kind", "collective",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    made = files(machine.folder / "guong-chuyen-doi-so")
    assert [line.partition("/")[2] for line in ran.out.splitlines()] == sorted(made)
    whole = "".join(f"──── {name}\n{text}" for name, text in sorted(made.items()))
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(whole, encoding="utf-8", newline="")
    assert whole == SNAPSHOT.read_bytes().decode()


@pytest.mark.parametrize("more", [(), ("--bare",)])
def test_its_own_tests_pass_at_once_without_installing_it(machine: Any, more: tuple[str, ...]) -> None:
    assert machine.run("plugin", "new", "linh-vuc-a", "--title", "Lĩnh vực A", *more).code == 0
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GUONG_", "PYTHON", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider"], env=clean,
        cwd=machine.folder / "guong-linh-vuc-a", capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout if not more else "5 passed" in done.stdout


def test_a_field_without_rules_is_an_entry_point_a_form_and_data(machine: Any) -> None:
    assert machine.run("plugin", "new", "linh-vuc-a", "--title", "Lĩnh vực A", "--bare").code == 0
    made = files(machine.folder / "guong-linh-vuc-a")
    assert sum(len(text.splitlines()) for text in made.values()) < MOST_LINES
    module = "guong_linh_vuc_a"
    assert sorted(name for name in made if name.endswith(".py")) == [
        f"{module}/__init__.py", f"{module}/form.py", "tests/test_field.py",
    ]  # fmt: skip
    project = tomllib.loads(made["pyproject.toml"])["project"]
    assert project["entry-points"] == {"guong": {"linh-vuc-a": module}}


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize(
    ("letter", "title"),
    [("a", 'Trồng "rừng"'), ("b", "a\\"), ("c", "$key ${module} {}"), ("d", '"""'), ("e", "x" * 300)],
)
def test_any_title_makes_a_package_that_passes_every_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letter: str, title: str, bare: bool
) -> None:
    key = f"moi-{letter}-{'it' if bare else 'du'}"  # a module is imported once, whatever folder it is in
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    scaffold.write(tmp_path / "a", scaffold.files(key, title, campaign=title, bare=bare))
    (suspect,) = _suspects(str(tmp_path / "a"))
    assert [(one.code, one.faults) for one in examine(suspect) if one.faults != ()] == []
    assert suspect.declared[0].title == title


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("Chuyển đổi số", "có thể là chuyen-doi-so"),
        ("chuyen_doi_so", "có thể là chuyen-doi-so"),
        ("14", "có thể là linh-vuc-a"),
        ("../../etc", "có thể là etc"),
        ("-", "có thể là linh-vuc-a"),
        ("a" * 50, "có thể là " + "a" * 40),
    ],
)
def test_a_bad_key_is_refused_with_one_that_would_do(machine: Any, key: str, near: str) -> None:
    ran = machine.run("plugin", "new", "--title", "Lĩnh vực A", "--", key)
    assert (ran.code, ran.out) == (2, "")
    assert f"mã {key} không dùng được" in ran.err
    assert near in ran.err
    assert [path.name for path in machine.folder.iterdir()] == ["site"]


def test_a_key_without_a_letter_gets_none_from_a_title_without_one() -> None:
    with pytest.raises(UsageError) as refused:
        scaffold.files("1", "2024")
    assert refused.value.fix == "viết như linh-vuc-a"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--title", ""), "--title: phải là một dòng chữ"),
        (("--title", "a\nb"), "--title: phải là một dòng chữ"),
        (("--title", "a\x1b[2J"), "--title: có ký tự điều khiển U+001B"),
        (("--title", "A", "--kind", "persn"), "--kind: không có loại persn; có phải là person?"),
        (("--title", "A", "--kind", "xyz"), "--kind: không có loại xyz; các loại: person (cá nhân), "),
        ((), "--title: phải là một dòng chữ"),
    ],
)
def test_bad_words_and_kinds_are_refused(machine: Any, more: tuple[str, ...], said: str) -> None:
    ran = machine.run("plugin", "new", "linh-vuc-a", *more)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert [path.name for path in machine.folder.iterdir()] == ["site"]


def test_a_taken_folder_and_a_taken_key_are_refused_and_left_alone(machine: Any) -> None:
    taken = machine.folder / "guong-linh-vuc-a"
    taken.mkdir()
    (taken / "thu.txt").write_text("của tôi", encoding="utf-8")
    ran = machine.run("plugin", "new", "linh-vuc-a", "--title", "A")
    assert (ran.code, ran.out) == (4, "")
    assert "guong-linh-vuc-a đã có và không trống; chọn một thư mục mới" in ran.err
    assert files(taken) == {"thu.txt": "của tôi"}
    file = machine.run("plugin", "new", "linh-vuc-a", "--title", "A", "--dir", "guong-linh-vuc-a/thu.txt")
    assert (file.code, file.out) == (4, "")
    key = machine.run("plugin", "new", "van-quan-2024", "--title", "A", "--dir", "moi")
    assert (key.code, key.out) == (2, "")
    assert "mã van-quan-2024 đã có plugin nhận" in key.err
    assert not (machine.folder / "moi").exists()
