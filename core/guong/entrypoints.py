"""Entry points of one group, read without parsing what every other distribution on this machine declares."""

from __future__ import annotations

from importlib.metadata import distributions
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint


def points(group: str) -> Iterator[EntryPoint]:
    """Yield the entry points of a group; of two distributions with one name the first that Python finds, as it does itself."""
    seen: set[str] = set()
    for distribution in distributions():
        declared = distribution.read_text("entry_points.txt")
        if declared and f"[{group}]" in declared and distribution.name not in seen:
            seen.add(distribution.name)
            yield from distribution.entry_points.select(group=group)
