"""Field c, business (“hội nhập và phát triển”): enterprises, cooperatives and those who work in them."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_doanh_nghiep.form import FORMS
from guong_doanh_nghiep.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
