"""Errors on their way out: everything that can go wrong becomes lines on stderr and an exit code."""

from __future__ import annotations

import os
import re
import sys

import click

from guong.errors import GuongError, RefusedError
from guong.exits import Exit
from guong.text import safe


def tell(error: Exception) -> int:
    """Tell the user what went wrong and return the exit code that says so."""
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has gone; leave no complaint of the interpreter about it either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    if isinstance(error, RefusedError):
        for row, problem in error.problems:
            _line(f"{f'dòng {row}: ' if row is not None else ''}{problem.message}", problem.fix)
        _line("chưa có gì được ghi")
        return error.exit
    if isinstance(error, GuongError):
        _line(error.message, error.fix)
        return error.exit
    if isinstance(error, click.exceptions.Abort):
        _line("đã dừng; chưa có gì được ghi")
        return Exit.INTERRUPTED
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, UnicodeEncodeError):
        _line("dòng lệnh có chữ không phải UTF-8")
        return Exit.USAGE
    if isinstance(error, OSError):
        _line(f"{error.strerror or error} ({error.filename})" if error.filename else str(error.strerror or error))
        return Exit.BUSY
    _line(
        f"lỗi của chương trình: {type(error).__name__}: {error}",
        "đặt GUONG_DEBUG=1 để xem chi tiết; sổ không bị thay đổi",
    )
    if os.environ.get("GUONG_DEBUG"):
        raise error
    return Exit.FAILED


_WRONG: dict[type, str] = {click.IntRange: "phải là số nguyên từ 0"}
_CLICK = (
    (r"Got unexpected extra arguments? \((.*)\)", r"thừa trên dòng lệnh: \1"),
    (r"Option '(.*)' requires .*", r"tùy chọn \1 cần một giá trị"),
    (r"Option '(.*)' does not take a value.*", r"tùy chọn \1 không nhận giá trị"),
)
"""What click says in English, and how it is said here."""


def _worded(error: click.ClickException) -> str:
    said = error.format_message()
    found = ((re.fullmatch(pattern, said, re.DOTALL), words) for pattern, words in _CLICK)
    return next((match.expand(words) for match, words in found if match), said)


def _usage(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return Exit.USAGE
    if isinstance(error, click.NoSuchOption):
        near = f"có phải là {', '.join(error.possibilities)}?" if error.possibilities else ""
        _line(f"không có tùy chọn {error.option_name}", near)
    elif isinstance(error, click.MissingParameter) and error.param is not None:
        _line(f"còn thiếu {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}")
    elif isinstance(error, click.BadParameter) and error.param is not None:
        _line(f"{error.param.opts[0]}: {_WRONG.get(type(error.param.type), 'không đọc được')}")
    else:
        _line(_worded(error))
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _line(f"xem {error.ctx.command_path} --help")
    return Exit.USAGE


def _line(message: str, fix: str = "") -> None:
    click.echo(safe(f"{message}; {fix}" if fix else message), err=True)
