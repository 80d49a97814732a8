"""The state of one stream at a moment, and what the entries between two moments made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from guong.domain.entry import Stored
    from guong.view.moments import Moment
    from guong.view.queries import View


class Shown(NamedTuple):
    """A stream at a moment.

    Attributes:
        state: What its entries had come to, as the type of its kind; None where it had not begun.
        entries: The entries that counted up to then, as they were recorded, in the order of the axis; voided ones and
            corrections are among them as far as the moment knows them.
    """

    state: Any
    entries: list[Stored]


def state(view: View, stream: str, moment: Moment) -> Any:
    """Return the state of a stream at a moment, None where it had not begun: the entries of that one stream, folded."""
    raise NotImplementedError


def shown(view: View, stream: str, moment: Moment) -> Shown:
    """Return the state of a stream at a moment with the entries that made it."""
    raise NotImplementedError
