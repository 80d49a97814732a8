"""Showing only some entries: they are looked for beside, and a filter never moves the cursor."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from guong.view import entries
from guong_tui import filters
from guong_tui.cursor import Cursor
from guong_tui.filters import NOTHING, Filter
from guong_tui.pages import PAGE, Pages, Some
from guong_tui.words import tr

if TYPE_CHECKING:
    from guong.view.entries import Wanted
    from guong.view.queries import View
    from guong_tui.reading import Reading

STRETCH = 100_000
"""Positions that are looked at before the person is told how many were found, or the search is given up."""


class Gathered(Message):
    """What a filter lets through.

    Attributes:
        positions: Where it stands: the entries around the cursor at first, then all.
        counted: How many have been found so far.
        head: Up to where the log was looked at, 0 while it is.
        generation: Which filter asked.
    """

    def __init__(self, positions: array[int], counted: int, head: int, generation: int) -> None:
        super().__init__()
        self.positions, self.counted, self.head, self.generation = positions, counted, head, generation


class Filtering(Cursor):
    """Filters that combine, can be turned off and on, and shape what is listed, drawn and played."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.filter = NOTHING
        self.filtered = False
        """Whether the filter is on."""
        self._generation = 0
        self._counted: int | None = None  # None until the first answer
        self._whole = False

    @property
    def hits(self) -> array[int] | None:
        """The positions that are shown, None where that is all of them."""
        places = self.pages.places
        return places.positions if isinstance(places, Some) else None

    @property
    def filter_words(self) -> str:
        """What is filtered, and how many entries that leaves; empty without a filter."""
        if self.filter == NOTHING:
            return ""
        said = filters.worded(self.reading, self.filter)
        if not self.filtered:
            return f"{tr('Bộ lọc đang tắt, F bật lại')}: {said}"
        found = tr("đang tìm") if self._counted is None else f"{self._counted:,}".replace(",", ".") + f" {tr('mục')}"
        return f"{tr('Lọc')} {found}{'' if self._whole else '…'}, F {tr('tắt')}: {said}"

    def relist(self) -> None:
        """Show other entries in the list and on the time line; the cursor stays."""
        raise NotImplementedError

    def action_filter(self) -> None:
        """Ask which entries to show."""
        from guong_tui.screens.filters import FilterScreen  # noqa: PLC0415 - not needed for the first paint

        self.app.push_screen(FilterScreen(self.reading, self.filter), self.narrow)

    def action_toggle_filter(self) -> None:
        """Turn the filter off, or on again."""
        if self.filter != NOTHING:
            self.narrow(self.filter, on=not self.filtered)

    def narrow(self, asked: Filter | None, *, on: bool = True) -> None:
        """Show what a filter lets through; None changes nothing."""
        if asked is None:
            return
        self.filter, self.filtered = asked, on and asked != NOTHING
        self._generation += 1
        self._counted, self._whole = None, False
        if self.filtered:
            self._gather(filters.wanted(self.reading, asked), self.reading.view, self.position, self._generation)
        else:
            self.workers.cancel_group(self, "filter")
            self.pages = self.everything
            self.relist()
        self.redraw()

    @work(thread=True, exclusive=True, group="filter")
    def _gather(self, wanted: Wanted, view: View, position: int, generation: int) -> None:
        worker = get_current_worker()
        near = [row.position for row in entries.page_before(view, position + 1, wanted, PAGE)]
        near += [row.position for row in entries.page_after(view, position, wanted, PAGE)]
        self.post_message(Gathered(array("Q", near), len(near), 0, generation))
        found, head = array("Q"), min(wanted.until or view.head, view.head)
        for after in range(wanted.after, head, STRETCH):
            if worker.is_cancelled:
                return
            found.extend(entries.positions(view, wanted._replace(after=after, until=min(after + STRETCH, head))))
            if after + STRETCH < head:
                self.post_message(Gathered(array("Q", near), len(found), 0, generation))
        self.post_message(Gathered(found, len(found), view.head, generation))

    def on_gathered(self, message: Gathered) -> None:
        """Show what was found, unless another filter has been asked for meanwhile."""
        if message.generation != self._generation:
            return
        first, self._counted, self._whole = self._counted is None, message.counted, bool(message.head)
        if first or self._whole:
            self.pages = Pages(Some(message.positions), self.reading.lines)
            self.lengthen(message.head)
            self.relist()
        self.redraw()

    def lengthen(self, before: int) -> None:
        """Take in what has been recorded after a position."""
        self.all.head = self.reading.head
        hits = self.hits
        if hits is None or not self._whole:
            return
        wanted = filters.wanted(self.reading, self.filter)
        hits.extend(entries.positions(self.reading.view, wanted._replace(after=max(before, wanted.after))))
        self._counted = len(hits)
