"""Whether a view is what its log comes to: it is made once more, aside, and compared."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

from guong.view.projector import Projector

if TYPE_CHECKING:
    from guong.log.application import EventLog

_SEARCHED = ("word", "sealed")
"""Tables that hold what can be searched: which rows there are depends on the keys that are here, not on the log alone."""

_COLUMNS = {"state": "no, version, latest, state"}
"""Columns that are compared, where not all are: exemplars that count as one subject share `flows`, and only their sum is told."""


def differing(kept: Projector, log: EventLog) -> list[str]:
    """Return the tables of a view, level with its log, that differ from those of one made anew; its file is only read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "view.db"
        anew = Projector(path, log, kept.words)
        try:
            anew.catch_up()
        finally:
            anew.close()
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as database:
            database.execute("ATTACH ? AS kept", [kept.path.absolute().as_uri() + "?mode=ro"])
            named = database.execute("SELECT name FROM main.sqlite_master WHERE type='table' ORDER BY name")
            tables = [name for (name,) in named if name not in _SEARCHED]
            return [table for table in tables if _differs(database, table)]


def _differs(database: sqlite3.Connection, table: str) -> bool:
    """Tell whether rows of two tables differ in what they say; the order in which a state names its parts says nothing."""
    columns = _COLUMNS.get(table, "*")
    alone = (
        database.execute(f'SELECT {columns} FROM {one}."{table}" EXCEPT SELECT {columns} FROM {other}."{table}"')
        for one, other in (("main", "kept"), ("kept", "main"))
    )
    mine, others = (
        sorted(msgspec.json.encode([_said(one) for one in row], order="sorted") for row in rows) for rows in alone
    )
    return mine != others


def _said(value: Any) -> Any:
    """Return what a value holds; bytes that are no state stand for themselves."""
    if not isinstance(value, bytes):
        return value
    try:
        return msgspec.msgpack.decode(value)
    except msgspec.DecodeError:
        return value
