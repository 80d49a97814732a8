"""Playing a book: so many entries a second, or in proportion to the time in which they were recorded."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from guong_tui.cursor import Cursor
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.timer import Timer

    from guong_tui.reading import Reading

ENTRIES = (1, 2, 5, 10, 30, 100, 300, 1000)
"""Speeds by entries: how many a second."""
TIMES = {
    60: "1 phút/giây", 600: "10 phút/giây", 3600: "1 giờ/giây", 21_600: "6 giờ/giây", 86_400: "1 ngày/giây", 604_800: "1 tuần/giây",
}  # fmt: skip
"""Speeds by recorded time: how many seconds of it a second."""
GAP = 2.0
"""Seconds after which a stretch in which nothing was recorded is passed over."""


def frames() -> int:
    """Return how many moves a second are drawn at most; over ssh fewer, since every frame is sent."""
    return 10 if os.environ.get("SSH_CONNECTION") else 30


class Playing(Cursor):
    """Play, pause, slower and faster; at the last entry it waits for more."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self._player: Timer | None = None
        self._by_time = False
        self._speeds = {False: 3, True: 4}  # the place in `ENTRIES` and in `TIMES`
        self._due = 0.0
        self._clock: dt.datetime | None = None  # the recorded time that playing has come to
        self._waited = 0.0
        self._came = 0  # where playing went last: elsewhere, the person has moved meanwhile

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._player is not None

    @property
    def pace(self) -> str:
        """How fast it plays or would play, in words."""
        speed = self._speeds[self._by_time]
        told = tr(list(TIMES.values())[speed]) if self._by_time else f"{ENTRIES[speed]} {tr('mục/giây')}"
        if not self.playing:
            return f"|| {tr('dừng')}, {told}"
        if self.along(1) == self.position:
            return f">> {tr('chờ mục mới')}, {told}"
        return f">> {tr('chạy')} {told}"

    def action_play(self) -> None:
        """Let the log run, or stop it."""
        if self._player is not None:
            self._player.stop()
            self._player = None
        else:
            self._run()
        self.redraw()

    def _run(self) -> None:
        rate = frames() if self._by_time else min(frames(), ENTRIES[self._speeds[False]])
        self._due, self._waited, self._came, self._clock = 0.0, 0.0, self.position, None
        self._player = self.set_interval(1 / rate, lambda: self._tick(rate))

    def action_speed(self, change: int) -> None:
        """Play faster or slower."""
        most = len(TIMES if self._by_time else ENTRIES) - 1
        self._speeds[self._by_time] = max(0, min(self._speeds[self._by_time] + change, most))
        self._again()

    def action_pace(self) -> None:
        """Play by entries instead of by time, or the other way round."""
        self._by_time = not self._by_time
        self._again()

    def _again(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._run()
        self.redraw()

    def _tick(self, rate: int) -> None:
        before = self.position
        if self._by_time:
            self._pass(1 / rate)
        else:
            self._due += ENTRIES[self._speeds[False]] / rate
            steps = int(self._due)
            self._due -= steps
            if steps:
                self.go(self.along(steps))
        if self.position != before and self.along(1) == self.position:
            self.redraw()  # the last one: say that it waits

    def _pass(self, seconds: float) -> None:
        """Let time pass, and move to the last entry that was recorded by then."""
        view = self.reading.view
        if self._clock is None or self._came != self.position:
            self._clock, self._waited, self._came = view.recorded(self.position), 0.0, self.position
        following = self.along(1)
        if self._clock is None or following == self.position:
            return
        self._clock += dt.timedelta(seconds=seconds * list(TIMES)[self._speeds[True]])
        self._waited += seconds
        places = self.pages.places
        passed = places.index(view.position_at(self._clock) + 1) - 1
        there = places.at(passed) if passed >= 0 else 0
        if there <= self.position and self._waited < GAP:
            return
        if there <= self.position:
            there, self._clock = following, view.recorded(following)
        self._waited, self._came = 0.0, there
        self.go(there)
