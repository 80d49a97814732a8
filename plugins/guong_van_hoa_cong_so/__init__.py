"""Field d, culture of public offices (“văn hóa công sở”): offices and those who serve in them."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_van_hoa_cong_so.form import FORMS
from guong_van_hoa_cong_so.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
