"""Given entries, when a step, then entries or problems: scenes that are played on a real book in a folder of their own."""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from guong.authoring import Field, LawBook, PlanPack
from guong.book import DEFAULT_ZONE, Book, Opening, Sample
from guong.demo import Stage
from guong.domain.dates import order, stored_date
from guong.domain.declarations import Binding, Lead, PlanDeclaration, UnitData
from guong.domain.streams import STEPS
from guong.errors import RefusedError
from guong.folders import key_of
from guong.hookspecs import hookimpl
from guong.plugins import Plugins, Source
from guong.recording import Order
from guong.rows import ENVELOPE
from guong.testing.answers import PLAIN, required

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.domain.problems import Problem
    from guong.recording import Receipt
    from guong.rows import Row

UNIT, OFFICER, ROLE, SUBJECT, PLAN = "don-vi", "can-bo-01", "quan-tri", "@nguoi", "ke-hoach-thu"
_SHARED = {question.key for question in ENVELOPE} | {"papers", "evidence"}
_HOOKS: dict[type[Any], str] = {
    Field: "guong_register_fields",
    PlanPack: "guong_register_plans",
    LawBook: "guong_register_law",
}


class Given(Plugins):
    """The plugins that a test gives, and no other.

    Args:
        given: Modules with hooks, or fields, plans and law books by themselves.
    """

    def __init__(self, *given: ModuleType | Field | PlanPack | LawBook) -> None:
        super().__init__()
        self._given = {key_of_plugin(one): one for one in given}

    def sources(self) -> dict[str, Source]:
        """Return them."""
        return {key: Source(key, lambda: "thử 1.0", partial(_module, one)) for key, one in self._given.items()}


def key_of_plugin(plugin: ModuleType | Field | PlanPack | LawBook) -> str:
    """Return the key of a plugin: that of a module follows from its name."""
    return key_of(plugin.__name__) if isinstance(plugin, ModuleType) else plugin.key


def _module(plugin: ModuleType | Field | PlanPack | LawBook) -> ModuleType:
    if isinstance(plugin, ModuleType):
        return plugin
    module = ModuleType(f"guong_{plugin.key.replace('-', '_')}")
    setattr(module, _HOOKS[type(plugin)], hookimpl(lambda: [plugin]))
    return module


def given(
    plugin: ModuleType | Field, *more: ModuleType | PlanPack | LawBook, plan: PlanPack | None = None, unit_kind: str = ""
) -> Scene:  # fmt: skip
    """Return a scene in which a field has been opened and nothing else has happened.

    Args:
        plugin: The field, or the module that brings it.
        more: Other plugins that are there, such as the rule books of `plan`.
        plan: The plan under which it is opened; by default one that asks for nothing.
        unit_kind: The kind of the unit that leads the field, where rules look at that.
    """
    key = key_of_plugin(plugin)
    plan = plan or _plan(key, unit_kind)
    plugins = Given(plugin, *(one for one in more if one is not plan), plan)
    binding = plan.declared.binding(key)
    unit = next((lead.unit for lead in binding.leads if lead.unit), UNIT) if binding else UNIT
    return Scene(plugins, plugins.field(key), plan, unit, ())


def _plan(field: str, unit_kind: str) -> PlanPack:
    bound = Binding(field=field, title="Lĩnh vực thử", leads=(Lead(unit=UNIT),))
    declared = PlanDeclaration(
        key=PLAN, title="Kế hoạch thử", issuer="Nơi thử", issued="2024-01-02", since="2024-01-01", late_after_days=3650,
        fields=(bound,),
    )  # fmt: skip
    return PlanPack(declared, (UnitData(key=UNIT, name="Đơn vị thử", kind=unit_kind, since="2020-01-01"),))


