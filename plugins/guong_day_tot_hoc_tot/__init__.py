"""Field h, “Dạy tốt - Học tốt”: schools, teachers and pupils, counted by school level."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guong import Field, Panel, hookimpl
from guong_day_tot_hoc_tot.form import FORMS
from guong_day_tot_hoc_tot.rules import RULES

if TYPE_CHECKING:
    from guong import AuditQuestion


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]


@hookimpl
def guong_register_questions() -> list[AuditQuestion]:
    """Return what an auditor asks of this field."""
    from guong_day_tot_hoc_tot.questions import QUESTIONS  # noqa: PLC0415 - only `guong ask` needs them

    return list(QUESTIONS)


@hookimpl
def guong_register_panels() -> list[Panel]:
    """Return what the field shows of its own on screens."""
    from guong_day_tot_hoc_tot.panels import PANELS  # noqa: PLC0415 - only a screen asks for it

    return PANELS
