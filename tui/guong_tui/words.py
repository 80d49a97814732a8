"""The UI's own words: Vietnamese in the source, English where `GUONG_LANG=en` asks for it.

What the log says stays as it was written, and so do the titles of steps and fields, which the log or the core words.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).with_name("english.toml")


def english() -> bool:
    """Tell whether this person asks for English."""
    return os.environ.get("GUONG_LANG", "").lower().startswith("en")


def tr(text: str) -> str:
    """Return a word of the UI in the language asked for; one that the catalogue lacks as it is."""
    return catalogue().get(text, text) if english() else text


@cache
def catalogue() -> dict[str, str]:
    """Return the English words by the Vietnamese ones."""
    import tomllib  # noqa: PLC0415 - most people read Vietnamese

    words: dict[str, str] = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return words
