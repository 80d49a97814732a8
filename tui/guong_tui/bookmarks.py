"""Bookmarks: entries that this person has marked, kept in his own folder by book and entry, never in the book."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from guong.errors import UsageError


def folder() -> Path:
    """Return where this person's data lies; `GUONG_HOME` puts it elsewhere."""
    if home := os.environ.get("GUONG_HOME"):
        return Path(home) / "bookmarks"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "guong" / "bookmarks"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "guong" / "bookmarks"


class Bookmarks:
    """The marked entries of one book.

    Args:
        book: The id of the book.

    Raises:
        UsageError: the file is not what it should be; the message names it.
    """

    def __init__(self, book: str) -> None:
        self._path = folder() / f"{book}.json"
        try:
            self._notes: dict[str, str] = msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            self._notes = {}
        except (OSError, msgspec.DecodeError) as error:
            raise UsageError(f"{self._path}: {error}", "sửa hoặc xóa tệp dấu trang này") from error

    def __contains__(self, entry: object) -> bool:
        return entry in self._notes

    def __len__(self) -> int:
        return len(self._notes)

    def all(self) -> dict[str, str]:
        """Return the ids of marked entries with what was noted of them, in the order they were marked."""
        return dict(self._notes)

    def toggle(self, entry: str) -> bool:
        """Mark an entry, or take its mark away, and return whether it is marked.

        Raises:
            OSError: the file cannot be written.
        """
        self._keep(
            {one: note for one, note in self._notes.items() if one != entry}
            if entry in self
            else {**self._notes, entry: ""}
        )
        return entry in self

    def note(self, entry: str, text: str) -> None:
        """Keep what this person notes of an entry, and mark it where it was not.

        Raises:
            OSError: the file cannot be written.
        """
        self._keep({**self._notes, entry: text})

    def _keep(self, notes: dict[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.write_bytes(msgspec.json.encode(notes))
        beside.replace(self._path)
        self._notes = notes
