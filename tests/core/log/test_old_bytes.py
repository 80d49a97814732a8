"""What earlier versions wrote is read for ever: bytes of a sample book of version 0.1, with 26 steps and no threads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from guong.domain.corrections import fold
from guong.domain.streams import KINDS
from guong.log import codec

if TYPE_CHECKING:
    from guong.domain.entry import Stored

LINES = [
    json.loads(line)
    for line in (Path(__file__).parent / "old" / "entries-of-0.1.jsonl").read_text(encoding="utf-8").splitlines()
]


def read(line: dict[str, Any]) -> Stored:
    """Return a line of the old log as it stands."""
    return codec.stored(line["position"], line["stream"], line["version"], line["topic"], line["body"].encode())


def state(kind: str) -> Any:
    """Return what the old entries of the one stream of a kind leave."""
    return fold(KINDS[kind].evolve, [read(line) for line in LINES if line["topic"].startswith(f"{kind}.")])


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['position']}-{line['topic']}")
def test_an_old_entry_is_read_whole(line: dict[str, Any]) -> None:
    stored = read(line)
    assert (stored.entry is not None, stored.unread) == (True, "")


def test_an_old_life_leaves_the_marks_it_told() -> None:
    exemplar = state("exemplar")
    assert {
        name: mark.on for name, mark in exemplar.standing().items() if name in ("discovered", "honoured", "replicated")
    } == {
        "discovered": "2024-03-22",
        "honoured": "2024-12-10",
        "replicated": "2024-12-19",
    }
    assert exemplar.mark("reviewed").value == "passed"
    (replication,) = exemplar.of_kind("replication").values()
    assert replication.has("replicated")


def test_an_old_unit_officer_subject_and_book_are_what_they_were() -> None:
    unit, officer, subject, book = (state(kind) for kind in ("unit", "officer", "subject", "book"))
    assert (unit.key, unit.name_on("2024-12-31"), unit.alive("2024-12-31")) == ("xa-diem-he", "xã Điềm He", True)
    assert (officer.key, [role.role for role in officer.roles]) == ("nnptnt-01", ["theo-doi"])
    assert (subject.kind, subject.unit, bool(subject.sealed), subject.contact) == ("collective", "xa-diem-he", True, "")
    assert book.zone == "Asia/Ho_Chi_Minh"
