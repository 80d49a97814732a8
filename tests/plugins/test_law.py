"""What the law declares, and what its rules say of plain cases and on a book that holds its own copy."""

from __future__ import annotations

import datetime as dt
import unicodedata
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest
from tests.core.audit.conftest import answered

import guong_luat_tdkt
from guong import Case, Field, FieldDeclaration, LawBook, LawDeclaration, PlanDeclaration, PlanPack
from guong.audit.answer import Verdict
from guong.book import Book, Opening, Sample
from guong.demo import Stage
from guong.domain.dates import span
from guong.domain.declarations import Binding, Lead, UnitData, as_data
from guong.domain.exemplar import Exemplar
from guong.domain.law import Clause, LawText, Retention
from guong.domain.life import Mark, Thread
from guong.domain.plan import Plan
from guong.domain.rules import judge
from guong.domain.streams import STEPS
from guong.domain.subject import Subject
from guong.domain.unit import Unit
from guong.errors import RefusedError
from guong.recording import Order
from guong.testing import Given
from guong_luat_tdkt.rules import in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guong.domain.problems import Problem

BOOK: LawBook = guong_luat_tdkt.guong_register_law()[0]
LAW: LawDeclaration = BOOK.declared
DAY, LATER, UNREAD = "2024-05-10", "2025-08-10", "2026-10-15"
"""Days under the law of 2022 with districts, without them, and after its amendment."""


# ------------------ what it declares

CODES = {
    "LDTT": {"person"}, "CTT": {"person"}, "CSTDCS": {"person"}, "TTLDTT": {"collective"}, "DVTT": {"collective"},
    "TTLDXS": {"collective"}, "DVQT": {"collective"}, "GDVH": {"household"}, "TVH": {"collective"}, "XTB": {"collective"},
    "GK-H": {"person", "collective", "household"}, "GK-X": {"person", "collective", "household"},
    "GK-DV": {"person", "collective"}, "GK-DN": set(), "GK-DT": set(), "BK-T": {"person", "collective", "household"},
    "CSTD-T": {"person"}, "CTD-T": {"collective"}, "BK-TTg": set(),
}  # fmt: skip
SUMS = {
    ("LDTT", "person"): 540_000, ("CSTDCS", "person"): 1_800_000, ("TTLDTT", "collective"): 1_440_000,
    ("TTLDXS", "collective"): 2_700_000, ("TVH", "collective"): 2_700_000, ("XTB", "collective"): 3_600_000,
    ("GK-H", "person"): 540_000, ("GK-H", "collective"): 1_080_000, ("GK-X", "person"): 270_000, ("BK-T", "person"): 1_800_000,
    ("CSTD-T", "person"): 5_400_000, ("BK-TTg", "person"): 6_300_000, ("GK-DV", "person"): 540_000,
}  # fmt: skip
NUMBERS = (
    "15/2003/QH11", "47/2005/QH11", "39/2013/QH13", "06/2022/QH15", "06/2026/QH16", "91/2017/NĐ-CP", "98/2023/NĐ-CP",
    "152/2025/NĐ-CP", "12/2019/TT-BNV", "01/2024/TT-BNV", "15/2025/TT-BNV", "29/2023/TT-BGDĐT", "07/2026/TT-BGDĐT",
    "03/2018/TT-BNV", "02/2023/TT-BNV", "30/2020/NĐ-CP", "13/2023/NĐ-CP", "91/2025/QH15", "356/2025/NĐ-CP", "01/2011/QH13",
    "10/2022/TT-BNV", "33/2024/QH15", "113/2025/NĐ-CP", "51/2005/QH11", "20/2023/QH15", "130/2018/NĐ-CP", "68/2024/NĐ-CP",
    "23/2025/NĐ-CP", "45/2020/NĐ-CP", "118/2025/NĐ-CP", "34-CT/TW", "41-CT/TW",
)  # fmt: skip
CHAINS = (
    ("luat-2003", "luat-2022"), ("nd-91-2017", "nd-98-2023", "nd-152-2025"), ("tt-12-2019", "tt-01-2024", "tt-15-2025"),
    ("tt-29-2023", "tt-07-2026"), ("nd-13-2023", "luat-91-2025"), ("luat-01-2011", "luat-33-2024"),
    ("luat-51-2005", "luat-20-2023"), ("nd-130-2018", "nd-23-2025"),
)  # fmt: skip
TEXTS = {one.key: one for one in LAW.texts}
CLAUSES: list[Clause] = [
    *(clause for form in LAW.forms for clause in (*form.competences, *form.sums)),
    *LAW.amounts, *LAW.grounds, *LAW.retention,
]  # fmt: skip


