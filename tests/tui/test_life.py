"""The graph of a life: given entries, which steps are done, missing, out of order, or waiting for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from guong.domain.corrections import effective, fold
from guong.domain.declarations import Need, PlanDeclaration
from guong.domain.entry import Entry, FieldPart, MadeWith, Stored
from guong.domain.exemplar import Exemplar, evolve
from guong.domain.plan import Plan
from guong_tui.life import SIGNS, Node, graph, threads

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDER = (
    Need(step="officer_assigned", needs="discovered"),
    Need(step="supported", needs="officer_assigned"),
    Need(step="assessed", needs="supported"),
    Need(step="reviewed", needs="assessed"),
    Need(step="introduced", needs="reviewed", when={"purpose": "reward"}, values=("passed",)),
)
PLAN = Plan(id="0" * 32, key="ke-hoach", declared=PlanDeclaration(key="ke-hoach", title="Kế hoạch", order=ORDER))
DISCOVERED = {"subject": "s" * 32, "lead": "phong-a", "achievement": "x", "source": "report"}


def stored(position: int, step: str, on: str, data: dict[str, Any] | None = None, id_: str = "") -> Stored:
    """Return an entry of an exemplar's stream."""
    entry = Entry(
        id=id_ or f"{position:032x}", salt="", seen=None, step=step, v=1, recorded_at=f"2024-12-{position:02}T01:00:00.000000Z",
        occurred_on=on, by="nv-01", role="theo-doi", unit="phong-a", correlation="c", made_with=MadeWith(version="0", channel="cli"),
        data=data or {}, plan="ke-hoach", field=FieldPart(key="linh-vuc-a", declaration="d", details={}),
    )  # fmt: skip
    return Stored(position=position, stream="e" * 32, version=position, topic=f"exemplar.{step}", entry=entry)


def nodes(*taken: Stored) -> dict[str, Node]:
    """Return the graph of a life, by step."""
    state = fold(evolve, taken)
    assert isinstance(state, Exemplar)
    return {node.step.key: node for node in graph(PLAN, state, effective(taken))}


def status(found: dict[str, Node]) -> dict[str, str]:
    """Return the status of every step."""
    return {key: node.status for key, node in found.items()}


def test_only_discovered_the_next_step_is_ready_and_the_rest_waits_for_what_it_needs() -> None:
    found = nodes(stored(1, "discovered", "2024-03-01", DISCOVERED))
    assert status(found) == {
        "discovered": "done", "officer_assigned": "ready", "supported": "waiting", "assessed": "waiting", "reviewed": "waiting",
        "introduced": "waiting",
    }  # fmt: skip
    assert found["supported"].says == ("chờ Phân công cán bộ theo dõi",)
    assert found["introduced"].says == ("chờ Bình xét (đạt) nếu để đề nghị khen thưởng",)


def test_a_step_that_a_later_one_needed_is_missing_and_the_later_one_is_out_of_order() -> None:
    found = nodes(
        stored(1, "discovered", "2024-03-01", DISCOVERED), stored(2, "officer_assigned", "2024-03-02", {"officer": "nv-01"}),
        stored(3, "assessed", "2024-05-01", {"effect": "clear"}),
    )  # fmt: skip
    assert found["supported"].status == "missing"
    assert found["assessed"].status == "early"
    assert found["assessed"].says == ("#3 khi chưa có Hỗ trợ, bồi dưỡng",)


def test_a_step_taken_before_the_day_of_what_it_needs_is_out_of_order_however_it_was_recorded() -> None:
    found = nodes(
        stored(1, "discovered", "2024-03-10", DISCOVERED),
        stored(2, "officer_assigned", "2024-03-05", {"officer": "nv-01"}),
    )
    assert found["officer_assigned"].status == "early"
    assert found["officer_assigned"].says == ("#2 trước Phát hiện (10/3/2024)",)


def test_where_the_papers_leave_the_order_open_it_is_said() -> None:
    found = nodes(
        stored(1, "discovered", "2024-03-10", DISCOVERED),
        stored(2, "officer_assigned", "2024-03", {"officer": "nv-01"}),
    )
    assert found["officer_assigned"].status == "unclear"
    assert "10/3/2024" in found["officer_assigned"].says[0]


