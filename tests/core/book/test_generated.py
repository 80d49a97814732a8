"""The large books of the benchmarks: what is measured there must be books like any other."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.bench.books import stored_rows
from tests.bench.generate import generate
from tests.core.book.test_view import built

from guong.book import Book
from guong.checking import check
from guong.domain.corrections import fold
from guong.domain.streams import KINDS
from guong.view import lives, streams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENTRIES = 10_000


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a generated book."""
    folder = tmp_path_factory.mktemp("lon") / "so"
    generate(folder, ENTRIES, seed=7)
    return folder


@pytest.fixture
def large(generated: Path) -> Iterator[Book]:
    """Return the generated book, open."""
    with closing(Book(generated)) as book:
        yield book


def test_a_generated_book_is_whole_with_every_key_and_no_entry_unread(large: Book) -> None:
    """What is wanting is the plugins of plans of other years, whose rules nobody wrote."""
    assert large.log.head() == ENTRIES
    assert {(one.kind, one.serious) for one in check(large)} == {("plugin", False)}
    assert large.view.unread() == []


def test_every_stream_of_a_generated_book_leaves_a_state_of_its_kind(large: Book) -> None:
    streams = {(one.kind, one.stream) for one in large.log.all()}
    assert {kind for kind, _ in streams} == {"book", "plan", "unit", "officer", "subject", "exemplar"}
    for kind, stream in streams:
        assert fold(KINDS[kind].evolve, large.log.stream(stream)) is not None


def test_a_generated_book_is_listed_by_name_and_counted_in_every_plan(large: Book) -> None:
    exemplars = large.view.exemplars()
    discovered = [one for one in large.log.all() if one.topic == "exemplar.discovered"]
    assert len(exemplars) == len(discovered) > 300
    assert not any("‹" in large.name(one.subject) for one in exemplars[:50])
    assert large.view.plans() == [f"van-quan-{year}" for year in range(2020, 2025)]
    for key in large.view.plans():
        board = large.view.board(large.view.state(large.world.id("plan", key)))
        assert len(board) > 50
        assert sum(row.discovered for row in board) > sum(row.reached for row in board) > 0


def test_the_shares_of_what_is_late_unclear_and_put_right_are_those_of_a_real_book(large: Book) -> None:
    entries = [one.entry for one in large.log.all() if one.entry]
    steps = Counter(entry.step for entry in entries)
    late = sum(any(remark.code == "core.late" for remark in entry.remarks) for entry in entries)
    assert late / ENTRIES == pytest.approx(0.08, abs=0.02)
    assert sum(len(entry.occurred_on) < 10 for entry in entries) / ENTRIES == pytest.approx(0.03, abs=0.01)
    assert steps["entry_corrected"] / ENTRIES == pytest.approx(0.01, abs=0.005)
    assert steps["entry_voided"] / ENTRIES == pytest.approx(0.003, abs=0.002)
    assert steps["unit_merged"] > 5
    assert steps["subjects_merged"] == steps["subject_merged_into"] > 0
    times = [entry.recorded_at for entry in entries]
    assert times == sorted(times)


def test_one_seed_gives_the_same_bytes_and_another_one_others(generated: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", ENTRIES, seed=7)
    generate(tmp_path / "other", ENTRIES, seed=8)
    assert stored_rows(tmp_path / "again", 0) == stored_rows(generated, 0)
    assert stored_rows(tmp_path / "other", 0) != stored_rows(generated, 0)


@pytest.mark.parametrize(("kept", "told", "batch"), [(7, 3, 97), (40, 500, 1000)])
def test_a_view_that_keeps_next_to_nothing_in_memory_is_the_same(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int, told: int, batch: int
) -> None:
    """Subjects come back under another plan, plans and units change, all long after their streams were let go."""
    at_once = built(generated, tmp_path / "at-once.db", lambda: ENTRIES)
    monkeypatch.setattr(streams, "_KEPT", kept)
    monkeypatch.setattr(lives, "_TOLD", told)
    assert built(generated, tmp_path / "view.db", lambda: batch) == at_once
