"""Searching the text of entries: names, notes, titles of papers, numbers; with or without diacritics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from guong.view.queries import View

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
    raise NotImplementedError


def marked(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where the words of `wanted` stand in `text`, as (start, end), diacritics and case aside, to be marked on a screen."""
    raise NotImplementedError
