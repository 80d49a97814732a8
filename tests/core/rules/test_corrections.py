"""Corrections and voidings: what counts changes, what was written stays, and a rule is never got round by them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.domain.corrections import effective, fold, rewrites, voided
from guong.domain.dates import order
from guong.domain.entry import Entry, FieldPart, MadeWith, Stored
from guong.domain.exemplar import Exemplar, evolve, stage
from guong.domain.streams import STEPS, of_exemplar
from guong.errors import RefusedError

Row = dict[str, Any]
PAPER = {"number": "05", "date": "2024-04-10", "issuer": "Nơi A"}
ALL = {"a.1": "met", "a.2": "met", "a.3": "met", "a.4": "met", "chung.1": "met"}


def supported(**answers: Any) -> Row:
    """Return a row of support for `@e`."""
    return {
        "step": "supported",
        "exemplar": "@e",
        "kind": "visit",
        "what": "Thăm nhà",
        "occurred_on": "2024-04-10",
        "by": "nv-02",
        "label": "@s",
        **answers,
    }


def corrects(entry: str, **answers: Any) -> Row:
    """Return a row that corrects an entry."""
    return {
        "step": "entry_corrected",
        "entry": entry,
        "reason": "ghi nhầm",
        "occurred_on": "2024-04-12",
        "by": "nv-02",
        **answers,
    }


def voids(entry: str, **answers: Any) -> Row:
    """Return a row that voids an entry."""
    return {
        "step": "entry_voided",
        "entry": entry,
        "reason": "ghi nhầm",
        "occurred_on": "2024-04-12",
        "by": "nv-02",
        **answers,
    }


def reviewed(**answers: Any) -> Row:
    """Return a row that reviews `@e` as passed."""
    return {
        "step": "reviewed",
        "exemplar": "@e",
        "result": "passed",
        "criteria": ALL,
        "occurred_on": "2024-04-10",
        "by": "nv-02",
        "papers": [PAPER],
        "label": "@r",
        **answers,
    }


def codes(small: Any, row: Row) -> list[str]:
    """Return the codes that refuse a row."""
    before = small.book.log.head()
    with pytest.raises(RefusedError) as refused:
        small.record(row)
    assert small.book.log.head() == before
    return [problem.code for _, problem in refused.value.problems]


def entry(small: Any, label: str) -> Entry:
    """Return an entry as it stands in the log."""
    found: Entry = next(one.entry for one in small.book.log.all() if one.entry and one.entry.id == small.ids[label])
    return found


def support(small: Any) -> Any:
    """Return the one support of `@e` that counts, as corrected."""
    entries = [one.entry for one in effective(small.book.log.stream(small.ids["@e"]))]
    (kept,) = [entry for entry in entries if entry is not None and entry.step == "supported"]
    return kept


def test_a_corrected_answer_counts_and_the_first_one_stays_in_the_log(small: Any) -> None:
    small.record(reviewed())
    small.record(corrects("@r", set={"result": "failed"}, label="@c"))
    assert small.exemplar().marks["reviewed"].value == "failed"
    assert entry(small, "@r").data["result"] == "passed"
    assert entry(small, "@c").data["set"] == {"result": "failed"}


def test_a_corrected_day_counts_and_the_first_one_stays_in_the_log(small: Any) -> None:
    small.record(supported())
    small.record(corrects("@s", happened_on="11/4/2024"))
    assert small.exemplar().marks["supported"].on == "2024-04-11"
    assert entry(small, "@s").occurred_on == "2024-04-10"


def test_the_last_of_two_corrections_wins_and_voiding_it_brings_back_the_one_before(small: Any) -> None:
    small.record(supported())
    small.record(corrects("@s", happened_on="2024-04-11"))
    small.record(corrects("@s", happened_on="2024-04-12", label="@c"))
    assert small.exemplar().marks["supported"].on == "2024-04-12"
    small.record(voids("@c"))
    assert small.exemplar().marks["supported"].on == "2024-04-11"


def test_a_corrected_personal_answer_is_sealed_and_opens_as_corrected(small: Any) -> None:
    small.record(supported())
    small.record(corrects("@s", set={"what": "Thăm ông Đỗ Văn Tốt"}))
    kept = support(small)
    ((owner, sealed),) = kept.sealed.items()
    assert small.book.reveal(owner, sealed)["data"]["what"] == "Thăm ông Đỗ Văn Tốt"
    raw = b"".join(row.state for row in small.book.log.raw(limit=10_000))
    assert "Đỗ Văn Tốt".encode() not in raw
    assert "Thăm".encode() not in raw


def test_a_correction_of_a_correction_is_refused_so_that_nothing_personal_can_slip_past_the_seal(small: Any) -> None:
    small.record(supported())
    small.record(corrects("@s", set={"kind": "task"}, label="@c"))
    assert codes(small, corrects("@c", set={"what": "Thăm ông Đỗ Văn Tốt"})) == ["core.target"]


def test_a_field_s_answer_is_corrected_under_its_own_form(small: Any) -> None:
    small.record(supported(details={"so_buoi": 3}))
    small.record(corrects("@s", details={"so_buoi": "4"}))
    kept = support(small)
    assert kept.field.details == {"so_buoi": 4}
    assert "form.wrong" in codes(small, corrects("@s", details={"so_buoi": "bốn"}))
    assert codes(small, corrects("@s", details={"so_bui": 4}))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (corrects("@r", set={"criteria": {**ALL, "a.1": "not_met"}}), "core.mandatory"),
        (corrects("@r", set={"votes_for": 9, "present": 3}), "core.votes"),
        (corrects("@r", happened_on="2024-05-01"), "core.future"),
        (corrects("@r", happened_on="tháng tư"), "form.wrong"),
        (corrects("@r", set={"result": "tốt"}), "form.wrong"),
        (corrects("@r", set={"resulted": "failed"}), "form.unknown"),
        (corrects("@r"), "form.required"),
        (corrects("@r", set={"result": "failed"}, reason=""), "core.reason"),
        (corrects("@s", details={"so_buoi": 101}), "linh-vuc-a.many"),
        (corrects("@s", happened_on="2024-03-09"), "core.order"),
        (corrects("@s", set=["kind"]), "form.wrong"),
        (corrects("@s", set="kind"), "form.wrong"),
    ],
)
def test_correcting_into_something_that_a_rule_or_the_form_refuses_is_refused(small: Any, row: Row, code: str) -> None:
    small.record(supported())
    small.record(reviewed())
    assert code in codes(small, row)


def test_a_voided_entry_does_not_count_and_voiding_the_voiding_brings_it_back(small: Any) -> None:
    small.record(supported())
    small.record(voids("@s", label="@v"))
    assert "supported" not in small.exemplar().marks
    small.record(voids("@v", label="@vv"))
    assert small.exemplar().marks["supported"].count == 1
    small.record(voids("@vv"))
    assert "supported" not in small.exemplar().marks
    assert entry(small, "@s").step == "supported"


def test_an_entry_that_was_brought_back_can_be_corrected_and_voided_again(small: Any) -> None:
    small.record(supported())
    small.record(voids("@s", label="@v"))
    small.record(voids("@v"))
    small.record(corrects("@s", happened_on="2024-04-11"))
    assert small.exemplar().marks["supported"].on == "2024-04-11"
    small.record(voids("@s"))
    assert "supported" not in small.exemplar().marks


def test_a_voided_review_is_no_review_for_the_steps_that_need_one(small: Any) -> None:
    introduced = {
        "step": "introduced",
        "exemplar": "@e",
        "purpose": "reward",
        "to": "phong-b",
        "occurred_on": "2024-04-11",
        "by": "nv-02",
        "papers": [PAPER],
    }
    small.record(reviewed())
    small.record(introduced, dry_run=True)
    small.record(voids("@r", label="@v"))
    assert codes(small, introduced) == ["core.order"]
    small.record(voids("@v"))
    small.record(introduced)


def test_the_first_entry_can_be_voided_once_all_later_ones_are_and_then_begun_anew(small: Any) -> None:
    small.ids["@d"] = small.book.log.stream(small.ids["@e"])[0].entry.id
    small.record(supported())
    assert codes(small, voids("@d")) == ["core.first"]
    small.record(voids("@s"))
    small.record(voids("@d"))
    assert small.book.view.state(small.ids["@e"]) is None
    assert small.book.view.exemplars() == []
    discovered = {
        "step": "discovered",
        "subject": "@nguoi",
        "field": "linh-vuc-a",
        "source": "inspection",
        "achievement": "Sửa đường",
        "lead": "phong-c",
        "occurred_on": "2024-03-12",
        "by": "nv-02",
        "reason": "mục đầu ghi nhầm",
    }
    small.record(discovered)
    assert (small.exemplar().lead, small.exemplar().marks["discovered"].on) == ("phong-c", "2024-03-12")


def test_a_key_that_other_streams_use_cannot_be_corrected_away(small: Any) -> None:
    (unit,) = [one.entry for one in small.book.log.all() if one.entry and one.entry.data.get("key") == "phong-b"]
    assert codes(small, {**corrects(unit.id, set={"key": "phong-moi"}), "by": "nv-01"}) == ["core.identity"]
    small.record({**corrects(unit.id, set={"name": "Phòng Mới"}), "by": "nv-01"})
    assert [one.name for one in small.book.view.states("unit") if one.key == "phong-b"] == ["Phòng Mới"]


def test_what_other_streams_rest_on_cannot_be_voided(small: Any) -> None:
    (subject,) = [one.entry for one in small.book.log.stream(small.ids["@nguoi"]) if one.entry]
    assert codes(small, voids(subject.id)) == ["core.first"]


def test_the_opening_of_the_book_cannot_be_voided(small: Any) -> None:
    (opened,) = [one.entry for one in small.book.log.all() if one.entry and one.entry.step == "book_opened"]
    assert codes(small, {**voids(opened.id), "by": "nv-01"}) == ["core.target", "core.first"]


VALUES = {
    "assessed": ("clear", "partial"),
    "reviewed": ("passed", "failed"),
    "introduced": ("reward", "publicity"),
    "honour_decided": ("praise", "award"),
}
LOOSE = [one for one in of_exemplar() if one.within is None or one.opens]
"""Steps that need no thread to be there before them."""
DATES = ("2024", "2024-03", "2024-03-05", "2024-03-31", "2024-04", "2024-04-01", "2023-12-31")


def stored(position: int, step: str, on: str, value: str = "") -> Stored:
    """Return an entry of an exemplar at a position of the log."""
    key = next((one.value for one in LOOSE if one.key == step), "")
    data: dict[str, Any] = {"criterion": "a.1", "finding": "met"} if step == "criterion_assessed" else {}
    if key and value:
        data = {key: value}
    if step == "discovered":
        data = {"subject": "s", "lead": "phong-b", "field": "linh-vuc-a"}
    entry = Entry(
        id=f"{position:032x}",
        salt="0" * 32,
        seen=None,
        step=step,
        v=1,
        recorded_at="2024-05-01T00:00:00.000000Z",
        occurred_on=on,
        by="nv-02",
        role="theo-doi",
        unit="phong-b",
        correlation="0" * 32,
        made_with=MadeWith(version="0", channel="cli"),
        data={**data, **({"officer": f"nv-{position}"} if step == "officer_assigned" else {})},
        plan="p",
        field=FieldPart(key="linh-vuc-a", declaration="x"),
    )
    return Stored(position=position, stream="e" * 32, version=position, topic=f"exemplar.{step}", entry=entry)


@st.composite
def lives(draw: st.DrawFn) -> list[Stored]:
    """Draw the entries of an exemplar after its discovery."""
    steps = draw(st.lists(st.sampled_from([one.key for one in LOOSE]), max_size=12))
    return [
        stored(position, step, draw(st.sampled_from(DATES)), draw(st.sampled_from(VALUES.get(step, ("",)))))
        for position, step in enumerate(steps, start=2)
    ]


def marks_after(entries: list[Stored]) -> Exemplar:
    """Return the state after a discovery and these entries."""
    state = evolve(None, stored(1, "discovered", "2024-03"))
    for one in entries:
        state = evolve(state, one)
    assert state is not None
    return state


@given(lives().flatmap(lambda life: st.tuples(st.just(life), st.permutations(life))))
def test_the_marks_of_an_exemplar_do_not_depend_on_the_order_of_its_entries(
    lives: tuple[list[Stored], list[Stored]],
) -> None:
    straight, shuffled = (marks_after(life) for life in lives)
    assert straight.marks == shuffled.marks
    assert straight.officer == shuffled.officer
    assert straight.threads == shuffled.threads
    assert stage(straight) == stage(shuffled)


@given(lives())
def test_a_mark_counts_every_time_and_knows_the_first_and_the_last(life: list[Stored]) -> None:
    entries = [stored(1, "discovered", "2024-03"), *life]
    for name, mark in marks_after(life).marks.items():
        step = next(one for one in LOOSE if one.mark == name)
        same = [one for one in entries if one.entry and one.entry.step == step.key]
        days = [order(one.entry.occurred_on) for one in same if one.entry]
        assert mark.count == len(same)
        assert (order(mark.first), order(mark.on)) == (min(days), max(days))
        last = max(
            (order(one.entry.occurred_on), one.position, one.entry.data.get(step.value)) for one in same if one.entry
        )
        assert (mark.position, mark.value) == (last[1], last[2])


@given(lives(), st.data())
def test_folding_with_voidings_is_folding_without_what_they_void(life: list[Stored], data: st.DataObject) -> None:
    entries = [stored(1, "discovered", "2024-03"), *life]
    position = len(entries)
    for _ in range(data.draw(st.integers(0, 6))):
        position += 1
        target = data.draw(st.integers(2, position - 1)) if position > 2 else 1
        voiding = stored(position, "discovered", "2024-05-01")
        assert voiding.entry is not None
        void = msgspec.structs.replace(voiding.entry, step="entry_voided", data={"entry": f"{target:032x}"}, field=None)
        entries.append(msgspec.structs.replace(voiding, topic="exemplar.entry_voided", entry=void))
    gone: set[int] = set()
    for one in reversed(entries):
        if one.entry and one.entry.step == "entry_voided" and one.position not in gone:
            gone.add(int(one.entry.data["entry"], 16))
    assert voided(entries) == {f"{position:032x}" for position in gone}
    left = [one for one in entries if one.position not in gone and one.entry and one.entry.step != "entry_voided"]
    assert effective(entries) == left
    assert fold(evolve, entries) == fold(evolve, left)


THREADED = [one for one in of_exemplar() if one.within is not None]
"""Steps that may belong to a thread."""


def written(position: int, step: str, on: str, data: dict[str, Any]) -> Stored:
    """Return an entry of an exemplar with these answers; a correction or a voiding too."""
    one = stored(position, step, on)
    assert one.entry is not None
    return msgspec.structs.replace(one, entry=msgspec.structs.replace(one.entry, data={**one.entry.data, **data}))


def follows(draw: st.DrawFn, position: int, before: list[Stored]) -> Stored | None:
    """Draw a step of a thread that an entry before opened, not dated before it; None where none was opened."""
    openers = [one for one in before if one.entry and (step := STEPS.get(one.entry.step)) and step.opens]
    if not openers:
        return None
    opener = draw(st.sampled_from(openers)).entry
    assert opener is not None
    kind = STEPS[opener.step].opens
    step = draw(st.sampled_from([one for one in THREADED if one.within and one.within.kind == kind]))
    assert step.within is not None
    on = draw(st.sampled_from([date for date in DATES if order(date) >= order(opener.occurred_on)]))
    value = draw(st.sampled_from(("x", "y")))
    answers = {step.within.question: opener.id, **({step.value: value} if step.value else {})}
    return written(position, step.key, on, answers)


def rewritten(draw: st.DrawFn, position: int, before: list[Stored], *, redated: bool) -> Stored:
    """Draw a correction or a voiding of an entry before, the discovery excepted."""
    target = draw(st.sampled_from(before)).entry
    assert target is not None
    correctable = target.step not in ("entry_corrected", "entry_voided")
    if not correctable or draw(st.booleans()):
        return written(position, "entry_voided", "2024-05-01", {"entry": target.id})
    step = STEPS[target.step]
    new = {"set": {step.value: draw(st.sampled_from(("x", "y")))}} if step.value else {}
    day = {"happened_on": draw(st.sampled_from(DATES))} if redated and draw(st.booleans()) else {}
    return written(position, "entry_corrected", "2024-05-01", {"entry": target.id, **new, **day})


@st.composite
def whole_lives(draw: st.DrawFn, *, redated: bool = True) -> list[Stored]:
    """Draw an exemplar's whole stream: loose steps, threads and what belongs to them, corrections, voidings."""
    entries = [stored(1, "discovered", "2023-12-31")]
    for position in range(2, draw(st.integers(2, 16))):
        what = draw(st.sampled_from(("loose", "thread", "thread", "rewrite")))
        one = follows(draw, position, entries[1:]) if what == "thread" else None
        if what == "rewrite" and len(entries) > 1:
            one = rewritten(draw, position, entries[1:], redated=redated)
        if one is None:
            step = draw(st.sampled_from([step.key for step in LOOSE]))
            value = draw(st.sampled_from(VALUES.get(step, ("",))))
            one = stored(position, step, draw(st.sampled_from(DATES)), value)
        entries.append(one)
    return entries


