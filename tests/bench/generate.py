"""Makes large realistic books: `python -m tests.bench.generate FOLDER --entries 1000000 --seed 7`.

The book is opened, and its units and officers enter it, through the book itself; plans and all lives are written straight into
the log (`pen.py`), since ten million steps through the rules would take hours. One seed and one number of entries give the same
bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from tests.bench import words
from tests.bench.books import say
from tests.bench.lives import Place, opened, paper, person
from tests.bench.pen import Actor, FullError, Pen, Stream

from guong.book import Book, Opening, Sample
from guong.domain.declarations import Lead, PlanDeclaration, Quota, UnitData, as_data, declaration_hash
from guong.domain.ids import stream_id
from guong.plugins import Plugins
from guong.recording import Order
from guong.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.domain.declarations import Data, FieldDeclaration

YEARS = range(2020, 2025)
_SOURCE = "van-quan-2024"
_A_LIFE = 15.4
"""Entries that one more life comes to until the book ends, those of its subject included."""
_UNITS, _OFFICERS = 500, 2_000
_HOLDERS = 8
"""Communes that hold a quota of a field beside those that lead it, at most."""
_FOUNDER = Actor("noi-vu-01", "quan-tri", "phong-noi-vu")
_ROLES = ("theo-doi", "chu-tri", "binh-xet", "tiep-nhan", "tuyen-truyen", "quyet-dinh")
_MERGED = 0.02
"""Share of the communes that go into another one on each of the first days of July."""


_DAYS = len(YEARS) * 261
_APPOINTED = {
    "kind": "Quyết định", "number": "06", "notation": "QĐ-PNV", "date": "2019-12-30", "issuer": "Phòng Nội vụ",
}  # fmt: skip


class Declared(NamedTuple):
    """What is copied into the log every year: the plan, as it reads in the year it was made for, its fields and law."""

    plan: PlanDeclaration
    fields: list[FieldDeclaration]
    laws: list[Data]


class Size(NamedTuple):
    """How large a book is."""

    entries: int
    units: int
    officers: int


def size(entries: int) -> Size:
    """Return how many units and officers a book of so many entries has: fewer than 500 and 2,000 in a small one."""
    return Size(entries, min(_UNITS, 60 + entries // 400), min(_OFFICERS, 120 + entries // 200))


class Rate(NamedTuple):
    """Entries written straight into the log, a second of time and a second of the processor's."""

    passed: float
    busy: float


def generate(folder: Path, entries: int, seed: int) -> Rate:
    """Make a book of `entries` entries in a new folder and return how fast.

    Raises:
        GuongError: the folder is taken, or the plan of the sample is not installed.
    """
    rng = random.Random(seed)  # noqa: S311 - the same book for one seed is the point
    start = time.perf_counter()
    book, place, declared = _founded(folder, size(entries), rng)
    at, busy = time.perf_counter(), time.process_time()
    head = place.pen.head
    with suppress(FullError):
        _live(book, place, declared, entries)
    place.pen.close()
    say(f"{head:,} entries through the book: {at - start:.0f} s")
    straight = entries - head
    return Rate(straight / (time.perf_counter() - at), straight / (time.process_time() - busy))


def _live(book: str, place: Place, declared: Declared, entries: int) -> None:
    """Write day after day: the lives that are due, and a few more that begin, until the book is full."""
    pen = place.pen
    a_day = (entries - pen.head) / _DAYS / _A_LIFE
    due: dict[int, list[Iterator[int]]] = {}
    year = 0
    for number, day in enumerate(_working_days(YEARS[0])):
        pen.turn(day)
        if day.year != year and day.year in YEARS:
            year = day.year
            place.plan = key(year)
            _issued(book, pen, declared, year)
        if day.month == 7 and day.day <= 2:
            _merge(book, place)
        begun = int(a_day * (number + 1)) - int(a_day * number)
        for life in (*due.pop(number, ()), *(place.life() for _ in range(begun))):
            wait = next(life, None)
            if wait is not None:
                due.setdefault(number + 1 + wait, []).append(life)


def _working_days(year: int) -> Iterator[dt.date]:
    day = dt.date(year, 1, 6)
    while True:
        if day.weekday() < 5:
            yield day
        day += dt.timedelta(days=1)


