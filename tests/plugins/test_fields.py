"""The plan and its thirteen field plugins say what the plan of 2024 says, word for word; and what their rules do."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import guong_van_quan_2024
from guong import Case, Field
from guong.domain.declarations import as_data
from guong.domain.exemplar import Exemplar
from guong.domain.rules import judge
from guong.domain.streams import STEPS
from guong.domain.subject import Subject
from guong.domain.unit import Unit
from guong.forms import read

SEED = tomllib.loads(Path(__file__).with_name("seed-fields.toml").read_text(encoding="utf-8"))
BY_LETTER = {field["letter"]: field for field in SEED["field"]}
UNITS = {unit["name"]: unit["id"] for unit in SEED["unit"]}
MODES = {"giao": "assigned", "de_nghi": "requested"}
KEYS = {
    "a": "hoc-tap-bac", "b": "nong-thon-moi", "c": "doanh-nghiep", "d": "van-hoa-cong-so", "đ": "vi-nguoi-ngheo",
    "e": "toan-dan-doan-ket", "g": "quoc-phong-an-ninh", "h": "day-tot-hoc-tot", "i": "y-te", "k": "phat-trien-kinh-te",
    "l": "lao-dong-gioi", "m": "khoi-nghiep", "n": "phu-nu",
}  # fmt: skip

PACK = guong_van_quan_2024.guong_register_plans()[0]
PLAN = PACK.declared
MODULES = {key: import_module(f"guong_{key.replace('-', '_')}") for key in KEYS.values()}
FIELDS: dict[str, Field] = {key: field for key, module in MODULES.items() for field in module.guong_register_fields()}


def kinds(seed: list[str]) -> tuple[str, ...]:
    """Return subject kinds as the book stores them."""
    return tuple("person" if kind == "individual" else kind for kind in seed)


# ------------------------------------------------------------------ the plan


def test_the_head_of_the_plan_is_as_printed() -> None:
    seed = SEED["plan"]
    assert (PLAN.title, PLAN.issuer, PLAN.number, PLAN.issued) == (seed["title"], seed["issuer"], "", "2024-03")
    assert PLAN.notation == seed["doc_notation"].removeprefix("/")
    assert PLAN.signer == f"{seed['signer_title']} {seed['signer_name']}"


def test_general_criteria_are_the_plan_s_words() -> None:
    seed = [(one["id"], one["text"]) for one in SEED["general_criterion"]]
    assert [(one.id, one.text) for one in PLAN.criteria] == seed


def test_thirteen_fields_are_bound_with_their_titles_and_leads() -> None:
    bound = [
        (one.letter, one.field, one.title, [(lead.unit, lead.mode, lead.text) for lead in one.leads])
        for one in PLAN.fields
    ]
    assert bound == [
        (
            field["letter"], KEYS[field["letter"]], field["name"],
            [(UNITS[lead], MODES[field["assignment"]], field["assignment_text"]) for lead in field["lead_units"]],
        )
        for field in SEED["field"]
    ]  # fmt: skip


def test_fourteen_quotas_of_thirty_six_exemplars() -> None:
    quotas = [(one.key, one.field, one.holder, one.number, one.mode, one.text) for one in PLAN.quotas]
    expected = []
    for field in SEED["field"]:
        key, several = KEYS[field["letter"]], len(field["quota"]) > 1
        for quota in field["quota"]:
            holder = UNITS[quota["lead"]]
            name = f"{key}-{holder}" if several else key
            expected.append((name, key, holder, quota["min"], MODES[field["assignment"]], quota["text"]))
    assert quotas == expected
    assert len(quotas) == 14
    assert sum(one.number * max(1, len(one.parts)) for one in PLAN.quotas) == SEED["plan"]["quota_total_min"]
    assert all((one.bound, one.mark, one.values) == ("at_least", "reviewed", ("passed",)) for one in PLAN.quotas)


def test_only_the_school_quota_is_divided_and_its_parts_are_answers_of_the_form() -> None:
    divided = {one.key: one.parts for one in PLAN.quotas if one.parts}
    assert list(divided) == ["day-tot-hoc-tot"]
    assert list(divided["day-tot-hoc-tot"].values()) == BY_LETTER["h"]["quota"][0]["partitions"]
    field = FIELDS["day-tot-hoc-tot"].declared
    part = next(one for one in field.asks("discovered") if one.key == field.part)
    assert part.choices == divided["day-tot-hoc-tot"]


def test_duties_are_the_plan_s_words() -> None:
    expected = [(duty["id"], duty["text"], "assigned") for duty in SEED["unit_duty"]]
    for duty in SEED["duty"]:
        if duty["assignment"] == "mixed":
            expected += [(f"{duty['id']}.a", duty["text"], "assigned"), (f"{duty['id']}.b", duty["text"], "requested")]
        else:
            expected.append((duty["id"], duty["text"], MODES[duty["assignment"]]))
    assert [(one.id, one.text, one.mode) for one in PLAN.duties] == expected


def test_the_dossier_deadline_is_there_without_a_day() -> None:
    seed = next(one for one in SEED["timeline"] if one["id"] == "III.2.deadline")
    assert [(one.key, one.due, one.text) for one in PLAN.deadlines] == [("ho-so-tong-ket", "", seed["text"])]


def test_every_unit_that_is_named_exists() -> None:
    known = {unit.key for unit in PACK.units}
    assert len(known) == len(PACK.units)
    assert {unit["id"] for unit in SEED["unit"]} <= known
    assert {quota.holder for quota in PLAN.quotas} | {lead.unit for one in PLAN.fields for lead in one.leads} <= known
    assert {unit.kind for unit in PACK.units} <= set(PLAN.unit_kinds)
    assert sum(unit.kind in ("xa", "thi-tran") for unit in PACK.units) == 17
    seen: set[str] = set()
    for unit in PACK.units:
        assert not unit.parent or unit.parent in seen, f"{unit.key} stands before {unit.parent}"
        seen.add(unit.key)


def test_every_precondition_says_why() -> None:
    assert all(need.text for need in PLAN.order)


# ------------------------------------------------------------------ the fields


def test_the_plan_has_thirteen_fields_and_a_hundred_and_eighteen_criteria() -> None:
    assert [FIELDS[key].declared.letter for key in KEYS.values()] == [field["letter"] for field in SEED["field"]]
    ids = [one.id for field in FIELDS.values() for one in field.declared.criteria]
    assert len(ids) == len(set(ids)) == 118
    mandatory = [one.id for field in FIELDS.values() for one in field.declared.criteria if one.mandatory]
    assert mandatory == ["b.tt.01", "dd.hgd.04", "k.cn.05"]


@pytest.mark.parametrize("letter", KEYS)
def test_criteria_are_the_plan_s_words(letter: str) -> None:
    seed, field = BY_LETTER[letter], FIELDS[KEYS[letter]].declared
    assert (field.key, field.title, field.campaign, field.letter) == (
        KEYS[letter],
        seed["name"],
        seed["campaign"],
        letter,
    )
    assert field.kinds == kinds(seed["subject_kinds"])
    groups = {
        key: title
        for question in field.asks("discovered")
        if question.key == field.group
        for key, title in question.choices.items()
    }
    declared = [
        (one.id, one.text, one.kinds, one.mandatory, groups.get(one.group, one.group), one.any_of)
        for one in field.criteria
    ]
    assert declared == [
        (
            one["id"], one["text"], kinds(one["applies_to"]), one.get("mandatory", False), one.get("group", ""),
            one.get("any_of", ""),
        )
        for one in seed["criterion"]
    ]  # fmt: skip


@pytest.mark.parametrize("letter", KEYS)
def test_who_leads_a_field_is_the_plan_s_to_say(letter: str) -> None:
    said = str(as_data(FIELDS[KEYS[letter]].declared))
    assert [word for name in BY_LETTER[letter]["lead_units"] for word in (name, UNITS[name]) if word in said] == []


def test_only_what_a_field_cannot_be_judged_without_must_be_answered() -> None:
    assert {
        (field.letter, step, one.key, *one.choices)
        for field in (one.declared for one in FIELDS.values())
        for step, asked in field.forms.items()
        for one in asked
        if one.required
    } == {
        ("c", "discovered", "loai_hinh", "doanh-nghiep", "hop-tac-xa", "ca-nhan"),
        ("e", "discovered", "dien", "to-chuc", "co-so"),
        ("g", "discovered", "luc_luong", "cong-an", "quan-doi", "dan-quan"),
        ("h", "discovered", "cap_hoc", "mam-non", "tieu-hoc", "thcs"),
        ("k", "discovered", "mo_hinh", "trang-trai", "chan-nuoi", "hang-hoa-dich-vu"),
    }


@pytest.mark.parametrize(
    ("letter", "given", "stored"),
    [
        ("đ", "2023; 2024", ["2023", "2024"]),
        ("k", [2023, 2024], ["2023", "2024"]),
        ("k", "23; 2024", None),
        ("k", "11/2024", None),
    ],
)
def test_the_title_of_a_household_is_asked_for_year_by_year(letter: str, given: Any, stored: list[str] | None) -> None:
    answers, problems = read(FIELDS[KEYS[letter]].declared.asks("reviewed"), {"gia_dinh_van_hoa": given})
    assert answers.get("gia_dinh_van_hoa") == stored
    assert bool(problems) is (stored is None)


# ------------------------------------------------------------------ their rules


class Book:
    """Facts about one subject and a few units."""

    def __init__(self, kind: str, unit: str) -> None:
        self.known = Subject(id="1" * 32, kind=kind, unit=unit, commitment="")

    def unit(self, key: str) -> Unit | None:
        unit = next((one for one in PACK.units if one.key == key), None)
        return Unit(id="2" * 32, key=key, kind=unit.kind, parent="", names=((unit.since, unit.name),)) if unit else None

    def subject(self, _: str) -> Subject:
        return self.known

    def officer(self, _: str) -> None:
        return None

    exemplar = plan = meeting = decision = officer

    def entries(self, _: str) -> list[Any]:
        return []

    exemplars = effective = entries

    def alike(self, *_: Any) -> list[str]:
        return []


def judged(
    field: str, step: str, data: dict[str, Any] | None = None, *, details: dict[str, Any] | None = None,
    kind: str = "person", unit: str = "xa-diem-he", discovered: dict[str, Any] | None = None,
) -> list[str]:  # fmt: skip
    """Return the codes of what a field's rules say about a step, the remarks in brackets."""
    book = Book(kind, unit)
    answers, problems = read(FIELDS[field].declared.asks(step), details or {})
    assert not problems
    state = None
    if step != "discovered":
        state = Exemplar(
            id="3" * 32,
            plan=PLAN.key,
            field=field,
            declaration="",
            subject=book.known.id,
            lead="",
            unit=unit,
            details=discovered or {},
        )
    case = Case(
        step=STEPS[step], state=state, data={"subject": book.known.id, **(data or {})}, personal={}, details=answers,
        occurred_on="2024-06-01", effective_on=None, today=dt.date(2024, 6, 1), by="noi-vu-01", role="theo-doi",
        unit=unit, papers=(), entered_for=None, reason=None, plan=None, field=FIELDS[field].declared, stream="3" * 32,
        facts=book,
    )  # fmt: skip
    found = judge(FIELDS[field].rules, case)
    assert all("‹" not in str(one) for one in found)
    return [one.code.partition(".")[2] if one.refusal else f"({one.code.partition('.')[2]})" for one in found]