def first(one: Clause | LawText) -> dt.date:
    """Return the first day on which a clause or text may hold."""
    return span(one.since)[0] if one.since else dt.date.min


def last(one: Clause | LawText) -> dt.date:
    """Return the last day on which a clause or text may hold."""
    return span(one.until)[1] if one.until else dt.date.max


def overlapping(clauses: Iterable[Clause]) -> list[tuple[Clause, Clause]]:
    """Return the pairs of clauses that may hold on one day."""
    return [
        (one, other)
        for one, other in combinations(clauses, 2)
        if first(one) <= last(other) and first(other) <= last(one)
    ]


def test_every_text_is_there() -> None:
    assert tuple(one.number for one in LAW.texts) == NUMBERS
    assert len(TEXTS) == len(NUMBERS)


@pytest.mark.parametrize("chain", CHAINS)
def test_a_text_ends_where_the_next_begins(chain: tuple[str, ...]) -> None:
    for before, after in pairwise(chain):
        one, other = TEXTS[before], TEXTS[after]
        assert one.until
        if len(one.until) == len(other.since) == len("2024-01-01"):
            assert last(one) + dt.timedelta(days=1) == first(other)
        assert first(one) < first(other)
        assert last(one) < last(other)


def test_the_amendment_of_2026_is_known_unread_and_says_nothing() -> None:
    assert not TEXTS["luat-2026"].checked
    assert TEXTS["luat-2026"].since == "2026-10-01"
    assert not [one for one in CLAUSES if one.text == "luat-2026"]
    assert not [
        one for one in CLAUSES if one.text == "luat-2022" and one.checked and in_force(one, UNREAD) and one.article
    ]


def test_every_form_is_there_for_its_kinds() -> None:
    assert {one.code: set(one.kinds) for one in LAW.forms} == CODES


def test_the_sums_of_may_2024() -> None:
    amount = next(one.value for one in LAW.amounts if in_force(one, DAY))
    sums = {
        (form.code, kind): round(one.factor * amount)
        for form in LAW.forms for one in form.sums for kind in one.kinds if in_force(one, DAY)
    }  # fmt: skip
    assert {key: sums[key] for key in SUMS} == SUMS


def test_every_part_names_parts_that_exist() -> None:
    assert {one.text for one in CLAUSES} <= {*TEXTS, ""}
    assert {key for form in LAW.forms for one in form.competences for key in one.powers} == set(LAW.powers)
    assert {form.retention for form in LAW.forms} <= {one.key for one in LAW.retention}
    assert {one.base for form in LAW.forms for one in form.sums} == {one.key for one in LAW.amounts}


def test_what_the_law_says_of_one_thing_does_not_overlap() -> None:
    for form in LAW.forms:
        for power in LAW.powers:
            assert not overlapping(one for one in form.competences if power in one.powers), (form.code, power)
        for kind in ("person", "household", "collective", "model"):
            assert not overlapping(one for one in form.sums if not one.kinds or kind in one.kinds), (form.code, kind)
    assert not overlapping(LAW.amounts)
    for key in "abcd":
        assert not overlapping(one for one in LAW.grounds if one.key == key)


def test_a_clause_holds_only_while_its_text_does() -> None:
    for one in CLAUSES:
        if one.text:
            assert last(one) <= last(TEXTS[one.text])
            assert not one.since or first(one) >= first(TEXTS[one.text])


def test_what_is_unchecked_says_so_and_nothing_else_does() -> None:
    said_of: list[Clause | LawText] = [*LAW.texts, *CLAUSES]
    for one in said_of:
        assert one.checked != one.note.startswith("chưa kiểm tra"), one
        assert not (one.checked and "trí nhớ" in one.note), one


def test_nothing_from_memory_is_checked() -> None:
    assert not [one for one in LAW.retention if one.checked]
    assert [one.checked for one in LAW.amounts] == [True, False]
    assert not [one for code in ("GK-H", "GK-X", "GK-DV", "BK-T", "BK-TTg") for one in form(code).sums if one.checked]
    after = [
        one
        for code in ("CSTDCS", "TTLDTT", "TVH")
        for one in form(code).competences
        if "chu-tich-ubnd-xa" in one.powers
    ]
    assert len(after) == 3
    assert not [one for one in after if one.checked]
    assert not [one for code in ("TTLDXS", "XTB") for one in form(code).competences if one.checked]