def key(year: int) -> str:
    """Return the key of the plan of a year."""
    return f"{_SOURCE.rpartition('-')[0]}-{year}"


def _of_year(declared: PlanDeclaration, year: int) -> PlanDeclaration:
    """Return the plan as it reads in another year."""
    since, until = f"{year}-01-01", f"{year}-12-31"
    quotas = tuple(
        msgspec.structs.replace(one, since=since, until=until, text=one.text.replace("2024", str(year)))
        for one in declared.quotas
    )
    return msgspec.structs.replace(
        declared, key=key(year), title=declared.title.replace("2024", str(year)), issued=f"{year}-01", since=since, until=until,
        quotas=quotas,
    )  # fmt: skip


def _widened(declared: PlanDeclaration, communes: list[str], rng: random.Random) -> PlanDeclaration:
    """Return the plan with communes that lead fields and hold quotas beside the offices."""
    fields, quotas = [], list(declared.quotas)
    for field in declared.fields:
        holders = rng.sample(communes, min(_HOLDERS, len(communes) // 4))
        leads = (
            *field.leads,
            *(Lead(unit=unit, mode="assigned", text="Các xã được giao chỉ tiêu") for unit in holders),
        )
        fields.append(msgspec.structs.replace(field, leads=leads))
        quotas += [
            Quota(
                key=f"{field.field}-{unit}", field=field.field, holder=unit, number=rng.randrange(1, 6), values=("passed",),
                without=("withdrawn", "revoked"), since=declared.since, until=declared.until,
                text="giao cho xã", reading="bình xét đạt, không bị rút, không bị hủy",
            )
            for unit in holders
        ]  # fmt: skip
    return msgspec.structs.replace(declared, fields=tuple(fields), quotas=tuple(quotas))


def _units(rng: random.Random, count: int, taken: set[str]) -> list[UnitData]:
    units: dict[str, UnitData] = {}
    number = 0
    while len(units) < count:
        name = f"{rng.choice(words.FIRST)} {rng.choice(words.SECOND)}"
        number += len(units) > 300
        unit_key = slug(f"xa {name} {number or ''}")
        if unit_key not in taken:
            units[unit_key] = UnitData(
                key=unit_key, name=f"xã {name} {number or ''}".strip(), kind="xa", parent="ubnd-huyen", since="2015"
            )
    return list(units.values())


def _founded(folder: Path, size: Size, rng: random.Random) -> tuple[str, Place, Declared]:
    """Open a book and let its units and officers enter it, all through the book; return where lives are lived."""
    plugins, now = Plugins(), [dt.datetime(YEARS[0], 1, 2, 1, 0, tzinfo=dt.UTC)]
    pack = plugins.plan(_SOURCE)
    offices = [msgspec.structs.replace(unit, since="2015") for unit in pack.units]
    communes = _units(rng, max(20, size.units - len(offices)), {unit.key for unit in offices})
    communal = [unit.key for unit in communes]
    plan = _widened(pack.declared, communal, rng)
    office = next(unit for unit in offices if unit.key == _FOUNDER.unit)
    first = Opening(_FOUNDER.by, "Vi Thị Sổ", office, "2019-12-30", _APPOINTED, post="Phó Trưởng phòng")
    staff = _staff(rng, [lead.unit for field in plan.fields for lead in field.leads], communal, size.officers)
    with Book.create(folder, first, plugins=plugins, sample=Sample(lambda: now[0], rng.randbytes)) as book:
        now[0] += dt.timedelta(hours=2)
        units = [unit for unit in (*offices, *communes) if unit.key != office.key]
        book.record_all(lambda: _entered(units, staff), Order(channel="import", by=_FOUNDER.by, keep=False))
        laws = [book._law(law) for name in plan.rule_books if (law := plugins.law(name)) is not None]
        declared = Declared(plan, [plugins.declaration(binding.field) for binding in plan.fields], laws)
        book_id, head = book.state.id, book.log.head()
    actors: dict[str, list[Actor]] = {}
    for actor, _ in staff:
        actors.setdefault(actor.unit, []).append(actor)
    leads = {binding.field: tuple(lead.unit for lead in binding.leads) for binding in plan.fields}
    fields = [opened(rng, one, hash_of(one), leads[one.key], plan.criteria) for one in declared.fields]
    pen = Pen(folder, rng, head, size.entries, (size.entries - head) / _DAYS)
    return book_id, Place(book_id, pen, fields, communal, actors), declared


def hash_of(declared: FieldDeclaration) -> str:
    """Return the hash that names a declaration in the log."""
    return declaration_hash(as_data(declared))


def _staff(rng: random.Random, leads: list[str], communes: list[str], count: int) -> list[tuple[Actor, str]]:
    """Return who acts where, with his name: three at least in every unit that leads a field."""
    posts = [unit for unit in dict.fromkeys(leads) for _ in range(3)]
    posts += rng.choices(sorted({*leads, *communes}), k=max(0, count - len(posts)))
    return [
        (Actor(f"cb-{number:04}", _ROLES[number % len(_ROLES)], unit), person(rng)) for number, unit in enumerate(posts, 1)
    ]  # fmt: skip


def _entered(units: list[UnitData], staff: list[tuple[Actor, str]]) -> Iterator[dict[str, Any]]:
    acting = {"as_role": _FOUNDER.role, "in_unit": _FOUNDER.unit, "occurred_on": "2020-01-02"}
    for unit in units:
        asked = {key: value for key, value in as_data(unit).items() if key != "since"}
        yield {"step": "unit_registered", **asked, "effective_on": unit.since, **acting}
    for actor, name in staff:
        yield {
            "step": "officer_enrolled", "key": actor.by, "name": name, "unit": actor.unit, "post": "Chuyên viên", **acting,
        }  # fmt: skip
        yield {"step": "role_granted", "officer": actor.by, "role": actor.role, "unit": actor.unit, **acting}


def _issued(book: str, pen: Pen, declared: Declared, year: int) -> None:
    """Write that the plan of a year is issued, as `Book.issue` records it."""
    plan = _of_year(declared.plan, year)
    stream, on = Stream(stream_id(book, "plan", plan.key), "plan"), f"{plan.issued}-03"
    basis = paper(pen.rng, "Kế hoạch", plan.notation, on, plan.issuer)

    def write(step: str, data: dict[str, Any]) -> None:
        pen.write(stream, step, data, _FOUNDER, on=on, plan=plan.key, basis=basis)

    def copy(step: str, name: dict[str, str], declaration: Data) -> None:
        data = as_data(declaration)
        write(step, {**name, "declaration": data, "hash": declaration_hash(data)})

    copy("plan_issued", {"key": plan.key}, plan)
    for name, law in zip(plan.rule_books, declared.laws, strict=True):
        copy("law_adopted", {"law": name}, law)
    for field in declared.fields:
        copy("field_opened", {"field": field.key}, field)
    for quota in plan.quotas:
        write("quota_set", as_data(quota))
    for deadline in plan.deadlines:
        write("deadline_set", as_data(deadline))


def _merge(book: str, place: Place) -> None:
    """Write that communes go into others; subjects are registered there no more, offices and quotas stay as they were."""
    pen, rng = place.pen, place.pen.rng
    for unit in rng.sample(place.units, max(1, int(len(place.units) * _MERGED))):
        place.units.remove(unit)
        on = pen.day.isoformat()
        basis = paper(rng, "Nghị quyết", "NQ-UBTVQH", on, "Ủy ban Thường vụ Quốc hội")
        stream = Stream(stream_id(book, "unit", unit), "unit", 1)
        pen.write(
            stream, "unit_merged", {"into": rng.choice(place.units)}, _FOUNDER, on=on, effective_on=on, basis=basis
        )


def main() -> None:
    """Make the book that was asked for."""
    parser = argparse.ArgumentParser(description="Lập một sổ lớn để đo; mọi người trong đó đều là hư cấu.")
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    rate = generate(given.folder, given.entries, given.seed)
    say(
        f"{given.folder}: {given.entries:,} entries, {rate.passed:,.0f} a second, {rate.busy:,.0f} a second of CPU time"
    )


if __name__ == "__main__":
    main()
