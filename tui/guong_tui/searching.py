"""Searching the words of a book: all hits are looked for beside, and n and N go from one to the next."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from guong.view.search import search
from guong_tui.cursor import Cursor
from guong_tui.inert import inert
from guong_tui.words import tr

if TYPE_CHECKING:
    from guong.view.queries import View
    from guong_tui.reading import Reading

_AT_ONCE = 1_000
"""Hits asked for at a time."""


class Found(Message):
    """Hits of a search.

    Attributes:
        positions: Where they stand, in the order of the log.
        head: Up to where the log was searched.
        whole: Whether these are all; the latest are found first.
        sealed: Whether words under seal were searched.
        generation: Which search asked.
    """

    def __init__(self, positions: array[int], head: int, generation: int, *, whole: bool, sealed: bool) -> None:
        super().__init__()
        self.positions, self.head, self.generation, self.whole, self.sealed = positions, head, generation, whole, sealed


class Searching(Cursor):
    """What is looked for, and where it stands."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.sought = ""
        """The words looked for."""
        self._found: Found | None = None
        self._searches = 0
        self._arriving = False  # whether the first hit has still to be gone to

    @property
    def search_words(self) -> str:
        """What is looked for, how often it stands in the book, and how much was searched; empty without a search."""
        if not self.sought:
            return ""
        said = f"{tr('Tìm')} “{inert(self.sought)}”"
        if self._found is None:
            return f"{said}   {tr('đang tìm')}"
        positions, more = self._found.positions, "" if self._found.whole else "+"
        place = bisect_left(positions, self.position)
        here = place + 1 if place < len(positions) and positions[place] == self.position else "–"
        covered = f"#1..#{self._found.head}" + (
            "" if self._found.sealed else f", {tr('không có khóa nên trừ phần niêm phong')}"
        )
        counted = f"{here}/{len(positions)}{more} {tr('mục')}" if positions else tr("không có mục nào")
        return f"{said}   {counted}   {tr('trong')} {covered}   n N, {tr('Esc thôi')}"

    def action_search(self) -> None:
        """Ask which words to look for."""
        from guong_tui.screens.search import SearchScreen  # noqa: PLC0415 - not needed for the first paint

        self.app.push_screen(SearchScreen(self.sought), self.seek)

    def seek(self, text: str | None) -> None:
        """Look for words, and go to the first hit from here on; empty stops looking, None changes nothing."""
        if text is None:
            return
        self.sought, self._found, self._arriving = text, None, bool(text)
        self._searches += 1
        if text:
            self._look(text, self.reading.view, self._searches)
        self.redraw()

    @work(thread=True, exclusive=True, group="search")
    def _look(self, text: str, view: View, generation: int) -> None:
        worker = get_current_worker()
        found, before, more = array("Q"), 0, True
        while more and not worker.is_cancelled:
            hits = search(view, text, before=before, limit=_AT_ONCE)
            found.extend(hits.positions)
            more, before = hits.more and bool(hits.positions), hits.positions[-1] if hits.positions else 0
            self.post_message(
                Found(array("Q", reversed(found)), view.head, generation, whole=not more, sealed=hits.sealed)
            )

    def on_found(self, message: Found) -> None:
        """Show the hits, unless something else is looked for by now."""
        if message.generation != self._searches:
            return
        self._found = message
        if self._arriving and (message.whole or message.positions[0] <= self.position):
            self._arriving = False
            self.leap(self._hit(1, here=True) or self._hit(-1))
        self.redraw()

    def look_on(self) -> None:
        """Take in what has been recorded meanwhile."""
        if self.sought and not self._arriving:
            self._look(self.sought, self.reading.view, self._searches)

    def _hit(self, direction: int, *, here: bool = False) -> int:
        """Return the next hit in a direction, 0 where there is none."""
        positions = self._found.positions if self._found else array("Q")
        if direction > 0:
            place = (bisect_left if here else bisect_right)(positions, self.position)
            return positions[place] if place < len(positions) else 0
        place = bisect_left(positions, self.position) - 1
        return positions[place] if place >= 0 else 0

    def action_hit(self, direction: int) -> None:
        """Move to the next or the last hit."""
        self.leap(self._hit(direction))

    def action_leave(self) -> None:
        """Stop looking."""
        if self.sought:
            self.seek("")
