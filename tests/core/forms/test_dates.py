"""Paper dates: as precise as their paper, and three answers to what came first."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.domain.dates import PaperDate, in_future, not_after, order, paper_date, show

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
PRECISE = DAYS.map(lambda day: PaperDate(day.year, day.month, day.day))
PAPER_DATES = st.one_of(
    PRECISE, DAYS.map(lambda day: PaperDate(day.year, day.month)), DAYS.map(lambda day: PaperDate(day.year))
)


@given(PAPER_DATES)
def test_a_date_is_read_back_from_its_stored_form_and_from_the_form_of_offices(date: PaperDate) -> None:
    assert paper_date(str(date)) == date
    assert paper_date(date.vietnamese) == date
    assert show(str(date)) == date.vietnamese


@given(PAPER_DATES)
def test_a_date_spans_all_the_days_it_can_be(date: PaperDate) -> None:
    days = (date.last - date.first).days + 1
    lengths = (1,) if date.day else (28, 29, 30, 31) if date.month else (365, 366)
    assert days in lengths
    assert order(str(date)) == date.first


@given(PAPER_DATES, PAPER_DATES, st.data())
def test_not_after_says_only_what_holds_for_every_day_the_two_dates_can_be(
    one: PaperDate, other: PaperDate, data: st.DataObject
) -> None:
    first, second = (data.draw(st.dates(date.first, date.last)) for date in (one, other))
    said = not_after(str(one), str(other))
    if said is not None:
        assert said is (first <= second)


@given(PRECISE, PRECISE)
def test_two_precise_dates_can_always_be_told_apart(one: PaperDate, other: PaperDate) -> None:
    assert not_after(str(one), str(other)) is (one.first <= other.first)


@given(PAPER_DATES, PAPER_DATES)
def test_the_two_directions_never_contradict_each_other(one: PaperDate, other: PaperDate) -> None:
    there, back = not_after(str(one), str(other)), not_after(str(other), str(one))
    assert (there, back) != (False, False)
    if there is False:
        assert back is True
    if there is True and back is True:
        assert one.first == one.last == other.first == other.last


@given(PAPER_DATES, PAPER_DATES, PAPER_DATES)
def test_not_after_is_transitive_where_it_is_sure(one: PaperDate, two: PaperDate, three: PaperDate) -> None:
    if not_after(str(one), str(two)) and not_after(str(two), str(three)):
        assert not_after(str(one), str(three))


@given(PAPER_DATES, DAYS)
def test_a_date_is_in_the_future_only_when_all_its_days_are(date: PaperDate, today: dt.date) -> None:
    assert in_future(str(date), today) is (date.first > today)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("2024-03", "2024-03", None),
        ("2024", "2024-12-31", True),
        ("2024", "2024-12-30", None),
        ("2024-03", "2024-03-01", None),
        ("2024-03-31", "2024-03", None),
        ("2024-04-01", "2024-03", False),
        ("2024-03-01", "2024-03", True),
        ("2024-03-05", "2024-03-05", True),
    ],
)
def test_the_edges_of_a_month_and_a_year(one: str, other: str, said: bool | None) -> None:
    assert not_after(one, other) is said


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("2024-03-05", "05/3/2024"),
        ("2024-01-02", "02/01/2024"),
        ("2024-02", "02/2024"),
        ("2024-11", "11/2024"),
        ("2024", "2024"),
        (None, "‹chưa rõ›"),
        ("", "‹chưa rõ›"),
    ],
)
def test_dates_are_shown_as_offices_write_them(stored: str | None, told: str) -> None:
    assert show(stored) == told


@pytest.mark.parametrize(
    "text", ["", "2024-", "2024-02-30", "31/4/2024", "1/13/2024", "2024/3/5", "5-3-2024", "2024-03-05T00:00", "0000"]
)
def test_other_texts_are_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        paper_date(text)
