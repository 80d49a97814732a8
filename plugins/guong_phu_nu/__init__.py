"""Field n, the women's movement and the campaign “5 không, 3 sạch”: collectives and people."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_phu_nu.form import FORMS
from guong_phu_nu.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
