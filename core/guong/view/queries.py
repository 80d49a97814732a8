"""What can be asked of the view. Results are typed; names are opened by the caller, who has the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guong.domain import quota
from guong.domain.ids import SHORTEST, Found, is_full, short, typed
from guong.domain.streams import KINDS
from guong.errors import DamagedError, GuongError
from guong.forms import nearest
from guong.log.faults import told

if TYPE_CHECKING:
    from eventsourcing.sqlite import SQLiteDatastore

    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow


class ExemplarRow(NamedTuple):
    """One line of a list of exemplars."""

    id: str
    short: str
    plan: str
    field: str
    lead: str
    part: str
    subject: str
    unit: str
    stage: str
    position: int


_LISTED = {"unit": "guong unit list", "officer": "guong officer list", "subject": "guong subject list"}
"""The commands that list what is no exemplar."""
_DIGITS = 19
"""Digits from which a number is no position any more."""


class View:
    """Questions to the view file; it must have been caught up before."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        self._datastore = datastore

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        try:
            with told(), self._datastore.transaction(commit=False) as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        except DamagedError as error:
            raise _damaged(error.__cause__) from error

    def keys(self, kind: str) -> list[str]:
        """Return the keys of all streams of a kind, in the order they entered the book."""
        return [row["key"] for row in self._rows("SELECT key FROM stream WHERE kind=? ORDER BY position", kind)]

    def plans(self) -> list[str]:
        """Return the keys of the plans."""
        return self.keys("plan")

    def states(self, kind: str) -> list[Any]:
        """Return the states of all streams of a kind, in the order they entered the book."""
        rows = self._rows("SELECT state FROM stream WHERE kind=? AND state IS NOT NULL ORDER BY position", kind)
        return [_read(row["state"], kind) for row in rows]

    def state(self, stream: str) -> Any:
        """Return the state of one stream, None when there is none."""
        rows = self._rows("SELECT kind, state FROM stream WHERE id=? AND state IS NOT NULL", stream)
        return _read(rows[0]["state"], rows[0]["kind"]) if rows else None

    def find(self, kind: str, text: str) -> Found:
        """Return the one stream of `kind`, or the one entry, that `text` names: a short form, its start, a key; `#12` or `12` for an entry.

        Raises:
            GuongError: none does, or several do; the message lists them.
        """
        found = self._entries(text) if kind == "entry" else self._streams(kind, text)
        if len(found) == 1:
            return found[0][1]
        title = "mục ghi" if kind == "entry" else KINDS[kind].title
        if found:
            raise GuongError(
                f"{text}: có {len(found)} {title} cùng bắt đầu như thế",
                "gõ thêm: " + ", ".join(name for name, _ in found[:8]),
            )
        near = nearest(text, self.keys(kind)) if kind in ("unit", "officer", "plan") else ""
        raise GuongError(
            f"{text}: không có {title} nào như thế",
            f"có phải là {near}?" if near else f"xem bằng {_LISTED.get(kind, 'guong list')} hoặc guong log",
        )

    def _streams(self, kind: str, text: str) -> list[tuple[str, Found]]:
        if is_full(text):
            rows = self._rows("SELECT id, short FROM stream WHERE id=? AND kind=?", text, kind)
        else:
            start = typed(text)
            rows = self._rows(
                "SELECT id, short FROM stream WHERE kind=? AND (key=? OR (short>=? AND short<?)) LIMIT 20", kind, text, start, start + "~"
            ) if start else []  # fmt: skip
        return [(row["short"][: max(len(text) + 2, SHORTEST)], Found(row["id"], row["id"], kind)) for row in rows]

    def _entries(self, text: str) -> list[tuple[str, Found]]:
        columns = "SELECT position, id, stream, kind FROM entry WHERE"
        number = text.removeprefix("#")
        if number.isdecimal() and len(number) < _DIGITS:
            rows = self._rows(f"{columns} position=?", int(number))
        elif is_full(text):
            rows = self._rows(f"{columns} id=?", text)
        else:
            start = typed(text)
            rows = (
                self._rows(f"{columns} short>=? AND short<? AND id<>'' LIMIT 20", start, start + "~") if start else []
            )
        return [(f"#{row['position']}", Found(row["id"], row["stream"], row["kind"])) for row in rows]

    def entry(self, id_: str) -> tuple[int, str] | None:
        """Return the position and step of the entry with this id."""
        rows = (
            self._rows("SELECT position, step FROM entry WHERE short=? AND id=?", short(id_), id_)
            if is_full(id_)
            else []
        )
        return (rows[0]["position"], rows[0]["step"]) if rows else None

    def abbreviation(self, id_: str, kind: str) -> str:
        """Return the shortest start of a stream's short form, four letters at least, that names it alone."""
        rows = self._rows("SELECT short FROM stream WHERE id=?", id_)
        if not rows:
            return id_[:8]
        whole = rows[0]["short"]
        near = self._rows("SELECT max(short) AS s FROM stream WHERE kind=? AND short<?", kind, whole)
        near += self._rows("SELECT min(short) AS s FROM stream WHERE kind=? AND short>?", kind, whole)
        return str(whole[: max([SHORTEST, *(_common(whole, row["s"]) + 1 for row in near if row["s"])])])

    def exemplars(
        self, *, field: str = "", stage: str = "", unit: str = "", lead: str = "", subject: str = ""
    ) -> list[ExemplarRow]:
        """Return exemplars in the order they were first recorded; every filter that is given must hold."""
        wanted = {"field": field, "stage": stage, "unit": unit, "lead": lead, "subject": subject}
        given = {column: value for column, value in wanted.items() if value}
        where = " AND ".join(f"e.{column}=?" for column in given) or "1"
        rows = self._rows(
            f"SELECT e.*, s.short FROM exemplar e JOIN stream s ON s.id=e.stream WHERE {where} ORDER BY e.position",
            *given.values(),
        )
        return [
            ExemplarRow(
                row["stream"], self.abbreviation(row["stream"], "exemplar"), row["plan"], row["field"], row["lead"], row["part"],
                row["subject"], row["unit"], row["stage"], row["position"],
            )
            for row in rows
        ]  # fmt: skip

    def holding(self, plan: str, mark: str) -> list[Exemplar]:
        """Return the states of the exemplars of a plan on which a mark stands, in the order they were first recorded."""
        rows = self._rows(
            "SELECT s.state FROM exemplar e JOIN mark m ON m.stream=e.stream AND m.mark=? JOIN stream s ON s.id=e.stream "
            "WHERE e.plan=? ORDER BY e.position", mark, plan,
        )  # fmt: skip
        return [_read(row["state"], "exemplar") for row in rows]

    def followed(self, officer: str) -> list[Exemplar]:
        """Return the states of the exemplars that an officer follows now, in the order they were first recorded."""
        return [one for one in self.states("exemplar") if one.officer == officer]

    def board(self, plan: Plan) -> list[BoardRow]:
        """Return the quota board of a plan, in the order its quotas were set."""
        units = self.states("unit")
        kinds = {unit.key: unit.kind for unit in units}
        read = "SELECT e.lead, e.whole, s.state, w.state AS subject FROM exemplar e JOIN stream s ON s.id=e.stream"
        rows = self._rows(f"{read} LEFT JOIN stream w ON w.id=e.whole WHERE e.plan=?", plan.key)
        added = (
            quota.cells(
                plan, _read(row["state"], "exemplar"), row["whole"], kinds.get(row["lead"], ""),
                _read(row["subject"], "subject").kind if row["subject"] else "",
            )
            for row in rows
        )  # fmt: skip
        return quota.rows(plan, units, quota.tally(added))

    def unread(self) -> list[tuple[int, str]]:
        """Return the positions of entries that this version cannot read, with the reason."""
        rows = self._rows("SELECT position, unread FROM entry WHERE unread<>'' ORDER BY position")
        return [(row["position"], row["unread"]) for row in rows]

    def fields(self) -> dict[str, int]:
        """Return how many entries each field has."""
        rows = self._rows("SELECT field, count(*) AS n FROM entry WHERE field IS NOT NULL GROUP BY field")
        return {row["field"]: row["n"] for row in rows}


def _read(state: bytes, kind: str) -> Any:
    """Return a state as it was written; the database does not notice rubbish in the middle of a long one."""
    try:
        return msgspec.json.decode(state, type=KINDS[kind].state)
    except msgspec.DecodeError as error:
        raise _damaged(error) from error


def _damaged(why: BaseException | None) -> DamagedError:
    return DamagedError(f"bản chiếu view.db bị hỏng ({why})", "xóa view.db: sổ tự dựng lại nó")


def _common(one: str, other: str) -> int:
    return next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
