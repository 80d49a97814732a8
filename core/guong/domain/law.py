"""The law as dated data: texts in force, forms of honour, who may decide them, sums, grounds, retention."""

from __future__ import annotations

import msgspec

from guong.domain.declarations import Data, RuleWords


class LawText(Data, frozen=True):
    """A text of law, and the days on which it is in force.

    Attributes:
        key: How the other parts of the law name it.
        number, title, issued: As printed.
        since, until: First and last day in force; empty where it still is.
        checked: Whether a person has held this against the text itself; what nobody has never counts as fulfilled.
        note: Where it was read, what is not known.
    """

    key: str
    number: str
    title: str
    issued: str = ""
    since: str = ""
    until: str = ""
    checked: bool = False
    note: str = ""


class Clause(Data, frozen=True):
    """Something that the law says between two days: by which text and article, and whether anybody has checked it."""

    text: str = ""
    article: str = ""
    since: str = ""
    until: str = ""
    checked: bool = False
    note: str = ""


class Competence(Clause, frozen=True, kw_only=True):
    """Who may decide: a unit that holds one of these powers (keys that units are registered with)."""

    powers: tuple[str, ...]


class Sum(Clause, frozen=True, kw_only=True):
    """How much money: `factor` times the base amount of the day, for these subject kinds (empty for all)."""

    factor: float
    base: str
    kinds: tuple[str, ...] = ()


class HonourForm(Data, frozen=True):
    """A form of honour: its code and name, whom it may go to, who may decide it, and with how much money."""

    code: str
    title: str
    kinds: tuple[str, ...] = ()
    article: str = ""
    competences: tuple[Competence, ...] = ()
    sums: tuple[Sum, ...] = ()
    retention: str = ""


class Amount(Clause, frozen=True, kw_only=True):
    """A base amount in đồng between two days."""

    key: str
    value: int


class Ground(Clause, frozen=True, kw_only=True):
    """A lawful ground of revocation."""

    key: str
    words: str
    recover: bool = True


class Retention(Clause, frozen=True, kw_only=True):
    """How long files are kept: `years` from the decision, None for ever."""

    key: str
    words: str
    years: int | None = None


class LawDeclaration(Data, frozen=True):
    """All that a rule book declares of the law, on the day it is adopted.

    Attributes:
        key: The rule book's key, for ever.
        texts: Texts, in force and not.
        forms: Forms of honour.
        amounts, grounds, retention: As the law states them, with dates.
        powers: Key of a power to its words.
        rules: The words of its rules.
    """

    key: str
    title: str
    texts: tuple[LawText, ...] = ()
    forms: tuple[HonourForm, ...] = ()
    amounts: tuple[Amount, ...] = ()
    grounds: tuple[Ground, ...] = ()
    retention: tuple[Retention, ...] = ()
    powers: dict[str, str] = msgspec.field(default_factory=dict)
    rules: tuple[RuleWords, ...] = ()
    plugin: str = ""
    version: str = ""

    def form(self, code: str) -> HonourForm | None:
        """Return a form of honour."""
        return next((one for one in self.forms if one.code == code), None)
