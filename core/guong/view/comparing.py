"""Whether a view is what its log comes to: it is made once more, aside, and compared."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from guong.view.projector import Projector

if TYPE_CHECKING:
    from guong.log.application import EventLog

_SEARCHED = ("word", "sealed")
"""Tables that hold what can be searched: which rows there are depends on the keys that are here, not on the log alone."""


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
    return any(
        database.execute(f'SELECT * FROM {one}."{table}" EXCEPT SELECT * FROM {other}."{table}" LIMIT 1').fetchone()
        for one, other in (("main", "kept"), ("kept", "main"))
    )
