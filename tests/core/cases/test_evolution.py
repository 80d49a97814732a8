"""A field that changes within its plan: each step is judged by what held on its day, and code finds details as it knows them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong import Case, Criterion, Field, FieldDeclaration, PlanDeclaration, Rule, ask
from guong.domain.changes import changes
from guong.domain.entry import Entry, MadeWith, Stored
from guong.domain.plan import Plan, evolve
from guong.errors import PluginError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.core.cases.conftest import Story

Row = dict[str, Any]
Details = dict[str, Any]
KEY = "linh-vuc-a"
NEW = Criterion(id="a.3", text="thêm vào từ tháng 6", mandatory=True)
OLD_FOUND = {"a.1": "met", "a.2": "met"}
NEW_FOUND = {**OLD_FOUND, "a.3": "met"}
LATE = "chờ văn bản"


def declared_by(story: Story, receipt: Any) -> str:
    """Return the hash of the declaration that an entry names."""
    part = story.stored(receipt.position).entry.field
    assert part is not None
    return str(part.declaration)


def from_june(story: Story) -> tuple[str, str]:
    """Let a person be discovered, and the field hold with one more mandatory criterion from 15 June on; return both hashes."""
    story.person("@nguoi")
    story.discovered()
    story.on("2024-06-20").opened_anew(NEW, occurred_on="2024-06-10", effective_on="2024-06-15")
    old, new = story.plan().fields[KEY]
    assert (old.on, new.on) == ("2024-01-10", "2024-06-15")
    return old.declaration, new.declaration


# ------------------------------------------------------------------ what held on the day


def test_a_step_is_judged_by_what_held_on_its_day_whenever_it_is_recorded(story: Story) -> None:
    old, new = from_june(story)
    before: Row = {"occurred_on": "2024-06-14", "reason": LATE}
    assert story.refused("reviewed", result="passed", criteria=NEW_FOUND, **before) == {"core.criteria"}
    late = story.reviewed(criteria=OLD_FOUND, **before)
    assert (declared_by(story, late), late.remarks) == (old, ())

    on: Row = {"occurred_on": "2024-06-15"}
    assert story.refused("reviewed", result="passed", criteria=OLD_FOUND, **on) == {"core.criteria", "core.mandatory"}
    unmet = {**OLD_FOUND, "a.3": "not_met"}
    assert story.refused("reviewed", result="passed", criteria=unmet, **on) == {"core.mandatory"}
    after = story.reviewed(criteria=NEW_FOUND, **on)
    assert (declared_by(story, after), after.remarks) == (new, ())


def test_what_happened_before_the_first_opening_is_judged_by_the_first(story: Story) -> None:
    story.last_year()
    story.on("2024-06-20").opened_anew(NEW, occurred_on="2024-06-15")
    plan = story.book.world.plan("ke-hoach-cu")
    assert plan is not None
    first = story.plan().fields[KEY][0]
    assert story.plan().opening(KEY, "2023-01-01") == first
    assert story.plan().opening(KEY) == story.plan().fields[KEY][1]
    assert len(plan.fields[KEY]) == 1, "the other plan has not opened it anew"


def test_where_the_day_cannot_be_told_the_newer_one_judges_and_that_is_remarked(story: Story) -> None:
    old, new = from_june(story)
    vague: Row = {"occurred_on": "2024-06", "result": "passed"}
    assert "core.criteria" in story.refused("reviewed", criteria=OLD_FOUND, **vague)
    told = story.reviewed(criteria=NEW_FOUND, occurred_on="2024-06")
    assert declared_by(story, told) == new
    assert story.remarks(told.position)["core.opening-unclear"] == (
        "chưa rõ 6/2024 ở trước hay sau 15/6/2024, khi linh-vuc-a được mở lại; xét theo khai báo của lần mở lại"
    )
    sure = story.reviewed(criteria=OLD_FOUND, occurred_on="2024-05", reason=LATE)
    assert (declared_by(story, sure), [one.code for one in sure.remarks]) == (old, ["core.late"])


def test_an_opening_recorded_later_for_an_earlier_day_takes_its_place_by_its_day(story: Story) -> None:
    from_june(story)
    story.opened_anew(Criterion(id="a.0", text="thêm vào từ tháng 4"), occurred_on="2024-04-01", reason=LATE)
    assert [one.on for one in story.plan().fields[KEY]] == ["2024-01-10", "2024-04-01", "2024-06-15"]
    told = {day: story.plan().field(KEY, day) for day in ("2024-03-31", "2024-04-01", "2024-06-15")}
    ids = {day: [one.id for one in field.criteria][2:] for day, field in told.items() if field}
    assert ids == {"2024-03-31": [], "2024-04-01": ["a.0"], "2024-06-15": ["a.3"]}


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 3, 31)).map(str)


@given(opened=st.lists(DAYS, min_size=1, max_size=6), day=DAYS)
def test_the_opening_that_holds_is_the_last_by_day_then_by_entry_and_before_all_the_first(
    opened: list[str], day: str
) -> None:
    plan = Plan(id="0" * 32, key="ke-hoach", declared=PlanDeclaration(key="ke-hoach", title="Kế hoạch"))
    for number, on in enumerate(opened):
        data = {"field": KEY, "hash": f"{number}", "declaration": {"key": KEY, "title": "Lĩnh vực"}}
        entry = Entry(
            id=f"{number:032}", salt="", seen=None, step="field_opened", v=1, recorded_at="", occurred_on=on, by="", role="",
            unit="", correlation="", made_with=MadeWith(version="0", channel="cli"), data=data,
        )  # fmt: skip
        stored = Stored(position=number + 1, stream=plan.id, version=number + 1, topic="plan.field_opened", entry=entry)
        plan = evolve(plan, stored) or plan
    ranked = sorted((on, number) for number, on in enumerate(opened))
    held = [number for on, number in ranked if on <= day] or [ranked[0][1]]
    opening = plan.opening(KEY, day)
    assert opening is not None
    assert opening.declaration == f"{held[-1]}"
    assert plan.unsure(KEY, day) is None, "of precise days all can be told"


def test_of_two_openings_on_one_day_the_later_entry_holds(story: Story) -> None:
    from_june(story)
    story.opened_anew(occurred_on="2024-06-15")
    assert [one.on for one in story.plan().fields[KEY]] == ["2024-01-10", "2024-06-15", "2024-06-15"]
    declared = story.plan().field(KEY, "2024-06-15")
    assert declared is not None
    assert [one.id for one in declared.criteria] == ["a.1", "a.2"]


def test_a_review_moved_to_another_day_is_judged_by_what_held_on_that_day(story: Story) -> None:
    old, _ = from_june(story)
    review = story.reviewed(criteria=OLD_FOUND, occurred_on="2024-06-14", reason=LATE)
    moved: Row = {"entry": review.id, "happened_on": "2024-06-16", "reason": "ghi nhầm ngày"}
    assert story.refused("entry_corrected", **moved) == {"core.criteria", "core.mandatory"}
    whole = story.do("entry_corrected", **moved, set={"criteria": NEW_FOUND})
    assert declared_by(story, whole) == old, "a correction is written in the form of the entry it corrects"


def test_the_view_and_the_log_agree_when_all_is_built_anew(story: Story) -> None:
    from_june(story)
    story.reviewed(criteria=NEW_FOUND, occurred_on="2024-06-16")
    state, plan = story.exemplar(), story.book.view.state(story.plan().id)
    assert plan == story.plan()
    story.book.projector.rebuild()
    assert (story.exemplar(), story.book.view.state(plan.id)) == (state, plan)


def test_what_changes_between_two_declarations_is_told_by_key() -> None:
    old, new = form_1().declared, form_3().declared
    assert changes(old, old) == []
    assert changes(old, new) == [
        "bỏ tiêu chí a.2",
        "thêm câu hỏi discovered.nhom, supported.luot",
        "bỏ câu hỏi discovered.loai, supported.buoi",
        "thêm quy tắc linh-vuc-a.seen",
        "đổi phiên bản của biểu, câu hỏi chia nhóm",
    ]
    other = msgspec.structs.replace(old, criteria=(NEW, msgspec.structs.replace(old.criteria[0], mandatory=True)))
    assert changes(old, other) == ["thêm tiêu chí a.3", "bỏ tiêu chí a.2", "đổi tiêu chí a.1"]
    assert changes(old, msgspec.structs.replace(old, version="2", plugin="khác")) == []


def test_a_remark_keeps_the_words_its_rule_had_that_day(story: Story) -> None:
    def saying(words: str) -> Field:
        declared = FieldDeclaration(key=KEY, title="Lĩnh vực A", criteria=(ONE,))
        return Field(declared, rules=[Rule(f"{KEY}.word", "Nói", lambda _: [{"n": 1}], says=words, refuses=False)])

    story.opened_anew(field=saying("lời đầu {n}"))
    story.person("@nguoi")
    first = story.discovered()
    story.on("2024-03-20").opened_anew(field=saying("lời sau {n}"))
    second = story.do("supported", kind="visit", what="Thăm")
    told = [story.remarks(one.position)[f"{KEY}.word"] for one in (first, second)]
    assert told == ["lời đầu 1", "lời sau 1"]


# ------------------------------------------------------------------ versions of the form


class Discovered1(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of whom, at first."""

    loai: Annotated[str, ask("Loại", choices={"lon": "lớn", "nho": "nhỏ"})] = ""
    biet_danh: Annotated[str, ask("Biệt danh", personal=True)] = ""


