"""The replay: a time line over the whole log, and everything about the entry at the cursor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from guong.view import entries
from guong_tui.actions import APP, REPLAY, bindings
from guong_tui.moving import Moving
from guong_tui.panels import change_rows, entry_rows, moment_rows
from guong_tui.playing import Playing
from guong_tui.watching import Watching
from guong_tui.widgets.entry_list import EntryList, Heads
from guong_tui.widgets.key_bar import KeyBar
from guong_tui.widgets.sheet import Sheet, highlighted
from guong_tui.widgets.timeline import Timeline
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong.domain.entry import Evidence, Stored
    from guong_tui.reading import Reading
    from guong_tui.widgets.sheet import Row

PANES = {"entry": "Mục ghi", "change": "Làm đổi gì", "moment": "Lúc ấy"}
MARKED = {
    "deadline_set": "h", "deadline_extended": "h", "unit_merged": "s", "unit_dissolved": "s", "finding_recorded": "?",
}  # fmt: skip
"""Steps that the time line marks, each with its sign."""


class Examined(Message):
    """The evidence of an entry has been looked at."""

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position


class ReplayScreen(Moving, Playing, Watching):
    """Time line, entries, and three panes that all show one position.

    Args:
        reading: The book.
        field: The field to which the moment is held; empty for all.
    """

    CSS_PATH = "replay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REPLAY)]

    def __init__(self, reading: Reading, field: str = "") -> None:
        super().__init__(reading)
        self._start, self._field = 0, field
        self._pane = "entry"
        self._said: dict[str, str] = {}
        self._drawn = (0, 0)  # the head and the columns for which the time line was read
        self._buckets: list[entries.Bucket] = []

    def compose(self) -> ComposeResult:
        """Make the parts."""
        yield Static(id="head", markup=False)
        yield Timeline(self.go, id="timeline")
        yield Static(id="transport", markup=False)
        yield Static(id="narrowed", classes="extra", markup=False)
        yield Static(id="sought", classes="extra", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Heads(id="columns")
                yield EntryList(self.pages, self.go, id="entries")
            yield Static(id="tabs", markup=False)
            with Vertical(id="side"):
                for pane, title in PANES.items():
                    yield Sheet(title=title, empty="chưa có gì", id=pane)
        yield KeyBar((*REPLAY, *APP))

    def on_mount(self) -> None:
        """Show where to begin."""
        self.query_one(EntryList).focus()
        self.query_one(f"#{self._pane}").add_class("chosen")
        self.call_after_refresh(self._begin)

    def begin(self, position: int) -> None:
        """Say where to begin, before it is shown for the first time."""
        self._start = position
        self.all.head = self.reading.head

    def _begin(self) -> None:
        self.draw_timeline()
        self.position = self._start

    def on_resize(self) -> None:
        """Draw for the new size."""
        if self.position:
            self.draw_timeline()
            self.redraw()

    # ------------------------------------------------------------------ one position drives everything

    def watch_position(self, position: int) -> None:
        """Let every part follow."""
        with self.app.batch_update():
            self.query_one(EntryList).point(position)
            self.query_one(Timeline).point(position)
            self._draw_lines(position)
            self._draw_panes(position)

    def _draw_panes(self, position: int) -> None:
        reading, field = self.reading, self._field
        stored = reading.stored(position)
        shown = PANES if self.has_class("-wide") else (self._pane,)
        if "entry" in shown:
            self._fill("entry", lambda width: entry_rows(reading, stored, width))
            self._examine_files(stored)
        if "change" in shown:
            self._fill("change", lambda width: change_rows(reading, stored, width))
        if "moment" in shown:
            self._fill("moment", lambda width: moment_rows(reading, stored, width, field), keep=True)

    def _fill(self, pane: str, make: Callable[[int], Iterable[Row]], *, keep: bool = False) -> None:
        sought = self.sought
        marked = (lambda width: highlighted(make(width), sought)) if sought else make
        self.query_one(f"#{pane}", Sheet).show(marked, keep=keep)

    def _draw_lines(self, position: int) -> None:
        book, reading = self.reading.book, self.reading
        sample = f"  {tr('SỔ MẪU')}" if book.state.sample else ""
        behind = f"  {tr('đang lập bản chiếu')} {self.progress.words}" if self.progress else ""
        state = tr("chỉ đọc, chưa ký" if book.readonly else "chưa ký")
        name = book.folder.absolute().name
        self._say("head", f" GƯƠNG  {name}  {reading.head} {tr('mục')}{sample}  {state}{behind}")
        recorded = reading.view.recorded(position)
        when = reading.clock(recorded) if recorded else "–"
        aside = "" if self.hits is None or self._listed(position) else f"   ({tr('ngoài bộ lọc')})"
        share = 100 * position / max(1, reading.head)
        self._say("transport", f" {self.pace}   #{position}   {tr('ghi lúc')} {when}   {share:.1f} %{aside}")
        self._say("narrowed", self.filter_words and f" {self.filter_words}")
        self._say("sought", self.search_words and f" {self.search_words}")
        self._draw_tabs()

    def _listed(self, position: int) -> bool:
        places = self.pages.places
        index = places.index(position)
        return index < len(places) and places.at(index) == position

    def _draw_tabs(self) -> None:
        if self._said.get("tabs") == self._pane:
            return
        self._said["tabs"] = self._pane
        tabs = Text()
        for number, (pane, title) in enumerate(PANES.items(), start=2):
            tabs.append(f" F{number} {tr(title)} ", "reverse" if pane == self._pane else "")
        self.query_one("#tabs", Static).update(tabs, layout=False)

    def _say(self, part: str, text: str) -> None:
        if self._said.get(part) == text:
            return
        self._said[part] = text
        line = self.query_one(f"#{part}", Static)
        line.update(Text(text, no_wrap=True, overflow="ellipsis"), layout=False)
        line.set_class(bool(text), "said")

    # ------------------------------------------------------------------ what is listed, and the time line over it

    def relist(self) -> None:
        """Show other entries in the list and on the time line; the cursor stays."""
        self.query_one(EntryList).show(self.pages, self.position)
        self.draw_timeline()

    def draw_timeline(self) -> None:
        """Draw the time line anew."""
        timeline, view = self.query_one(Timeline), self.reading.view
        first, last = (view.recorded(position) for position in (view.first, view.head))
        if first is None or last is None:
            return
        zone, hits = self.reading.book.zone, self.hits
        drawn = (view.head, timeline.columns)
        if self._drawn != drawn:
            self._drawn = drawn
            self.signs = [(position, MARKED[step]) for position, step in entries.steps_at(view, tuple(MARKED))]
            self._buckets = entries.over_time(view, timeline.columns)
        buckets = self._buckets
        if hits is not None:
            buckets = [
                entries.Bucket(from_, to, since, bisect_right(hits, to) - bisect_left(hits, from_))
                for from_, to, since, _ in buckets
            ]
        timeline.show(buckets, self.signs, (first.astimezone(zone), last.astimezone(zone)))

    def lines_changed(self) -> None:
        """Draw the list anew: what is told of its entries has changed."""
        self.pages.forget()
        self.everything.forget()
        self.query_one(EntryList).show(self.pages, self.position)

    # ------------------------------------------------------------------ evidence

    def _examine_files(self, stored: Stored | None) -> None:
        entry = stored.entry if stored else None
        unknown = [one for one in (entry.evidence if entry else ()) if one.sha256 not in self.reading.files]
        if unknown and not self.playing:
            self._examine(self.position, unknown)

    @work(thread=True, exclusive=True, group="evidence")
    def _examine(self, position: int, files: list[Evidence]) -> None:
        """Look whether files are there and what they should be; large ones take a while to read."""
        for one in files:
            self.reading.files[one.sha256] = self.reading.book.evidence.fault(one)
        self.post_message(Examined(position))

    def on_examined(self, message: Examined) -> None:
        """Say what was found."""
        if message.position == self.position:
            self._draw_panes(self.position)

    # ------------------------------------------------------------------ panes

    def action_pane(self, pane: str) -> None:
        """Choose a pane: the one that is seen where there is room for one only, else the one that takes the keys."""
        self._pane = pane
        for one in PANES:
            self.query_one(f"#{one}").set_class(one == pane, "chosen")
        self.query_one(f"#{pane}").focus()
        self.redraw()

    def action_grow(self) -> None:
        """Give the focused pane the whole body, or take it back."""
        if self.maximized is not None:
            self.minimize()
        elif self.focused is not None:
            self.maximize(self.focused)
