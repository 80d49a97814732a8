"""Searching the text of entries: names, notes, titles of papers, numbers; with or without diacritics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.text import fold
from guong.view.words import PARTS, WORD

if TYPE_CHECKING:
    from guong.view.queries import View

_TEXTS = 3
"""Texts of one entry in which a word may stand, more often than which it hardly does."""
_COMMON = 2_000
"""From how many texts on it does not matter in how many a word stands."""
PAGE = 20
"""Hits of a page where nobody asks for another number."""


class Hits(NamedTuple):
    """Entries in which every word of a query stands, the latest first.

    Attributes:
        positions: Where they stand.
        more: Whether older ones follow.
        sealed: Whether words under seal were searched; without the keys of the book they are not.
    """

    positions: list[int]
    more: bool
    sealed: bool


def search(view: View, text: str, *, before: int = 0, limit: int = PAGE) -> Hits:
    """Return the entries whose text holds every word of `text`, in any order, whole words, diacritics and case aside.

    Args:
        view: The view.
        text: What somebody typed.
        before: Only entries before this position, for the next page; 0 for the first.
        limit: How many.
    """
    numbers = sorted(set(view.words.numbers(text)), key=lambda number: _bounded(view, number))
    if not numbers:
        return Hits([], more=False, sealed=view.words.sealed)
    others = " ".join(
        f"AND EXISTS (SELECT 1 FROM word WHERE hash=? AND text BETWEEN w.text/{PARTS}*{PARTS} AND w.text/{PARTS}*{PARTS}+{PARTS - 1})"
        for _ in numbers[1:]
    )
    most = (limit + 1) * _TEXTS
    rows = view.rows(
        f"SELECT w.text FROM word w WHERE w.hash=? AND w.text<? {others} ORDER BY w.text DESC LIMIT ?",
        numbers[0], (before or view.head + 1) * PARTS, *numbers[1:], most,
    )  # fmt: skip
    positions = list(dict.fromkeys(row["text"] // PARTS for row in rows))
    return Hits(positions[:limit], more=len(positions) > limit or len(rows) == most, sealed=view.words.sealed)


def marked(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where the words of `wanted` stand in `text`, as (start, end), diacritics and case aside, to be marked on a screen."""
    words = {fold(found[0]) for found in WORD.finditer(wanted)}
    return [found.span() for found in WORD.finditer(text) if fold(found[0]) in words]


def _bounded(view: View, number: int) -> int:
    """Return in how many texts a word stands, counted no further than tells rare from common."""
    some = "SELECT 1 FROM word WHERE hash=? LIMIT ?"
    return int(view.rows(f"SELECT count(*) AS n FROM ({some})", number, _COMMON)[0]["n"])
