"""Every hook a plugin can implement.

A plugin is a module. Its functions that carry `@hookimpl` and are named like one of these are called by the platform
when it needs what they bring. Return plain values; never touch a book from a hook. A hook that raises costs its own
plugin its place, with the reason shown by `guong plugins`, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from guong.authoring import Field, LawBook, PlanPack
    from guong.domain.rules import Rule

hookspec = pluggy.HookspecMarker("guong")
hookimpl = pluggy.HookimplMarker("guong")


@hookspec
def guong_register_fields() -> list[Field]:  # type: ignore[empty-body]
    """Return the campaign fields this plugin keeps.

    Called once, the first time a command needs a field of this plugin. Keys must be new: a key that two plugins claim
    is given to neither, and `guong plugins` names both. If this raises, the plugin is refused and the others go on.

    .. versionadded:: 0.1
    """


@hookspec
def guong_register_plans() -> list[PlanPack]:  # type: ignore[empty-body]
    """Return the plans this plugin keeps: fields, leads, quotas, order of steps, units, and a sample year if it has one.

    Called once, when a plan is looked up by its key: by `guong init --plan`, `guong open`, `guong demo` and, for the
    plan's own rules, before a step is recorded.

    .. versionadded:: 0.1
    """


@hookspec
def guong_register_rules() -> list[Rule]:  # type: ignore[empty-body]
    """Return a rule book: rules that many plans share, such as a body of law.

    Called once, before the first step is recorded under a plan whose declaration names this plugin in `rule_books`.
    Rules of one field belong to its `Field`, rules of one plan to its `PlanPack`.

    .. versionadded:: 0.1
    """


@hookspec
def guong_register_law() -> list[LawBook]:  # type: ignore[empty-body]
    """Return a body of law: texts in force, forms of honour, grounds and sums as dated data, with the rules that read it.

    Called once: when a plan whose declaration names this plugin in `rule_books` is issued, so that the log copies what the
    law says that day, and before the first step is recorded under such a plan.

    .. versionadded:: 0.2
    """
