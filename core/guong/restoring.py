"""A book from a backup, and from the keys kept apart."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from guong import places
from guong.book import Book, check_file
from guong.errors import BookError

if TYPE_CHECKING:
    from pathlib import Path


def restore(source: Path, folder: Path, keys: Path | None = None) -> None:
    """Make a book in a new folder from a backup, and from the keys kept apart where they are given.

    Raises:
        BookError: the source is no backup, or the folder is not empty.
        DamagedError: the copy is damaged.
    """
    if not (source / places.LOG).is_file():
        raise BookError(f"{source} không phải là bản sao của một cuốn sổ", "bản sao do guong backup tạo ra")
    places.refuse_taken(folder)
    if keys is not None and not (keys / places.KEYS).is_file():
        raise BookError(f"{keys} không có {places.KEYS}")
    check_file(source / places.LOG)
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{places.VIEW}*"))
    if keys is not None:
        shutil.copyfile(keys / places.KEYS, folder / places.KEYS)
        with Book(folder) as book:  # a copy of the keys may be older than an erasure
            for owner in book.erased_keys():
                book.vault.destroy(owner)
