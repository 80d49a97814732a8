"""A district of the size of a test: two fields, two leads, communes that merge, and a book in which its year can be told."""

from __future__ import annotations

import datetime as dt
import shutil
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from guong import Criterion, Field, FieldDeclaration, PlanDeclaration, PlanPack, Quota, hookimpl
from guong.book import Book, Opening, Sample
from guong.demo import Stage
from guong.domain.declarations import Binding, Deadline, Duty, Lead, Need, Separation, UnitData
from guong.domain.streams import STEPS
from guong.errors import RefusedError
from guong.plugins import Plugins, Source
from guong.recording import Order
from guong.rows import target_key
from guong.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guong.checking import Fault
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow

ZONE = dt.timezone(dt.timedelta(hours=7))
PAPER = {"kind": "Quyết định", "number": "05", "notation": "QĐ", "date": "2024-01-02", "issuer": "Huyện H"}


def field_a(*more: Criterion) -> Field:
    """Return the first field; it takes everybody and has one criterion that must be met."""
    criteria = (Criterion(id="a.1", text="phải đạt", mandatory=True), Criterion(id="a.2", text="nên đạt"), *more)
    return Field(FieldDeclaration(key="linh-vuc-a", title="Lĩnh vực A", criteria=criteria))


FIELD_B = Field(
    FieldDeclaration(
        key="linh-vuc-b", title="Lĩnh vực B", kinds=("person",), criteria=(Criterion(id="b.1", text="của B"),)
    )
)
PLAN = PlanPack(
    PlanDeclaration(
        key="ke-hoach",
        title="Kế hoạch của năm",
        issuer="Huyện H",
        issued="2024-01-10",
        since="2024-01-01",
        fields=(
            Binding(field="linh-vuc-a", title="Lĩnh vực A", leads=(Lead(unit="phong-b"), Lead(unit="phong-c"))),
            Binding(field="linh-vuc-b", title="Lĩnh vực B", leads=(Lead(unit="phong-c", mode="requested"),)),
        ),
        order=(Need(step="honour_decided", needs="reviewed", values=("passed",)),),
        quotas=(
            Quota(key="q-a", field="linh-vuc-a", holder="phong-b", number=2, values=("passed",)),
            Quota(key="q-b", field="linh-vuc-b", holder="phong-c", number=1, values=("passed",), mode="requested"),
        ),
        deadlines=(Deadline(key="ho-so", of_step="dossier_submitted", title="Gửi hồ sơ", due="2024-06-30"),),
        duties=(
            Duty(id="III.1", who=("các xã",), units=("xa-cu", "xa-kia"), text="rà soát"),
            Duty(id="III.2", who=("đoàn thể",), units=("phong-c",), text="phối hợp", mode="requested"),
        ),
        roles={"tham-dinh": "Người thẩm định", "theo-doi": "Người theo dõi"},
        roles_for={"appraisal_recorded": ("tham-dinh",)},
        separations=(
            Separation(step="dossier_received", others=("dossier_submitted",), text="gửi không nhận"),
            Separation(step="appraisal_recorded", others=("dossier_submitted",), text="gửi không thẩm định"),
        ),
        quorum=2 / 3,
        returns=1,
        handling_days=10,
    ),
    units=(
        UnitData(key="huyen", name="Huyện H", since="2010-01-01"),
        UnitData(key="phong-b", name="Phòng B", since="2010-01-01"),
        UnitData(key="phong-c", name="Phòng C", since="2010-01-01"),
        UnitData(key="xa-cu", name="Xã Cũ", kind="commune", since="2010-01-01"),
        UnitData(key="xa-kia", name="Xã Kia", kind="commune", since="2010-01-01"),
        UnitData(key="xa-moi", name="Xã Mới", kind="commune", since="2024-12-01"),
        UnitData(key="xa-lon", name="Xã Lớn", kind="commune", since="2025-07-01"),
        UnitData(key="truong", name="Trường T", kind="school", since="2010-01-01"),
    ),
)
LAST_YEAR = PlanPack(
    PlanDeclaration(
        key="ke-hoach-cu",
        title="Kế hoạch năm trước",
        issued="2024-01-10",
        since="2023-01-01",
        fields=(Binding(field="linh-vuc-a", title="Lĩnh vực A", leads=(Lead(unit="phong-b"),)),),
        late_after_days=1000,
    )
)


class Brought(Plugins):
    """Plugins that no distribution brings: the plans and the fields, each a module with one hook."""

    def __init__(self, *, a: Field | None = None) -> None:
        super().__init__()
        fields = {"linh-vuc-a": a or field_a(), "linh-vuc-b": FIELD_B}
        plans = {"ke-hoach": PLAN, "ke-hoach-cu": LAST_YEAR}
        self._modules = {key: ("guong_register_fields", field) for key, field in fields.items()} | {
            key: ("guong_register_plans", plan) for key, plan in plans.items()
        }

    def sources(self) -> dict[str, Source]:
        """Return all of them."""
        return {key: Source(key, lambda: "thử 1.0", Module(*one)) for key, one in self._modules.items()}


