"""The rules made beforehand, each of them on cases that only it looks at; the fields' own tests try them on real books."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong import Case, Field, FieldDeclaration, PlanDeclaration, Rule, ask, ready
from guong.domain.entry import Entry, FieldPart, MadeWith, Stored
from guong.domain.exemplar import CriterionFinding, Exemplar
from guong.domain.plan import Plan
from guong.domain.review import RESULTS
from guong.domain.rules import judge
from guong.domain.streams import STEPS
from guong.domain.subject import Subject
from guong.domain.unit import Unit

DAY = "2024-11-20"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the field of these tests asks at every step."""

    nhom: Annotated[str, ask("Nhóm", choices={"lon": "nhóm lớn", "nho": "nhóm nhỏ"})] = ""
    so: Annotated[int | None, ask("Số đã làm", minimum=0)] = None
    tong: Annotated[int | None, ask("Tổng số", minimum=0)] = None
    nam: Annotated[str, ask("Năm")] = ""
    cac_nam: Annotated[tuple[str, ...], ask("Các năm")] = ()
    kin: Annotated[bool | None, ask("Điều riêng", personal=True)] = None
    cap: Annotated[str, ask("Cấp", choices={"thap": "thấp", "cao": "cao"})] = ""


FIELD = Field(
    FieldDeclaration(key="linh-vuc", title="Lĩnh vực", group="nhom"),
    dict.fromkeys(("discovered", "supported", "assessed", "publicised", "reviewed"), Asked),
).declared


class Book:
    """What the rules may ask of other streams, by id or key."""

    def __init__(self, *subjects: Subject, entries: tuple[Stored, ...] = ()) -> None:
        self.subjects, self.entries_ = {one.id: one for one in subjects}, list(entries)

    def subject(self, id_: str) -> Subject | None:
        return self.subjects.get(id_)

    def unit(self, key: str) -> Unit | None:
        known = Unit(id="u", key="don-vi", kind="loai-mot", parent="", names=(("2020-01-01", "Đơn vị Một"),))
        return known if key == known.key else None

    def effective(self, _: str) -> list[Stored]:
        return self.entries_

    def nobody(self, _: str) -> None:
        return None

    officer = exemplar = plan = meeting = decision = nobody

    def nothing(self, *_: Any) -> list[Any]:
        return []

    exemplars = alike = entries = nothing


def who(id_: str = "s", kind: str = "person", **more: Any) -> Subject:
    """Return a subject of the unit `don-vi`."""
    return Subject(id=id_, kind=kind, commitment="", **{"unit": "don-vi", **more})


class Happened(NamedTuple):
    """An entry in short: a step, its day, the field's answers and the step's own."""

    step: str
    on: str
    details: dict[str, Any]
    data: dict[str, Any] = {}  # noqa: RUF012 - never changed

    def stored(self, position: int) -> Stored:
        """Return it as an entry of the log; its id is `e` and its position."""
        entry = Entry(
            id=f"e{position}", salt="", seen=None, step=self.step, v=1, recorded_at="2024-11-21T00:00:00Z", occurred_on=self.on,
            by="nv", role="r", unit="don-vi", correlation="", data=self.data,
            field=FieldPart(key="linh-vuc", declaration="", details=self.details),
            made_with=MadeWith(version="", channel="cli"),
        )  # fmt: skip
        return Stored(position=position, stream="x", version=position, topic=f"exemplar.{self.step}", entry=entry)


