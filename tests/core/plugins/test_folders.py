"""A folder that `guong.toml` names is a plugin of the book: accepted by its content, else named with its reason."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from guong import scaffold

if TYPE_CHECKING:
    from pathlib import Path

KEY = "linh-vuc-a"
NAMED = "../guong-linh-vuc-a"


@pytest.fixture
def project(machine: Any) -> Path:
    """Return the project of a field beside the book, as `guong plugin new` writes it."""
    folder: Path = machine.book.parent / "guong-linh-vuc-a"
    scaffold.write(folder, scaffold.files(KEY, "Lĩnh vực A"))
    return folder


def name(machine: Any, *folders: str) -> None:
    """Name folders in the settings of the book."""
    listed = ", ".join(f'"{one}"' for one in folders)
    (machine.book / "guong.toml").write_text(f"plugins = [{listed}]\n", encoding="utf-8")


def said(machine: Any, key: str = KEY) -> dict[str, Any]:
    """Return what `guong plugins` says of one plugin, which costs no other plugin anything."""
    every: dict[str, dict[str, Any]] = machine.plugins("-C", str(machine.book))
    assert not every["van-quan-2024"]["refused"]
    assert machine.run("-C", str(machine.book), "board").code == 0
    return every[key]


def trust(machine: Any) -> Any:
    """Accept the plugin."""
    return machine.run("-C", str(machine.book), "plugins", "trust", KEY)


@pytest.mark.parametrize("named", [NAMED, f"{NAMED}/guong_linh_vuc_a"])
def test_a_project_or_package_folder_runs_once_it_is_accepted(machine: Any, project: Path, named: str) -> None:
    name(machine, named)
    before = said(machine)
    assert before["where"] == f"thư mục: {named}"
    assert "chưa được bạn chấp nhận" in before["refused"]
    assert trust(machine).code == 0
    assert (said(machine)["refused"], said(machine)["brings"]) == ("", [KEY])


def test_one_changed_letter_and_it_is_a_stranger_again(machine: Any, project: Path) -> None:
    name(machine, NAMED)
    trust(machine)
    path = project / "guong_linh_vuc_a" / "field.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "chưa được bạn chấp nhận" in said(machine)["refused"]


def test_a_package_in_src_is_found_too(machine: Any, project: Path) -> None:
    (project / "src").mkdir()
    (project / "guong_linh_vuc_a").rename(project / "src" / "guong_linh_vuc_a")
    name(machine, NAMED)
    assert trust(machine).code == 0
    assert said(machine)["brings"] == [KEY]


def test_a_path_that_is_not_there_or_is_a_file_is_named_with_its_reason(machine: Any, project: Path) -> None:
    name(machine, "../khong-co", f"{NAMED}/pyproject.toml", "../" + "x" * 300)
    every = machine.plugins("-C", str(machine.book))
    assert "không có ở đó" in every["khong-co"]["refused"]
    assert "là một tệp" in every["pyproject.toml"]["refused"]
    assert "không đọc được" in every["x" * 300]["refused"]
    ran = machine.run("-C", str(machine.book), "plugins", "trust", "khong-co")
    assert (ran.code, ran.out) == (6, "")
    assert "thư mục: ../khong-co" in ran.err


def test_a_folder_without_a_plugin_is_named_with_what_it_should_have(machine: Any, project: Path) -> None:
    (machine.folder / "trong").mkdir()
    name(machine, "../trong")
    assert "không có __init__.py hay pyproject.toml" in said(machine, "trong")["refused"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[project", "pyproject.toml: không đọc được"),
        ("[project]\nname = 'x'\n", 'không có mục [project.entry-points."guong"]'),
        ("[project.entry-points.guong]\nlinh-vuc-a = 'guong_khac'\n", "nêu mô-đun guong_khac, nhưng thư mục không có gói đó"),
        ("[project.entry-points.guong]\nlinh-vuc-a = '../../etc'\n", "nêu mô-đun ../../etc, nhưng thư mục không có gói đó"),
    ],
)  # fmt: skip
def test_a_project_file_that_leads_nowhere_is_named(machine: Any, project: Path, text: str, reason: str) -> None:
    (project / "pyproject.toml").write_text(text, encoding="utf-8")
    name(machine, NAMED)
    assert reason in said(machine)["refused"]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
@pytest.mark.parametrize("inside", ["", "guong_linh_vuc_a", "guong_linh_vuc_a/rules.py"])
def test_a_folder_that_everybody_may_write_to_is_refused_even_when_it_was_accepted(
    machine: Any, project: Path, inside: str
) -> None:
    name(machine, NAMED)
    trust(machine)
    (project / inside).chmod(0o777)
    refused = said(machine)["refused"]
    assert f"ai trên máy cũng sửa được {(project / inside).name}; chmod -R o-w guong-linh-vuc-a" in refused
    assert trust(machine).code == 6
    (project / inside).chmod(0o755)
    assert said(machine)["refused"] == ""


def test_a_file_that_cannot_be_read_is_named(machine: Any, project: Path) -> None:
    path = project / "guong_linh_vuc_a" / "rules.py"
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("permissions bind everybody but this user")
    name(machine, NAMED)
    assert "không đọc được rules.py: " in said(machine)["refused"]
    assert trust(machine).code == 6
    (machine.book / "plugins").mkdir()
    (project / "guong_linh_vuc_a").rename(machine.book / "plugins" / "guong_linh_vuc_a")
    name(machine)
    assert "không đọc được rules.py: " in said(machine)["refused"]


def test_the_book_s_own_folder_may_be_a_file_by_mistake(machine: Any) -> None:
    (machine.book / "plugins").write_text("", encoding="utf-8")
    assert "là một tệp" in said(machine, "plugins")["refused"]


def test_settings_of_the_book_that_cannot_be_read_are_named(machine: Any) -> None:
    (machine.book / "guong.toml").write_text("plugin = []\n", encoding="utf-8")
    ran = machine.run("-C", str(machine.book), "plugins")
    assert ran.code == 2
    assert "guong.toml" in ran.err
    assert "plugin" in ran.err
