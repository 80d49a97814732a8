"""Counting: what single exemplars add up to is what counting over all of them gives, however quotas cut them."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong import Quota
from guong.domain import quota as counting
from guong.domain.declarations import PlanDeclaration
from guong.domain.entry import Entry, FieldPart, MadeWith, Stored
from guong.domain.exemplar import LARGEST, Exemplar, Figure, evolve
from guong.domain.life import Mark
from guong.domain.plan import Plan
from guong.domain.quota import Cell, Counted
from guong.domain.unit import Unit

FIELDS, LEADS, SUBJECTS = (
    ("a", "b"),
    {"u1": "to", "u2": "to", "u3": "phong"},
    {"s1": "person", "s2": "household", "s3": "person"},
)
MARKS = {
    "discovered": (None,),
    "reviewed": ("passed", "failed"),
    "honoured": ("praise",),
    "replicated": (None,),
    "withdrawn": (None,),
}
DAYS = ("2024-01-01", "2024-03-31", "2024-04-01", "2024-06", "2024-12-31", "2025-01-01")
PARTS: dict[str, dict[str, Any]] = {
    "": {},
    "part": {"parts": {"p": "P", "q": "Q"}},
    "subject_kind": {"parts": {"person": "người", "household": "hộ"}},
    "tier": {"parts": {"to": "tổ", "phong": "phòng"}},
    "phase": {
        "parts": {"dot-1": "đợt 1", "dot-2": "đợt 2"},
        "days": {"dot-1": "2024-01-01/2024-03", "dot-2": "2024-04-01/2024-12-31"},
    },
}


class Thing(NamedTuple):
    """An exemplar by its plain facts: mark to the day it was left and its value; the number it answered, None for none."""

    field: str
    lead: str
    subject: str
    part: str
    marks: dict[str, tuple[str, str | None]]
    number: int | None

    def state(self, number: int) -> Exemplar:
        """Return it as the state that a log leaves."""
        marks = {
            name: Mark(on=day, first=day, position=number, value=value, seen={value: day} if value else {})
            for name, (day, value) in self.marks.items()
        }
        known = {} if self.number is None else {"": Figure(self.number, 7, "2024-05-01", number)}
        return Exemplar(
            id=f"e{number}", plan="p", field=self.field, declaration="", subject=self.subject, lead=self.lead, unit="u1",
            part=self.part, marks=marks, figures={"assessed.so": known},
        )  # fmt: skip


@st.composite
def things(draw: st.DrawFn) -> Thing:
    """Draw an exemplar."""
    names = draw(st.sets(st.sampled_from(sorted(MARKS))))
    marks = {name: (draw(st.sampled_from(DAYS)), draw(st.sampled_from(MARKS[name]))) for name in sorted(names)}
    return Thing(
        draw(st.sampled_from(FIELDS)), draw(st.sampled_from(sorted(LEADS))), draw(st.sampled_from(sorted(SUBJECTS))),
        draw(st.sampled_from(("", "p", "q"))), marks, draw(st.none() | st.integers(-5000, 5000)),
    )  # fmt: skip


@st.composite
def quotas(draw: st.DrawFn) -> Quota:
    """Draw a quota, cut and held in any way."""
    mark, partition = draw(st.sampled_from(sorted(MARKS))), draw(st.sampled_from(sorted(PARTS)))
    holder, holder_kind = draw(st.sampled_from((("", ""), ("u1", ""), ("", "to"))))
    values = tuple(draw(st.sets(st.sampled_from([one for one in MARKS[mark] if one] or ["x"]), max_size=1)))
    return Quota(
        key="k", number=1, field=draw(st.sampled_from(("", "a"))), mark=mark, values=values if MARKS[mark][0] else (),
        without=draw(st.sampled_from(((), ("withdrawn",)))), partition=partition,
        counts=draw(st.sampled_from(("exemplar", "subject", "measure"))), measure="assessed.so", unit="km",
        since=draw(st.sampled_from(("", "2024-01-01", "2024-04"))), until=draw(st.sampled_from(("", "2024-06-30"))),
        holder=holder, holder_kind=holder_kind, **PARTS[partition],
    )  # fmt: skip


def plan_with(*them: Quota, **more: Any) -> Plan:
    """Return a plan with these quotas."""
    return Plan(
        id="1", key="p", declared=PlanDeclaration(key="p", title="P", **more), quotas={one.key: one for one in them}
    )


def cells_of(plan: Plan, thing: Thing, number: int) -> dict[Cell, Counted]:
    """Return what one exemplar adds."""
    state = thing.state(number)
    return counting.cells(plan, state, thing.subject, LEADS[thing.lead], SUBJECTS[thing.subject])


def first_day(date: str) -> str:
    """Return the first day of a date in text, which sorts as days do."""
    return date if len(date) == 10 else f"{date}-01"


def last_day(date: str) -> str:
    """Return text that sorts after every day of a date and before the next one."""
    return date if len(date) == 10 else f"{date}-99"


def inside(day: str, since: str, until: str) -> bool:
    """Tell whether a date begins between two others."""
    return first_day(since or "0000-00-00") <= first_day(day) <= last_day(until or "9999-99-99")


def over_all(quota: Quota, everything: list[Thing], holder: str, part: str, column: str) -> int:
    """Count over all exemplars at once, from the plain facts: what a cell must hold."""
    mark, values = {
        "reached": (quota.mark, quota.values), "reviewed": ("reviewed", ("passed",)),
    }.get(column, (column, ()))  # fmt: skip
    counted = []
    for number, one in enumerate(everything):
        day, value = one.marks.get(mark, ("", None))
        if not day or (values and value not in values) or quota.field not in ("", one.field):
            continue
        if holder and one.lead != holder:
            continue
        if column == "reached" and (set(quota.without) & set(one.marks) or not inside(day, quota.since, quota.until)):
            continue
        if quota.partition == "phase" and not inside(day, *quota.days[part].split("/")):
            continue
        cut = {
            "": part,
            "phase": part,
            "part": one.part,
            "subject_kind": SUBJECTS[one.subject],
            "tier": LEADS[one.lead],
        }
        if cut[quota.partition] == part and not (quota.counts == "measure" and one.number is None):
            counted.append((number, one))
    if quota.counts == "measure":
        return sum(one.number or 0 for _, one in counted)
    return len({(one.subject if quota.counts == "subject" else (one.field, one.subject)) for _, one in counted})


def of_cells(quota: Quota) -> list[Cell]:
    """Return every cell a quota can have."""
    held = ["u1"] if quota.holder else ["u1", "u2"] if quota.holder_kind else [""]
    return [
        Cell("k", holder, part, column)
        for holder in held
        for part in quota.parts or [""]
        for column in ("reached", *counting.COLUMNS)
    ]


@given(quotas(), st.lists(things(), max_size=8))
def test_what_single_exemplars_add_is_what_counting_over_all_gives(quota: Quota, everything: list[Thing]) -> None:
    plan = plan_with(quota)
    totals = counting.tally(cells_of(plan, one, number) for number, one in enumerate(everything))
    assert set(totals) <= set(of_cells(quota))
    assert {cell: totals.get(cell, 0) for cell in of_cells(quota)} == {
        cell: over_all(quota, everything, cell.holder, cell.part, cell.column) for cell in of_cells(quota)
    }


@pytest.mark.parametrize(("counts", "reached"), [("exemplar", 3), ("subject", 2), ("measure", 15)])
def test_one_subject_in_two_fields_is_two_exemplars_and_two_that_are_one_are_one(counts: str, reached: float) -> None:
    quota = Quota(key="k", number=1, mark="discovered", counts=counts, measure="assessed.so")
    left: dict[str, tuple[str, str | None]] = {"discovered": ("2024-01-01", None)}
    everything = [
        Thing("a", "u1", "s1", "", left, 1000), Thing("a", "u2", "s1", "", left, 2000),  # s1 was entered twice, and merged
        Thing("b", "u1", "s1", "", left, 4000), Thing("b", "u1", "s2", "", left, 8000),
    ]  # fmt: skip
    totals = counting.tally(cells_of(plan_with(quota), one, number) for number, one in enumerate(everything))
    (row,) = counting.rows(plan_with(quota), [], totals)
    assert row.reached == row.discovered == reached
    assert row.reviewed == 0


@given(quotas(), st.lists(st.tuples(st.integers(0, 3), things()), max_size=12))
def test_counters_kept_from_the_difference_before_and_after_hold_the_same(
    quota: Quota, changes: list[tuple[int, Thing]]
) -> None:
    plan, now = plan_with(quota), dict[int, Thing]()
    held: dict[tuple[Cell, Counted], int] = {}
    for number, thing in changes:
        before = cells_of(plan, now[number], number) if number in now else {}
        after = cells_of(plan, thing, number)
        for cell, counted in before.items():
            held[cell, counted] -= 1
        for cell, counted in after.items():
            held[cell, counted] = held.get((cell, counted), 0) + 1
        now[number] = thing
    kept: dict[Cell, int] = {}
    for (cell, counted), times in held.items():
        kept[cell] = kept.get(cell, 0) + (counted.amount if times else 0)
    totals = counting.tally(cells_of(plan, one, number) for number, one in now.items())
    assert {cell: kept.get(cell, 0) for cell in of_cells(quota)} == {
        cell: totals.get(cell, 0) for cell in of_cells(quota)
    }


@given(quotas(), st.lists(things(), max_size=6, unique_by=lambda one: one.subject))
def test_phases_cut_a_quota_into_parts_that_add_up_to_it(quota: Quota, everything: list[Thing]) -> None:
    whole = msgspec.structs.replace(quota, partition="", parts={}, days={}, since="2024-01-01", until="2024-12-31")
    cut = msgspec.structs.replace(whole, partition="phase", **PARTS["phase"])

    def reached(one: Quota) -> dict[str, int]:
        totals = counting.tally(cells_of(plan_with(one), thing, number) for number, thing in enumerate(everything))
        found: dict[str, int] = {}
        for cell, total in totals.items():
            if cell.column == "reached":
                found[cell.holder] = found.get(cell.holder, 0) + total
        return found

    assert reached(cut) == reached(whole)


@given(st.sampled_from(("at_least", "exactly", "at_most")), st.integers(0, 9), st.integers(0, 9))
def test_a_verdict_says_what_the_bound_says(bound: str, number: int, reached: int) -> None:
    holds = {"at_least": reached >= number, "exactly": reached == number, "at_most": reached <= number}[bound]
    (row,) = counting.rows(
        plan_with(Quota(key="k", number=number, bound=bound)), [], {Cell("k", "", "", "reached"): reached}
    )
    assert row.verdict == ("reached" if holds else "short" if reached < number else "over")
    assert (row.short, row.over) == (
        (0, 0) if holds else (number - reached, 0) if reached < number else (0, reached - number)
    )


def unit(key: str, kind: str, since: str, gone: str | None = None) -> Unit:
    """Return a unit."""
    return Unit(id=key, key=key, kind=kind, parent="", names=((since, key),), gone=gone)


UNITS = (
    unit("moi", "to", "2025-01-01"), unit("suot", "to", "2020"), unit("giua", "to", "2024-12-31"), unit("het", "to", "2020", "2024-01-01"),
    unit("den-tet", "to", "2020", "2024-01-02"), unit("khac", "phong", "2020"),
)  # fmt: skip


def test_every_unit_of_a_kind_that_exists_in_the_period_holds_the_number_by_itself() -> None:
    whole = Quota(key="k", number=1, holder_kind="to")
    rows = counting.rows(plan_with(whole, since="2024-01-01", until="2024-12-31"), UNITS, {})
    assert [row.holder for row in rows] == ["suot", "giua", "den-tet"]
    late = msgspec.structs.replace(whole, since="2025-06-01", until="2025-12-31")
    rows = counting.rows(plan_with(late, since="2024-01-01", until="2024-12-31"), UNITS, {})
    assert [row.holder for row in rows] == ["moi", "suot", "giua"]
    assert [row.holder for row in counting.rows(plan_with(whole), UNITS, {})] == [
        "moi",
        "suot",
        "giua",
        "het",
        "den-tet",
    ]


def test_a_state_is_reached_when_it_first_was_and_stays_so_when_it_is_reached_again() -> None:
    quota = Quota(key="k", number=1, mark="reviewed", values=("passed",), since="2024-01-01", until="2024-12-31")
    mark = Mark(
        on="2025-02-01",
        first="2023-12-01",
        position=9,
        value="passed",
        seen={"failed": "2023-12-01", "passed": "2024-11-30"},
    )
    state = msgspec.structs.replace(Thing("a", "u1", "s1", "", {}, None).state(1), marks={"reviewed": mark})
    assert Cell("k", "", "", "reached") in counting.cells(plan_with(quota), state, "s1", "to", "person")
    again = msgspec.structs.replace(mark, value="failed")
    state = msgspec.structs.replace(state, marks={"reviewed": again})
    assert counting.cells(plan_with(quota), state, "s1", "to", "person") == {}


def told(position: int, step: str, on: str, data: dict[str, Any], details: dict[str, Any] | None = None) -> Stored:
    """Return an entry of an exemplar."""
    entry = Entry(
        id=f"{position:032x}", salt="0" * 32, seen=None, step=step, v=1, recorded_at="2024-12-01T00:00:00.000000Z",
        occurred_on=on, by="nv", role="r", unit="u1", correlation="0" * 32, made_with=MadeWith(version="0", channel="cli"),
        data=data, plan="p", field=FieldPart(key="a", declaration="x", details=details or {}),
    )  # fmt: skip
    return Stored(position=position, stream="e" * 32, version=position, topic=f"exemplar.{step}", entry=entry)


def live(*entries: Stored) -> Exemplar:
    """Return the state that entries leave after a discovery."""
    state = evolve(None, told(1, "discovered", "2024-01-01", {"subject": "s1", "lead": "u1", "field": "a"}))
    for entry in entries:
        state = evolve(state, entry)
    assert state is not None
    return state


def support(position: int, on: str, value: float, measure: str = "") -> Stored:
    """Return an entry of support with a number."""
    return told(
        position, "supported", on, {"kind": "task", "value": value, **({"measure": measure} if measure else {})}
    )


@given(st.permutations([support(2, "2024-02-01", 0.1), support(3, "2024-03-01", 0.2), support(4, "2024-03", 0.7)]))
def test_numbers_add_up_the_same_in_any_order_and_the_last_is_what_happened_last(entries: list[Stored]) -> None:
    state = live(*entries)
    assert state.figure("supported.value", "km", "sum") == 1000
    assert state.figure("supported.value", "km", "last") == 700


def test_a_value_counts_in_the_measure_that_was_named_beside_it() -> None:
    state = live(
        support(2, "2024-02-01", 2, "Km"), support(3, "2024-02-02", 5000, "đồng"), support(4, "2024-02-03", 1.5)
    )
    assert state.figure("supported.value", "km", "sum") == 3500
    assert state.figure("supported.value", "đồng", "sum") == 5_001_500
    assert state.figure("supported.value", "kg", "last") == 1500


def test_an_answer_of_the_field_counts_and_what_is_no_number_does_not() -> None:
    details = {"so": 3, "dung": True, "chu": "12", "nhieu": [1, 2]}
    state = live(told(2, "assessed", "2024-02-01", {"effect": "clear"}, details))
    assert state.figures == {"assessed.so": {"": Figure(3000, 3000, "2024-02-01", 2)}}
    assert state.figure("assessed.dung", "", "sum") is None
    assert state.figure("khong_co.so", "", "sum") is None


def test_a_number_of_a_thread_counts_while_its_step_stands_in_it() -> None:
    started = [told(at, "replication_started", "2024-02-01", {"unit": "u1"}) for at in (2, 3)]
    done = [
        told(at + 2, "replication_succeeded", "2024-03-01", {"start": one.entry.id, "value": at, "measure": "km"})
        for at, one in ((2, started[0]), (3, started[1])) if one.entry
    ]  # fmt: skip
    assert live(*started, *done).figure("replication_succeeded.value", "km", "sum") == 5000
    assert started[1].entry is not None
    failed = told(6, "replication_failed", "2024-04-01", {"start": started[1].entry.id})
    assert live(*started, *done, failed).figure("replication_succeeded.value", "km", "sum") == 2000
    assert live(*done).figure("replication_succeeded.value", "km", "sum") is None


@pytest.mark.parametrize("value", [1e15, 10**17])
def test_no_number_is_too_large_for_a_sum(value: float) -> None:
    assert live(support(2, "2024-02-01", value)).figure("supported.value", "", "sum") == LARGEST * 1000