@pytest.mark.parametrize(
    ("kind", "unit", "says"),
    [
        ("collective", "xa-diem-he", []),
        ("collective", "thi-tran-van-quan", ["commune"]),
        ("collective", "truong-tieu-hoc-diem-he", ["commune"]),
        ("collective", "xa-khong-co", ["commune"]),
        ("person", "thi-tran-van-quan", []),
        ("household", "thi-tran-van-quan", []),
    ],
)
def test_new_countryside_a_collective_is_a_commune(kind: str, unit: str, says: list[str]) -> None:
    assert judged("nong-thon-moi", "discovered", kind=kind, unit=unit) == says


def test_new_countryside_figures_belong_to_their_kind_of_subject() -> None:
    field = "nong-thon-moi"
    assert judged(field, "assessed", kind="collective") == ["criteria"]
    assert judged(field, "assessed", kind="collective", details={"tieu_chi": 0}) == []
    assert judged(field, "assessed", kind="household") == ["(given)"]
    assert judged(field, "assessed", kind="household", details={"hien_dat": "320"}) == []
    assert judged(field, "discovered", kind="person", details={"tieu_chi": 17}) == ["not-commune"]
    assert judged(field, "supported", kind="person", details={"muc": "nang-cao"}) == ["not-commune"]
    assert judged(field, "reviewed", kind="household", details={"tieu_chi": 19}) == ["not-commune"]
    assert judged(field, "replication_succeeded", kind="household", details={"tieu_chi": 19}) == []


