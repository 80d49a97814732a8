"""Field m, “Khởi nghiệp trong thanh niên”: units that help the young start up, and the young who do."""

from __future__ import annotations

from pathlib import Path

from guong import Field, hookimpl
from guong_khoi_nghiep.form import FORMS
from guong_khoi_nghiep.rules import RULES


@hookimpl
def guong_register_fields() -> list[Field]:
    """Return the field with its forms and rules."""
    return [Field.from_toml(Path(__file__).with_name("field.toml"), FORMS, RULES)]
