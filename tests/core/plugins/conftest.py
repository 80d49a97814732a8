"""Tiny distributions in a folder of their own, and the command run as a real process that can see them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FIELD = """
from guong import Field, FieldDeclaration, hookimpl

@hookimpl
def guong_register_fields():
    return [Field(FieldDeclaration(key="KEY", title="Lĩnh vực KEY"))]
"""
"""The smallest field plugin that works; `KEY` is its key."""


class Ran(NamedTuple):
    """What a process left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output as one JSON value."""
        return json.loads(self.out)


class Machine:
    """A machine of its own: a person's settings, a folder of installed distributions, a copy of the sample book."""

    def __init__(self, folder: Path, sample: Path) -> None:
        self.folder, self._sample = folder, sample
        self.site = folder / "site"
        self.home = folder / "home"
        self.site.mkdir()

    @property
    def book(self) -> Path:
        """Where the book lies; it is copied when first asked for."""
        path = self.folder / "so"
        if not path.exists():
            shutil.copytree(self._sample, path)
        return path

    def install(
        self, name: str, module: str, source: str | None, *, key: str, group: str = "guong", version: str = "1.0",
        requires: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Install a distribution with one module and one entry point; no module file for a `source` of None."""
        info = self.site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        lines += [f"Requires-Dist: {one}" for one in requires]
        (info / "METADATA").write_text("\n".join([*lines, "", "guong>=99 is what it is about."]), encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[{group}]\n{key} = {module}\n", encoding="utf-8")
        if source is not None:
            (self.site / f"{module.partition(':')[0]}.py").write_text(source, encoding="utf-8")

    def run(self, *args: str, **variables: str) -> Ran:
        """Run `guong` with these arguments and environment variables and return what it left; a traceback is a failure."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GUONG_", "PYTHON", "COV_"))}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", "from guong.cli import main; main()", *args],
            env={**clean, "GUONG_HOME": str(self.home), "PYTHONPATH": str(self.site), **variables},
            cwd=self.folder, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def plugins(self, *before: str, **variables: str) -> dict[str, dict[str, Any]]:
        """Return what `guong plugins --json` says, by key."""
        ran = self.run(*before, "plugins", "--json", **variables)
        assert ran.code == 0, ran.err
        return {one["key"]: one for one in ran.json}


@pytest.fixture
def machine(tmp_path: Path, sample_year: Path) -> Machine:
    """Return a machine with nothing but guong itself installed."""
    return Machine(tmp_path, sample_year)


@pytest.fixture(scope="session")
def field_source() -> str:
    """Return the source of the smallest field plugin that works."""
    return FIELD
