"""What every rule says of every entry, judged over the whole history by what held on its day: a file that follows the log.

It is derived and disposable like the view: it stores the position it has reached with what it found, goes on after any
interruption, and is made anew when the program or a plugin whose rules it ran is another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.errors import PluginError
from guong.view.projector import Following, Progress, Taker, ViewRecorder

if TYPE_CHECKING:
    from pathlib import Path

    from guong.log.application import EventLog
    from guong.plugins import Plugins
    from guong.view.queries import View

VERSION = 2
"""Raise it when the tables or what is written into them change."""
TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # The plugins whose rules were run, and their stamp; for one that could not be used a mark and as what it was needed.
    "CREATE TABLE plugin (key TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID",
    # What a rule says of an entry. `version` is that of the program or plugin whose rule it is, `act` whether it is about the act
    # of recording, which a later correction leaves as it was, `figures` JSON.
    "CREATE TABLE problem (position INTEGER NOT NULL, nr INTEGER NOT NULL, code TEXT NOT NULL, version TEXT NOT NULL, "
    "refusal INTEGER NOT NULL, act INTEGER NOT NULL, culprit TEXT NOT NULL, figures TEXT NOT NULL, "
    "PRIMARY KEY (position, nr)) WITHOUT ROWID",
    "CREATE INDEX problem_code ON problem (code, position)",
    # What a later entry made of an entry: `corrected` or `voided`, from its position (`since`) on and before `until`.
    "CREATE TABLE later (position INTEGER NOT NULL, since INTEGER NOT NULL, what TEXT NOT NULL, until INTEGER NOT NULL, "
    "PRIMARY KEY (position, since, what)) WITHOUT ROWID",
)
LEFT_OUT = {
    "core.alike": "so họ tên, mà họ tên nằm dưới niêm phong",
    "core.officer-key": "so họ tên, mà họ tên nằm dưới niêm phong",
}
"""Rules that are not run over history, and why: they look at what stands under seal."""
UNUSABLE = "!"
"""What the stamp of a plugin begins with that could not be used."""
NEEDS_PLUGIN = "core.plugin"
"""The code of an entry that could not be judged in full: `figures` name the plugin, as what, and why."""
UNREAD = "core.unread"
"""The code of an entry that this version cannot read."""


class Rows(ViewRecorder):
    """The tracking recorder of the library, with the tables of this file beside its own."""

    tables = TABLES


class Judging(Following):
    """Keeps the file of problems level with a log.

    Args:
        path, log: As of `Following`.
        view: The view of the same log, caught up: it tells which exemplars a subject is.
        plugins: Where the rules beside the core's own come from.
        progress: As of `Following`.
    """

    recorder_class = Rows

    def __init__(
        self, path: Path, log: EventLog, view: View, plugins: Plugins, progress: Progress | None = None
    ) -> None:
        self._view, self._plugins = view, plugins
        super().__init__(path, log, str(VERSION), progress)

    def taker(self) -> Taker:
        """Return what judges entries."""
        from guong.audit.judge import Judge  # noqa: PLC0415 - where the file is level, nothing is judged

        return Judge(self._log, self._view, self._plugins)

    def head(self) -> int:
        """Return how far the view has come: of what stands later it cannot tell which exemplars there are."""
        return max(self._view.head, self.position())

    def usable(self) -> bool | None:
        """Tell whether the file is whole, of this version, and judged by the rules that are here."""
        known = super().usable()
        return all(self._same(key, stamp) for key, stamp in self._stamps()) if known else known

    def _stamps(self) -> list[tuple[str, str]]:
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT key, stamp FROM plugin")
            return [(row["key"], row["stamp"]) for row in cursor.fetchall()]

    def _same(self, key: str, stamp: str) -> bool:
        """Tell whether a plugin is what it was; one that could not be used is looked at again."""
        if not stamp.startswith(UNUSABLE):
            return self._plugins.stamp(key) == stamp
        try:
            self._plugins.own_rules(stamp.removeprefix(UNUSABLE), key)
        except PluginError:
            return True
        return False
