"""What people type for a moment; searching; paging entries; what changed between two moments."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from guong.book import Book
from guong.errors import UsageError
from guong.text import fold
from guong.view import changes, entries, listing, moments
from guong.view.moments import Moment
from guong.view.search import marked, search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ADMIN = {"by": "noi-vu-01", "as_role": "quan-tri", "in_unit": "phong-noi-vu"}


@pytest.mark.parametrize("text", ["30/11/2024", "2024-11-30", "30/11/2024 23:59", "2024-11-30T23:59"])
def test_a_day_ends_when_it_ends_in_the_zone_of_the_book(sample: Book, text: str) -> None:
    position = moments.stood(sample.view, text, ZONE).position
    last, following = sample.view.recorded(position), sample.view.recorded(position + 1)
    midnight = dt.datetime(2024, 12, 1, tzinfo=ZONE)
    assert last is not None
    assert following is not None
    assert last < midnight <= following


def test_a_minute_takes_in_its_entries_and_no_more(sample: Book) -> None:
    time = sample.view.recorded(200)
    assert time is not None
    here = time.astimezone(ZONE)
    assert moments.stood(sample.view, f"{here:%d/%m/%Y %H:%M}", ZONE).position == 200
    assert moments.stood(sample.view, f"{here - dt.timedelta(minutes=1):%d/%m/%Y %H:%M}", ZONE).position == 199


@pytest.mark.parametrize(("text", "says"), [
    ("#0", "không có mục"), ("#761", "từ #1 đến #760"), ("#x", "không phải là số"), ("hôm nay", "không phải là một ngày"),
    ("11/2024", "chưa nêu ngày nào"), ("1/1/2199", "chưa đến"), ("1/1/1999", "trước khi sổ được mở"), ("30/11/2024 25:00", "giờ"),
    ("#" + "9" * 40, "không có mục"),
])  # fmt: skip
def test_what_is_no_moment_of_the_book_is_refused_with_what_would_be_one(sample: Book, text: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        moments.stood(sample.view, text, ZONE)
    assert says in f"{error.value.message}; {error.value.fix}"
    assert error.value.fix


def test_the_view_at_a_position_is_that_of_a_book_that_ends_there(sample: Book) -> None:
    view = sample.view
    now = listing.page(view, Moment(view.head), limit=1000).rows
    assert [row.id for row in now] == [row.id for row in view.exemplars()]
    assert listing.page(view, Moment(1)).rows == []


@pytest.mark.parametrize("sort", listing.SORTS)
@pytest.mark.parametrize("moment", [Moment(354), Moment(250), Moment(354, "2024-09-30")])
def test_pages_are_the_whole_list_cut(sample: Book, sort: str, moment: Moment) -> None:
    view = sample.view
    whole = listing.page(view, moment, sort=sort, limit=1000)
    assert whole.following is None
    assert len(whole.rows) >= 16
    assert listing.count(view, moment) == len(whole.rows)
    cut: list[Any] = []
    after: tuple[str | int, ...] | None = None
    while True:
        page = listing.page(view, moment, sort=sort, after=after, limit=3)
        cut += page.rows
        after = page.following
        if after is None:
            break
    assert cut == whole.rows
    if sort in ("lead", "unit", "field"):
        assert [getattr(row, sort) for row in cut] == sorted(getattr(row, sort) for row in cut)
    if sort == "moved":
        assert [row.moved for row in cut] == sorted((row.moved for row in cut), reverse=True)


@pytest.mark.parametrize("moment", [Moment(354), Moment(250), Moment(354, "2024-09-30")])
def test_filters_keep_what_they_name_and_nothing_else(sample: Book, moment: Moment) -> None:
    view = sample.view
    whole = listing.page(view, moment, limit=1000).rows
    for name in listing.Wanted._fields:
        for value in {getattr(row, name) for row in whole} - {""}:
            for sort in listing.SORTS:
                wanted = listing.Wanted(**{name: value})
                found = listing.page(view, moment, wanted, sort=sort, limit=1000).rows
                assert sorted(row.position for row in found) == [
                    row.position for row in whole if getattr(row, name) == value
                ]
            assert listing.count(view, moment, wanted) == len(found)
    both = listing.Wanted(stage=whole[0].stage, lead=whole[0].lead, officer=whole[0].officer, field=whole[0].field)
    keys = ("stage", "lead", "officer", "field")
    same = [row for row in whole if all(getattr(row, key) == getattr(whole[0], key) for key in keys)]
    assert listing.page(view, moment, both, limit=1000).rows == same


def test_entries_are_paged_filtered_and_counted_by_what_they_say(sample: Book) -> None:
    view = sample.view
    stored = list(sample.log.all())
    assert [row.position for row in entries.page_after(view, 0, limit=1000)] == [one.position for one in stored]
    assert [row.position for row in entries.page_before(view, 100, limit=5)] == [95, 96, 97, 98, 99]
    alike: dict[entries.Wanted, Callable[[Any], bool]] = {
        entries.Wanted(step="supported"): lambda e: e.step == "supported",
        entries.Wanted(unit="phong-nn-ptnt", field="nong-thon-moi"): lambda e: e.unit == "phong-nn-ptnt" and e.field is not None,
        entries.Wanted(officer="nnptnt-01"): lambda e: e.by == "nnptnt-01",
        entries.Wanted(remarked=True): lambda e: bool(e.remarks),
        entries.Wanted(happened_since="2024-11-05", happened_until="2024-11-20"): lambda e: "2024-11-05" <= e.occurred_on <= "2024-11-20"
        or e.occurred_on in ("2024-11", "2024"),
        entries.Wanted(missing=("nong-thon-moi",)): lambda e: e.field is not None and e.field.key == "nong-thon-moi",
    }  # fmt: skip
    for wanted, says in alike.items():
        right = [one.position for one in stored if one.entry and says(one.entry)]
        assert right, wanted
        assert [row.position for row in entries.page_after(view, 0, wanted, limit=1000)] == right, wanted
        assert entries.count(view, wanted) == len(right)
        assert entries.following(view, right[0], wanted) == (right[1] if len(right) > 1 else 0)
        assert entries.preceding(view, right[-1], wanted) == (right[-2] if len(right) > 1 else 0)
        for line in (entries.density(view, 7, wanted), entries.over_time(view, 7, wanted)):
            assert sum(bucket.entries for bucket in line) == len(right)
            for bucket in line:
                assert bucket.entries == sum(bucket.first <= position <= bucket.last for position in right)
    assert sum(bucket.entries for bucket in entries.over_time(view, 11)) == len(stored)


def test_the_entries_of_an_exemplar_are_its_own_and_those_about_its_subject(sample: Book) -> None:
    row = sample.view.exemplars()[0]
    right = sorted(one.position for stream in (row.id, row.subject) for one in sample.log.stream(stream))
    found = entries.page_after(sample.view, 0, entries.Wanted(exemplar=row.id), limit=1000)
    assert [one.position for one in found] == right


def test_a_delay_is_the_days_from_the_last_day_it_can_have_happened(sample: Book) -> None:
    for row in entries.page_after(sample.view, 0, limit=1000):
        if len(row.occurred_on) == 10:
            day = row.recorded_at.astimezone(ZONE).date()
            assert row.delay == max(0, (day - dt.date.fromisoformat(row.occurred_on)).days)


def test_what_changed_is_the_difference_of_the_two_moments(sample: Book) -> None:
    view = sample.view
    for before, after in (
        (Moment(1), Moment(354)),
        (Moment(200), Moment(321)),
        (Moment(354, "2024-06-30"), Moment(354, "2024-11-30")),
    ):
        found = changes.between(view, before, after)
        was, now = ({row.id: row for row in listing.page(view, moment, limit=1000).rows} for moment in (before, after))
        assert {one.after.id for one in found.added if one.after} == now.keys() - was.keys()
        told = {one.before.id for one in (*found.moved, *found.ended) if one.before}
        assert told == {
            id_
            for id_, row in was.items()
            if id_ not in now or now[id_][2:9] != row[2:9] or now[id_].officer != row.officer
        }
        assert len(list(changes.entries(view, before, after))) == found.entries
    with pytest.raises(UsageError, match="thời điểm"):
        changes.between(view, Moment(300), Moment(200))
    with pytest.raises(UsageError, match="thời điểm"):
        changes.between(view, Moment(100), Moment(354, "2024-11-30"))


def test_a_name_is_found_with_and_without_diacritics_in_any_order(sample: Book) -> None:
    for query in ("Nông Thị Mẫu", "nong thi mau", "MAU nông", "Đinh Văn Giảng", "dinh van giang"):
        found = search(sample.view, query)
        assert found.positions, query
        for position in found.positions:
            stored = sample.log.read(position - 1, 1)[0]
            assert stored.entry is not None
            opened = str([sample.reveal(owner, text) for owner, text in stored.entry.sealed.items()]) + str(
                stored.entry
            )
            assert all(word in fold(opened) for word in fold(query).split()), query
    assert search(sample.view, "khongcotunay").positions == []
    assert search(sample.view, "…").positions == []


def test_hits_come_in_pages_the_latest_first(sample: Book) -> None:
    whole = search(sample.view, "ubnd", limit=500)
    assert not whole.more
    assert whole.positions == sorted(whole.positions, reverse=True)
    cut: list[int] = []
    while True:
        page = search(sample.view, "ubnd", before=cut[-1] if cut else 0, limit=4)
        cut += page.positions
        if not page.more:
            break
    assert cut == whole.positions


def test_words_are_marked_where_they_stand() -> None:
    text = "Hộ ông Nguyễn Văn Điều, xã Điềm He; dieu"
    assert [text[start:end] for start, end in marked(text, "nguyen điều")] == ["Nguyễn", "Điều", "dieu"]


def test_without_the_keys_only_what_stands_in_clear_is_found(sample: Book) -> None:
    sample.close()
    (sample.folder / "keys.db").unlink()
    with Book(sample.folder) as book:
        assert not search(book.view, "nong thi mau").sealed
        assert search(book.view, "nong thi mau").positions == []
        assert search(book.view, "ubnd").positions


def numbers(book: Book, text: str) -> list[bytes]:
    """Return how the words of a text stand in the view, as SQLite writes them."""
    return [struct.pack(">q", number) for number in book.view.words.numbers(text)]


def test_an_erasure_leaves_no_word_in_the_view_or_beside_it(sample: Book) -> None:
    told = {
        "kind": "person",
        "name": "Vi Thị Quắcthước",
        "unit": "xa-diem-he",
        "about": "Ngườilạ",
        "occurred_on": "2025-01-09",
    }
    made = sample.record({"step": "subject_registered", **told, **ADMIN})
    words = numbers(sample, "Quắcthước Ngườilạ")
    assert search(sample.view, "quacthuoc NGUOILA").positions == [made.position]
    assert all(one in raw(sample.folder) for one in words)
    paper = {"kind": "Đơn", "number": "1", "date": "2025-01-05", "issuer": "đương sự"}
    sample.record({
        "step": "personal_data_erased", "subject": made.stream, "scope": "all", "basis": "yêu cầu", "occurred_on": "2025-01-10",
        "papers": [paper], **ADMIN,
    })  # fmt: skip
    while_open = raw(sample.folder)
    assert search(sample.view, "vi thi quacthuoc").positions == []
    sample.close()
    assert not [one for one in words if one in while_open or one in raw(sample.folder)]


def raw(folder: Path) -> bytes:
    """Return the bytes of the view and the files beside it."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.glob("view.db*")))
