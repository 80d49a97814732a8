"""The plan and its thirteen field plugins say what the plan of 2024 says, word for word."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import guong_van_quan_2024
from guong import Field
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


# ------------------------------------------------------------------ the fields


def test_the_plan_has_thirteen_fields_and_a_hundred_and_eighteen_criteria() -> None:
    assert [FIELDS[key].declared.letter for key in KEYS.values()] == [field["letter"] for field in SEED["field"]]
    ids = [one.id for field in FIELDS.values() for one in field.declared.criteria]
    assert len(ids) == len(set(ids)) == 118
    mandatory = [one.id for field in FIELDS.values() for one in field.declared.criteria if one.mandatory]
    assert mandatory == ["b.tt.01", "dd.hgd.04", "k.cn.01", "k.cn.05"]


ASKED = [
    pytest.param(one, id=f"{field.key}-{step}-{one.key}")
    for field in FIELDS.values()
    for step, asked in field.declared.forms.items()
    for one in asked
]


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


def test_teaching_criteria_follow_kind_and_group() -> None:
    field = FIELDS["day-tot-hoc-tot"].declared
    assert [one.id for one in field.criteria_for("person", "hoc-sinh")] == ["h.hs.01", "h.hs.02"]
    assert [one.id for one in field.criteria_for("person", "nha-giao")] == [f"h.cn.0{number}" for number in range(1, 5)]
    assert [one.id for one in field.criteria_for("collective")] == [f"h.tt.0{number}" for number in range(1, 9)]
