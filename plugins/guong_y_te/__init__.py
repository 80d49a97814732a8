"""Field i, health care: collectives and people who look after the health of the people."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_y_te.form import FORMS
from guong_y_te.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
