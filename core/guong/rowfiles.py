"""Rows from files: JSON Lines and CSV, read from the start as often as needed and never held in memory."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from guong.domain.problems import Problem
from guong.errors import GuongError
from guong.rows import Line
from guong.strictjson import strict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guong.rows import Row

MAX_LINE = 4 * 1024 * 1024
"""Bytes a line may have."""


@contextmanager
def row_file(source: str) -> Iterator[Callable[[], Iterable[Line]]]:
    """Give the rows of a `.csv` or JSON Lines file, or of standard input (`-`, JSON Lines).

    Standard input goes through a temporary file without a name first, since rows may have to be read twice.

    Raises:
        GuongError: the file cannot be read.
    """
    with _open(source) as file:
        read = _csv if source.lower().endswith(".csv") else _json_lines

        def rows() -> Iterable[Line]:
            file.seek(0)
            return read(file)

        yield rows


@contextmanager
def _open(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
            yield copy
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed by the with statement below
    except OSError as error:
        raise GuongError(f"không đọc được tệp {source} ({error.strerror})", "xem lại đường dẫn") from error
    with file:
        yield file


def _json_lines(file: BinaryIO) -> Iterator[Line]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
            yield Line(number, _unreadable("dòng dài quá 4 MiB"))
        elif line.strip():
            yield Line(number, _object(line))


def _object(line: bytes) -> Row | Problem:
    try:
        row = strict(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return _unreadable(_why(error))
    return row if isinstance(row, dict) else _unreadable("mỗi dòng phải là một đối tượng JSON")


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "lồng nhau quá sâu"
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return "không phải JSON, chữ UTF-8"
    return "số dài quá" if "integer string conversion" in str(error) else str(error)


def _csv(file: BinaryIO) -> Iterator[Line]:
    """Yield the rows of a sheet: `details.x` and `paper.x` columns are gathered, empty cells are no answers.

    Columns are parted by commas, or by semicolons as Vietnamese Excel does; rows without any answer are left out.
    """
    text, number = io.TextIOWrapper(file, encoding="utf-8-sig", newline=""), 0
    try:
        head = text.readline()
        text.seek(0)
        sheet = csv.DictReader(text, strict=True, delimiter=";" if ";" in head and "," not in head else ",")
        columns = [column.strip() for column in sheet.fieldnames or ()]
        if len(set(columns)) < len(columns):
            twice = next(column for column in columns if columns.count(column) > 1)
            yield Line(1, _unreadable(f"cột {twice or '(không tên)'} viết hai lần"))
            return
        for cells in sheet:
            number = sheet.line_num
            if row := _gathered(cells):
                yield Line(number, row)
    except (csv.Error, UnicodeDecodeError) as error:
        yield Line(number + 1, _unreadable(f"không phải CSV, chữ UTF-8 ({error})"))
    finally:
        text.detach()


def _gathered(cells: dict[Any, Any]) -> Row | Problem:
    if None in cells:
        return _unreadable("có nhiều ô hơn số cột")
    row: Row = {}
    details: dict[str, str] = {}
    paper: dict[str, str] = {}
    for key, cell in cells.items():
        name, _, rest = key.strip().partition(".")
        if cell is None or not cell.strip():
            continue
        if rest and name in ("details", "paper"):
            (details if name == "details" else paper)[rest] = cell
        else:
            row[key.strip()] = cell
    return {**row, **({"details": details} if details else {}), **({"papers": [paper]} if paper else {})}


def _unreadable(why: str) -> Problem:
    return Problem(code="form.row", message=f"không đọc được dòng này: {why}")