def case(
    step: str = "reviewed", details: dict[str, Any] | None = None, *subjects: Subject, on: str = DAY, before: tuple[Happened, ...] = (),
    discovered: dict[str, Any] | None = None, found: dict[str, str] | None = None, sub_plans: tuple[tuple[str, str], ...] = (),
    unit_kinds: dict[str, str] | None = None, **data: Any,
) -> Case:  # fmt: skip
    """Return a case about the first of the subjects, or about a person; a review is passed with criterion `t.1` met."""
    subjects = subjects or (who(),)
    state = None
    if step != "discovered":
        findings = {id_: CriterionFinding(finding=one, on=on, position=1) for id_, one in (found or {}).items()}
        state = Exemplar(
            id="x", plan="k", field="linh-vuc", declaration="", subject=subjects[0].id, lead="don-vi", unit="don-vi",
            details=discovered or {}, findings=findings,
        )  # fmt: skip
    passed = {"result": "passed", "criteria": {"t.1": "met"}} if step == "reviewed" else {}
    plan = Plan(
        id="p", key="k", declared=PlanDeclaration(key="k", title="K", unit_kinds=unit_kinds or {}), sub_plans=sub_plans
    )
    entries = tuple(one.stored(number) for number, one in enumerate(before, start=1))
    return Case(
        step=STEPS[step], state=state, data={"subject": subjects[0].id, **passed, **data}, personal={}, details=details or {},
        occurred_on=on, effective_on=None, today=dt.date(2025, 1, 1), by="nv", role="r", unit="don-vi", entered_for=None, papers=(),
        reason=None, plan=plan, field=FIELD, stream="x", facts=Book(*subjects, entries=entries),
    )  # fmt: skip


def said(rule: Rule, one: Case) -> list[str]:
    """Return what a rule says."""
    problems = judge((rule,), one)
    assert all(problem.refusal is rule.refuses for problem in problems)
    assert all("‹" not in str(problem) for problem in problems), problems
    return [problem.message for problem in problems]


WORDS = ("linh-vuc.thu", "Phải thế", "Nguồn")


# ------------------ a title every year

TITLE = ready.Title(name="Danh hiệu", key="cac_nam", kinds=("person",))
YEARS = st.sets(st.integers(2016, 2024))


def titled(shown: set[int], **more: Any) -> Subject:
    """Return a subject of whom papers show the title in some years."""
    return who(titles={"danh hieu": dict.fromkeys(shown, 1), "Khác": {2023: 1}}, **more)


def years(rule: Rule, one: Case) -> set[int]:
    """Return the years of which a rule says something."""
    return {int(year) for problem in judge((rule,), one) for year in problem.figures["years"].split(", ")}


@given(YEARS, YEARS, st.integers(1, 3))
def test_each_year_of_a_title_is_spoken_of_by_the_rule_it_belongs_to(
    named: set[int], shown: set[int], demanded: int
) -> None:
    title = msgspec.structs.replace(TITLE, years=demanded)
    one = case("reviewed", {"cac_nam": [str(year) for year in named]}, titled(shown))
    refused = years(ready.title_held(*WORDS, title=title), one)
    gaps = years(ready.title_gap(*WORDS, title=title), one)
    unproven = years(ready.title_unproven(*WORDS, title=title), one)
    for year in range(2010, 2030):
        known = year in named or year in shown
        just_before = 2023 - demanded < year <= 2023
        assert (year in refused) is (just_before and not known)
        earlier_known = any(other < year for other in named | shown)
        assert (year in gaps) is (earlier_known and not known and year <= 2023 - demanded)
        assert (year in unproven) is (year in named and year not in shown)


@given(YEARS, YEARS)
def test_a_title_shown_of_one_who_is_the_same_counts_and_of_another_does_not(own: set[int], other: set[int]) -> None:
    rule = ready.title_held(*WORDS, title=TITLE)
    same = (titled(own, absorbed=("s2",)), titled(other, id_="s2", into="s"))
    assert (said(rule, case("reviewed", {}, *same)) == []) is (2023 in own | other)
    assert (said(rule, case("reviewed", {}, titled(own), titled(other, id_="s2"))) == []) is (2023 in own)


HOLDER = msgspec.structs.replace(TITLE, held_by="household")


