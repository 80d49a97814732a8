"""The one door through which text from the log reaches the screen."""

from __future__ import annotations

import re
import unicodedata

from guong.text import safe

_NARROW = re.compile("[ -~\u00a1-\u024f\u1e00-\u1eff\u2010-\u2027]*")
"""Characters of one cell each: what Vietnamese offices write. Measuring them one by one would cost most of a frame."""


def inert(text: str) -> str:
    """Return `text` on one line, in NFC, with every character a terminal would act on shown as `‹U+001B›`.

    Markup stays as it is (`[b]`): nothing here is ever given to a widget as markup.
    """
    flat = " ".join(text.split("\n")) if "\n" in text else text
    return safe(unicodedata.normalize("NFC", flat.replace("\t", " ")))


def cells(text: str) -> int:
    """Return how many cells of a terminal an inert text takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - the slow way, for the rare text

    return cell_len(text)


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Return an inert text cut or padded to exactly `width` cells."""
    if _NARROW.fullmatch(text):
        short = len(text) <= width
        return text.ljust(width) if short else text[: max(0, width - len(ellipsis))] + ellipsis[:width]
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - as above

    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - len(ellipsis))) + ellipsis[:width]
