"""Every rule of the thirteen fields, once where it speaks and once where it does not, on a real book under the plan of 2024."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import guong_van_quan_2024
from guong import Book, Field, Rule
from guong.book import Opening, Sample
from guong.demo import Stage
from guong.domain.core_rules import all_core_rules
from guong.domain.streams import STEPS
from guong.errors import RefusedError
from guong.plugins import Plugins
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guong.domain.problems import Problem

PACK = guong_van_quan_2024.guong_register_plans()[0]
SEED = tomllib.loads(Path(__file__).with_name("seed-fields.toml").read_text(encoding="utf-8"))
LEADS = {one.letter: one.leads[0].unit for one in PACK.declared.fields}
KEYS = {one.letter: one.field for one in PACK.declared.fields}
FIELDS: dict[str, Field] = {
    letter: field
    for letter, key in KEYS.items()
    for field in import_module(f"guong_{key.replace('-', '_')}").guong_register_fields()
}
RULES: dict[str, Rule] = {rule.code: rule for field in FIELDS.values() for rule in field.rules}
GENERAL = dict.fromkeys((one.id for one in PACK.declared.criteria), "met")
PAPER = {"kind": "Biên bản", "number": "05", "date": "2024-11-20", "issuer": "Nơi ghi"}
TITLE = "Gia đình văn hóa"
ZONE = dt.timezone(dt.timedelta(hours=7))
NAMES = (
    "Lý Văn Một",
    "Lý Thị Em",
    "Lý Văn Đồng",
    "Lý Văn Lẻ",
    "Tổ Chung Sức",
    "Trường Chung Sức",
    "Hộ ông Đồng",
    "Hộ bà Hai",
)
Row = dict[str, Any]


# ------------------------------------------------------------------ rows


class Scene(NamedTuple):
    """A row, and what was recorded before it."""

    when: Row
    given: tuple[Row, ...] = ()


def step(key: str, on: str = "2024-11-20", /, **answers: Any) -> Row:
    """Return a row of officer `thu-01`."""
    return {"step": key, "occurred_on": on, "by": "thu-01", **answers}


def subject(label: str, kind: str, name: str, unit: str = "xa-diem-he") -> Row:
    """Return a row that registers a subject."""
    return step("subject_registered", "2024-03-20", kind=kind, name=name, unit=unit, label=label)


def found(letter: str, who: str, on: str = "2024-04-01", /, lead: str = "", **details: Any) -> Row:
    """Return a row that discovers a subject in a field; the exemplar is `@<letter>-<who>`."""
    return step(
        "discovered", on, subject=f"@{who}", field=KEYS[letter], source="inspection", achievement="Làm tốt",
        lead=lead or LEADS[letter], details=details, label=f"@{letter}-{who}",
    )  # fmt: skip


def helped(of: str, on: str = "2024-05-01", /, **details: Any) -> Row:
    """Return a row of support for an exemplar."""
    return step("supported", on, exemplar=f"@{of}", kind="visit", what="Thăm", details=details)


def taken(of: str, on: str = "2024-11-01", /, label: str = "", **details: Any) -> Row:
    """Return a row that assesses an exemplar."""
    row = step("assessed", on, exemplar=f"@{of}", effect="clear", findings="Tốt", details=details)
    return {**row, "label": label} if label else row


def voided(entry: str) -> Row:
    """Return a row that voids an entry."""
    return step("entry_voided", entry=entry, reason="ghi nhầm")


def corrected(entry: str, **details: Any) -> Row:
    """Return a row that corrects what the field was told in an entry."""
    return step("entry_corrected", entry=entry, details=details, reason="ghi nhầm")


def life(letter: str, who: str, /, assessed: Row | None = None, **details: Any) -> tuple[Row, ...]:
    """Return the rows of an exemplar up to its assessment."""
    of = f"{letter}-{who}"
    return (
        found(letter, who, **details),
        step("officer_assigned", "2024-04-02", exemplar=f"@{of}", officer="thu-01"),
        helped(of),
        taken(of, "2024-10-01", **(assessed or {})),
    )


HOUSEHOLD_YEARS = {"gia_dinh_van_hoa": ["2023"]}
MET = {"đ-ho": HOUSEHOLD_YEARS, "k-nong-dan": HOUSEHOLD_YEARS, "k-le": HOUSEHOLD_YEARS}
"""What a review must be told before it can be passed."""
GROUPS = {"h-nguoi": "nha-giao", "h-em": "hoc-sinh"}
KINDS = {"tap-the": "collective", "truong": "collective", "ho": "household", "ho-moi": "household"}
"""Whoever is not named here is a person."""


def reviewed(
    of: str, on: str = "2024-11-20", /, result: str = "passed", findings: Row | None = None, **details: Any
) -> Row:
    """Return a row that reviews an exemplar, by default as passed with every criterion met."""
    letter, _, who = of.partition("-")
    asked = FIELDS[letter].declared.criteria_for(KINDS.get(who, "person"), GROUPS.get(of, ""))
    criteria = {**GENERAL, **dict.fromkeys((one.id for one in asked), "met"), **(findings or {})}
    return step(
        "reviewed", on, exemplar=f"@{of}", result=result, criteria=criteria, papers=[PAPER], details={**MET.get(of, {}), **details}
    )  # fmt: skip


def failed(of: str, criterion: str, /, **details: Any) -> Row:
    """Return a row that reviews an exemplar as not passed, for want of one criterion."""
    return reviewed(of, result="failed", findings={criterion: "not_met"}, **details)


def told(of: str, on: str = "2024-11-10", /, label: str = "", **details: Any) -> Row:
    """Return a row that publicises an exemplar."""
    row = step("publicised", on, exemplar=f"@{of}", channel="website", title="Gương tốt", consent=True, details=details)
    return {**row, "label": label} if label else row


def followed(of: str, /, **details: Any) -> tuple[Row, ...]:
    """Return rows with which others begin to do as an exemplar does."""
    begun = {
        "target_kind": "area",
        "unit": "xa-tri-le",
        "target": "Xóm dưới",
        "similar": "Cùng cảnh",
        "details": details,
    }
    return (
        step("experience_documented", "2024-11-02", exemplar=f"@{of}", title="Cách làm"),
        step("replication_started", "2024-11-05", exemplar=f"@{of}", **begun),
    )


def removed(of: str, on: str, /) -> Row:
    """Return a row that takes down the publication `@tin`."""
    return step("publicity_removed", on, exemplar=f"@{of}", publication="@tin", reason="sai tên")


def titled(who: str, *years: int, name: str = TITLE) -> tuple[Row, ...]:
    """Return rows that show a title."""
    return tuple(
        step("title_evidenced", "2024-03-21", subject=f"@{who}", title=name, year=year, papers=[PAPER])
        for year in years
    )


def linked(who: str, to: str, relation: str = "head") -> Row:
    """Return a row that links two subjects."""
    return step("subject_linked", "2024-03-21", subject=f"@{who}", relation=relation, to=f"@{to}")


def merged(into: str, other: str) -> Row:
    """Return a row that merges a subject into another."""
    return step("subjects_merged", subject=f"@{into}", other=f"@{other}", reason="là một")


def assessed_before(of: str, criterion: str) -> Row:
    """Return a row that finds one criterion met before the review."""
    return step("criterion_assessed", exemplar=f"@{of}", criterion=criterion, finding="met")


def bare(row: Row, *criteria: str) -> Row:
    """Return a review that leaves some criteria out, since they were looked at before."""
    return {**row, "criteria": {id_: finding for id_, finding in row["criteria"].items() if id_ not in criteria}}


SUB_PLAN = step(
    "sub_plan_filed", "2024-04-02", plan=PACK.declared.key, body="phong-gddt", duty="III.7.a", papers=[PAPER]
)
SETTING: tuple[Row, ...] = (
    step("officer_enrolled", "2024-03-18", key="thu-02", name="Phan Thị Hai", unit="phong-noi-vu"),
    subject("@nguoi", "person", "Lý Văn Một"),
    subject("@em", "person", "Lý Thị Em"),
    subject("@nong-dan", "person", "Lý Văn Đồng"),
    subject("@le", "person", "Lý Văn Lẻ"),
    subject("@tap-the", "collective", "Tổ Chung Sức"),
    subject("@truong", "collective", "Trường Chung Sức", "truong-tieu-hoc-diem-he"),
    subject("@ho", "household", "Hộ ông Đồng"),
    linked("nong-dan", "ho"),
    *titled("ho", 2023),
    *(row for letter in "adimn" for row in life(letter, "tap-the")),
    *(row for letter in "abdilmn" for row in life(letter, "nguoi")),
    *life("b", "tap-the", {"tieu_chi": 17}),
    *life("b", "ho"),
    *life("c", "tap-the", loai_hinh="doanh-nghiep"),
    *life("c", "nguoi", loai_hinh="ca-nhan"),
    *life("đ", "nguoi"),
    *life("đ", "ho"),
    *life("e", "tap-the", dien="to-chuc"),
    *life("e", "nguoi", dien="co-so"),
    *life("g", "tap-the", luc_luong="cong-an"),
    *life("h", "tap-the", cap_hoc="tieu-hoc"),
    *life("h", "nguoi", cap_hoc="thcs", nhom="nha-giao"),
    *life("h", "em", cap_hoc="thcs", nhom="hoc-sinh"),
    *life("k", "nong-dan", mo_hinh="trang-trai"),
)
"""Subjects, and exemplars `@<letter>-<who>` up to their assessment on 1 October 2024."""

NEW_HOUSEHOLD = subject("@ho-moi", "household", "Hộ bà Hai")
LONE = life("k", "le", mo_hinh="chan-nuoi")
"""A farmer whom nobody has linked to a household."""
SPEAKS, SILENT = "speaks", "is silent"


def against(of: str, criterion: str, wrong: Row, right: Row, *, unknown: Row | None = None) -> dict[str, list[Scene]]:
    """Return the scenes of a finding that the review's own answers speak against."""
    return {
        SPEAKS: [
            Scene(reviewed(of, **wrong)),
            Scene(bare(reviewed(of, **wrong), criterion), (assessed_before(of, criterion),)),
        ],
        SILENT: [
            Scene(reviewed(of, **right)),
            Scene(reviewed(of, **(unknown or {}))),
            Scene(failed(of, criterion, **wrong)),
        ],
    }


