"""A plugin that lies in a book runs only once the person at this machine has accepted exactly what it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MARK = "import os, pathlib\npathlib.Path(os.environ['MARK']).write_text(__file__, encoding='utf-8')\n"
"""Leaves a trace wherever it is run from."""


@pytest.fixture
def plugin(machine: Any, field_source: str) -> Path:
    """Return the file of a plugin that lies in the book and leaves a trace when it runs."""
    folder: Path = machine.book / "plugins"
    folder.mkdir()
    path = folder / "linh_vuc_a.py"
    path.write_text(MARK + field_source.replace("KEY", "linh-vuc-a"), encoding="utf-8")
    return path


def seen(machine: Any) -> tuple[dict[str, Any], str]:
    """Return what is said of the plugin now, and where it ran from, empty when it did not run."""
    mark = machine.folder / "mark"
    mark.unlink(missing_ok=True)
    said = machine.plugins("-C", str(machine.book), MARK=str(mark))["linh-vuc-a"]
    return said, mark.read_text(encoding="utf-8") if mark.exists() else ""


def trust(machine: Any) -> None:
    """Accept the plugin."""
    ran = machine.run("-C", str(machine.book), "plugins", "trust", "linh-vuc-a", MARK=str(machine.folder / "mark"))
    assert ran.code == 0, ran.err
    assert "đã chấp nhận linh-vuc-a" in ran.err


def test_it_does_not_run_before_it_is_accepted_and_the_way_to_accept_it_is_told(machine: Any, plugin: Path) -> None:
    said, ran_from = seen(machine)
    assert ran_from == ""
    assert said["where"] == "trong sổ: linh_vuc_a.py"
    assert "chưa được bạn chấp nhận" in said["refused"]
    assert "guong plugins trust linh-vuc-a" in said["refused"]
    for command in (("board",), ("replay",), ("check",)):
        machine.run("-C", str(machine.book), *command, MARK=str(machine.folder / "mark"))
    assert not (machine.folder / "mark").exists()


def test_accepting_does_not_run_it_and_then_the_accepted_copy_is_what_runs(machine: Any, plugin: Path) -> None:
    trust(machine)
    assert not (machine.folder / "mark").exists()
    said, ran_from = seen(machine)
    assert (said["refused"], said["brings"]) == ("", ["linh-vuc-a"])
    assert ran_from.startswith(str(machine.home))
    assert not ran_from.startswith(str(machine.book))


def test_one_changed_byte_and_it_is_a_stranger_again(machine: Any, plugin: Path) -> None:
    trust(machine)
    whole = plugin.read_bytes()
    plugin.write_bytes(whole + b"\n")
    said, ran_from = seen(machine)
    assert ran_from == ""
    assert "chưa được bạn chấp nhận" in said["refused"]
    plugin.write_bytes(whole)
    assert seen(machine)[0]["refused"] == ""


def test_the_name_is_part_of_what_was_accepted(machine: Any, plugin: Path) -> None:
    trust(machine)
    plugin.rename(plugin.with_name("linh_vuc_b.py"))
    assert "chưa được bạn chấp nhận" in machine.plugins("-C", str(machine.book))["linh-vuc-b"]["refused"]


def test_a_folder_is_accepted_with_every_file_in_it(machine: Any, plugin: Path) -> None:
    folder = plugin.with_name("linh_vuc_a")
    folder.mkdir()
    plugin.rename(folder / "__init__.py")
    (folder / "words.toml").write_text("a = 1\n", encoding="utf-8")
    trust(machine)
    said, ran_from = seen(machine)
    assert said["refused"] == ""
    assert ran_from.startswith(str(machine.home))
    (folder / "words.toml").write_text("a = 2\n", encoding="utf-8")
    assert "chưa được bạn chấp nhận" in seen(machine)[0]["refused"]
    (folder / "words.toml").write_text("a = 1\n", encoding="utf-8")
    (folder / "more.py").write_text("", encoding="utf-8")
    said, ran_from = seen(machine)
    assert "chưa được bạn chấp nhận" in said["refused"]
    assert ran_from == ""


def test_consent_is_the_person_s_and_leaves_the_book_untouched(machine: Any, plugin: Path, fingerprints: Any) -> None:
    before = fingerprints(machine.book)
    trust(machine)
    assert fingerprints(machine.book) == before
    assert "linh-vuc-a" in (machine.home / "settings.toml").read_text(encoding="utf-8")
    machine.home = machine.folder / "somebody-else"
    said, ran_from = seen(machine)
    assert ran_from == ""
    assert "chưa được bạn chấp nhận" in said["refused"]


def test_who_acts_is_kept_when_a_plugin_is_accepted(machine: Any, plugin: Path) -> None:
    machine.run("whoami", "--set", "nv-07")
    trust(machine)
    assert machine.run("whoami", "--json").json["officer"] == "nv-07"


def test_an_accepted_copy_that_was_changed_does_not_run(machine: Any, plugin: Path) -> None:
    trust(machine)
    (copy,) = (machine.home / "trusted").rglob("linh_vuc_a.py")
    copy.write_bytes(copy.read_bytes() + b"\n")
    said, ran_from = seen(machine)
    assert ran_from == ""
    assert "bản đã chấp nhận bị thay đổi" in said["refused"]
    trust(machine)
    assert seen(machine)[0]["refused"] == ""


def test_a_plugin_of_the_book_that_nobody_accepted_takes_nothing_from_an_installed_one(
    machine: Any, plugin: Path, field_source: str
) -> None:
    machine.install("guong-a", "a_module", field_source.replace("KEY", "linh-vuc-a"), key="linh-vuc-a")
    said, ran_from = seen(machine)
    assert ran_from == ""
    assert said["refused"] == ""
    assert all(name in said["where"] for name in ("guong-a 1.0", "trong sổ: linh_vuc_a.py"))
    assert machine.run("-C", str(machine.book), "plugins", "trust", "linh-vuc-a").code == 0
    said, ran_from = seen(machine)
    assert ran_from == ""
    assert all(name in said["refused"] for name in ("guong-a 1.0", "trong sổ: linh_vuc_a.py"))


def test_what_is_not_in_the_book_cannot_be_accepted(machine: Any, plugin: Path) -> None:
    ran = machine.run("-C", str(machine.book), "plugins", "trust", "../../x")
    assert ran.code == 2
    assert "trong sổ có: linh-vuc-a" in ran.err
    assert not (machine.home / "settings.toml").exists()


def test_settings_that_cannot_be_read_are_named_and_nothing_is_taken_for_accepted(machine: Any, plugin: Path) -> None:
    machine.home.mkdir()
    (machine.home / "settings.toml").write_text("trustd = {}\n", encoding="utf-8")
    ran = machine.run("-C", str(machine.book), "plugins", MARK=str(machine.folder / "mark"))
    assert ran.code == 2
    assert "settings.toml" in ran.err
    assert "trustd" in ran.err
    assert not (machine.folder / "mark").exists()
