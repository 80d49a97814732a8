"""Ids: 128 bits inside, a short form that people type, and the ids that follow from a key."""

from __future__ import annotations

import re
import uuid
from functools import lru_cache
from typing import NamedTuple

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u to misread
_TYPED = str.maketrans("ilo", "110")
_FULL = re.compile("[0-9a-f]{32}")
_LETTERS = 26
SHORTEST = 4
"""Letters a short form has at least."""


class Found(NamedTuple):
    """What something typed names: an id, and the stream it is or lies in."""

    id: str
    stream: str
    kind: str


def short(hex_id: str) -> str:
    """Return the 26 letters of a 128-bit id given as 32 hex digits; any unique start of them names it."""
    number = int(hex_id, 16) << 2  # 130 bits, 26 letters of 5
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def typed(prefix: str) -> str:
    """Return what a person typed as the start of a short form: lower case, `i l o` read as `1 1 0`."""
    return prefix.strip().lower().translate(_TYPED)


def within(start: str) -> tuple[str, str] | None:
    """Return the first and the last id, as 32 hex digits, whose short form begins with `start`; None where none can."""
    if not start or len(start) > _LETTERS or not set(start) <= set(_ALPHABET):
        return None
    number = 0
    for letter in start:
        number = number << 5 | _ALPHABET.index(letter)
    free = 5 * (_LETTERS - len(start))
    first, last = number << free >> 2, ((number + 1 << free) - 1) >> 2
    return f"{first:032x}", f"{last:032x}"


def is_full(text: str) -> bool:
    """Tell whether `text` is a whole id: 32 hex digits."""
    return _FULL.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def stream_id(book: str, kind: str, *key: str) -> str:
    """Return the id of the one stream of `kind` with `key` in `book` (RFC 4122 name-based), as 32 hex digits.

    Units, officers and plans are found by their key, an exemplar by plan, field and subject: two registrations of one
    key meet in one stream and cannot both be its first entry.
    """
    return uuid.uuid5(uuid.UUID(book), "\n".join((kind, *key))).hex
