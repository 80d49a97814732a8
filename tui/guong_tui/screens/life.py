"""One life: its graph of steps as of the cursor, its entries, and what its field shows of its own."""

from __future__ import annotations

import asyncio
from array import array
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from guong.errors import GuongError
from guong_tui.actions import LIFE, OVER, PLAYING, bindings
from guong_tui.inert import inert
from guong_tui.life_rows import rows
from guong_tui.living import Living, living, positions, subject_of
from guong_tui.pages import Pages, Some
from guong_tui.panels import entry_rows
from guong_tui.plugin_panels import of_life
from guong_tui.plugin_panels import rows as panel_rows
from guong_tui.widgets.entry_list import EntryList
from guong_tui.widgets.key_bar import KeyBar
from guong_tui.widgets.sheet import Sheet
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong.domain.entry import Stored
    from guong_tui.reading import Reading

PANES = {"graph": "Vòng đời", "entry": "Mục ghi", "panels": "Khung của lĩnh vực"}
PAUSE = 0.05
"""Seconds without a move after which the panels of plugins follow."""


class Lived(Some):
    """The entries of a life: at a position stands the last one that had been recorded by then."""

    def index(self, position: int) -> int:
        """Return the index of the last entry at or before a position, the first where none is."""
        place = super().index(position)
        here = place < len(self.positions) and self.positions[place] == position
        return place if here else max(0, place - 1)


class LifeScreen(Screen[None]):
    """Shows one life at the position that all screens share.

    Args:
        reading: The book.
        stream: The exemplar, or a subject.
    """

    CSS_PATH = "life.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*LIFE, *PLAYING))]

    def __init__(self, reading: Reading, stream: str) -> None:
        super().__init__(name="life")
        self.reading = reading
        self._pane = "graph"
        self._take(stream)

    def _take(self, stream: str) -> None:
        self._head = self.reading.head
        self.exemplar, self.subject = subject_of(self.reading, stream)
        self.pages = Pages(Lived(array("Q", positions(self.reading, self.exemplar, self.subject))), self.reading.lines)

    def compose(self) -> ComposeResult:
        """Make the parts."""
        yield Static(id="head", markup=False)
        yield Static(id="where", markup=False)
        yield Static(id="tabs", markup=False)
        with Horizontal(id="body"):
            yield Sheet(title=PANES["graph"], id="graph")
            with Vertical(id="side"):
                yield EntryList(self.pages, self._moved, id="entries")
                yield Sheet(title=PANES["entry"], empty="chưa có gì", id="entry")
                yield Sheet(title=PANES["panels"], empty="không có khung nào", id="panels")
        yield KeyBar((*LIFE, *OVER))

    def on_mount(self) -> None:
        """Follow the position, whoever moves it."""
        self.query_one(EntryList).focus()
        self.action_pane(self._pane)
        self.query_one("#panels").add_class("none")
        self.watch(self.app.replay, "position", self._follow, init=False)  # type: ignore[attr-defined]
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._show()

    def _moved(self, position: int) -> None:
        self.app.replay.go(position)  # type: ignore[attr-defined]

    def _follow(self, _: int) -> None:
        self._show()

    @property
    def position(self) -> int:
        """The position that all screens share."""
        return int(self.app.position)  # type: ignore[attr-defined]

    def _show(self) -> None:
        position, reading = self.position, self.reading
        if self._head != reading.head:  # somebody has recorded meanwhile
            self._take(self.exemplar or self.subject)
            self.query_one(EntryList).show(self.pages, position)
        one = living(reading, self.exemplar, self.subject, position)
        places = self.pages.places
        at = places.at(places.index(position)) if len(places) else 0
        stored = reading.stored(at) if at else None
        with self.app.batch_update():
            self._draw_head(one, position)
            self.query_one(EntryList).point(position)
            self.query_one("#graph", Sheet).show(lambda width: rows(reading, one, width), keep=True)
            self.query_one("#entry", Sheet).show(lambda width: entry_rows(reading, stored, width))
        self._draw_panels(one)
        self._examine(stored)

    @work(exclusive=True, group="evidence")
    async def _examine(self, stored: Stored | None) -> None:
        """Look whether the files of the entry are there and what they should be; large ones take a while to read."""
        entry, files = stored.entry if stored else None, self.reading.files
        unknown = [one for one in (entry.evidence if entry else ()) if one.sha256 not in files]
        for one in unknown:
            files[one.sha256] = await asyncio.to_thread(self.reading.book.evidence.fault, one)
        if unknown:
            self.query_one("#entry", Sheet).show(lambda width: entry_rows(self.reading, stored, width), keep=True)

    @work(exclusive=True, group="panels")
    async def _draw_panels(self, one: Living) -> None:
        """Show what the field shows of its own, once nobody moves on any more; code of plugins keeps nobody waiting."""
        await asyncio.sleep(PAUSE)
        drawn = await asyncio.to_thread(of_life, self.reading, one)
        if not self.is_attached:  # it is being left
            return
        sheet = self.query_one("#panels", Sheet)
        sheet.set_class(not any(panel.lines or panel.fault for panel in drawn), "none")
        sheet.show(lambda width: panel_rows(drawn, width), keep=True)

    def _draw_head(self, one: Living, position: int) -> None:
        reading = self.reading
        name = reading.teller.name(self.subject)
        short = reading.view.abbreviation(self.exemplar, "exemplar") if self.exemplar else ""
        field = one.state.field if one.state else ""
        self._say(
            "#head", inert(" " + "  ".join(part for part in (name, f"[{short}]" if short else "", field) if part))
        )
        recorded = reading.view.recorded(position)
        when = reading.clock(recorded) if recorded else "–"
        others = f"   {len(one.others)} {tr('lĩnh vực khác')}" if one.others else ""
        self._say(
            "#where", f" {tr('vào lúc')} #{position}, {tr('ghi lúc')} {when}   {len(self.pages)} {tr('mục')}{others}"
        )

    def _say(self, part: str, text: str) -> None:
        self.query_one(part, Static).update(Text(text, no_wrap=True, overflow="ellipsis"), layout=False)

    def action_pane(self, pane: str) -> None:
        """Choose a pane: where there is room for one only it is the one that is seen."""
        self._pane = pane
        for one in PANES:
            self.query_one(f"#{one}").set_class(one == pane, "chosen")
        self.query_one("#side").set_class(pane == "graph", "behind")
        tabs = Text()
        for key, one in zip(("F2", "F3", "F4"), PANES, strict=True):
            tabs.append(f" {key} {tr(PANES[one])} ", "reverse" if one == pane else "")
        self.query_one("#tabs", Static).update(tabs, layout=False)

    def action_other(self) -> None:
        """Show the same subject in the next of its fields."""
        known = living(self.reading, self.exemplar, self.subject, self.reading.head).others
        if not known:
            self.app.notify(tr("đối tượng này chỉ có một lĩnh vực"), severity="information")
            return
        own = self.reading.view.state(self.exemplar)
        ordered = sorted(known, key=lambda row: row.position)
        born = own.marks["discovered"].position if own else 0
        following = next((row for row in ordered if row.position > born), ordered[0])
        try:
            self._take(following.id)
        except GuongError as error:
            self.app.notify(error.message, severity="error", markup=False)
            return
        self.query_one(EntryList).show(self.pages, self.position)
        self._show()
