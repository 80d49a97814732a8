"""Any moment: what the view says of it is what folding the log from the start says, on both axes."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.core.book.test_view import built

from guong.book import Book
from guong.domain import quota
from guong.domain.corrections import fold
from guong.domain.exemplar import stage
from guong.domain.happening import as_happened
from guong.domain.streams import KINDS
from guong.recording import Order
from guong.view import board, listing, lives, states, streams
from guong.view.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guong.domain.entry import Stored


class Replay:
    """The same questions, answered from the log alone: every stream is folded anew for every moment."""

    def __init__(self, book: Book) -> None:
        self.entries = list(book.log.all())
        self.streams: dict[str, list[Stored]] = {}
        for one in self.entries:
            self.streams.setdefault(one.stream, []).append(one)

    def states(self, kind: str, moment: Moment) -> dict[str, Any]:
        """Return the states of all streams of a kind at a moment, in the order they entered the book."""
        found = {}
        for id_, stored in self.streams.items():
            if stored[0].kind == kind:
                state = self.state(stored, kind, moment)
                if state is not None:
                    found[id_] = state
        return found

    def state(self, stored: list[Stored], kind: str, moment: Moment) -> Any:
        """Return the state of one stream at a moment."""
        evolve = KINDS[kind].evolve
        if not moment.day:
            return fold(evolve, [one for one in stored if one.position <= moment.position])
        state = None
        for day, one in as_happened(stored):
            state = evolve(state, one) if day <= moment.tick else state
        return state

    def board(self, moment: Moment) -> list[tuple[str, list[quota.BoardRow]]]:
        """Return the board of every plan: quotas and identities as they stood, of what had happened as they are known now."""
        known = Moment(self.entries[-1].position) if moment.day else moment
        plans = self.states("plan", known)
        units = self.states("unit", known)
        kinds = {unit.key: unit.kind for unit in units.values()}
        subjects = self.states("subject", known)
        lives = self.states("exemplar", moment)
        return [
            (
                plan.key,
                quota.rows(
                    plan,
                    units.values(),
                    quota.tally(
                        quota.cells(
                            plan, one, subjects[one.subject].into or one.subject, kinds.get(one.lead, ""), subjects[one.subject].kind
                        )
                        for one in lives.values()
                        if one.plan == plan.key
                    ),
                ),
            )
            for plan in plans.values()
        ]  # fmt: skip


def moments(replay: Replay, chance: random.Random, count: int) -> Iterator[Moment]:
    """Yield moments of both axes at random, the first, the last and those around the edges of days among them."""
    head = replay.entries[-1].position
    yield from (Moment(1), Moment(head), Moment(head, "2030-01-01"), Moment(head, "1990-01-01"))
    days = sorted({one.entry.occurred_on for one in replay.entries if one.entry and len(one.entry.occurred_on) == 10})
    for _ in range(count):
        yield Moment(chance.randint(1, head))
        day = dt.date.fromisoformat(chance.choice(days)) + dt.timedelta(days=chance.choice((0, 0, -1, 40)))
        yield Moment(head, day.isoformat())


@pytest.fixture(scope="module")
def rewritten(long_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return a copy of the long book, with a merge of subjects and a quota that is set anew on top; its view built step by step."""
    folder = tmp_path_factory.mktemp("moi") / "so"
    shutil.copytree(long_book, folder)
    with Book(folder) as book:
        admin = {"by": "noi-vu-01", "as_role": "quan-tri", "in_unit": "phong-noi-vu", "occurred_on": "2025-01-11"}
        plan = book.view.states("plan")[0]
        same: dict[tuple[str, str], set[str]] = {}
        for one in book.view.exemplars():
            same.setdefault((one.field, book.view.state(one.subject).kind), set()).add(one.subject)
        first, other = next(sorted(ids)[:2] for ids in same.values() if len(ids) > 1)
        book.record({"step": "subjects_merged", "subject": first, "other": other, "reason": "trùng", **admin})
        assert book.view
        key, one = next((key, one) for key, one in plan.quotas.items() if not one.parts)
        book.record({"step": "quota_set", "plan": plan.key, "key": key, "field": one.field, "holder": one.holder, "number": 3,
                     "mark": "discovered", **admin})  # fmt: skip
        assert book.view
        book.record({"step": "subject_unmerged", "subject": first, "other": other, "reason": "tách", **admin})
        checked = {"step": "log_verified", "until": 1, "result": "sound", **admin}
        for _ in range(2):
            book.record_all(lambda: ({**checked, "method": str(number)} for number in range(70)), Order())
            assert book.view
        yield book