def kept_up(entries: list[Stored]) -> Exemplar | None:
    """Return the state as a view keeps it up: entry by entry, folded anew only where one rewrites what came before."""
    state: Exemplar | None = None
    for number, one in enumerate(entries, start=1):
        state = fold(evolve, entries[:number]) if rewrites(one) else evolve(state, one)
    return state


@given(whole_lives())
def test_folding_a_stream_equals_taking_its_entries_one_by_one(entries: list[Stored]) -> None:
    assert kept_up(entries) == fold(evolve, entries)


def in_turn(entries: list[Stored]) -> Exemplar | None:
    """Return the state after entries that count, one after the other."""
    state: Exemplar | None = None
    for one in entries:
        state = evolve(state, one)
    return state


def told(state: Exemplar | None) -> Any:
    """Return what a state says without the last answers given (see the next test)."""
    if state is None:
        return None
    threads = {id_: msgspec.structs.replace(one, answers={}) for id_, one in state.threads.items()}
    return msgspec.structs.replace(state, threads=threads, findings={}), stage(state)


def happened(entries: list[Stored], day: dt.date) -> list[Stored]:
    """Return the entries that count and had happened by a day, in the order of the log."""
    return [one for one in effective(entries) if one.entry and order(one.entry.occurred_on) <= day]


