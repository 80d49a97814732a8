"""The replay: a time line over the whole log, and everything about the entry at the cursor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from guong.view import entries
from guong_tui.actions import APP, REPLAY, bindings
from guong_tui.lines import COLUMNS, SIGNS, pack
from guong_tui.pages import Pages, Whole
from guong_tui.panels import change_rows, entry_rows, moment_rows
from guong_tui.widgets.entry_list import EntryList
from guong_tui.widgets.key_bar import KeyBar
from guong_tui.widgets.sheet import Sheet
from guong_tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from guong_tui.reading import Reading

SPEEDS = (1, 2, 5, 10, 30, 100, 300, 1000)
"""Entries a second."""
FRAMES = 30
"""Moves a second at most; beyond that a move skips entries."""
PANES = {"entry": "Mục ghi", "change": "Làm đổi gì", "moment": "Lúc ấy"}


class ReplayScreen(Screen[None]):
    """Time line, entries, and three panes that all show one position.

    Args:
        reading: The book.
        position: Where to begin.
        field: The field to which the moment is held; empty for all.
    """

    CSS_PATH = "replay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REPLAY)]

    position = reactive(0, init=False)

    def __init__(self, reading: Reading, position: int = 0, field: str = "") -> None:
        super().__init__()
        self.reading, self._start, self._field = reading, position or reading.head, field
        self.pages = Pages(Whole(reading.head), reading.lines)
        self._pane = "entry"
        self._speed = 3
        self._player: Timer | None = None
        self._back: list[int] = []
        self._forth: list[int] = []
        self._signs: list[tuple[int, str]] = []

    def compose(self) -> ComposeResult:
        """Make the parts."""
        yield Static(id="head", markup=False)
        yield Timeline(self.go, id="timeline")
        yield Static(id="transport", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Static(id="columns", markup=False)
                yield EntryList(self.pages, self.go, id="entries")
            yield Static(id="tabs", markup=False)
            with Vertical(id="side"):
                for pane, title in PANES.items():
                    yield Sheet(title=title, empty="chưa có gì", id=pane)
        yield KeyBar((*REPLAY, *APP))

    def on_mount(self) -> None:
        """Show where to begin."""
        self.query_one(EntryList).focus()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._draw_timeline()
        self.position = self._start

    def on_resize(self) -> None:
        """Draw for the new size."""
        if self.position:
            self._draw_timeline()
            self._show(self.position)

    # ------------------------------------------------------------------ one position drives everything

    def go(self, position: int) -> None:
        """Move to an entry; every pane shows it in the same frame."""
        self.position = max(1, min(position, self.reading.head))

    def leap(self, position: int) -> None:
        """Move to an entry far away, and remember where the person was."""
        if position and position != self.position:
            self._back.append(self.position)
            self._forth.clear()
            self.go(position)

    def lines_changed(self) -> None:
        """Draw the list anew: what is told of its entries has changed."""
        self.pages.forget()
        self.query_one(EntryList).grew()

    def watch_position(self, position: int) -> None:
        """Let every part follow."""
        self._show(position)

    def _show(self, position: int) -> None:
        with self.app.batch_update():
            self.query_one(EntryList).point(position)
            self.query_one(Timeline).point(position)
            self._draw_head(position)
            stored = self.reading.stored(position) if position else None
            shown = PANES if self.has_class("-wide") else (self._pane,)
            reading, field = self.reading, self._field
            if "entry" in shown:
                self.query_one("#entry", Sheet).show(lambda width: entry_rows(reading, stored, width))
            if "change" in shown:
                self.query_one("#change", Sheet).show(lambda width: change_rows(reading, stored, width))
            if "moment" in shown:
                self.query_one("#moment", Sheet).show(lambda width: moment_rows(reading, position, width, field), keep=True)

    def _draw_head(self, position: int) -> None:
        book = self.reading.book
        sample = "  SỔ MẪU" if book.state.sample else ""
        self._say("#head", f" GƯƠNG  {book.folder.name}  {self.reading.head} mục{sample}  chỉ đọc, chưa ký")
        recorded = self.reading.view.recorded(position)
        when = self.reading.clock(recorded) if recorded else "–"
        playing = f"▶ x{SPEEDS[self._speed]}" if self._player else f"⏸ x{SPEEDS[self._speed]}"
        share = 100 * position / max(1, self.reading.head)
        self._say("#transport", f" {playing}   #{position}   ghi lúc {when}   {share:.1f} %")
        width = max(1, self.query_one(EntryList).size.width)
        self._say("#columns", " " * (SIGNS + 1) + pack([column.title for column in COLUMNS], max(1, width - 1 - SIGNS)))
        keys = dict(zip(PANES, ("F2", "F3", "F4"), strict=True))
        tabs = Text()
        for pane, title in PANES.items():
            tabs.append(f" {keys[pane]} {title} ", "reverse" if pane == self._pane else "")
        self.query_one("#tabs", Static).update(tabs, layout=False)

    def _say(self, part: str, text: str) -> None:
        self.query_one(part, Static).update(Text(text, no_wrap=True, overflow="ellipsis"), layout=False)

    def _draw_timeline(self) -> None:
        timeline, view = self.query_one(Timeline), self.reading.view
        first, last = (view.recorded(position) for position in (view.first, view.head))
        if first is None or last is None:
            return
        zone = self.reading.book.zone
        steps = {"deadline_set": "h", "deadline_extended": "h", "unit_merged": "s", "unit_dissolved": "s", "finding_recorded": "?"}
        self._signs = [(position, steps[step]) for position, step in entries.steps_at(view, tuple(steps))]
        buckets = entries.over_time(view, timeline.columns)
        timeline.show(buckets, self._signs, (first.astimezone(zone), last.astimezone(zone)))

    # ------------------------------------------------------------------ playing

    def action_play(self) -> None:
        """Let the log run, or stop it."""
        if self._player is not None:
            self._stop()
        elif self.position < self.reading.head:
            self._player = self.set_interval(1 / min(FRAMES, SPEEDS[self._speed]), self._tick)
        self._draw_head(self.position)

    def _stop(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player = None

    def _tick(self) -> None:
        self.go(self.position + max(1, round(SPEEDS[self._speed] / FRAMES)))
        if self.position >= self.reading.head:
            self._stop()
            self._draw_head(self.position)

    def action_speed(self, change: int) -> None:
        """Play faster or slower."""
        self._speed = max(0, min(self._speed + change, len(SPEEDS) - 1))
        if self._player is not None:
            self._stop()
            self.action_play()
        self._draw_head(self.position)

    # ------------------------------------------------------------------ moving

    def action_step(self, entries_: int) -> None:
        """Move by entries that are shown."""
        places = self.pages.places
        index = places.index(self.position) + entries_
        self.go(places.at(max(0, min(index, len(places) - 1))))

    def action_same(self, direction: int) -> None:
        """Move to the next or the last entry of the same stream."""
        stored = self.reading.stored(self.position)
        if stored is not None:
            wanted = entries.Wanted(stream=stored.stream)
            find = entries.following if direction > 0 else entries.preceding
            self.leap(find(self.reading.view, self.position, wanted))

    def action_sign(self, direction: int) -> None:
        """Move to the next or the last sign of the time line, or entry with a remark."""
        find = entries.following if direction > 0 else entries.preceding
        remarked = find(self.reading.view, self.position, entries.Wanted(remarked=True))
        signs = [one for one, _ in self._signs if (one - self.position) * direction > 0]
        near = [one for one in (remarked, *signs) if one]
        if near:
            self.leap(min(near, key=lambda one: abs(one - self.position)))

    def action_days(self, days: int) -> None:
        """Move by days of recording: to the last entry that had been recorded by then, or to the next one there is."""
        at = self.reading.view.recorded(self.position)
        if at is None:
            return
        end = at.astimezone(self.reading.book.zone).replace(hour=23, minute=59, second=59, microsecond=999_999)
        there = self.reading.view.position_at(end + dt.timedelta(days=days)) or self.reading.view.first
        stuck = there == self.position
        self.go(there + (1 if days > 0 else -1) if stuck else there)

    def action_first(self) -> None:
        """Move to the first entry."""
        self.leap(self.reading.view.first)

    def action_last(self) -> None:
        """Move to the last entry."""
        self.leap(self.reading.head)

    def action_jump(self, direction: int) -> None:
        """Go back to where the person leapt from, or forth again."""
        here, there = (self._back, self._forth) if direction < 0 else (self._forth, self._back)
        if here:
            there.append(self.position)
            self.go(here.pop())

    # ------------------------------------------------------------------ panes

    def action_pane(self, pane: str) -> None:
        """Choose a pane: the one that is seen where there is room for one only, else the one that takes the keys."""
        self._pane = pane
        for one in PANES:
            self.query_one(f"#{one}").set_class(one == pane, "chosen")
        self.query_one(f"#{pane}").focus()
        self._show(self.position)

    def action_grow(self) -> None:
        """Give the focused pane the whole body, or take it back."""
        if self.maximized is not None:
            self.minimize()
        elif self.focused is not None:
            self.maximize(self.focused)