@pytest.mark.parametrize("seed", range(4))
def test_every_state_is_what_a_replay_says(rewritten: Book, seed: int) -> None:
    replay, view = Replay(rewritten), rewritten.view
    for moment in moments(replay, random.Random(seed), 6):  # noqa: S311 - no secrets here
        for id_, stored in replay.streams.items():
            assert states.state(view, id_, moment) == replay.state(stored, stored[0].kind, moment), (
                moment,
                stored[0].topic,
            )


@pytest.mark.parametrize("seed", range(4))
def test_every_list_is_what_a_replay_says(rewritten: Book, seed: int) -> None:
    replay, view = Replay(rewritten), rewritten.view
    for moment in moments(replay, random.Random(seed), 12):  # noqa: S311 - no secrets here
        lives = replay.states("exemplar", moment)
        told = listing.page(view, moment, limit=1000).rows
        assert [(row.id, row.stage, row.lead, row.unit, row.officer, row.part) for row in told] == [
            (id_, stage(one), one.lead, one.unit, one.officer or "", one.part) for id_, one in lives.items()
        ], moment
        by_stage: dict[tuple[str, str, str], int] = {}
        for one in lives.values():
            by_stage[one.plan, one.field, stage(one)] = by_stage.get((one.plan, one.field, stage(one)), 0) + 1
        assert board.by_stage(view, moment, view.plans()) == by_stage, moment


@pytest.mark.parametrize("seed", range(4))
def test_every_board_is_what_a_replay_says(rewritten: Book, seed: int) -> None:
    replay, view = Replay(rewritten), rewritten.view
    for moment in moments(replay, random.Random(seed), 12):  # noqa: S311 - no secrets here
        told = [(one.plan.key, one.rows) for one in board.boards(view, moment)]
        assert told == replay.board(moment), moment


def test_what_an_exemplar_has_come_to_does_not_depend_on_the_order_in_which_it_was_told(rewritten: Book) -> None:
    """What was recorded last adds to both axes alike only because of this."""
    replay, head = Replay(rewritten), rewritten.log.head()
    for stored in replay.streams.values():
        if stored[0].kind == "exemplar":
            at_last = replay.state(stored, "exemplar", Moment(head, "2100-01-01"))
            assert at_last == replay.state(stored, "exemplar", Moment(head))


def test_only_the_steps_that_are_said_to_matter_change_what_an_exemplar_adds(rewritten: Book) -> None:
    replay, seen = Replay(rewritten), set()
    plan = rewritten.view.states("plan")[0]
    minded = quota.minded(plan)
    for stored in replay.streams.values():
        state: Any = None
        for _, one in as_happened(stored) if stored[0].kind == "exemplar" else ():
            before, state = state, KINDS["exemplar"].evolve(state, one)
            was, now = (quota.cells(plan, each, each.subject, "", "") if each else {} for each in (before, state))
            if was != now and one.entry and before:
                seen.add(one.entry.step)
    assert seen
    assert seen <= minded
    assert "supported" not in minded


def test_a_long_stream_is_folded_from_the_last_state_that_is_kept(rewritten: Book) -> None:
    view = rewritten.view
    no = view.rows("SELECT no, count(*) AS n FROM entry GROUP BY no ORDER BY n DESC")[0]
    assert no["n"] > 64, "no stream is long enough to be worth the test"
    assert view.rows("SELECT count(*) AS n FROM past WHERE no=?", no["no"])[0]["n"] == no["n"] // 64


@pytest.mark.parametrize(("kept", "batch"), [(0, 1), (1, 9), (5, 400)])
def test_a_view_that_keeps_next_to_nothing_in_memory_is_the_same(
    rewritten: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int, batch: int
) -> None:
    """Subjects are merged and quotas set anew long after the streams they concern were let go."""
    at_once = built(rewritten.folder, tmp_path / "at-once.db", lambda: 100_000)
    monkeypatch.setattr(streams, "_KEPT", kept)
    monkeypatch.setattr(lives, "_TOLD", kept + 1)
    assert built(rewritten.folder, tmp_path / "view.db", lambda: batch) == at_once