@pytest.mark.parametrize(
    ("subjects", "speaks"),
    [
        ((who(links=(("head", "h"),)), titled({2023}, id_="h", kind="household")), False),
        ((who(links=(("member", "h"),)), titled({2022}, id_="h", kind="household")), True),
        ((titled({2023}, links=(("head", "h"),)), who("h", "household")), True),
        ((who(links=(("represents", "c"),)), titled({2023}, id_="c", kind="collective")), True),
        # the household has been merged into the one that holds the title, and the person into one that is linked
        (
            (who(links=(("head", "h"),)), who("h", "household", into="h2"), titled({2023}, id_="h2", kind="household")),
            False,
        ),
        (
            (
                who(into="s2"),
                who("s2", absorbed=("s",), links=(("head", "h"),)),
                titled({2023}, id_="h", kind="household"),
            ),
            False,
        ),
        # a link to somebody whom the book does not know says nothing
        ((who(links=(("head", "khong-co"),)),), True),
    ],
)
def test_the_title_of_a_household_is_looked_for_at_the_household(subjects: tuple[Subject, ...], speaks: bool) -> None:
    assert bool(said(ready.title_held(*WORDS, title=HOLDER), case("reviewed", {}, *subjects))) is speaks


def test_a_title_is_asked_of_its_kinds_and_of_a_review_that_is_passed() -> None:
    rule = ready.title_held(*WORDS, title=TITLE)
    assert said(rule, case()) == ["năm 2023 chưa có danh hiệu “Danh hiệu”"]
    assert said(rule, case(on="2025-02")) == ["năm 2024 chưa có danh hiệu “Danh hiệu”"]
    assert said(rule, case("reviewed", {}, who(kind="household"))) == []
    assert [result for result in RESULTS if said(rule, case(result=result))] == ["passed"]


# ------------------ findings

DAYS = st.sampled_from(("2024-10-01", "2024-10-02", "2024-10-02", "2024-11-20", "2024-11-21"))
COUNTS = st.none() | st.integers(0, 2)


@given(st.lists(st.tuples(st.sampled_from(("assessed", "supported")), DAYS, COUNTS), max_size=6), COUNTS)
def test_the_answer_that_counts_is_the_review_s_own_or_else_the_last_one_before_it(
    told: list[tuple[str, str, int | None]], own: int | None
) -> None:
    def answers(count: int | None) -> dict[str, Any]:
        return {} if count is None else {"so": count}

    steps = ("assessed",)
    against = ready.met_against(*WORDS, criteria=("t.1",), keys=("so",), steps=steps, wrong=lambda count: count == 0)
    without = ready.met_without(*WORDS, criteria=("t.1",), keys=("so",), steps=steps)
    before = tuple(Happened(step, day, answers(count)) for step, day, count in told)
    one = case("reviewed", answers(own), before=before)

    counts = own
    if own is None:
        known = [
            (day, place, count)
            for place, (step, day, count) in enumerate(told)
            if step == "assessed" and day <= DAY and count is not None
        ]
        counts = max(known)[2] if known else None
    assert bool(said(against, one)) is (counts == 0)
    assert bool(said(without, one)) is (counts is None)


@given(st.sampled_from(("met", "not_met", "not_applicable", None)), st.sampled_from(("met", "not_met", None)))
def test_a_finding_of_the_review_takes_the_place_of_the_one_before(now: str | None, earlier: str | None) -> None:
    rule = ready.met_against(*WORDS, criteria=("t.1", "t.2"), keys=("so",), wrong=lambda count: count > 0)
    found = {"t.1": earlier} if earlier else {}
    one = case("reviewed", {"so": 3}, found=found, criteria={"t.1": now} if now else {})
    assert said(rule, one) == (["t.1 ghi là đạt nhưng Số đã làm: 3"] if (now or earlier) == "met" else [])


