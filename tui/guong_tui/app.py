"""The audit UI as an app: one book, one position, and the screens that show it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.worker import WorkerFailed

from guong.errors import GuongError
from guong_tui.actions import APP, LIST, REPLAY, SCREENS, Action, bindings
from guong_tui.screens.replay import ReplayScreen
from guong_tui.themes import CONTRAST, THEMES, TITLES, no_color
from guong_tui.words import tr

if TYPE_CHECKING:
    from guong_tui.keymap import Keymap
    from guong_tui.reading import Reading

THEME = "theme:"
"""What precedes the name of a theme where it is chosen like an action."""


class ReplayApp(App[GuongError]):
    """Replays one book; returns what went wrong, None where nothing did.

    Args:
        reading: The book.
        position: Where to begin; 0 for where `at` says.
        field: The field to which the moment is held; empty for all.
        at: The moment at which to begin, as it is typed; empty for the last entry.
        by: The officer who acts where something is recorded; empty when nobody is named.
        theme: How it looks, a key of `THEMES`.
        own_keys: Keys that the person has changed.
    """

    CSS_PATH = "app.tcss"
    TITLE = "Gương"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual does not say that it is of the class
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(APP)]

    def __init__(
        self,
        reading: Reading,
        position: int = 0,
        field: str = "",
        *,
        at: str = "",
        by: str = "",
        theme: str = "dark",
        own_keys: Keymap | None = None,
    ) -> None:
        super().__init__(ansi_color=THEMES[theme].startswith("ansi") or None)
        self.reading, self.own_keys, self._field = reading, own_keys or {}, field
        self._position, self._at, self.by = position, at, by
        self.replay = ReplayScreen(reading, field)
        if os.environ.get("SSH_CONNECTION"):
            self.animation_level = "none"
        self.register_theme(CONTRAST)
        self.theme = THEMES[theme]
        self.set_keymap(dict(self.own_keys))

    def on_mount(self) -> None:
        """Begin with the replay, or with making the view where much of it is missing."""
        if self.reading.head and not self.reading.behind:
            self._begin()
            return
        from guong_tui.screens.building import BuildingScreen

        self.push_screen(BuildingScreen(self.reading), self._built)

    def _built(self, wanted: bool | None) -> None:  # noqa: FBT001 - what the screen returns
        if not wanted:
            self.exit()
            return
        self.reading.refresh()
        self._begin()

    def _begin(self) -> None:
        self.replay.begin(self._position or self.reading.start(self._at, self._field))
        self.push_screen(self.replay)

    def _handle_exception(self, error: Exception) -> None:
        """Leave with what can be told to the person; anything else is a fault of the program."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, GuongError):
            self.exit(cause)
        else:
            super()._handle_exception(error)

    # ------------------------------------------------------------------ one position for all screens

    @property
    def position(self) -> int:
        """The entry that every screen shows."""
        return self.replay.position

    def go(self, position: int) -> None:
        """Move every screen to an entry, and remember where the person was."""
        self.replay.leap(position)

    async def action_replay(self, call: str) -> None:
        """Do what the replay does, from a screen over it."""
        await self.run_action(call, self.replay)

    # ------------------------------------------------------------------ screens

    @property
    def available(self) -> tuple[Action, ...]:
        """What can be done here."""
        own = SCREENS.get(self.screen.name or "", REPLAY)
        return (*own, *(one for one in APP if one.id not in {each.id for each in own}))

    def action_life(self) -> None:
        """Show the life of the exemplar or subject that the entry at the cursor is about."""
        stored = self.reading.stored(self.position) if self.position else None
        if stored is None or stored.kind not in ("exemplar", "subject"):
            self.notify(tr("Mục này không nói về điển hình hay đối tượng nào"), severity="warning")
            return
        self.open_life(stored.stream)

    def open_life(self, stream: str) -> None:
        """Show the life of an exemplar, or of a subject with the first of its exemplars."""
        from guong_tui.screens.life import LifeScreen

        self.push_screen(LifeScreen(self.reading, stream))

    def action_moment(self) -> None:
        """Show the whole book as it stood at the cursor."""
        from guong_tui.screens.moment import MomentScreen

        if not isinstance(self.screen, MomentScreen):
            self.push_screen(MomentScreen(self.reading, self._field))

    def action_questions(self) -> None:
        """Show what auditors ask of the book as it stood at the cursor."""
        from guong_tui.screens.questions import QuestionScreen

        if not isinstance(self.screen, QuestionScreen):
            self.push_screen(QuestionScreen(self.reading, self._field))

    def show_entry(self, position: int) -> None:
        """Show an entry in the replay, whatever stands before it."""
        self.go(position)
        while self.screen is not self.replay:
            self.pop_screen()

    def action_bookmarks(self) -> None:
        """Show what this person has marked."""
        from guong_tui.screens.bookmarks import BookmarkScreen

        self.push_screen(BookmarkScreen(self.reading), self._leapt)

    def _leapt(self, position: int | None) -> None:
        if position:
            self.go(position)

    def action_mark(self) -> None:
        """Mark the entry at the cursor, or take its mark away."""
        stored = self.reading.stored(self.position) if self.position else None
        if stored is None or stored.entry is None:
            self.notify(tr("Mục này không có mã để đánh dấu"), severity="warning")
            return
        try:
            marked = self.reading.bookmarks.toggle(stored.entry.id)
        except OSError as error:
            self.notify(f"{error.filename}: {error.strerror}", severity="error", markup=False)
            return
        self.notify(f"#{self.position} " + tr("đã đánh dấu" if marked else "đã bỏ dấu"))
        self.replay.lines_changed()

    def action_export(self) -> None:
        """Take what is shown out to a file."""
        from guong_tui.screens.export import ExportScreen

        self.push_screen(ExportScreen(self.reading, self.screen))

    def action_help(self) -> None:
        """Show what can be done here."""
        from guong_tui.screens.help import HelpScreen

        self.push_screen(HelpScreen((*self.available, *LIST), self.own_keys))

    def action_palette(self) -> None:
        """Find an action by a few letters and do it."""
        from guong_tui.screens.palette import PaletteScreen

        themes = [
            Action(f"{THEME}{name}", "", f"theme('{name}')", title, "Giao diện") for name, title in TITLES.items()
        ]
        offered = (*(one for one in self.available if one.id != "palette"), *themes)
        self.push_screen(PaletteScreen(offered, self.own_keys), self._picked)

    async def _picked(self, action: Action | None) -> None:
        if action is not None:
            own = action in SCREENS.get(self.screen.name or "", REPLAY)
            await self.run_action(action.call, self.screen if own else self)

    # ------------------------------------------------------------------ looks

    def action_theme(self, name: str) -> None:
        """Change how it looks; without colours there is nothing to choose."""
        if no_color():
            self.notify(tr("NO_COLOR đang được đặt: không có màu nào để chọn"), severity="warning")
            return
        self.ansi_color = None
        self.theme = THEMES[name]
        self.notify(f"{tr('Giao diện')}: {tr(TITLES[name])}")

    def action_next_theme(self) -> None:
        """Change to the next look."""
        names = list(THEMES)
        now = next((name for name in names if THEMES[name] == self.theme), names[-1])
        self.action_theme(names[(names.index(now) + 1) % len(names)])
