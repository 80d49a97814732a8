"""Drives the audit UI without a terminal: opens a book, presses keys, and tells what is seen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.worker import WorkerCancelled

from guong.book import Book
from guong_tui.app import ReplayApp
from guong_tui.bookmarks import Bookmarks
from guong_tui.reading import Reading
from guong_tui.screens.replay import ReplayScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from guong.errors import GuongError
    from guong.plugins import Plugins

    Scenario = Callable[["Driver"], Awaitable[None]]

WIDE, NARROW = (120, 36), (80, 24)


class Driver:
    """A running app, and what a person at it can do and see."""

    def __init__(self, app: ReplayApp, pilot: Pilot[GuongError]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def replay(self) -> ReplayScreen:
        """The replay, whatever stands before it."""
        found = next(one for one in self.app.screen_stack if isinstance(one, ReplayScreen))
        assert isinstance(found, ReplayScreen)
        return found

    @property
    def position(self) -> int:
        """Where the cursor stands."""
        return self.replay.position

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that they began has ended."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type into the input that has the focus."""
        await self.press(*("space" if one == " " else one for one in text))

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        await self.pilot.pause()
        while True:
            try:
                await self.app.workers.wait_for_complete()
                break
            except WorkerCancelled:  # an answer that nobody waits for any more
                await self.pilot.pause()
        await self.pilot.pause()

    @property
    def seen(self) -> str:
        """The screen as text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    def line(self, part: str) -> str:
        """The text of one of the lines around the list: `head`, `transport`, `narrowed`, `sought`."""
        return self.replay._said.get(part, "")


def drive(
    folder: Path, scenario: Scenario, *, size: tuple[int, int] = WIDE, at: str = "", field: str = "",
    plugins: Plugins | None = None, own_keys: dict[str, str] | None = None, settled: bool = True,
) -> GuongError | None:  # fmt: skip
    """Run a scenario on a book and return what the app ended with.

    Args:
        settled: Whether to wait until everything is shown before the scenario begins.
    """

    async def run() -> GuongError | None:
        with Book(folder, plugins=plugins) as book:
            app = ReplayApp(Reading(book, Bookmarks(book.state.id)), at=at, field=field, own_keys=own_keys)
            async with app.run_test(size=size) as pilot:
                driver = Driver(app, pilot)
                if settled:
                    await driver.settle()
                await scenario(driver)
            return app.return_value

    return asyncio.run(run())
