"""The command run as a real process, on copies of the sample book."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from guong.book import Book

GUONG = (sys.executable, "-W", "error", "-c", "from guong.cli import main; main()")


class Ran(NamedTuple):
    """What a process left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Its standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Desk:
    """A person's desk: a folder, settings of his own, and a copy of the sample book."""

    def __init__(self, folder: Path, sample: Path) -> None:
        self.folder, self._sample = folder, sample

    @property
    def book(self) -> Path:
        """Where the book lies; it is copied when first asked for."""
        path = self.folder / "so"
        if not path.exists():
            shutil.copytree(self._sample, path)
        return path

    def environment(self, **variables: str) -> dict[str, str]:
        """Return the environment of a command: nothing of whoever runs the tests but the path."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GUONG_", "PYTHON", "COV_"))}
        for name in ("NO_COLOR", "FORCE_COLOR"):
            clean.pop(name, None)
        return {**clean, "GUONG_HOME": str(self.folder / "home"), **variables}

    def run(self, *args: str, stdin: str | None = None, cwd: Path | None = None, **variables: str) -> Ran:
        """Run `guong`; a traceback is a failure."""
        done = subprocess.run(
            [*GUONG, *args], env=self.environment(**variables), cwd=cwd or self.folder, capture_output=True, encoding="utf-8",
            errors="surrogateescape", input=stdin or "", timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def on_book(self, *args: str, stdin: str | None = None, **variables: Any) -> Ran:
        """Run `guong` on the book."""
        return self.run("-C", str(self.book), *args, stdin=stdin, **variables)

    def record(self, *args: str, by: str = "nnptnt-01", stdin: str | None = None, **variables: Any) -> Ran:
        """Run `guong record` on the book as an officer."""
        return self.run("-C", str(self.book), "--by", by, "record", *args, stdin=stdin, **variables)

    def head(self) -> int:
        """Return how many entries the book has."""
        with Book(self.book) as book:
            return book.log.head()

    def short(self, number: int = 0, field: str = "nong-thon-moi") -> str:
        """Return the short form of the exemplar at this place of its field's list."""
        with Book(self.book) as book:
            return book.view.exemplars(field=field)[number].short


@pytest.fixture
def desk(tmp_path: Path, sample_year: Path) -> Desk:
    """Return a desk with a copy of the sample book."""
    return Desk(tmp_path, sample_year)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, sample_year: Path) -> Desk:
    """Return a desk that the tests of a module share; they only read."""
    return Desk(tmp_path_factory.mktemp("shelf"), sample_year)


@pytest.fixture(scope="session")
def guong() -> tuple[str, ...]:
    """Return the command line that starts `guong`."""
    return GUONG
