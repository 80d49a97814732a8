"""Books to test on: a small real one, and the sample year."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from guong.book import Book, Opening
from guong.demo import demo
from guong.domain.declarations import UnitData
from guong.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Properties are never judged by the clock, and leave nothing in the working folder.
set_hypothesis_home_dir(tempfile.gettempdir() + "/guong-hypothesis")
settings.register_profile("guong", deadline=None, database=None)
settings.load_profile("guong")


@pytest.fixture(autouse=True)
def _settings_of_nobody(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("GUONG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GUONG_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def opening() -> Opening:
    """Return who opens the small book: officer `nv-01`, unit `phong-a`."""
    paper = {"kind": "Quyết định", "number": "01", "date": "2024-01-02", "issuer": "Phòng A"}
    return Opening("nv-01", "Trần Thị Thử", UnitData(key="phong-a", name="Phòng A"), "2024-01-02", paper)


@pytest.fixture
def book(tmp_path: Path, opening: Opening) -> Iterator[Book]:
    """Return a fresh small real book of four entries; `nv-01` holds the role `quan-tri` in `phong-a`."""
    with Book.create(tmp_path / "so", opening) as made:
        yield made


@pytest.fixture(scope="session")
def sample_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample year, made once; copy it before you write to it."""
    folder = tmp_path_factory.mktemp("mau") / "so-mau"
    demo(folder, Plugins(), "van-quan-2024").close()
    return folder


@pytest.fixture
def sample(sample_year: Path, tmp_path: Path) -> Iterator[Book]:
    """Return a copy of the sample year, open."""
    shutil.copytree(sample_year, tmp_path / "so-mau")
    with Book(tmp_path / "so-mau") as copy:
        yield copy


@pytest.fixture(scope="session")
def unit_row() -> Callable[..., dict[str, Any]]:
    """Return a maker of rows that register a unit in the small book."""

    def make(key: str, **more: Any) -> dict[str, Any]:
        return {
            "step": "unit_registered", "key": key, "name": f"Phòng {key}", "occurred_on": "2024-02-01", "by": "nv-01", **more,
        }  # fmt: skip

    return make


@pytest.fixture(scope="session")
def fingerprints() -> Callable[[Path], dict[str, str]]:
    """Return what tells every file of a folder by the hash of its bytes, and its folders by their names."""

    def take(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            for path in sorted(folder.rglob("*"))
        }

    return take