def test_no_district_decides_anything_after_june_2025() -> None:
    power = "chu-tich-ubnd-huyen"
    assert {one.until for form in LAW.forms for one in form.competences if power in one.powers} == {"2025-06-30"}


def test_the_file_is_composed_unicode() -> None:
    text = Path(guong_luat_tdkt.__file__).with_name("law.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def form(code: str) -> Any:
    """Return a form of honour that must be there."""
    return LAW.form(code)


# ------------------ what its rules say

POWERS = {
    "huyen": "chu-tich-ubnd-huyen", "xa": "chu-tich-ubnd-xa", "tinh": "chu-tich-ubnd-tinh", "hoi": "ban-thuong-vu-doan-the",
    "khong": "",
}  # fmt: skip


class Facts(NamedTuple):
    """The rest of a tiny book: units by power, one plan, and the exemplars of its one subject."""

    known: tuple[Exemplar, ...] = ()
    law: LawDeclaration | None = LAW

    def unit(self, key: str) -> Unit | None:
        """Return a unit."""
        powers = (POWERS[key],) if POWERS.get(key) else ()
        return (
            Unit(id=key, key=key, kind="", parent="", names=(("2020", key),), powers=powers) if key in POWERS else None
        )

    def plan(self, key: str) -> Plan:
        """Return the plan."""
        laws = {LAW.key: as_data(self.law)} if self.law else {}
        return Plan(id=key, key=key, declared=PlanDeclaration(key=key, title="Kế hoạch"), laws=laws)

    def exemplars(self, _: str) -> list[Exemplar]:
        """Return the exemplars of the subject."""
        return list(self.known)

    def subject(self, id_: str) -> Subject:
        """Return the subject; its kind is its id."""
        return Subject(id=id_, kind=id_, unit="xa", commitment="")


def honour(*marks: str, on: str = DAY, **answers: Any) -> Thread:
    """Return an award that was decided, with what else happened to it."""
    left = {
        name: Mark(on=on, position=7 + at, first=on, lifted_by={"honoured": ("revoked",), "revoked": ("reinstated",)}.get(name, ()))
        for at, name in enumerate(marks or ("honoured",))
    }  # fmt: skip
    return Thread(kind="honour", on=on, position=7, marks=left, answers={"kind": "award", "form": "LDTT", **answers})


def exemplar(field: str = "linh-vuc-a", subject: str = "person", **threads: Thread) -> Exemplar:
    """Return an exemplar with honours by the entry that opened them."""
    return Exemplar(
        id=field, plan="ke-hoach", field=field, declaration="", subject=subject, lead="xa", unit="xa", threads=threads
    )  # fmt: skip


def case(
    step: str, on: str = DAY, facts: Facts = Facts(), *, state: Any = None, corrects: str = "", **data: Any  # noqa: B008 - immutable
) -> Case:  # fmt: skip
    """Return a step of the tiny book."""
    if step == "personal_data_erased":
        state, plan = facts.subject("person"), None
    else:
        state, plan = state or exemplar(), facts.plan("ke-hoach")
    book: Any = facts
    return Case(
        step=STEPS[step], state=state, data=data, personal={}, details={}, occurred_on=on, effective_on=None,
        today=dt.date(2026, 11, 1), by="nv-01", role="quan-tri", unit="xa", entered_for=None, papers=(), reason=None, plan=plan,
        field=None, stream=state.id, facts=book, corrects=corrects,
    )  # fmt: skip


def decided(on: str = DAY, facts: Facts = Facts(), kind: str = "person", **answers: Any) -> Case:  # noqa: B008 - immutable
    """Return the decision of a district to give an award: what the law allows, but for what `answers` say."""
    answers = {"kind": "award", "authority": "huyen", "form": "LDTT", "money": 540_000, **answers}
    return case("honour_decided", on, facts, state=answers.pop("state", exemplar(subject=kind)), **answers)


def proposed(on: str = LATER, facts: Facts = Facts(), **answers: Any) -> Case:  # noqa: B008 - immutable
    """Return a proposal that a higher level gives a reward for merit."""
    answers = {
        "kind": "proposal",
        "authority": "tinh",
        "form": "BK-T",
        "method": "merit",
        "achievement": "t1",
        **answers,
    }
    return case("honour_proposed", on, facts, **answers)


def revoked(on: str = DAY, *marks: str, facts: Facts = Facts(), **answers: Any) -> Case:  # noqa: B008 - immutable
    """Return that an award is taken back, on ground a unless `answers` say otherwise."""
    kind = answers.pop("kind", "award")
    state = exemplar(h1=honour(*marks, kind=kind))
    return case(
        "honour_revoked", on, facts, state=state, **{"honour": "h1", "ground": "a", "authority": "huyen", **answers}
    )


def erased(on: str = LATER, facts: Facts = Facts(), scope: str = "all") -> Case:  # noqa: B008 - immutable
    """Return that the personal data of the subject is erased."""
    return case("personal_data_erased", on, facts, scope=scope)


def said(case: Case) -> dict[str, list[Problem]]:
    """Return what the rules say, by code without its beginning."""
    found: dict[str, list[Problem]] = {}
    for problem in judge(BOOK.rules, case):
        assert "‹" not in problem.message + problem.fix, problem
        assert "gặp lỗi" not in problem.message, problem
        found.setdefault(problem.code.removeprefix("luat-tdkt."), []).append(problem)
    return found


def had(*fields: str, **answers: Any) -> Facts:
    """Return a book in which the subject has an award for achievement `t1` in each of these fields."""
    return Facts(tuple(exemplar(field, h1=honour(**{"achievement": "t1", **answers})) for field in fields))


def kept(years: int | None, *, checked: bool = True, on: str = DAY, **answers: Any) -> Facts:
    """Return a book with an award whose form is kept so many years by a clause."""
    rows = (Retention(key="khen-co-quan", words="", years=years, checked=checked),)
    return Facts((exemplar(h1=honour(on=on, **answers)),), msgspec.structs.replace(LAW, retention=rows))


PROPOSED = exemplar(p1=honour("honour_proposed", form="LDTT", achievement="t1"))
SPEAKS: list[tuple[str, Case]] = [
    ("form", decided(form="GK-Z")),
    ("form", decided(form="")),
    ("form", proposed(kind="award", form="Giấy khen")),
    ("form-kind", decided(kind="household")),
    ("form-kind", decided(kind="model", form="GK-H")),
    ("authority", decided(form="CSTDCS", authority="xa")),
    ("authority", decided(authority="khong")),
    ("authority", decided("2025-07-01", form="GK-H")),
    ("authority", decided("2025-07-01")),
    ("authority", proposed("2024-05", kind="award", form="GK-H", authority="xa")),
    ("money", decided(money=500_000)),
    ("money", decided(money=0)),
    ("money", decided("2024-05", money=702_000)),
    ("money-missing", decided(money=None)),
    ("once", decided(facts=had("linh-vuc-b"), achievement="t1")),
    ("once", proposed(facts=had("linh-vuc-a"), kind="award")),
    ("once", decided(facts=had("linh-vuc-b"), state=PROPOSED, proposal="p1")),
    ("once", decided(facts=Facts((exemplar(h1=honour("honoured", "revoked", "reinstated", achievement="t1")),)), achievement="t1")),
    ("upward", proposed("2025-07-01", had("linh-vuc-a", method="movement"))),
    ("upward", proposed(facts=had("linh-vuc-a", method="ad_hoc"))),
    ("twice-level", proposed("2024-05", had("linh-vuc-a", method="movement"))),
    ("twice-level", proposed(facts=had("linh-vuc-a", method="merit"))),
    ("ground", revoked(ground="e")),
    ("recover", revoked(DAY, "honoured", "honour_presented")),
    ("retention", erased(facts=kept(10))),
    ("retention", erased("2034-05-09", kept(10))),
    ("retention", erased("2126-01-01", kept(None))),
    ("retention", erased(facts=kept(10, kind="award", achievement="t1"))),
    ("unchecked", decided(LATER, form="CSTDCS", authority="xa")),
    ("unchecked", decided(form="XTB", kind="collective", authority="xa", money=3_600_000)),
    ("unchecked", decided(UNREAD, authority="xa", money=702_000)),
    ("unchecked", decided("2023-12-31")),
    ("unchecked", decided("2025", form="GK-H", money=702_000)),
    ("unchecked", decided("2024", money=540_000)),
    ("unchecked", decided("2024-08-01", money=702_000)),
    ("unchecked", decided("2024-08-01", money=540_000)),
    ("unchecked", decided(form="GK-H", kind="household")),
    ("unchecked", decided(facts=Facts(law=None))),
    ("unchecked", proposed("2025", had("linh-vuc-a", method="movement"))),
    ("unchecked", revoked(UNREAD)),
    ("unchecked", revoked("2023-05", ground="e")),
    ("unchecked", erased(facts=Facts((exemplar(h1=honour()),)))),
    ("unchecked", erased("2040", kept(10, checked=False))),
    ("unchecked", erased("2034", kept(10))),
    ("unchecked", erased(facts=kept(10, form="GK-Z"))),
]  # fmt: skip
SILENT: list[tuple[str, Case]] = [
    ("form", decided()),
    ("form", decided(kind="person", form="", state=PROPOSED, proposal="p1")),
    ("form", proposed(form="")),
    ("form-kind", decided()),
    ("form-kind", decided(form="GK-H", kind="household")),
    ("form-kind", decided(form="GK-DN", kind="model")),
    ("authority", decided()),
    ("authority", decided(authority="xa")),
    ("authority", decided("2025-06-30", form="GK-H")),
    ("authority", decided("2025", form="GK-H")),
    ("authority", decided(LATER, form="CSTDCS", authority="xa")),
    ("authority", decided(form="XTB", kind="collective", authority="xa")),
    ("authority", decided(form="GK-DT", authority="hoi")),
    ("authority", proposed(form="GK-H", authority="xa")),
    ("money", decided()),
    ("money", decided("2024-08-01", money=540_000)),
    ("money", decided(form="GK-H", money=1)),
    ("money", decided(form="GDVH", kind="household", authority="xa", money=100_000)),
    ("money", decided("2024", money=1)),
    ("money-missing", decided()),
    ("money-missing", decided(form="GDVH", kind="household", authority="xa", money=None)),
    ("once", decided(facts=had("linh-vuc-b"), achievement="t2")),
    ("once", decided(facts=had("linh-vuc-b"))),
    ("once", decided(facts=had("linh-vuc-b", kind="praise"), achievement="t1")),
    ("once", decided(facts=had("linh-vuc-b", kind="recognition"), achievement="t1")),
    ("once", decided(facts=Facts((exemplar(h1=honour("honour_proposed", achievement="t1")),)), achievement="t1")),
    ("once", decided(facts=Facts((exemplar(h1=honour("honoured", "revoked", achievement="t1")),)), achievement="t1")),
    ("once", decided(facts=Facts((PROPOSED,)), state=PROPOSED, proposal="p1")),
    ("once", case("honour_decided", DAY, had("linh-vuc-a"), corrects="h1", kind="award", authority="huyen", form="LDTT",
                  achievement="t1")),
    ("once", case("honour_decided", DAY, had("linh-vuc-b"), kind="praise", authority="huyen", achievement="t1")),
    ("once", decided(facts=had("linh-vuc-a"), state=exemplar(h1=honour(achievement="t1")), proposal="h1")),
    ("upward", proposed("2025-06-30", had("linh-vuc-a", method="movement"))),
    ("upward", proposed(facts=had("linh-vuc-a", method="merit"))),
    ("upward", proposed(facts=had("linh-vuc-a", method="movement"), achievement="t2")),
    ("upward", proposed(facts=had("linh-vuc-a", method="movement"), method="movement")),
    ("twice-level", proposed()),
    ("twice-level", decided(facts=had("linh-vuc-b"), achievement="t1")),
    ("ground", revoked(ground="d")),
    ("ground", revoked(ground="e", kind="praise")),
    ("ground", revoked(UNREAD, ground="e")),
    ("recover", revoked()),
    ("recover", revoked(DAY, "honoured", "honour_presented", recover=["object"])),
    ("recover", revoked(DAY, "honoured", "honour_presented", ground="e")),
    ("recover", revoked(DAY, "honoured", "honour_presented", kind="praise")),
    ("retention", erased(facts=kept(10), scope="contact")),
    ("retention", erased("2034-05-10", kept(10))),
    ("retention", erased("2034-02-28", kept(10, on="2024-02-29"))),
    ("retention", erased(facts=kept(10, checked=False))),
    ("retention", erased(facts=kept(10, kind="praise"))),
    ("retention", erased()),
    ("unchecked", decided()),
    ("unchecked", decided("2026-09-30", authority="xa", form="GDVH", kind="household", money=None)),
    ("unchecked", revoked()),
    ("unchecked", proposed("2025-06-30", had("linh-vuc-a", method="movement"))),
    ("unchecked", erased(facts=kept(10))),
    ("unchecked", erased("2034-05-10", kept(10))),
    ("unchecked", case("honour_decided", LATER, kind="praise", authority="khong", form="Biểu dương")),
]  # fmt: skip
REMARKS = {"money-missing", "twice-level", "unchecked"}


def test_every_rule_is_tried_both_ways() -> None:
    codes = {rule.code.removeprefix("luat-tdkt.") for rule in BOOK.rules}
    assert {code for code, _ in SPEAKS} == {code for code, _ in SILENT} == codes


@pytest.mark.parametrize(("code", "case"), SPEAKS)
def test_a_rule_speaks(code: str, case: Case) -> None:
    assert {one.refusal for one in said(case)[code]} == {code not in REMARKS}


@pytest.mark.parametrize(("code", "case"), SILENT)
def test_a_rule_is_silent(code: str, case: Case) -> None:
    assert code not in said(case)


def unread(law: LawDeclaration) -> LawDeclaration:
    """Return a law of which nobody has checked anything."""

    def nothing(some: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(msgspec.structs.replace(one, checked=False) for one in some)

    forms = tuple(
        msgspec.structs.replace(one, competences=nothing(one.competences), sums=nothing(one.sums)) for one in law.forms
    )
    return msgspec.structs.replace(
        law, forms=forms, texts=nothing(law.texts), amounts=nothing(law.amounts), grounds=nothing(law.grounds),
        retention=nothing(law.retention),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "case"), [one for one in SPEAKS if one[0] in ("authority", "money", "upward", "ground", "retention")]
)
def test_what_nobody_checked_refuses_nothing(code: str, case: Case) -> None:
    facts: Any = case.facts
    law = unread(facts.law)
    plan = msgspec.structs.replace(case.plan, laws={LAW.key: as_data(law)}) if case.plan else None
    found = said(msgspec.structs.replace(case, facts=facts._replace(law=law), plan=plan))
    assert code not in found
    assert "unchecked" in found


@pytest.mark.parametrize(
    ("code", "case", "message"),
    [
        ("form-kind", decided(kind="household"), "LDTT không dành cho hộ gia đình"),
        ("authority", decided("2025-07-01", form="GK-H"), "ngày 01/7/2025 huyen không có thẩm quyền tặng GK-H"),
        ("money", decided(money=500_000), "tiền thưởng 500.000 đồng, theo quy định ngày 10/5/2024 là 540.000 đồng"),
        (
            "once", decided(facts=had("linh-vuc-b"), achievement="t1"),
            "thành tích này đã được khen thưởng LDTT ở lĩnh vực linh-vuc-b ngày 10/5/2024",
        ),
        ("retention", erased(facts=kept(10)), "hồ sơ LDTT quyết định ngày 10/5/2024 phải giữ đến: 10/5/2034"),
        (
            "unchecked", decided(LATER, form="CSTDCS", authority="xa", money=None),
            "thẩm quyền tặng CSTDCS của xa: chưa kiểm tra (06/2022/QH15)",
        ),
        (
            "unchecked", decided("2024-08-01", money=540_000),
            "tiền thưởng 540.000 đồng (theo quy định: 702.000): chưa kiểm tra (chưa rõ văn bản)",
        ),
        (
            "unchecked", decided("2025", form="GK-H", money=None),
            "thẩm quyền tặng GK-H của huyen: ngày ghi chưa đủ rõ để biết (06/2022/QH15, Điều 80 khoản 2)",
        ),
    ],
)  # fmt: skip
def test_the_words(code: str, case: Case, message: str) -> None:
    assert said(case)[code][0].message == message


def test_who_may_is_named() -> None:
    (refused,) = said(decided(form="CSTDCS", authority="xa", money=1_800_000))["authority"]
    assert refused.fix == f"có thẩm quyền: {LAW.powers['chu-tich-ubnd-huyen']}, {LAW.powers['thu-truong-don-vi']}"
    (ended,) = said(decided("2025-07-01", form="GK-H"))["authority"]
    assert ended.fix == "có thẩm quyền: không còn ai"


# ------------------ on a book


FIELD = Field(FieldDeclaration(key="linh-vuc-a", title="Lĩnh vực A", kinds=("person",)))
PACK = PlanPack(
    PlanDeclaration(
        key="ke-hoach-thu", title="Kế hoạch thử", issuer="Nơi A", issued="2024-01", rule_books=(LAW.key,),
        fields=(Binding(field="linh-vuc-a", title="Lĩnh vực A", leads=(Lead(unit="phong-a"),)),),
    )
)  # fmt: skip
PAPER = {"kind": "Quyết định", "number": "01", "date": "2024-01-02", "issuer": "Nơi A"}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """Return a book under the tiny plan; its one unit has the powers of a district."""
    monkeypatch.setenv("GUONG_HOME", str(tmp_path / "home"))
    stage = Stage("thử")
    stage.now = dt.datetime(2024, 1, 15, 9, tzinfo=dt.UTC)
    unit = UnitData(key="phong-a", name="Phòng A", powers=("chu-tich-ubnd-huyen",))
    opening = Opening("nv-01", "Trần Thị Thử", unit, "2024-01-02", PAPER)
    sample = Sample(stage.clock, stage.random)
    with Book.create(tmp_path / "so", opening, plugins=Given(guong_luat_tdkt, PACK, FIELD), sample=sample) as made:
        made.issue(PACK, Order(by="nv-01"))
        stage.now = dt.datetime(2024, 5, 15, 9, tzinfo=dt.UTC)
        yield made


def record(book: Book, step: str, **answers: Any) -> Any:
    """Record a step of 10 May 2024."""
    return book.record({"step": step, "occurred_on": DAY, **answers}, Order(by="nv-01"))


def test_a_book_keeps_its_own_copy(book: Book) -> None:
    plan = book.world.plan(PACK.key)
    assert plan is not None
    adopted = plan.law(LAW.key)
    assert adopted is not None
    assert msgspec.structs.replace(adopted, plugin="", version="") == LAW


def test_a_book_judges_by_the_law(book: Book) -> None:
    subject = record(book, "subject_registered", kind="person", name="Đỗ Văn Tốt", unit="phong-a").stream
    done = {"what": "Sửa đường", "since": "2024-01-01", "until": "2024-04-30"}
    achievement = record(book, "achievement_recorded", subject=subject, **done).id
    noticed = {"field": FIELD.key, "source": "inspection", "achievement": "Sửa đường", "lead": "phong-a"}
    one = record(book, "discovered", subject=subject, plan=PACK.key, **noticed).stream
    award = {
        "exemplar": one, "kind": "award", "authority": "phong-a", "form": "LDTT", "achievement": achievement,
        "papers": [{**PAPER, "date": DAY}],
    }  # fmt: skip
    with pytest.raises(RefusedError, match=r"theo quy định ngày 10/5/2024 là 540\.000 đồng"):
        record(book, "honour_decided", **award, money=500_000)
    record(book, "honour_decided", **award, money=540_000)
    with pytest.raises(RefusedError, match="đã được khen thưởng LDTT ở lĩnh vực linh-vuc-a"):
        record(book, "honour_decided", **award, money=540_000)


def test_an_auditor_is_told_what_the_law_says_of_a_second_award_and_told_it_once(book: Book) -> None:
    subject = record(book, "subject_registered", kind="person", name="Đỗ Văn Tốt", unit="phong-a").stream
    done = {"what": "Sửa đường", "since": "2024-01-01", "until": "2024-04-30"}
    achievement = record(book, "achievement_recorded", subject=subject, **done).id
    noticed = {"field": FIELD.key, "source": "inspection", "achievement": "Sửa đường", "lead": "phong-a"}
    one = record(book, "discovered", subject=subject, plan=PACK.key, **noticed).stream
    award = {
        "step": "honour_decided", "occurred_on": DAY, "exemplar": one, "kind": "award", "authority": "phong-a", "form": "LDTT",
        "achievement": achievement, "papers": [{**PAPER, "date": DAY}], "money": 540_000,
    }  # fmt: skip
    book.record(award, Order(by="nv-01"))
    assert answered(book, "Q20").verdict is Verdict.MET
    again = book.record(award, Order(by="nv-01", waived=frozenset({"luat-tdkt.once"})))
    answer = answered(book, "Q20")
    assert (answer.verdict, [one.position for one in answer.evidence]) == (Verdict.BREACH, [again.position])
    assert "đã được khen thưởng LDTT" in answer.evidence[0].says
