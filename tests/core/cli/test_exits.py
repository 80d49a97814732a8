"""Every documented exit code has a real case, and what went wrong is said in Vietnamese with what would have worked."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from guong.exits import Exit

if TYPE_CHECKING:
    from pathlib import Path

SUPPORT = ("--occurred-on", "20/12/2024", "--kind", "visit", "--what", "Thăm hộ")


def said(ran: Any) -> list[str]:
    """Return the lines on stderr without the notice of a sample book."""
    return [line for line in ran.err.splitlines() if "SỔ MẪU" not in line]


def test_the_codes_are_these_and_each_is_explained() -> None:
    codes = {code.name: code.value for code in Exit}
    assert codes == {
        "OK": 0, "FAILED": 1, "USAGE": 2, "REFUSED": 3, "NO_BOOK": 4, "DAMAGED": 5, "PLUGIN": 6, "BUSY": 7, "INTERRUPTED": 130,
    }  # fmt: skip


def test_0_when_done(desk: Any) -> None:
    assert desk.on_book("board").code == 0
    ran = desk.record("supported", desk.short(), *SUPPORT)
    assert ran.code == 0, ran.err
    assert said(ran) == ["đã ghi 1 mục; chưa ký"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("reord",), ["không có lệnh reord; có phải là record?", "xem guong --help"]),
        (("xyzzy",), ["không có lệnh xyzzy", "xem guong --help"]),
        (("list", "--stge", "x"), ["không có tùy chọn --stge; có phải là --stage?", "xem guong list --help"]),
        (("list", "--field"), ["tùy chọn --field cần một giá trị"]),
        (("list", "--json=1"), ["tùy chọn --json không nhận giá trị"]),
        (("log", "--after", "hai"), ["--after: phải là số nguyên từ 0", "xem guong log --help"]),
        (("log", "--after", "-1"), ["--after: phải là số nguyên từ 0", "xem guong log --help"]),
        (("log", "--after", str(2**64)), ["--after: phải là số nguyên từ 0", "xem guong log --help"]),
        (("log", "a", "b"), ["thừa trên dòng lệnh: a b", "xem guong log --help"]),
        (("show",), ["còn thiếu MÃ", "xem guong show --help"]),
        (("record",), ["còn thiếu bước hoặc --from TỆP; xem guong record --help"]),
        (("record", "suported"), ["không có bước suported; có phải là supported?"]),
        (("record", "book_opened"), ["không có bước book_opened; có phải là dossier_opened?"]),
        (("record", "--from", "a.csv", "supported"), ["--from không đi cùng một bước; guong record --from TỆP"]),
        (("restore", "x"), ["còn thiếu nơi khôi phục; guong -C THƯ_MỤC_MỚI restore BẢN_SAO"]),
    ],
)
def test_2_when_the_command_line_is_wrong(shelf: Any, args: tuple[str, ...], says: list[str]) -> None:
    ran = shelf.run(*args)
    assert (ran.code, ran.out, said(ran)) == (2, "", says)


def test_2_when_nothing_is_asked_and_the_help_is_on_stderr(shelf: Any) -> None:
    ran = shelf.run()
    assert (ran.code, ran.out) == (2, "")
    assert "guong demo so-mau" in ran.err


def test_2_when_the_settings_cannot_be_read(desk: Any) -> None:
    (desk.folder / "home").mkdir()
    (desk.folder / "home" / "settings.toml").write_text("officer = 5\n", encoding="utf-8")
    ran = desk.run("whoami")
    assert ran.code == 2
    assert "settings.toml" in ran.err
    assert "officer" in ran.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("show", "zzzz"), "zzzz: không có điển hình nào như thế; xem bằng guong list hoặc guong log"),
        (("show", ""), ": không có điển hình nào như thế; xem bằng guong list hoặc guong log"),
        (("board", "--field", "nong-thon"), "không có lĩnh vực nong-thon; có phải là nong-thon-moi?"),
        (("board", "--plan", "van-quan"), "không có kế hoạch van-quan; có phải là van-quan-2024?"),
        (("list", "--field", "nong-thon"), "không có lĩnh vực nong-thon; có phải là nong-thon-moi?"),
        (("list", "--stage", "revewed"), "không có bước revewed; có phải là reviewed?"),
        (("list", "--lead", "phong-gdt"), "không có đơn vị phong-gdt; có phải là phong-gddt?"),
        (("list", "--unit", "xa-diem-h"), "không có đơn vị xa-diem-h; có phải là xa-diem-he?"),
    ],
)
def test_3_when_what_is_named_is_not_in_the_book(shelf: Any, args: tuple[str, ...], says: str) -> None:
    ran = shelf.on_book(*args)
    assert (ran.code, ran.out, said(ran)) == (3, "", [says])


def test_3_when_a_start_names_several(shelf: Any) -> None:
    shorts = [row["short"] for row in shelf.on_book("list", "--json").json]
    starts = [short[0] for short in shorts]
    several = next(start for start in starts if starts.count(start) > 1)
    ran = shelf.on_book("show", several)
    assert ran.code == 3
    assert f"{several}: có {starts.count(several)} điển hình cùng bắt đầu như thế; gõ thêm: " in ran.err
    offered = said(ran)[0].partition("gõ thêm: ")[2].split(", ")
    assert sorted(one[:4] for one in offered) == sorted(short[:4] for short in shorts if short.startswith(several))


@pytest.mark.parametrize(
    ("by", "args", "says"),
    [
        ("", SUPPORT, "người ghi  (chưa nêu); vai trò đang giữ: không vai trò nào"),
        ("la-01", SUPPORT, "người ghi la-01 không có trong sổ; vai trò đang giữ: không vai trò nào"),
        ("nnptnt-01", ("--as-role", "binh-xet", *SUPPORT), "người ghi nnptnt-01 không giữ vai trò binh-xet tại"),
        (
            "nnptnt-01",
            ("--kind", "visit", "--what", "Thăm"),
            "Ngày xảy ra: còn thiếu; theo văn bản: 31/12/2024, 12/2024 hoặc 2024",
        ),
        ("nnptnt-01", (*SUPPORT, "--occurred-on", "31/12/2199"), "ngày xảy ra 31/12/2199 ở sau hôm nay"),
        ("nnptnt-01", (*SUPPORT, "--occurred-on", "hôm qua"), "Ngày xảy ra: phải là ngày, viết như 31/12/2024"),
        ("nnptnt-01", (*SUPPORT, "--value", "nhiều"), "Giá trị: phải là số"),
        ("nnptnt-01", (*SUPPORT, "--kind", "tặng"), "Hình thức: phải là một trong: visit (đi cơ sở); "),
        ("nnptnt-01", (*SUPPORT, "--ngay-cong", "-1"), "Ngày công đã góp: phải là số từ 0"),
        ("nnptnt-01", (*SUPPORT, "--paper", "khong-co.pdf"), "không có tệp khong-co.pdf; xem lại đường dẫn"),
    ],
)
def test_3_when_a_step_is_refused_and_nothing_is_recorded(desk: Any, by: str, args: tuple[str, ...], says: str) -> None:
    before = desk.head()
    ran = desk.record("supported", desk.short(), *args, by=by)
    assert (ran.code, ran.out) == (3, "")
    assert any(line.startswith(says) for line in said(ran)), ran.err
    assert said(ran)[-1] == "chưa có gì được ghi"
    assert desk.head() == before


def test_3_with_everything_that_is_wrong_at_once(desk: Any) -> None:
    ran = desk.record(
        "supported", desk.short(), "--kind", "x", "--value", "y", "--occurred-on", "z", "--ngay-cong", "w"
    )
    labels = [line.partition(":")[0] for line in said(ran)]
    assert ran.code == 3
    assert (
        sorted(labels[:-1]) == ["Giá trị", "Hình thức", "Ngày công đã góp", "Ngày xảy ra", "Nội dung"]
        or "Ngày công đã góp" not in labels
    )
    assert {"Giá trị", "Hình thức", "Ngày xảy ra", "Nội dung"} <= set(labels)


def test_3_when_the_target_or_the_reason_is_missing(desk: Any) -> None:
    ran = desk.record("supported", *SUPPORT)
    assert (ran.code, said(ran)[0]) == (3, "Điển hình: còn thiếu; mã ngắn hoặc mã đầy đủ")
    ran = desk.record("entry_voided", f"#{desk.head()}", "--occurred-on", "20/12/2024")
    assert (ran.code, said(ran)[0]) == (3, "Hủy mục ghi nhầm: còn thiếu lý do; nêu bằng --reason")
    ran = desk.record("entry_voided", "--occurred-on", "20/12/2024", "--reason", "nhầm")
    assert (ran.code, said(ran)[0]) == (3, "Mục ghi cần hủy: còn thiếu")


def test_4_when_there_is_no_book_or_one_of_a_newer_version(desk: Any) -> None:
    assert desk.run("board").code == 4
    ran = desk.run("-C", "khong-co", "board")
    assert ran.code == 4
    assert said(ran) == [
        "khong-co không phải là một cuốn sổ (không có log.db); guong init hoặc guong demo lập một sổ mới"
    ]
    with sqlite3.connect(desk.book / "log.db") as log:
        log.execute("PRAGMA user_version=99")
    log.close()
    ran = desk.on_book("board")
    assert ran.code == 4
    assert "phiên bản mới hơn" in ran.err


def test_4_when_a_new_book_would_lie_on_something_that_is_there(desk: Any) -> None:
    before = desk.head()
    ran = desk.run("demo", str(desk.book))
    assert ran.code == 4
    assert "đã có và không trống" in ran.err
    assert desk.head() == before


@pytest.mark.parametrize("content", [b"SQLite", b"x" * 200, b"SQLite format 3\0"])
def test_5_when_the_log_is_no_database_any_more(desk: Any, content: bytes) -> None:
    (desk.book / "log.db").write_bytes(content)
    ran = desk.on_book("board")
    assert (ran.code, ran.out) == (5, "")
    assert "bị hỏng hoặc không phải là một cuốn sổ" in ran.err


def test_5_when_a_piece_of_evidence_is_gone(desk: Any) -> None:
    next(path for path in sorted((desk.book / "evidence").rglob("*")) if path.is_file()).unlink()
    ran = desk.on_book("check")
    assert ran.code == 5
    assert "thiếu" in ran.out
    assert "1 lỗi" in ran.err


def test_6_when_a_plugin_is_missing(desk: Any) -> None:
    ran = desk.run("demo", "so-moi", "--plan", "khong-co")
    assert (ran.code, ran.out) == (6, "")
    assert "cần plugin khong-co" in ran.err


def test_7_when_somebody_else_is_writing(desk: Any) -> None:
    short = desk.short()
    other = sqlite3.connect(desk.book / "log.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ran = desk.record("supported", short, *SUPPORT)
    other.execute("ROLLBACK")
    other.close()
    assert (ran.code, ran.out) == (7, "")
    assert desk.record("supported", short, *SUPPORT).code == 0


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_130_when_the_keyboard_stops_it_and_nothing_is_recorded(
    desk: Any, guong: tuple[str, ...], tmp_path: Path
) -> None:
    before = desk.head()
    command = [*guong, "-C", str(desk.book), "--by", "nnptnt-01", "record", "--from", "-"]
    with subprocess.Popen(
        command, env=desk.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        assert process.stdout is not None
        first = process.stderr.readline().decode()
        assert "SỔ MẪU" in first
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
        code = process.wait(60)
        out = process.stdout.read()
    assert (code, out, rest.strip()) == (130, b"", "đã dừng; chưa có gì được ghi")
    assert desk.head() == before
