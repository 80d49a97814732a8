"""The cursor of the replay: one position that everything follows, and the way back to where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.screen import Screen

from guong_tui.pages import Pages, Whole

if TYPE_CHECKING:
    from guong_tui.lines import Line
    from guong_tui.reading import Reading


class Cursor(Screen[None]):
    """A screen over a book with one position that everything on it follows.

    Args:
        reading: The book.

    Attributes:
        pages: The entries that are shown: all, or those that a filter lets through.
        signs: Position and sign of what stands out on the time line.
    """

    position = reactive(0, init=False)

    def __init__(self, reading: Reading) -> None:
        super().__init__(name="replay")
        self.reading = reading
        self.all = Whole(reading.head)
        self.everything: Pages[Line] = Pages(self.all, reading.lines)
        self.pages = self.everything
        self.signs: list[tuple[int, str]] = []
        self._back: list[int] = []
        self._forth: list[int] = []

    def watch_position(self, position: int) -> None:
        """Let every part follow, in the same frame."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Show everything at the cursor again."""
        if self.position:
            self.watch_position(self.position)

    def go(self, position: int) -> None:
        """Move to an entry."""
        self.position = max(self.reading.view.first, min(position, self.reading.head))

    def leap(self, position: int) -> None:
        """Move to an entry far away, and remember where the person was; 0 stays."""
        if position and position != self.position:
            self._back.append(self.position)
            self._forth.clear()
            self.go(position)

    def action_jump(self, direction: int) -> None:
        """Go back to where the person leapt from, or forth again."""
        here, there = (self._back, self._forth) if direction < 0 else (self._forth, self._back)
        if here:
            there.append(self.position)
            self.go(here.pop())

    def along(self, steps: int) -> int:
        """Return the position so many shown entries away, as far as there are any; where none lies that way, this one."""
        places = self.pages.places
        if not len(places):
            return self.position
        index = places.index(self.position)
        shown = index < len(places) and places.at(index) == self.position
        index += steps - (0 if shown or steps < 0 else 1)
        found = places.at(max(0, min(index, len(places) - 1)))
        return found if (found - self.position) * steps > 0 else self.position
