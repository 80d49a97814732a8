"""The law on emulation and honours: texts in force, forms of honour, sums, grounds and retention, with the rules that read them."""

from __future__ import annotations

from pathlib import Path

from guong import LawBook, hookimpl


@hookimpl
def guong_register_law() -> list[LawBook]:
    """Return the law with its rules."""
    from guong_luat_tdkt.rules import RULES  # noqa: PLC0415 - a list of plugins needs no rules

    return [LawBook(Path(__file__).with_name("law.toml"), RULES)]
