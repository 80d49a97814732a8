"""Opening a book: what its first entries say, and that a refused one was never there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from guong.book import Book, Opening, Sample
from guong.errors import BookError, GuongError, RefusedError
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEX = re.compile("[0-9a-f]{32}")


def test_the_first_entry_says_who_opened_the_book_where_and_on_what_paper(book: Book) -> None:
    first, *rest = book.log.all()
    entry = first.entry
    assert entry is not None
    assert (first.position, first.version, first.topic) == (1, 1, "book.book_opened")
    assert entry.data == {
        "book": first.stream,
        "zone": "Asia/Ho_Chi_Minh",
        "sample": False,
        "officer": "nv-01",
        "unit": "phong-a",
    }
    assert (entry.by, entry.role, entry.unit, entry.occurred_on) == ("nv-01", "quan-tri", "phong-a", "2024-01-02")
    (paper,) = entry.basis
    assert (paper.kind, paper.number, paper.date, paper.issuer) == ("Quyết định", "01", "2024-01-02", "Phòng A")
    assert [one.topic for one in rest] == ["unit.unit_registered", "officer.officer_enrolled", "officer.role_granted"]
    entries = [one.entry for one in (first, *rest) if one.entry]
    assert len({one.correlation for one in entries}) == 1
    assert len({one.recorded_at for one in entries}) == 1
    assert len({one.id for one in entries} | {one.salt for one in entries}) == 8
    assert all(HEX.fullmatch(text) for one in entries for text in (one.id, one.salt, one.correlation))
    assert {one.made_with.channel for one in entries} == {"cli"}
    assert entry.seen is None


def test_two_books_opened_alike_share_no_id(tmp_path: Path, opening: Opening) -> None:
    with Book.create(tmp_path / "a", opening) as one, Book.create(tmp_path / "b", opening) as other:
        assert one.state.id != other.state.id
        assert {row.stream for row in one.log.all()}.isdisjoint(row.stream for row in other.log.all())


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"officer": "Trần Thị Thử"}, "Mã cán bộ"),
    ({"officer": "thu-tran-thi"}, "chứa họ tên"),
    ({"name": ""}, "Họ và tên"),
    ({"occurred_on": "2199-01-01"}, "ở sau hôm nay"),
    ({"occurred_on": "hôm nay"}, "phải là ngày"),
    ({"paper": {"number": "1", "date": "31/02/2024"}}, "phải là ngày"),
    ({"paper": {"nummer": "1"}}, "không có mục này"),
    ({"paper": {"number": "1", "file": "khong-co.pdf"}}, "không có tệp"),
]


@pytest.mark.parametrize(("changes", "why"), REFUSED)
@pytest.mark.parametrize("there", [True, False])
def test_a_book_whose_opening_is_refused_was_never_there(
    tmp_path: Path, opening: Opening, changes: dict[str, Any], why: str, there: bool
) -> None:
    folder = tmp_path / "so"
    if there:
        folder.mkdir()
    with pytest.raises(RefusedError, match=why):
        Book.create(folder, opening._replace(**changes))
    assert folder.exists() == there
    assert not there or list(folder.iterdir()) == []
    with Book.create(folder, opening) as book:
        assert book.log.head() == 4


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, opening: Opening, book: Book) -> None:
    (tmp_path / "thu").mkdir()
    (tmp_path / "thu" / "của tôi.txt").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "thu", tmp_path / "thu" / "của tôi.txt", book.folder):
        with pytest.raises(BookError, match="không trống"):
            Book.create(folder, opening)
    assert [path.name for path in (tmp_path / "thu").iterdir()] == ["của tôi.txt"]
    assert book.log.head() == 4


def test_nobody_can_turn_a_real_book_into_a_sample_or_a_sample_into_a_real_one(
    book: Book, sample: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONG_SAMPLE", "1")
    for made, flag, officer in ((book, False, "nv-01"), (sample, True, "noi-vu-01")):
        opened = made.log.read(0, 1)[0]
        assert opened.entry is not None
        envelope = {"by": officer, "occurred_on": "2024-06-01", "reason": "thử"}
        with pytest.raises(RefusedError, match="không có bước book_opened"):
            made.record({"step": "book_opened", **opened.entry.data, "sample": not flag, **envelope})
        for row in (
            {"step": "entry_corrected", "entry": opened.entry.id, "set": {"sample": not flag}, **envelope},
            {"step": "entry_corrected", "entry": "#1", "set": {"zone": "UTC"}, **envelope},
            {"step": "entry_voided", "entry": opened.entry.id, **envelope},
        ):
            try:
                made.record(row)
            except RefusedError:
                continue
        (made.folder / "guong.toml").write_text("sample = true\n", encoding="utf-8")
        made.close()
        (made.folder / "guong.toml").write_text("", encoding="utf-8")
        with Book(made.folder) as again:
            assert again.state.sample is flag
            assert again.state.zone == "Asia/Ho_Chi_Minh"
            assert again.state.id == opened.stream


def test_a_sample_book_says_so_in_every_entry_that_made_it(sample: Book) -> None:
    assert sample.state.sample
    assert {stored.entry.made_with.channel for stored in sample.log.all() if stored.entry} == {"sample"}


def test_the_sample_year_is_the_same_bytes_on_every_machine(sample: Book, tmp_path: Path) -> None:
    from guong.demo import demo
    from guong.plugins import Plugins

    with demo(tmp_path / "lai", Plugins(), "van-quan-2024") as again:
        assert [row.state for row in again.log.raw(0, 1000)] == [row.state for row in sample.log.raw(0, 1000)]


def test_a_refused_step_leaves_no_entry_no_key_and_no_file(
    book: Book, tmp_path: Path, fingerprints: Callable[[Path], dict[str, str]]
) -> None:
    assert book.view
    book.close()
    before = fingerprints(book.folder)
    with Book(book.folder) as again:
        good = {
            "step": "officer_enrolled",
            "key": "nv-02",
            "name": "Lò Văn Hai",
            "unit": "phong-a",
            "occurred_on": "2024-02-01",
            "by": "nv-01",
        }
        for bad in (
            {"unit": "phong-khong-co"},
            {"key": "nv-01"},
            {"by": "ai-do"},
            {"occurred_on": "2199"},
            {"key": "hai-lo-van"},
        ):
            with pytest.raises(RefusedError):
                again.record({**good, **bad})
        with pytest.raises(GuongError, match="không có dòng nào để ghi"):
            again.record_all(list, Order())
    assert fingerprints(book.folder) == before


def test_a_sample_may_not_be_made_a_real_book_by_leaving_its_clock_out(tmp_path: Path, opening: Opening) -> None:
    import datetime as dt

    sample = Sample(lambda: dt.datetime(2024, 3, 1, tzinfo=dt.UTC), bytes)
    with Book.create(tmp_path / "so", opening, sample=sample):
        pass
    with Book(tmp_path / "so") as again:
        assert again.state.sample
