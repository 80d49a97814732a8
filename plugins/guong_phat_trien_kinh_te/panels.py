"""What the farmer's household earned, year by year, beside what its neighbours did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong import Cell, LifeShown, Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.panels import Line

WIDEST = 24
"""Cells of the longest bar."""


def _profit(life: LifeShown) -> Iterator[Line]:
    years: dict[str, tuple[int, int | None]] = {}
    for stored in life.entries:
        entry = stored.entry
        if entry is not None and entry.step == "assessed" and entry.field is not None:
            told = entry.field.details
            if told.get("loi_nhuan") is not None:
                years[told.get("nam") or entry.occurred_on[:4]] = told["loi_nhuan"], told.get("binh_quan")
    most = max((max(own, others or 0) for own, others in years.values()), default=0) or 1
    for year, (own, others) in sorted(years.items()):
        yield year, "gia đình", Cell("█" * max(1, round(own * WIDEST / most)), "good"), _millions(own)
        if others is not None:
            yield "", "bình quân", Cell("▒" * max(1, round(others * WIDEST / most)), "dim"), _millions(others)


def _millions(dong: int) -> str:
    return f"{dong / 1_000_000:.1f} triệu đồng".replace(".", ",")


PANELS = [Panel("Lợi nhuận của gia đình", "life", _profit)]
