"""Every rule of the core, once where it speaks and once where it does not, on a real book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from guong.domain.core_rules import all_core_rules
from guong.errors import RefusedError

if TYPE_CHECKING:
    from guong.domain.problems import Problem

Row = dict[str, Any]


class Scene(NamedTuple):
    """A row, what was recorded before it, and the day on which it comes."""

    when: Row
    given: tuple[Row, ...] = ()
    at: str = "2024-04-15"


def step(key: str, /, **answers: Any) -> Row:
    """Return a row of officer `nv-02`, five days ago."""
    return {"step": key, "occurred_on": "2024-04-10", "by": "nv-02", **answers}


def supported(**answers: Any) -> Row:
    """Return a row of support for `@e`."""
    return step("supported", exemplar="@e", kind="visit", what="Thăm nhà", **answers)


def discovered(**answers: Any) -> Row:
    """Return a row that discovers the household in the open field."""
    return step(
        "discovered",
        **{
            "subject": "@ho",
            "field": "linh-vuc-a",
            "source": "inspection",
            "achievement": "Chăm",
            "lead": "phong-b",
            **answers,
        },
    )


def unit(**answers: Any) -> Row:
    """Return a row that registers a unit."""
    return step("unit_registered", **{"key": "phong-d", "name": "Phòng D", **answers})


PAPER = {"number": "05", "date": "2024-04-10", "issuer": "Nơi A"}
ALL = {"a.1": "met", "a.2": "met", "a.3": "met", "a.4": "not_applicable", "chung.1": "met"}


def reviewed(result: str = "passed", found: dict[str, str] | None = None, **answers: Any) -> Row:
    """Return a row that reviews `@e`, by default as passed with every criterion looked at."""
    return step(
        "reviewed", exemplar="@e", result=result, criteria=ALL if found is None else found, papers=[PAPER], **answers
    )


def but(**findings: str) -> dict[str, str]:
    """Return every finding, some changed; an empty one is left out."""
    changed = {key.replace("_", "."): finding for key, finding in findings.items()}
    return {key: finding for key, finding in {**ALL, **changed}.items() if finding}


def honoured(**paper: str) -> Row:
    """Return a row that honours `@e` on a paper."""
    return step("honour_decided", exemplar="@e", kind="praise", authority="phong-b", papers=[paper])


def assessed(**answers: Any) -> Row:
    """Return a row that assesses `@e`."""
    return step("assessed", exemplar="@e", effect="clear", findings="Tốt", **answers)


def voids(entry: str, **answers: Any) -> Row:
    """Return a row that voids an entry."""
    return step("entry_voided", entry=entry, reason="ghi nhầm", **answers)


STARTED = step(
    "replication_started",
    exemplar="@e",
    target_kind="area",
    unit="phong-b",
    target="Xóm dưới",
    similar="Cùng nghề",
    label="@n",
)


def succeeded(start: str) -> Row:
    """Return a row that says a replication works."""
    return step("replication_succeeded", exemplar="@e", start=start, result="Chạy đều")


def quota(field: str) -> Row:
    """Return a row that sets a quota."""
    return step("quota_set", key="q-moi", field=field, holder="phong-b", number=1)


SPEAKS, SILENT = "speaks", "is silent"
TABLE: dict[str, dict[str, list[Scene]]] = {
    "core.acting": {
        SPEAKS: [
            Scene(supported(by="la-01")),
            Scene(supported(by="")),
            Scene(supported(as_role="quan-tri")),
            Scene(supported(in_unit="phong-a")),
            Scene(supported(occurred_on="2024-12-31"), at="2025-01-01"),
        ],
        SILENT: [
            Scene(supported()),
            Scene(supported(as_role="theo-doi", in_unit="phong-b")),
            Scene(supported(occurred_on="2024-12-31"), at="2024-12-31"),
        ],
    },
    "core.future": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-04-16")),
            Scene(supported(occurred_on="2024-05")),
            Scene(supported(occurred_on="2025")),
        ],
        SILENT: [Scene(supported(occurred_on="2024-04-15")), Scene(supported(occurred_on="2024-04"))],
    },
    "core.once": {
        SPEAKS: [
            Scene(unit(key="phong-b")),
            Scene(step("officer_enrolled", key="nv-01", name="Lê Ba", unit="phong-b")),
        ],
        SILENT: [Scene(unit()), Scene(discovered(subject="@nguoi"))],
    },
    "core.stream": {
        SPEAKS: [Scene(step("role_granted", officer="nv-99", role="theo-doi", unit="phong-b"))],
        SILENT: [Scene(step("role_granted", officer="nv-01", role="theo-doi", unit="phong-b"))],
    },
    "core.reference": {
        SPEAKS: [
            Scene(step("officer_assigned", exemplar="@e", officer="nv-99")),
            Scene(supported(entered_for="nv-99")),
            Scene(unit(parent="khong-co")),
            Scene(step("officer_enrolled", key="nv-03", name="Lê Ba", unit="khong-co")),
        ],
        SILENT: [
            Scene(supported(entered_for="nv-01")),
            Scene(step("officer_assigned", exemplar="@e", officer="nv-01")),
            Scene(unit(parent="phong-b")),
        ],
    },
    "core.alive": {
        SPEAKS: [
            Scene(
                step(
                    "introduced",
                    exemplar="@e",
                    purpose="publicity",
                    to="phong-d",
                    occurred_on="2024-04-09",
                    papers=[PAPER],
                ),
                (unit(),),
            ),
            Scene(discovered(lead="phong-c", occurred_on="2024-02-29")),
        ],
        SILENT: [
            Scene(step("introduced", exemplar="@e", purpose="publicity", to="phong-d", papers=[PAPER]), (unit(),)),
            Scene(discovered(lead="phong-c", occurred_on="2024-03-01")),
        ],
    },
    "core.officer-key": {
        SPEAKS: [
            Scene(step("officer_enrolled", key="nguyen-van-an", name="Nguyễn Văn An", unit="phong-b")),
            Scene(step("officer_enrolled", key="an-nguyen", name="Nguyễn Văn An", unit="phong-b")),
        ],
        SILENT: [Scene(step("officer_enrolled", key="phong-b-07", name="Nguyễn Văn An", unit="phong-b"))],
    },
    "core.paper": {
        SPEAKS: [Scene({**reviewed(), "papers": []})],
        SILENT: [Scene(reviewed()), Scene(supported())],
    },
    "core.decision": {
        SPEAKS: [
            Scene(honoured(number="05", date="2024-04-10")),
            Scene(honoured(issuer="Nơi A", date="2024-04-10")),
            Scene(honoured(number="05", issuer="Nơi A")),
        ],
        SILENT: [Scene(honoured(**PAPER))],
    },
    "core.reason": {
        SPEAKS: [
            Scene({**voids("@s"), "reason": ""}, (supported(label="@s"),)),
            Scene({**voids("@s"), "reason": "  "}, (supported(label="@s"),)),
        ],
        SILENT: [Scene(voids("@s"), (supported(label="@s"),))],
    },
    "core.open": {
        SPEAKS: [Scene(discovered(field="linh-vuc-b")), Scene(discovered(field="khong-co"))],
        SILENT: [Scene(discovered())],
    },
    "core.kind": {
        SPEAKS: [Scene(discovered(subject="@to"))],
        SILENT: [Scene(discovered(subject="@ho"))],
    },
    "core.lead": {
        SPEAKS: [Scene(discovered(lead="")), Scene(discovered(lead="phong-a"))],
        SILENT: [Scene(discovered(lead="phong-b")), Scene(discovered(lead="phong-c"))],
    },
    "core.lead-kept": {
        SPEAKS: [Scene(discovered(subject="@nguoi", lead="phong-c"))],
        SILENT: [Scene(discovered(subject="@nguoi")), Scene(discovered(lead="phong-c"))],
    },
    "core.order": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-03-09")),
            Scene(supported(occurred_on="2024-02")),
            Scene(step("introduced", exemplar="@e", purpose="reward", to="phong-b", papers=[PAPER])),
            Scene(
                step("introduced", exemplar="@e", purpose="reward", to="phong-b", papers=[PAPER]), (reviewed("failed"),)
            ),
            Scene(
                step("introduced", exemplar="@e", purpose="reward", to="phong-b", papers=[PAPER]),
                (reviewed(), reviewed("failed")),
            ),
            Scene(
                step(
                    "introduced",
                    exemplar="@e",
                    purpose="reward",
                    to="phong-b",
                    papers=[PAPER],
                    occurred_on="2024-04-09",
                ),
                (reviewed(),),
            ),
        ],
        SILENT: [
            Scene(supported(occurred_on="2024-03-10")),
            Scene(step("introduced", exemplar="@e", purpose="publicity", to="phong-b", papers=[PAPER])),
            Scene(step("introduced", exemplar="@e", purpose="reward", to="phong-b", papers=[PAPER]), (reviewed(),)),
        ],
    },
    "core.order-unclear": {
        SPEAKS: [Scene(supported(occurred_on="2024-03")), Scene(supported(occurred_on="2024"))],
        SILENT: [Scene(supported(occurred_on="2024-04")), Scene(supported())],
    },
    "core.criteria": {
        SPEAKS: [
            Scene(reviewed("failed", but(a_2=""))),
            Scene(reviewed("failed", {**ALL, "a.5": "met"})),
            Scene(reviewed("failed", {**ALL, "a.6": "met"})),
            Scene(reviewed("failed", {**ALL, "z.9": "met"})),
            Scene(reviewed("failed", {})),
        ],
        SILENT: [Scene(reviewed("failed", but(a_1="not_met")))],
    },
    "core.mandatory": {
        SPEAKS: [
            Scene(reviewed("passed", but(a_1="not_met"))),
            Scene(reviewed("passed", but(a_1="not_applicable"))),
            Scene(reviewed("passed", but(a_3="not_met", a_4="not_met"))),
        ],
        SILENT: [
            Scene(reviewed("failed", but(a_1="not_met"))),
            Scene(reviewed("passed", but(a_3="not_met", a_4="met"))),
        ],
    },
    "core.criteria-unmet": {
        SPEAKS: [Scene(reviewed("passed", but(a_2="not_met")))],
        SILENT: [Scene(reviewed("passed", but(a_2="not_applicable"))), Scene(reviewed("failed", but(a_2="not_met")))],
    },
    "core.criteria-general": {
        SPEAKS: [Scene(reviewed("passed", but(chung_1="")))],
        SILENT: [Scene(reviewed("passed", but(chung_1="not_met")))],
    },
    "core.votes": {
        SPEAKS: [Scene(reviewed(present=9, votes_for=9, votes_against=1)), Scene(reviewed(present=0, votes_for=1))],
        SILENT: [
            Scene(reviewed(present=9, votes_for=8, votes_against=1)),
            Scene(reviewed(votes_for=9)),
            Scene(reviewed(present=3)),
        ],
    },
    "core.late": {
        SPEAKS: [Scene(supported(occurred_on="2024-03-15")), Scene(supported(occurred_on="2024-03"), at="2024-04-01")],
        SILENT: [Scene(supported(occurred_on="2024-03-16")), Scene(supported(occurred_on="2024-04"))],
    },
    "core.deadline": {
        SPEAKS: [Scene(assessed(occurred_on="2024-07-01"), at="2024-07-01")],
        SILENT: [
            Scene(assessed(occurred_on="2024-06-30"), at="2024-07-01"),
            Scene(supported(occurred_on="2024-07-01"), at="2024-07-01"),
        ],
    },
    "core.behind-deadline": {
        SPEAKS: [Scene(assessed(occurred_on="2024-06-30"), at="2024-07-01")],
        SILENT: [
            Scene(assessed(occurred_on="2024-06-30"), at="2024-06-30"),
            Scene(assessed(occurred_on="2024-07-01"), at="2024-07-01"),
        ],
    },
    "core.replication": {
        SPEAKS: [Scene(succeeded("@s"), (supported(label="@s"),))],
        SILENT: [Scene(succeeded("@n"), (STARTED,))],
    },
    "core.target": {
        SPEAKS: [
            Scene(voids("@s"), (supported(label="@s"), voids("@s"))),
            Scene(
                step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm"),
                (supported(label="@s"), voids("@s")),
            ),
            Scene(
                step("entry_corrected", entry="@v", set={"entry": "@e"}, reason="nhầm"),
                (supported(label="@s"), voids("@s", label="@v")),
            ),
            Scene(
                step("entry_corrected", entry="@c", set={"kind": "means"}, reason="nhầm"),
                (
                    supported(label="@s"),
                    step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm", label="@c"),
                ),
            ),
        ],
        SILENT: [
            Scene(voids("@s"), (supported(label="@s"),)),
            Scene(voids("@v"), (supported(label="@s"), voids("@s", label="@v"))),
            Scene(voids("@s"), (supported(label="@s"), voids("@s", label="@v"), voids("@v"))),
            Scene(
                voids("@c"),
                (
                    supported(label="@s"),
                    step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm", label="@c"),
                ),
            ),
        ],
    },
    "core.first": {
        SPEAKS: [Scene(voids("@d"), (discovered(label="@h"), supported()))],
        SILENT: [Scene(voids("@s"), (supported(label="@s"),))],
    },
    "core.identity": {
        SPEAKS: [Scene(step("entry_corrected", entry="@d", set={"field": "linh-vuc-b"}, reason="nhầm"))],
        SILENT: [
            Scene(step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm"), (supported(label="@s"),))
        ],
    },
    "core.bound": {
        SPEAKS: [Scene(quota("khong-co"))],
        SILENT: [Scene(quota("linh-vuc-b"))],
    },
}
RULES = {rule.code: rule for rule in all_core_rules()}


def test_every_rule_of_the_core_is_tried_where_it_speaks_and_where_it_does_not() -> None:
    assert sorted(TABLE) == sorted(RULES)
    assert len(RULES) == len(all_core_rules()), "two rules share a code"
    assert all(sides.keys() == {SPEAKS, SILENT} and all(sides.values()) for sides in TABLE.values())


def play(small: Any, scene: Scene) -> tuple[list[Problem], bool]:
    """Record what was given, judge the row, and return what the rules say and whether it would be recorded."""
    for row in scene.given:
        small.record(row)
    small.ids.setdefault("@d", small.book.log.stream(small.ids["@e"])[0].entry.id)
    try:
        receipt = small.record(scene.when, at=scene.at, dry_run=True)
    except RefusedError as error:
        return [problem for _, problem in error.problems], False
    return list(receipt.remarks), True


@pytest.mark.parametrize(
    ("code", "scene"),
    [
        pytest.param(code, scene, id=f"{code}-{number}")
        for code, sides in TABLE.items()
        for number, scene in enumerate(sides[SPEAKS])
    ],
)
def test_a_rule_speaks_where_it_must(small: Any, code: str, scene: Scene) -> None:
    problems, recorded = play(small, scene)
    said = [problem for problem in problems if problem.code == code]
    assert said, [problem.message for problem in problems]
    assert recorded is not RULES[code].refuses
    for problem in said:
        assert problem.refusal is RULES[code].refuses
        assert "‹" not in f"{problem}".replace("‹chưa rõ›", ""), "a figure is missing from the words"
        assert not [name for name in ("Đỗ Văn Tốt", "Vũ Thị Chăm", "Nguyễn") if name in str(problem.figures)]


@pytest.mark.parametrize(
    ("code", "scene"),
    [
        pytest.param(code, scene, id=f"{code}-{number}")
        for code, sides in TABLE.items()
        for number, scene in enumerate(sides[SILENT])
    ],
)
def test_a_rule_is_silent_where_all_is_well(small: Any, code: str, scene: Scene) -> None:
    problems, recorded = play(small, scene)
    assert [problem for problem in problems if problem.code == code] == []
    assert recorded, [problem.message for problem in problems]


def test_all_rules_that_refuse_are_told_at_once(small: Any) -> None:
    row = {
        **reviewed("passed", {"a.1": "not_met", "z.9": "met"}, present=1, votes_for=2),
        "papers": [],
        "by": "la-01",
        "occurred_on": "2025-01-01",
    }
    problems, _ = play(small, Scene(row))
    assert {problem.code for problem in problems} >= {
        "core.acting",
        "core.future",
        "core.paper",
        "core.criteria",
        "core.mandatory",
        "core.votes",
    }
    assert all(problem.refusal for problem in problems), "what is only remarked would hide what must be put right"


def test_a_rule_of_the_field_judges_beside_those_of_the_core(small: Any) -> None:
    assert play(small, Scene(supported(details={"so_buoi": 100}))) == ([], True)
    problems, recorded = play(small, Scene(supported(details={"so_buoi": 101})))
    assert [(one.code, one.message) for one in problems] == [("linh-vuc-a.many", "101 buổi là quá nhiều")]
    assert not recorded


def test_a_field_s_answers_are_read_by_its_form(small: Any) -> None:
    problems, _ = play(small, Scene(supported(details={"so_buoi": "-1", "so_bui": 2})))
    assert [(one.culprit, str(one)) for one in problems] == [
        ("details.so_buoi", "Số buổi: phải là số nguyên từ 0"),
        ("details.so_bui", "details.so_bui: không có mục này trong biểu; có phải là so_buoi?"),
    ]


def test_every_rule_says_what_it_demands_and_where_it_speaks() -> None:
    for rule in all_core_rules():
        assert rule.code.startswith("core.")
        assert rule.words.text
        assert rule.words.says
