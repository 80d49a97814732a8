"""Field b, the new countryside (“nông thôn mới”): communes, people and households that build it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guong import Field, Panel, hookimpl
from guong_nong_thon_moi.form import FORMS
from guong_nong_thon_moi.rules import RULES

if TYPE_CHECKING:
    from guong import AuditQuestion


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]


@hookimpl
def guong_register_questions() -> list[AuditQuestion]:
    """Return what an auditor asks of this field."""
    from guong_nong_thon_moi.questions import QUESTIONS  # noqa: PLC0415 - only `guong ask` needs them

    return list(QUESTIONS)


@hookimpl
def guong_register_panels() -> list[Panel]:
    """Return what the field shows of its own on screens."""
    from guong_nong_thon_moi.panels import PANELS  # noqa: PLC0415 - only a screen asks for it

    return PANELS
