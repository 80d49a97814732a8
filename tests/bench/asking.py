"""How long questions to a view take: at any moment against the head, and with any filter; and what one more entry costs it."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.books import open_book, say
from tests.bench.lives import person
from tests.bench.table import Line, median, p95, spread

from guong.recording import Order
from guong.text import fold
from guong.view import board, changes, entries, listing, search, states
from guong.view.moments import Moment, head

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from guong.book import Book
    from guong.view.queries import View

    Ask = Callable[[], object]

_TWICE = 2
_PLAN, _ENDED = "van-quan-2024", ("rejected", "withdrawn", "revoked")


class Asked(NamedTuple):
    """What was measured of one book: the lines, and figures in milliseconds that are held against those of other sizes."""

    lines: list[Line]
    flat: dict[str, float]


def measure(folder: Path, *, rounds: int, asks: int) -> Asked:
    """Ask a book whose view is there, many times; every round asks `asks` questions of a kind.

    The figure of a kind is the median of the rounds' 95th percentiles.
    """
    with open_book(folder) as book:
        view = book.view
        asking = _Asking(view, random.Random(11), rounds, asks)  # noqa: S311 - the same questions in every run
        say(f"questions to {folder.name}")
        page = 20 if view.head <= 2_000_000 else 100
        lines = [
            *asking.against("board", asking.board),
            *asking.against("show", asking.shown),
            *asking.against("list as registered", asking.registered),
            asking.within("list, any filter and sort", asking.listed, page),
            asking.within("count by stage", asking.staged, None),
            asking.within("count, any filter", asking.counted, None),
            asking.within("page of entries, any filter", asking.paged, page),
            asking.within("time line of 80 buckets", asking.timed, None),
            asking.within("differences of a quarter, one field", asking.differed, None, share=10),
            asking.within("search", asking.searched, 50),
        ]
        return Asked([*lines, *_one_more(book, asks)], asking.flat)


class Took(NamedTuple):
    """What a question took, in milliseconds: by the clock, and of the processor's time, which others do not disturb."""

    passed: float
    busy: float

    def __str__(self) -> str:
        return f"{self.passed:.1f} ms ({self.busy:.1f} of CPU time)"


