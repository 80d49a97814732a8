"""The reference pages say what the code says: made pages are fresh, nothing that can be called is left out."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from guong import hookspecs, ready
from guong.audit.registry import themes
from guong.cli import root
from guong.domain.core_rules import all_core_rules
from guong.domain.entry import Entry
from guong.domain.streams import STEPS
from guong.exits import Exit
from guong.folders import trust
from guong.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOOKS = [name for name in vars(hookspecs) if name.startswith("guong_")]
BESIDE = ("`Field(…, upcasts={1: function})`", "The entry-point group `guong.commands`")
"""What plugins can add without a hook, by the heading on the page of hooks."""
ROWS = ("arguments", "when", "result", "errors", "since")
MOST_READ = 7


@pytest.fixture(scope="module")
def made(generator: dict[str, Any]) -> dict[str, str]:
    """Return the pages as they would be made now."""
    pages: dict[str, str] = generator["pages"]()
    return pages


def page(name: str) -> str:
    """Return a page as it is."""
    return (DOCS / name).read_text("utf-8")


# ------------------------------------------------------------------ pages that are made


@pytest.mark.parametrize("name", ["commands.md", "exit-codes.md", "questions.md", "rules.md", "steps.md"])
def test_a_made_page_is_what_the_code_says_now(name: str, made: dict[str, str]) -> None:
    assert page(name) == made[name], f"docs/{name} is stale: python tests/docs/generate.py"


def test_codes_of_the_sample_book_are_those_it_has_now(made: dict[str, str]) -> None:
    stale = [name for name, text in made.items() if page(name) != text]
    assert not stale, f"stale: {', '.join(stale)}; python tests/docs/generate.py"


def test_every_command_is_on_the_page_and_says_what_it_does(generator: dict[str, Any]) -> None:
    walk: Callable[..., Any] = generator["walk"]
    for names in walk(root):
        whole = " ".join(("guong", *names))
        _, _, after = page("commands.md").partition(f" `{whole}`\n")
        shown = after.partition("```\n")[0]
        assert f"Usage: {whole}" in shown or f"Cách dùng: {whole}" in shown or f" {whole} " in shown, whole
        assert len([line for line in shown.splitlines() if line.strip()]) > 3, whole


def test_no_command_is_warned_of_while_it_explains_itself(generator: dict[str, Any]) -> None:
    warned = {" ".join(names): generator["explained"](names)[1] for names in generator["walk"](root)}
    assert not {name: set(said) for name, said in warned.items() if said}


def test_every_exit_code_is_on_the_page_with_its_words(generator: dict[str, Any]) -> None:
    meanings: dict[str, str] = generator["exit_meanings"]()
    assert set(meanings) == set(Exit.__members__)
    for name, words in meanings.items():
        assert f"| {int(Exit[name])} | {name} | {words} |" in page("exit-codes.md")


def test_every_variable_of_the_environment_is_explained(generator: dict[str, Any]) -> None:
    read = {
        name
        for part in ("core", "tui")
        for path in (ROOT / part).rglob("*.py")
        for name in re.findall(r"\bGUONG_[A-Z]+", path.read_text("utf-8"))
    }
    assert read == {name for names in generator["ENVIRONMENT"] for name in re.findall(r"GUONG_[A-Z]+", names)}


def test_every_rule_and_every_step_is_on_its_page() -> None:
    plugins = Plugins()
    bundled = [one for one in plugins.report() if one.where.startswith("guong ")]
    fields = [plugins.field(one.key) for one in bundled if "guong_register_fields" in one.hooks]
    laws = [plugins.law(one.key) for one in bundled if "guong_register_law" in one.hooks]
    brought = [rule for one in (*fields, *laws) if one is not None for rule in one.rules]
    assert laws
    assert brought
    rules = [*all_core_rules(), *brought]
    assert not [rule.code for rule in rules if f"| `{rule.code}` |" not in page("rules.md")]
    assert not [step.key for step in STEPS.values() if f"### `{step.key}`: {step.title}" not in page("steps.md")]


def test_every_question_is_on_its_page_once() -> None:
    lines = [line.partition(" | ")[0] for line in page("questions.md").splitlines()]
    for theme in themes(Plugins()):
        for one in theme.questions:
            assert lines.count(f"| `{one.id}`") == 1, one.id


# ------------------------------------------------------------------ hooks


def signature(name: str) -> str:
    """Return the signature of a hook as a heading writes it."""
    return f"{name}{inspect.signature(getattr(hookspecs, name))}".replace("'", "")


def without_row(told: str) -> list[str]:
    """Return which rows the table of a section lacks."""
    return [row for row in ROWS if not re.search(rf"^\| {row} \| \S", told, re.MULTILINE)]


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_s_docstring_says_when_it_is_called_what_it_returns_and_what_goes_wrong(name: str) -> None:
    said = inspect.getdoc(getattr(hookspecs, name)) or ""
    parts = [re.search(rf"^{part}", said, re.MULTILINE) for part in ("Return ", "Called ", "Returns:", "Errors:")]
    assert all(parts), said
    asked = inspect.signature(getattr(hookspecs, name)).parameters
    assert not asked or "Args:" in said


@pytest.mark.parametrize("heading", BESIDE)
def test_what_plugins_add_without_a_hook_is_documented_with_an_example_that_is_run(heading: str) -> None:
    told = page("hooks.md").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert not without_row(told)
    assert "```python\n" in told
    assert "```sh\n" in told
    assert "<!-- not run" not in told


def section(name: str) -> str:
    """Return what the page of hooks says of one hook."""
    _, found, after = page("hooks.md").partition(f"\n## `{signature(name)}`\n")
    assert found, f"docs/hooks.md has no heading: ## `{signature(name)}`"
    return after.partition("\n## ")[0]


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_documented_under_its_exact_signature(name: str) -> None:
    told = section(name)
    first = (getattr(hookspecs, name).__doc__ or "").strip().partition("\n")[0]
    assert first in told, f"the page and the docstring begin with the same sentence: {first}"
    assert not without_row(told)
    (since,) = re.findall(r"\.\. versionadded:: (\S+)", getattr(hookspecs, name).__doc__ or "")
    assert f"| since | {since} |" in told


@pytest.mark.parametrize("name", HOOKS)
def test_the_example_of_a_hook_is_loaded_and_called(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUONG_HOME", str(tmp_path / "home"))
    ((file, code),) = re.findall(r"Write `plugins/([\w.]+)`:\n\n```python\n(.*?)```", section(name), re.DOTALL)
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / file).write_text(code, encoding="utf-8")
    key = file.removeprefix("guong_").removesuffix(".py").replace("_", "-")
    trust(tmp_path, key)
    (report,) = [one for one in Plugins(tmp_path).report() if one.key == key]
    assert not report.refused
    assert name in report.hooks
    assert report.brings


# ------------------------------------------------------------------ architecture


def test_every_key_of_the_envelope_is_explained() -> None:
    told = page("architecture.md").partition("## The envelope")[2].partition("\n## ")[0]
    named = {
        key
        for line in told.splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert named == {field.name for field in msgspec.structs.fields(Entry)}


def test_every_ready_made_rule_is_told_to_those_who_write_a_field() -> None:
    made = [name for name, one in inspect.getmembers(ready, inspect.isfunction) if one.__module__ == ready.__name__]
    told = re.findall(r"`(\w+)`", page("how-to/add-a-field.md"))
    assert [name for name in made if not name.startswith("_") and name not in told] == []


UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def count(words: str) -> int:
    """Return the number that words such as `two hundred and sixty` name."""
    total = 0
    for word in words.split():
        if word == "hundred":
            total *= 100
        elif word in UNITS or word in TENS:
            total += UNITS.index(word) + 1 if word in UNITS else (TENS.index(word) + 1) * 10
    return total


def test_the_files_to_read_first_are_there_and_about_as_long_as_told() -> None:
    told = re.findall(r"^\| `(core/\S+)` \| about ([a-z ]+) \|", page("architecture.md"), re.MULTILINE)
    assert len(told) == MOST_READ
    for path, words in told:
        lines = len((ROOT / path).read_text("utf-8").splitlines())
        assert abs(lines - count(words)) <= max(20, lines // 4), f"{path} has {lines} lines, the page says {words}"
