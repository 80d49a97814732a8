"""Pictures of every screen on the sample year, wide and narrow; `UPDATE_SNAPSHOTS=1` draws them anew. The docs show some of them."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.driving import NARROW, WIDE, drive

if TYPE_CHECKING:
    from tests.tui.driving import Driver

HERE = Path(__file__).with_name("snapshots")
DOCS = Path(__file__).parents[2] / "docs"
SCENES: dict[str, tuple[str, tuple[str, ...]]] = {
    "replay": ("#727", ()),
    "change": ("#727", ("f3",)),
    "goto": ("#727", ("g",)),
    "life": ("#720", ("s",)),
    "life-begun": ("#720", ("s", "home", "down", "down")),
    "life-panels": ("#720", ("s", "f4")),
    "moment": ("#560", ("f5",)),
    "moment-field": ("#760", ("f5", "f3", *["down"] * 8)),
    "questions": ("#760", ("f6", "E", "enter", "down")),
    "bookmarks": ("#720", ("m", "comma", "m", "apostrophe")),
    "export": ("#720", ("f5", "f8")),
    "palette": ("#720", ("ctrl+p", "m", "o", "c")),
    "help": ("#720", ("f1",)),
}
"""Name of a picture to the moment and the keys that lead to it."""
SHOWN = {
    "tui-replay.svg": "replay-wide",
    "tui-life.svg": "life-wide",
    "tui-moment.svg": "moment-wide",
    "tui-narrow.svg": "replay-narrow",
}
"""Picture of the docs to the snapshot that it is."""


def normal(svg: str) -> str:
    """Return a picture without the random number in its names, and without the fonts it would fetch."""
    named = re.sub(r"terminal-\d+", "terminal-0", svg)
    return re.sub(r"\s*@font-face \{[^}]*\}", "", named).rstrip() + "\n"


def rows(svg: str) -> list[str]:
    """Return the lines of text of a picture, for a difference that can be read."""
    lines: dict[str, list[tuple[float, str]]] = {}
    for x, y, text in re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', svg):
        lines.setdefault(y, []).append((float(x), html.unescape(text).replace("\xa0", " ")))
    ordered = sorted(lines.items(), key=lambda pair: float(pair[0]))
    return ["".join(text for _, text in sorted(parts)).rstrip() for _, parts in ordered]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", SCENES)
def test_a_screen_looks_as_it_did(sample_year: Path, name: str, size: tuple[int, int]) -> None:
    at, keys = SCENES[name]
    path = HERE / f"{name}-{'wide' if size == WIDE else 'narrow'}.svg"
    drawn: list[str] = []

    async def script(driver: Driver) -> None:
        if keys:
            await driver.press(*keys)
        driver.app.clear_notifications()
        for one in driver.app.screen.query("Input"):
            one.cursor_blink = False  # type: ignore[attr-defined]
        await driver.settle()
        drawn.append(normal(driver.app.export_screenshot(title="guong tui")))

    assert drive(sample_year, script, at=at, size=size) is None
    if os.environ.get("UPDATE_SNAPSHOTS"):
        HERE.mkdir(exist_ok=True)
        path.write_text(drawn[0], encoding="utf-8", newline="\n")
        for target, source in SHOWN.items():
            if source == path.stem:
                (DOCS / target).write_text(drawn[0], encoding="utf-8", newline="\n")
    kept = path.read_text("utf-8")
    assert rows(drawn[0]) == rows(kept)
    assert drawn[0] == kept


def test_there_is_no_picture_of_a_screen_that_is_gone() -> None:
    wanted = {f"{name}-{size}.svg" for name in SCENES for size in ("wide", "narrow")}
    assert {path.name for path in HERE.glob("*.svg")} == wanted


@pytest.mark.parametrize("target", SHOWN)
def test_a_picture_of_the_docs_is_the_snapshot(target: str) -> None:
    assert (DOCS / target).read_bytes() == (HERE / f"{SHOWN[target]}.svg").read_bytes()
    told = [path.name for path in (*DOCS.rglob("*.md"), DOCS.parent / "README.md") if target in path.read_text("utf-8")]
    assert told, f"no page shows {target}"
