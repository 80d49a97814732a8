"""Data on stdout, everything else on stderr; colour only where it is wanted; a book is found as git finds a repository."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

SAMPLE = "SỔ MẪU: mọi người trong sổ này đều là hư cấu"


def test_data_goes_to_stdout_and_everything_else_to_stderr(shelf: Any) -> None:
    for command in ("board", "list", "log", "replay"):
        ran = shelf.on_book(command)
        assert SAMPLE in ran.err
        assert SAMPLE not in ran.out
        assert shelf.on_book(command, "--json").err.count(SAMPLE) == 1
    refused = shelf.on_book("show", "khong-co")
    assert refused.out == ""
    assert "không có điển hình nào như thế" in refused.err


RED, BOLD = "\x1b[31m", "\x1b[1m"


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": ""}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (("--color",), {}, True),
        (("--color",), {"NO_COLOR": "1"}, True),
        (("--no-color",), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_option_then_no_color_then_force_color(
    shelf: Any, options: tuple[str, ...], variables: dict[str, str], coloured: bool
) -> None:
    ran = shelf.run(*options, "-C", str(shelf.book), "board", **variables)
    assert (RED in ran.out and BOLD in ran.out) is coloured
    assert ("\x1b" in ran.out) is coloured
    assert "\x1b" not in ran.err
    plain = shelf.run("-C", str(shelf.book), "board").out
    assert _stripped(ran.out) == plain


def _stripped(text: str) -> str:
    import click

    return click.unstyle(text)


def test_json_is_never_coloured(shelf: Any) -> None:
    assert "\x1b" not in shelf.on_book("board", "--json", FORCE_COLOR="1").out


def test_a_reader_that_goes_away_is_not_complained_about(shelf: Any, guong: tuple[str, ...]) -> None:
    command = [*guong, "-C", str(shelf.book), "log", "--json"]
    with subprocess.Popen(command, env=shelf.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read().decode()
        code = process.wait(60)
    assert err.strip() == SAMPLE
    assert code == 1


def test_a_book_is_found_by_option_by_variable_and_upwards(shelf: Any) -> None:
    board = shelf.on_book("board").out
    deep = shelf.folder / "deep"
    deep.mkdir()
    assert shelf.run("board", GUONG_BOOK=str(shelf.book), cwd=deep).out == board
    assert shelf.run("board", cwd=shelf.book / "evidence").out == board
    assert shelf.run("-C", str(shelf.book), "board", GUONG_BOOK=str(deep)).out == board
    assert shelf.run("-C", "so", "board").out == board
    assert shelf.run("board", cwd=deep).code == 4


def test_who_acts_is_told_with_where_that_is_known_from(desk: Any) -> None:
    nobody = desk.run("whoami")
    assert (nobody.code, nobody.out) == (3, "")
    assert "GUONG_OFFICER" in nobody.err
    assert desk.run("whoami", "--set", "nv-01").code == 0
    where = str(desk.folder / "home" / "settings.toml")
    assert desk.run("whoami", "--json").json == {"officer": "nv-01", "source": where, "signed": False}
    assert desk.run("whoami", "--json", GUONG_OFFICER="nv-02").json == {
        "officer": "nv-02",
        "source": "GUONG_OFFICER",
        "signed": False,
    }
    assert desk.run("--by", "nv-03", "whoami", "--json", GUONG_OFFICER="nv-02").json["source"] == "--by"


@pytest.mark.parametrize("key", ["Nông Thị Mẫu", "", "a b", "A", "nv-01\x7f", "nv-01\n", 'a"'])
def test_what_is_no_officer_s_key_is_not_written_into_the_settings(desk: Any, key: str) -> None:
    ran = desk.run("whoami", "--set", key)
    assert (ran.code, ran.out) == (2, "")
    assert not (desk.folder / "home").exists()
