"""What the tests of the documentation share."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def generator() -> dict[str, Any]:
    """Return the names in `generate.py`."""
    return runpy.run_path(str(Path(__file__).with_name("generate.py")))


@pytest.fixture(scope="session")
def pages() -> dict[str, Any]:
    """Return the names in `test_pages.py`: how the blocks of a page are read and run."""
    return runpy.run_path(str(Path(__file__).with_name("test_pages.py")))
