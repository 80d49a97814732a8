"""The core's own rules: those that hold for every plan and every field, one module a theme, loaded when it is judged."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from guong.domain.core_rules import general
from guong.domain.streams import THEMES

if TYPE_CHECKING:
    from guong.domain.rules import Rule

_MODULES = ("acting", "order", "review", "dossier", "honour", "publicity", "subject", "plan", "corrections")
"""Modules of rules that look at some steps only."""
_OF_THEME = {
    "discovery": ("order",), "support": ("order",), "publicity": ("order", "publicity"), "review": ("order", "review"),
    "dossier": ("order", "dossier"), "honour": ("order", "honour", "publicity"), "replication": ("order",), "meeting": ("review",),
    "decision": ("honour",), "subject": ("subject",), "privacy": ("subject",), "officer": ("acting",), "unit": ("acting",),
    "plan": ("plan",), "duty": ("plan",), "corrections": ("corrections",),
}  # fmt: skip
"""Theme of a step to the modules whose rules may look at it."""


@cache
def core_rules(step: str) -> tuple[Rule, ...]:
    """Return the core's rules that look at a step."""
    modules = _OF_THEME.get(THEMES[step], ())
    rules = (*general.RULES, *(rule for name in modules for rule in _load(name)))
    return tuple(rule for rule in rules if not rule.steps or step in rule.steps)


def all_core_rules() -> tuple[Rule, ...]:
    """Return every rule of the core."""
    return (*general.RULES, *(rule for name in _MODULES for rule in _load(name)))


def _load(name: str) -> tuple[Rule, ...]:
    rules: tuple[Rule, ...] = import_module(f"guong.domain.core_rules.{name}").RULES
    return rules
