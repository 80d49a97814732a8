"""What the steps of a stream leave on its state: marks, and threads of marks such as a dossier or an honour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from guong.domain.dates import order, span

if TYPE_CHECKING:
    import datetime as dt

    from guong.domain.entry import Entry, Stored
    from guong.domain.steps import Step


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a step has been taken: when it last happened, with what value, and how often.

    Attributes:
        on: When it last happened (not: was last recorded).
        position: The log position of that entry.
        first: When it first happened.
        seen: Every value it ever had, with when it first had it.
        lifted_by: Marks that take this one away when they are left after it, and stand themselves.
    """

    on: str
    position: int
    first: str
    value: str | None = None
    count: int = 1
    seen: dict[str, str] = msgspec.field(default_factory=dict)
    lifted_by: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[dt.date, int]:
        """What marks are ordered by: when they were last left, and of one day the later entry."""
        return order(self.on), self.position

    def after(self, other: Mark) -> bool:
        """Tell whether this was left after `other`; where their days cannot tell, the later entry was."""
        (first, last), (other_first, other_last) = span(self.on), span(other.on)
        return first > other_last if first > other_last or last < other_first else self.position > other.position


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """Whatever carries marks. The order in which entries are taken in does not matter, only when things happened.

    Attributes:
        marks: Mark name to mark, those that were taken away later included.
    """

    marks: dict[str, Mark] = msgspec.field(default_factory=dict)

    def mark(self, name: str) -> Mark | None:
        """Return a mark that stands, None where it was never left or has been taken away."""
        mark = self.marks.get(name)
        if mark is None or not mark.lifted_by:
            return mark
        lifters = (self.mark(one) for one in mark.lifted_by)
        return mark if all(one is None or mark.after(one) for one in lifters) else None

    def has(self, *names: str) -> bool:
        """Tell whether one of these marks stands."""
        return any(self.mark(name) is not None for name in names)

    def standing(self) -> dict[str, Mark]:
        """Return the marks that stand."""
        return {name: mark for name, mark in self.marks.items() if self.mark(name) is not None}


class Thread(Marked, frozen=True, kw_only=True, omit_defaults=True):
    """A life within a stream's own, named by the entry that opened it.

    Attributes:
        kind: Which kind (`dossier`, `honour`, `replication`).
        on, position: When the opening step happened, and where it stands.
        answers: What its steps answered, what was answered later over what was answered earlier; nothing of it is about a
            person.
        answered: Since when, by key, and the position of the entry that says so.
    """

    kind: str
    on: str
    position: int
    answers: dict[str, Any] = msgspec.field(default_factory=dict)
    answered: dict[str, tuple[str, int]] = msgspec.field(default_factory=dict)


class Life(Marked, frozen=True, kw_only=True):
    """The part of a state that every step of its stream changes in the same way.

    Attributes:
        id: The stream.
        threads: Id of the opening entry to thread.
    """

    id: str
    threads: dict[str, Thread] = msgspec.field(default_factory=dict)

    def of_kind(self, kind: str) -> dict[str, Thread]:
        """Return the threads of a kind, in the order in which they were recorded."""
        same = ((id_, one) for id_, one in self.threads.items() if one.kind == kind)
        return dict(sorted(same, key=lambda pair: pair[1].position))


L = TypeVar("L", bound=Life)


def thread_of(step: Step, entry: Entry) -> str:
    """Return the thread that an entry belongs to or opens, empty for a step outside threads."""
    if not (step.opens or step.within):
        return ""
    return str((entry.data.get(step.within.question) if step.within else None) or entry.id)


def take(state: L, step: Step, stored: Stored) -> L:
    """Return `state` with the mark that the entry leaves, in its thread where it belongs to one.

    The mark of a thread's step stands on the state as a whole while it stands in one of the threads.
    """
    assert stored.entry is not None  # noqa: S101 - the caller has looked; this is for the type checker
    id_ = thread_of(step, stored.entry)
    if not id_:
        return msgspec.structs.replace(state, marks=_left(state.marks, step, stored))
    thread = state.threads.get(id_)
    if thread is None:
        if id_ != stored.entry.id or not step.opens:  # what opened it is voided: the rest of the thread says nothing
            return state
        thread = Thread(kind=step.opens, on=stored.entry.occurred_on, position=stored.position)
    thread = msgspec.structs.replace(thread, marks=_left(thread.marks, step, stored), **_answered(thread, step, stored))
    threads = {**state.threads, id_: thread}
    marks = dict(state.marks)
    for name in thread.marks:
        standing = [mark for one in threads.values() if (mark := one.mark(name)) is not None]
        marks.pop(name, None)
        if standing:
            marks[name] = _merged(standing)
    return msgspec.structs.replace(state, marks=marks, threads=threads)


def _answered(thread: Thread, step: Step, stored: Stored) -> dict[str, Any]:
    """Return the answers of a thread with those of one more entry, each the last that was given."""
    assert stored.entry is not None  # noqa: S101 - as above
    question, on = step.within.question if step.within else "", stored.entry.occurred_on
    answers, answered = dict(thread.answers), dict(thread.answered)
    for key, value in stored.entry.data.items():
        before = answered.get(key)
        if key != question and (before is None or (order(before[0]), before[1]) <= (order(on), stored.position)):
            answers[key], answered[key] = value, (on, stored.position)
    return {"answers": answers, "answered": answered}


def _left(marks: dict[str, Mark], step: Step, stored: Stored) -> dict[str, Mark]:
    assert stored.entry is not None  # noqa: S101 - as above
    on, position = stored.entry.occurred_on, stored.position
    value = stored.entry.data.get(step.value) if step.value else None
    before = marks.get(step.mark)
    if before is None:
        mark = Mark(
            on=on, position=position, first=on, value=value, seen={value: on} if value else {}, lifted_by=step.lifted_by
        )
        return {**marks, step.mark: mark}
    first, seen = min(before.first, on, key=_earliest), before.seen
    if value:
        seen = {**seen, value: min(seen.get(value, on), on, key=_earliest)}
    mark = msgspec.structs.replace(before, first=first, count=before.count + 1, seen=seen)
    if (order(on), position) >= before.rank:
        mark = msgspec.structs.replace(mark, on=on, position=position, value=value)
    return {**marks, step.mark: mark}


def _merged(marks: list[Mark]) -> Mark:
    """Return several standing marks of one name as one: the last of them, with what all of them have seen."""
    if len(marks) == 1:
        return msgspec.structs.replace(marks[0], lifted_by=())
    last = max(marks, key=lambda mark: mark.rank)
    seen: dict[str, str] = {}
    for mark in marks:
        for value, on in mark.seen.items():
            seen[value] = min(seen.get(value, on), on, key=_earliest)
    first = min((mark.first for mark in marks), key=_earliest)
    return Mark(
        on=last.on, position=last.position, first=first, value=last.value, count=sum(mark.count for mark in marks), seen=seen
    )  # fmt: skip


def _earliest(date: str) -> tuple[dt.date, dt.date]:
    """Order dates by their first day; of two that begin together the more precise one comes first."""
    return span(date)