def by_day(one: Stored) -> tuple[dt.date, int]:
    """Return what sorts entries as they happened, those of one day as they were recorded."""
    assert one.entry is not None
    return order(one.entry.occurred_on), one.position


@given(whole_lives(redated=False), st.sampled_from(DATES))
def test_the_state_as_of_a_day_does_not_depend_on_when_what_had_happened_was_recorded(
    entries: list[Stored], day: str
) -> None:
    until = happened(entries, order(day))
    assert told(in_turn(until)) == told(in_turn(sorted(until, key=by_day)))


@pytest.mark.parametrize(
    "entries",
    [
        [
            written(2, "criterion_assessed", "2024-04-01", {"criterion": "a.1", "finding": "met"}),
            written(3, "criterion_assessed", "2024-03-05", {"criterion": "a.1", "finding": "not_met"}),
        ],
        [
            written(2, "dossier_opened", "2024-03-05", {"kind": "reward"}),
            written(3, "dossier_received", "2024-04-01", {"dossier": f"{2:032x}", "complete": True}),
            written(4, "dossier_received", "2024-03-31", {"dossier": f"{2:032x}", "complete": False}),
        ],
    ],
    ids=["finding", "answer"],
)
def test_the_last_answer_given_counts_whenever_it_was_recorded(entries: list[Stored]) -> None:
    life = [stored(1, "discovered", "2023-12-31"), *entries]
    assert in_turn(life) == in_turn(sorted(life, key=by_day))


