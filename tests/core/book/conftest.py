"""A book in which much was corrected."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from guong.book import Book
from guong.domain.review import EFFECTS, RESULTS
from guong.domain.support import SUPPORT
from guong.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rewritten(book: Book, chance: random.Random) -> tuple[int, int]:
    """Correct and void entries of exemplars at random, and some of the voidings too; return how many of each it took."""
    done = {"entry_corrected": 0, "entry_voided": 0}
    envelope = {"by": "noi-vu-01", "occurred_on": "2025-01-10", "reason": "thử", "approved_by": "noi-vu-02"}
    answers: dict[str, Callable[[], dict[str, Any]]] = {
        "supported": lambda: {"kind": chance.choice(list(SUPPORT)), "what": "khác"},
        "reviewed": lambda: {"result": chance.choice(list(RESULTS))},
        "assessed": lambda: {"effect": chance.choice(list(EFFECTS))},
    }
    for _ in range(90):
        entries = [one for one in book.log.all() if one.kind == "exemplar" and one.entry]
        target = chance.choice(entries)
        assert target.entry is not None
        row: dict[str, Any] = {"step": "entry_voided", "entry": target.entry.id, **envelope}
        if target.entry.step in answers and chance.random() < 0.6:
            row |= {"step": "entry_corrected", "set": answers[target.entry.step]()}
            if chance.random() < 0.5:
                row["happened_on"] = f"2024-{chance.randint(9, 12):02}-{chance.randint(1, 28):02}"
        try:
            book.record(row)
        except RefusedError:
            continue
        done[row["step"]] += 1
    return done["entry_corrected"], done["entry_voided"]


@pytest.fixture(scope="module")
def long_book(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sample year with many corrections and voidings, its view built entry by entry; copy it to use it."""
    folder = tmp_path_factory.mktemp("dai") / "so"
    shutil.copytree(sample_year, folder)
    with Book(folder) as book:
        corrected, voided = rewritten(book, random.Random(20240318))  # noqa: S311 - no secrets here
        assert corrected >= 8
        assert voided >= 15
        assert book.view
    return folder
