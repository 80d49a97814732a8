"""What plugins bring: fields and plans, each a piece of data from a TOML file with a little code beside it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec

from guong.domain.declarations import FieldDeclaration, PlanDeclaration, UnitData
from guong.errors import PluginError
from guong.forms import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from guong.domain.rules import Rule


class Field:
    """A campaign field, as its plugin brings it.

    Args:
        declared: Everything that is data; `forms` and `rules` in it are filled in from the other arguments.
        forms: Step key to what the field asks beside the step's own questions.
        rules: What the field checks in code.
    """

    def __init__(
        self,
        declared: FieldDeclaration,
        forms: Mapping[str, type[msgspec.Struct]] | None = None,
        rules: Iterable[Rule] = (),
    ) -> None:
        self.rules = tuple(rules)
        self.declared = msgspec.structs.replace(
            declared,
            forms={step: questions(form) for step, form in (forms or {}).items()},
            rules=tuple(rule.words for rule in self.rules),
        )

    @property
    def key(self) -> str:
        """The field's key."""
        return self.declared.key

    @classmethod
    def from_toml(
        cls, path: Path, forms: Mapping[str, type[msgspec.Struct]] | None = None, rules: Iterable[Rule] = ()
    ) -> Field:
        """Read a `field.toml`: the keys of `FieldDeclaration`, criteria as `[[criteria]]` tables.

        Raises:
            PluginError: the file is not such a declaration; the message names the file and the place.
        """
        return cls(_read(path, FieldDeclaration), forms, rules)


class PlanPack:
    """A plan, as its plugin brings it.

    Args:
        declared: What the log copies when the plan is issued.
        units: The units to register with it.
        sample: Rows of a sample year (JSON Lines), None when it has none.
        rules: Rules that hold in every field of the plan.
    """

    def __init__(
        self,
        declared: PlanDeclaration,
        units: Iterable[UnitData] = (),
        sample: Path | None = None,
        rules: Iterable[Rule] = (),
    ) -> None:
        self.declared, self.units, self.sample, self.rules = declared, tuple(units), sample, tuple(rules)

    @property
    def key(self) -> str:
        """The plan's key."""
        return self.declared.key

    @classmethod
    def from_toml(cls, path: Path, sample: Path | None = None, rules: Iterable[Rule] = ()) -> PlanPack:
        """Read a `plan.toml`: the keys of `PlanDeclaration`, and `[[units]]` tables of `UnitData`.

        Raises:
            PluginError: the file is not such a declaration; the message names the file and the place.
        """
        whole = _read(path, _PlanFile)
        return cls(whole.plan, whole.units, sample, rules)


class _PlanFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    plan: PlanDeclaration
    units: tuple[UnitData, ...] = ()


def _read(path: Path, kind: type[Any]) -> Any:
    try:
        with path.open("rb") as file:
            return msgspec.convert(tomllib.load(file), kind)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PluginError(f"{path.name}: {error}") from error
