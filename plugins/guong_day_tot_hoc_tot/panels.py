"""The three school levels side by side: what the plan wants of each, and how far its exemplars have come."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guong import Cell, MomentShown, Panel
from guong_day_tot_hoc_tot.form import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.panels import Line


def _levels(moment: MomentShown) -> Iterator[Line]:
    found = Counter(row.part for row in moment.exemplars)
    if not found and not moment.board:
        return
    yield tuple(Cell(head, "head") for head in ("cấp học", "chỉ tiêu", "phát hiện", "bình xét", "nhân rộng"))
    for level, title in LEVELS.items():
        line = next((row for row in moment.board if row.part == level), None)
        if line is None:
            yield title, Cell("không có", "dim"), str(found[level])
            continue
        told = (
            Cell(f"thiếu {line.short:g}/{line.needed:g}", "bad") if line.short else Cell(f"đạt {line.needed:g}", "good")
        )
        yield title, told, str(found[level]), str(line.reviewed), str(line.replicated)


PANELS = [Panel("Ba cấp học", "moment", _levels)]