class Supported1(msgspec.Struct, frozen=True, kw_only=True):
    """How many sessions."""

    buoi: Annotated[int | None, ask("Số buổi", minimum=0)] = None


class Discovered3(msgspec.Struct, frozen=True, kw_only=True):
    """The same under another name, with other choices."""

    nhom: Annotated[str, ask("Nhóm", choices={"N1": "nhóm một", "N2": "nhóm hai"})] = ""
    biet_danh: Annotated[str, ask("Biệt danh", personal=True)] = ""


class Supported3(msgspec.Struct, frozen=True, kw_only=True):
    """How many visits, two of which make a session."""

    luot: Annotated[int | None, ask("Số lượt", minimum=0)] = None


SEEN: list[tuple[str, Details, Details, list[Details]]] = []
"""What the rule of the third version found in the cases it judged: step, its details, those of the discovery, of the history."""


def _seen(case: Case) -> Iterator[dict[str, Any]]:
    past = [one.entry.field.details for one in case.history() if one.entry and one.entry.field]
    SEEN.append((case.step.key, case.details, case.exemplar.details if case.exemplar else {}, past))
    yield from ()


def to_2(step: str, details: Details) -> Details:
    """Count visits instead of sessions."""
    if step == "supported" and "buoi" in details:
        details["luot"] = 2 * details.pop("buoi")
    return details


