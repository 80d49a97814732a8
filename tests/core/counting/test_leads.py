"""A kind of unit that leads a field: any unit of it does, and each answers for what it brought."""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from guong import Field, FieldDeclaration, PlanDeclaration, PlanPack, Quota, hookimpl
from guong.book import Book, Opening, Sample
from guong.demo import Stage
from guong.domain.declarations import Binding, Duty, Lead, UnitData
from guong.duties import of_book
from guong.errors import RefusedError
from guong.plugins import Plugins, Source
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guong.domain.exemplar import Exemplar

PLAN = PlanDeclaration(
    key="ke-hoach", title="Kế hoạch", issued="2024-01-02", since="2024-01-01", until="2024-12-31", unit_kinds={"to": "Tổ"},
    fields=(Binding(field="linh-vuc", title="Lĩnh vực", leads=(Lead(unit_kind="to", mode="requested"), Lead(unit="phong-a"))),),
    quotas=(Quota(key="q", field="linh-vuc", holder_kind="to", number=1, mark="discovered", mode="requested"),),
    duties=(Duty(id="nv", who=("Các tổ",), text="Báo cáo", unit_kinds=("to",), due="2024-02-01"),),
)  # fmt: skip
SECOND = PlanDeclaration(
    key="ke-hoach-hai", title="Kế hoạch hai", issued="2024-01-02", unit_kinds={"to": "Tổ"},
    fields=(Binding(field="linh-vuc", title="Lĩnh vực", leads=(Lead(unit_kind="to"),)),),
)  # fmt: skip
"""One that a kind of unit leads alone."""
UNITS = tuple(
    UnitData(key=key, name=key, kind=kind) for key, kind in (("to-1", "to"), ("to-2", "to"), ("doi-1", "doi"))
)
BROUGHT = {
    "ke-hoach": ("guong_register_plans", PlanPack(PLAN, UNITS)),
    "ke-hoach-hai": ("guong_register_plans", PlanPack(SECOND)),
    "linh-vuc": ("guong_register_fields", Field(FieldDeclaration(key="linh-vuc", title="Lĩnh vực"))),
}


class Brought(Plugins):
    """The plan and its field, each brought by a module."""

    def sources(self) -> dict[str, Source]:
        """Return them."""
        return {key: Source(key, str, lambda one=one: _module(*one)) for key, one in BROUGHT.items()}  # type: ignore[misc]


def _module(hook: str, brought: Any) -> ModuleType:
    module = ModuleType("thu")
    setattr(module, hook, hookimpl(lambda: [brought]))
    return module


class Small(NamedTuple):
    """An open book, and the id of a subject in it."""

    book: Book
    subject: str

    def found(self, **answers: Any) -> Exemplar:
        """Record that the subject was noticed, and return the exemplar."""
        row = {
            "step": "discovered",
            "subject": self.subject,
            "field": "linh-vuc",
            "source": "inspection",
            "achievement": "Tốt",
        }
        more = {"plan": "ke-hoach", "occurred_on": "2024-03-01", "by": "nv-01", **answers}
        exemplar = self.book.world.exemplar(self.book.record({**row, **more}, Order()).stream)
        assert exemplar is not None
        return exemplar


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """Return a book under the plan; the officer acts for `phong-a`, and for `to-1` where he says so."""
    stage = Stage("thử")
    stage.now = dt.datetime(2024, 3, 2, 9, tzinfo=dt.UTC)
    opening = Opening("nv-01", "Trần Thị Thử", UnitData(key="phong-a", name="Phòng A"), "2024-01-02", {"number": "01"})
    with Book.create(tmp_path / "so", opening, plugins=Brought(), sample=Sample(stage.clock, stage.random)) as book:
        for plan in ("ke-hoach", "ke-hoach-hai"):
            book.issue(book.plugins.plan(plan), Order(by="nv-01"))
        shared = {"occurred_on": "2024-03-01", "by": "nv-01", "in_unit": "phong-a"}
        book.record(
            {
                "step": "role_granted",
                "officer": "nv-01",
                "role": "theo-doi",
                "unit": "to-1",
                "papers": [{"number": "2"}],
                **shared,
            }
        )
        made = book.record({"step": "subject_registered", "kind": "person", "name": "Ai đó", "unit": "to-1", **shared})
        yield Small(book, made.stream)


@pytest.mark.parametrize("lead", ["to-1", "to-2", "phong-a"])
def test_every_unit_of_the_kind_leads_and_so_does_the_one_that_is_named(small: Small, lead: str) -> None:
    assert small.found(lead=lead, in_unit="phong-a").lead == lead
    plan = small.book.view.states("plan")[0]
    assert [(row.holder, row.reached) for row in small.book.view.board(plan)] == [
        (unit, int(unit == lead)) for unit in ("to-1", "to-2")
    ]


@pytest.mark.parametrize("answers", [{"lead": "doi-1"}, {}])
def test_no_other_unit_leads_and_nobody_guesses_which_of_several_does(small: Small, answers: dict[str, str]) -> None:
    with pytest.raises(RefusedError, match="không chủ trì") as refused:
        small.found(in_unit="phong-a", **answers)
    assert [(one.culprit, one.fix) for _, one in refused.value.problems] == [
        ("lead", "đơn vị chủ trì: mọi đơn vị loại Tổ, phong-a")
    ]


def test_who_is_only_asked_to_lead_is_only_asked_to_report(small: Small) -> None:
    assert {(row.unit, row.mode, row.status) for row in of_book(small.book, "ke-hoach", "2024-03-02")} == {
        ("to-1", "requested", "unanswered"), ("to-2", "requested", "unanswered"),
    }  # fmt: skip


def test_the_unit_that_acts_leads_where_a_kind_alone_does_and_it_is_one_of_it(small: Small) -> None:
    assert small.found(plan="ke-hoach-hai", in_unit="to-1").lead == "to-1"
    with pytest.raises(RefusedError, match=r"\(chưa nêu\) không chủ trì"):
        small.found(plan="ke-hoach-hai", in_unit="phong-a")
