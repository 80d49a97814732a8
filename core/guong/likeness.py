"""Who goes by the same name: candidates that a person may merge. Names are opened for it and kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.text import fold

if TYPE_CHECKING:
    from guong.book import Book


class Likeness:
    """The subjects of one book by their folded names."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._position = -1
        self._known: dict[tuple[str, str], list[str]] = {}

    def alike(self, kind: str, personal: dict[str, Any], /) -> list[str]:
        """Return the ids of the subjects of a kind whose name reads the same without diacritics and case.

        A birth date that is known of both and differs tells them apart.
        """
        name = folded(personal.get("name", ""))
        self._refresh()
        found = self._known.get((kind, name), []) if name else []
        return [id_ for id_ in found if not self._told_apart(id_, personal.get("born"))]

    def pairs(self) -> list[list[str]]:
        """Return every group of subjects of one kind that go by the same name and stand by themselves."""
        self._refresh()
        return [ids for ids in self._known.values() if len(ids) > 1]

    def _refresh(self) -> None:
        view = self._book.view
        head = self._book.log.head()
        if head == self._position:
            return
        self._known.clear()
        for one in view.states("subject"):
            opened = self._book.reveal(one.id, one.sealed) if not one.into else None
            name = folded(opened.get("data", {}).get("name", "")) if opened else ""
            if name:
                self._known.setdefault((one.kind, name), []).append(one.id)
        self._position = head

    def _told_apart(self, id_: str, born: str | None) -> bool:
        state = self._book.view.state(id_)
        opened = self._book.reveal(id_, state.sealed) if state else None
        known = opened.get("data", {}).get("born") if opened else None
        return bool(born and known and born != known)


def folded(name: str) -> str:
    """Return a name without diacritics, case and double blanks."""
    return " ".join(fold(name).split())
