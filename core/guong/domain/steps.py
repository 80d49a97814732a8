"""What a step is: one form, the stream it belongs to, and how it is told in one line."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from guong.forms import questions

if TYPE_CHECKING:
    from collections.abc import Callable

    import msgspec

    from guong.domain.entry import Stored
    from guong.forms import Question


class Kind(NamedTuple):
    """A kind of stream.

    Attributes:
        title: Its Vietnamese name.
        state: What its entries leave.
        evolve: How one entry changes that.
        identity: The answers of the first step that name the stream; empty where the stream gets a random id.
    """

    title: str
    state: type[Any]
    evolve: Callable[[Any, Stored], Any]
    identity: tuple[str, ...] = ()


class Within(NamedTuple):
    """That a step belongs to a thread: a life within a stream's own, named by any entry of it.

    Attributes:
        question: Whose answer is that entry. Where the question is optional and left open, the step opens a thread itself.
        kind: The kind of thread it must be (`dossier`, `honour`).
        after: Marks of which one must stand in the thread; empty for none.
        unless: Marks that end the thread: where one of them stands it is too late.
    """

    question: str
    kind: str
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Step:
    """A step as data; the whole table of steps is made of these.

    Args:
        key: What enters the log, for ever.
        title: Vietnamese name.
        stream: The kind of stream it belongs to.
        form: What it asks.
        line: How it is told in one line: question keys in braces, answers worded.
        mark: The mark it leaves on the state of its stream; by default its key.
        value: The question whose answer is the mark's value.
        lifted_by: Marks that take its own away when they are left after it.
        ends: Whether it ends the life, so that no other step shows as the stage while its mark stands.
        starts: Whether it may be the first entry of its stream.
        paper: Whether it must rest on a paper.
        reason: Whether a reason must be given.
        names: The questions whose answers say which stream it is; they are never corrected.
        by_hand: Whether people may record it; a step the book itself writes is not offered.
        opens: The kind of thread it opens.
        within: The thread it belongs to.
        echo: The step that the book records at the same time in another stream, and the question that names that stream.
        final: Why no correction or voiding takes it back, and what does (Vietnamese); empty where they do.
        owner: The question that names whose key seals what is personal, in streams that are about nobody.
        bare: Whether nothing of it is sealed, since it must be readable when the key is gone.
        v: Schema version of its data.
    """

    def __init__(  # noqa: PLR0913 - a row of a table, its parts named
        self, key: str, title: str, stream: str, form: type[msgspec.Struct], line: str = "", *,
        mark: str = "", value: str = "", lifted_by: tuple[str, ...] = (), ends: bool = False, starts: bool = False,
        paper: bool = False, reason: bool = False, names: tuple[str, ...] = (), by_hand: bool = True, opens: str = "",
        within: Within | None = None, echo: tuple[str, str] | None = None, final: str = "", owner: str = "",
        bare: bool = False, v: int = 1,
    ) -> None:  # fmt: skip
        self.key, self.title, self.stream, self.form, self.line = key, title, stream, form, line
        self.mark, self.value, self.lifted_by, self.ends = mark or key, value, lifted_by, ends
        self.starts, self.paper, self.reason, self.names, self.by_hand = starts, paper, reason, names, by_hand
        self.opens, self.within, self.echo, self.final = opens, within, echo, final
        self.owner, self.bare, self.v = owner, bare, v

    @property
    def topic(self) -> str:
        """How the log names it."""
        return f"{self.stream}.{self.key}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What it asks, as data."""
        return questions(self.form)
