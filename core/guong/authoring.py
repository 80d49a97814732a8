"""What plugins bring: fields, plans and law, each a piece of data from a TOML file with a little code beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from guong.domain.declarations import FieldDeclaration, PlanDeclaration, UnitData
from guong.domain.law import LawDeclaration
from guong.errors import PluginError
from guong.forms import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from guong.domain.rules import Rule


class Field:
    """A campaign field, as its plugin brings it. Its data is read when first asked for: judging needs only the rules.

    Args:
        data: Everything that is data, or the `field.toml` that holds it.
        forms: Step key to what the field asks beside the step's own questions.
        rules: What the field checks in code.
    """

    def __init__(
        self, data: FieldDeclaration | Path, forms: Mapping[str, type[msgspec.Struct]] | None = None, rules: Iterable[Rule] = ()
    ) -> None:  # fmt: skip
        self._data, self._forms, self.rules = data, forms or {}, tuple(rules)

    @cached_property
    def declared(self) -> FieldDeclaration:
        """All that the field declares, its forms and the words of its rules included.

        Raises:
            PluginError: the file is no such declaration; the message names the file and the place.
        """
        data = self._data if isinstance(self._data, FieldDeclaration) else _read(self._data, FieldDeclaration)
        forms = {step: questions(form) for step, form in self._forms.items()}
        return msgspec.structs.replace(data, forms=forms, rules=tuple(rule.words for rule in self.rules))

    @property
    def key(self) -> str:
        """The field's key."""
        return self.declared.key

    @classmethod
    def from_toml(
        cls, path: Path, forms: Mapping[str, type[msgspec.Struct]] | None = None, rules: Iterable[Rule] = ()
    ) -> Field:
        """Take the data from a `field.toml`: the keys of `FieldDeclaration`, criteria as `[[criteria]]` tables."""
        return cls(path, forms, rules)


class LawBook:
    """A body of law, as its plugin brings it: dated data, which the log copies, and rules that read it from there.

    Args:
        data: Everything that is data, or the `law.toml` that holds it.
        rules: What the law demands, in code.
    """

    def __init__(self, data: LawDeclaration | Path, rules: Iterable[Rule] = ()) -> None:
        self._data, self.rules = data, tuple(rules)

    @cached_property
    def declared(self) -> LawDeclaration:
        """All that the law says, the words of its rules included.

        Raises:
            PluginError: the file is no such declaration; the message names the file and the place.
        """
        data = self._data if isinstance(self._data, LawDeclaration) else _read(self._data, LawDeclaration)
        return msgspec.structs.replace(data, rules=tuple(rule.words for rule in self.rules))

    @property
    def key(self) -> str:
        """The law's key."""
        return self.declared.key


class PlanPack:
    """A plan, as its plugin brings it. Its data is read when first asked for: judging needs only the rules.

    Args:
        data: What the log copies when the plan is issued, or the `plan.toml` that holds it and the units.
        units: The units to register with it.
        sample: The folder of a sample year (`opening.toml`, `rows.jsonl`), None when it has none.
        rules: Rules that hold in every field of the plan.
    """

    def __init__(
        self, data: PlanDeclaration | Path, units: Iterable[UnitData] = (), sample: Path | None = None, rules: Iterable[Rule] = ()
    ) -> None:  # fmt: skip
        self._data, self._units, self.sample, self.rules = data, tuple(units), sample, tuple(rules)

    @cached_property
    def _file(self) -> PlanFile:
        if isinstance(self._data, PlanDeclaration):
            return PlanFile(self._data, self._units)
        whole: PlanFile = _read(self._data, PlanFile)
        return whole

    @cached_property
    def declared(self) -> PlanDeclaration:
        """All that the plan declares.

        Raises:
            PluginError: the file is no such declaration, or a quota cannot be counted; the message names the file and the place.
        """
        from guong.domain.countable import faults  # noqa: PLC0415 - most commands read no plan's file

        plan, units = self._file.plan, {unit.key: unit.kind for unit in self.units}
        for quota in plan.quotas:
            for fault in faults(quota, plan, {}, lambda key: units.get(key, "")):
                raise PluginError(f"kế hoạch {plan.key}, chỉ tiêu {quota.key}, {fault.key}: {fault.says}; {fault.fix}")
        return plan

    @property
    def units(self) -> tuple[UnitData, ...]:
        """The units to register with it."""
        return self._file.units

    @property
    def key(self) -> str:
        """The plan's key."""
        return self.declared.key

    @classmethod
    def from_toml(cls, path: Path, sample: Path | None = None, rules: Iterable[Rule] = ()) -> PlanPack:
        """Take the data from a `plan.toml`: `[plan]` with the keys of `PlanDeclaration`, `[[units]]` of `UnitData`."""
        return cls(path, (), sample, rules)


class PlanFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a `plan.toml` holds."""

    plan: PlanDeclaration
    units: tuple[UnitData, ...] = ()


def _read(path: Path, kind: type[Any]) -> Any:
    import tomllib  # noqa: PLC0415 - most commands read no such file

    try:
        with path.open("rb") as file:
            return msgspec.convert(tomllib.load(file), kind)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PluginError(f"{path.name}: {error}") from error
