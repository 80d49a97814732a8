"""A tiny plan with one field, brought by a plugin of its own, and a small book under it; rules are tried on real books."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
import pytest

from guong import Case, Criterion, Field, FieldDeclaration, PlanDeclaration, PlanPack, Quota, Rule, ask
from guong.book import Book, Opening, Sample
from guong.demo import Stage
from guong.domain.declarations import (
    Binding,
    Deadline,
    Duty,
    Lead,
    Need,
    Separation,
    UnitData,
    as_data,
    declaration_hash,
)
from guong.domain.streams import STEPS
from guong.recording import Order
from guong.testing import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

ZONE = dt.timezone(dt.timedelta(hours=7))
GROUPS = {"lon": "nhóm lớn", "nho": "nhóm nhỏ"}


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """What the tiny field asks when somebody is noticed."""

    nhom: Annotated[str, ask("Nhóm", choices=GROUPS)] = ""
    ten_goi: Annotated[str, ask("Tên gọi khác", personal=True)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """What the tiny field asks of support."""

    so_buoi: Annotated[int | None, ask("Số buổi", minimum=0)] = None


def _too_many(case: Case) -> Iterator[dict[str, Any]]:
    if (case.details.get("so_buoi") or 0) > 100:
        yield {"count": case.details["so_buoi"]}


FIELD = Field(
    FieldDeclaration(
        key="linh-vuc-a",
        title="Lĩnh vực A",
        kinds=("person", "household"),
        group="nhom",
        criteria=(
            Criterion(id="a.1", text="phải đạt", mandatory=True),
            Criterion(id="a.2", text="nên đạt"),
            Criterion(id="a.3", text="cách một", any_of="cach"),
            Criterion(id="a.4", text="cách hai", any_of="cach"),
            Criterion(id="a.5", text="chỉ của hộ", kinds=("household",)),
            Criterion(id="a.6", text="chỉ của nhóm lớn", group="lon"),
        ),
    ),
    {"discovered": Discovered, "supported": Supported},
    [
        Rule(
            "linh-vuc-a.many",
            "Số buổi phải có thể tin",
            _too_many,
            steps=("supported",),
            says="{count} buổi là quá nhiều",
        )
    ],
)
PLAN = PlanPack(
    PlanDeclaration(
        key="ke-hoach-thu",
        title="Kế hoạch thử",
        issuer="Nơi A",
        issued="2024-01",
        since="2024-01-01",
        until="2024-12-31",
        late_after_days=30,
        fields=(
            Binding(field="linh-vuc-a", title="Lĩnh vực A", leads=(Lead(unit="phong-b"), Lead(unit="phong-c"))),
            Binding(field="linh-vuc-b", title="Lĩnh vực B", leads=(Lead(unit="phong-b"),)),
        ),
        order=(
            Need(step="supported", needs="discovered"),
            Need(step="introduced", needs="reviewed", when={"purpose": "reward"}, values=("passed",)),
            Need(step="experience_documented", needs="reviewed", values=("passed",), ever=True),
        ),
        criteria=(Criterion(id="chung.1", text="của mọi lĩnh vực"),),
        quotas=(Quota(key="q-a", field="linh-vuc-a", holder="phong-b", number=2, values=("passed",)),),
        deadlines=(
            Deadline(key="ho-so", of_step="assessed", title="Gửi đánh giá", due="2024-06-30"),
            Deadline(key="gui", of_step="dossier_submitted", title="Gửi hồ sơ", due="2024-04-05"),
            Deadline(key="gioi-thieu", of_step="opinion_invited", title="Lấy ý kiến"),
        ),
        duties=(Duty(id="nv.1", who=("Phòng B",), units=("phong-b",), text="Báo cáo"),),
        roles={"theo-doi": "người theo dõi", "quan-tri": "người quản trị"},
        roles_for={"withdrawn": ("theo-doi",)},
        separations=(
            Separation(step="appraisal_recorded", others=("dossier_received",), text="người nhận không thẩm định"),
        ),
        quorum=0.6,
        returns=1,
        handling_days=5,
        watch_gap_days=10,
    ),
    units=(
        UnitData(key="phong-b", name="Phòng B", since="2020-01-01"),
        UnitData(key="phong-c", name="Phòng C", since="2024-03-01"),
    ),
)
SECOND = PlanPack(
    PlanDeclaration(
        key="ke-hoach-sau",
        title="Kế hoạch năm sau",
        issuer="Nơi A",
        issued="2025-01-02",
        since="2025-01-01",
        fields=(Binding(field="linh-vuc-a", title="Lĩnh vực A", leads=(Lead(unit="phong-b"),)),),
    )
)
"""The plan of the year after, for what is told from one year to the next; it is issued only where a test asks for it."""


class Small(NamedTuple):
    """A small book whose clock the test sets, and the ids of what is in it by label."""

    book: Book
    stage: Stage
    ids: dict[str, str]

    def record(self, row: dict[str, Any], *, at: str = "", dry_run: bool = False) -> Any:
        """Record a row with labels for ids; `label` names what it makes."""
        self.goes_to(at)
        label = row.get("label", "")
        row = {key: self.named(value) for key, value in row.items() if key != "label"}
        receipt = self.book.record(row, Order(dry_run=dry_run))
        if label:
            self.ids[label] = receipt.stream if STEPS[row["step"]].starts else receipt.id
        return receipt

    def goes_to(self, day: str) -> None:
        """Set the clock to nine in the morning of a day; an empty one leaves it."""
        if day:
            self.stage.now = dt.datetime.fromisoformat(day + "T09:00").replace(tzinfo=ZONE)

    def issue_second(self, day: str) -> None:
        """Issue the plan of the year after."""
        self.goes_to(day)
        self.book.issue(SECOND, Order(by="nv-01"))

    def open_anew(self, on: str) -> None:
        """Open the field anew from a date on, as a version that declares more."""
        data = as_data(msgspec.structs.replace(FIELD.declared, campaign="Phong trào thêm vào"))
        opened = {"field": "linh-vuc-a", "declaration": data, "hash": declaration_hash(data), "plan": "ke-hoach-thu"}
        self.book.record(
            {"step": "field_opened", "occurred_on": on, "by": "nv-01", "reason": "ghi sau", **opened}, Order(own=True)
        )

    def named(self, value: Any) -> Any:
        """Return the id that a label stands for, also within a list; any other value as it is."""
        if isinstance(value, list):
            return [self.named(one) for one in value]
        return self.ids.get(value, value) if isinstance(value, str) else value

    def exemplar(self, label: str = "@e") -> Any:
        """Return the state of an exemplar as the view knows it, which must be as the desk knows it."""
        state = self.book.view.state(self.ids[label])
        assert state == self.book.world.exemplar(self.ids[label])
        return state


def _start(rows: Iterable[dict[str, Any]], folder: Path) -> dict[str, str]:
    stage = Stage("thử")
    stage.now = dt.datetime(2024, 1, 5, 9, tzinfo=ZONE)
    unit = UnitData(key="phong-a", name="Phòng A")
    paper = {"kind": "Quyết định", "number": "01", "date": "2024-01-02", "issuer": "Nơi A"}
    opening = Opening("nv-01", "Trần Thị Thử", unit, "2024-01-02", paper)
    with Book.create(
        folder, opening, plugins=Given(PLAN, SECOND, FIELD), sample=Sample(stage.clock, stage.random)
    ) as book:
        book.issue(PLAN, Order(by="nv-01"))
        small = Small(book, stage, {})
        for row in rows:
            small.record(row, at="2024-03-20")
    return small.ids


SETTING: tuple[dict[str, Any], ...] = (
    {
        "step": "officer_enrolled",
        "key": "nv-02",
        "name": "Lê Văn Hai",
        "unit": "phong-b",
        "occurred_on": "2024-01-03",
        "by": "nv-01",
    },
    {
        "step": "role_granted",
        "officer": "nv-02",
        "role": "theo-doi",
        "unit": "phong-b",
        "until": "2024-12-31",
        "occurred_on": "2024-01-03",
        "by": "nv-01",
    },
    {
        "step": "officer_enrolled",
        "key": "nv-03",
        "name": "Phan Thị Ba",
        "unit": "phong-b",
        "occurred_on": "2024-01-03",
        "by": "nv-01",
    },
    {
        "step": "role_granted",
        "officer": "nv-03",
        "role": "tham-dinh",
        "unit": "phong-b",
        "occurred_on": "2024-01-03",
        "by": "nv-01",
    },
    {
        "step": "subject_registered",
        "kind": "person",
        "name": "Đỗ Văn Tốt",
        "unit": "phong-b",
        "occurred_on": "2024-03-01",
        "by": "nv-02",
        "label": "@nguoi",
    },
    {
        "step": "subject_registered",
        "kind": "collective",
        "name": "Tổ Chung Tay",
        "unit": "phong-b",
        "occurred_on": "2024-03-01",
        "by": "nv-02",
        "label": "@to",
    },
    {
        "step": "subject_registered",
        "kind": "household",
        "name": "Hộ bà Vũ Thị Chăm",
        "unit": "phong-b",
        "occurred_on": "2024-03-01",
        "by": "nv-02",
        "label": "@ho",
    },
    {
        "step": "discovered",
        "subject": "@nguoi",
        "field": "linh-vuc-a",
        "source": "inspection",
        "achievement": "Sửa đường",
        "lead": "phong-b",
        "occurred_on": "2024-03-10",
        "by": "nv-02",
        "label": "@e",
    },
)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("rules") / "so"
    return folder, _start(SETTING, folder)


@pytest.fixture
def small(_template: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Small]:
    """Return a copy of the small book on 15 April 2024; one exemplar `@e` was discovered on 10 March."""
    shutil.copytree(_template[0], tmp_path / "so")
    stage = Stage("bản sao")
    stage.now = dt.datetime(2024, 4, 15, 9, tzinfo=ZONE)
    with Book(tmp_path / "so", plugins=Given(PLAN, SECOND, FIELD), sample=Sample(stage.clock, stage.random)) as book:
        yield Small(book, stage, dict(_template[1]))


@pytest.fixture(scope="session")
def mark_of() -> Callable[[Any], dict[str, tuple[str, str, str | None, int, dict[str, str]]]]:
    """Return what tells the marks of an exemplar apart from the positions of their entries."""

    def marks(state: Any) -> dict[str, tuple[str, str, str | None, int, dict[str, str]]]:
        return {name: (mark.on, mark.first, mark.value, mark.count, mark.seen) for name, mark in state.marks.items()}

    return marks
