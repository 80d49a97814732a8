"""The books that the tests of the core have, for the tests of what shows them."""

from tests.core.conftest import _settings_of_nobody, book, opening, sample, sample_year, unit_row

__all__ = ["_settings_of_nobody", "book", "opening", "sample", "sample_year", "unit_row"]
