"""One life as the plan's own graph of steps: what is done, missing, out of order, waiting. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.core_rules.general import mark_title, value_title
from guong.domain.core_rules.order import fulfilled_since
from guong.domain.dates import not_after, show
from guong.domain.exemplar import stage
from guong.domain.life import thread_of
from guong.domain.streams import STEPS, of_exemplar
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guong.domain.declarations import Need
    from guong.domain.entry import Entry, Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.life import Mark
    from guong.domain.plan import Plan
    from guong.domain.steps import Step

SIGNS = {
    "done": "✓", "early": "‼", "unclear": "?", "missing": "✗", "lifted": "⊘", "ready": "○", "waiting": "…", "over": "·",
}  # fmt: skip
"""What is told of a step: done; done before what it needs; not to be told from the dates; left out though a later step needs it;
taken away again; can be done now; waits for another one; no longer to come."""
LOOKS = {"done": "good", "early": "bad", "unclear": "warn", "missing": "bad", "lifted": "changed", "ready": "plain"}
"""How each looks; those that are not here are dim."""


class Node(NamedTuple):
    """A step of the graph.

    Attributes:
        step: The step.
        status: A key of `SIGNS`.
        taken: The entries in which it was taken, as they count, in the order of the log.
        mark: What it left; None where it was not taken.
        says: What is wrong, or what it waits for.
    """

    step: Step
    status: str
    taken: tuple[Stored, ...]
    mark: Mark | None
    says: tuple[str, ...]


def graph(plan: Plan | None, state: Exemplar, counted: Sequence[Stored]) -> list[Node]:
    """Return every step that the plan orders or the life has seen, in the order of the table.

    Args:
        plan: The plan, None where it cannot be read: then nothing is ordered.
        state: The exemplar.
        counted: The entries that made it, corrections laid over them.
    """
    needs = plan.needs if plan else {}
    named = {name for key, own in needs.items() for name in (key, *(need.needs for need in own))}
    taken: dict[str, list[Stored]] = {}
    for one in counted:
        if one.entry is not None:
            taken.setdefault(one.entry.step, []).append(one)
    left = _left(state)
    wanted = _wanted(needs, left, taken)
    ended = STEPS[next(step.key for step in of_exemplar() if step.mark == stage(state))].ends
    return [
        _node(
            step,
            needs.get(step.key, []),
            state,
            left,
            tuple(taken.get(step.key, ())),
            missing=step.mark in wanted,
            ended=ended,
        )
        for step in of_exemplar()
        if {step.key, step.mark} & named or step.key in taken
    ]


def _left(state: Exemplar) -> dict[str, Mark]:
    """Return every mark that was ever left, those that were taken away again included."""
    return {name: mark for one in (*state.threads.values(), state) for name, mark in one.marks.items()}


def _wanted(needs: dict[str, list[Need]], left: dict[str, Mark], taken: dict[str, list[Stored]]) -> set[str]:
    """Return the marks that a step which was taken needs, and that were never left."""
    return {
        need.needs
        for key, entries in taken.items()
        for need in needs.get(key, ())
        if need.needs not in left and any(_applies(need, one.entry) for one in entries)
    }


def _applies(need: Need, entry: Entry | None) -> bool:
    return entry is not None and need.when.items() <= entry.data.items()


def _node(
    step: Step, needs: list[Need], state: Exemplar, left: dict[str, Mark], taken: tuple[Stored, ...], *, missing: bool, ended: bool
) -> Node:  # fmt: skip
    mark = left.get(step.mark)
    if taken:
        faults = list(_faults(needs, left, taken))
        worst = next((status for status in ("early", "unclear") if any(status == one for one, _ in faults)), "")
        status = worst or ("done" if state.has(step.mark) else "lifted")
        return Node(step, status, taken, mark, tuple(dict.fromkeys(says for _, says in faults)))
    if missing:
        return Node(step, "missing", (), None, (tr("bước sau đã làm mà chưa có bước này"),))
    if ended:
        return Node(step, "over", (), None, ())
    waits = tuple(f"{tr('chờ')} {_worded(need)}" for need in needs if not _stands(need, state))
    return Node(step, "waiting" if waits else "ready", (), None, waits)


def _faults(needs: list[Need], left: dict[str, Mark], taken: tuple[Stored, ...]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the days on which a step was taken, as a status and in words."""
    for one in taken:
        for need in needs:
            if one.entry is None or not _applies(need, one.entry):
                continue
            mark = left.get(need.needs)
            since = fulfilled_since(need, mark) if mark else None
            held = not_after(since, one.entry.occurred_on) if since else False
            if held is None:
                yield "unclear", f"#{one.position} {tr('chưa rõ có sau')} {_worded(need)} ({show(since)})"
            elif not held:
                when = f" ({show(since)})" if since else ""
                yield "early", f"#{one.position} {tr('trước' if since else 'khi chưa có')} {_worded(need)}{when}"


def _stands(need: Need, state: Exemplar) -> bool:
    mark = state.mark(need.needs)
    return mark is not None and fulfilled_since(need, mark) is not None


def _worded(need: Need) -> str:
    """Return what is needed, in words: the step, which answers of it count, and when it is needed at all."""
    values = ", ".join(value_title(need.needs, value) for value in need.values)
    when = ", ".join(_answer(need.step, key, value) for key, value in need.when.items())
    return mark_title(need.needs) + (f" ({values})" if values else "") + (f" {tr('nếu để')} {when}" if when else "")


def _answer(step: str, key: str, value: str) -> str:
    question = next((one for one in STEPS[step].questions if one.key == key), None) if step in STEPS else None
    return question.choices.get(value, value) if question else value


def threads(state: Exemplar, counted: Iterable[Stored], kind: str) -> list[list[Stored]]:
    """Return the lives within the life that are of a kind (`replication`), each as its entries in the order of the log."""
    found: dict[str, list[Stored]] = {id_: [] for id_ in state.of_kind(kind)}
    for one in counted:
        if one.entry is not None and one.entry.step in STEPS:
            found.get(thread_of(STEPS[one.entry.step], one.entry), []).append(one)
    return [entries for entries in found.values() if entries]
