"""Keys of one's own, themes, and terminals with few colours or none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.driving import drive

from guong import settings
from guong.errors import UsageError
from guong_tui import themes
from guong_tui.actions import APP, LIST, REPLAY, SCREENS, Action
from guong_tui.bookmarks import Bookmarks
from guong_tui.bookmarks import folder as bookmark_folder
from guong_tui.keymap import check, key_name, keys_of
from guong_tui.palette import found
from guong_tui.widgets.key_bar import hints
from guong_tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from rich.style import Style
    from tests.tui.driving import Driver

    from guong.book import Book

EVERY = (*APP, *LIST, *(one for own in SCREENS.values() for one in own))


# ------------------------------------------------------------------ the table of actions


def test_no_key_means_two_things_on_one_screen() -> None:
    for name, own in SCREENS.items():
        taken: dict[str, str] = {}
        for one in (*own, *LIST):
            for key in keys_of(one, {}):
                assert taken.setdefault(key, one.id) == one.id, f"{name}: {key}"
        for one in APP if name == "replay" else ():
            assert not set(keys_of(one, {})) & set(taken), one.id


@pytest.mark.parametrize("action", EVERY, ids=lambda one: one.id)
def test_keys_keep_clear_of_what_an_input_method_eats(action: Action) -> None:
    for key in keys_of(action, {}):
        assert key not in ("backspace", "ctrl+h", "ctrl+m", "ctrl+i", "ctrl+left_square_bracket"), action.id
        assert not (key.isdecimal() and len(key) == 1), action.id


def test_keys_are_called_as_people_call_them() -> None:
    assert [key_name(one) for one in ("full_stop", "shift+left", "f5", "ctrl+p", "g", "left_curly_bracket")] == [
        ".", "Shift+←", "F5", "Ctrl+p", "g", "{",
    ]  # fmt: skip


def test_the_foot_of_a_screen_puts_actions_of_one_word_together_and_follows_the_keymap() -> None:
    told = {hint.word: hint.keys for hint in hints(REPLAY, {})}
    assert told["mốc"] == "[ ]"
    assert {hint.word: hint.keys for hint in hints(REPLAY, {"sign-next": "x"})}["mốc"] == "[ x"


# ------------------------------------------------------------------ keys of one's own


@pytest.mark.parametrize(
    ("keys", "culprits"),
    [
        ({"plya": "p"}, ["plya", "play"]),
        ({"play": "m"}, ["phím m", "play", "mark"]),
        ({"goto": "x", "play": "x"}, ["phím x", "goto", "play"]),
        ({"list.down": "f5"}, ["phím f5", "list.down", "moment"]),
        ({"life.other": "full_stop"}, ["phím full_stop", "life.other", "next"]),
    ],
)
def test_keys_that_cannot_work_are_refused_by_name(keys: dict[str, str], culprits: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        check(keys, "tep.toml")
    said = f"{refused.value.message} {refused.value.fix}"
    assert all(word in said for word in ("tep.toml", *culprits)), said


@pytest.mark.parametrize(
    "keys", [{}, {"play": "p"}, {"play": "comma", "previous": "space"}, {"quit": "x"}, {"life": "enter,x"}]
)
def test_keys_that_work_are_taken(keys: dict[str, str]) -> None:
    check(keys, "tep.toml")


def test_a_key_of_ones_own_takes_the_place_of_the_usual_one(sample_year: Path) -> None:
    where: list[int] = []

    async def script(driver: Driver) -> None:
        await driver.press("full_stop")
        await driver.press("x")
        where.append(driver.position)
        await driver.press("f1")
        assert re.search(r"^x +Mục sau$", driver.app.screen.query_one(Sheet).text, re.MULTILINE)

    assert drive(sample_year, script, at="#300", own_keys={"next": "x"}) is None
    assert where == [301]


def test_settings_keep_keys_and_theme_when_something_else_is_saved() -> None:
    mine = settings.Settings(
        officer="nv-01", tui=settings.Screens(theme="light", keys={"play": "p", "life.other": "o"})
    )
    settings.save(mine)
    assert settings.load() == mine
    settings.save(settings.Settings(officer="nv-02"))
    assert settings.load() == settings.Settings(officer="nv-02")


# ------------------------------------------------------------------ the palette


def titles(typed: str) -> list[str]:
    """Return what the palette finds."""
    return [one.title for one in found((*REPLAY, *APP), typed)]


@pytest.mark.parametrize("typed", ["tro giup", "TRỢ GIÚP", "giup tro", "  trợ "])
def test_the_palette_matches_words_without_diacritics_in_any_order(typed: str) -> None:
    assert "Trợ giúp" in titles(typed)


def test_the_palette_puts_first_what_begins_with_what_was_typed() -> None:
    assert titles("muc")[0].startswith("Mục")
    assert titles("thoat") == ["Thoát"]
    assert len(titles("")) == len(REPLAY) + len(APP)
    assert titles("zzz") == []


# ------------------------------------------------------------------ looks


@pytest.mark.parametrize(
    ("wanted", "env", "theme"),
    [
        ("", {"TERM": "xterm-256color"}, "dark"),
        ("light", {"TERM": "xterm-256color"}, "light"),
        ("", {"TERM": "linux"}, "ansi"),
        ("", {"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
        ("contrast", {"TERM": "linux"}, "contrast"),
        ("light", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "ansi"),
        ("ansi-light", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "ansi-light"),
    ],
)
def test_the_theme_is_chosen_by_the_person_and_the_terminal(
    wanted: str, env: dict[str, str], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert themes.chosen(wanted) == theme


def test_an_unknown_theme_is_refused_with_what_may_have_been_meant() -> None:
    with pytest.raises(UsageError) as refused:
        themes.chosen("contrst")
    assert "contrst" in refused.value.message
    assert "contrast" in refused.value.fix


def run(folder: Path, *, term: str = "xterm-256color", **env: str) -> tuple[int, str]:
    """Run `guong tui` in a pseudo-terminal until it has drawn, leave with `q`, and return the exit code and all that was sent."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from guong.cli import main; main()", "-C", str(folder), "tui"],
        stdin=slave, stdout=slave, stderr=slave, close_fds=True, env={**kept, "TERM": term, "COLUMNS": "80", "LINES": "24", **env},
    )  # fmt: skip
    os.close(slave)
    os.set_blocking(master, False)
    sent, end, asked = b"", time.monotonic() + 40, False
    try:
        ended = False
        while time.monotonic() < end:
            try:
                sent += os.read(master, 65536)
            except BlockingIOError:
                if ended:
                    break
                ended = process.poll() is not None  # what it sent last may still be on its way
                time.sleep(0.02)
            except OSError:
                break
            if not asked and "F2 Mục ghi".encode() in sent:
                os.write(master, b"q")
                asked = True
        return process.wait(timeout=10), sent.decode("utf-8", "replace")
    finally:
        process.kill()
        process.wait()
        os.close(master)


