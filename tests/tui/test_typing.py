"""What Vietnamese input methods send must arrive as it was meant: tested with their byte bursts over a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from unicodedata import normalize

import pytest

pty = pytest.importorskip("pty")  # there is none on Windows

APP = Path(__file__).with_name("typing_app.py")
BACK = "\x7f"
# What Unikey and OpenKey send in one burst: letters, then backspaces with the letters that take their place.
BURSTS = {
    "hạnh": ["hanh", BACK * 3 + "ạnh"],
    "đường": ["dduong"[:1], "d", BACK + BACK + "đ", "uong", BACK * 4 + "ương", BACK * 3 + "ờng"],
    "Nguyễn Văn Điều": ["Nguyen", BACK * 2 + "ễn", " Van", BACK * 2 + "ăn", " D", BACK + "Đ", "ieu", BACK * 2 + "ều"],
    "nhân rộng": ["nhan", BACK * 2 + "ân", " ro", BACK + "ộ", "ng"],
    "xã": ["xax", BACK + BACK + "ã"],
}


def typed(tmp_path: Path, kind: str, bursts: list[str], end: str) -> str:
    """Return what an input of a kind holds after these bursts."""
    out = tmp_path / f"{kind}.txt"
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(APP), kind, str(out)], stdin=slave, stdout=slave, stderr=slave, close_fds=True,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
    )  # fmt: skip
    os.close(slave)
    os.set_blocking(master, False)
    try:
        _until(master, out.with_suffix(".ready").exists)
        for burst in bursts:
            os.write(master, burst.encode())
            _until(master, lambda: True)
            time.sleep(0.05)
        os.write(master, end.encode())
        _until(master, lambda: process.poll() is not None)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return out.read_text(encoding="utf-8")


def _until(master: int, done: object, patience: float = 20) -> None:
    """Read what the app draws until `done` says so, as a terminal would."""
    assert callable(done)
    end = time.monotonic() + patience
    while True:
        try:
            os.read(master, 65536)
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:
            return
        if done():
            return
        assert time.monotonic() < end, "the app did not answer"


@pytest.mark.parametrize("word", BURSTS)
@pytest.mark.parametrize(("kind", "end"), [("input", "\r"), ("area", "\x13")])
def test_bursts_of_an_input_method_arrive_in_order(tmp_path: Path, kind: str, end: str, word: str) -> None:
    assert typed(tmp_path, kind, BURSTS[word], end) == word


def test_a_decomposed_paste_is_put_together(tmp_path: Path) -> None:
    paste = f"\x1b[200~{normalize('NFD', 'hạn mức')}\x1b[201~"
    assert typed(tmp_path, "input", [paste], "\r") == "hạn mức"
    assert typed(tmp_path, "area", [paste], "\x13") == "hạn mức"


def test_the_plain_input_still_needs_this(tmp_path: Path) -> None:
    """When Textual's own input takes the bursts right, ours can go."""
    assert typed(tmp_path, "plain", BURSTS["đường"], "\r") != "đường"
