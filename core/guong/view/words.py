"""Words as numbers under a key of the book: the view can be searched for a word, and holds none."""

from __future__ import annotations

import hashlib
import re
import struct
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from guong.domain.streams import STEPS
from guong.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guong.domain.entry import Entry, Stored

PARTS = 16
"""Texts that one entry may have: what stands in clear, and one for each owner of something sealed."""
WORD = r"[^\W_]+"
_KNOWN = 200_000
"""Words whose number is kept at hand."""


class Secrets(Protocol):
    """What stands under seal, opened by somebody who has the keys."""

    def open_all(self, sealed: Sequence[tuple[str, str]]) -> list[dict[str, Any] | None]:
        """Return what each (owner, ciphertext) says, None where it cannot be opened."""


class Text(NamedTuple):
    """The words of one text of an entry: its number (see `PARTS`), its owner (empty for what stands in clear), sorted hashes."""

    number: int
    owner: str
    hashes: tuple[int, ...]


class _Numbers(dict[str, int]):
    """Words to numbers, each worked out when it is first asked for."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        hashed = hashlib.blake2b(fold(word).encode(), digest_size=8, key=self._key, person=b"guong-words").digest()
        number = self[word] = int.from_bytes(hashed, signed=True)
        return number


class Words:
    """Turns texts into numbers.

    Args:
        secrets: Who opens what is sealed.
        key: What words are hashed under; empty where no key of the book is here, and then nothing sealed can be searched.
    """

    def __init__(self, secrets: Secrets, key: bytes) -> None:
        self._secrets, self._key = secrets, key
        self._numbers = _Numbers(key)

    @property
    def sealed(self) -> bool:
        """Whether what stands under seal can be searched."""
        return bool(self._key)

    @property
    def fingerprint(self) -> str:
        """What tells one key from another without telling it."""
        return hashlib.blake2b(self._key, digest_size=8, person=b"guong-words-id").hexdigest() if self._key else ""

    def numbers(self, text: str) -> list[int]:
        """Return the number of each word of a text, in order; a word is letters and digits without blanks between."""
        return list(map(self._numbers.__getitem__, re.findall(WORD, text)))

    def texts(self, batch: Iterable[Stored]) -> Iterator[Text]:
        """Yield the texts of entries that have words; of what is sealed only what can be opened."""
        sealed: list[tuple[int, str, str]] = []
        for stored in batch:
            entry = stored.entry
            if entry is None:
                continue
            first = stored.position * PARTS
            strings = _clear(entry)
            if strings:
                yield self._text(first, "", strings)
            if self._key and entry.sealed:
                owned = list(entry.sealed.items())[: PARTS - 1]
                sealed += [(first + part, owner, text) for part, (owner, text) in enumerate(owned, start=1)]
        opened = self._secrets.open_all([(owner, text) for _, owner, text in sealed]) if sealed else []
        for (number, owner, _), told in zip(sealed, opened, strict=True):
            if told:
                yield self._text(number, owner, _strings(told, []))

    def _text(self, number: int, owner: str, strings: list[str]) -> Text:
        return Text(number, owner, tuple(sorted(set(self.numbers("\n".join(strings))))))


def packed(hashes: tuple[int, ...]) -> bytes:
    """Return numbers as bytes."""
    return struct.pack(f"<{len(hashes)}q", *hashes)


def unpacked(blob: bytes) -> tuple[int, ...]:
    """Return what `packed` was given."""
    return struct.unpack(f"<{len(blob) // 8}q", blob)


@cache
def _asked(step: str) -> tuple[str, ...]:
    """Return the questions of a step that are answered in words: no key of anything, no choice."""
    return tuple(one.key for one in STEPS[step].questions if one.type == "text" and not one.ref and not one.choices)


def _clear(entry: Entry) -> list[str]:
    """Return what an entry says in clear and in words."""
    data = entry.data
    found = [text for key in _asked(entry.step) if isinstance(text := data.get(key), str)]
    if entry.step == "entry_corrected":
        _strings(data.get("set"), found)
    if entry.field:
        _strings(entry.field.details, found)
    for paper in entry.basis:
        found += (paper.number, paper.notation, paper.issuer)
    if entry.reason:
        found.append(entry.reason)
    if entry.note:
        found.append(entry.note)
    return _strings(entry.captions, found)


def _strings(value: Any, found: list[str]) -> list[str]:
    """Add every text within a value to those found."""
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for one in value.values():
            _strings(one, found)
    elif isinstance(value, list):
        for one in value:
            _strings(one, found)
    return found
