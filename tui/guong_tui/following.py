"""Keeping level with a log that somebody else writes, and building a view that is not there yet: beside, batch by batch."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from guong.book import Book
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong_tui.reading import Reading


class Progress(NamedTuple):
    """How far the view has come.

    Attributes:
        at: The last position it has.
        head: The last position of the log.
        left: Seconds until it is level, as far as can be told; None at the beginning.
    """

    at: int
    head: int
    left: float | None

    @property
    def words(self) -> str:
        """How far it has come, in words: `35.000 / 1.000.000 mục, còn khoảng 3 phút`."""
        counted = f"{self.at:,} / {self.head:,}".replace(",", ".") + f" {tr('mục')}"
        if self.left is None:
            return counted
        left, unit = (self.left / 60, "phút") if self.left >= 90 else (self.left, "giây")
        return f"{counted}, {tr('còn khoảng')} {left:.0f} {tr(unit)}"


class StoppedError(Exception):
    """Nobody wants it any more."""


def catch_up(reading: Reading, told: Callable[[Progress], None], stopped: Callable[[], bool]) -> None:
    """Bring the view level with the log, through a book opened for this thread alone; what has been done stays done.

    Args:
        reading: Whose book.
        told: Told after each batch.
        stopped: Asked after each batch whether to stop.

    Raises:
        GuongError: the log is damaged or held by another program.
    """
    with Book(reading.book.folder, plugins=reading.book.plugins) as book:
        begun, clock = book.projector.position(), time.monotonic()

        def progress(at: int, head: int) -> None:
            if stopped():
                raise StoppedError
            rate = (at - begun) / max(time.monotonic() - clock, 0.001)
            told(Progress(at, head, (head - at) / rate if rate else None))

        book.projector.progress = progress
        try:
            book.projector.catch_up()
        except StoppedError:
            return