class Module:
    """Makes the module of a plugin when it is asked for."""

    def __init__(self, hook: str, brings: Any) -> None:
        self._hook, self._brings = hook, brings

    def __call__(self) -> ModuleType:
        """Return a module whose one hook brings one thing."""
        module = ModuleType("brought")
        setattr(module, self._hook, hookimpl(lambda: [self._brings]))
        return module


class Story:
    """A book that is told day by day: what is not said of a step follows from the day and from who usually takes it.

    Attributes:
        day: Today, and when a step happened where it does not say so itself.
        ids: What labels stand for: streams of what began, entries of everything else.
    """

    def __init__(self, folder: Path, ids: dict[str, str], day: str) -> None:
        self.folder, self.ids = folder, ids
        self._stage = Stage(f"{folder.name} {day}")
        self.on(day)
        self.open(Brought())

    def open(self, plugins: Plugins) -> None:
        """Open the book with these plugins."""
        self.plugins = plugins
        self.book = Book(self.folder, plugins=plugins, sample=Sample(self._stage.clock, self._stage.random))

    def on(self, day: str) -> Story:
        """Go to a day."""
        self.day = day
        return self.at(9)

    def at(self, hour: int) -> Story:
        """Set the clock to an hour of the day."""
        self._stage.now = dt.datetime.fromisoformat(self.day).replace(hour=hour, tzinfo=ZONE)
        return self

    def opened_anew(self, criterion: Criterion) -> Story:
        """Let the first field come with one more criterion in a new version, and be opened with it."""
        self.book.close()
        self.open(Brought(a=field_a(criterion)))
        self.book.open_field("ke-hoach", "linh-vuc-a", {"occurred_on": self.day, "by": "nv-01"}, Order())
        return self

    def do(self, step: str, /, label: str = "", **answers: Any) -> Any:
        """Take a step on the day of the story and return its receipt; labels stand for ids, `@e` for the usual exemplar."""
        receipt = self.book.record(self._row(step, answers))
        if label:
            self.ids[label] = receipt.stream if STEPS[step].starts else receipt.id
        return receipt

    def refused(self, step: str, /, **answers: Any) -> set[str]:
        """Return the codes that refuse a step; nothing is recorded."""
        with pytest.raises(RefusedError) as error:
            self.book.record(self._row(step, answers))
        return {problem.code for _, problem in error.value.problems}

    def _row(self, key: str, answers: dict[str, Any]) -> dict[str, Any]:
        step = STEPS[key]
        usual: dict[str, Any] = {"step": key, "occurred_on": self.day, "by": "cb-01"}
        if step.paper:
            usual["papers"] = [PAPER]
        if step.reason:
            usual["reason"] = "có lý do"
        if target_key(step) == "exemplar":
            usual["exemplar"] = "@e"
        row = {**usual, **answers}
        return {name: self._named(value) for name, value in row.items() if value is not None}

    def _named(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._named(one) for one in value]
        return self.ids.get(value, value) if isinstance(value, str) else value

    def person(self, label: str, name: str = "Đỗ Văn Tốt", **answers: Any) -> Any:
        """Register somebody of the old commune."""
        return self.do(
            "subject_registered", label=label, **{"kind": "person", "name": name, "unit": "xa-cu", **answers}
        )

    def discovered(self, label: str = "@e", subject: str = "@nguoi", field: str = "linh-vuc-a", **answers: Any) -> Any:
        """Discover a subject in a field."""
        lead = {"linh-vuc-a": "phong-b", "linh-vuc-b": "phong-c"}[field]
        usual = {"source": "inspection", "achievement": "Sửa đường", "lead": lead, "plan": "ke-hoach"}
        return self.do("discovered", label=label, subject=subject, field=field, **{**usual, **answers})

    def last_year(self) -> Story:
        """Let a person have been reviewed as passed under last year's plan, as the exemplar `@cu`."""
        self.book.issue(LAST_YEAR, Order(by="nv-01"))
        self.person("@nguoi")
        self.discovered("@cu", plan="ke-hoach-cu", occurred_on="2023-05-01", reason="chuyển từ sổ giấy")
        self.reviewed("@cu", occurred_on="2023-11-01", reason="chuyển từ sổ giấy")
        return self

    def reviewed(self, label: str = "@e", result: str = "passed", **answers: Any) -> Any:
        """Review an exemplar by all criteria of its field."""
        return self.do("reviewed", exemplar=label, result=result, **{"criteria": self.met(label), **answers})

    def met(self, label: str) -> dict[str, str]:
        """Return the criteria of an exemplar's field, all of them met."""
        field = self.plan().field(self.exemplar(label).field)
        return {one.id: "met" for one in (field.criteria if field else ())}

    def honoured(self, label: str = "@h", exemplar: str = "@e", **answers: Any) -> Any:
        """Let the district honour an exemplar."""
        return self.do("honour_decided", label=label, exemplar=exemplar, **{**HONOUR, **answers})

    def passed(self) -> Story:
        """Let a person be discovered and reviewed as passed."""
        self.person("@nguoi")
        self.discovered()
        self.reviewed()
        return self

    def sent(self) -> Story:
        """Let a dossier be opened and sent off."""
        self.passed()
        self.do("dossier_opened", label="@hs", kind="reward", to="huyen")
        self.do("dossier_submitted", label="@gui", dossier="@hs", to="huyen")
        return self

    def received(self) -> Story:
        """Let the dossier arrive as well."""
        self.sent()
        self.do("dossier_received", label="@nhan", dossier="@hs", complete=True, by="cb-02")
        return self

    def exemplar(self, label: str = "@e") -> Any:
        """Return the state of an exemplar, on which view and desk must agree."""
        return self._agreed(label, "exemplar")

    def subject(self, label: str = "@nguoi") -> Any:
        """Return the state of a subject, on which view and desk must agree."""
        return self._agreed(label, "subject")

    def _agreed(self, label: str, kind: str) -> Any:
        state = self.book.view.state(self.ids[label])
        assert state == self.book.world.load(self.ids[label], kind)[0]
        return state

    def plan(self) -> Plan:
        """Return the plan of the year."""
        plan = self.book.world.plan("ke-hoach")
        assert plan is not None
        return plan

    def board(self, quota: str = "q-a") -> BoardRow:
        """Return the line of a quota on the board."""
        return next(row for row in self.book.view.board(self.plan()) if row.quota.key == quota)

    def stored(self, position: int) -> Any:
        """Return an entry as it stands in the log."""
        return self.book.log.read(position - 1, 1)[0]

    def bytes(self) -> dict[int, bytes]:
        """Return what is written, by position: it only ever gets longer."""
        return {row.id: row.state for row in self.book.log.raw(0)}

    def told(self, position: int) -> dict[str, str]:
        """Return the answers of an entry as people read them, its line under the empty label."""
        teller, stored = Teller(self.book), self.stored(position)
        return {"": teller.line(stored), **dict(teller.answers(stored))}

    def remarks(self, position: int) -> dict[str, str]:
        """Return what was remarked when an entry was recorded, in words, by code."""
        teller = Teller(self.book)
        return {one.code: teller.remark(one) for one in self.stored(position).entry.remarks}

    def faults(self) -> list[Fault]:
        """Return what a check of the book finds."""
        from guong.checking import check

        return list(check(self.book))


