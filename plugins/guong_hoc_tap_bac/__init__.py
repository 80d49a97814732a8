"""Field a, studying and following Hồ Chí Minh: collectives and people whose habits of work have changed."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_hoc_tap_bac.form import FORMS
from guong_hoc_tap_bac.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
