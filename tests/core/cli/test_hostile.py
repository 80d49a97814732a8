"""Hostile words stay words, and no argument however odd makes a command fall over."""

from __future__ import annotations

import contextlib
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guong.cli import COMMANDS, run
from guong.domain.streams import STEPS
from guong.exits import Exit

if TYPE_CHECKING:
    from pathlib import Path

ESCAPES = "\x1b[31mđỏ\x1b[0m \x1b]0;tên cửa sổ\x07 \u202eodareves\u202c \x9b31m"
MARKUP = "[/x] [bold red]đậm[/] {name} %s %(a)s <b>b</b> =1+1 ‹U+001B›"


def inert(text: str) -> bool:
    """Tell whether nothing in a text acts on a terminal."""
    acting = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return not any(
        (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t") or unicodedata.bidirectional(char) in acting
        for char in text
    )


def subject(name: str) -> str:
    """Return a row that registers a subject of this name."""
    common = {"kind": "person", "unit": "xa-an-son", "occurred_on": "2024-12-20"}
    return json.dumps({"step": "subject_registered", "name": name, **common})


@pytest.mark.parametrize("name", ["\x1b[31mđỏ", "tên\x07", "\u202eodareves", "a\x9b31m", "a\x00b", "a\ud800b"])
def test_a_name_that_would_act_on_a_terminal_is_refused_with_where(desk: Any, name: str) -> None:
    ran = desk.record("--from", "-", stdin=subject(name))
    assert (ran.code, ran.out) == (3, "")
    assert "Họ tên hoặc tên gọi: phải là chữ in được (có " in ran.err
    assert inert(ran.err)


def test_words_in_arguments_are_repeated_without_acting(shelf: Any) -> None:
    for args in (
        ("show", ESCAPES),
        (ESCAPES,),
        ("list", "--field", ESCAPES),
        ("list", f"--{ESCAPES}"),
        ("record", ESCAPES),
        ("record", "supported", ESCAPES),
        ("record", "--from", ESCAPES),
        ("log", "--after", ESCAPES),
        ("log", ESCAPES),
    ):
        ran = shelf.run("-C", str(shelf.book), *args)
        assert ran.code in (2, 3)
        assert ran.out == ""
        assert inert(ran.err), repr(ran.err)
    ran = shelf.run("-C", ESCAPES, "board")
    assert (ran.code, inert(ran.err)) == (4, True)


def test_markup_is_shown_as_it_was_typed(desk: Any) -> None:
    rows = [
        {
            "step": "subject_registered",
            "kind": "person",
            "name": MARKUP,
            "unit": "xa-an-son",
            "occurred_on": "2024-12-20",
            "label": "@m",
        },
        {
            "step": "discovered",
            "subject": "@m",
            "field": "nong-thon-moi",
            "source": "inspection",
            "achievement": MARKUP,
            "occurred_on": "2024-12-20",
            "note": MARKUP,
        },
    ]
    ran = desk.record("--from", "-", stdin="\n".join(json.dumps(row) for row in rows))
    assert ran.code == 0, ran.err
    short = desk.on_book("list", "--json").json[-1]
    assert short["name"] == MARKUP
    shown = desk.on_book("show", short["short"]).out
    assert shown.count(MARKUP) >= 3
    assert f"{MARKUP}; nguồn: kiểm tra, giám sát; {MARKUP}" in desk.on_book("log").out
    assert MARKUP[:20] in desk.on_book("list").out


def test_a_column_stays_one_line_whatever_is_in_it(desk: Any) -> None:
    ran = desk.record("--from", "-", stdin=subject("một\ndòng\thai") + "\n" + subject("x" * 5000))
    assert ran.code == 0, ran.err
    assert inert(desk.on_book("log").out)


SEEDED = (
    (),
    ("",),
    ("--",),
    ("-",),
    ("-C",),
    ("-C", ""),
    ("--by",),
    ("--by", "", "whoami"),
    ("--json",),
    ("board", "--"),
    ("board", "-"),
    ("board", ""),
    ("show", ""),
    ("show", " "),
    ("show", "#1"),
    ("show", "#"),
    ("show", "0" * 32),
    ("show", "g" * 32),
    ("show", "%"),
    ("show", "' OR 1=1 --"),
    ("show", "_"),
    ("show", "~"),
    ("show", "ă"),
    ("show", "x" * 10_000),
    ("log", "--after", "９"),
    ("log", "--after", "1e3"),
    ("log", "--after", ""),
    ("list", "--field", ""),
    ("list", "--stage", "'"),
    ("record", ""),
    ("record", "--from", ""),
    ("record", "--from", "."),
    ("record", "--from", "x\ny"),
    ("record", "supported", "", "--schema"),
    ("record", "supported", "--schema", "--schema"),
    ("record", "entry_voided", "#0", "--reason", "x"),
    ("record", "entry_corrected", "#1", "--set", "{}", "--reason", "x", "--occurred-on", "2024"),
    ("record", "entry_corrected", "#49", "--set", '{"declaration": {}}', "--reason", "x", "--occurred-on", "2024"),
    ("record", "discovered", "--field", "x", "--subject", "#1"),
    ("record", "unit_registered", "--key", "../x"),
    ("record", "quota_set", "--number", "-1"),
    ("record", "reviewed", "gt66", "--criteria", "="),
    ("record", "reviewed", "gt66", "--criteria", "a"),
    ("record", "role_granted", "noi-vu-01"),
    ("plugins", "trust", ""),
    ("plugins", "trust", "."),
    ("plugins", "x"),
    ("whoami", "--set", "\n"),
    ("init", ""),
    ("init", ".", "--no-input"),
    ("restore", ""),
    ("backup", "", "--keys", ""),
    ("demo", "", "--plan", "x"),
    ("check", "check"),
)
WORDS = [
    *(name for name in COMMANDS if name not in ("demo", "init", "backup", "restore")),
    *(step.key for step in STEPS.values()),
    "trust",
    "--json",
    "--help",
    "--field",
    "--stage",
    "--after",
    "--from",
    "--dry-run",
    "--no-input",
    "--schema",
    "--by",
    "--kind",
    "--what",
    "--occurred-on",
    "--paper",
    "--set",
    "--criteria",
    "--details",
    "--closed",
    "--plan",
    "-h",
    "--",
    "-",
    "=",
    "--=",
    "-x",
    "gt66",
    "#1",
    "#354",
    "2024",
    "31/12/2024",
    "nong-thon-moi",
    "nnptnt-01",
    "van-quan-2024",
    "visit",
    "{}",
    "[]",
    "{",
    "null",
    "\x1b[0m",
    "\u202e",
    "đ",
    "e\u0323",
    "\udcff",
    "a=b",
    "x" * 300,
    "../..",
    "'",
    '"',
    "%s",
]


@pytest.fixture(scope="module")
def fuzzed(shelf: Any) -> Path:
    """Return a book whose content the odd arguments may change."""
    book: Path = shelf.book
    return book


def survives(args: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command in this process and look at how it ends."""
    out, err = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace"),
        io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace"),
    )
    with monkeypatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b""), "utf-8"))
        code = run(args)
    err.flush()
    said = err.buffer.getvalue().decode()
    assert code in list(Exit), (args, code)
    assert "lỗi của chương trình" not in said, (args, said)
    assert inert(said), (args, said)


@pytest.mark.parametrize("args", SEEDED)
def test_odd_arguments_are_answered_and_never_crash(
    args: tuple[str, ...], fuzzed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survives(["-C", str(fuzzed), *args], tmp_path, monkeypatch)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(args=st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=7))
def test_any_arguments_are_answered_and_never_crash(
    args: list[str], fuzzed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survives(["-C", str(fuzzed), *args], tmp_path, monkeypatch)


@pytest.mark.parametrize("entry", [f"#{2**64}", "#²"])
def test_a_number_that_no_entry_can_have_names_no_entry(shelf: Any, entry: str) -> None:
    ran = shelf.run("-C", str(shelf.book), "record", "entry_voided", entry, "--reason", "x", "--occurred-on", "2024")
    assert ran.code == 3, ran.err
