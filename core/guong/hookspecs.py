"""Every hook a plugin can implement.

A plugin is a module. Its functions that carry `@hookimpl` and are named like one of these are called by the platform
when it needs what they bring. Return plain values; never touch a book from a hook. A hook that raises costs its own
plugin its place, with the reason shown by `guong plugins`, and nothing else. Hooks that take arguments pass them by name:
an implementation may leave out those it does not need.

A plugin can add two things without a hook: commands, as entry points in the group `guong.commands`, and functions that
read the details of older forms, as `upcasts` of its `Field`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from guong.audit.question import AuditQuestion
    from guong.authoring import Field, LawBook, PlanPack
    from guong.domain.rules import Rule
    from guong.panels import Panel

hookspec = pluggy.HookspecMarker("guong")
hookimpl = pluggy.HookimplMarker("guong")


@hookspec
def guong_register_fields() -> list[Field]:  # type: ignore[empty-body]
    """Return the campaign fields this plugin keeps.

    Called once, the first time a command needs a field of this plugin: when the field is opened, when a step is recorded
    in it, and when details of an older form are read.

    Returns:
        Fields whose key is the plugin's own: what each declares, its forms by step key, its rules, its upcasts.

    Errors:
        If it raises, or a key is not the plugin's own, the plugin is refused and the others go on. A key that two plugins
        claim is given to neither, and `guong plugins` names both.

    .. versionadded:: 0.1
    """


@hookspec
def guong_register_plans() -> list[PlanPack]:  # type: ignore[empty-body]
    """Return the plans this plugin keeps: fields, leads, quotas, order of steps, units, and a sample year if it has one.

    Called once, when a plan is looked up by its key: by `guong init --plan`, `guong open`, `guong demo` and, for the
    plan's own rules, before a step is recorded.

    Returns:
        Plans whose key is the plugin's own.

    Errors:
        If it raises, or a key is not the plugin's own, the plugin is refused and the others go on; as long as it is, no
        step under the plan is recorded.

    .. versionadded:: 0.1
    """


@hookspec
def guong_register_rules() -> list[Rule]:  # type: ignore[empty-body]
    """Return a rule book: rules that many plans share, such as a body of law.

    Called once, before the first step is recorded under a plan whose declaration names this plugin in `rule_books`.
    Rules of one field belong to its `Field`, rules of one plan to its `PlanPack`.

    Returns:
        Rules; their codes stay in the log for ever.

    Errors:
        If it raises, the plugin is refused; as long as it is, no step under such a plan is recorded.

    .. versionadded:: 0.1
    """


@hookspec
def guong_register_law() -> list[LawBook]:  # type: ignore[empty-body]
    """Return a body of law: texts in force, forms of honour, grounds and sums as dated data, with the rules that read it.

    Called once: when a plan whose declaration names this plugin in `rule_books` is issued, so that the log copies what the
    law says that day, and before the first step is recorded under such a plan.

    Returns:
        One `LawBook`, whose key is the plugin's own.

    Errors:
        If it raises, or the key is not the plugin's own, the plugin is refused; as long as it is, no such plan is issued
        and no step under one is recorded.

    .. versionadded:: 0.2
    """


@hookspec
def guong_register_questions() -> list[AuditQuestion]:  # type: ignore[empty-body]
    """Return questions that auditors ask of a book, beside those of Guong itself.

    Called once, when `guong ask` lists all questions or is asked one that is not its own.

    Returns:
        Questions whose ids begin with the plugin's key and a full stop, such as `my-field.title`.

    Errors:
        If it raises, or an id does not begin so, the plugin is refused and the others go on. A question that raises while it
        is answered costs only its own answer: its verdict is that there is not enough data, with the reason.

    .. versionadded:: 0.2
    """


@hookspec
def guong_register_panels() -> list[Panel]:  # type: ignore[empty-body]
    """Return the panels that the field of this plugin adds to the screens of `guong tui`.

    Called once, when a screen first shows an exemplar of the field, or the field among others, after all else of the
    screen has been drawn. A panel's own function is called each time the screen shows another moment.

    Returns:
        Panels: a title, a place (`life` or `moment`), and a function from plain data to lines of text.

    Errors:
        If it raises, or a place is none, the plugin is refused and the others go on. If the function of a panel raises,
        that panel shows its name and the reason, and nothing else changes.

    .. versionadded:: 0.3
    """
