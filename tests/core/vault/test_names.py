"""No name in clear, from the first entry ever written; and none at all once a key is destroyed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import guong_van_quan_2024
from guong.book import Book
from guong.cli import run
from guong.text import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = Path(guong_van_quan_2024.__file__).with_name("sample") / "rows.jsonl"
OPENING = Path(guong_van_quan_2024.__file__).with_name("sample") / "opening.toml"


def rows() -> list[dict[str, Any]]:
    """Return the rows of the sample year."""
    return [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]


def people() -> set[str]:
    """Return everybody the sample year names: those it registers, those in charge of them, and its officers."""
    named = {
        row[key]
        for row in rows()
        for key in ("name", "head")
        if key in row and row["step"] in ("officer_enrolled", "subject_registered")
    }
    founder = re.search(r'^name = "(.+)"', OPENING.read_text(encoding="utf-8"), re.MULTILINE)
    return named | {founder[1] if founder else ""}


def told(row: dict[str, Any]) -> Iterator[str]:
    """Yield the free text of a row that is about somebody: whatever its forms seal."""
    from guong.rows import take_apart

    given = {key: value for key, value in row.items() if key != "at"}
    given["papers"] = [{key: value for key, value in paper.items() if key != "text"} for paper in row.get("papers", [])]
    parts, _ = take_apart(given)
    assert parts is not None
    if parts.step.stream in ("exemplar", "subject", "officer", "*") and not parts.step.bare:
        yield from (
            str(parts.answers[one.key]) for one in parts.step.questions if one.personal and parts.answers.get(one.key)
        )
        yield from (parts.envelope[key] for key in ("reason", "note") if parts.envelope.get(key))
        yield from (paper["title"] for paper in parts.papers if paper.get("title"))
        yield from (paper["text"] for paper in row.get("papers", []) if "text" in paper)


def forms(text: str) -> set[bytes]:
    """Return the bytes under which a text could stand in a file."""
    texts = {text, text.upper(), fold(text), slug(text), json.dumps(text)[1:-1]}
    return {one.encode(coding) for one in texts for coding in ("utf-8", "utf-16-le", "utf-16-be")}


def raw(folder: Path) -> bytes:
    """Return the bytes and the names of every file under a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"\0".join([path.read_bytes() for path in files] + [path.name.encode() for path in files])


def test_the_search_would_find_a_name(tmp_path: Path) -> None:
    for number, form in enumerate(forms("Đàm Văn Lũy")):
        (tmp_path / str(number)).write_bytes(b"..." + form + b"...")
    whole = raw(tmp_path)
    assert all(form in whole for form in forms("Đàm Văn Lũy"))
    assert forms("Đàm Văn Lũy") >= {b"dam-van-luy", "Đàm Văn Lũy".encode(), "dam van luy".encode("utf-16-le")}


def test_no_name_stands_in_any_file_of_the_sample_year(sample: Book) -> None:
    assert len(people()) > 30
    assert sample.view.exemplars()
    everything = raw(sample.folder)  # while it is open: side files included
    assert b"view.db-wal" in everything
    sample.close()
    everything += raw(sample.folder)
    assert not [name for name in people() for form in forms(name) if form in everything]


def test_no_free_text_about_somebody_stands_in_any_file_of_the_sample_year(sample: Book) -> None:
    assert sample.view.exemplars()
    everything = raw(sample.folder)
    units = {unit.name for unit in sample.view.states("unit")}  # some schools are units and subjects at once
    texts = {text for row in rows() for text in told(row) if len(text) > 8} - units
    assert len(texts) > 100
    assert not [text for text in texts if text.encode() in everything or json.dumps(text)[1:-1].encode() in everything]


def test_no_name_of_a_founding_officer_stands_in_a_real_book(book: Book) -> None:
    assert book.name(book.world.id("officer", "nv-01")) == "Trần Thị Thử"
    assert not [form for form in forms("Trần Thị Thử") if form in raw(book.folder)]


@pytest.fixture
def erased(sample: Book) -> tuple[Path, str, str, str, list[Any]]:
    """Return a sample book in which one key was destroyed: folder, subject, name, short form, the board before it."""
    (row, *_) = [one for one in sample.view.exemplars() if sample.view.state(one.subject).kind == "person"]
    name = sample.name(row.subject)
    board = sample.view.board(sample.view.states("plan")[0])
    sample.vault.destroy(row.subject)
    sample.projector.rebuild()
    sample.close()
    return sample.folder, row.subject, name, row.short, board


def test_once_the_key_is_destroyed_nothing_of_the_person_is_left_and_the_board_stands(
    erased: tuple[Path, str, str, str, list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, subject, name, short, board = erased
    assert name in people()
    everything = raw(folder)
    assert not [form for form in forms(name) if form in everything]
    with Book(folder) as book:
        assert book.name(subject) == "‹không còn khóa›"
        assert book.view.board(book.view.states("plan")[0]) == board
        assert [one.subject for one in book.view.exemplars()].count(subject) >= 1
    own = {text for row in rows() if row.get("name") == name for text in told(row) if len(text) > 4} | {name}
    for command in (
        ["show", short],
        ["list"],
        ["log"],
        ["replay"],
        ["show", short, "--json"],
        ["list", "--json"],
        ["log", "--json"],
    ):
        assert run(["-C", str(folder), *command]) == 0
        printed = capsys.readouterr().out
        assert not [text for text in own if text in printed], command
        assert "‹không còn khóa›" in printed or command[-1] == "--json", command
    assert run(["-C", str(folder), "board"]) == 0
    assert "Bình xét đạt" in capsys.readouterr().out


def test_destroying_one_key_takes_nothing_from_anybody_else(erased: tuple[Path, str, str, str, list[Any]]) -> None:
    folder, subject, *_ = erased
    with Book(folder) as book:
        names = {
            book.name(one.id)
            for one in (*book.view.states("subject"), *book.view.states("officer"))
            if one.id != subject
        }
        assert "‹không còn khóa›" not in names
        assert len(names & people()) > 25


def test_evidence_of_a_person_whose_key_is_gone_can_no_longer_be_opened_and_is_no_damage(
    erased: tuple[Path, str, str, str, list[Any]],
) -> None:
    from guong.checking import check
    from guong.errors import DamagedError

    folder, subject, *_ = erased
    with Book(folder) as book:
        kept = [
            one for stored in book.log.all() if stored.entry for one in stored.entry.evidence if one.owner == subject
        ]
        assert kept
        for one in kept:
            with pytest.raises(DamagedError, match="không còn khóa"):
                b"".join(book.evidence.read(one))
        assert {fault.kind for fault in check(book)} == {"key-missing"}
