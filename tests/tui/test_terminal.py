"""The audit UI in a real terminal: tmux starts it, types, looks, and leaves; the terminal is as it was before."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guong import places
from guong.book import Book
from guong.view import moments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux here")
GUONG = Path(sys.executable).with_name("guong")
_PATIENCE = 30.0


class Terminal:
    """A terminal of its own with one shell in it."""

    def __init__(self, home: Path, columns: int, rows: int) -> None:
        self._name = f"guong-{uuid.uuid4().hex[:12]}"
        env = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "GUONG_HOME": str(home),
            "PS1": "$ ",
            "TEXTUAL_ANIMATIONS": "none",
        }
        for name in ("TMUX", "TMUX_PANE", "SSH_CONNECTION"):
            env.pop(name, None)
        self._env = {**env, "TMUX_TMPDIR": str(home)}
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh")

    def tmux(self, *args: str) -> str:
        """Ask the terminal's own tmux for something."""
        command = ["tmux", "-L", self._name, *args]
        return subprocess.run(
            command, env=self._env, capture_output=True, text=True, encoding="utf-8", check=False
        ).stdout

    def type(self, *keys: str) -> None:
        """Press keys, by the names that tmux has for them."""
        self.tmux("send-keys", *keys)

    def say(self, text: str) -> None:
        """Type a text as it is."""
        self.tmux("send-keys", "-l", text)

    @property
    def seen(self) -> str:
        """What the terminal shows."""
        return self.tmux("capture-pane", "-p")

    def until(self, done: Callable[[str], bool]) -> str:
        """Wait until the terminal shows what it should."""
        end = time.monotonic() + _PATIENCE
        while not done(seen := self.seen):
            assert time.monotonic() < end, seen
            time.sleep(0.05)
        return seen


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[Callable[[int, int], Terminal]]:
    """Return a maker of terminals."""
    made: list[Terminal] = []

    def make(columns: int, rows: int) -> Terminal:
        made.append(Terminal(tmp_path, columns, rows))
        return made[-1]

    yield make
    for one in made:
        one.tmux("kill-server")


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (80, 24)])
def test_a_whole_visit(
    sample_year: Path, tmp_path: Path, terminals: Callable[[int, int], Terminal], columns: int, rows: int
) -> None:
    folder = shutil.copytree(sample_year, tmp_path / "so-mau")
    with Book(folder) as book:
        began, went = (moments.stood(book.view, text, book.zone).position for text in ("30/11/2024", "18/10/2024"))
    terminal = terminals(columns, rows)
    terminal.say(
        f"cd {tmp_path}; stty -a > before; {GUONG} -C {folder} tui --at 30/11/2024; echo ended $?; stty -a > after\n"
    )
    started = terminal.until(lambda seen: f"#{began}   ghi lúc" in seen and "Người ghi" in seen and "\n>" in seen)
    assert "SỔ MẪU" in started
    here = next(line for line in started.splitlines() if line.startswith(">"))

    terminal.type("Space")
    terminal.until(lambda seen: ">> chạy" in seen and here not in seen)
    terminal.type("Space")
    terminal.until(lambda seen: "|| dừng" in seen)

    terminal.type("g")
    terminal.until(lambda seen: "Đi đến" in seen)
    terminal.say("18/10/2024")
    terminal.type("Enter")
    terminal.until(lambda seen: f"#{went}   ghi lúc" in seen and "Đi đến" not in seen)

    terminal.type("f")
    terminal.until(lambda seen: "Chỉ xem những mục nào" in seen)
    terminal.say("y te")
    terminal.until(lambda seen: "y tế, chăm sóc" in seen)
    for key in ("C-u", "Tab", "Tab", "Tab"):
        terminal.type(key)
        time.sleep(0.3)  # what has the focus cannot be seen, and letters go to what has it when they come
    terminal.say("bình xét")
    terminal.until(lambda seen: "reviewed" in seen)
    terminal.type("C-u")
    terminal.say("reviewed")
    terminal.type("Enter")
    terminal.until(lambda seen: "Lọc " in seen and "[Bước Bình xét]" in seen)

    terminal.type("q")
    left = terminal.until(lambda seen: re.search(r"ended \d", seen) is not None)
    assert "ended 0" in left
    assert "Lọc" not in left, "the screen of before is back"
    terminal.say("echo vẫn gõ được\n")
    terminal.until(lambda seen: seen.count("vẫn gõ được") == 2)
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()


def test_a_wrong_moment_is_refused_before_the_screen_is_taken(
    sample_year: Path, tmp_path: Path, terminals: Callable[[int, int], Terminal]
) -> None:
    folder = shutil.copytree(sample_year, tmp_path / "so-mau")
    terminal = terminals(120, 36)
    terminal.say(f"{GUONG} -C {folder} tui --at mai; echo ended $?\n")
    assert "ended 2" in terminal.until(lambda seen: re.search(r"ended \d", seen) is not None)
    assert "mai không phải là một ngày" in terminal.seen


def test_a_damaged_book_leaves_with_its_own_code(
    sample_year: Path, tmp_path: Path, terminals: Callable[[int, int], Terminal]
) -> None:
    folder = shutil.copytree(sample_year, tmp_path / "so-mau")
    log = folder / places.LOG
    whole = log.read_bytes()
    log.write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    terminal = terminals(120, 36)
    terminal.say(f"{GUONG} -C {folder} tui; echo ended $?\n")
    left = terminal.until(lambda seen: re.search(r"ended \d", seen) is not None)
    assert "ended 5" in left
    assert "Traceback" not in left
