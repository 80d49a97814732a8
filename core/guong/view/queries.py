"""The door to the view: streams and entries by what people call them, states as they are. Names are opened by the caller,
who has the keys; what was at other moments is asked by the modules beside this one."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guong.domain.ids import SHORTEST, Found, is_full, short, typed, within
from guong.domain.streams import KINDS
from guong.errors import DamagedError, GuongError
from guong.forms import nearest
from guong.log.faults import told
from guong.view.schema import EPOCH, OPEN
from guong.view.streams import damaged, read

if TYPE_CHECKING:
    from eventsourcing.sqlite import SQLiteDatastore

    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow
    from guong.log.application import EventLog
    from guong.view.listing import ExemplarRow
    from guong.view.words import Words

_LISTED = {"unit": "guong unit list", "officer": "guong officer list", "subject": "guong subject list"}
"""The commands that list what is no exemplar."""
_DIGITS = 19
"""Digits from which a number is no position any more."""
_ALL = 1 << 40


class View:
    """Questions to the view file; it must have been caught up before.

    Args:
        datastore: The file.
        log: The log it follows, for what is folded when it is asked for.
        words: What turns words into numbers.
    """

    def __init__(self, datastore: SQLiteDatastore, log: EventLog, words: Words) -> None:
        self._datastore, self.log, self.words = datastore, log, words

    def rows(self, statement: str, *values: Any, **named: Any) -> list[Any]:
        """Return the rows of a query; its values are given in order or by name.

        Raises:
            DamagedError: the file is damaged.
        """
        try:
            with told(), self._datastore.transaction(commit=False) as cursor:
                cursor.execute(statement, named or values)
                return list(cursor.fetchall())
        except DamagedError as error:
            raise damaged(error.__cause__) from error

    @cached_property
    def head(self) -> int:
        """The position of the last entry, 0 for an empty book."""
        return self.rows("SELECT max(position) AS n FROM entry")[0]["n"] or 0

    @cached_property
    def first(self) -> int:
        """The position of the first entry, 0 for an empty book."""
        return self.rows("SELECT min(position) AS n FROM entry")[0]["n"] or 0

    def recorded(self, position: int) -> dt.datetime | None:
        """Return when the entry at a position was recorded (UTC), None where there is none."""
        rows = self.rows("SELECT recorded FROM entry WHERE position=?", position)
        return EPOCH + dt.timedelta(milliseconds=rows[0]["recorded"]) if rows else None

    def position_at(self, time: dt.datetime) -> int:
        """Return the position of the last entry recorded at or before a time, 0 where there is none."""
        until = (time - EPOCH) // dt.timedelta(milliseconds=1)
        return self.rows("SELECT max(position) AS n FROM entry WHERE recorded<=?", until)[0]["n"] or 0

    def keys(self, kind: str) -> list[str]:
        """Return the keys of all streams of a kind, in the order they entered the book."""
        return [row["key"] for row in self.rows("SELECT key FROM stream WHERE kind=? ORDER BY no", kind)]

    def plans(self) -> list[str]:
        """Return the keys of the plans."""
        return self.keys("plan")

    def states(self, kind: str) -> list[Any]:
        """Return the states of all streams of a kind, in the order they entered the book."""
        rows = self.rows(
            "SELECT t.state FROM stream s JOIN state t ON t.no=s.no WHERE s.kind=? AND t.state IS NOT NULL ORDER BY s.no", kind
        )  # fmt: skip
        return [read(row["state"], kind) for row in rows]

    def state(self, stream: str) -> Any:
        """Return the state of one stream, None when there is none."""
        rows = self.rows("SELECT s.kind, t.state FROM stream s JOIN state t ON t.no=s.no WHERE s.id=?", stream)
        return read(rows[0]["state"], rows[0]["kind"]) if rows and rows[0]["state"] is not None else None

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
            rows = self.rows("SELECT id, short FROM stream WHERE id=? AND kind=?", text, kind)
        else:
            start = typed(text)
            rows = self.rows(
                "SELECT id, short FROM stream WHERE kind=? AND (key=? OR (short>=? AND short<?)) LIMIT 20", kind, text, start, start + "~"
            ) if start else []  # fmt: skip
        return [(row["short"][: max(len(text) + 2, SHORTEST)], Found(row["id"], row["id"], kind)) for row in rows]

    def _entries(self, text: str) -> list[tuple[str, Found]]:
        ask = "SELECT e.position, e.id, s.id AS stream, s.kind FROM entry e JOIN stream s ON s.no=e.no WHERE"
        number = text.removeprefix("#")
        if number.isdecimal() and len(number) < _DIGITS:
            rows = self.rows(f"{ask} e.position=?", int(number))
        elif is_full(text):
            rows = self.rows(f"{ask} e.id=?", bytes.fromhex(text))
        else:
            near = within(typed(text))
            rows = self.rows(f"{ask} e.id>=? AND e.id<=? LIMIT 20", *map(bytes.fromhex, near)) if near else []
        return [(f"#{row['position']}", Found(row["id"].hex(), row["stream"], row["kind"])) for row in rows]

    def entry(self, id_: str) -> tuple[int, str] | None:
        """Return the position and step of the entry with this id."""
        rows = self.rows("SELECT position, step FROM entry WHERE id=?", bytes.fromhex(id_)) if is_full(id_) else []
        return (rows[0]["position"], rows[0]["step"]) if rows else None

    def abbreviation(self, id_: str, kind: str) -> str:
        """Return the shortest start of a stream's short form, four letters at least, that names it alone."""
        if not is_full(id_):
            return id_[:8]
        whole = short(id_)
        near = self.rows("SELECT max(short) AS s FROM stream WHERE kind=? AND short<?", kind, whole)
        near += self.rows("SELECT min(short) AS s FROM stream WHERE kind=? AND short>?", kind, whole)
        return whole[: max([SHORTEST, *(_common(whole, row["s"]) + 1 for row in near if row["s"])])]

    def exemplars(
        self, *, field: str = "", stage: str = "", unit: str = "", lead: str = "", subject: str = ""
    ) -> list[ExemplarRow]:
        """Return exemplars as they stand, in the order they were first recorded; every filter that is given must hold."""
        from guong.view import listing  # noqa: PLC0415 - many commands list nothing
        from guong.view.moments import Moment  # noqa: PLC0415 - as above

        wanted = listing.Wanted(field=field, stage=stage, unit=unit, lead=lead, subject=subject)
        return listing.page(self, Moment(self.head), wanted, limit=_ALL).rows

    def board(self, plan: Plan) -> list[BoardRow]:
        """Return the quota board of a plan as it stands, in the order its quotas were set."""
        from guong.view import board  # noqa: PLC0415 - few commands show the board
        from guong.view.moments import Moment  # noqa: PLC0415 - as above

        return next((one.rows for one in board.boards(self, Moment(self.head)) if one.plan.key == plan.key), [])

    def holding(self, plan: str, mark: str) -> list[Exemplar]:
        """Return the states of the exemplars of a plan on which a mark stands, in the order they were first recorded."""
        rows = self.rows(
            "SELECT t.state FROM exemplar e JOIN state t ON t.no=e.no WHERE e.plan=? AND t.state IS NOT NULL ORDER BY e.no", plan
        )  # fmt: skip
        return [one for one in (read(row["state"], "exemplar") for row in rows) if one.has(mark)]

    def followed(self, officer: str) -> list[Exemplar]:
        """Return the states of the exemplars that an officer follows now, in the order they were first recorded."""
        rows = self.rows(
            "SELECT t.state FROM held h JOIN state t ON t.no=h.no WHERE h.axis=0 AND h.what='officer' AND h.value=? AND h.until=? "
            "ORDER BY h.no", officer, OPEN,
        )  # fmt: skip
        return [read(row["state"], "exemplar") for row in rows]

    def unread(self) -> list[tuple[int, str]]:
        """Return the positions of entries that this version cannot read, with the reason."""
        rows = self.rows("SELECT position, unread FROM entry WHERE unread<>'' ORDER BY position")
        return [(row["position"], row["unread"]) for row in rows]

    def fields(self) -> dict[str, int]:
        """Return how many entries each field has."""
        rows = self.rows("SELECT field, count(*) AS n FROM entry WHERE field<>'' GROUP BY field")
        return {row["field"]: row["n"] for row in rows}


def _common(one: str, other: str) -> int:
    return next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
