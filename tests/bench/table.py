"""What a benchmark hands back, and how it is printed."""

from __future__ import annotations

import resource
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Line(NamedTuple):
    """One measured figure.

    Attributes:
        what: What was measured.
        figure: The figure that the goal is about.
        unit: `×` for a ratio, or a unit.
        more: Spread and absolute figures.
        least, most: The goal; None where the figure is information.
    """

    what: str
    figure: float
    unit: str
    more: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None:
            return f"≥ {self.least:g}"
        return f"≤ {self.most:g}" if self.most is not None else ""

    @property
    def verdict(self) -> str:
        """Whether the goal is met."""
        if not self.goal:
            return ""
        met = (self.least is None or self.figure >= self.least) and (self.most is None or self.figure <= self.most)
        return "met" if met else "MISSED"


def spread(values: Sequence[float]) -> str:
    """Return the least and the greatest of several rounds."""
    return f"{min(values):.2f}–{max(values):.2f}, {len(values)} rounds"


def ratio(raw: Sequence[float], ours: Sequence[float]) -> list[float]:
    """Return how our rate compares with the raw one, round by round: 1 is equal, less is slower."""
    return [one / other for one, other in zip(raw, ours, strict=True)]


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 in 100 do not exceed."""
    return sorted(values)[len(values) * 95 // 100]


def kilobytes() -> int:
    """Return the peak memory of this process; `ru_maxrss` may still hold that of the process it was forked from."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return peaks[0] if peaks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def printed(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    cells = [("what", "figure", "goal", "", "spread and absolute figures"), ("---",) * 5]
    cells += [(one.what, f"{one.figure:.3g} {one.unit}", one.goal, one.verdict, one.more) for one in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)