class Scene(NamedTuple):
    """What has happened so far. A scene is a value: it may be the beginning of many others.

    Every step of an exemplar's life is a method, `scene.supported(nguoi=12)`, whose arguments answer the questions of the
    step, of the field and of every row (`occurred_on`, `reason`, `papers` …). What must be answered and is not named gets an
    answer that fits; each step happens one day after the one before, and the clock of the book goes along.
    """

    plugins: Given
    field: Field
    plan: PlanPack
    unit: str
    rows: tuple[Row, ...]

    def discovered(self, *, kind: str = "", **answers: Any) -> Scene:
        """Add that somebody was registered and noticed; of the first kind that the field takes, where none is named."""
        kinds = self.field.declared.kinds
        subject = {"kind": kind or (kinds[0] if kinds else "person"), "name": "Ông Mẫu", "unit": self.unit}
        return self.did("subject_registered", **subject).did("discovered", **answers)

    def did(self, step: str, /, **answers: Any) -> Scene:
        """Add a step by its key."""
        return self._replace(rows=(*self.rows, self._row(step, answers)))

    def __getattr__(self, step: str) -> Callable[..., Scene]:
        if step not in STEPS:
            raise AttributeError(step)
        return partial(self.did, step)

    def when(self, step: str, /, **answers: Any) -> Outcome:
        """Play the scene, try one more step, and return what came of it.

        Raises:
            AssertionError: the scene itself is refused; the message names the step and the reason.
        """
        tried = self.discovered(**answers) if step == "discovered" else self.did(step, **answers)
        *before, last = tried.rows
        with tempfile.TemporaryDirectory(prefix="guong-") as folder:
            play = Play.begin(self, Path(folder) / "so")
            try:
                for row in before:
                    play.take(row)
                return play.attempt(last)
            finally:
                play.book.close()

    def _row(self, step: str, answers: dict[str, Any]) -> Row:
        """Return the row of a step: answers to the field's own questions stand apart."""
        if step not in STEPS:
            raise AssertionError(f"no step {step}")
        known = _SHARED | {question.key for question in STEPS[step].questions}
        row: Row = {"step": step, **{key: one for key, one in answers.items() if key in known}}
        details = {key: one for key, one in answers.items() if key not in known}
        if STEPS[step].stream == "exemplar":
            row["details"] = {**required(self.field.declared.asks(step)), **details}
        return row | ({} if STEPS[step].stream == "exemplar" else details)


def opened(plan: PlanPack, plugins: Plugins, unit: str, folder: Path, stage: Stage) -> Book:
    """Return a new book under a plan, its one officer with every role of the plan in `unit`.

    Args:
        plan, plugins: The plan, and all plugins that are there.
        unit: The key of the unit; one that the plan does not bring is made.
        folder: Where the book is made.
        stage: Its clock and randomness.
    """
    start, zone = dt.date(2020, 1, 2), ZoneInfo(DEFAULT_ZONE)
    stage.set(f"{start}T09:00", zone)
    own = next((one for one in plan.units if one.key == unit), UnitData(key=unit, name=unit))
    paper = {"kind": "Quyết định", "number": "01", "date": str(start), "issuer": "Nơi thử"}
    opening = Opening(OFFICER, "Bà Ghi", msgspec.structs.replace(own, parent=""), str(start), paper)
    book = Book.create(folder, opening, plugins=plugins, sample=Sample(stage.clock, stage.random))
    stage.set(f"{first_day(plan)}T09:00", zone)
    who = Order(by=OFFICER)
    granted = {"step": "role_granted", "officer": OFFICER, "unit": unit, "papers": [paper], "occurred_on": str(start)}
    try:
        book.issue(plan, who)
        for role in plan.declared.roles:
            book.record({**granted, "role": role, "as_role": ROLE, "in_unit": unit}, who)
    except BaseException:
        book.close()
        raise
    return book


def first_day(plan: PlanPack) -> dt.date:
    """Return the day on which scenes under a plan begin: two months after the plan itself does."""
    begins = plan.declared.issued or plan.declared.since or "2024"
    return dt.date.fromisoformat((begins + "-01-01")[: len("2024-01-01")]) + dt.timedelta(days=60)


