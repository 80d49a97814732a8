"""How many criteria a commune had reached, as the steps of its life told one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong import Cell, LifeShown, Panel, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.panels import Line

ALL = 19
"""Criteria of the national programme of 2021 to 2025 for a commune (Quyết định 318/QĐ-TTg)."""


def _reached(life: LifeShown) -> Iterator[Line]:
    before = None
    for stored in life.entries:
        entry = stored.entry
        told = entry.field.details.get("tieu_chi") if entry and entry.field else None
        if entry is None or told is None or entry.step.startswith("replication"):
            continue
        gained = "" if before is None or told == before else f"{told - before:+}"
        bar = "█" * min(told, ALL) + "·" * max(0, ALL - told)
        look = "good" if told >= ALL else "plain"
        yield (
            show(entry.occurred_on),
            Cell(bar, look),
            f"{told}/{ALL}",
            Cell(gained, "bad" if gained.startswith("-") else "good"),
        )
        before = told


PANELS = [Panel("Số tiêu chí đã đạt", "life", _reached)]
