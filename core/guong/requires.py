"""Whether a distribution was made for this version of Guong, told from its metadata without parsing all of that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guong.version import __version__

if TYPE_CHECKING:
    from importlib.metadata import Distribution

_REQUIRED = re.compile(r"^Requires-Dist:\s*guong(?![\w.-])\s*(?:\[[^\]]*\])?\s*\(?([^;()\n]*)\)?\s*$", re.I | re.M)
"""A requirement on guong; one with a marker after a semicolon, such as an extra, is none for everybody."""
_CLAUSE = re.compile(r"(~=|===?|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?")
_PARTS = 8


def unmet(distribution: Distribution, version: str = __version__) -> str:
    """Return what a distribution requires of guong that `version` is not, such as `>=1,<2`; empty where it fits.

    Only releases are compared: a version in the making (`1.0.dev3`) counts as the release it leads to.
    """
    text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    required = [found.strip() for found in _REQUIRED.findall(text.partition("\n\n")[0])]
    return next((one for one in required if not all(_fits(version, *clause) for clause in _CLAUSE.findall(one))), "")


def _fits(version: str, operator: str, wanted: str, star: str) -> bool:
    named = len(wanted.split("."))
    have, want = _release(version), _release(wanted)
    if operator == "~=":
        return have >= want and have[: named - 1] == want[: named - 1]
    if star:
        return (have[:named] == want[:named]) is (operator == "==")
    return {
        "==": have == want, "===": have == want, "!=": have != want, "<=": have <= want, ">=": have >= want, "<": have < want,
        ">": have > want,
    }[operator]  # fmt: skip


def _release(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    return tuple((numbers + [0] * _PARTS)[:_PARTS])
