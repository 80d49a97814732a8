"""What plugins cost: with `GUONG_TRACE_PLUGINS=1` every import and every call is told on stderr, with the time it took."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def traced(what: str) -> Iterator[None]:
    """Tell that something of a plugin was run and how long it took, also where it raises."""
    if not os.environ.get("GUONG_TRACE_PLUGINS"):
        yield
        return
    began = time.perf_counter()
    try:
        yield
    finally:
        sys.stderr.write(f"plugin: {what}, {(time.perf_counter() - began) * 1000:.1f} ms\n")
