"""At a terminal what is missing is asked for, and asked again until it can be read."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

import fcntl
import pty
import termios

PATIENCE = 30
"""Seconds after which a command that says nothing more counts as hung."""


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A command at a pseudo-terminal: questions come out there, data goes to a pipe."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._screen, slave = pty.openpty()
        self.process = subprocess.Popen(
            command, env=environment, stdin=slave, stderr=slave, stdout=subprocess.PIPE, start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - one thread only, and a key that interrupts needs a terminal of its own
        )  # fmt: skip
        os.close(slave)
        self.seen = ""
        self._raw = b""

    def expect(self, text: str) -> None:
        """Wait until `text` has been shown after what was expected before."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen:
            ready, _, _ = select.select([self._screen], [], [], max(0, until - time.monotonic()))
            assert ready, f"waited for {text!r}, saw {self.seen!r}"
            try:
                self._raw += os.read(self._screen, 4096)
            except OSError:
                raise AssertionError(f"ended before {text!r}: {self.seen!r}") from None
            self.seen = self._raw.decode(errors="ignore").replace("\r\n", "\n")
        self._raw = self.seen[self.seen.index(text) + len(text) :].encode()
        self.seen = self._raw.decode()

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and type the answer."""
        self.expect(question)
        os.write(self._screen, text.encode() + b"\n")

    def press(self, key: bytes) -> None:
        """Press a key, again and again as people do, until something is shown: between two system calls a signal is lost."""
        assert self.process.stdout is not None
        for _ in range(PATIENCE * 2):
            os.write(self._screen, key)
            if self.process.poll() is not None or select.select([self.process.stdout], [], [], 0.5)[0]:
                return

    def end(self) -> tuple[int, str]:
        """Wait for the end and return the exit code and what came out as data."""
        assert self.process.stdout is not None
        out = self.process.stdout.read().decode()
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        return code, out

    def close(self) -> None:
        """Let go of the terminal; a command that still waits is stopped."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        os.close(self._screen)


@pytest.fixture
def terminal(desk: Any, guong: tuple[str, ...]) -> Iterator[Any]:
    """Return a starter of `guong record` at a terminal."""
    started: list[Terminal] = []

    def start(*args: str, by: str = "nnptnt-01") -> Terminal:
        command = [*guong, "-C", str(desk.book), "--by", by, "record", *args]
        started.append(Terminal(command, desk.environment()))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_what_is_missing_is_asked_for_and_a_wrong_answer_is_asked_again(desk: Any, terminal: Any) -> None:
    before = desk.head()
    screen = terminal("supported", desk.short())
    screen.expect("visit              đi cơ sở")
    screen.answer("Hình thức: ", "bay")
    screen.expect("Hình thức: phải là một trong: visit (đi cơ sở)")
    screen.answer("Hình thức: ", "Đi cơ sở")
    screen.answer("Nội dung: ", "   ")
    screen.expect("Nội dung: còn thiếu")
    screen.answer("Nội dung: ", "Thăm hộ ở xóm trên")
    screen.answer("Ngày xảy ra", "hôm qua")
    screen.expect("Ngày xảy ra: phải là ngày")
    screen.answer("Ngày xảy ra", "20/12/2024")
    code, out = screen.end()
    assert code == 0
    assert out.lstrip().startswith(f"#{before + 1}  ")
    entry = desk.on_book("log", "--after", str(before), "--json").json
    assert (entry["data"]["kind"], entry["opened"]["data"]["what"], entry["occurred_on"]) == (
        "visit",
        "Thăm hộ ở xóm trên",
        "2024-12-20",
    )


def test_what_was_given_is_not_asked(desk: Any, terminal: Any) -> None:
    screen = terminal("supported", desk.short(), "--kind", "visit", "--what", "Thăm", "--json")
    screen.answer("Ngày xảy ra", "20/12/2024")
    code, out = screen.end()
    assert code == 0
    assert out.lstrip().startswith('{"')


def test_a_review_asks_for_its_paper_and_every_criterion(desk: Any, terminal: Any) -> None:
    before = desk.head()
    screen = terminal(
        "reviewed",
        desk.short(1),
        "--result",
        "failed",
        "--occurred-on",
        "20/12/2024",
        "--as-role",
        "binh-xet",
        by="nnptnt-02",
    )
    for question, answer in (
        ("Văn bản: Số: ", "88"),
        ("Ký hiệu: ", "BB"),
        ("Ngày văn bản: ", "20/12/2024"),
        ("Cơ quan ban hành: ", "Nơi A"),
    ):
        screen.answer(question, answer)
    shown = desk.on_book("show", desk.short(1)).out.partition("Tiêu chí\n")[2].partition("Các mục ghi")[0]
    criteria = [line.split()[0] for line in shown.splitlines()]
    assert len(criteria) > 6
    for number, criterion in enumerate(criteria):
        if number == 0:
            screen.answer(f"  {criterion} ", "có lẽ")
            screen.expect("phải là một trong: met")
        screen.answer(f"  {criterion} ", "không đạt" if number == 0 else "met")
    code, _ = screen.end()
    assert code == 0
    entry = desk.on_book("log", "--after", str(before), "--json").json
    assert entry["data"]["criteria"] == {
        criterion: "met" if number else "not_met" for number, criterion in enumerate(criteria)
    }
    assert entry["basis"] == [{"number": "88", "notation": "BB", "date": "2024-12-20", "issuer": "Nơi A"}]


def test_a_reason_is_asked_for_where_one_must_be_given(desk: Any, terminal: Any) -> None:
    screen = terminal("entry_voided", f"#{desk.head()}", "--occurred-on", "20/12/2024")
    screen.answer("Lý do: ", "ghi nhầm")
    assert screen.end()[0] == 0


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_stopping_at_a_question_records_nothing(desk: Any, terminal: Any, key: bytes) -> None:
    before = desk.head()
    screen = terminal("supported", desk.short())
    screen.expect("Hình thức: ")
    screen.press(key)
    screen.expect("đã dừng; chưa có gì được ghi")
    code, out = screen.end()
    assert (code, out.strip()) == (130, "")
    assert desk.head() == before


def test_nothing_is_asked_with_no_input_or_away_from_a_terminal(desk: Any, terminal: Any) -> None:
    screen = terminal("supported", desk.short(), "--no-input")
    screen.expect("Hình thức: còn thiếu; chọn visit (đi cơ sở)")
    assert screen.end() == (3, "")
    assert desk.record("supported", desk.short(), stdin="visit\n").code == 3
