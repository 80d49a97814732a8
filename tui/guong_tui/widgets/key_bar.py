"""The line of keys at the foot of a screen: as many as there is room for, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from guong_tui.inert import cells
from guong_tui.keymap import key_name, keys_of
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual import events

    from guong_tui.actions import Action
    from guong_tui.keymap import Keymap


class Hint(NamedTuple):
    """Some keys, their word, and the actions that the keys call."""

    keys: str
    word: str
    actions: tuple[Action, ...]


def hints(actions: Iterable[Action], keymap: Keymap) -> list[Hint]:
    """Return what a footer tells, actions with the same word together."""
    told: dict[str, list[Action]] = {}
    for one in actions:
        if one.foot:
            told.setdefault(one.foot, []).append(one)
    return [
        Hint(" ".join(key_name(keys_of(one, keymap)[0]) for one in same), tr(word), tuple(same))
        for word, same in told.items()
    ]


def fitting(all_: list[Hint], width: int) -> Iterator[tuple[int, Hint]]:
    """Yield the hints that fit into a width, each with the cell where it begins; one that does not fit is left out."""
    at = 1
    for hint in all_:
        wide = cells(hint.keys) + 1 + cells(hint.word)
        if at + wide <= width:
            yield at, hint
            at += wide + 2


class KeyBar(Widget):
    """One line.

    Args:
        actions: What can be done here, the most important first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--word"}
    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; }"

    def __init__(self, actions: Iterable[Action]) -> None:
        super().__init__()
        self._actions = tuple(actions)

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        key, word = (self.get_component_rich_style(f"key-bar--{one}") for one in ("key", "word"))
        segments, at = [], 0
        for start, hint in fitting(hints(self._actions, self.app.own_keys), self.size.width if not y else 0):  # type: ignore[attr-defined]
            segments += [Segment(" " * (start - at), word), Segment(hint.keys, key), Segment(f" {hint.word}", word)]
            at = start + cells(hint.keys) + 1 + cells(hint.word)
        return Strip(segments, at).adjust_cell_length(self.size.width, word)

    async def on_click(self, event: events.Click) -> None:
        """Do what the mouse points at; of several actions the first."""
        for start, hint in fitting(hints(self._actions, self.app.own_keys), self.size.width):  # type: ignore[attr-defined]
            if start <= event.x < start + cells(hint.keys) + 1 + cells(hint.word):
                await self.app.run_action(hint.actions[0].call, self.screen)
