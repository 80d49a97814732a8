"""Field l, “lao động giỏi, lao động sáng tạo”: people who work well and inventively."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_lao_dong_gioi.form import FORMS
from guong_lao_dong_gioi.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
