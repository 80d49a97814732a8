"""Several processes on one book, and processes that die: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import random
import signal
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from guong.book import Book
from guong.checking import check
from guong.errors import BusyError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    Writer = Callable[..., subprocess.Popen[str]]

GROUP = ["unit_registered", "officer_enrolled", "role_granted"]
KILLS = 8


def go(*children: subprocess.Popen[str]) -> list[str]:
    """Set children off at once and return what each says."""
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    return [child.communicate(timeout=60)[0].strip() for child in children]


def whole(folder: Path) -> list[str]:
    """Check that a book is whole and nothing in it is half, and return the ids of its entries."""
    with Book(folder) as book:
        faults = list(check(book))
        assert {fault.kind for fault in faults} <= {"file-loose"}, faults
        groups: dict[str, list[str]] = defaultdict(list)
        ids = []
        for stored in book.log.all():
            assert stored.entry is not None
            groups[stored.entry.correlation].append(stored.entry.step)
            ids.append(stored.entry.id)
            assert not stored.entry.evidence or book.evidence.fault(stored.entry.evidence[0]) == ""
        first, *rest = groups.values()
        assert first == ["book_opened", "unit_registered", "officer_enrolled", "role_granted"]
        assert all(steps == GROUP for steps in rest)
        names = {book.name(officer.id) for officer in book.view.states("officer")}
        assert names <= {"Trần Thị Thử", "Người Mới"}
        assert len(book.view.states("officer")) == len(rest) + 1
        assert book.projector.position() == book.log.head() == len(ids)
        return ids


def test_kill_9_at_any_moment_loses_nothing_acknowledged_and_leaves_nothing_half(
    book: Book, writer: Writer, paper: Path, tmp_path: Path
) -> None:
    book.close()
    acknowledged, seed = tmp_path / "acknowledged", random.randrange(2**32)  # noqa: S311 - no secrets here
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    print(f"seed {seed}")  # shown when the test fails
    for number in range(KILLS):
        child = writer("loop", book.folder, acknowledged, paper, number)
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
        time.sleep(chance.uniform(0.005, 0.25))
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
        there = whole(book.folder)
        known = acknowledged.read_text().splitlines() if acknowledged.exists() else []
        assert set(known) <= set(there)
        assert len(there) - 4 - len(known) <= 3 * (number + 1), (
            "more than one group a kill was recorded and not acknowledged"
        )
    assert len(there) > 4 + KILLS


@pytest.mark.parametrize("place", ["before-append", "before-commit"])
def test_a_step_cut_off_after_its_files_and_keys_were_stored_leaves_only_loose_files_and_can_be_tried_again(
    book: Book, writer: Writer, paper: Path, place: str
) -> None:
    book.close()
    child = writer("cut-off", book.folder, paper, "x", place)
    go(child)
    assert child.returncode == -signal.SIGKILL
    assert len(whole(book.folder)) == 4
    with Book(book.folder) as after:
        assert after.world.id("officer", "o-x") in after.vault.owners(), "the key had been stored"
        assert [fault.kind for fault in check(after)] == ["file-loose"] * 2, "the files had been stored"
    assert go(writer("race", book.folder, paper, "x")) == ["recorded 3"]
    assert len(whole(book.folder)) == 7
    with Book(book.folder) as after:  # the paper about nobody found its entry, the encrypted copy of it stays unused
        assert [fault.kind for fault in check(after)] == ["file-loose"]


def test_two_writers_of_one_key_exactly_one_succeeds_and_the_other_hears_the_rule(
    book: Book, writer: Writer, paper: Path
) -> None:
    book.close()
    for number in range(5):
        said = go(*[writer("race", book.folder, paper, f"k{number}") for _ in range(2)])
        assert sorted(said) == ["recorded 3", "refused core.once"]
        assert len(whole(book.folder)) == 4 + 3 * (number + 1)


def test_many_writers_of_different_keys_all_succeed_one_after_the_other(
    book: Book, writer: Writer, paper: Path
) -> None:
    book.close()
    said = go(*[writer("race", book.folder, paper, f"k{number}") for number in range(4)])
    assert said == ["recorded 3"] * 4
    assert len(whole(book.folder)) == 16


def test_a_second_writer_while_the_book_is_held_is_told_that_it_is_busy(
    book: Book, writer: Writer, unit_row: Callable[..., dict[str, Any]]
) -> None:
    book.close()
    holder = writer("hold", book.folder)
    with Book(book.folder, lock_timeout=1) as second:
        with pytest.raises(BusyError, match="đang được chương trình khác ghi") as error:
            second.record(unit_row("phong-b"))
        assert error.value.fix == "đợi một lát rồi làm lại"
        assert second.log.head() == 4
        assert second.view.keys("unit") == ["phong-a"]
        go(holder)
        assert second.record(unit_row("phong-b")).position == 5


def test_several_readers_make_the_view_at_once(book: Book, writer: Writer) -> None:
    book.close()
    for _ in range(3):
        (book.folder / "view.db").unlink(missing_ok=True)
        assert go(*[writer("view", book.folder) for _ in range(3)]) == ["view 1 4"] * 3
