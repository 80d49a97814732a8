"""What a question's function is given: the moment, what it is narrowed to, and bounded reads of the view and of all problems."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guong.audit.answer import SHOWN, Evidence, Found, Missing
from guong.audit.checks import words
from guong.audit.judging import NEEDS_PLUGIN
from guong.domain.dates import stored_date
from guong.domain.entry import Remark
from guong.domain.rules import word
from guong.errors import DamagedError
from guong.view import states

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from guong.book import Book
    from guong.checking import Fault
    from guong.domain.plan import Plan
    from guong.domain.unit import Unit
    from guong.telling import Teller
    from guong.view.moments import Moment
    from guong.view.queries import View

_LATER = "NOT EXISTS (SELECT 1 FROM later l WHERE l.position={0}.position AND l.since<=:position AND l.until>:position"
_KNOWN = "l.since<=:position AND l.until>:position"
_CORRECTED = f"(SELECT max(l.since) FROM later l WHERE l.position=p.position AND l.what='corrected' AND {_KNOWN})"
_COUNTS = f"{_LATER} AND l.what='voided')"
_STANDS = f"{_LATER} AND (l.what='voided' OR {{0}}.act=0))"


class Scope(NamedTuple):
    """When, and what a question is narrowed to: keys, empty for everything.

    Attributes:
        moment: The book as it stood at a position.
    """

    moment: Moment
    plan: str = ""
    field: str = ""
    unit: str = ""


class Sources:
    """What all questions of one audit read.

    Attributes:
        book: The book.
        view: Its view, caught up.
        database: A connection to the file of problems, the view attached: tables `problem` and `later` (see
            `guong.audit.judging`), `entry`, `stream`, `exemplar`, `held` (see `guong.view.schema`).
        teller: Words for what rules say.
        faults: What a check of every entry and file found; None where none was made.
    """

    def __init__(
        self, book: Book, view: View, database: sqlite3.Connection, teller: Teller, faults: list[Fault] | None = None
    ) -> None:
        self.book, self.view, self.database, self.teller, self.faults = book, view, database, teller, faults
        self._plans: dict[tuple[str, Moment], Plan | None] = {}
        self._units: dict[Moment, dict[str, Unit]] = {}

    def plan(self, key: str, moment: Moment) -> Plan | None:
        """Return a plan as it stood, read once for all questions."""
        if (key, moment) not in self._plans:
            self._plans[key, moment] = states.state(self.view, self.book.world.id("plan", key), moment)
        return self._plans[key, moment]

    def units(self, moment: Moment) -> dict[str, Unit]:
        """Return the units as they stood, by key, read once for all questions."""
        if moment not in self._units:
            self._units[moment] = {unit.key: unit for unit in states.all_of(self.view, "unit", moment)}
        return self._units[moment]


class Inquiry:
    """What one question is given.

    Args:
        sources: What it reads.
        scope: When, and what it is narrowed to.
        given: The values of its parameters, by key.

    Attributes:
        view: For the query functions of `guong.view`.
        moment: The book as it stood then.
    """

    def __init__(self, sources: Sources, scope: Scope, given: dict[str, Any]) -> None:
        self._sources, self.scope, self.given = sources, scope, given
        self.view, self.moment = sources.view, scope.moment

    # ---------------------------------------------------------------- reads

    def rows(self, statement: str, **values: Any) -> list[sqlite3.Row]:
        """Return the rows of a query over the tables of `Sources.database`; keep it to indexed columns and bounded results.

        Args:
            statement: SQL; `:position`, `:plan`, `:field` and `:unit` stand for the scope.
            values: Other values, by name.

        Raises:
            DamagedError: one of the files is damaged.
            sqlite3.OperationalError: the statement is wrong.
        """
        scope = {
            "position": self.moment.position,
            "plan": self.scope.plan,
            "field": self.scope.field,
            "unit": self.scope.unit,
        }
        try:
            with closing(self._sources.database.execute(statement, {**scope, **values})) as cursor:
                return cursor.fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise DamagedError(f"audit.db hoặc view.db bị hỏng ({error})", "xóa hai tệp ấy: sổ tự dựng lại") from error

    def within(self, table: str = "e") -> str:
        """Return the condition that an entry, of table `entry` as `table`, lies in the scope and counts."""
        return f"{self._narrowed(table)} AND {_COUNTS.format(table)}"

    def counts(self, table: str = "e") -> str:
        """Return the condition that an entry counts, wherever it lies."""
        return f"{table}.position<=:position AND {_COUNTS.format(table)}"

    def stands(self, table: str = "p") -> str:
        """Return the condition that a problem, of table `problem` as `table`, has not been put right and its entry counts."""
        return _STANDS.format(table)

    def about(self, *steps: str) -> str:
        """Return the condition that a problem, of `problems`, is about an entry of one of some steps, or about what corrects one."""
        named = ", ".join(f"'{step}'" for step in steps)
        corrects = (
            "SELECT 1 FROM problem c WHERE c.position=p.position AND c.code='ask.corrects' "
            f"AND json_extract(c.figures, '$.step') IN ({named})"
        )
        return f"(e.step IN ({named}) OR (p.act=0 AND e.step='entry_corrected' AND EXISTS ({corrects})))"

    def _narrowed(self, table: str) -> str:
        given = [f"{table}.{name}=:{name}" for name in ("plan", "field", "unit") if getattr(self.scope, name)]
        return " AND ".join([f"{table}.position<=:position", *given])

    def count(self, steps: Sequence[str]) -> int:
        """Return how many entries of some steps lie in the scope and count."""
        named, values = _list("step", steps)
        rows = self.rows(f"SELECT count(*) AS n FROM entry e WHERE e.step IN ({named}) AND {self.within()}", **values)
        return int(rows[0]["n"])

    def entries(self, where: str, says: str = "", *, known: int | None = None, **values: Any) -> Found:
        """Return the entries of the scope that count and meet a condition on `entry` as `e`, in the order of the log.

        Args:
            where: SQL, as of `rows`.
            says: What they show.
            known: How many there are, where that is known already.
            values: Other values, by name.
        """
        whole = f"FROM entry e WHERE {where} AND {self.within()}"
        shown = self.rows(f"SELECT e.position {whole} ORDER BY e.position LIMIT {SHOWN}", **values)
        count = len(shown) if known is None else known
        if known is None and count == SHOWN:
            count = self.rows(f"SELECT count(*) AS n {whole}", **values)[0]["n"]
        return Found(count, tuple(Evidence(row["position"], says) for row in shown))

    def problems(self, codes: Iterable[str], where: str = "1", **values: Any) -> Found:
        """Return what some rules or checks say of the entries of the scope: one piece of evidence a problem, in words.

        What a correction has put right counts no more, and what a voided entry did does not either. What is about the act of
        recording stays as it was, and tells of the correction.

        Args:
            codes: Codes of rules and checks.
            where: SQL, as of `rows`: a condition on `problem` as `p` (`p.refusal`, `json_extract(p.figures, '$.due')`) and on its
                entry, `entry` as `e`.
            values: Other values, by name.

        Raises:
            LookupError: nobody knows one of the codes; that nothing is said under it would mean nothing.
        """
        named, coded = _list("code", list(codes))
        strange = [code for code in coded.values() if code not in words() and not self._sources.teller.knows(code)]
        if strange:
            raise LookupError(f"không có quy tắc {', '.join(strange)}")
        values |= coded
        whole = (
            f"FROM problem p JOIN entry e ON e.position=p.position WHERE p.code IN ({named}) AND {where} "
            f"AND {self._narrowed('e')} AND {self.stands('p')}"
        )
        chosen = f"SELECT p.position, p.code, p.figures, {_CORRECTED} AS corrected {whole}"
        shown = self.rows(f"{chosen} ORDER BY p.position, p.nr LIMIT {SHOWN}", **values)
        count = len(shown) if len(shown) < SHOWN else self.rows(f"SELECT count(*) AS n {whole}", **values)[0]["n"]
        return Found(count, tuple(Evidence(row["position"], self._worded(row)) for row in shown))

    def _worded(self, row: sqlite3.Row) -> str:
        figures: dict[str, Any] = msgspec.json.decode(row["figures"])
        own = words().get(row["code"])
        said = word(own, figures) if own else self._sources.teller.remark(Remark(code=row["code"], figures=figures))
        return f"{said} (đã đính chính bởi #{row['corrected']})" if row["corrected"] else said

    # ---------------------------------------------------------------- what the book declares

    @cached_property
    def plans(self) -> list[Plan]:
        """The plans of the scope as they stood."""
        keys = [self.scope.plan] if self.scope.plan else self.view.plans()
        found = (self._sources.plan(key, self.moment) for key in keys)
        return [plan for plan in found if plan is not None]

    @cached_property
    def field_rules(self) -> list[str]:
        """The codes of all rules that fields of the scope brought along, each time they were opened."""
        copies = (copy for plan in self.plans for copy in plan.copies.values() if self.scope.field in ("", copy.key))
        return list(dict.fromkeys(rule.code for copy in copies for rule in copy.rules))

    @property
    def units(self) -> dict[str, Unit]:
        """The units as they stood, by key."""
        return self._sources.units(self.moment)

    @property
    def zone(self) -> ZoneInfo:
        """The book's time zone."""
        return self._sources.book.zone

    @cached_property
    def law_rules(self) -> list[str]:
        """The codes of all rules of the rule books that hold under plans of the scope, as the log copied them."""
        laws = (plan.law(key) for plan in self.plans for key in plan.laws)
        return list(dict.fromkeys(rule.code for law in laws if law for rule in law.rules))

    @property
    def faults(self) -> list[Fault] | None:
        """What a check of every entry and file found up to the moment; None where none was made."""
        every = self._sources.faults
        return None if every is None else [one for one in every if one.position <= self.moment.position]

    def first(self, stream: str) -> int:
        """Return the position of the first entry of a stream, 0 where it has not begun."""
        rows = self.rows("SELECT no FROM stream WHERE id=:stream AND no<=:position", stream=stream)
        return int(rows[0]["no"]) if rows else 0

    @cached_property
    def day(self) -> str:
        """The day of the moment: the one that was asked for, else that of the last entry, in the book's zone."""
        asked = self.moment.asked.partition(" ")[0].partition("T")[0]
        if asked and not asked.startswith("#"):
            return stored_date(asked)
        at = self.view.recorded(self.moment.position)
        return at.astimezone(self.zone).date().isoformat() if at else ""

    def wanting(self, needs: Iterable[str]) -> list[Missing]:
        """Return which plugins are missing for entries of the scope to have been judged in full.

        Args:
            needs: As what: `plan`, `law`, `field`.
        """
        whole = (
            f"FROM problem p JOIN entry e ON e.position=p.position WHERE p.code='{NEEDS_PLUGIN}' AND {self._narrowed('e')} "
            "GROUP BY figures ORDER BY figures"
        )
        told = [
            (msgspec.json.decode(row["figures"]), row["n"])
            for row in self.rows(f"SELECT p.figures, count(*) AS n {whole}")
        ]
        wanted = set(needs)
        return [
            Missing(f"{figures['why']} ({count} mục chưa xét hết)", "người quản trị máy này: cài plugin rồi hỏi lại")
            for figures, count in told
            if figures["as"] in wanted
        ]


def _list(name: str, values: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the placeholders of a list, and its values by name."""
    named = {f"{name}{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{key}" for key in named), named
