"""Start-up in instructions, which are the same on every run of one machine, against a bare `python -c pass`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.bench.books import ACTING, FIELD, followed, fresh, open_book, say
from tests.bench.table import Line

NEAR = 0.9
"""From this share of its goal on, a command's imports are listed."""
_SINGLE = (
    "click", "msgspec", "pluggy", "zoneinfo", "sqlite3", "tomllib", "importlib.metadata", "eventsourcing.persistence",
    "eventsourcing.sqlite", "eventsourcing.application", "cryptography.hazmat.primitives.ciphers.aead", "guong.book",
)  # fmt: skip


class Command(NamedTuple):
    """A command line that is measured."""

    name: str
    args: list[str]
    goal: float | None = None


def measure(sample: Path, folder: Path, *, imports: bool) -> tuple[list[Line], list[str]]:
    """Count the instructions of every command; list the imports of those near or above their goal."""
    if shutil.which("valgrind") is None:
        say("no valgrind here: start-up is not measured")
        return [], []
    book = fresh(sample, folder / "startup")
    with open_book(book) as opened:
        exemplar = followed(opened)[0].short
    commands = _commands(str(book), exemplar)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")  # warm for every command, and outside the checkout
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _run([sys.executable, "-c", "pass"])
    base = _instructions(["-c", "pass"])
    lines, near = [], []
    for command in commands:
        say(f"guong {command.name}")
        args = [str(_guong()), *command.args]
        _run([sys.executable, *args])  # bytecode is written, the view caught up
        ratio = _instructions(args) / base
        lines.append(Line(f"guong {command.name}", ratio, "× bare", f"{ratio * base / 1e6:.0f} M", most=command.goal))
        if command.goal and ratio > NEAR * command.goal:
            near.append(command)
    return lines, _imports(near, base) if imports else []


def _commands(book: str, exemplar: str) -> list[Command]:
    given = {"occurred-on": "20/12/2024", "kind": "visit", "what": "Đi cơ sở", "ngay-cong": "12", "clock-reason": "đo"}
    who = {"as-role": ACTING["as_role"], "in-unit": ACTING["in_unit"]}
    record = ["-C", book, "--by", ACTING["by"], "record", "supported", exemplar, "--no-input"]
    record += [f"--{key}={value}" for key, value in (given | who).items()]
    return [
        Command("--version", ["--version"], 6),
        Command("--help", ["--help"], 10),
        Command("record supported … --dry-run", [*record, "--dry-run"], 16),
        Command("record supported …", record, 16),
        Command("board", ["-C", book, "board"], 16),
        Command("show", ["-C", book, "show", exemplar], 16),
        Command("fields, in a book", ["-C", book, "fields"], 14),
        Command("fields, elsewhere", ["fields"], 14),
        Command("field show, in a book", ["-C", book, "field", "show", FIELD]),
        Command("field show, elsewhere", ["field", "show", FIELD]),
        Command("list", ["-C", book, "list"]),
        Command("log", ["-C", book, "log"]),
    ]


def _guong() -> Path:
    return Path(sys.executable).with_name("guong")


def _run(command: list[str]) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr[-1000:]}")
    return done.stderr


def _instructions(args: list[str]) -> int:
    told = _run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, *args])
    found = re.search(r"Collected : (\d+)", told)
    if found is None:
        raise SystemExit(told)
    return int(found[1])


def _imports(near: list[Command], base: int) -> list[str]:
    lines = [
        f"`import {name}` alone: {_instructions(['-c', f'import {name}']) / base - 1:.1f} × bare" for name in _SINGLE
    ]
    return [*lines, *(f"`guong {one.name}`: {_costly(one)}" for one in near)]


def _costly(command: Command) -> str:
    """Return the packages that cost most of a command's import time, their own time summed up."""
    told = _run([sys.executable, "-X", "importtime", str(_guong()), *command.args])
    own: Counter[str] = Counter()
    for line in told.splitlines():
        if found := re.fullmatch(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", line):
            own[found[2].partition(".")[0]] += int(found[1])
    whole = own.total()
    return ", ".join(f"{name} {100 * spent / whole:.0f} %" for name, spent in own.most_common(10))