COLOURS = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;[25];[\d;]+)(?:;[\d;]*)?m")


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminal")
def test_without_colours_none_is_sent_and_the_cursor_is_told_by_reverse(sample_year: Path) -> None:
    code, sent = run(sample_year, NO_COLOR="1")
    assert code == 0
    assert not COLOURS.search(sent), COLOURS.findall(sent)[:3]
    assert re.search(r"\x1b\[[\d;]*7[;\dm]", sent)
    code, sent = run(sample_year)
    assert COLOURS.search(sent)


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminal")
def test_a_terminal_that_cannot_draw_is_refused_with_advice(sample_year: Path) -> None:
    code, sent = run(sample_year, term="dumb")
    assert code == 2
    assert "guong log" in sent


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminal")
def test_a_wrong_key_in_the_settings_is_told_before_the_screen_is_taken(sample_year: Path) -> None:
    (Path(os.environ["GUONG_HOME"]) / "settings.toml").write_text('[tui.keys]\nplya = "p"\n', encoding="utf-8")
    code, sent = run(sample_year)
    assert code == 2
    assert "plya" in sent
    assert "\x1b[?1049h" not in sent


def test_a_file_of_bookmarks_that_is_none_is_named(book: Book) -> None:
    path = bookmark_folder() / f"{book.state.id}.json"
    path.parent.mkdir(parents=True)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        Bookmarks(book.state.id)
    assert str(path) in refused.value.message


def contrast(style: Style) -> float:
    """Return the ratio of contrast of a text with what is behind it, from 1 to 21, as WCAG 2 reckons it."""
    assert style.color is not None
    assert style.bgcolor is not None
    shades = [
        sum(
            weight * (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
            for weight, part in zip(
                (0.2126, 0.7152, 0.0722), (one / 255 for one in colour.get_truecolor()), strict=True
            )
        )
        for colour in (style.color, style.bgcolor)
    ]
    return (max(shades) + 0.05) / (min(shades) + 0.05)


@pytest.mark.parametrize(("theme", "least"), [("dark", 3.0), ("light", 3.0), ("contrast", 7.0)])
def test_every_look_can_be_read_in_every_theme(sample_year: Path, theme: str, least: float) -> None:
    faint: list[str] = []

    async def script(driver: Driver) -> None:
        driver.app.action_theme(theme)
        for keys in ((), ("f5",)):
            await driver.press(*keys)
            for widget in driver.app.screen.query("EntryList, RowList, Sheet, KeyBar"):
                for name in sorted(widget._get_component_classes()):
                    ratio = contrast(widget.get_component_rich_style(name))
                    if "--" in name and not name.startswith("scrollbar") and ratio < least:
                        faint.append(f"{name} {'focused' if widget.has_focus else 'not focused'}: {ratio:.1f}")

    assert drive(sample_year, script, at="#300") is None
    assert not faint