class _Asking:
    """Makes questions at random and times them."""

    def __init__(self, view: View, rng: random.Random, rounds: int, asks: int) -> None:
        self.view, self.rng, self.rounds, self.asks = view, rng, rounds, asks
        self.head, self.size = head(view), f"{view.head:,} entries"
        first, last = (view.recorded(position) for position in (view.first, view.head))
        self._first, self._last = (time.date() if time else dt.date.min for time in (first, last))
        known = listing.page(view, self.head, limit=500)
        self._rows = known.rows
        for _ in range(20):  # exemplars of every age
            moment = self._stood()
            self._rows += listing.page(view, moment, sort="moved", limit=20).rows
        self.flat: dict[str, float] = {}

    def _stood(self) -> Moment:
        """Return a moment at which the book stood, later than its opening."""
        return Moment(self.rng.randint(self.view.head // 20, self.view.head))

    def _happened(self) -> Moment:
        days = (self._last - self._first).days
        return Moment(self.view.head, (self._first + dt.timedelta(days=self.rng.randint(days // 20, days))).isoformat())

    def board(self, moment: Moment) -> Ask:
        """The boards of all plans."""
        return lambda: board.boards(self.view, moment)

    def shown(self, moment: Moment) -> Ask:
        """An exemplar with its entries."""
        stream = self.rng.choice(self._rows).id
        return lambda: states.shown(self.view, stream, moment)

    def registered(self, moment: Moment) -> Ask:
        """A page of exemplars in the order in which they were registered."""
        return lambda: listing.page(self.view, moment)

    def _wanted(self) -> listing.Wanted:
        """Return a filter with one to three parts, which some exemplar passes or passed."""
        row = self.rng.choice(self._rows)
        parts = self.rng.sample(listing.Wanted._fields, self.rng.randint(1, 3))
        return listing.Wanted(**{part: getattr(row, part) for part in parts})

    def _moment(self) -> Moment:
        return self.rng.choice((self.head, self._stood(), self._happened()))

    def listed(self) -> Ask:
        """A page of exemplars with a filter and a sort, at the head or any moment; every other one is a later page."""
        wanted, moment, sort = self._wanted(), self._moment(), self.rng.choice(listing.SORTS)
        after = listing.page(self.view, moment, wanted, sort=sort).following if self.rng.random() < 0.5 else None
        return lambda: listing.page(self.view, moment, wanted, sort=sort, after=after)

    def staged(self) -> Ask:
        """Exemplars of every plan counted by field and stage."""
        moment = self._moment()
        plans = [plan.key for plan in board.plans(self.view, moment)]
        return lambda: board.by_stage(self.view, moment, plans)

    def counted(self) -> Ask:
        """How many exemplars pass a filter."""
        wanted, moment = self._wanted(), self._moment()
        return lambda: listing.count(self.view, moment, wanted)

    def paged(self) -> Ask:
        """A page of entries after or before a position, with a filter of one to three parts."""
        row = entries.at(self.view, [self.rng.randint(1, self.view.head)])[0]
        parts = self.rng.sample(("plan", "field", "unit", "officer", "step", "kind", "stream"), self.rng.randint(1, 3))
        wanted = entries.Wanted(**{part: getattr(row, part) for part in parts}, remarked=self.rng.random() < 0.2)
        turn = self.rng.choice((entries.page_after, entries.page_before))
        position = self._stood().position
        return lambda: turn(self.view, position, wanted)

    def timed(self) -> Ask:
        """A time line of one field's entries."""
        wanted = entries.Wanted(field=self.rng.choice(self._rows).field)
        return lambda: entries.density(self.view, 80, wanted)

    def differed(self) -> Ask:
        """What changed between two moments, the twentieth part of the log between them, in one field."""
        before = self._stood()
        after = Moment(min(self.view.head, before.position + self.view.head // 20))
        field = self.rng.choice(self._rows).field
        return lambda: changes.between(self.view, before, after, field)

    def searched(self) -> Ask:
        """Somebody's name, whole or in part, with and without diacritics; or a word that stands in a great many entries."""
        name = person(self.rng)
        text = self.rng.choice((name, fold(name), name.rpartition(" ")[2], name.partition(" ")[0], "tập huấn"))
        return lambda: search.search(self.view, text)

    def _rounds(self, kinds: Sequence[Callable[[], Ask]], asks: int) -> list[list[Took]]:
        """Return what every kind of question took, round by round; the kinds take turns."""
        told = []
        for kind in kinds:  # what is read at every question is in memory
            kind()()
        for _ in range(self.rounds):
            times: list[list[Took]] = [[] for _ in kinds]
            for _ in range(asks):
                for kind, those in zip(kinds, times, strict=True):
                    those.append(_timed(kind()))
            told.append([Took(*(p95(some) for some in zip(*those, strict=True))) for those in times])
        return told

    def against(self, what: str, ask: Callable[[Moment], Ask]) -> list[Line]:
        """Measure a question at random positions and days against the same at the head."""
        kinds = (lambda: ask(self.head), lambda: ask(self._stood()), lambda: ask(self._happened()))
        rounds = self._rounds(kinds, self.asks)
        lines = []
        for number, axis in ((1, "positions"), (2, "days")):
            ratios = [one[number].passed / one[0].passed for one in rounds]
            at, bare = (Took(*map(median, zip(*(one[which] for one in rounds), strict=True))) for which in (number, 0))
            more = f"{spread(ratios)}; p95 {at}, at the head {bare}"
            lines.append(Line(f"{what} at random {axis}, {self.size}", median(ratios), "× the head", more, most=_TWICE))
            self.flat[f"{what} at random {axis}"] = at.passed
        return lines

    def within(self, what: str, ask: Callable[[], Ask], most: float | None, *, share: int = 1) -> Line:
        """Measure a question against a number of milliseconds."""
        passed, busy = zip(*(one[0] for one in self._rounds((ask,), max(2, self.asks // share))), strict=True)
        more = f"{spread(passed)}; of CPU time {median(busy):.1f} ms"
        return Line(f"{what}, {self.size}", median(passed), "ms p95", more, most=most)


def _timed(ask: Ask) -> Took:
    clock, busy = time.perf_counter(), time.process_time()
    ask()
    return Took((time.perf_counter() - clock) * 1e3, (time.process_time() - busy) * 1e3)


def _one_more(book: Book, count: int) -> list[Line]:
    """Record steps one by one, and let the view take in each."""
    view = book.view
    gone = {unit.key for unit in view.states("unit") if unit.gone}
    rows = listing.page(view, head(view), listing.Wanted(plan=_PLAN), limit=3 * count).rows
    rows = [one for one in rows if one.officer and one.lead not in gone and one.stage not in _ENDED][:count]
    acting = {}
    for officer in view.states("officer"):
        for role in officer.roles:
            acting[role.unit] = {"by": officer.key, "as_role": role.role, "in_unit": role.unit}
    recorded, taken = [], []
    for row in itertools.islice(itertools.cycle(rows), count + 1):
        step: dict[str, Any] = {
            "step": "supported", "exemplar": row.id, "kind": "visit", "what": "Đi cơ sở, giúp ghi sổ góp công",
            "occurred_on": "2025-06-20", **acting[row.lead],
        }  # fmt: skip
        recorded.append(_timed(partial(book.record, step, Order())))
        taken.append(_timed(book.projector.catch_up))
    del recorded[0], taken[0]  # the first one reads what every next one needs
    passed, busy = zip(*taken, strict=True)
    before = median([one.passed for one in recorded])
    more = f"median {median(passed):.2f} ms, of CPU time {median(busy):.2f}; recorded in {before:.2f} ms, median"
    return [Line(f"taking in one entry more, {view.head:,} entries", p95(passed), "ms p95", more, most=5)]
