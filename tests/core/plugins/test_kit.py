"""The kit for authors: a scene says what happened, and each suite fails where the plugin does."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import pytest

from guong import Criterion, Field, FieldDeclaration, PlanDeclaration, PlanPack, Quota, Rule, ask, hookimpl
from guong.domain.declarations import Binding, Lead, Need, UnitData
from guong.testing import FieldContract, PlanContract, case, given, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guong import Case

KEY = "linh-vuc-a"


class Discovered(msgspec.Struct, frozen=True, kw_only=True):
    """Asked when somebody is noticed."""

    nhom: Annotated[str, ask("Nhóm", choices={"lon": "nhóm lớn", "nho": "nhóm nhỏ"})]
    ten_goi: Annotated[str, ask("Tên gọi khác", personal=True)] = ""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """Asked of support."""

    so_buoi: Annotated[int | None, ask("Số buổi", minimum=0)] = None


def _crowd(found: Case) -> Iterator[dict[str, Any]]:
    if (found.details.get("so_buoi") or 0) > 10:
        yield {"count": found.details["so_buoi"]}


def _alone(found: Case) -> Iterator[dict[str, Any]]:
    if found.details.get("so_buoi") == 1:
        yield {}


WORDS: dict[str, Any] = {"says": "{count} buổi", "fix": "ghi lại", "source": "Mục 1", "steps": ("supported",)}
CROWD = Rule(f"{KEY}.crowd", "Không quá mười buổi", _crowd, **WORDS)
ALONE = Rule(f"{KEY}.alone", "Nên nhiều buổi", _alone, **WORDS | {"says": "một buổi"}, refuses=False)
FORMS: dict[str, type[msgspec.Struct]] = {"discovered": Discovered, "supported": Supported}
DECLARED = FieldDeclaration(
    key=KEY, title="Lĩnh vực A", kinds=("person", "household"), group="nhom",
    criteria=(Criterion(id="a.1", text="một"), Criterion(id="a.2", text="của nhóm lớn", group="lon")),
)  # fmt: skip


def module(*rules: Rule, forms: dict[str, type[msgspec.Struct]] = FORMS) -> ModuleType:
    """Return the module of a field."""
    made = ModuleType("guong_linh_vuc_a")
    made.guong_register_fields = hookimpl(lambda: [Field(DECLARED, forms, rules)])  # type: ignore[attr-defined]
    return made


PLUGIN = module(CROWD, ALONE)


# ------------------------------------------------------------------ scenes


def test_a_scene_is_played_on_a_real_book_and_says_what_came_of_it() -> None:
    scene = given(PLUGIN).discovered(kind="household").supported(so_buoi=2)
    scene.when("supported", so_buoi=60).then_refused(f"{KEY}.crowd")
    scene.when("supported", so_buoi=1).then_remarked(f"{KEY}.alone")
    outcome = scene.when("supported", so_buoi=3).then_recorded()
    assert outcome.receipt is not None
    assert (outcome.receipt.kind, outcome.receipt.step) == ("exemplar", "supported")
    scene.when("supported", so_buoi="nhiều").then_refused("form.wrong")
    scene.when("supported", buoi=3).then_refused("form.unknown")


def test_the_rules_of_the_core_and_of_a_plan_given_are_there_too() -> None:
    bound = Binding(field=KEY, title="A", leads=(Lead(unit="noi-a"),))
    order = (Need(step="supported", needs="officer_assigned"),)
    roles = {"theo-doi": "theo dõi"}
    plan = PlanPack(
        PlanDeclaration(
            key="ke-hoach", title="Kế hoạch", issuer="Nơi A", issued="2030-06", fields=(bound,), order=order, roles=roles,
            roles_for={"supported": ("theo-doi",)},
        ),
        (UnitData(key="noi-a", name="Nơi A"),),
    )  # fmt: skip
    scene = given(PLUGIN, plan=plan).discovered()
    scene.when("supported").then_refused("core.order")
    scene.officer_assigned().when("supported").then_recorded()


def test_the_whole_life_of_an_exemplar_needs_no_answer_that_a_test_does_not_care_about() -> None:
    scene = (
        given(PLUGIN).discovered(nhom="lon").officer_assigned().supported().assessed().reviewed()
        .dossier_opened().dossier_submitted().honour_decided().honour_presented()
        .replication_planned().replication_started().replication_succeeded()
    )  # fmt: skip
    scene.when("publicised").then_recorded()


def test_the_clock_of_a_scene_goes_along_with_what_happens() -> None:
    scene = given(PLUGIN).discovered()
    scene.when("supported", occurred_on="03/02/2026").then_recorded()
    later = scene.supported(occurred_on="2026-02-03").when("supported").then_recorded()
    assert later.receipt is not None
    scene.when("supported", occurred_on="hôm qua").then_refused("form.wrong")


def test_a_scene_is_a_value_and_the_beginning_of_others() -> None:
    begun = given(PLUGIN).discovered()
    more = begun.supported(so_buoi=2)
    assert len(begun.rows) + 1 == len(more.rows)
    with pytest.raises(AttributeError, match="suported"):
        begun.suported()


@pytest.mark.parametrize(
    ("hold", "told"),
    [
        (lambda end: end(60).then_recorded(), "it was refused: [linh-vuc-a.crowd] 60 buổi; ghi lại"),
        (lambda end: end(60).then_remarked("linh-vuc-a.alone"), "it was refused: "),
        (lambda end: end(60).then_refused("linh-vuc-a.alone"), "it was refused by linh-vuc-a.crowd: "),
        (lambda end: end(60).then_refused(), "it was refused by linh-vuc-a.crowd: "),
        (lambda end: end(2).then_refused("linh-vuc-a.crowd"), "it was recorded, and not refused by linh-vuc-a.crowd"),
        (lambda end: end(2).then_remarked("linh-vuc-a.alone"), "only this was remarked: "),
        (lambda end: end(1).then_recorded(), "it was remarked: một buổi; ghi lại"),
    ],
)
def test_what_does_not_hold_fails_and_says_what_was_said(hold: Callable[[Any], Any], told: str) -> None:
    scene = given(PLUGIN).discovered()
    with pytest.raises(AssertionError) as failed:
        hold(lambda count: scene.when("supported", so_buoi=count))
    assert told in str(failed.value)


def test_a_scene_that_cannot_be_is_told_from_a_step_that_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"the scene itself is refused at supported: \[linh-vuc-a\.crowd\]"):
        given(PLUGIN).discovered().supported(so_buoi=60).when("supported").then_refused(f"{KEY}.crowd")
    with pytest.raises(AssertionError, match="no step suported"):
        given(PLUGIN).discovered().when("suported")


# ------------------------------------------------------------------ cases


def test_a_case_needs_no_book() -> None:
    (field,) = PLUGIN.guong_register_fields()
    crowd = case(field, "supported", {"so_buoi": 60}, kind="household", discovered={"nhom": "lon"})
    assert crowd.subject is not None
    assert crowd.exemplar is not None
    assert (crowd.subject.kind, crowd.exemplar.details) == ("household", {"nhom": "lon"})
    assert [one.message for one in said(field, crowd)] == ["60 buổi"]
    assert said(field, case(field, "supported", {"so_buoi": 6})) == []
    assert case(field, "discovered").exemplar is None
    with pytest.raises(AssertionError, match="neither supported nor the field asks for buoi"):
        case(field, "supported", {"buoi": 6})


# ------------------------------------------------------------------ suites


def suite(contract: type, plugin: ModuleType) -> dict[str, str]:
    """Return the tests of a suite that fail for a plugin, each with its message."""
    one = type("TestIt", (contract,), {"plugin": plugin})()
    failed: dict[str, str] = {}
    for name in (name for name in dir(one) if name.startswith("test_")):
        try:
            getattr(one, name)()
        except AssertionError as error:
            failed[name] = str(error)
    return failed


def test_a_sound_field_passes_its_suite() -> None:
    assert suite(FieldContract, PLUGIN) == {}


def _fails(found: Case) -> Iterator[dict[str, Any]]:
    if found.exemplar and found.exemplar.details.get("nhom") == "nho":
        raise KeyError("nhom")
    yield from ()


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """A free text that nobody seals."""

    ten_goi: Annotated[str, ask("Tên gọi khác")] = ""


class Odd(msgspec.Struct, frozen=True, kw_only=True):
    """A number whose floor lies above its ceiling."""

    so: Annotated[int | None, ask("Số", minimum=9, maximum=1)] = None


@pytest.mark.parametrize(
    ("plugin", "test", "told"),
    [
        (module(Rule(f"{KEY}.x", "t", _fails, **WORDS)), "test_its_rules_judge_any_case_of_their_steps",
         "linh-vuc-a.x: supported, person"),
        (module(Rule(f"{KEY}.x", "t", _alone, **WORDS)), "test_its_rules_judge_any_case_of_their_steps", "a figure is missing"),
        (module(forms={"discovered": Open}), "test_a_book_seals_what_is_personal_and_shows_it_without_the_plugin", "in clear"),
        (module(forms={"discovered": Open}), "test_it_passes_every_check_of_guong_plugin_check", "[personal] biểu discovered"),
        (module(forms={**FORMS, "supported": Odd}), "test_its_questions_take_an_answer_and_tell_it", "supported: Số: phải là"),
    ],
)  # fmt: skip
def test_a_field_at_fault_fails_its_suite(plugin: ModuleType, test: str, told: str) -> None:
    assert told in suite(FieldContract, plugin)[test]


def plan(**changes: Any) -> ModuleType:
    """Return the module of a plan."""
    bound = Binding(field=KEY, title="A", leads=(Lead(unit="noi-a"),))
    declared = PlanDeclaration(
        key="ke-hoach-a", title="Kế hoạch", issuer="Nơi A", issued="2024-03", fields=(bound,),
        quotas=(Quota(key="q", field=KEY, holder="noi-a", number=2, values=("passed",)),),
    )  # fmt: skip
    made = ModuleType("guong_ke_hoach_a")
    pack = PlanPack(msgspec.structs.replace(declared, **changes), (UnitData(key="noi-a", name="Nơi A"),))
    made.guong_register_plans = hookimpl(lambda: [pack])  # type: ignore[attr-defined]
    return made


def test_a_sound_plan_passes_its_suite_and_one_at_fault_does_not() -> None:
    assert suite(PlanContract, plan()) == {}
    elsewhere = (Binding(field=KEY, title="A", leads=(Lead(unit="noi-b"),)),)
    wrong = suite(PlanContract, plan(fields=elsewhere, quotas=(), order=(Need(step="suported", needs="discovered"),)))
    told = wrong["test_it_passes_every_check_of_guong_plugin_check"]
    assert "[leads] lĩnh vực linh-vuc-a: không có đơn vị noi-b" in told
    assert "không có bước suported; có phải là supported?" in told


def test_a_plan_that_no_book_can_be_opened_under_fails_its_suite() -> None:
    failed = suite(PlanContract, plan(rule_books=("bo-khac",)))
    assert "cần plugin bo-khac cho bộ quy tắc này" in failed["test_a_book_can_be_opened_under_it"]