def test_a_condition_that_does_not_apply_is_no_fault() -> None:
    publicity = stored(2, "introduced", "2024-03-12", {"purpose": "publicity"})
    reward = stored(2, "introduced", "2024-03-12", {"purpose": "reward"})
    first = stored(1, "discovered", "2024-03-10", DISCOVERED)
    assert nodes(first, publicity)["introduced"].status == "done"
    assert nodes(first, reward)["introduced"].status == "early"
    assert nodes(first, reward)["reviewed"].status == "missing"


def test_a_review_that_failed_does_not_stand_for_one_that_passed() -> None:
    first = stored(1, "discovered", "2024-03-10", DISCOVERED)
    failed = stored(2, "reviewed", "2024-10-01", {"result": "failed"})
    reward = stored(3, "introduced", "2024-11-01", {"purpose": "reward"})
    assert nodes(first, failed, reward)["introduced"].says == (
        "#3 khi chưa có Bình xét (đạt) nếu để đề nghị khen thưởng",
    )


def test_what_ends_a_life_leaves_nothing_to_wait_for() -> None:
    found = nodes(stored(1, "discovered", "2024-03-10", DISCOVERED), stored(2, "withdrawn", "2024-04-01"))
    assert found["officer_assigned"].status == "over"
    assert found["withdrawn"].status == "done"


def test_a_voided_entry_is_no_longer_taken() -> None:
    first, second = (
        stored(1, "discovered", "2024-03-10", DISCOVERED),
        stored(2, "officer_assigned", "2024-03-12", {"officer": "nv-01"}),
    )
    voiding = stored(3, "entry_voided", "2024-03-13", {"entry": second.entry.id if second.entry else ""})
    assert nodes(first, second)["officer_assigned"].status == "done"
    assert nodes(first, second, voiding)["officer_assigned"].status == "ready"


def test_a_mark_that_was_taken_away_is_told_as_such() -> None:
    first = stored(1, "discovered", "2024-03-10", DISCOVERED)
    decided = stored(2, "honour_decided", "2024-11-01", {"kind": "award", "form": "GK"}, id_="a" * 32)
    revoked = stored(3, "honour_revoked", "2024-12-01", {"honour": "a" * 32, "ground": "a"})
    assert nodes(first, decided)["honour_decided"].status == "done"
    assert nodes(first, decided, revoked)["honour_decided"].status == "lifted"


def test_steps_beyond_the_graph_are_shown_once_they_were_taken() -> None:
    first = stored(1, "discovered", "2024-03-10", DISCOVERED)
    assert "publicised" not in nodes(first)
    assert nodes(first, stored(2, "publicised", "2024-03-11"))["publicised"].status == "done"


def test_without_a_plan_nothing_waits() -> None:
    taken = [stored(1, "discovered", "2024-03-10", DISCOVERED)]
    state = fold(evolve, taken)
    assert isinstance(state, Exemplar)
    assert [node.status for node in graph(None, state, taken)] == ["done"]


@pytest.mark.parametrize("name", SIGNS)
def test_every_status_has_a_sign_of_one_cell_of_its_own(name: str) -> None:
    assert len(SIGNS[name]) == 1
    assert list(SIGNS.values()).count(SIGNS[name]) == 1


def replicated(*results: str) -> Sequence[list[Stored]]:
    """Return the replications of a life, one for each result."""
    taken = [stored(1, "discovered", "2024-03-10", DISCOVERED)]
    for number, result in enumerate(results, start=1):
        start = f"{number:x}" * 32
        taken.append(stored(2 * number, "replication_started", f"2024-10-{number:02}", {"unit": "phong-a"}, id_=start))
        if result:
            taken.append(stored(2 * number + 1, result, f"2024-12-{number:02}", {"start": start}))
    state = fold(evolve, taken)
    assert isinstance(state, Exemplar)
    return threads(state, taken, "replication")


def test_each_replication_has_its_own_result() -> None:
    steps = [
        [one.entry.step for one in thread if one.entry]
        for thread in replicated("replication_succeeded", "", "replication_failed")
    ]
    assert steps == [
        ["replication_started", "replication_succeeded"], ["replication_started"], ["replication_started", "replication_failed"],
    ]  # fmt: skip


def test_the_plan_is_not_changed_by_being_shown() -> None:
    before = msgspec.json.encode(PLAN.declared)
    nodes(stored(1, "discovered", "2024-03-01", DISCOVERED))
    assert msgspec.json.encode(PLAN.declared) == before