def to_3(step: str, details: Details) -> Details:
    """Name groups instead of kinds."""
    if step == "discovered" and "loai" in details:
        details["nhom"] = {"lon": "N1", "nho": "N2"}[details.pop("loai")]
    return details


ONE = Criterion(id="a.1", text="ai cũng phải đạt")


def form_1() -> Field:
    """Return the field as it is first opened."""
    big = Criterion(id="a.2", text="chỉ của nhóm lớn", group="lon")
    data = FieldDeclaration(key=KEY, title="Lĩnh vực A", criteria=(ONE, big), group="loai")
    return Field(data, {"discovered": Discovered1, "supported": Supported1})


def form_3(upcasts: dict[int, Callable[[str, Details], Details]] | None = None) -> Field:
    """Return the field two versions later."""
    data = FieldDeclaration(key=KEY, title="Lĩnh vực A", criteria=(ONE,), form=3, group="nhom")
    rule = Rule(f"{KEY}.seen", "Chỉ nhìn", _seen, says="đã nhìn")
    return Field(
        data, {"discovered": Discovered3, "supported": Supported3}, [rule], {1: to_2, 2: to_3, **(upcasts or {})}
    )


@pytest.fixture
def old(story: Story) -> Story:
    """Return a story in which the first form was filled in: a discovery and a visit."""
    SEEN.clear()
    story.on("2024-03-02").opened_anew(field=form_1())
    story.person("@nguoi")
    story.discovered(details={"loai": "lon", "biet_danh": "Tư Rừng"})
    visit = story.do("supported", label="@tham", kind="visit", what="Thăm", details={"buoi": 4})
    assert story.told(visit.position)["Số buổi"] == "4"
    return story


def test_code_finds_older_details_as_its_own_form_has_them_and_the_log_keeps_them(old: Story) -> None:
    before = old.bytes()
    old.on("2024-03-20").opened_anew(field=form_3())
    new = old.do("supported", kind="visit", what="Thăm lần nữa", details={"luot": 3})
    assert SEEN == [("supported", {"luot": 3}, {"nhom": "N1"}, [{"nhom": "N1"}, {"luot": 8}])]
    assert old.exemplar().details == {"loai": "lon"}
    assert {position: old.bytes()[position] for position in before} == before
    assert old.stored(new.position).entry.field.details == {"luot": 3}
    visit = old.book.log.stream(new.stream)[1]
    assert old.told(visit.position)["Số buổi"] == "4"
    assert old.told(new.position)["Số lượt"] == "3"


def test_a_step_of_an_earlier_day_is_asked_by_the_old_form_and_read_by_the_new_code(old: Story) -> None:
    old.on("2024-03-20").opened_anew(field=form_3())
    row: Row = {"kind": "visit", "what": "Thăm", "occurred_on": "2024-03-10"}
    with pytest.raises(RefusedError) as refused:
        old.do("supported", **row, details={"luot": 3})
    (problem,) = (problem for _, problem in refused.value.problems)
    assert (problem.code, problem.fix) == (
        "form.unknown", "các mục có: buoi; ngày đó theo biểu của lần mở từ 02/3/2024",
    )  # fmt: skip
    SEEN.clear()
    late = old.do("supported", **row, details={"buoi": 5})
    assert [(step, details) for step, details, _, _ in SEEN] == [("supported", {"luot": 10})]
    assert old.stored(late.position).entry.field.details == {"buoi": 5}


