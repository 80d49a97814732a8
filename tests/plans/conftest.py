"""A plan that nobody ships, brought by a plugin of the tests alone, and the year that was recorded under it."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import pytest

from guong import PlanPack, hookimpl
from guong.demo import demo
from guong.plugins import Plugins, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.book import Book

KEY = "giao-thong-2024"


class Roads(Plugins):
    """The one plugin there is: the plan of the country roads."""

    def sources(self) -> dict[str, Source]:
        """Return it."""
        folder, module = Path(__file__).parent / KEY, ModuleType("guong_giao_thong_2024")
        pack = PlanPack.from_toml(folder / "plan.toml", sample=folder / "sample")
        module.guong_register_plans = hookimpl(lambda: [pack])  # type: ignore[attr-defined]
        return {KEY: Source(KEY, lambda: "thử 1.0", lambda: module)}


class Year(NamedTuple):
    """The year as it was recorded: the open book, and where it lies."""

    book: Book
    folder: Path


@pytest.fixture(autouse=True)
def _settings_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    forget(monkeypatch)
    monkeypatch.setenv("GUONG_HOME", str(tmp_path / "home"))


def forget(patch: pytest.MonkeyPatch) -> None:
    """Take every setting out of the environment."""
    for name in [name for name in os.environ if name.startswith("GUONG_")]:
        patch.delenv(name)


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Return the book of the year, recorded step by step; whoever reads it leaves it as it is."""
    folder = tmp_path_factory.mktemp("nam") / "so"
    with pytest.MonkeyPatch.context() as patch:
        forget(patch)
        book = demo(folder, Roads(), KEY)
    with book:
        yield Year(book, folder)
