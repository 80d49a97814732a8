"""Entry points of one group, read without parsing what every other distribution on this machine declares."""

from __future__ import annotations

from functools import cache
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution, EntryPoint


def points(group: str) -> Iterator[EntryPoint]:
    """Yield the entry points of a group; of two distributions with one name the first that Python finds, as it does itself."""
    declaring = [one for one in distributions() if f"[{group}]" in (one.read_text("entry_points.txt") or "")]
    # A name is read from a distribution's metadata, which costs more than all else here: only to tell several apart.
    if len(declaring) > 1:
        declaring = list({one.name: one for one in reversed(declaring)}.values())
    for distribution in declaring:
        yield from distribution.entry_points.select(group=group)


def where(point: EntryPoint) -> str:
    """Return the distribution and version that an entry point comes from; finding out means reading metadata."""
    return _versioned(point.dist) if point.dist else point.value


@cache
def _versioned(distribution: Distribution) -> str:
    """Return name and version, read once from metadata for all the plugins that one distribution brings."""
    return f"{distribution.name} {distribution.version}"


def load(point: EntryPoint) -> Any:
    """Import what an entry point names.

    Raises:
        PluginError: its distribution was made for another version of Guong.
        BaseException: whatever the import raises.
    """
    from guong.errors import PluginError  # noqa: PLC0415 - most look-ups only need names
    from guong.requires import unmet  # noqa: PLC0415 - as above
    from guong.tracing import traced  # noqa: PLC0415 - as above
    from guong.version import __version__  # noqa: PLC0415 - as above

    required = unmet(point.dist) if point.dist else ""
    if required:
        raise PluginError(f"cần guong {required}, mà đây là guong {__version__}")
    with traced(f"nạp {point.value}"):
        return point.load()
