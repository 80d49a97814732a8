"""Text on its way in and on its way out: normalised, checked, made harmless for a terminal."""

from __future__ import annotations

import re
import unicodedata

MAX_NOTE = 16 * 1024
"""Bytes of UTF-8 that one free text may take."""

_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f]"
_BIDI = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_SURROGATE = "[\ud800-\udfff]"
_INERT = f"{_CONTROL}|{_BIDI}|{_SURROGATE}"


def clean(text: str) -> tuple[str, str | None]:
    """Return `text` in NFC without surrounding blanks, and what is wrong with it (Vietnamese) or None.

    Carriage returns before line feeds are dropped, since forms on Windows send them.
    """
    if text.isprintable():
        return unicodedata.normalize("NFC", text).strip(), None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    for pattern, name in ((_CONTROL, "ký tự điều khiển"), (_BIDI, "dấu đổi chiều chữ"), (_SURROGATE, "nửa ký tự hỏng")):
        found = re.search(pattern, text)
        if found:
            return text, f"có {name} U+{ord(found[0]):04X} ở vị trí {found.start() + 1}"
    return text, None


def safe(text: str) -> str:
    """Return `text` with every control, direction and broken character shown as `‹U+001B›`, so no terminal acts on it."""
    return text if text.isprintable() else re.sub(_INERT, lambda found: f"‹U+{ord(found[0]):04X}›", text)


def fold(text: str) -> str:
    """Return `text` without diacritics and in lower case, `đ` as `d`: for comparing what people type."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def slug(text: str) -> str:
    """Return `text` as a key: folded, words joined by hyphens (`Đơn vị Một` -> `don-vi-mot`)."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


def alphabetical(text: str) -> tuple[int, ...]:
    """Return the place of a letter, or of several, in Vietnamese order, where đ follows d and ê follows e.

    Whatever is no letter comes last, a letter with a tone mark too: lists are not lettered with these.
    """
    return tuple(_ALPHABET.get(char, len(_ALPHABET)) for char in unicodedata.normalize("NFC", text).lower())