def test_newer_code_reads_what_is_written_before_anybody_opens_the_field_anew(old: Story) -> None:
    old.on("2024-03-20").upgraded(form_3())
    old.do("supported", kind="visit", what="Thăm", details={"buoi": 1})
    assert SEEN == [("supported", {"luot": 2}, {"nhom": "N1"}, [{"nhom": "N1"}, {"luot": 8}])]


def test_a_correction_is_read_by_the_form_of_the_entry_it_corrects(old: Story) -> None:
    old.on("2024-03-20").opened_anew(field=form_3())
    wrong: Row = {"entry": old.ids["@tham"], "reason": "đếm nhầm"}
    assert old.refused("entry_corrected", **wrong, details={"luot": 3}) == {"form.unknown"}
    SEEN.clear()
    fixed = old.do("entry_corrected", **wrong, details={"buoi": 6})
    assert SEEN[-1] == ("supported", {"luot": 12}, {"nhom": "N1"}, [{"nhom": "N1"}])
    assert old.told(fixed.position)["Số buổi"] == "6"


def test_the_group_of_criteria_follows_the_form_that_names_it(old: Story) -> None:
    old.on("2024-03-20")
    assert old.refused("reviewed", result="passed", criteria={"a.1": "met"}) == {"core.criteria"}
    grouped = form_3()
    grouped = Field(
        msgspec.structs.replace(grouped.declared, criteria=(ONE, Criterion(id="a.4", text="của N1", group="N1"))),
        {"discovered": Discovered3, "supported": Supported3}, upcasts={1: to_2, 2: to_3},
    )  # fmt: skip
    old.opened_anew(field=grouped)
    assert old.refused("reviewed", result="passed", criteria={"a.1": "met"}) == {"core.criteria"}
    old.reviewed(criteria={"a.1": "met", "a.4": "met"})
    old.reviewed(occurred_on="2024-03-19", criteria={"a.1": "met", "a.2": "met"})


def _raises(step: str, details: Details) -> Details:
    details.clear()
    raise KeyError(step)


def _no_data(_: str, details: Details) -> Any:
    return [details]


def _no_json(_: str, __: Details) -> Details:
    return {"x": object()}


@pytest.mark.parametrize(
    ("broken", "said"),
    [(_raises, "KeyError: 'discovered'"), (_no_data, "ValidationError: "), (_no_json, "TypeError: ")],
)
def test_a_function_that_fails_is_named_and_costs_only_what_needs_it(old: Story, broken: Any, said: str) -> None:
    old.on("2024-03-20").opened_anew(field=form_3({1: broken}))
    before, state = old.bytes(), old.exemplar()
    with pytest.raises(PluginError) as error:
        old.do("supported", kind="visit", what="Thăm", details={"luot": 3})
    assert error.value.message.startswith("plugin linh-vuc-a không đọc được biểu phiên bản 1 của bước discovered: ")
    assert said in error.value.message
    assert (old.bytes(), old.exemplar()) == (before, state)
    old.person("@khac", "Lý Văn Khác")
    old.discovered("@moi", "@khac", details={"nhom": "N2"})
    old.do("supported", exemplar="@moi", kind="visit", what="Thăm", details={"luot": 1})


def test_code_older_than_the_form_in_the_log_says_so(old: Story) -> None:
    old.on("2024-03-20").opened_anew(field=form_3())
    old.on("2024-03-21").upgraded(form_1())
    with pytest.raises(PluginError, match="chỉ đọc được biểu đến phiên bản 1; cần bản mới hơn của plugin"):
        old.do("supported", kind="visit", what="Thăm", details={"luot": 3})


@pytest.mark.parametrize(
    ("form", "known", "said"),
    [
        (1, [1], "biểu phiên bản 1 cần upcasts từ: không phiên bản nào; đang có từ: 1"),
        (2, [], "biểu phiên bản 2 cần upcasts từ: 1; đang có từ: không phiên bản nào"),
        (3, [2], "biểu phiên bản 3 cần upcasts từ: 1, 2; đang có từ: 2"),
    ],
)
def test_a_form_comes_with_a_function_for_every_earlier_version(form: int, known: list[int], said: str) -> None:
    data = FieldDeclaration(key=KEY, title="Lĩnh vực A", form=form)
    with pytest.raises(PluginError) as error:
        _ = Field(data, upcasts=dict.fromkeys(known, to_2)).declared
    assert error.value.message == said
