"""Field g, defence and security: collectives and people of the armed forces, under two leads with a quota each."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_quoc_phong_an_ninh.form import FORMS
from guong_quoc_phong_an_ninh.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
