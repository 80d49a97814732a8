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
    own, general = _criteria_of(desk, desk.short(1))
    assert len(own) > 2
    assert len(general) > 2
    screen.expect("d = đạt, k = không đạt, x = không áp dụng")
    screen.expect(f"  {own[0]} ")
    screen.answer("d/k/x: ", "có lẽ")
    screen.expect("Đối chiếu: phải là một trong: d (đạt); k (không đạt); x (không áp dụng)")
    screen.answer("d/k/x: ", "")
    screen.expect("Đối chiếu: còn thiếu")
    screen.answer("d/k/x: ", "không đạt")
    for number, criterion in enumerate(own[1:]):
        screen.expect(f"  {criterion} ")
        screen.answer("d/k/x: ", ("đ", "D", "met", "Đạt")[number % 4])
    screen.expect("Tiêu chí chung của kế hoạch (Enter: chưa xem xét)")
    for criterion in general:
        screen.expect(f"  {criterion} ")
        screen.answer("d/k/x: ", "x" if criterion == general[0] else "")
    code, _ = screen.end()
    assert code == 0
    entry = desk.on_book("log", "--after", str(before), "--json").json
    assert entry["data"]["criteria"] == {
        own[0]: "not_met", **dict.fromkeys(own[1:], "met"), general[0]: "not_applicable",
    }  # fmt: skip
    assert entry["basis"] == [{"number": "88", "notation": "BB", "date": "2024-12-20", "issuer": "Nơi A"}]


def test_what_the_field_asks_is_asked_once_field_and_day_are_known(desk: Any, terminal: Any) -> None:
    given = ("--subject", "khong-co", "--source", "inspection", "--achievement", "Dạy giỏi", "--lead", "phong-gddt")
    screen = terminal("discovered", *given, "--dry-run", by="gddt-02")
    screen.answer("Lĩnh vực (để trống khi kế hoạch không chia lĩnh vực): ", "day-tot-hoc-tot")
    screen.answer("Ngày xảy ra", "20/12/2024")
    screen.answer("Cấp học: ", "thcs")
    screen.expect("khong-co: không có đối tượng nào như thế")
    assert screen.end() == (3, "")


def test_a_target_that_is_not_there_is_told_before_anything_is_asked(terminal: Any) -> None:
    screen = terminal("supported", "zzzz")
    screen.expect("zzzz: không có điển hình nào như thế")
    assert screen.end() == (3, "")


def _criteria_of(desk: Any, short: str) -> tuple[list[str], list[str]]:
    """Return the ids of the criteria that apply to an exemplar: its field's own, and the plan's general ones."""
    shown = desk.on_book("show", short).out.partition("Tiêu chí\n")[2].partition("Các mục ghi")[0]
    ids = [line.split()[0] for line in shown.splitlines()]
    return [id_ for id_ in ids if not id_.startswith("chung.")], [id_ for id_ in ids if id_.startswith("chung.")]


REVIEW = (
    "--result=passed", "--occurred-on=20/12/2024", "--paper-number=88", "--paper-date=20/12/2024", "--paper-issuer=Nơi A",
    "--as-role=binh-xet",
)  # fmt: skip


def test_a_review_that_passes_without_a_mandatory_criterion_is_refused(desk: Any, terminal: Any) -> None:
    before = desk.head()
    screen = terminal("reviewed", desk.short(), *REVIEW, by="nnptnt-02")
    own, general = _criteria_of(desk, desk.short())
    screen.expect("  b.tt.01 là những xã đạt được")
    screen.expect("(bắt buộc)")
    screen.answer("d/k/x: ", "k")
    screen.expect("không đạt tiêu chí bắt buộc thì không thể kết luận đạt")
    for _ in own[1:]:
        screen.answer("d/k/x: ", "d")
    for _ in general:
        screen.answer("d/k/x: ", "")
    screen.expect("tiêu chí bắt buộc b.tt.01")
    screen.expect("chưa có gì được ghi")
    assert screen.end() == (3, "")
    assert desk.head() == before


def test_findings_that_were_given_or_made_before_are_not_asked_for_again(desk: Any, terminal: Any) -> None:
    own, general = _criteria_of(desk, desk.short(1))
    looked_at = terminal(
        "criterion_assessed", desk.short(1), "--occurred-on", "19/12/2024", "--as-role", "chu-tri", by="nnptnt-02"
    )
    looked_at.expect(f"    {own[0]:<18} ")
    looked_at.expect(f"    {general[-1]:<18} ")
    looked_at.answer("Mã tiêu chí: ", "b.99")
    looked_at.expect("Mã tiêu chí: phải là một trong: ")
    looked_at.answer("Mã tiêu chí: ", own[0])
    looked_at.answer("Nhận định: ", "đạt")
    assert looked_at.end()[0] == 0
    given, before = [f"--criteria={one}=met" for one in own[2:]], desk.head()
    screen = terminal("reviewed", desk.short(1), *REVIEW, *given, by="nnptnt-02")
    screen.expect(f"  {own[0]} ")
    screen.answer("d/k/x (Enter: giữ đạt): ", "")
    screen.expect(f"  {own[1]} ")
    screen.answer("d/k/x: ", "d")
    for criterion in general:
        screen.expect(f"  {criterion} ")
        screen.answer("d/k/x: ", "d")
    assert screen.end()[0] == 0
    entry = desk.on_book("log", "--after", str(before), "--json").json
    assert entry["data"]["criteria"] == dict.fromkeys((*own[1:], *general), "met")


def test_only_the_criteria_of_the_exemplar_s_group_are_asked_and_alternatives_are_named(
    desk: Any, terminal: Any
) -> None:
    who = ("--occurred-on=19/12/2024", "--as-role=theo-doi", "--json")
    pupil = desk.record(
        "subject_registered", "--kind=person", "--name=Ngô Thị Học", "--unit=xa-yen-phuc", *who, by="gddt-02"
    )
    assert pupil.code == 0, pupil.err
    found = desk.record(
        "discovered", "--field=day-tot-hoc-tot", f"--subject={pupil.json['short']}", "--cap-hoc=thcs", "--nhom=hoc-sinh",
        "--source=inspection", "--achievement=Vượt khó", *who, by="gddt-02",
    )  # fmt: skip
    assert found.code == 0, found.err
    screen = terminal("reviewed", found.json["short"], *REVIEW, "--dry-run", by="gddt-03")
    screen.expect("Đối chiếu từng tiêu chí")
    screen.expect("  h.hs.01 Học sinh, sinh viên có thành tích học tập xuất sắc (chỉ cần đạt một")
    assert "h.cn." not in screen.seen
    screen.expect("trong h.hs.01, h.hs.02)")
    screen.press(b"\x03")
    assert screen.end()[0] == 130


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