def test_what_is_unknown_is_not_compared() -> None:
    def wrong(*counts: int) -> bool:
        return not any(counts)

    both = ready.met_against(*WORDS, criteria=("t.1",), keys=("so", "tong"), wrong=wrong)
    either = ready.met_against(*WORDS, criteria=("t.1",), keys=("so", "tong"), wrong=wrong, least=1)
    assert said(both, case("reviewed", {"so": 0})) == []
    assert said(either, case("reviewed", {"so": 0})) == ["t.1 ghi là đạt nhưng Số đã làm: 0"]
    assert said(both, case("reviewed", {"so": 0, "tong": 0})) == ["t.1 ghi là đạt nhưng Số đã làm: 0; Tổng số: 0"]
    assert said(either, case("reviewed", {"so": 0, "tong": 1})) == []
    assert said(either, case()) == []
    untold = ready.met_without(*WORDS, criteria=("t.1",), keys=("so", "tong"))
    assert said(untold, case("reviewed", {"so": 0})) == ["t.1 ghi là đạt nhưng chưa nêu: Tổng số"]
    assert (
        said(ready.met_without(*WORDS, criteria=("t.1",), keys=("so", "tong"), least=1), case("reviewed", {"so": 0}))
        == []
    )


def test_an_answer_about_a_person_is_not_repeated() -> None:
    rule = ready.met_against(*WORDS, criteria=("t.1",), keys=("kin",), wrong=lambda answer: not answer)
    assert said(rule, case("reviewed", {"kin": False})) == [
        "t.1 ghi là đạt nhưng Điều riêng: câu trả lời được niêm phong"
    ]


@given(st.lists(st.tuples(DAYS, st.sampled_from(("", "2022", "2023", "2024"))), max_size=5), st.integers(1, 3))
def test_years_are_counted_once_each_and_up_to_the_review(told: list[tuple[str, str]], wanted: int) -> None:
    rule = ready.met_without_years(*WORDS, criteria=("t.1",), key="nam", step="assessed", years=wanted)
    before = tuple(Happened("assessed", day, {"nam": year} if year else {}) for day, year in told)
    known = {year for day, year in told if year and day <= DAY}
    assert bool(said(rule, case(before=before))) is (len(known) < wanted)


def test_a_profile_is_judged_by_its_criterion() -> None:
    rule = ready.of_profile(*WORDS, key="cap", criteria={"thap": "t.1", "cao": "t.2"})
    assert said(rule, case(discovered={"cap": "thap"})) == []
    assert said(rule, case(discovered={"cap": "cao"})) == ["kết luận đạt ở diện cao dù t.2: chưa đối chiếu"]
    assert said(rule, case(discovered={"cap": "cao"}, found={"t.2": "met"})) == []
    assert said(rule, case(discovered={"cap": "cao"}, result="failed")) == []
    assert said(rule, case()) == []


# ------------------ what must have been done before


@given(st.lists(st.tuples(DAYS, st.sampled_from(("thap", "cao", "")), st.none() | DAYS), max_size=4))
def test_a_publication_counts_that_is_of_the_level_and_stands_on_the_day_of_the_review(
    told: list[tuple[str, str, str | None]],
) -> None:
    rule = ready.publicised(*WORDS, key="cap", answers=("cao",))
    publications = tuple(Happened("publicised", day, {"cap": level} if level else {}) for day, level, _ in told)
    removals = tuple(
        Happened("publicity_removed", down, {}, {"publication": f"e{number}"})
        for number, (_, _, down) in enumerate(told, start=1)
        if down
    )
    stands = any(day <= DAY and level == "cao" and not (down and down <= DAY) for day, level, down in told)
    assert (said(rule, case(before=publications + removals)) == []) is stands


def test_where_dates_cannot_tell_a_publication_counts() -> None:
    rule = ready.publicised(*WORDS, key="cap", answers=("cao",))
    told = Happened("publicised", "2024-11", {"cap": "cao"})
    down = Happened("publicity_removed", "2024-11", {}, {"publication": "e1"})
    assert said(rule, case(before=(told,))) == []
    assert said(rule, case(before=(told, down))) == []
    assert said(rule, case(before=(told, down), on="2024-12-01")) != []


