"""The panels of plugins as lines: each under its title; one that fails tells its name and the reason in its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.errors import PluginError
from guong.panels import Cell, MomentShown, drawn, lived
from guong.view import board, listing
from guong_tui.inert import cells, fit, inert
from guong_tui.widgets.sheet import Piece, Row, heading, wrapped
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guong.panels import LifeShown, Panel
    from guong.plugins import Plugins
    from guong.view.listing import ExemplarRow
    from guong_tui.living import Living
    from guong_tui.reading import Reading


class Drawn(NamedTuple):
    """A panel with its lines, or why it has none."""

    title: str
    lines: list[tuple[Cell, ...]]
    fault: str = ""


def of_life(reading: Reading, one: Living) -> list[Drawn]:
    """Return the panels of the field of an exemplar."""
    if one.state is None or one.plan is None or not one.state.field:
        return []
    plugins, state, plan = reading.book.plugins, one.state, one.plan
    try:
        panels = plugins.panels(state.field, "life")
        shown = lived(plugins, plan, one.subject, state, one.counted) if panels else None
    except PluginError as error:
        return [Drawn(state.field, [], error.message)]
    return [_drawn(panel, shown) for panel in panels if shown is not None]


def of_moment(reading: Reading, field: str, position: int) -> list[Drawn]:
    """Return the panels of a field at a position."""
    plugins: Plugins = reading.book.plugins
    try:
        panels = plugins.panels(field, "moment") if field else []
    except PluginError as error:
        return [Drawn(field, [], error.message)]
    moment, found = reading.moment(position), []
    for one in board.boards(reading.view, moment) if panels else ():
        if field in one.plan.fields:
            stages = board.by_stage(reading.view, moment, [one.plan.key])
            counted = {stage: count for (_, key, stage), count in stages.items() if key == field}
            for panel in panels:
                rows = _exemplars(reading, one.plan.key, field, position)
                lines = tuple(row for row in one.rows if row.field == field)
                found.append(_drawn(panel, MomentShown(one.plan, lines, counted, rows)))
    return found


def _drawn(panel: Panel, shown: LifeShown | MomentShown) -> Drawn:
    try:
        return Drawn(panel.title, drawn(panel, shown))
    except PluginError as error:
        return Drawn(panel.title, [], error.message)


def _exemplars(reading: Reading, plan: str, field: str, position: int) -> Iterator[ExemplarRow]:
    after = None
    while True:
        page = listing.page(
            reading.view, reading.moment(position), listing.Wanted(plan=plan, field=field), after=after, limit=500
        )
        yield from page.rows
        if page.following is None:
            return
        after = page.following


def rows(panels: Sequence[Drawn], width: int) -> Iterator[Row]:
    """Yield panels one under the other; those that have nothing to say are left out."""
    for panel in panels:
        if panel.fault:
            yield heading(inert(panel.title), width)
            for line in wrapped(inert(f"{tr('khung này không vẽ được')}: {panel.fault}"), width):
                yield [Piece(line, "bad")]
        elif panel.lines:
            yield heading(inert(panel.title), width)
            yield from _table(panel.lines, width)


def _table(lines: Sequence[tuple[Cell, ...]], width: int) -> Iterator[Row]:
    """Yield the lines of a panel: cells of the same place under each other, lines of one cell over the whole width."""
    texts = [[inert(cell.text) for cell in line] for line in lines]
    widths: dict[int, int] = {}
    for told in texts:
        if len(told) > 1:
            for place, text in enumerate(told):
                widths[place] = max(widths.get(place, 0), cells(text))
    gap = 2 if sum(widths.values()) + 2 * len(widths) <= width else 1
    for cells_, told in zip(lines, texts, strict=True):
        if len(cells_) == 1:
            yield from ([Piece(part, cells_[0].look)] for part in wrapped(told[0], width))
        else:
            yield [
                Piece(fit(text, widths[place] + gap), cell.look)
                for place, (cell, text) in enumerate(zip(cells_, told, strict=True))
            ]
