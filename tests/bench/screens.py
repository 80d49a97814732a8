"""What is measured of a screen, in a process of its own behind a terminal: `python -m tests.bench.screens WHAT BOOK OUT`."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

MOVES, WARM = 250, 20
"""Moves that are measured, and those before that are not."""
MARK = "sẵn sàng"
"""What a bare app shows."""
Frame = Callable[[], Awaitable[None]]


def resident() -> int:
    """Return the memory of this process that is resident, in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def run(app: Any, measure: Callable[[Frame], Awaitable[dict[str, Any]]], out: Path) -> None:
    """Run an app, measure it once it has been drawn, write what was measured and leave."""
    shown = asyncio.Event()
    app.post_display_hook = shown.set

    async def frame() -> None:
        shown.clear()
        await asyncio.wait_for(shown.wait(), 30)

    async def whole() -> None:
        await frame()
        await asyncio.sleep(1)
        out.write_text(json.dumps(await measure(frame)), encoding="utf-8")
        app.exit()

    app.call_later(lambda: app.run_worker(whole()))
    app.run()


async def timed(frame: Frame, move: Callable[[], object]) -> float:
    """Return milliseconds from a move to the frame that shows it."""
    start = time.perf_counter()
    move()
    await frame()
    return (time.perf_counter() - start) * 1000


def bare_app() -> Any:
    """Return the least app there can be: a page of ready lines and a line at its foot."""
    from rich.segment import Segment
    from textual.app import App, ComposeResult
    from textual.strip import Strip
    from textual.widget import Widget
    from textual.widgets import Static

    class Rows(Widget):
        """A page of lines that need no work."""

        def on_mount(self) -> None:
            self.strips = [
                Strip([Segment((f"{number:>4} " + "điển hình tiên tiến " * 6)[:120])], 120) for number in range(100)
            ]

        def render_line(self, y: int) -> Strip:
            return self.strips[y].adjust_cell_length(self.size.width)

    class Bare(App[None]):
        """Nothing but that page."""

        CSS = "Rows { height: 1fr; } Static { height: 1; }"

        def compose(self) -> ComposeResult:
            yield Rows()
            yield Static(MARK)

    return Bare()


def bare(out: Path) -> None:
    """Measure full repaints of the bare app."""
    app = bare_app()

    async def measure(frame: Frame) -> dict[str, Any]:
        rows = app.query_one("Rows")
        moves = [await timed(frame, rows.refresh) for _ in range(MOVES + WARM)][WARM:]
        return {"moves": moves, "resident": resident()}

    run(app, measure, out)


def through(folder: str) -> None:
    """Run the bare app through the `guong` command, with the book open and its view level."""
    import click

    from guong.cli import root
    from guong.cli.shared import opened

    @click.command("bare")
    @click.pass_context
    def command(ctx: click.Context) -> None:
        with opened(ctx) as book:
            _ = book.view.head
            bare_app().run()

    root.add_command(command)
    root.main(["-C", folder, "bare"], prog_name="guong")


def table(out: Path, rows: int) -> None:
    """Measure Textual's own table with so many entries."""
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable

    start = time.perf_counter()

    class Table(App[None]):
        """Nothing but a table."""

        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

        def on_mount(self) -> None:
            shown = self.query_one(DataTable)
            shown.add_columns("Mục", "Ghi lúc", "Xảy ra", "Bước", "Ai, cái gì", "Đơn vị")
            shown.add_rows(
                (f"#{one}", "18/10/24 08:50", "17/10/2024", "Bình xét", "Hộ ông Hứa Văn Ruộng", "Phòng Nông nghiệp")
                for one in range(rows)
            )

    app = Table()

    async def measure(frame: Frame) -> dict[str, Any]:
        shown, rng = app.query_one(DataTable), random.Random(5)  # noqa: S311 - the same moves in every run
        ready = time.perf_counter() - start - 1
        moves = [await timed(frame, lambda: shown.move_cursor(row=rng.randrange(rows))) for _ in range(MOVES + WARM)][
            WARM:
        ]
        return {"moves": moves, "resident": resident(), "ready": ready}

    run(app, measure, out)


def ours(folder: Path, out: Path) -> None:
    """Measure moves to random places, filters, and what memory it takes."""
    from guong.book import Book
    from guong_tui.app import ReplayApp
    from guong_tui.bookmarks import Bookmarks
    from guong_tui.filters import NOTHING, Filter
    from guong_tui.reading import Reading

    with Book(folder) as book:
        reading = Reading(book, Bookmarks(book.state.id))
        app = ReplayApp(reading)

        async def measure(frame: Frame) -> dict[str, Any]:
            rng, screen = random.Random(5), app.replay  # noqa: S311 - the same moves in every run
            places = [rng.randint(1, reading.head) for _ in range(MOVES + WARM)]
            moves = [await timed(frame, partial(screen.go, place)) for place in places][WARM:]
            memory, units = resident(), reading.view.keys("unit")
            pages, counts = [], []
            for asked in (
                Filter(step="reviewed"), Filter(unit=units[5]), Filter(field="y-te"), Filter(remarked=True), Filter(delayed=10),
                Filter(happened_since="2022-01-01", happened_until="2022-12-31"), Filter(field="nong-thon-moi", step="supported"),
            ):  # fmt: skip
                start = time.perf_counter()
                screen.narrow(asked)
                while screen._counted is None:
                    await asyncio.sleep(0.001)
                pages.append((time.perf_counter() - start) * 1000)
                while not screen._whole:
                    await asyncio.sleep(0.001)
                counts.append((time.perf_counter() - start) * 1000)
                screen.narrow(NOTHING)
                await frame()
            return {"moves": moves, "resident": memory, "pages": pages, "counts": counts, "head": reading.head}

        run(app, measure, out)


def paging(folder: Path, out: Path) -> None:
    """Write down when which position was shown, while somebody holds a key, until nothing has come for a second."""
    from guong.book import Book
    from guong_tui.app import ReplayApp
    from guong_tui.bookmarks import Bookmarks
    from guong_tui.reading import Reading

    with Book(folder) as book:
        app = ReplayApp(Reading(book, Bookmarks(book.state.id)), 1)
        seen: list[tuple[float, int]] = []

        async def measure(_: Frame) -> dict[str, Any]:
            app.post_display_hook = lambda: seen.append((time.perf_counter(), app.position))  # type: ignore[method-assign]
            out.with_suffix(".ready").touch()
            while not seen or time.perf_counter() - seen[-1][0] < 2:
                await asyncio.sleep(0.1)
            return {"seen": seen}

        run(app, measure, out)


if __name__ == "__main__":
    os.environ.pop("SSH_CONNECTION", None)
    what, book_, out_ = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if what == "bare":
        bare(out_)
    elif what == "through":
        through(book_)
    elif what == "alone":
        bare_app().run()
    elif what == "table":
        table(out_, int(sys.argv[4]))
    else:
        {"ours": ours, "paging": paging}[what](Path(book_), out_)