@pytest.mark.parametrize(
    ("lead", "force", "says"),
    [
        ("cong-an-huyen", "cong-an", []),
        ("cong-an-huyen", "dan-quan", ["force"]),
        ("ban-chqs-huyen", "dan-quan", []),
        ("ban-chqs-huyen", "quan-doi", []),
        ("ban-chqs-huyen", "cong-an", ["force"]),
    ],
)
def test_defence_the_force_belongs_to_the_lead(lead: str, force: str, says: list[str]) -> None:
    assert judged("quoc-phong-an-ninh", "discovered", {"lead": lead}, details={"luc_luong": force}) == says


def test_defence_asks_for_the_force() -> None:
    _, problems = read(FIELDS["quoc-phong-an-ninh"].declared.asks("discovered"), {})
    assert [(one.code, one.culprit) for one in problems] == [("form.required", "luc_luong")]


@pytest.mark.parametrize(
    ("finding", "count", "says"),
    [("met", 0, []), ("met", 2, ["hot-spots"]), ("not_met", 2, []), ("met", None, ["(hot-spots-unasked)"])],
)
def test_defence_hot_spots_cannot_be_met_where_there_were_some(
    finding: str, count: int | None, says: list[str]
) -> None:
    data = {"result": "passed", "criteria": {"g.tt.05": finding}}
    assert judged("quoc-phong-an-ninh", "reviewed", data, details={"diem_nong": count}, kind="collective") == says


