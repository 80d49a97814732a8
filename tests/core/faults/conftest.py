"""Real processes and real media for the tests of faults."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Return a paper to file."""
    path = tmp_path / "quyet-dinh.txt"
    path.write_text("Quyết định\n" * 50, encoding="utf-8")
    return path


@pytest.fixture
def writer() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return what starts `writer.py` and waits until it is ready; the line that sets it off is up to the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*args: object) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, str(WRITER), *map(str, args)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate()


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Return what mounts a small disk of its own in memory; a test that needs one is skipped where nobody may mount."""
    points: list[Path] = []

    def mount(megabytes: int) -> Path:
        point = tmp_path / f"dia-{len(points)}"
        point.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(point)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip(f"no right to mount a disk here: {done.stderr.decode().strip()}")
        points.append(point)
        return point

    yield mount
    for point in points:
        subprocess.run(["umount", "-l", str(point)], check=True)
