"""What plugins bring: fields, plans and law, each a piece of data from a TOML file with a little code beside it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from guong.domain.declarations import FieldDeclaration, PlanDeclaration, UnitData
from guong.domain.law import LawDeclaration
from guong.errors import PluginError
from guong.forms import Question, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from guong.domain.rules import Rule


T = TypeVar("T")


class Field:
    """A campaign field, as its plugin brings it. Its data is read when first asked for: judging needs only the rules.

    Args:
        data: Everything that is data, or the `field.toml` that holds it.
        forms: Step key to what the field asks beside the step's own questions.
        rules: What the field checks in code.
        upcasts: For every earlier version of the forms a function that takes a step and the details of one entry of that
            version, and returns them as the next version has them: plain data in and out. Answers about a person are
            under seal and not among them.
    """

    def __init__(
        self, data: FieldDeclaration | Path, forms: Mapping[str, type[msgspec.Struct]] | None = None, rules: Iterable[Rule] = (),
        upcasts: Mapping[int, Callable[[str, dict[str, Any]], dict[str, Any]]] | None = None,
    ) -> None:  # fmt: skip
        self._data, self._forms, self.rules, self._upcasts = data, forms or {}, tuple(rules), upcasts or {}

    @cached_property
    def declared(self) -> FieldDeclaration:
        """All that the field declares, its forms and the words of its rules included.

        Raises:
            PluginError: the file is no such declaration, the message names the file and the place; or `upcasts` does not
                lead from every earlier version of the form to this one.
        """
        data = _declared(self._data, FieldDeclaration)
        if sorted(self._upcasts) != list(range(1, data.form)):
            needed = ", ".join(map(str, range(1, data.form))) or "không phiên bản nào"
            known = ", ".join(map(str, sorted(self._upcasts))) or "không phiên bản nào"
            raise PluginError(f"biểu phiên bản {data.form} cần upcasts từ: {needed}; đang có từ: {known}")
        forms = {step: questions(form) for step, form in self._forms.items()}
        return msgspec.structs.replace(data, forms=forms, rules=tuple(rule.words for rule in self.rules))

    @cached_property
    def head(self) -> FieldDeclaration:
        """What the field says of itself before its criteria, without forms and rules: enough for a list of many fields.

        Raises:
            PluginError: the file is no such declaration; the message names the file and the place.
        """
        if isinstance(self._data, FieldDeclaration):
            return self._data
        return _head(self._data, FieldDeclaration)

    def asks(self, step: str) -> tuple[Question, ...]:
        """Return what the field adds to `step`."""
        return questions(self._forms[step]) if step in self._forms else ()

    @property
    def key(self) -> str:
        """The field's key."""
        return self.declared.key

    @property
    def form(self) -> int:
        """The version of the forms that its code reads, told without reading its data."""
        return max(self._upcasts, default=0) + 1

    def upcast(self, step: str, details: dict[str, Any], written: int, wanted: int) -> dict[str, Any]:
        """Return details that were written in one version of the form as a later one has them; of that version, as they are.

        Raises:
            PluginError: one of the two is a later version than this code knows.
            Exception: whatever a function of the plugin raises.
        """
        if max(written, wanted) > self.form:
            raise PluginError(f"chỉ đọc được biểu đến phiên bản {self.form}; cần bản mới hơn của plugin")
        for version in range(written, wanted):
            copy = msgspec.json.decode(msgspec.json.encode(details))
            details = msgspec.json.decode(msgspec.json.encode(self._upcasts[version](step, copy)), type=dict[str, Any])
        return details

    @classmethod
    def from_toml(
        cls, path: Path, forms: Mapping[str, type[msgspec.Struct]] | None = None, rules: Iterable[Rule] = (),
        upcasts: Mapping[int, Callable[[str, dict[str, Any]], dict[str, Any]]] | None = None,
    ) -> Field:  # fmt: skip
        """Take the data from a `field.toml`: the keys of `FieldDeclaration`, criteria as `[[criteria]]` tables."""
        return cls(path, forms, rules, upcasts)


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
        data = _declared(self._data, LawDeclaration)
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
        given = PlanFile(self._data, self._units) if isinstance(self._data, PlanDeclaration) else self._data
        return _declared(given, PlanFile)

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


def _declared(data: T | Path, kind: type[T]) -> T:
    """Return a declaration that is given, or that a TOML file holds, once no two items of one list go by one name.

    Raises:
        PluginError: the file cannot be read, or two items go by one name; the message names both.
    """
    from guong.tomlfiles import read, repeated  # noqa: PLC0415 - most commands need no declaration

    whole, where = (read(data, kind), f"{data.name}: ") if isinstance(data, Path) else (data, "")
    said = [*repeated(whole), *(repeated(whole.plan) if isinstance(whole, PlanFile) else ())]
    if said:
        raise PluginError(f"{where}{'; '.join(said)}")
    return whole


def _head(path: Path, kind: type[T]) -> T:
    """Return what stands in a TOML file before its first table: the rest costs most of its reading.

    Raises:
        PluginError: the file cannot be read; the message names it.
    """
    import tomllib  # noqa: PLC0415 - most commands read no such file

    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8").partition("\n[")[0]), kind)
    except (OSError, ValueError):  # or a bracket that opened no table but stood within a value
        return _declared(path, kind)
