"""The moment: the quota board, exemplars by field and stage, and the exemplars themselves, as of the cursor."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from guong.view import listing
from guong_tui.actions import MOMENT, OVER, PLAYING, bindings
from guong_tui.facts import mark_title
from guong_tui.inert import fit, inert
from guong_tui.plugin_panels import of_moment
from guong_tui.plugin_panels import rows as panel_rows
from guong_tui.standing import board_rows, lacking, stage_texts
from guong_tui.widgets.key_bar import KeyBar
from guong_tui.widgets.row_list import RowList
from guong_tui.widgets.sheet import Piece, Row, Sheet
from guong_tui.words import tr

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong.view.listing import ExemplarRow
    from guong.view.moments import Moment
    from guong_tui.reading import Reading

PANES = {"board": "Bảng chỉ tiêu", "fields": "Điển hình", "panels": "Khung của lĩnh vực"}
FIRST = 32
"""Exemplars read at first: more than a screen shows."""
PAUSE = 0.05
"""Seconds without a move after which the panels of plugins follow."""


class MomentScreen(Screen[None]):
    """Shows the whole book at the position that all screens share.

    Args:
        reading: The book.
        field: The field whose exemplars are listed first; empty for all.
    """

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["life.tcss", "moment.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*MOMENT, *PLAYING))]

    def __init__(self, reading: Reading, field: str = "") -> None:
        super().__init__(name="moment")
        self.reading, self._start = reading, field
        self._fields: list[tuple[str, str, int]] = [("", "", 0)]
        self._rows: list[ExemplarRow] = []
        self._following: tuple[str | int, ...] | None = None

    def compose(self) -> ComposeResult:
        """Make the parts."""
        yield Static(id="head", markup=False)
        yield Static(id="where", markup=False)
        yield Static(id="tabs", markup=False)
        yield Sheet(title=PANES["board"], empty="chưa có kế hoạch nào", id="board")
        with Horizontal(id="body"):
            yield RowList(self._chosen, title="Theo lĩnh vực và bước", id="fields")
            yield RowList(self._near, title="Điển hình", empty="chưa có điển hình nào", id="exemplars")
            yield Sheet(title=PANES["panels"], empty="không có khung nào", id="panels")
        yield KeyBar((*MOMENT, *OVER))

    def on_mount(self) -> None:
        """Follow the position, whoever moves it."""
        self._mark("board")
        self.query_one("#panels").add_class("none")
        self.watch(self.app.replay, "position", self._follow, init=False)  # type: ignore[attr-defined]
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.query_one("#fields" if self.has_class("-wide") else "#board").focus()
        self._show()
        keys = [key for key, *_ in self._fields]
        if self._start in keys:
            self.query_one("#fields", RowList).choose(keys.index(self._start))

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._show()

    def _follow(self, _: int) -> None:
        self._show()

    @property
    def moment(self) -> Moment:
        """The moment that all screens share."""
        return self.reading.moment(int(self.app.position))  # type: ignore[attr-defined]

    @property
    def field(self) -> str:
        """The field at the cursor, empty for all."""
        return self._fields[self.query_one("#fields", RowList).cursor][0]

    def _show(self) -> None:
        reading, moment = self.reading, self.moment
        known = (reading.board(moment.position, plan) for plan in reversed(reading.plans(moment.position)))
        boards = [one for one in known if one is not None]  # the plan issued last comes first
        with self.app.batch_update():
            recorded = reading.view.recorded(moment.position)
            when = reading.clock(recorded) if recorded else "–"
            self._say(
                "#head",
                f" {reading.book.folder.name}: {tr('sổ như đã ghi đến mục')} #{moment.position}, {tr('ghi lúc')} {when}",
            )
            self._say("#where", " " + lacking(reading, boards))
            self.query_one("#board", Sheet).show(lambda width: board_rows(reading, boards, width), keep=True)
            self._fields = stage_texts(reading, boards, moment)
            fields = self.query_one("#fields", RowList)
            fields.show(len(self._fields), self._field_row, fields.cursor)
            self._list(moment)
        self._draw_panels(moment, self.field)

    def _say(self, part: str, text: str) -> None:
        self.query_one(part, Static).update(Text(inert(text), no_wrap=True, overflow="ellipsis"), layout=False)

    def _list(self, moment: Moment) -> None:
        """Show the first exemplars of the field."""
        wanted = listing.Wanted(field=self.field)
        page = (
            listing.page(self.reading.view, moment, wanted, limit=FIRST) if moment.position else listing.Page([], None)
        )
        self._rows = []
        self._read(page)
        counted = [count for key, _, count in self._fields if wanted.field in ("", key)]
        exemplars = self.query_one("#exemplars", RowList)
        exemplars.border_title = f"{tr('Điển hình')} ({sum(counted)})"
        exemplars.show(len(self._rows), self._exemplar_row, exemplars.cursor)

    def _read(self, page: listing.Page) -> None:
        self._rows, self._following = self._rows + page.rows, page.following
        self.reading.teller.learn({row.subject for row in page.rows})

    def _near(self, index: int) -> None:
        """Read the next page where the cursor comes near the end of what has been read."""
        if self._following is not None and index >= len(self._rows) - listing.PAGE // 2:
            page = listing.page(self.reading.view, self.moment, listing.Wanted(field=self.field), after=self._following)
            self._read(page)
            self.query_one("#exemplars", RowList).show(len(self._rows), self._exemplar_row, index)

    def _chosen(self, _: int) -> None:
        self.query_one("#exemplars", RowList).cursor = 0
        self._list(self.moment)
        self._draw_panels(self.moment, self.field)

    def _field_row(self, index: int, width: int) -> Row:
        key, said, count = self._fields[index]
        if not key and not said:
            return [Piece(fit(tr("mọi lĩnh vực"), width))]
        name = min(20, max(8, width // 3))
        return [
            Piece(fit(inert(key), name)),
            Piece(f"{count:>4} ", "head"),
            Piece(fit(said, max(1, width - name - 5)), "dim"),
        ]

    def _exemplar_row(self, index: int, width: int) -> Row:
        row, teller = self._rows[index], self.reading.teller
        when = f"{'#' + str(row.moved):>8}" if width >= 44 else ""
        stage = min(30, max(12, width // 3))
        name = max(8, width - 7 - stage - len(when))
        return [
            Piece(fit(row.short, 6), "label"), Piece(fit(inert(teller.name(row.subject)), name)), Piece(" "),
            Piece(fit(mark_title(row.stage), stage), "plain"), Piece(when, "dim"),
        ]  # fmt: skip

    @work(exclusive=True, group="panels")
    async def _draw_panels(self, moment: Moment, field: str) -> None:
        """Show what the field shows of its own, once nobody moves on any more; code of plugins keeps nobody waiting."""
        await asyncio.sleep(PAUSE)
        drawn = await asyncio.to_thread(of_moment, self.reading, field, moment.position)
        if not self.is_attached:  # it is being left
            return
        sheet = self.query_one("#panels", Sheet)
        sheet.set_class(not any(panel.lines or panel.fault for panel in drawn), "none")
        sheet.show(lambda width: panel_rows(drawn, width), keep=True)

    def action_pane(self, pane: str) -> None:
        """Choose a pane: where there is room for one only it is the one that is seen."""
        self._mark(pane)
        self.query_one(f"#{pane}").focus()

    def _mark(self, pane: str) -> None:
        for one in PANES:
            self.query_one(f"#{one}").set_class(one == pane, "chosen")
        self.query_one("#exemplars").set_class(pane == "fields", "chosen")
        self.query_one("#body").set_class(pane != "board", "chosen")
        tabs = Text()
        for key, one in zip(("F2", "F3", "F4"), PANES, strict=True):
            tabs.append(f" {key} {tr(PANES[one])} ", "reverse" if one == pane else "")
        self.query_one("#tabs", Static).update(tabs, layout=False)

    def action_open(self) -> None:
        """Open the life of the exemplar at the cursor, or go from a field to its exemplars."""
        exemplars = self.query_one("#exemplars", RowList)
        if self.focused is not exemplars:
            self.action_pane("fields")
            exemplars.focus()
        elif self._rows:
            self.app.open_life(self._rows[exemplars.cursor].id)  # type: ignore[attr-defined]
