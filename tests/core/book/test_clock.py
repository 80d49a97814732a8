"""The clock: what is recorded never runs backwards, great jumps need a reason, and a day is a day of the book's zone."""

from __future__ import annotations

import datetime as dt
import os
import random
from typing import TYPE_CHECKING

import pytest

from guong.book import Book, Opening, Sample
from guong.cli import run
from guong.errors import BookError, RefusedError
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from guong.domain.entry import Entry

START = dt.datetime(2024, 6, 1, 5, tzinfo=dt.UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move from the start of the test."""
        self.now = START + dt.timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the machine, as real books read it."""
    made = Clock()
    monkeypatch.setattr("guong.book.utc_now", made)
    return made


@pytest.fixture
def clocked(clock: Clock, tmp_path: Path, opening: Opening) -> Iterator[Book]:
    """Return a small real book opened at START."""
    with Book.create(tmp_path / "so", opening) as made:
        yield made


def last(book: Book) -> Entry:
    """Return the last entry."""
    entry = book.log.read(book.log.head() - 1, 1)[0].entry
    assert entry is not None
    return entry


def test_an_entry_carries_the_time_of_the_clock_in_utc(
    clocked: Book, clock: Clock, unit_row: Callable[..., dict[str, Any]]
) -> None:
    clock.now = dt.datetime(2024, 6, 1, 20, 30, 15, 123456, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    clocked.record(unit_row("phong-b"))
    entry = last(clocked)
    assert entry.recorded_at == "2024-06-01T13:30:15.123456Z"
    assert (entry.clock_read, entry.clock_reason, entry.remarks) == (None, None, ())


def test_a_clock_set_back_a_little_keeps_the_last_time_and_leaves_a_remark(
    clocked: Book, clock: Clock, unit_row: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    clock.move(seconds=-90)
    clocked.record(unit_row("phong-b"))
    entry = last(clocked)
    assert entry.recorded_at == "2024-06-01T05:00:00.000000Z"
    assert entry.clock_read == "2024-06-01T04:58:30.000000Z"
    assert [(one.code, one.figures) for one in entry.remarks] == [("core.clock-back", {"seconds": 90})]
    clocked.close()
    assert run(["-C", str(clocked.folder), "replay"]) == 0
    assert "đồng hồ máy chạy lùi 90 giây so với mục trước" in capsys.readouterr().out


@pytest.mark.parametrize(("by", "refused"), [
    ({"days": -1}, False), ({"days": -1, "seconds": -1}, True), ({"days": -365}, True), ({"days": -9000}, True),
    ({"days": 400}, False), ({"days": 400, "seconds": 1}, True), ({"days": 3650}, True),
])  # fmt: skip
def test_a_great_jump_of_the_clock_is_refused_without_a_reason(
    clocked: Book, clock: Clock, unit_row: Callable[..., dict[str, Any]], by: dict[str, float], refused: bool
) -> None:
    clock.move(**by)
    if not refused:
        assert clocked.record(unit_row("phong-b")).position == 5
        return
    for order in (Order(), Order(dry_run=True)):
        with pytest.raises(RefusedError, match="mục trước được ghi lúc 01/06/2024 12:00") as error:
            clocked.record(unit_row("phong-b", occurred_on="1995"), order)
        (problem,) = [one for _, one in error.value.problems]
        assert problem.code == "core.clock"
        assert "--clock-reason" in problem.fix
    assert clocked.log.head() == 4


@pytest.mark.parametrize(("days", "remark", "figures"), [
    (-30, "core.clock-back", {"seconds": 30 * 86400}), (500, "core.clock-ahead", {"days": 500}),
])  # fmt: skip
def test_a_great_jump_with_a_reason_is_recorded_with_it(
    clocked: Book,
    clock: Clock,
    unit_row: Callable[..., dict[str, Any]],
    days: int,
    remark: str,
    figures: dict[str, int],
) -> None:
    clock.move(days=days)
    clocked.record(unit_row("phong-b"), Order(clock_reason="pin đồng hồ hết"))
    entry = last(clocked)
    assert entry.clock_reason == "pin đồng hồ hết"
    assert (remark, figures) in [(one.code, one.figures) for one in entry.remarks]
    assert entry.recorded_at == ("2024-06-01T05:00:00.000000Z" if days < 0 else "2025-10-14T05:00:00.000000Z")
    assert entry.clock_read == ("2024-05-02T05:00:00.000000Z" if days < 0 else None)


def test_a_reason_that_is_not_needed_is_not_kept(
    clocked: Book, clock: Clock, unit_row: Callable[..., dict[str, Any]]
) -> None:
    clock.move(hours=1)
    clocked.record(unit_row("phong-b"), Order(clock_reason="phòng xa"))
    assert last(clocked).clock_reason is None


def test_a_far_clock_does_not_come_back_unseen_after_a_jump_ahead(
    clocked: Book, clock: Clock, unit_row: Callable[..., dict[str, Any]]
) -> None:
    clock.move(days=500)
    clocked.record(unit_row("phong-b"), Order(clock_reason="thử"))
    clock.move(days=1)
    with pytest.raises(RefusedError, match="đồng hồ máy đang chỉ"):
        clocked.record(unit_row("phong-c"))


def test_a_sample_book_may_be_carried_on_years_later_but_not_back(
    sample_year: Path, tmp_path: Path, unit_row: Callable[..., dict[str, Any]]
) -> None:
    import shutil

    shutil.copytree(sample_year, tmp_path / "so")
    clock = Clock()
    with Book(tmp_path / "so", sample=Sample(clock, os.urandom)) as book:
        clock.now = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
        book.record(unit_row("to-1", by="noi-vu-01"))
        clock.now -= dt.timedelta(days=2)
        with pytest.raises(RefusedError, match="mục trước được ghi lúc"):
            book.record(unit_row("to-2", by="noi-vu-01"))


def test_recorded_at_never_decreases_whatever_the_clock_does(
    sample_year: Path, tmp_path: Path, unit_row: Callable[..., dict[str, Any]]
) -> None:
    import shutil

    shutil.copytree(sample_year, tmp_path / "so")
    clock, seed = Clock(), random.randrange(2**32)  # noqa: S311 - no secrets here
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    print(f"seed {seed}")
    with Book(tmp_path / "so", sample=Sample(clock, os.urandom)) as book:
        before, start = last(book).recorded_at, book.log.head()
        for number in range(60):
            scale = chance.choice((1, 3600, 86_400, 400 * 86_400))
            clock.now += dt.timedelta(seconds=chance.uniform(-1, 1.2) * scale)
            reason = chance.choice(("", "có lý do"))
            try:
                book.record(unit_row(f"to-{number}", by="noi-vu-01", occurred_on="2024"), Order(clock_reason=reason))
            except RefusedError as error:
                codes = {one.code for _, one in error.problems}
                assert codes == {"core.clock"} or (codes == {"core.future"} and clock.now.year < 2024)
                assert not reason or codes == {"core.future"}
                continue
            entry, now = last(book), clock.now.isoformat(timespec="microseconds").replace("+00:00", "Z")
            assert entry.recorded_at == max(before, now)
            assert entry.clock_read == (now if now < before else None)
            before = entry.recorded_at
        times = [stored.entry.recorded_at for stored in book.log.all() if stored.entry]
        assert times == sorted(times)
        assert book.log.head() > start + 10


def test_a_real_book_takes_neither_clock_nor_randomness_from_outside(
    book: Book, fingerprints: Callable[[Path], dict[str, str]]
) -> None:
    book.close()
    before = fingerprints(book.folder)
    with pytest.raises(BookError, match="sổ thật không nhận đồng hồ hay số ngẫu nhiên từ ngoài"):
        Book(book.folder, sample=Sample(Clock(), lambda count: b"\0" * count))
    assert fingerprints(book.folder) == before


def test_what_has_not_happened_yet_is_refused(clocked: Book, unit_row: Callable[..., dict[str, Any]]) -> None:
    for date in ("2024-06-02", "2024-07", "2025"):
        with pytest.raises(RefusedError, match="ở sau hôm nay") as error:
            clocked.record(unit_row("phong-b", occurred_on=date))
        assert [one.code for _, one in error.value.problems] == ["core.future"]
    for number, date in enumerate(("2024-06-01", "2024-06", "2024")):
        assert clocked.record(unit_row(f"phong-{number}", occurred_on=date)).position == 5 + number


@pytest.mark.parametrize(("zone", "minute_before", "midnight"), [
    ("Asia/Ho_Chi_Minh", "2024-06-30T16:59:59", "2024-06-30T17:00:00"),
    ("Pacific/Honolulu", "2024-07-01T09:59:59", "2024-07-01T10:00:00"),
    ("UTC", "2024-06-30T23:59:59", "2024-07-01T00:00:00"),
])  # fmt: skip
def test_a_day_begins_at_midnight_in_the_book_s_own_zone(
    clock: Clock, tmp_path: Path, opening: Opening, unit_row: Callable[..., dict[str, Any]], zone: str,
    minute_before: str, midnight: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    import time

    monkeypatch.setenv("TZ", "America/New_York")  # the machine's own zone has no say
    time.tzset()
    with Book.create(tmp_path / "so", opening._replace(zone=zone)) as book:
        clock.now = dt.datetime.fromisoformat(minute_before).replace(tzinfo=dt.UTC)
        with pytest.raises(RefusedError, match="ở sau hôm nay"):
            book.record(unit_row("phong-b", occurred_on="2024-07-01"))
        clock.now = dt.datetime.fromisoformat(midnight).replace(tzinfo=dt.UTC)
        assert book.record(unit_row("phong-b", occurred_on="2024-07-01")).position == 5
    monkeypatch.undo()
    time.tzset()
