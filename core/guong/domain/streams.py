"""The table of steps, and the kinds of streams they make up; each theme is loaded when one of its steps is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from guong.domain.corrections import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guong.domain.steps import Kind, Step

_KINDS = ("book", "plan", "unit", "officer", "subject", "exemplar", "meeting", "decision", "inspection", "finding")
"""Kinds of streams; each is a module of that name."""

_THEMES = {
    "book": ("book_opened", "log_verified"),
    "plan": ("plan_issued", "field_opened", "law_adopted", "quota_set", "deadline_set"),
    "duty": (
        "plan_amended", "plan_closed", "deadline_extended", "duty_assigned", "duty_reminded", "duty_fulfilled",
        "duty_lapsed", "sub_plan_filed", "report_issued",
    ),
    "unit": ("unit_registered", "unit_renamed", "unit_merged", "unit_dissolved", "unit_succeeded"),
    "officer": ("officer_enrolled", "role_granted", "role_ended", "office_held", "office_ended", "delegation_given"),
    "subject": (
        "subject_registered", "subject_linked", "subject_changed", "subjects_merged", "subject_merged_into",
        "subject_unmerged", "subject_split_off", "title_evidenced", "achievement_recorded", "standing_flagged",
        "standing_cleared",
    ),
    "privacy": (
        "consent_recorded", "consent_withdrawn", "data_request_received", "data_request_answered",
        "personal_data_erased", "erasure_refused",
    ),
    "discovery": ("discovered", "discovery_rejected", "withdrawn"),
    "support": ("officer_assigned", "supported", "experience_documented"),
    "publicity": ("publicised", "publicity_removed"),
    "review": (
        "assessed", "criterion_assessed", "vote_cast", "opinion_invited", "opinion_received", "opinion_answered",
        "reviewed",
    ),
    "dossier": (
        "introduced", "dossier_opened", "document_attached", "dossier_submitted", "dossier_received",
        "dossier_accepted_late", "dossier_returned", "dossier_supplemented", "appraisal_recorded", "dossier_withdrawn",
        "dossier_refused",
    ),
    "honour": (
        "honour_proposed", "honour_decided", "honour_declined", "honour_presented", "honour_publicised",
        "honour_corrected", "honour_revoked", "award_recovered", "honour_reinstated",
    ),
    "replication": (
        "replication_planned", "replication_started", "replication_reviewed", "replication_succeeded",
        "replication_failed", "replication_abandoned",
    ),
    "meeting": ("review_called", "conflict_declared", "minutes_signed"),
    "decision": ("decision_issued",),
    "inspection": ("inspection_opened",),
    "finding": ("finding_recorded", "finding_answered", "finding_closed"),
    "corrections": ("entry_corrected", "entry_voided"),
}  # fmt: skip
"""Theme, a module that holds the forms, to its steps in the order in which they are shown."""

EXEMPLAR = ("discovery", "support", "publicity", "review", "dossier", "honour", "replication")
"""Themes of an exemplar's life."""

T = TypeVar("T")


class _Lazy(Mapping[str, T]):
    """A table whose values stand in modules that are imported when a value is first asked for.

    Args:
        homes: Key to the module in which the value stands.
        find: Returns the values of a module, by key.
    """

    def __init__(self, homes: dict[str, str], find: Callable[[str, Any], dict[str, T]]) -> None:
        self._homes, self._find = homes, find
        self._found: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._found:
            home = self._homes[key]
            self._found.update(self._find(home, import_module(f"guong.domain.{home}")))
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, key: object) -> bool:
        return key in self._homes


KINDS: Mapping[str, Kind] = _Lazy({kind: kind for kind in _KINDS}, lambda home, module: {home: module.KIND})
THEMES = {step: theme for theme, steps in _THEMES.items() for step in steps}
"""Step to theme."""
STEPS: Mapping[str, Step] = _Lazy(THEMES, lambda _, module: {step.key: step for step in module.STEPS})
EXEMPLAR_STEPS = tuple(step for theme in EXEMPLAR for step in _THEMES[theme])
"""The steps of an exemplar's life, in the order of the table."""


def knows(topic: str) -> bool:
    """Tell whether this version knows the stored topic `<kind>.<step>`: looked up in this table, never imported."""
    kind, _, key = topic.partition(".")
    step = STEPS.get(key)
    return kind in KINDS and step is not None and step.stream in (kind, ANY)


def of_exemplar() -> list[Step]:
    """Return the steps of an exemplar's life, in the order of the table."""
    return [STEPS[key] for key in EXEMPLAR_STEPS]
