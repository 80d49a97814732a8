"""Field đ, for the poor (“chung tay vì người nghèo”): those who help, and households that have left poverty."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_vi_nguoi_ngheo.form import FORMS
from guong_vi_nguoi_ngheo.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
