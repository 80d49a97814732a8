"""Every word of the UI is there in English, and what is told at the foot of a screen fits eighty columns in both languages."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import guong_tui
from guong.audit.answer import VERDICTS
from guong_tui import exports, filters, keymap, life_rows, lines, panels, playing, standing, themes
from guong_tui.actions import APP, LIST, OVER, REPLAY, SCREENS
from guong_tui.inert import cells
from guong_tui.screens import filters as filter_screen
from guong_tui.screens import finding
from guong_tui.screens import help as help_screen
from guong_tui.widgets.key_bar import fitting, hints
from guong_tui.words import catalogue, tr

HOME = Path(guong_tui.__file__).parent
CALLS = {"tr": 0, "heading": 0, "labelled": 0}
"""Functions that put one of their arguments into the language asked for."""


def written() -> set[str]:
    """Return every word that the code puts into the language asked for, and those of its tables."""
    words: set[str] = set()
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in CALLS and node.args:
                    words |= literals(node.args[CALLS[node.func.id]])
                words |= {
                    word for one in node.keywords if one.arg in ("title", "empty") for word in literals(one.value)
                }
    for one in (*APP, *LIST, *(action for own in SCREENS.values() for action in own)):
        words |= {one.title, one.group, one.foot}
    words |= {word for pair in help_screen.SIGNS for word in pair if any(letter.isalpha() for letter in word)}
    words |= (
        {column.title for column in lines.COLUMNS}
        | {title for title, _ in panels.FILES.values()}
        | {filter_screen._HINT, "phút", "giây"}
    )
    for table in (
        filters.TITLES, panels.CHANNELS, panels.LATER, playing.TIMES, themes.TITLES, life_rows.THREADS,
        exports.ENTRY, exports.LIFE, exports.BOARD, exports.STATUSES, VERDICTS, finding.ASKED,
    ):  # fmt: skip
        words |= set(table.values())
    return {word for word in words | set(standing.HEADS) if any(letter.isalpha() for letter in word)}


def literals(node: ast.expr) -> set[str]:
    """Return the texts that an argument can be: a literal, either arm of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return set()


def test_every_word_has_its_english_one() -> None:
    lacking = sorted(word for word in written() if word not in catalogue() and not word.isascii())
    assert not lacking, "\n".join(f'"{word}" = ""' for word in lacking)
    assert not [word for word, english in catalogue().items() if not english.strip()]


def test_no_english_word_is_left_over() -> None:
    known = written() | {title for module in PANES for title in module.values()} | set(keymap._NAMES.values())
    assert not sorted(set(catalogue()) - known)


def panes() -> tuple[dict[str, str], ...]:
    from guong_tui.screens import life, moment, replay

    return (life.PANES, moment.PANES, replay.PANES)


PANES = panes()


def test_titles_of_panes_are_there_too() -> None:
    assert not [title for own in PANES for title in own.values() if title not in catalogue()]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_foot_of_a_screen_fits_eighty_columns(screen: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUONG_LANG", language)
    own = (*REPLAY, *APP) if screen == "replay" else (*SCREENS[screen], *(OVER if screen != "bookmarks" else ()))
    shown = [(start, hint) for start, hint in fitting(hints(own, {}), 80)]
    assert all(start + cells(hint.keys) + 1 + cells(hint.word) <= 80 for start, hint in shown)
    told = {action.id for _, hint in shown for action in hint.actions}
    assert (SCREENS[screen][0].id if screen != "replay" else "play") in told
    assert "help" in told or screen == "bookmarks"


def test_the_language_is_that_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUONG_LANG", raising=False)
    assert tr("Trợ giúp") == "Trợ giúp"
    monkeypatch.setenv("GUONG_LANG", "en")
    assert tr("Trợ giúp") == "Help"
    assert tr("tên ai đó") == "tên ai đó"


def test_vietnamese_readers_do_not_wait_for_the_catalogue() -> None:
    code = "import sys; import guong_tui.words as w; w.tr('Thoát'); print('tomllib' in sys.modules)"
    kept = {name: value for name, value in os.environ.items() if name != "GUONG_LANG"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=kept)
    assert done.stdout.strip() == "False"
