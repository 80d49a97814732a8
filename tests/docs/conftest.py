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
