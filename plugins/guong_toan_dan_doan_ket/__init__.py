"""Field e, “Toàn dân đoàn kết”: those who organise the campaign at the levels, and exemplars at the grass roots."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_toan_dan_doan_ket.form import FORMS
from guong_toan_dan_doan_ket.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
