"""Numbers of every moment: what exemplars add to cells, summed by position and by day."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from guong.view.streams import chunks, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eventsourcing.sqlite import SQLiteCursor

    from guong.domain.quota import Cell

Cells = dict[int, tuple[str, int]]
"""What one exemplar adds: cell to what is counted and its amount (see `guong.domain.quota.Counted`)."""
STAGE = "stage"
"""The column of cells that count exemplars by stage; their holder is the field, their part the stage."""


def tally(added: Iterable[Cells]) -> dict[int, int]:
    """Return the sum of every cell over the distinct things that are counted."""
    distinct: dict[int, dict[str, int]] = {}
    for one in added:
        for cell, (key, amount) in one.items():
            distinct.setdefault(cell, {})[key] = amount
    return {cell: sum(amounts.values()) for cell, amounts in distinct.items()}


def difference(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """Return what changed, cell by cell."""
    found = {cell: total - before.get(cell, 0) for cell, total in after.items()}
    found |= {cell: -total for cell, total in before.items() if cell not in after}
    return {cell: change for cell, change in found.items() if change}


class Counters:
    """Cells and their sums, on their way into the view."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, Cell], int] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        self._written: set[int] = set()
        self._totals: dict[int, int] = {}
        self._changes: dict[tuple[int, int], int] = {}
        self._flows: dict[tuple[int, int], int] = {}

    def id(self, plan: str, cell: Cell) -> int:
        """Return the number of a cell: the same in every view, whatever was counted first."""
        known = self._ids.get((plan, cell))
        if known is None:
            hashed = hashlib.blake2b("\n".join((plan, *cell)).encode(), digest_size=8).digest()
            known = self._ids[plan, cell] = int.from_bytes(hashed) >> 1
            self._names[known] = (plan, *cell)
        return known

    def change(self, position: int, changes: Mapping[int, int]) -> None:
        """Take in what an entry changed."""
        for cell, change in changes.items():
            self._changes[position, cell] = self._changes.get((position, cell), 0) + change

    def flow(self, flows: Mapping[tuple[int, int], int], sign: int = 1) -> None:
        """Take in what days changed, (cell, day) to change; with `sign` -1 take it back."""
        for key, change in flows.items():
            self._flows[key] = self._flows.get(key, 0) + sign * change

    def write(self, cursor: SQLiteCursor) -> None:
        """Write what was taken in."""
        used = {cell for (_, cell), change in self._changes.items() if change}
        used |= {cell for (cell, _), change in self._flows.items() if change}
        rows = [(cell, *self._names[cell]) for cell in sorted(used - self._written) if cell in self._names]
        cursor.executemany("INSERT OR IGNORE INTO cell VALUES (?,?,?,?,?,?)", rows)
        self._written |= used
        self._write_totals(cursor)
        self._write_flows(cursor)

    def _write_totals(self, cursor: SQLiteCursor) -> None:
        for some in chunks(list({cell for _, cell in self._changes} - self._totals.keys())):
            self._totals.update(dict.fromkeys(some, 0))
            last = "SELECT max(since) FROM total WHERE cell=t.cell"
            cursor.execute(f"SELECT cell, total FROM total t WHERE cell IN ({marks(some)}) AND since=({last})", some)
            self._totals.update({row["cell"]: row["total"] for row in cursor.fetchall()})
        rows = []
        for (position, cell), change in sorted(self._changes.items()):
            if change:
                self._totals[cell] += change
                rows.append((cell, position, self._totals[cell]))
        self._changes.clear()
        cursor.executemany("INSERT OR REPLACE INTO total VALUES (?,?,?)", sorted(rows))

    def _write_flows(self, cursor: SQLiteCursor) -> None:
        sums: dict[tuple[int, int, int], int] = {}
        for (cell, day), change in self._flows.items():
            for level, bucket in enumerate(buckets(day)):
                sums[cell, level, bucket] = sums.get((cell, level, bucket), 0) + change
        self._flows.clear()
        rows = sorted((*key, change) for key, change in sums.items() if change)
        added = "ON CONFLICT DO UPDATE SET change=change+excluded.change"
        cursor.executemany(f"INSERT INTO flow VALUES (?,?,?,?) {added}", rows)
        cursor.executemany(
            "DELETE FROM flow WHERE cell=? AND level=? AND bucket=? AND change=0", [row[:3] for row in rows]
        )
        emptied = sorted({row[:1] for row in rows})
        alone = "NOT EXISTS (SELECT 1 FROM total WHERE cell=id) AND NOT EXISTS (SELECT 1 FROM flow WHERE cell=id)"
        cursor.executemany(f"DELETE FROM cell WHERE id=? AND {alone}", emptied)
        self._written -= {cell for (cell,) in emptied}


def buckets(day: int) -> tuple[int, int, int]:
    """Return the year, the month and the day that a day's number falls into, numbered as year, month, day."""
    date = dt.date.fromordinal(day)
    year = date.year * 10_000
    return year, year + date.month * 100, year + date.month * 100 + date.day
