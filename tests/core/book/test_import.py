"""Imports: all rows or none, every bad row named, nothing held in memory, and judged by the book as it is at the end."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from guong.book import Book
from guong.checking import check
from guong.cli import run
from guong.domain.problems import Problem
from guong.errors import RefusedError
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

IMPORT = Order(channel="import", by="noi-vu-01", outside=True)
MANY = 1000


def supported(exemplars: list[str], count: int) -> Iterator[dict[str, Any]]:
    """Yield rows of `supported`, spread over some exemplars."""
    for number in range(count):
        yield {
            "step": "supported", "exemplar": exemplars[number % len(exemplars)], "kind": "visit", "what": f"Thăm lần {number}",
            "occurred_on": "2024-09-01",
        }  # fmt: skip


@pytest.fixture
def exemplars(sample: Book) -> list[str]:
    """Return the ids of a few exemplars of the sample year."""
    return [row.id for row in sample.view.exemplars()[:5]]


def test_a_thousand_good_rows_are_recorded_in_order_under_one_correlation(sample: Book, exemplars: list[str]) -> None:
    head = sample.log.head()
    receipts = sample.record_all(lambda: supported(exemplars, MANY), IMPORT)
    assert [one.position for one in receipts] == list(range(head + 1, head + MANY + 1))
    entries = [one.entry for one in sample.log.all(head)]
    assert [one.id for one in entries if one] == [one.id for one in receipts]
    assert len({one.correlation for one in entries if one}) == 1
    told = [sample.reveal(sample.world.exemplar(one.stream).subject, one.entry.sealed[sample.world.exemplar(one.stream).subject])  # type: ignore[union-attr]
            for one in sample.log.all(head)]  # fmt: skip
    assert [one["data"]["what"] for one in told if one] == [f"Thăm lần {number}" for number in range(MANY)]
    assert sample.view.state(exemplars[0]).marks["supported"].count >= MANY // 5
    assert [fault for fault in check(sample) if fault.kind != "file-loose"] == []


BAD: list[tuple[dict[str, Any], str]] = [
    ({"kind": "gift"}, "form.wrong"),
    ({"what": ""}, "form.required"),
    ({"exemplar": "0" * 32}, "core.find"),
    ({"exemplar": ""}, "form.required"),
    ({"occurred_on": "2024-02-30"}, "form.wrong"),
    ({"by": "khong-ai"}, "core.acting"),
    ({"step": "suported"}, "form.step"),
    ({"unknown": "x"}, "form.unknown"),
    ({"evidence": ["khong-co.pdf"]}, "core.entry"),
    ({"details": {"la": 1}}, "form.unknown"),
    ({"occurred_on": "2024-03-10"}, "core.order"),
]


@pytest.mark.parametrize(("changes", "code", "place"), [*((*bad, 500) for bad in BAD), (*BAD[0], 1), (*BAD[0], MANY)])
def test_one_bad_row_among_a_thousand_is_named_and_nothing_is_recorded(
    sample: Book, exemplars: list[str], changes: dict[str, Any], code: str, place: int
) -> None:
    head = sample.log.head()
    rows = list(supported(exemplars, MANY))
    rows[place - 1] |= changes
    with pytest.raises(RefusedError) as error:
        sample.record_all(lambda: rows, IMPORT)
    assert {(row, problem.code) for row, problem in error.value.problems} == {(place, code)}
    assert all(problem.message for _, problem in error.value.problems)
    assert sample.log.head() == head
    assert sample.record_all(lambda: supported(exemplars, 1), IMPORT)[0].position == head + 1


def test_every_bad_row_is_named_with_every_reason(sample: Book, exemplars: list[str]) -> None:
    rows: list[Any] = list(supported(exemplars, 60))
    rows[2] |= {"kind": "gift", "what": ""}
    rows[9] = Problem(code="form.row", message="không đọc được dòng này: thử")
    rows[40] |= {"exemplar": "zzzz"}
    rows[59] |= {"step": ""}
    with pytest.raises(RefusedError) as error:
        sample.record_all(lambda: rows, IMPORT)
    assert [(row, problem.code, problem.culprit) for row, problem in error.value.problems] == [
        (3, "form.wrong", "kind"), (3, "form.required", "what"), (10, "form.row", ""), (41, "core.find", "exemplar"),
        (60, "form.step", "step"),
    ]  # fmt: skip


def test_rules_see_the_rows_before_in_the_same_import(book: Book, unit_row: Callable[..., dict[str, Any]]) -> None:
    rows = [unit_row("phong-b"), unit_row("phong-c", parent="phong-b"), unit_row("phong-b")]
    with pytest.raises(RefusedError) as error:
        book.record_all(lambda: rows, Order(channel="import"))
    assert [(row, problem.code) for row, problem in error.value.problems] == [(3, "core.once")]
    assert book.log.head() == 4
    assert len(book.record_all(lambda: rows[:2], Order(channel="import"))) == 2


LIFE: list[dict[str, Any]] = [
    {"step": "subject_registered", "kind": "person", "name": "Lò Văn Nhãn", "unit": "xa-diem-he", "label": "@ai"},
    {
        "step": "discovered",
        "subject": "@ai",
        "field": "nong-thon-moi",
        "source": "inspection",
        "achievement": "Hiến đất",
        "label": "@gương",
    },
    {"step": "officer_assigned", "exemplar": "@gương", "officer": "nnptnt-01"},
    {"step": "supported", "exemplar": "@gương", "kind": "visit", "what": "Thăm", "label": "@thăm"},
    {"step": "entry_corrected", "entry": "@thăm", "set": {"kind": "policy"}, "reason": "ghi nhầm"},
]


def test_a_label_names_what_an_earlier_row_made(sample: Book) -> None:
    rows = [{"occurred_on": "2024-09-01", **row} for row in LIFE]
    registered, discovered, _, helped, corrected = sample.record_all(lambda: rows, IMPORT)
    exemplar = sample.view.state(discovered.stream)
    assert exemplar.subject == registered.stream
    assert helped.stream == corrected.stream == discovered.stream
    assert sample.name(registered.stream) == "Lò Văn Nhãn"
    entry = sample.log.read(corrected.position - 1, 1)[0].entry
    assert entry is not None
    assert entry.data["entry"] == helped.id
    assert not any("@" in row.state.decode() for row in sample.log.raw(registered.position - 1))


def test_a_label_that_no_earlier_row_made_is_refused_where_it_stands(sample: Book) -> None:
    rows = [{"occurred_on": "2024-09-01", **row} for row in (LIFE[1], LIFE[0], LIFE[3])]
    with pytest.raises(RefusedError) as error:
        sample.record_all(lambda: rows, IMPORT)
    told = [(row, one.culprit) for row, one in error.value.problems if "nhãn" in one.message]
    assert told == [(1, "subject"), (3, "exemplar")]


def test_labels_of_one_command_mean_nothing_to_the_next(sample: Book) -> None:
    sample.record_all(lambda: [{"occurred_on": "2024-09-01", **LIFE[0]}], IMPORT)
    with pytest.raises(RefusedError, match="@ai"):
        sample.record_all(lambda: [{"occurred_on": "2024-09-01", **LIFE[1]}], IMPORT)


def test_a_dry_run_judges_everything_and_writes_nothing_at_all(
    sample: Book, tmp_path: Path, fingerprints: Callable[[Path], dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sample.view
    sample.close()
    before = fingerprints(sample.folder)
    (tmp_path / "bb.txt").write_text("biên bản", encoding="utf-8")
    rows = [
        {"occurred_on": "2024-09-01", "papers": [{"number": "1", "file": "bb.txt"}], "evidence": ["bb.txt"], **row}
        for row in LIFE
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert run(["-C", str(sample.folder), "--by", "noi-vu-01", "record", "--from", str(file), "--dry-run"]) == 0
    assert "sẽ ghi 5 mục" in capsys.readouterr().err
    with Book(sample.folder) as book:
        for outside in (True, False):
            assert (
                len(book.record_all(lambda: rows, IMPORT._replace(dry_run=True, folder=tmp_path, outside=outside))) == 5
            )
            with pytest.raises(RefusedError, match="còn thiếu"):
                book.record_all(
                    lambda: [*rows, {"step": "supported"}],
                    IMPORT._replace(dry_run=True, folder=tmp_path, outside=outside),
                )
    assert fingerprints(sample.folder) == before
    assert run(["-C", str(sample.folder), "--by", "noi-vu-01", "record", "--from", str(file)]) == 0
    assert fingerprints(sample.folder) != before


def test_a_dry_run_leaves_a_book_without_keys_without_keys(book: Book) -> None:
    book.close()
    (book.folder / "keys.db").unlink()
    with Book(book.folder) as again:
        row = {
            "step": "officer_enrolled",
            "key": "nv-02",
            "name": "Lò Văn Hai",
            "unit": "phong-a",
            "occurred_on": "2024-02-01",
            "by": "nv-01",
        }
        assert again.record(row, Order(dry_run=True)).position == 5
    assert not (book.folder / "keys.db").exists()


def peak(book: Book, exemplars: list[str], count: int) -> int:
    """Return how much memory an import of so many rows takes at most."""
    tracemalloc.start()
    try:
        book.record_all(lambda: supported(exemplars, count), IMPORT._replace(keep=False))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows_of_an_import(sample: Book, exemplars: list[str]) -> None:
    head = sample.log.head()
    peak(sample, exemplars, 200)  # what is only made once
    few, many = peak(sample, exemplars, 2000), peak(sample, exemplars, 8000)
    assert sample.log.head() == head + 10_200
    assert many < few * 1.5 + 200_000


# ------------------------------------------------------------------ the book moves while an import is judged


def moving(
    first: list[dict[str, Any]], meanwhile: Callable[[], object], rest: list[dict[str, Any]], told: list[int]
) -> Iterator[dict[str, Any]]:
    """Yield rows; the first time they are read, something else happens in the middle."""
    told.append(1)
    yield from first
    if len(told) == 1:
        meanwhile()
    yield from rest


def test_what_others_record_while_an_import_is_judged_is_taken_into_account(
    book: Book, unit_row: Callable[..., dict[str, Any]]
) -> None:
    told: list[int] = []
    with Book(book.folder) as other:
        rows = [unit_row("phong-x"), unit_row("phong-y", parent="phong-x")]
        receipts = book.record_all(
            lambda: moving(rows[:1], lambda: other.record(unit_row("phong-z")), rows[1:], told),
            IMPORT._replace(by="nv-01"),
        )
    assert len(told) == 2, "judged again"
    assert [one.position for one in receipts] == [6, 7]
    assert [stored.topic for stored in book.log.all(4)] == ["unit.unit_registered"] * 3
    assert book.view.keys("unit") == ["phong-a", "phong-z", "phong-x", "phong-y"]
    assert list(check(book)) == []


def test_an_import_that_became_unlawful_while_it_was_judged_is_refused(
    book: Book, unit_row: Callable[..., dict[str, Any]]
) -> None:
    told: list[int] = []
    with Book(book.folder) as other:
        rows = [unit_row("phong-x"), unit_row("phong-y")]
        with pytest.raises(RefusedError) as error:
            book.record_all(
                lambda: moving(rows, lambda: other.record(unit_row("phong-x")), [], told), IMPORT._replace(by="nv-01")
            )
    assert [(row, problem.code) for row, problem in error.value.problems] == [(1, "core.once")]
    assert book.log.head() == 5
    assert book.view.keys("unit") == ["phong-a", "phong-x"]


def test_keys_made_while_judging_in_vain_are_not_stored(book: Book, unit_row: Callable[..., dict[str, Any]]) -> None:
    told: list[int] = []
    row = {
        "step": "officer_enrolled",
        "key": "nv-02",
        "name": "Lò Văn Hai",
        "unit": "phong-a",
        "occurred_on": "2024-02-01",
    }
    with Book(book.folder) as other:
        book.record_all(
            lambda: moving([row], lambda: other.record(unit_row("phong-x")), [], told), IMPORT._replace(by="nv-01")
        )
    assert len(book.vault.owners()) == 2
    assert book.name(book.world.id("officer", "nv-02")) == "Lò Văn Hai"
    assert list(check(book)) == []


def test_a_failure_of_the_rows_themselves_records_nothing(book: Book, unit_row: Callable[..., dict[str, Any]]) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        yield unit_row("phong-x")
        raise KeyboardInterrupt

    for outside in (True, False):
        with pytest.raises(KeyboardInterrupt):
            book.record_all(rows, IMPORT._replace(by="nv-01", outside=outside))
        assert book.log.head() == 4
    assert book.record(unit_row("phong-x")).position == 5
