"""Who had to do what by when, on any day: what was known that day, who held a duty then, and who only was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from guong.domain.declarations import Binding, Deadline, Duty, Lead, PlanDeclaration
from guong.domain.plan import DutyDone, Plan
from guong.domain.unit import Succession, Unit
from guong.duties import STATUSES, DutyRow, duties, of_book, plan_on
from guong.recording import Order

if TYPE_CHECKING:
    from guong.book import Book

DUE = "2024-11-20"


def unit(key: str, kind: str = "nhom", since: str = "2020", **more: Any) -> Unit:
    """Return a unit of a kind that exists since a day."""
    return Unit(id=key, key=key, kind=kind, parent="", names=((since, f"Đơn vị {key}"),), **more)


def units(*some: Unit) -> dict[str, Unit]:
    """Return units by key."""
    return {one.key: one for one in some}


def plan(*given: Duty, done: tuple[DutyDone, ...] = (), due: str = DUE, assigned: tuple[Duty, ...] = ()) -> Plan:
    """Return a plan with these duties, a deadline `han`, and a field led by `xin`, which is only asked to lead it."""
    field = Binding(field="a", title="A", leads=(Lead(unit="giao"), Lead(unit="xin", mode="requested")))
    return Plan(
        id="p", key="p", declared=PlanDeclaration(key="p", title="P", duties=given, fields=(field,)), done=done,
        deadlines={"han": Deadline(key="han", of_step="introduced", title="Hạn", due=due)}, assigned=assigned,
    )  # fmt: skip


def duty(id_: str = "n1", **more: Any) -> Duty:
    """Return a duty of the unit `giao`."""
    return Duty(id=id_, who=("ai đó",), text="làm việc", **{"units": ("giao",), **more})


def done(what: str, on: str, body: str = "giao", position: int = 7, id_: str = "n1") -> DutyDone:
    """Return that something was recorded of a duty."""
    return DutyDone(duty=id_, body=body, what=what, on=on, position=position)


def only(rows: list[DutyRow]) -> DutyRow:
    """Return the one row there is."""
    assert len(rows) == 1
    return rows[0]


HERE = units(unit("giao"), unit("xin"))


@pytest.mark.parametrize(
    ("day", "due", "status"),
    [
        ("2024-11-19", DUE, "open"),
        ("2024-11-20", DUE, "open"),  # the due day itself is still in time
        ("2024-11-21", DUE, "overdue"),
        ("2024-11-19", "", "unclear"),
        ("2024-10-31", "2024-11", "open"),
        ("2024-11-15", "2024-11", "unclear"),  # a month says nothing about one of its days
        ("2024-12-01", "2024-11", "overdue"),
    ],
)
def test_what_is_not_done_is_open_overdue_or_unclear_by_its_deadline(day: str, due: str, status: str) -> None:
    row = only(duties(plan(duty(deadline="han"), due=due), HERE, day))
    assert (row.status, row.due, row.on, row.position, row.late) == (status, due, "", 0, None)
    assert only(duties(plan(duty(due=due)), HERE, day)).status == status


def test_a_duty_s_own_day_goes_before_the_plan_s_deadline_and_one_without_either_has_none() -> None:
    assert only(duties(plan(duty(deadline="han", due="2024-12-31")), HERE, "2024-12-01")).status == "open"
    assert only(duties(plan(duty(deadline="khac")), HERE, "2024-12-01")).status == "unclear"
    assert only(duties(plan(duty()), HERE, "2024-12-01")).status == "unclear"


def test_a_body_that_was_only_asked_is_never_overdue() -> None:
    asked = only(duties(plan(duty(deadline="han", mode="requested")), HERE, "2024-12-01"))
    assert (asked.status, asked.mode) == ("unanswered", "requested")
    assert STATUSES[asked.status] == "chưa làm theo đề nghị"
    by_lead = duties(plan(duty(deadline="han", units=("giao", "xin"))), HERE, "2024-12-01")
    assert [(one.unit, one.mode, one.status) for one in by_lead] == [
        ("giao", "assigned", "overdue"),
        ("xin", "requested", "unanswered"),
    ]
    by_name = plan(assigned=(duty(units=("xin",), due=DUE),))
    assert only(duties(by_name, HERE, "2024-12-01")).status == "overdue"


@pytest.mark.parametrize(
    ("on", "late"), [("2024-11-20", False), ("2024-11-21", True), ("2024-11", None), ("2024-10", False)]
)
def test_what_is_done_says_when_where_and_whether_it_was_late(on: str, late: bool | None) -> None:
    row = only(duties(plan(duty(deadline="han"), done=(done("fulfilled", on),)), HERE, "2024-12-31"))
    assert (row.status, row.on, row.position, row.late) == ("done", on, 7, late)


def test_what_was_done_later_or_may_have_been_is_not_seen() -> None:
    later = plan(duty(deadline="han"), done=(done("fulfilled", "2024-11-15"),))
    assert only(duties(later, HERE, "2024-11-14")).status == "open"
    assert only(duties(later, HERE, "2024-11-15")).status == "done"
    unclear = plan(duty(deadline="han"), done=(done("fulfilled", "2024-11"),))
    assert only(duties(unclear, HERE, "2024-11-25")).status == "overdue"


def test_the_first_time_counts_reminders_are_counted_and_doing_goes_before_lapsing() -> None:
    said = (
        done("reminded", "2024-09-01", position=3),
        done("lapsed", "2024-10-01", position=4),
        done("reminded", "2024-10-05", position=5),
        done("fulfilled", "2024-11-10", position=6),
        done("fulfilled", "2024-11-01", position=8),
        done("fulfilled", "2024-10-01", position=9, id_="n2"),
        done("reminded", "2024-10-01", position=9, body="xin"),
    )
    row = only(duties(plan(duty(deadline="han"), done=said), HERE, "2024-12-31"))
    assert (row.status, row.position, row.reminded) == ("done", 8, 2)
    before = only(duties(plan(duty(deadline="han"), done=said), HERE, "2024-10-02"))
    assert (before.status, before.on, before.position, before.reminded) == ("lapsed", "2024-10-01", 4, 1)
    assert before.late is None


def test_a_kind_stands_for_its_units_of_that_day() -> None:
    here = units(
        unit("x1", "xom"),
        unit("x2", "xom", gone="2024-06-01"),
        unit("x3", "xom", since="2024-07-01"),
        unit("k", "khac"),
    )
    given = plan(duty(units=(), unit_kinds=("xom",)))
    assert [row.unit for row in duties(given, here, "2024-05-31")] == ["x1", "x2"]
    assert [row.unit for row in duties(given, here, "2024-06-01")] == ["x1"]
    assert [row.unit for row in duties(given, here, "2024-07-01")] == ["x1", "x3"]
    both = plan(duty(units=("x1",), unit_kinds=("xom",)))
    assert [row.unit for row in duties(both, here, "2024-07-01")] == ["x1", "x3"]


def test_what_a_unit_that_is_gone_has_done_stays_in_sight() -> None:
    here = units(
        unit("x1", "xom"), unit("x2", "xom", gone="2024-06-01", heirs=(Succession(on="2024-06-01", unit="x1"),))
    )
    given = plan(duty(units=(), unit_kinds=("xom",)), done=(done("fulfilled", "2024-05-01", "x2"),))
    assert [(row.unit, row.holder, row.status) for row in duties(given, here, "2024-06-02")] == [
        ("x1", "x1", "unclear"),
        ("x2", "x1", "done"),
    ]


def heirs(*some: tuple[str, str, tuple[str, ...]]) -> tuple[Succession, ...]:
    """Return who took over: day, unit, duties."""
    return tuple(Succession(on=on, unit=key, duties=which) for on, key, which in some)


def test_the_heir_holds_the_duty_the_original_is_kept_and_what_the_heir_does_counts() -> None:
    here = units(
        unit("giao", gone="2024-10-01", heirs=heirs(("2024-10-01", "b", ()))),
        unit("b", gone="2024-11-01", heirs=heirs(("2024-11-01", "c", ()))),
        unit("c"),
    )
    given = plan(duty(deadline="han"))
    held = [(day, only(duties(given, here, day)).holder) for day in ("2024-09-30", "2024-10-01", "2024-11-01")]
    assert held == [("2024-09-30", "giao"), ("2024-10-01", "b"), ("2024-11-01", "c")]
    acted = plan(duty(deadline="han"), done=(done("fulfilled", "2024-11-10", "c"),))
    row = only(duties(acted, here, "2024-12-01"))
    assert (row.unit, row.holder, row.status) == ("giao", "c", "done")


def test_what_the_heir_does_of_its_own_same_duty_is_not_counted_twice() -> None:
    here = units(unit("giao", gone="2024-10-01", heirs=heirs(("2024-10-01", "b", ()))), unit("b"))
    given = plan(duty(deadline="han", units=("giao", "b")), done=(done("fulfilled", "2024-11-10", "b"),))
    assert [row.status for row in duties(given, here, "2024-12-01")] == ["overdue", "done"]


def test_one_duty_may_be_handed_over_and_where_nobody_took_over_nobody_holds_it() -> None:
    here = units(unit("giao", heirs=heirs(("2024-10-01", "b", ("n2",)))), unit("b"))
    rows = duties(plan(duty("n1"), duty("n2")), here, "2024-10-02")
    assert [(row.duty, row.holder) for row in rows] == [("n1", "giao"), ("n2", "b")]
    gone = units(unit("giao", gone="2024-10-01"))
    assert only(duties(plan(duty()), gone, "2024-10-02")).holder == ""
    assert only(duties(plan(duty()), {}, "2024-10-02")).holder == "giao"  # not in the book: nothing is known of it


def test_units_that_took_over_from_each_other_come_to_an_end() -> None:
    here = units(unit("giao", heirs=heirs(("2024-01-01", "b", ()))), unit("b", heirs=heirs(("2024-02-01", "giao", ()))))
    assert only(duties(plan(duty()), here, "2024-10-02")).holder == "b"


def test_a_duty_assigned_to_one_unit_takes_the_place_of_what_the_plan_says_of_it() -> None:
    given = plan(duty(units=(), unit_kinds=("nhom",)), assigned=(duty(units=("giao",), due="2024-12-31"),))
    rows = duties(given, HERE, "2024-10-01")
    assert [(row.unit, row.due) for row in rows] == [("giao", "2024-12-31"), ("xin", "")]


# ------------------------------------------------------------------ a real book


def test_the_sample_year_day_by_day(sample: Book) -> None:
    """The deadline of 20/11/2024 was set on 13/9; two leads of one field sent on 30/10 and 19/11, two other leads never."""

    def letters(day: str) -> dict[str, tuple[str, str]]:
        return {
            row.unit: (row.status, row.due) for row in of_book(sample, "van-quan-2024", day) if row.duty == "III.2.b"
        }

    assert letters("2024-02-01") == {}
    assert len(letters("2024-04-01")) == 14
    assert set(letters("2024-04-01").values()) == {("unclear", "")}
    before, after = letters("2024-10-29"), letters("2024-11-21")
    assert before["cong-an-huyen"] == before["ban-chqs-huyen"] == ("open", DUE)
    assert after["cong-an-huyen"] == after["ban-chqs-huyen"] == after["phong-gddt"] == ("done", DUE)
    assert after["phong-ldtbxh-dt"] == ("overdue", DUE)
    assert after["lien-doan-lao-dong"] == ("unanswered", DUE)


def test_the_entry_that_is_named_is_the_first_of_the_step(sample: Book) -> None:
    row = next(
        one
        for one in of_book(sample, "van-quan-2024", "2024-12-31")
        if (one.duty, one.unit) == ("III.2.b", "ban-chqs-huyen")
    )
    stored = sample.log.read(row.position - 1, 1)[0]
    assert stored.entry is not None
    assert (stored.entry.step, stored.entry.occurred_on) == ("introduced", row.on)
    assert row.late is False


def test_a_deadline_moved_later_counts_from_the_day_it_was_moved(sample: Book) -> None:
    order = Order(by="noi-vu-01")
    paper = [{"kind": "Công văn", "number": "9", "date": "2024-11-18"}]
    shared = {"plan": "van-quan-2024", "papers": paper, "reason": "ghi bổ sung"}
    moved = {"step": "deadline_extended", "key": "ho-so-tong-ket", "due": "2024-12-05", "occurred_on": "2024-11-18"}
    sample.record({**moved, **shared}, order)
    sample.record(
        {"step": "duty_reminded", "duty": "III.2.b", "body": "phong-ldtbxh-dt", "occurred_on": "2024-11-25", **shared},
        order,
    )

    def of(day: str) -> tuple[str, str, int]:
        rows = of_book(sample, "van-quan-2024", day)
        row = next(one for one in rows if (one.duty, one.unit) == ("III.2.b", "phong-ldtbxh-dt"))
        return row.status, row.due, row.reminded

    assert of("2024-11-17") == ("open", DUE, 0)
    assert of("2024-11-25") == ("open", "2024-12-05", 1)
    assert of("2024-12-06") == ("overdue", "2024-12-05", 1)


def test_a_voided_entry_says_nothing_and_a_corrected_day_counts(sample: Book) -> None:
    order = Order(by="noi-vu-01")
    paper = [{"kind": "Kế hoạch", "number": "4", "date": "2024-05-02"}]
    filed = {
        "step": "sub_plan_filed",
        "plan": "van-quan-2024",
        "duty": "III.7.b",
        "body": "phong-gddt",
        "papers": paper,
    }
    receipt = sample.record({**filed, "occurred_on": "2024-05-02", "reason": "ghi bổ sung"}, order)

    def of(day: str) -> tuple[str, int]:
        rows = of_book(sample, "van-quan-2024", day)
        row = next(one for one in rows if one.duty == "III.7.b")
        return row.status, row.position

    assert of("2024-05-10") == ("done", receipt.position)
    about = {
        "plan": "van-quan-2024",
        "entry": receipt.id,
        "occurred_on": "2024-06-01",
        "reason": "ghi nhầm",
        "papers": paper,
    }
    sample.record({"step": "entry_corrected", "happened_on": "2024-05-20", **about}, order)
    assert of("2024-05-10") == ("unclear", 0)
    assert of("2024-05-20") == ("done", receipt.position)
    sample.record({"step": "entry_voided", **about}, order)
    assert of("2024-05-20") == ("unclear", 0)


def test_a_plan_before_it_was_issued_is_none_and_one_that_is_not_there_has_no_duties(sample: Book) -> None:
    entries = sample.log.stream(sample.world.id("plan", "van-quan-2024"))
    assert plan_on(entries, "2024-02-29") is None
    known = plan_on(entries, "2025-07-01")
    assert known is not None
    assert msgspec.to_builtins(known) == msgspec.to_builtins(sample.world.plan("van-quan-2024"))
    assert of_book(sample, "khong-co", "2024-12-31") == []


def test_every_unit_and_kind_of_a_duty_of_the_sample_plan_is_in_the_book(sample: Book) -> None:
    known = {one.key: one for one in sample.view.states("unit")}
    state = sample.world.plan("van-quan-2024")
    assert state is not None
    for one in state.duties:
        assert one.units or one.unit_kinds, one.id
        assert set(one.units) <= set(known), one.id
        assert set(one.unit_kinds) <= {unit.kind for unit in known.values()}, one.id
        assert not one.deadline or one.deadline in state.deadlines
