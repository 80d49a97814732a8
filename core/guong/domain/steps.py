"""What a step is: one form, the stream it belongs to, and how it is told in one line."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from guong.forms import questions

if TYPE_CHECKING:
    import msgspec

    from guong.forms import Question


class Step:
    """A step as data; the whole table of steps is made of these.

    Args:
        key: What enters the log, for ever.
        title: Vietnamese name.
        stream: The kind of stream it belongs to.
        form: What it asks.
        line: How it is told in one line: question keys in braces, answers worded.
        mark: The mark it leaves on the exemplar's state; by default its key.
        value: The question whose answer is the mark's value.
        starts: Whether it may be the first entry of its stream.
        paper: Whether it must rest on a paper.
        reason: Whether a reason must be given.
        names: The questions whose answers say which stream it is; they are never corrected.
        by_hand: Whether people may record it; a step the book itself writes is not offered.
        v: Schema version of its data.
    """

    def __init__(
        self, key: str, title: str, stream: str, form: type[msgspec.Struct], line: str = "", *,
        mark: str = "", value: str = "", starts: bool = False, paper: bool = False, reason: bool = False,
        names: tuple[str, ...] = (), by_hand: bool = True, v: int = 1,
    ) -> None:  # fmt: skip
        self.key, self.title, self.stream, self.form, self.line = key, title, stream, form, line
        self.mark, self.value, self.names = mark or key, value, names
        self.starts, self.paper, self.reason, self.by_hand, self.v = starts, paper, reason, by_hand, v

    @property
    def topic(self) -> str:
        """How the log names it."""
        return f"{self.stream}.{self.key}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What it asks, as data."""
        return questions(self.form)