@pytest.mark.parametrize(
    ("kind", "group", "says"),
    [
        ("person", "nha-giao", []),
        ("person", "", ["group"]),
        ("collective", "", []),
        ("collective", "hoc-sinh", ["group"]),
    ],
)
def test_teaching_only_people_have_a_group(kind: str, group: str, says: list[str]) -> None:
    assert judged("day-tot-hoc-tot", "discovered", kind=kind, details={"cap_hoc": "thcs", "nhom": group}) == says


@pytest.mark.parametrize(
    ("group", "consent", "guardian", "says"),
    [
        ("hoc-sinh", None, None, ["pupil-consent", "(guardian)"]),
        ("hoc-sinh", False, True, ["pupil-consent"]),
        ("hoc-sinh", True, None, ["(guardian)"]),
        ("hoc-sinh", True, True, []),
        ("nha-giao", None, None, []),
    ],
)
def test_teaching_a_pupil_is_not_publicised_without_consent(
    group: str, consent: bool | None, guardian: bool | None, says: list[str]
) -> None:
    data = {"channel": "website", "title": "", "consent": consent}
    found = judged("day-tot-hoc-tot", "publicised", data, details={"giam_ho": guardian}, discovered={"nhom": group})
    assert found == says


def test_teaching_criteria_follow_kind_and_group() -> None:
    field = FIELDS["day-tot-hoc-tot"].declared
    assert [one.id for one in field.criteria_for("person", "hoc-sinh")] == ["h.hs.01", "h.hs.02"]
    assert [one.id for one in field.criteria_for("person", "nha-giao")] == [f"h.cn.0{number}" for number in range(1, 5)]
    assert [one.id for one in field.criteria_for("collective")] == [f"h.tt.0{number}" for number in range(1, 9)]
