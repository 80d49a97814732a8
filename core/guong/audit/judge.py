"""Judges entries in the order of the log, each by what held on its day (see `guong.audit.judging`)."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from guong.audit.cases import case_of, corrected, sealed
from guong.audit.checks import checks
from guong.audit.judging import LEFT_OUT, NEEDS_PLUGIN, UNREAD, UNUSABLE
from guong.audit.past import Past
from guong.desk import NOT_AGAIN
from guong.domain.case import readable
from guong.domain.core_rules import core_rules
from guong.domain.corrections import rewrites, voided
from guong.domain.rules import judge
from guong.errors import PluginError
from guong.recording import COPYING, OPENING
from guong.version import __version__
from guong.view.schema import OPEN
from guong.view.streams import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventsourcing.sqlite import SQLiteCursor

    from guong.domain.case import Case
    from guong.domain.entry import Entry, Stored
    from guong.domain.plan import Plan
    from guong.domain.problems import Problem
    from guong.domain.rules import Rule
    from guong.log.application import EventLog
    from guong.plugins import Plugins
    from guong.view.queries import View

_OURS = f"guong {__version__}"
"""The version of our own rules and checks."""


class _Rules(NamedTuple):
    """Rules with the version of whoever brings them, and what stood against having all of them: plugin, as what, why."""

    by: tuple[tuple[str, tuple[Rule, ...]], ...]
    wanting: tuple[tuple[str, str, str], ...] = ()


class Judge:
    """Judges entries in the order of the log."""

    def __init__(self, log: EventLog, view: View, plugins: Plugins) -> None:
        self._view, self._plugins = view, plugins
        self._past = Past(log, self._exemplars_of)
        self._stamps: dict[str, str] = {}
        self._brought: dict[tuple[str, str], _Rules] = {}
        self._zone: dt.tzinfo | None = None
        self._opening, self._copying = "", ""

    def take(self, cursor: SQLiteCursor, batch: list[Stored]) -> bool:
        """Judge entries that follow those judged so far."""
        if not self._past.head and batch[0].position > 1:
            self._resume(batch[0].position - 1)
        problems: list[tuple[Any, ...]] = []
        for stored in batch:
            said = self._judge(stored)
            problems += [(stored.position, number, *one) for number, one in enumerate(said)]
            self._move(cursor, stored)
        cursor.executemany("INSERT INTO problem VALUES (?,?,?,?,?,?,?,?)", problems)
        cursor.executemany("INSERT OR REPLACE INTO plugin VALUES (?,?)", list(self._stamps.items()))
        self._past.shrink()
        return False

    def settle(self, cursor: SQLiteCursor, position: int) -> bool:
        """Leave nothing for later."""
        return False

    def _resume(self, position: int) -> None:
        self._past.begin(position)
        known = "SELECT key FROM stream WHERE kind='plan' AND no<=? ORDER BY no"
        self._past.know_plans(row["key"] for row in self._view.rows(known, position))
        opening, last = self._past.stored_at(1).entry, self._past.stored_at(position)
        self._opening = opening.correlation if opening else ""
        issued = self._past.entries(last.stream)[0].entry if last.kind == "plan" else None
        self._copying = issued.correlation if issued else ""

    def _exemplars_of(self, subjects: Iterable[str]) -> list[str]:
        ids = list(subjects)
        rows = self._view.rows(
            f"SELECT id FROM exemplar WHERE subject IN ({marks(ids)}) AND no<=?", *ids, self._past.head
        )
        return [row["id"] for row in rows]

    def _move(self, cursor: SQLiteCursor, stored: Stored) -> None:
        """Go forward by an entry; where it changes what earlier ones count for, write that down."""
        entry, past = stored.entry, self._past
        if entry is not None and stored.kind == "book" and entry.step == "book_opened":
            self._opening = entry.correlation
            self._zone = ZoneInfo(entry.data["zone"])
        if entry is not None and entry.step == "plan_issued":
            self._copying = entry.correlation
        before = _later(past.entries(stored.stream)) if rewrites(stored) else {}
        past.load(stored.stream, stored.kind)
        past.take(stored)
        if not rewrites(stored):
            return
        now = _later(past.entries(stored.stream))
        cursor.executemany(
            f"UPDATE later SET until=? WHERE position=? AND what=? AND until={OPEN}",
            [(stored.position, *one) for one in before.keys() - now.keys()],
        )
        cursor.executemany(
            f"INSERT OR REPLACE INTO later VALUES (?,?,?,{OPEN})",
            [(position, stored.position, what) for position, what in now.keys() - before.keys()],
        )

    def _judge(self, stored: Stored) -> Iterator[tuple[Any, ...]]:
        """Yield what rules say of an entry, as rows after position and number."""
        entry = stored.entry
        if entry is None:
            yield UNREAD, "", 0, 1, "", _json({"why": stored.unread})
            return
        self._past.unstarted(stored)
        zone = self._zone
        if zone is None:
            zone = self._zone = ZoneInfo(self._past.book.zone) if self._past.book else dt.UTC
        case = case_of(self._past, stored, entry, zone)
        waived = frozenset(LEFT_OUT)
        if entry.correlation == self._opening or entry.step == "book_opened":
            waived |= OPENING
        if entry.correlation == self._copying or entry.step == "plan_issued":
            waived |= COPYING
        rules = self._rules(case, stored)
        for plugin, what, why in rules.wanting:
            yield NEEDS_PLUGIN, "", 0, 1, "", _json({"plugin": plugin, "as": what, "why": why})
        yield from self._said(case, entry, rules, waived)
        yield from self._looked(case, stored)
        instead = corrected(self._past, stored, entry, case)
        if instead is not None:
            yield from self._said(instead, entry, rules, waived | NOT_AGAIN, again=True)
            yield from self._looked(instead, stored)

    def _said(
        self, case: Case, entry: Entry, rules: _Rules, waived: frozenset[str], *, again: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        try:
            case = self._readable(case)
        except PluginError as error:
            yield (
                NEEDS_PLUGIN,
                "",
                0,
                1,
                "",
                _json({"plugin": case.field.key if case.field else "", "as": "field", "why": error.message}),
            )
            return
        closed = sealed(case, entry)
        for version, some in ((_OURS, core_rules(case.step.key)), *rules.by):
            for one in judge(some, case, waived):
                if one.culprit not in closed:
                    yield _row(
                        one, version, act=not again and (entry.step == "entry_corrected" or one.code in NOT_AGAIN)
                    )

    def _looked(self, case: Case, stored: Stored) -> Iterator[tuple[Any, ...]]:
        """Yield what the checks of questions find."""
        for check in checks(case.step.key):
            for figures in check.look(case, stored):
                yield check.code, _OURS, 0, 0, "", _json(figures)

    def _readable(self, case: Case) -> Case:
        """Return a case in which the field's code finds all details as it knows them; as they are where there is no code."""
        field = case.field.key if case.field else ""
        if not field or self._bring("field", field).wanting:
            return case
        return readable(case, self._plugins.form(field), partial(self._plugins.upcast, field))

    def _rules(self, case: Case, stored: Stored) -> _Rules:
        """Return the rules of plugins that look at a case."""
        if stored.kind == "subject" and not case.step.starts:  # what binds a subject is the law of its plans
            keys = sorted({one.plan for one in self._past.exemplars(stored.stream)})
            plans = [plan for key in keys if (plan := self._past.plan(key)) is not None]
        else:
            plans = [case.plan] if case.plan else []
        wanted = dict.fromkeys(one for plan in plans for one in _sources(plan))
        if case.field is not None:
            wanted["field", case.field.key] = None
        if not wanted:
            return _Rules(())
        brought = [self._bring(*one) for one in wanted]
        return _Rules(
            tuple(one for rules in brought for one in rules.by),
            tuple(one for rules in brought for one in rules.wanting),
        )

    def _bring(self, what: str, key: str) -> _Rules:
        """Return the rules of one plugin, loaded once."""
        if (what, key) not in self._brought:
            try:
                rules = tuple(self._plugins.own_rules(what, key))
                self._stamps[key] = self._plugins.stamp(key)
                self._brought[what, key] = _Rules(((self._plugins.version(key), rules),))
            except PluginError as error:
                self._stamps[key] = UNUSABLE + what
                self._brought[what, key] = _Rules((), ((key, what, error.message),))
        return self._brought[what, key]


def _sources(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield whose rules hold under a plan beside those of fields, and as what."""
    yield "plan", plan.key
    for key in plan.declared.rule_books:
        yield "law", key


def _row(problem: Problem, version: str, *, act: bool) -> tuple[Any, ...]:
    return problem.code, version, int(problem.refusal), int(act), problem.culprit, _json(problem.figures)


def _json(figures: dict[str, Any]) -> str:
    return msgspec.json.encode(figures).decode()


def _later(entries: list[Stored]) -> dict[tuple[int, str], None]:
    """Return which entries of a stream, by position, count no more or only as corrected.

    An earlier one of several corrections is itself corrected by the last.
    """
    without, places = voided(entries), {one.entry.id: one.position for one in entries if one.entry}
    now = dict.fromkeys((places[id_], "voided") for id_ in without if id_ in places)
    latest: dict[int, int] = {}
    for one in entries:
        if (
            one.entry
            and one.entry.step == "entry_corrected"
            and one.entry.id not in without
            and one.entry.data["entry"] in places
        ):
            target = places[one.entry.data["entry"]]
            now[target, "corrected"] = None
            if target in latest:
                now[latest[target], "corrected"] = None
            latest[target] = one.position
    return now
