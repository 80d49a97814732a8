"""What a question comes to: a verdict, why, the entries it rests on, and what could not be told."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 100
"""Entries that an answer names; all of them are counted."""


class Verdict(StrEnum):
    """What became of a question."""

    MET = "met"
    UNCLEAR = "unclear"
    BREACH = "breach"
    UNKNOWN = "unknown"


VERDICTS = {
    Verdict.MET: "đạt",
    Verdict.UNCLEAR: "cần làm rõ",
    Verdict.BREACH: "vi phạm",
    Verdict.UNKNOWN: "không đủ dữ liệu",
}


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry that an answer rests on.

    Attributes:
        position: Where it stands in the log.
        says: What it shows, in Vietnamese, without the name of anybody; empty where the entry speaks for itself.
    """

    position: int
    says: str = ""


class Missing(msgspec.Struct, frozen=True):
    """A fact without which nobody can tell, and who could supply it, in Vietnamese."""

    what: str
    who: str


class Found(msgspec.Struct, frozen=True):
    """Entries of which all were counted and the first ones (`SHOWN` at most) are named."""

    count: int = 0
    shown: tuple[Evidence, ...] = ()

    def __add__(self, other: Found) -> Found:
        """Return both together."""
        return Found(self.count + other.count, (*self.shown, *other.shown)[:SHOWN])


NONE = Found()
"""No entry."""


def found(all_of: Iterable[Evidence]) -> Found:
    """Return entries counted, the first of them named."""
    count, shown = 0, []
    for one in all_of:
        count += 1
        if count <= SHOWN:
            shown.append(one)
    return Found(count, tuple(shown))


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a question.

    Attributes:
        verdict: What became of it.
        says: Why, in one Vietnamese sentence with the figures.
        seen: How many things (entries, exemplars, whatever the question is about) were looked at.
        count: How many of them are at fault or unclear.
        evidence: The entries it rests on: those at fault first, then those that are unclear, else those that show it is met.
        missing: What could not be told.
    """

    verdict: Verdict
    says: str
    seen: int = 0
    count: int = 0
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()


def conclude(
    says: str, *, seen: int, breaches: Found = NONE, unclear: Found = NONE, missing: Iterable[Missing] = (), rests: Found = NONE
) -> Answer:  # fmt: skip
    """Return the answer that follows: a breach outweighs what is unclear, that outweighs what is missing, and nothing missing is met.

    Args:
        says: Why, with the figures.
        seen: How many things were looked at. A question that nothing in the book is about must name what is missing, or say
            why there being none is as it should be.
        breaches, unclear: The entries at fault, and those of which it cannot be told.
        missing: What could not be told at all.
        rests: The entries that show it is met.
    """
    lacking = tuple(missing)
    verdict = (
        Verdict.BREACH if breaches.count
        else Verdict.UNCLEAR if unclear.count
        else Verdict.UNKNOWN if lacking
        else Verdict.MET
    )  # fmt: skip
    count = breaches.count + unclear.count
    evidence = (breaches + unclear).shown if count else rests.shown
    return Answer(verdict=verdict, says=says, seen=seen, count=count, evidence=evidence, missing=lacking)
