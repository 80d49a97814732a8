"""Finding an action by a few letters, with or without diacritics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guong.text import fold
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong_tui.actions import Action


def found(actions: Iterable[Action], typed: str) -> list[Action]:
    """Return the actions whose title has every word that was typed, diacritics and case aside; best first.

    A title that begins with what was typed comes before one in which a word does, and that before one that only has it.
    """
    wanted = fold(typed).split()
    ranked = []
    for place, action in enumerate(actions):
        title = fold(f"{tr(action.group)} {tr(action.title)} {action.title}")
        if all(word in title for word in wanted):
            begins = fold(tr(action.title)).startswith(" ".join(wanted))
            words = sum(any(part.startswith(word) for part in title.split()) for word in wanted)
            ranked.append((not begins, -words, place, action))
    return [action for *_, action in sorted(ranked, key=lambda one: one[:3])]