class Play:
    """A scene that is being played on a book.

    Attributes:
        book: The book, open.
        made: What the steps made: streams by the key of the kind, opening entries by the kind of thread.
    """

    def __init__(self, scene: Scene, book: Book, stage: Stage) -> None:
        self.scene, self.book, self.stage = scene, book, stage
        self.made: dict[str, str] = {}
        self._day = first_day(scene.plan)

    @classmethod
    def begin(cls, scene: Scene, folder: Path) -> Play:
        """Make the book of a scene in a new folder."""
        stage = Stage("thử")
        return cls(scene, opened(scene.plan, scene.plugins, scene.unit, folder, stage), stage)

    def goes_to(self, day: dt.date) -> None:
        """Set the clock of the book to nine in the morning of a day."""
        self.stage.set(f"{day}T09:00", self.book.zone)

    def take(self, row: Row) -> Receipt:
        """Record a row that must be possible.

        Raises:
            AssertionError: it is refused.
        """
        outcome = self.attempt(row)
        if outcome.receipt is None:
            raise AssertionError(f"the scene itself is refused at {row['step']}: {outcome.told()}")
        return outcome.receipt

    def attempt(self, row: Row) -> Outcome:
        """Record a row, if nothing refuses it."""
        self._day += dt.timedelta(days=1)
        whole = self._whole(row)
        key = self.scene.field.key
        try:
            receipt = self.book.record(whole, Order(by=OFFICER))
        except RefusedError as error:
            return Outcome(key, tuple(problem for _, problem in error.problems), None)
        self.made[receipt.kind] = receipt.stream
        step = STEPS[receipt.step]
        if step.opens and not (step.within and whole.get(step.within.question)):
            self.made[step.opens] = receipt.id
        return Outcome(key, receipt.remarks, receipt)

    def _whole(self, row: Row) -> Row:
        """Return a row with everything that its step cannot do without."""
        step, plan = STEPS[row["step"]], self.scene.plan.declared
        day = row.get("occurred_on", self._day.isoformat())
        with suppress(ValueError):  # what is no date the book refuses by itself
            self._day = max(self._day, order(stored_date(day)))
        self.goes_to(self._day)
        roles = plan.roles_for.get(step.key, (ROLE,))
        filled: Row = {
            "occurred_on": day, "by": OFFICER, "as_role": roles[0], "in_unit": self.scene.unit, **required(step.questions, PLAIN),
            **self._references(step),
        }  # fmt: skip
        if step.stream == "exemplar":
            filled["plan"] = plan.key
            filled["papers"] = [{"kind": "Quyết định", "number": "02", "date": day, "issuer": "Nơi thử"}]
        if step.reason:
            filled["reason"] = "để thử"
        if step.key == "reviewed":
            filled["criteria"] = dict.fromkeys(self._criteria(), "met")
        return filled | row

    def _criteria(self) -> list[str]:
        """Return the criteria that a review has to look at."""
        exemplar, declared = self.book.world.exemplar(self.made.get("exemplar", "")), self.scene.field.declared
        subject = self.book.world.subject(exemplar.subject) if exemplar else None
        if exemplar is None or subject is None:
            return []
        own = declared.criteria_for(subject.kind, exemplar.details.get(declared.group, ""))
        general = (one for one in self.scene.plan.declared.criteria if not one.kinds or subject.kind in one.kinds)
        return [one.id for one in (*own, *general)]

    def _references(self, step: Any) -> Row:
        """Return answers to the questions of a step that refer to something of the book."""
        known = {
            "unit": self.scene.unit, "officer": OFFICER, "field": self.scene.field.key, "subject": self.made.get("subject", ""),
            "exemplar": self.made.get("exemplar", ""),
        }  # fmt: skip
        asked = {one.key: known[one.ref] for one in step.questions if one.required and one.ref in known}
        if step.stream == "exemplar" and step.key != "discovered":
            asked["exemplar"] = known["exemplar"]
        if step.stream == "exemplar" and step.key == "discovered":
            asked |= {"field": known["field"], "lead": self.scene.unit}
        if step.within and step.within.kind in self.made:
            asked[step.within.question] = self.made[step.within.kind]
        return asked


class Outcome(NamedTuple):
    """What came of a step that was tried.

    Attributes:
        field: The key of the field.
        problems: What was said: what refused it, or what was remarked.
        receipt: What was recorded, None where it was refused.
    """

    field: str
    problems: tuple[Problem, ...]
    receipt: Receipt | None

    def then_refused(self, *codes: str) -> Outcome:
        """Hold that the step was refused, by exactly these rules or checks of a form (`form.required`)."""
        hold(self.receipt is None, f"it was recorded, and not refused by {', '.join(codes)}")
        found = {problem.code for problem in self.problems if problem.refusal}
        hold(found == set(codes), f"it was refused by {', '.join(sorted(found))}: {self.told()}")
        return self

    def then_remarked(self, *codes: str) -> Outcome:
        """Hold that the step was recorded, and these remarks with it."""
        hold(self.receipt is not None, f"it was refused: {self.told()}")
        found = {problem.code for problem in self.problems}
        hold(found >= set(codes), f"only this was remarked: {self.told() or 'nothing'}")
        return self

    def then_recorded(self) -> Outcome:
        """Hold that the step was recorded, and that no rule of the field had anything to say."""
        hold(self.receipt is not None, f"it was refused: {self.told()}")
        own = [str(one) for one in self.problems if one.code.startswith(f"{self.field}.")]
        hold(not own, f"it was remarked: {'; '.join(own)}")
        return self

    def told(self) -> str:
        """Return what was said, a code before each sentence."""
        return "; ".join(f"[{problem.code}] {problem}" for problem in self.problems)


def hold(holds: bool, told: str) -> None:  # noqa: FBT001 - an assertion with words, which no optimisation takes away
    """Hold that something is so.

    Raises:
        AssertionError: it is not; the message is `told`.
    """
    if not holds:
        raise AssertionError(told)