def turned(position: int, step: str, on: dt.date | str) -> Stored:
    """Return an entry that revokes or reinstates the honour decided at position 2."""
    return written(position, step, str(on), {"honour": f"{2:032x}"})


@given(
    st.lists(st.dates(dt.date(2024, 3, 1), dt.date(2024, 5, 31)), min_size=1, max_size=6, unique=True).map(sorted),
    st.data(),
)
def test_a_revoked_honour_is_none_and_a_reinstated_one_is_again_in_whatever_order_they_were_recorded(
    days: list[dt.date], data: st.DataObject
) -> None:
    decided, *turns = days
    recorded = data.draw(st.permutations(range(len(turns))))
    life = [stored(1, "discovered", "2024-02-01"), stored(2, "honour_decided", str(decided), "award")]
    for position, number in enumerate(recorded, start=3):
        life.append(turned(position, ("honour_revoked", "honour_reinstated")[number % 2], turns[number]))
    for number, day in enumerate(days):
        state = in_turn(happened(life, day))
        assert state is not None
        (honour,) = state.of_kind("honour").values()
        stands = number % 2 == 0
        assert (state.has("honoured"), honour.has("honoured"), state.has("revoked")) == (stands, stands, not stands)
        assert ("honoured" in state.standing()) is stands


@pytest.mark.parametrize(("turns", "stands"), [(1, False), (2, True), (3, False)])
def test_what_happened_to_an_honour_on_one_day_counts_in_the_order_in_which_it_was_recorded(
    turns: int, stands: bool
) -> None:
    steps = ("honour_revoked", "honour_reinstated", "honour_revoked")[:turns]
    life = [stored(1, "discovered", "2024-02-01"), stored(2, "honour_decided", "2024-03-05", "award")]
    life += [turned(position, step, "2024-03-05") for position, step in enumerate(steps, start=3)]
    state = in_turn(life)
    assert state is not None
    assert state.has("honoured") is stands


def test_an_honour_revoked_in_the_month_of_its_decision_is_none() -> None:
    life = [stored(1, "discovered", "2024-02-01"), stored(2, "honour_decided", "2024-03-05", "award")]
    state = in_turn([*life, turned(3, "honour_revoked", "2024-03")])
    assert state is not None
    assert not state.has("honoured")
