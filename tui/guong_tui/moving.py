"""Moving through a book: by entries, days, exemplars and signs, to a place by name, and back."""

from __future__ import annotations

import datetime as dt

from guong.view import entries
from guong_tui.cursor import Cursor


class Moving(Cursor):
    """What keys and the palette can ask for to get somewhere."""

    def action_step(self, steps: int) -> None:
        """Move by entries that are shown."""
        self.go(self.along(steps))

    def action_same(self, direction: int) -> None:
        """Move to the next or the last entry about the same exemplar or its subject; elsewhere of the same stream."""
        stored = self.reading.stored(self.position)
        if stored is not None:
            stream = stored.stream
            alike = stored.kind == "exemplar"
            self.leap(
                self._find(direction, entries.Wanted(exemplar=stream) if alike else entries.Wanted(stream=stream))
            )

    def action_sign(self, direction: int) -> None:
        """Move to the next or the last sign of the time line, or entry with a remark."""
        remarked = self._find(direction, entries.Wanted(remarked=True))
        signs = [one for one, _ in self.signs if (one - self.position) * direction > 0]
        near = [one for one in (remarked, *signs) if one]
        if near:
            self.leap(min(near, key=lambda one: abs(one - self.position)))

    def _find(self, direction: int, wanted: entries.Wanted) -> int:
        find = entries.following if direction > 0 else entries.preceding
        return find(self.reading.view, self.position, wanted)

    def action_days(self, days: int) -> None:
        """Move by days of recording: to the last entry that had been recorded by then, or to the next one there is."""
        view, zone = self.reading.view, self.reading.book.zone
        at = view.recorded(self.position)
        if at is None:
            return
        end = at.astimezone(zone).replace(hour=23, minute=59, second=59, microsecond=999_999)
        there = view.position_at(end + dt.timedelta(days=days)) or view.first
        self.go(there + (1 if days > 0 else -1) if there == self.position else there)

    def action_first(self) -> None:
        """Move to the first entry."""
        self.leap(self.reading.view.first)

    def action_last(self) -> None:
        """Move to the last entry."""
        self.leap(self.reading.head)

    def action_goto(self) -> None:
        """Ask where to go."""
        from guong_tui.screens.goto import GotoScreen  # noqa: PLC0415 - not needed for the first paint

        self.app.push_screen(GotoScreen(self.reading, self.position), lambda there: self.leap(there or 0))