def test_a_publication_is_asked_for_by_a_criterion_or_by_the_result_and_of_its_kinds() -> None:
    rule = ready.publicised(*WORDS, key="cap", answers=("cao",), kinds=("person",), criteria=("t.1",))
    end = "nhưng đến ngày 20/11/2024 chưa có tin, bài nào còn đăng với Cấp: cao"
    assert said(rule, case()) == [f"kết luận đạt và t.1 ghi là đạt {end}"]
    assert said(rule, case(criteria={})) == [f"kết luận đạt {end}"]
    assert said(rule, case(result="failed")) == [f"t.1 ghi là đạt {end}"]
    assert said(rule, case(result="failed", criteria={})) == []
    assert said(rule, case("reviewed", {}, who(kind="collective"))) == []


@pytest.mark.parametrize(
    ("filed", "speaks"),
    [
        ((), True),
        ((("don-vi", "2024-11-20"),), False),
        ((("don-vi", "2024-11"),), False),
        ((("don-vi", "2024-11-21"),), True),
        ((("noi-khac", "2024-01-01"),), True),
        ((("don-vi", "2024-12-01"), ("don-vi", "2024-01-01")), False),
    ],
)
def test_the_lead_has_a_plan_of_its_own_by_the_review(filed: tuple[tuple[str, str], ...], speaks: bool) -> None:
    rule = ready.sub_plan(*WORDS)
    assert said(rule, case(sub_plans=filed)) == (
        ["đến ngày 20/11/2024 Đơn vị Một chưa ban hành kế hoạch của mình"] if speaks else []
    )
    assert bool(said(rule, case(sub_plans=filed, result="failed"))) is speaks


def test_a_link_is_asked_for_at_its_step() -> None:
    soon = ready.linked(*WORDS, to="household", step="discovered", refuses=False)
    then = ready.linked(*WORDS, to="household", step="reviewed", refuses=True)
    at_home = (who(links=(("member", "h"),)), who("h", "household"))
    assert said(soon, case("discovered")) == ["đối tượng chưa được liên kết với hộ gia đình nào trong sổ"]
    assert said(soon, case()) == []
    assert said(then, case()) != []
    assert said(then, case(result="failed")) == []
    assert said(soon, case("discovered", {}, *at_home)) == said(then, case("reviewed", {}, *at_home)) == []


# ------------------ who, and what is asked of whom


def test_the_kind_of_the_unit_is_told_in_the_plan_s_words() -> None:
    rule = ready.unit_kind(*WORDS, kinds=("collective",), of=("loai-hai",))
    one = case("discovered", {}, who(kind="collective"), unit_kinds={"loai-hai": "Loại Hai"})
    assert said(rule, one) == ["Đơn vị Một không phải là loại hai"]
    assert said(rule, case("discovered", {}, who(kind="collective", unit="mat"))) == ["mat không phải là loai-hai"]
    assert said(rule, case("discovered")) == []
    assert said(ready.unit_kind(*WORDS, kinds=(), of=("loai-mot",)), case("discovered")) == []


def test_an_answer_fits_the_kind_and_the_lead() -> None:
    of_kind = ready.answer_of_kind(*WORDS, key="cap", allowed={"person": ("thap",)})
    assert said(of_kind, case("discovered", {"cap": "cao"})) == ["Cấp: cao không dành cho cá nhân"]
    assert said(of_kind, case("discovered", {"cap": "thap"})) == said(of_kind, case("discovered")) == []
    assert said(of_kind, case("discovered", {"cap": "cao"}, who(kind="model"))) == []
    of_lead = ready.answer_of_lead(*WORDS, key="cap", allowed={"don": ("thap",), "khac": ("cao",)})
    assert said(of_lead, case("discovered", {"cap": "cao"}, lead="don-vi")) == ["Cấp: Đơn vị Một không chủ trì cao"]
    assert said(of_lead, case("discovered", {"cap": "thap"}, lead="don-vi")) == []
    assert said(of_lead, case("discovered", {"cap": "thap"}, lead="khac-nua")) == ["Cấp: khac-nua không chủ trì thấp"]
    assert said(of_lead, case("discovered", {"cap": "thap"}, lead="thu-ba")) == []


