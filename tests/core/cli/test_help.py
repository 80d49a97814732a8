"""Every command and every step helps: a short first line, an example, no option without words; and has the options it must."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import click
import pytest

from guong.cli import COMMANDS, root, run
from guong.domain.streams import STEPS


def walk(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Return every command below `command` with the words that call it."""
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        names = COMMANDS if command is root else command.list_commands(context)
        for name in names:
            child = command.get_command(context, name)
            assert child is not None, name
            found += walk(child, (*path, name))
    return found


ALL = walk(root)
EVERY = [pytest.param(path, command, id=" ".join(path) or "guong") for path, command in ALL]
RECORDING = {path for path, _ in ALL if path[:1] == ("record",)}
ON_STDOUT = {
    ("board",),
    ("list",),
    ("show",),
    ("log",),
    ("replay",),
    ("check",),
    ("plugins",),
    ("whoami",),
    ("open",),
    ("file",),
    ("duties",),
    ("rules",),
    *((group, name) for group in ("unit", "officer", "subject") for name in ("list", "show")),
    ("subject", "candidates"),
    ("subject", "merge"),
    ("subject", "unmerge"),
} | RECORDING
"""Commands that print data. `demo` prints the board of its new book; `board --json` prints it for programs."""


def helped(*path: str) -> str:
    """Return what `--help` prints."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert run([*path, "--help"]) == 0
        assert run([*path, "-h"]) == 0
    assert err.getvalue() == ""
    half = len(out.getvalue()) // 2
    assert out.getvalue()[:half] == out.getvalue()[half:]
    return out.getvalue()[:half]


def test_all_commands_and_all_steps_are_walked() -> None:
    paths = {path for path, _ in ALL}
    assert {path[0] for path in paths if path} == set(COMMANDS)
    assert {path[1] for path in paths if path[:1] == ("record",) and len(path) == 2} == {
        step.key for step in STEPS.values() if step.by_hand
    }


@pytest.mark.parametrize(("path", "command"), EVERY)
def test_help_works_and_begins_with_a_short_line_and_has_an_example(
    path: tuple[str, ...], command: click.Command
) -> None:
    text = helped(*path)
    first = (command.help or "").strip().splitlines()[0]
    if path:
        assert len(first) <= 60, first
    assert first.endswith(".")
    example = text.partition("Ví dụ:")[2] or text.partition("Bắt đầu:")[2]
    assert example.strip().startswith("guong ")
    assert " ".join(path) in example


@pytest.mark.parametrize(("path", "command"), EVERY)
def test_every_option_says_what_it_is_for(path: tuple[str, ...], command: click.Command) -> None:
    for param in command.params:  # asking for `--help` among them would keep it as it is outside `guong`, without `-h`
        if isinstance(param, click.Option):
            assert (param.help or "").strip(), param.opts
            assert param.opts[0] == param.opts[0].lower() or param.opts == ["-C"]
        else:
            assert param.metavar, param


def test_the_list_of_commands_says_the_same_as_each_command_itself() -> None:
    for name, line in COMMANDS.items():
        assert len(line) <= 60, line
        assert line in " ".join(helped().split()), name


def options(command: click.Command) -> set[str]:
    """Return the names of a command's options."""
    return {name for param in command.params for name in param.opts}


def test_every_command_that_records_can_be_tried_without_recording() -> None:
    commands = dict(ALL)
    assert [path for path in RECORDING if "--dry-run" not in options(commands[path])] == []
    assert {path[0] for path, command in ALL if path and "--dry-run" in options(command)} == {
        "record",
        "open",
        "init",
        "demo",
        "subject",
    }


def test_every_command_that_prints_data_prints_json() -> None:
    assert {path for path, command in ALL if "--json" in options(command)} == ON_STDOUT


@pytest.mark.parametrize(
    ("path", "command"), [param for param in EVERY if "record" in str(param.id) and " " in str(param.id)]
)
def test_every_step_asks_by_option_what_its_form_asks(path: tuple[str, ...], command: Any) -> None:
    step = STEPS[path[-1]]
    named = {"--" + question.key.replace("_", "-") for question in step.questions if question.key != "entry"}
    assert named <= options(command)
    text = " ".join(helped(*path).split())
    for question in step.questions:
        if question.key != "entry":
            assert question.title in text
            assert all(title in text for title in question.choices.values() if question.type == "choice")