def against_told(of: str, criterion: str, wrong: Row, right: Row) -> dict[str, list[Scene]]:
    """Return the scenes of a finding that the last assessment speaks against."""
    return {
        SPEAKS: [
            Scene(reviewed(of), (taken(of, **wrong),)),
            Scene(reviewed(of), (taken(of, "2024-11-02", **wrong), taken(of, "2024-11-01", **right))),
        ],
        SILENT: [
            Scene(reviewed(of), (taken(of, **right),)),
            Scene(reviewed(of)),
            Scene(reviewed(of), (taken(of, "2024-11-01", **wrong), taken(of, "2024-11-02", **right))),
            Scene(failed(of, criterion), (taken(of, **wrong),)),
        ],
    }


def without(of: str, criterion: str, told: Row) -> dict[str, list[Scene]]:
    """Return the scenes of a finding for which the review gives no answer."""
    partly = [Scene(reviewed(of, **{key: told[key]})) for key in told] if len(told) > 1 else []
    return {
        SPEAKS: [Scene(reviewed(of)), *partly],
        SILENT: [Scene(reviewed(of, **told)), Scene(failed(of, criterion))],
    }


TABLE: dict[str, dict[str, list[Scene]]] = {
    # ------------------ a
    "hoc-tap-bac.excellent": against("a-nguoi", "a.cn.01", {"xep_loai": "tot"}, {"xep_loai": "xuat-sac"}),
    "hoc-tap-bac.excellent-untold": without("a-nguoi", "a.cn.01", {"xep_loai": "xuat-sac"}),
    # ------------------ b
    "nong-thon-moi.commune": {
        SPEAKS: [Scene(found("b", "truong", "2024-11-20"))],
        SILENT: [
            Scene(found("b", "moi", "2024-11-20"), (subject("@moi", "collective", "Tập thể xã", "xa-yen-phuc"),)),
            Scene(found("b", "moi", "2024-11-20"), (subject("@moi", "person", "Người phố", "thi-tran-van-quan"),)),
        ],
    },
    "nong-thon-moi.criteria": {
        SPEAKS: [Scene(taken("b-tap-the"))],
        SILENT: [Scene(taken("b-tap-the", tieu_chi=0)), Scene(taken("b-nguoi"))],
    },
    "nong-thon-moi.not-commune": {
        SPEAKS: [
            Scene(found("b", "le", "2024-11-20", tieu_chi=17)),
            Scene(helped("b-nguoi", "2024-11-20", muc="nang-cao")),
            Scene(reviewed("b-ho", tieu_chi=0)),
        ],
        SILENT: [Scene(helped("b-tap-the", "2024-11-20", muc="nang-cao", tieu_chi=19)), Scene(reviewed("b-ho"))],
    },
    "nong-thon-moi.given": {
        SPEAKS: [Scene(taken("b-ho")), Scene(taken("b-nguoi"))],
        SILENT: [Scene(taken("b-ho", hien_dat=320)), Scene(taken("b-tap-the", tieu_chi=17))],
    },
    "nong-thon-moi.land": {
        SPEAKS: [Scene(reviewed("b-ho", hien_dat=0)), Scene(reviewed("b-nguoi"), (taken("b-nguoi", hien_dat=0),))],
        SILENT: [
            Scene(reviewed("b-ho", hien_dat=320)),
            Scene(reviewed("b-ho"), (helped("b-ho", "2024-11-01", hien_dat=0), taken("b-ho", "2024-11-02", hien_dat=320))),
            Scene(reviewed("b-nguoi")),
            Scene(reviewed("b-nguoi", findings={"b.cn.02": "not_applicable"}, hien_dat=0)),
        ],
    },
    "nong-thon-moi.labour": {
        SPEAKS: [Scene(reviewed("b-ho", ngay_cong=0, dong_gop=0))],
        SILENT: [Scene(reviewed("b-ho", ngay_cong=0, dong_gop=5)), Scene(reviewed("b-ho", ngay_cong=0))],
    },
    # ------------------ c
    "doanh-nghiep.subject": {
        SPEAKS: [
            Scene(found("c", "truong", "2024-11-20", loai_hinh="ca-nhan")),
            Scene(found("c", "le", "2024-11-20", loai_hinh="doanh-nghiep")),
        ],
        SILENT: [
            Scene(found("c", "truong", "2024-11-20", loai_hinh="hop-tac-xa")),
            Scene(found("c", "le", "2024-11-20", loai_hinh="ca-nhan")),
        ],
    },
    "doanh-nghiep.year": {
        SPEAKS: [Scene(taken("c-tap-the", doanh_thu=900)), Scene(taken("c-nguoi", lam_loi=0))],
        SILENT: [Scene(taken("c-tap-the", doanh_thu=900, nam="2023")), Scene(taken("c-tap-the"))],
    },
    "doanh-nghiep.year-begun": {
        SPEAKS: [Scene(taken("c-tap-the", nam="2025"))],
        SILENT: [Scene(taken("c-tap-the", nam="2024")), Scene(taken("c-tap-the"))],
    },
    "doanh-nghiep.growth": {
        SPEAKS: [
            Scene(reviewed("c-tap-the")),
            Scene(reviewed("c-tap-the"), (taken("c-tap-the", nam="2023"), taken("c-tap-the", nam="2023"))),
            Scene(reviewed("c-tap-the", "2024-11-20"), (taken("c-tap-the", nam="2023"), taken("c-tap-the", "2024-11-21", nam="2024"))),
        ],
        SILENT: [
            Scene(reviewed("c-tap-the"), (taken("c-tap-the", nam="2022"), taken("c-tap-the", nam="2023"))),
            Scene(failed("c-tap-the", "c.tt.04")),
        ],
    },
    "doanh-nghiep.taxes": {
        SPEAKS: [
            Scene(reviewed("c-tap-the", nop_thue=False)),
            Scene(reviewed("c-tap-the", nop_thue=True, bao_hiem=False)),
        ],
        SILENT: [
            Scene(reviewed("c-tap-the", nop_thue=True, bao_hiem=True)),
            Scene(reviewed("c-tap-the", bao_hiem=True)),
            Scene(failed("c-tap-the", "c.tt.05", nop_thue=False)),
        ],
    },
    "doanh-nghiep.taxes-untold": without("c-tap-the", "c.tt.05", {"nop_thue": True, "bao_hiem": True}),
    "doanh-nghiep.standards": {
        SPEAKS: [Scene(reviewed("c-tap-the", chung_nhan=["moi-truong"]))],
        SILENT: [
            Scene(reviewed("c-tap-the", chung_nhan=["an-ninh-trat-tu", "moi-truong", "an-toan-lao-dong"])),
            Scene(reviewed("c-tap-the")),
        ],
    },
    "doanh-nghiep.standards-untold": without("c-tap-the", "c.tt.06", {"chung_nhan": ["moi-truong"]}),
    "doanh-nghiep.gain": against_told("c-nguoi", "c.cn.02", {"lam_loi": 0}, {"lam_loi": 5_000_000}),
    # ------------------ d
    "van-hoa-cong-so.group": {
        SPEAKS: [Scene(found("d", "truong", "2024-11-20", nhom="cong-chuc"))],
        SILENT: [Scene(found("d", "le", "2024-11-20", nhom="cong-chuc")), Scene(found("d", "truong", "2024-11-20"))],
    },
    "van-hoa-cong-so.unit": {
        SPEAKS: [Scene(reviewed("d-nguoi", trong_sach=True)), Scene(reviewed("d-nguoi", an_ninh=False))],
        SILENT: [Scene(reviewed("d-tap-the", trong_sach=True, an_ninh=True)), Scene(reviewed("d-nguoi"))],
    },
    "van-hoa-cong-so.party": against("d-tap-the", "d.tt.06", {"trong_sach": False}, {"trong_sach": True}),
    "van-hoa-cong-so.party-untold": without("d-tap-the", "d.tt.06", {"trong_sach": True}),
    "van-hoa-cong-so.safe": against("d-tap-the", "d.tt.07", {"an_ninh": False}, {"an_ninh": True}),
    "van-hoa-cong-so.safe-untold": without("d-tap-the", "d.tt.07", {"an_ninh": True}),
    "van-hoa-cong-so.excellent-untold": without("d-nguoi", "d.cn.02", {"nam_xuat_sac": ["2023"]}),
    "van-hoa-cong-so.excellent-begun": {
        SPEAKS: [Scene(reviewed("d-nguoi", nam_xuat_sac=["2023", "2025"]))],
        SILENT: [Scene(reviewed("d-nguoi", nam_xuat_sac=["2023", "2024"]))],
    },
    # ------------------ đ
    "vi-nguoi-ngheo.household": {
        SPEAKS: [
            Scene(reviewed("đ-nguoi", nam_thoat_ngheo="2022")),
            Scene(reviewed("đ-nguoi", gia_dinh_van_hoa=["2023"])),
        ],
        SILENT: [Scene(reviewed("đ-ho", nam_thoat_ngheo="2022")), Scene(reviewed("đ-nguoi"))],
    },
    "vi-nguoi-ngheo.escaped": {
        SPEAKS: [Scene(taken("đ-nguoi", ho_ngheo=3, thoat_ngheo=4))],
        SILENT: [
            Scene(taken("đ-nguoi", ho_ngheo=3, thoat_ngheo=3)),
            Scene(taken("đ-nguoi", thoat_ngheo=3)),
            Scene(taken("đ-nguoi", ho_ngheo=3)),
        ],
    },
    "vi-nguoi-ngheo.escape-untold": without("đ-ho", "dd.hgd.02", {"nam_thoat_ngheo": "2022"}),
    "vi-nguoi-ngheo.escape-begun": {
        SPEAKS: [Scene(reviewed("đ-ho", nam_thoat_ngheo="2025"))],
        SILENT: [Scene(reviewed("đ-ho", nam_thoat_ngheo="2024"))],
    },
    "vi-nguoi-ngheo.helped": {
        SPEAKS: [
            Scene(reviewed("đ-ho"), (helped("đ-ho", "2024-11-01", ho_ngheo=0),)),
            Scene(reviewed("đ-ho"), (helped("đ-ho", "2024-11-01", ho_ngheo=2), *followed("đ-ho", ho_ngheo=3), taken("đ-ho", ho_ngheo=0))),
        ],
        SILENT: [
            Scene(reviewed("đ-ho"), (helped("đ-ho", "2024-11-01", ho_ngheo=1),)),
            Scene(reviewed("đ-ho")),
            # how many poor households take part elsewhere says nothing of this one
            Scene(reviewed("đ-ho"), followed("đ-ho", ho_ngheo=0)),
        ],
    },
    "vi-nguoi-ngheo.title": {
        SPEAKS: [
            Scene(reviewed("đ-ho-moi"), (NEW_HOUSEHOLD, *life("đ", "ho-moi"))),
            # the year of the review itself is not whole
            Scene(reviewed("đ-ho-moi", gia_dinh_van_hoa=["2022", "2024"]), (NEW_HOUSEHOLD, *life("đ", "ho-moi"))),
            Scene(reviewed("đ-ho-moi"), (NEW_HOUSEHOLD, *titled("ho-moi", 2023, name="Hộ giỏi"), *life("đ", "ho-moi"))),
        ],
        SILENT: [
            Scene(reviewed("đ-ho")),
            Scene(reviewed("đ-ho", gia_dinh_van_hoa=[])),
            Scene(reviewed("đ-nguoi")),
            Scene(
                reviewed("đ-ho-moi", gia_dinh_van_hoa=[], result="failed", findings={"dd.hgd.04": "not_met"}),
                (NEW_HOUSEHOLD, *life("đ", "ho-moi")),
            ),
            Scene(
                reviewed("đ-ho-moi"),
                (NEW_HOUSEHOLD, *titled("ho-moi", 2023, name="gia đình văn hoá"), *life("đ", "ho-moi")),
            ),
            # what was shown of somebody who is the same household holds of it
            Scene(
                reviewed("đ-ho-moi"),
                (
                    NEW_HOUSEHOLD, *life("đ", "ho-moi"), subject("@cung", "household", "Hộ bà Hai (cũ)"),
                    *titled("cung", 2023), merged("ho-moi", "cung"),
                ),
            ),
        ],
    },
    "vi-nguoi-ngheo.title-gap": {
        SPEAKS: [Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2021", "2023"])), Scene(reviewed("đ-ho"), titled("ho", 2020, 2021))],
        SILENT: [
            Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2021", "2022", "2023"])),
            Scene(reviewed("đ-ho")),
            Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2021"]), titled("ho", 2022)),
        ],
    },
    "vi-nguoi-ngheo.title-unproven": {
        SPEAKS: [Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2022", "2023"]))],
        SILENT: [Scene(reviewed("đ-ho")), Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2022", "2023"]), titled("ho", 2022))],
    },
    "vi-nguoi-ngheo.title-begun": {
        SPEAKS: [Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2023", "2025"]))],
        SILENT: [Scene(reviewed("đ-ho", gia_dinh_van_hoa=["2023", "2024"]))],
    },
    # ------------------ e
    "toan-dan-doan-ket.profile": {
        SPEAKS: [
            Scene(reviewed("e-tap-the", findings={"e.chung.01": "not_met"})),
            Scene(reviewed("e-nguoi", findings={"e.chung.02": "not_applicable"})),
        ],
        SILENT: [
            Scene(reviewed("e-tap-the", findings={"e.chung.02": "not_applicable"})),
            Scene(reviewed("e-nguoi", findings={"e.chung.01": "not_applicable"})),
            Scene(failed("e-tap-the", "e.chung.01")),
        ],
    },
    "toan-dan-doan-ket.agreed": against("e-nguoi", "e.chung.02", {"nhat_tri": False}, {"nhat_tri": True}),
    # ------------------ g
    "quoc-phong-an-ninh.force": {
        SPEAKS: [
            Scene(found("g", "le", "2024-11-20", lead="cong-an-huyen", luc_luong="dan-quan")),
            Scene(found("g", "le", "2024-11-20", lead="ban-chqs-huyen", luc_luong="cong-an")),
        ],
        SILENT: [
            Scene(found("g", "le", "2024-11-20", lead="cong-an-huyen", luc_luong="cong-an")),
            Scene(found("g", "le", "2024-11-20", lead="ban-chqs-huyen", luc_luong="quan-doi")),
            Scene(found("g", "le", "2024-11-20", lead="ban-chqs-huyen", luc_luong="dan-quan")),
        ],
    },
    "quoc-phong-an-ninh.hot-spots": against("g-tap-the", "g.tt.05", {"diem_nong": 2}, {"diem_nong": 0}),
    "quoc-phong-an-ninh.hot-spots-unasked": without("g-tap-the", "g.tt.05", {"diem_nong": 0}),
    # ------------------ h
    "day-tot-hoc-tot.group": {
        SPEAKS: [
            Scene(found("h", "le", "2024-11-20", cap_hoc="thcs")),
            Scene(found("h", "truong", "2024-11-20", cap_hoc="thcs", nhom="hoc-sinh")),
        ],
        SILENT: [
            Scene(found("h", "le", "2024-11-20", cap_hoc="thcs", nhom="nha-giao")),
            Scene(found("h", "truong", "2024-11-20", cap_hoc="thcs")),
        ],
    },
    "day-tot-hoc-tot.pupils-only": {
        SPEAKS: [
            Scene(told("h-nguoi", "2024-11-20", giam_ho=True)),
            Scene(told("h-tap-the", "2024-11-20", giam_ho=False)),
            Scene(reviewed("h-nguoi", ho_ngheo=False)),
            Scene(reviewed("h-tap-the", ket_qua="gioi")),
        ],
        SILENT: [
            Scene(told("h-em", "2024-11-20", giam_ho=True)),
            Scene(reviewed("h-em", ho_ngheo=True, ket_qua="xuat-sac")),
            Scene(reviewed("h-nguoi")),
        ],
    },
    "day-tot-hoc-tot.pupil-consent": {
        SPEAKS: [
            Scene({**told("h-em", "2024-11-20", giam_ho=True), "consent": False}),
            Scene({**told("h-em", "2024-11-20", giam_ho=True), "consent": None}),
        ],
        SILENT: [
            Scene(told("h-em", "2024-11-20", giam_ho=True)),
            Scene({**told("h-nguoi", "2024-11-20"), "consent": None}),
        ],
    },
    "day-tot-hoc-tot.guardian": {
        SPEAKS: [Scene(told("h-em", "2024-11-20")), Scene(told("h-em", "2024-11-20", giam_ho=False))],
        SILENT: [Scene(told("h-em", "2024-11-20", giam_ho=True)), Scene(told("h-nguoi", "2024-11-20"))],
    },
    "day-tot-hoc-tot.initiatives": against_told("h-tap-the", "h.tt.02", {"sang_kien": 0}, {"sang_kien": 3}),
    "day-tot-hoc-tot.pupil-excels": {
        SPEAKS: [Scene(reviewed("h-em", ket_qua="gioi"))],
        SILENT: [
            Scene(reviewed("h-em", ket_qua="xuat-sac")),
            Scene(reviewed("h-em")),
            Scene(reviewed("h-em", findings={"h.hs.01": "not_applicable"}, ket_qua="gioi")),
        ],
    },
    "day-tot-hoc-tot.pupil-poor": {
        SPEAKS: [Scene(reviewed("h-em", ho_ngheo=False))],
        SILENT: [
            Scene(reviewed("h-em", ho_ngheo=True)),
            Scene(reviewed("h-em")),
            Scene(reviewed("h-em", findings={"h.hs.02": "not_applicable"}, ho_ngheo=False)),
        ],
    },
    "day-tot-hoc-tot.sub-plan": {
        SPEAKS: [
            Scene(reviewed("h-nguoi")),
            Scene(failed("h-nguoi", "h.cn.01")),
            Scene(reviewed("h-nguoi"), ({**SUB_PLAN, "body": "truong-thcs-tri-le"},)),
            Scene(reviewed("h-nguoi", "2024-11-20"), ({**SUB_PLAN, "occurred_on": "2024-11-21"},)),
        ],
        SILENT: [Scene(reviewed("h-nguoi"), (SUB_PLAN,)), Scene(reviewed("h-nguoi"), ({**SUB_PLAN, "occurred_on": "2024-11"},))],
    },
    # ------------------ i
    "y-te.excellent": {
        **against("i-tap-the", "i.tt.01", {"xep_loai": "hoan-thanh"}, {"xep_loai": "xuat-sac"}),
        SPEAKS: [Scene(reviewed("i-tap-the", xep_loai="hoan-thanh")), Scene(reviewed("i-nguoi", xep_loai="tot"))],
    },
    "y-te.excellent-untold": {
        **without("i-tap-the", "i.tt.01", {"xep_loai": "xuat-sac"}),
        SPEAKS: [Scene(reviewed("i-tap-the")), Scene(reviewed("i-nguoi"))],
    },
    "y-te.targets": {
        SPEAKS: [Scene(taken("i-tap-the", chi_tieu_giao=10, chi_tieu_dat=11))],
        SILENT: [Scene(taken("i-tap-the", chi_tieu_giao=10, chi_tieu_dat=10)), Scene(taken("i-tap-the", chi_tieu_dat=10))],
    },
    "y-te.conduct": {
        **against("i-tap-the", "i.tt.04", {"phan_anh": 1}, {"phan_anh": 0}),
        SPEAKS: [Scene(reviewed("i-tap-the", phan_anh=1)), Scene(reviewed("i-nguoi", phan_anh=2))],
    },
    # ------------------ k
    "phat-trien-kinh-te.household-soon": {
        SPEAKS: [Scene(found("k", "le", "2024-11-20", mo_hinh="chan-nuoi"))],
        SILENT: [
            Scene(found("k", "le", "2024-11-20", mo_hinh="chan-nuoi"), (linked("le", "ho", "member"),)),
            Scene(found("k", "le", "2024-11-20", mo_hinh="chan-nuoi"), (linked("le", "ho", "represents"),)),
        ],
    },
    "phat-trien-kinh-te.household": {
        SPEAKS: [
            Scene(reviewed("k-le"), LONE),
            Scene(reviewed("k-le"), (*LONE, linked("le", "tap-the", "represents"))),
        ],
        SILENT: [
            Scene(reviewed("k-nong-dan")),
            Scene(reviewed("k-le"), (*LONE, linked("le", "ho", "member"))),
            Scene(reviewed("k-le", result="failed", findings={"k.cn.01": "not_met"}), LONE),
            # a link that was made of somebody who is the same farmer holds of him
            Scene(reviewed("k-le"), (*LONE, merged("le", "nong-dan"))),
        ],
    },
    "phat-trien-kinh-te.clean": against("k-nong-dan", "k.cn.03", {"moi_truong": False}, {"moi_truong": True}),
    "phat-trien-kinh-te.clean-untold": without("k-nong-dan", "k.cn.03", {"moi_truong": True}),
    "phat-trien-kinh-te.year": {
        SPEAKS: [Scene(taken("k-nong-dan", loi_nhuan=90)), Scene(taken("k-nong-dan", binh_quan=0))],
        SILENT: [Scene(taken("k-nong-dan", loi_nhuan=90, binh_quan=30, nam="2023")), Scene(taken("k-nong-dan", lao_dong=2))],
    },
    "phat-trien-kinh-te.year-begun": {
        SPEAKS: [Scene(taken("k-nong-dan", nam="2025"))],
        SILENT: [Scene(taken("k-nong-dan", nam="2024"))],
    },
    "phat-trien-kinh-te.profit": {
        **against_told("k-nong-dan", "k.cn.04", {"loi_nhuan": 30, "binh_quan": 30}, {"loi_nhuan": 31, "binh_quan": 30}),
        SILENT: [
            Scene(reviewed("k-nong-dan"), (taken("k-nong-dan", loi_nhuan=31, binh_quan=30),)),
            Scene(reviewed("k-nong-dan"), (taken("k-nong-dan", loi_nhuan=10),)),
            # what was voided or corrected is not held against anybody
            Scene(reviewed("k-nong-dan"), (taken("k-nong-dan", label="@dg", loi_nhuan=30, binh_quan=30), voided("@dg"))),
            Scene(
                reviewed("k-nong-dan"),
                (taken("k-nong-dan", label="@dg", loi_nhuan=30, binh_quan=30), corrected("@dg", loi_nhuan=90)),
            ),
        ],
    },
    "phat-trien-kinh-te.profit-untold": {
        SPEAKS: [Scene(reviewed("k-nong-dan")), Scene(reviewed("k-nong-dan"), (taken("k-nong-dan", loi_nhuan=90, nam="2023"),))],
        SILENT: [Scene(reviewed("k-nong-dan"), (taken("k-nong-dan", loi_nhuan=90, binh_quan=30),)), Scene(failed("k-nong-dan", "k.cn.04"))],
    },
    "phat-trien-kinh-te.title": {
        SPEAKS: [
            Scene(
                reviewed("k-le", gia_dinh_van_hoa=["2022"]),
                (*LONE, NEW_HOUSEHOLD, linked("le", "ho-moi")),
            ),
            # his own title is not that of his household
            Scene(
                reviewed("k-le", gia_dinh_van_hoa=[]),
                (*LONE, NEW_HOUSEHOLD, linked("le", "ho-moi"), *titled("le", 2023)),
            ),
        ],
        SILENT: [
            Scene(reviewed("k-nong-dan")),
            Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=[])),
            Scene(
                reviewed("k-le", gia_dinh_van_hoa=[]),
                (*LONE, NEW_HOUSEHOLD, linked("le", "ho-moi"), merged("ho-moi", "ho")),
            ),
        ],
    },
    "phat-trien-kinh-te.title-gap": {
        SPEAKS: [Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2021", "2023"]))],
        SILENT: [Scene(reviewed("k-nong-dan")), Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2022", "2023"]))],
    },
    "phat-trien-kinh-te.title-unproven": {
        SPEAKS: [
            Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2022", "2023"])),
            Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2022"]), titled("nong-dan", 2022)),
        ],
        SILENT: [Scene(reviewed("k-nong-dan")), Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2022"]), titled("ho", 2022))],
    },
    "phat-trien-kinh-te.title-begun": {
        SPEAKS: [Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2025"]))],
        SILENT: [Scene(reviewed("k-nong-dan", gia_dinh_van_hoa=["2024"]))],
    },
    # ------------------ l
    "lao-dong-gioi.ideas": against_told("l-nguoi", "l.cn.02", {"sang_kien": 0}, {"sang_kien": 1}),
    "lao-dong-gioi.ideas-untold": {
        SPEAKS: [Scene(reviewed("l-nguoi"))],
        SILENT: [Scene(reviewed("l-nguoi"), (taken("l-nguoi", sang_kien=2),)), Scene(failed("l-nguoi", "l.cn.02"))],
    },
    "lao-dong-gioi.accidents": against("l-nguoi", "l.cn.03", {"tai_nan": 1}, {"tai_nan": 0}),
    "lao-dong-gioi.unsafe": against("l-nguoi", "l.cn.03", {"an_toan": False}, {"an_toan": True}),
    "lao-dong-gioi.safe-untold": without("l-nguoi", "l.cn.03", {"an_toan": True, "tai_nan": 0}),
    # ------------------ m
    "khoi-nghiep.unit": {
        SPEAKS: [Scene(taken("m-nguoi", lop=0)), Scene(taken("m-nguoi", du_an_trien_khai=2))],
        SILENT: [Scene(taken("m-tap-the", lop=4, du_an_trien_khai=2)), Scene(taken("m-nguoi", viec_lam=4))],
    },
    "khoi-nghiep.projects": against_told("m-tap-the", "m.tt.03", {"du_an_trien_khai": 0}, {"du_an_trien_khai": 2}),
    "khoi-nghiep.classes": against_told("m-tap-the", "m.tt.04", {"lop": 0}, {"lop": 2}),
    "khoi-nghiep.stage": {
        SPEAKS: [
            Scene(reviewed("m-nguoi"), (taken("m-nguoi", giai_doan="thu-nghiem"),)),
            Scene(reviewed("m-nguoi"), (helped("m-nguoi", "2024-11-01", giai_doan="y-tuong"),)),
        ],
        SILENT: [
            Scene(
                reviewed("m-nguoi"),
                (helped("m-nguoi", "2024-11-01", giai_doan="y-tuong"), taken("m-nguoi", "2024-11-02", giai_doan="trien-khai")),
            ),
            Scene(reviewed("m-nguoi")),
            Scene(failed("m-nguoi", "m.cn.01"), (taken("m-nguoi", giai_doan="y-tuong"),)),
        ],
    },
    "khoi-nghiep.jobs": against_told("m-nguoi", "m.cn.02", {"viec_lam": 0}, {"viec_lam": 2}),
    "khoi-nghiep.prizes": {
        SPEAKS: [
            Scene(reviewed("m-nguoi", giai_tinh=0)),
            Scene(reviewed("m-tap-the", giai_tinh=0, giai_khu_vuc=0, giai_toan_quoc=0)),
        ],
        SILENT: [
            Scene(reviewed("m-nguoi", giai_tinh=0, giai_khu_vuc=1)),
            Scene(reviewed("m-nguoi")),
            Scene(failed("m-nguoi", "m.cn.05", giai_tinh=0)),
        ],
    },
    "khoi-nghiep.prizes-untold": {
        SPEAKS: [Scene(reviewed("m-nguoi")), Scene(reviewed("m-tap-the"))],
        SILENT: [Scene(reviewed("m-nguoi", giai_toan_quoc=1)), Scene(failed("m-nguoi", "m.cn.05"))],
    },
    # ------------------ n
    "phu-nu.level": {
        SPEAKS: [
            Scene(reviewed("n-tap-the")),
            Scene(reviewed("n-tap-the", findings={"n.tt.02": "not_met"})),
            Scene(reviewed("n-tap-the", result="failed", findings={"n.tt.01": "not_met"})),
            Scene(reviewed("n-tap-the"), (told("n-tap-the", cap="co-so"),)),
            Scene(reviewed("n-tap-the"), (told("n-tap-the"),)),
            Scene(reviewed("n-tap-the", "2024-11-19"), (told("n-tap-the", "2024-11-20", cap="tinh"),)),
            Scene(reviewed("n-tap-the"), (told("n-tap-the", label="@tin", cap="tinh"), removed("n-tap-the", "2024-11-15"))),
            Scene(reviewed("n-tap-the"), (told("n-nguoi", cap="tinh"),)),
            Scene(reviewed("n-tap-the"), (told("n-tap-the", label="@tin", cap="tinh"), voided("@tin"))),
        ],
        SILENT: [
            Scene(reviewed("n-tap-the"), (told("n-tap-the", cap="huyen"),)),
            Scene(reviewed("n-tap-the", "2024-11-20"), (told("n-tap-the", "2024-11-20", cap="trung-uong"),)),
            # taken down only after the review
            Scene(
                reviewed("n-tap-the", "2024-11-14"),
                (told("n-tap-the", label="@tin", cap="tinh"), removed("n-tap-the", "2024-11-15")),
            ),
            Scene(failed("n-tap-the", "n.tt.02")),
            Scene(reviewed("n-nguoi")),
        ],
    },
    "phu-nu.channel": {
        SPEAKS: [Scene(reviewed("n-tap-the"), (told("n-tap-the", cap="huyen", cua_hoi=False),))],
        SILENT: [
            Scene(reviewed("n-tap-the"), (told("n-tap-the", cap="huyen", cua_hoi=True),)),
            Scene(reviewed("n-tap-the"), (told("n-tap-the", cap="huyen"), told("n-tap-the", cap="co-so", cua_hoi=True))),
            Scene(reviewed("n-nguoi")),
        ],
    },
    "phu-nu.noted-untold": {
        SPEAKS: [Scene(reviewed("n-tap-the"), (told("n-tap-the", cap="huyen"),))],
        SILENT: [Scene(reviewed("n-tap-the", ghi_nhan=["huyen"]), (told("n-tap-the", cap="huyen"),)), Scene(reviewed("n-nguoi"))],
    },
    "phu-nu.ideas": against_told("n-nguoi", "n.cn.03", {"sang_kien": 0}, {"sang_kien": 1}),
}  # fmt: skip


# ------------------------------------------------------------------ what the core already says of the fields

DOSSIER = (
    step("dossier_opened", exemplar="@d-nguoi", kind="reward", to="ubnd-huyen", label="@hs"),
    step("dossier_submitted", exemplar="@d-nguoi", dossier="@hs", to="phong-noi-vu", papers=[PAPER]),
)
RECEIVED = step("dossier_received", exemplar="@d-nguoi", dossier="@hs", complete=True)
CORE: dict[str, dict[str, list[Scene]]] = {
    # d: the lead is also where dossiers come in
    "core.own-intake": {
        SPEAKS: [Scene(RECEIVED, DOSSIER), Scene({**RECEIVED, "second": "thu-01"}, DOSSIER)],
        SILENT: [Scene({**RECEIVED, "second": "thu-02"}, DOSSIER)],
    },
    # l and k: people only; b and đ: households too
    "core.kind": {
        SPEAKS: [
            Scene(found("l", "tap-the", "2024-11-20")),
            Scene(found("l", "ho", "2024-11-20")),
            Scene(found("k", "ho", "2024-11-20", mo_hinh="trang-trai")),
            Scene(found("a", "ho", "2024-11-20")),
        ],
        SILENT: [
            Scene(found("l", "le", "2024-11-20")),
            Scene(found("b", "ho-moi", "2024-11-20"), (NEW_HOUSEHOLD,)),
            Scene(found("đ", "ho-moi", "2024-11-20"), (NEW_HOUSEHOLD,)),
        ],
    },
    # what must be met; of e's two and of a pupil's two one is enough
    "core.mandatory": {
        SPEAKS: [
            Scene(reviewed("b-tap-the", findings={"b.tt.01": "not_met"})),
            Scene(reviewed("đ-ho", findings={"dd.hgd.04": "not_met"})),
            Scene(reviewed("k-nong-dan", findings={"k.cn.05": "not_met"})),
            Scene(reviewed("k-nong-dan", findings={"k.cn.01": "not_met"})),
            Scene(reviewed("e-nguoi", findings={"e.chung.01": "not_met", "e.chung.02": "not_applicable"})),
            Scene(reviewed("h-em", findings={"h.hs.01": "not_met", "h.hs.02": "not_met"})),
        ],
        SILENT: [
            Scene(reviewed("e-nguoi", findings={"e.chung.01": "not_applicable"})),
            Scene(reviewed("h-em", findings={"h.hs.01": "not_applicable"})),
            Scene(reviewed("h-em", findings={"h.hs.02": "not_applicable"})),
            Scene(reviewed("k-nong-dan", findings={"k.cn.06": "not_met"})),
        ],
    },
    # g: two leads and no other
    "core.lead": {
        SPEAKS: [Scene(found("g", "le", "2024-11-20", lead="phong-noi-vu", luc_luong="cong-an"))],
        SILENT: [Scene(found("g", "le", "2024-11-20", lead="ban-chqs-huyen", luc_luong="quan-doi"))],
    },
}  # fmt: skip
CORE_RULES = {rule.code: rule for rule in all_core_rules()}

SAID_BY = {
    "b.rule.1": "nong-thon-moi.commune", "b.rule.2": "core.kind", "c.rule.1": "doanh-nghiep.subject",
    "dd.rule.1": "vi-nguoi-ngheo.title",
    "g.rule.1": "quota", "g.rule.2": "form", "g.rule.3": "form",
    "h.rule.1": "day-tot-hoc-tot.sub-plan", "h.rule.2": "day-tot-hoc-tot.group",
    "k.rule.1": "core.mandatory", "k.rule.2": "phat-trien-kinh-te.title", "k.rule.3": "form",
    "l.rule.1": "core.kind", "n.rule.1": "phu-nu.level",
}  # fmt: skip
"""What the plan demands beyond criteria, and which rule sees to it; `quota`: data of the plan, `form`: a question that must be answered."""


# ------------------------------------------------------------------ on a real book


class Play(NamedTuple):
    """A book, and the ids of what is in it by label."""

    book: Book
    ids: dict[str, str]

    def record(self, row: Row, *, dry_run: bool = False) -> Any:
        """Record a row with labels for ids; `label` names what it makes."""
        label = row.get("label", "")
        named = {
            key: self.ids.get(value, value) if isinstance(value, str) else value
            for key, value in row.items()
            if key != "label"
        }
        receipt = self.book.record(named, Order(dry_run=dry_run))
        if label:
            self.ids[label] = receipt.stream if STEPS[row["step"]].starts else receipt.id
        return receipt

    def judge(self, scene: Scene) -> tuple[list[Problem], bool]:
        """Record what was given, judge the row, and return what the rules say and whether it would be recorded."""
        for given in scene.given:
            self.record(given)
        try:
            return list(self.record(scene.when, dry_run=True).remarks), True
        except RefusedError as error:
            return [problem for _, problem in error.problems], False


def morning(day: str) -> Stage:
    """Return the outside of a book at nine in the morning of a day."""
    stage = Stage(day)
    stage.now = dt.datetime.fromisoformat(day + "T09:00").replace(tzinfo=ZONE)
    return stage


def start(folder: Path, rows: Iterable[Row]) -> dict[str, str]:
    """Make the book under the plan of 2024, record rows in it and return the ids of what they made."""
    stage = morning("2024-10-15")
    unit = next(one for one in PACK.units if one.key == "phong-noi-vu")
    opening = Opening("thu-01", "Trần Thị Thử", unit, "2024-03-18", PAPER)
    with Book.create(folder, opening, plugins=Plugins(), sample=Sample(stage.clock, stage.random)) as book:
        book.issue(PACK, Order(by="thu-01"))
        play = Play(book, {})
        for row in rows:
            play.record(row)
    return play.ids


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return the folder of the book with the setting in it, made once, and its labels."""
    folder = tmp_path_factory.mktemp("fields") / "so"
    return folder, start(folder, SETTING)


@pytest.fixture
def play(template: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Play]:
    """Return a copy of that book on 22 November 2024."""
    shutil.copytree(template[0], tmp_path / "so")
    stage = morning("2024-11-22")
    with Book(tmp_path / "so", plugins=Plugins(), sample=Sample(stage.clock, stage.random)) as book:
        yield Play(book, {**template[1]})


def scenes(side: str) -> list[Any]:
    """Return the scenes of one side, with the code they are about."""
    return [
        pytest.param(code, scene, id=f"{code}-{number}")
        for table in (TABLE, CORE)
        for code, sides in table.items()
        for number, scene in enumerate(sides[side])
    ]


@pytest.mark.parametrize(("code", "scene"), scenes(SPEAKS))
def test_a_rule_speaks_where_it_must(play: Play, code: str, scene: Scene) -> None:
    problems, recorded = play.judge(scene)
    rule = RULES.get(code) or CORE_RULES[code]
    said = [problem for problem in problems if problem.code == code]
    assert said, [str(problem) for problem in problems]
    assert all(problem.refusal is rule.refuses for problem in said)
    assert not (rule.refuses and recorded)
    assert "‹" not in f"{said}", "a figure is missing from the words"
    assert not [name for name in NAMES if name in str([one.figures for one in said])]


@pytest.mark.parametrize(("code", "scene"), scenes(SILENT))
def test_a_rule_is_silent_where_all_is_well(play: Play, code: str, scene: Scene) -> None:
    problems, recorded = play.judge(scene)
    assert [str(problem) for problem in problems if problem.code == code] == []
    assert recorded, [str(problem) for problem in problems]


def test_every_rule_of_every_field_is_tried_where_it_speaks_and_where_it_does_not() -> None:
    assert list(TABLE) == list(RULES)
    assert len(RULES) == sum(len(field.rules) for field in FIELDS.values()), "two rules share a code"
    for sides in (*TABLE.values(), *CORE.values()):
        assert sides.keys() == {SPEAKS, SILENT}
        assert all(sides.values())


def test_every_field_has_rules() -> None:
    assert [letter for letter, field in FIELDS.items() if not field.rules] == []


def test_whatever_the_plan_demands_is_seen_to() -> None:
    assert [one["id"] for field in SEED["field"] for one in field.get("rule", [])] == list(SAID_BY)
    assert set(SAID_BY.values()) - {"quota", "form"} <= RULES.keys() | CORE.keys()


def test_rules_have_a_code_of_their_field_words_and_the_plan_s_section() -> None:
    for letter, field in FIELDS.items():
        for rule in field.rules:
            assert rule.code.startswith(f"{KEYS[letter]}.")
            assert all((rule.words.text, rule.words.says, rule.words.fix, rule.steps))
            assert rule.words.source.startswith((f"Kế hoạch, II.3.2.{letter}", "Kế hoạch, III.7", "Nghị định 13/2023"))


def test_an_answer_about_a_person_stays_out_of_what_is_said(play: Play) -> None:
    problems, _ = play.judge(Scene(reviewed("h-em", ho_ngheo=False, ket_qua="gioi")))
    said = [problem for problem in problems if problem.code.startswith("day-tot-hoc-tot.pupil-")]
    assert len(said) == 2
    assert "giỏi" not in str(said)
    assert all("câu trả lời được niêm phong" in str(one.figures) for one in said)
