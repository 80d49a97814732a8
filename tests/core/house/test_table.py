"""Every event of the domain's catalogue can be recorded: as a step of that name, or in another way that is named here."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from guong.domain.core_rules import all_core_rules
from guong.domain.streams import STEPS

CATALOGUE = tomllib.loads(Path(__file__).with_name("events.toml").read_text(encoding="utf-8"))
EVENTS = {event: group for group, events in CATALOGUE.items() for event in events}
GROUPS = (
    "plan", "unit", "subject", "discovery", "support", "publicity", "evaluation", "review", "dossier", "honour", "replication",
    "records", "privacy", "audit",
)  # fmt: skip


class Otherwise(NamedTuple):
    """How an event is recorded that is no step of that name.

    Attributes:
        why: Why it is none.
        step: The step that records it; empty where none does.
        question: The question of that step whose answer makes it this event, empty where the step alone does.
        choice: That answer, where it is a choice.
        rule: The rule whose remark records it.
    """

    why: str
    step: str = ""
    question: str = ""
    choice: str = ""
    rule: str = ""


SUPPORT = "one step of support, whose kind tells what was done"
ASIDE = "reading is no entry of the book: it belongs into a log beside it, which is not built yet"
OTHERWISE = {
    "exemplar_discovered": Otherwise("the stream says already that it is an exemplar", "discovered"),
    "field_added": Otherwise(
        "an exemplar is one subject in one field: another field is another one", "discovered", "field"
    ),
    "field_withdrawn": Otherwise("taken out of its field, an exemplar is withdrawn", "withdrawn"),
    "officer_changed": Otherwise("whoever is assigned last follows it", "officer_assigned", "officer"),
    "support_proposed": Otherwise(SUPPORT, "supported", "kind", "policy"),
    "support_decided": Otherwise(SUPPORT, "supported", "kind", "policy_decided"),
    "task_set": Otherwise(SUPPORT, "supported", "kind", "task"),
    "target_set": Otherwise(SUPPORT, "supported", "kind", "target"),
    "progress_noted": Otherwise(SUPPORT, "supported", "kind", "progress"),
    "visit_made": Otherwise(SUPPORT, "supported", "kind", "visit"),
    "publicity_published": Otherwise("named after what happens to the exemplar", "publicised"),
    "study_visit_held": Otherwise("a visit is one of the channels", "publicised", "channel", "study_visit"),
    "effectiveness_assessed": Otherwise("named after what happens to the exemplar", "assessed"),
    "review_concluded": Otherwise("the conclusion is the review of one exemplar", "reviewed", "result"),
    "entered_late": Otherwise("being late is seen when it is recorded, nobody says it of himself", rule="core.late"),
    "personal_data_viewed": Otherwise(ASIDE),
    "data_exported": Otherwise(ASIDE),
}


def lacking(event: str) -> str:
    """Return why an event cannot be recorded, empty when it can."""
    if event in STEPS:
        return ""
    other = OTHERWISE.get(event)
    if other is None:
        return f"{event} is neither a step nor named as recorded otherwise"
    if other.rule:
        return "" if other.rule in {rule.code for rule in all_core_rules()} else f"there is no rule {other.rule}"
    if not other.step:
        return "" if other.why == ASIDE else f"{event} is recorded by nothing"
    if other.step not in STEPS or not STEPS[other.step].by_hand:
        return f"nobody can take a step {other.step}"
    asked = {question.key: question for question in STEPS[other.step].questions}
    if other.question and other.question not in asked:
        return f"{other.step} does not ask {other.question}"
    if other.choice and other.choice not in dict(asked[other.question].choices or {}):
        return f"{other.step}: {other.choice} is no {other.question}"
    return ""


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_the_catalogue_can_be_recorded(event: str) -> None:
    assert lacking(event) == ""


def test_the_catalogue_has_its_groups_and_names_every_event_once() -> None:
    assert tuple(CATALOGUE) == GROUPS
    assert sum(len(events) for events in CATALOGUE.values()) == len(EVENTS)
    assert all(title for events in CATALOGUE.values() for title in events.values())


def test_only_events_of_the_catalogue_that_are_no_steps_are_named_as_recorded_otherwise() -> None:
    assert [event for event in OTHERWISE if event not in EVENTS or event in STEPS] == []
    assert all(other.why for other in OTHERWISE.values())


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (None, "neither"),
        (Otherwise("x"), "nothing"),
        (Otherwise("x", "no_step"), "nobody can take"),
        (Otherwise("x", "subject_split_off"), "nobody can take"),
        (Otherwise("x", "supported", "colour"), "does not ask"),
        (Otherwise("x", "supported", "kind", "song"), "is no kind"),
        (Otherwise("x", rule="core.none"), "no rule"),
    ],
)
def test_an_event_that_nothing_records_is_seen(
    other: Otherwise | None, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if other is not None:
        monkeypatch.setitem(OTHERWISE, "unheard_of", other)
    assert says in lacking("unheard_of")
