"""JSON as every reader understands it: no NaN, no infinities, no key twice in one object."""

from __future__ import annotations

import json
from typing import Any


def strict(body: bytes) -> Any:
    """Return the JSON value of `body`, refusing what readers disagree about: NaN, infinities, duplicate keys.

    Raises:
        ValueError: with the reason.
    """
    return _strict(body.decode())


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number]))
        raise ValueError(f"khóa {twice!r} viết hai lần")
    return whole


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} không phải là số")


_strict = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode
