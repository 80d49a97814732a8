"""Copies of a log and of the keys beside it, for a backup."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from guong.log.application import EventLog

if TYPE_CHECKING:
    from pathlib import Path


def copy_log(log: EventLog, target: Path) -> None:
    """Copy a log from a server into a file: the same bytes at the same positions."""
    copy = EventLog({"SQLITE_DBNAME": f"{target.absolute().as_uri()}?mode=rwc"})
    try:
        at = 0
        while rows := log.raw(at):
            copy.recorder.insert_events(rows)
            at = rows[-1].id
    finally:
        copy.close()


def copy_database(source: Path, target: Path, *, readonly: bool) -> None:
    """Copy a database with SQLite's own backup, which sees one moment of it whatever is written meanwhile."""
    mode = "mode=ro&immutable=1" if readonly and not source.with_name(source.name + "-wal").exists() else "mode=ro"
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?{mode}", uri=True)
    writing = sqlite3.connect(target)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, which also opens on media that cannot be written to
    finally:
        writing.close()
        reading.close()