@given(
    st.sampled_from(("person", "household")),
    st.sampled_from(({}, {"so": 0}, {"so": 1}, {"tong": 0}, {"so": 1, "tong": 2})),
)
def test_questions_for_some_are_left_blank_by_others(kind: str, details: dict[str, int]) -> None:
    only = ready.only_for(*WORDS, keys=("so", "tong"), steps=("assessed",), kinds=("person",))
    some = ready.needed(*WORDS, keys=("so", "tong"), steps=("assessed",), kinds=("person",))
    one = case("assessed", details, who(kind=kind))
    assert bool(said(only, one)) is (kind != "person" and bool(details))
    assert bool(said(some, one)) is (kind == "person" and not details)


def test_questions_for_a_group_name_the_group() -> None:
    rule = ready.only_for(*WORDS, keys=("so",), steps=("reviewed", "discovered"), group="lon")
    assert said(rule, case("reviewed", {"so": 0}, discovered={"nhom": "nho"})) == [
        "Số đã làm: chỉ hỏi đối với nhóm lớn"
    ]
    assert said(rule, case("reviewed", {"so": 0}, discovered={"nhom": "lon"})) == []
    assert said(rule, case("discovered", {"so": 0, "nhom": "lon"})) == []
    assert said(rule, case("discovered", {"so": 0})) != []


@given(st.sampled_from(("person", "household")), st.sampled_from(("", "lon")))
def test_a_question_asked_of_a_kind_is_answered_by_it_and_by_no_other(kind: str, group: str) -> None:
    rule = ready.asked_of(*WORDS, key="nhom", kinds=("person",))
    details = {"nhom": group} if group else {}
    assert (said(rule, case("discovered", details, who(kind=kind))) == []) is ((kind == "person") is bool(group))


# ------------------ figures


@given(COUNTS, COUNTS)
def test_a_part_is_not_more_than_the_whole(part: int | None, whole: int | None) -> None:
    rule = ready.not_above(*WORDS, key="so", limit="tong", steps=("assessed",))
    details = {key: count for key, count in (("so", part), ("tong", whole)) if count is not None}
    assert bool(said(rule, case("assessed", details))) is (part is not None and whole is not None and part > whole)


@given(st.booleans(), st.booleans(), st.booleans())
def test_figures_are_told_with_their_year(one: bool, other: bool, year: bool) -> None:
    rule = ready.told_with(*WORDS, keys=("so", "tong"), needs="nam", steps=("assessed",))
    details = {**({"so": 0} if one else {}), **({"tong": 1} if other else {}), **({"nam": "2023"} if year else {})}
    assert bool(said(rule, case("assessed", details))) is ((one or other) and not year)


@given(st.lists(st.integers(2020, 2028), max_size=3), st.sampled_from(("2024", "2024-11", "2024-11-20")))
def test_no_year_is_told_before_it_has_begun(told: list[int], on: str) -> None:
    many = ready.years_begun(*WORDS, key="cac_nam", steps=("assessed",))
    assert bool(said(many, case("assessed", {"cac_nam": [str(year) for year in told]}, on=on))) is any(
        year > 2024 for year in told
    )
    single = ready.years_begun(*WORDS, key="nam", steps=("assessed",))
    for year in told:
        assert bool(said(single, case("assessed", {"nam": str(year)}, on=on))) is (year > 2024)