HONOUR = {
    "kind": "award",
    "authority": "huyen",
    "signer": "cb-05",
    "money": 1_000_000,
    "papers": [PAPER],
    "by": "cb-05",
}
OFFICERS = {
    "cb-01": ("theo-doi", "phong-b"),
    "cb-02": ("tham-dinh", "phong-c"),
    "cb-03": ("theo-doi", "xa-cu"),
    "cb-04": ("theo-doi", "xa-moi"),
    "cb-05": ("lanh-dao", "huyen"),
    "cb-06": ("lanh-dao", "xa-lon"),
}
"""Officer to the only role he holds, and where."""


def _begin(folder: Path) -> None:
    stage = Stage("các trường hợp")
    stage.now = dt.datetime(2024, 1, 10, 9, tzinfo=ZONE)
    opening = Opening("nv-01", "Trần Thị Thử", UnitData(key="phong-a", name="Phòng A"), "2024-01-02", PAPER)
    sample = Sample(stage.clock, stage.random)
    with Book.create(folder, opening, plugins=Brought(), sample=sample) as book:
        book.issue(PLAN, Order(by="nv-01"))
        shared = {"occurred_on": "2024-01-10", "by": "nv-01"}
        for number, (key, (role, unit)) in enumerate(OFFICERS.items()):
            name = ("An", "Bình", "Chi", "Dũng", "Em", "Giang")[number]
            book.record({"step": "officer_enrolled", "key": key, "name": name, "unit": unit, **shared})
            effective = "2024-12-01" if unit == "xa-moi" else "2025-07-01" if unit == "xa-lon" else ""
            granted = {"step": "role_granted", "officer": key, "role": role, "unit": unit, **shared}
            book.record(granted | ({"effective_on": effective} if effective else {}))
        for key, unit, day in (("cb-05", "huyen", "2024-01-10"), ("cb-06", "xa-lon", "2025-07-01")):
            office = {"step": "office_held", "officer": key, "unit": unit, "post": "Chủ tịch", "papers": [PAPER]}
            book.record({**office, **shared, "effective_on": day})


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "so"
    _begin(folder)
    return folder


@pytest.fixture
def story(_template: Path, tmp_path: Path) -> Iterator[Story]:
    """Return the story of a year that begins on 1 March 2024; the plan is issued, the officers are at their desks."""
    shutil.copytree(_template, tmp_path / "so")
    told = Story(tmp_path / "so", {}, "2024-03-01")
    yield told
    told.book.close()
