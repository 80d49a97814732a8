"""Campaign fields as they can be seen: in a book from what the log copied, elsewhere from the plugins of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from guong.domain.declarations import as_data
from guong.errors import GuongError, PluginError
from guong.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from guong.authoring import PlanPack
    from guong.book import Book
    from guong.domain.declarations import Binding, FieldDeclaration, Lead, PlanDeclaration, Quota
    from guong.domain.plan import Plan
    from guong.forms import Question
    from guong.plugins import Plugins

T = TypeVar("T")
FIELDS, PLANS = "guong_register_fields", "guong_register_plans"
STATES = {
    "installed": "",
    "open": "",
    "older": "plugin ở máy này khai báo khác khai báo mà sổ đã chép; mở lại: guong open {key} --plan {plan} --occurred-on NGÀY",
    "missing": "cần plugin {key}, máy này không có bản dùng được",
    "closed": "chưa mở; mở: guong open {key} --plan {plan} --occurred-on NGÀY",
    "closed_missing": "chưa mở; cần plugin {key}, máy này không có bản dùng được",
    "unbound": "không kế hoạch nào của sổ có lĩnh vực này",
}
"""How a field stands, and what is said of it."""


class Opened(msgspec.Struct, frozen=True):
    """One opening of a field in a book: the day from which it holds, where it stands in the log, what was copied."""

    on: str
    position: int
    hash: str
    declared: FieldDeclaration | None


class Seen(msgspec.Struct, frozen=True):
    """A campaign field under one plan, or under none.

    Attributes:
        key: Its key.
        state: A key of `STATES`.
        declared: What it declares; None where neither the log nor a plugin tells. A list needs its head only: there it may
            lack criteria, forms and rules.
        plan: The plan that binds it.
        quotas: Its quotas under the plan, as set last.
        part: The title of the question by whose answer its quota is divided; empty where it is not.
        units: Names of units by key.
        openings: Every opening in the book, in order; empty in a list.
    """

    key: str
    state: str
    declared: FieldDeclaration | None
    plan: PlanDeclaration | None = None
    quotas: tuple[Quota, ...] = ()
    part: str = ""
    units: Mapping[str, str] = msgspec.field(default_factory=dict)
    openings: tuple[Opened, ...] = ()

    @property
    def binding(self) -> Binding | None:
        """How the plan binds it."""
        return self.plan.binding(self.key) if self.plan else None

    @property
    def title(self) -> str:
        """Its title: the plan's words, else its own, else its key."""
        return (self.binding.title if self.binding else "") or (self.declared.title if self.declared else self.key)

    @property
    def letter(self) -> str:
        """Its letter in Vietnamese lists."""
        return (self.binding.letter if self.binding else "") or (self.declared.letter if self.declared else "")

    @property
    def leads(self) -> tuple[Lead, ...]:
        """Who answers for it under the plan."""
        return self.binding.leads if self.binding else ()

    @property
    def note(self) -> str:
        """What is to be said of its state; empty where all is well."""
        return STATES[self.state].format(key=self.key, plan=self.plan.key if self.plan else "")


class Listed(msgspec.Struct, frozen=True):
    """A list of fields, and what is to be said of plugins that may bring more but cannot be used."""

    seen: list[Seen]
    broken: list[str]


def of_book(book: Book, plan: str = "") -> Listed:
    """Return the fields of a book's plans, of one of them where it is named, then those that are installed beside them."""
    view = book.view
    plans = view.states("plan")
    units = {unit.key: unit.name for unit in view.states("unit")}
    bound = [(one, field) for one in plans if plan in ("", one.key) for field in fields_of(one)]
    seen = [_in_plan(book.plugins, one, field, units) for one, field in bound]
    if plan:
        return Listed(_ordered(seen), [])
    known = {*(one.key for one in plans), *(key for one in plans for key in one.declared.rule_books)}
    alone, broken = _brought(book.plugins, FIELDS, book.plugins.field_head, {*known, *(field for _, field in bound)})
    return Listed(_ordered([*seen, *(Seen(one.head.key, "unbound", one.head) for one in alone)]), broken)


def one_of_book(book: Book, key: str, plan: str = "") -> list[Seen]:
    """Return one field with all that is known of it, once for every plan of the book that binds it, or for the one named.

    Raises:
        PluginError: no plan binds it and no plugin brings it.
        GuongError: the plan named does not bind it.
    """
    plans = [one for one in book.view.states("plan") if plan in ("", one.key) and key in fields_of(one)]
    if not plans:
        if plan:
            raise _unbound(plan, key)
        return [Seen(key, "unbound", book.plugins.declaration(key))]
    units = {unit.key: unit.name for unit in book.view.states("unit")}
    seen = [_in_plan(book.plugins, one, key, units, exact=True) for one in plans]
    return [
        msgspec.structs.replace(one, openings=tuple(_openings(book, plan, key)))
        for one, plan in zip(seen, plans, strict=True)
    ]


def of_plugins(plugins: Plugins, plan: str = "") -> Listed:
    """Return the fields of the installed plans, of one of them where it is named, then those that no plan binds."""
    packs, broken = ([plugins.plan(plan)], []) if plan else _brought(plugins, PLANS, plugins.plan)
    seen = [_in_pack(plugins, pack, binding.field) for pack in packs for binding in pack.declared.fields]
    if plan:
        return Listed(_ordered(seen), broken)
    alone, also_broken = _brought(plugins, FIELDS, plugins.field_head, {one.key for one in seen})
    rest = [Seen(one.head.key, "installed", one.head) for one in alone]
    return Listed(_ordered([*seen, *rest]), list(dict.fromkeys([*broken, *also_broken])))


def one_of_plugins(plugins: Plugins, key: str, plan: str = "") -> list[Seen]:
    """Return one field with all that its plugin declares; who leads it only where a plan is named, since no other is loaded.

    Raises:
        PluginError: the plugin of the field or of the plan is missing or refused.
        GuongError: the plan named does not bind it.
    """
    pack = plugins.plan(plan) if plan else None
    if pack is None:
        return [Seen(key, "installed", plugins.declaration(key))]
    if not pack.declared.binding(key):
        raise _unbound(plan, key)
    return [msgspec.structs.replace(_in_pack(plugins, pack, key), declared=plugins.declaration(key))]


def fields_of(plan: Plan) -> list[str]:
    """Return the keys of the fields that a plan of a book binds, then of those that it has opened and binds no more."""
    return list(dict.fromkeys([*(one.field for one in plan.declared.fields), *plan.fields]))


def _unbound(plan: str, key: str) -> GuongError:
    return GuongError(f"kế hoạch {plan} không có lĩnh vực {key}", f"xem guong fields --plan {plan}")


def _ordered(seen: Iterable[Seen]) -> list[Seen]:
    """Return fields by plan, each plan's in the order of its letters; those under no plan last."""
    plans: dict[str, int] = {}
    known = [(plans.setdefault(one.plan.key if one.plan else "", len(plans)), one) for one in seen]
    return [
        one for _, one in sorted(known, key=lambda pair: (pair[0], not pair[1].letter, alphabetical(pair[1].letter)))
    ]


def _in_plan(plugins: Plugins, plan: Plan, key: str, units: Mapping[str, str], *, exact: bool = False) -> Seen:
    """Return a field as the log copied it; where it is not open yet, as its plugin declares it."""
    copy = plan.field(key)
    quotas = tuple(one for one in plan.quotas.values() if one.field == key)
    if copy is not None:
        state, part = _state(plugins, copy, exact=exact), _part(copy.part, copy.asks("discovered"))
        return Seen(key, state, copy, plan.declared, quotas, part, units)
    try:
        field = plugins.field_head(key)
        declared = plugins.declaration(key) if exact else field.head
    except PluginError:
        return Seen(key, "closed_missing", None, plan.declared, quotas, "", units)
    part = _part(field.head.part, field.asks("discovered"))
    return Seen(key, "closed", declared, plan.declared, quotas, part, units)


def _state(plugins: Plugins, copy: FieldDeclaration, *, exact: bool) -> str:
    """Tell whether the plugin of an open field is here and declares what the log copied.

    A list takes a distribution at its version; reading every declaration would cost as much as all the rest.
    """
    source = plugins.sources().get(copy.key)
    if source is None or source.refused:
        return "missing"
    if source.released and not exact and copy.version == source.where():
        return "open"
    try:
        today = plugins.declaration(copy.key)
    except PluginError:
        return "missing"
    same = msgspec.structs.replace(today, version=copy.version)
    return "open" if as_data(same) == as_data(copy) else "older"


def _in_pack(plugins: Plugins, pack: PlanPack, key: str) -> Seen:
    units = {unit.key: unit.name for unit in pack.units}
    quotas = tuple(one for one in pack.declared.quotas if one.field == key)
    try:
        field = plugins.field_head(key)
    except PluginError:
        return Seen(key, "missing", None, pack.declared, quotas, "", units)
    divided = any(one.parts for one in quotas)  # a form is read only where its words are needed
    part = _part(field.head.part, field.asks("discovered")) if divided else ""
    return Seen(key, "installed", field.head, pack.declared, quotas, part, units)


def _part(key: str, asked: Iterable[Question]) -> str:
    return next((one.title for one in asked if one.key == key), "") if key else ""


def bringing(plugins: Plugins, hook: str) -> list[str]:
    """Return the keys of the plugins that implement a hook; every plugin is loaded for it."""
    return [key for key in plugins.sources() if hook in plugins.hooks(key)]


def _brought(
    plugins: Plugins, hook: str, load: Callable[[str], T], without: Container[str] = ()
) -> tuple[list[T], list[str]]:
    """Return what all plugins bring but those in `without`, and what is to be said of those that cannot be used."""
    found, broken = [], []
    for key, source in plugins.sources().items():
        if key in without:
            continue
        hooks = plugins.hooks(key)
        try:
            found += [load(key)] if hook in hooks else []
            broken += [] if hooks else [f"plugin {key}: {source.refused or 'không dùng được'}; xem guong plugins"]
        except PluginError as error:
            broken.append(f"{error.message}; {error.fix}")
    return found, broken


def _openings(book: Book, plan: Plan, key: str) -> Iterator[Opened]:
    from guong.domain.corrections import effective  # noqa: PLC0415 - a list tells no openings

    for one in effective(book.log.stream(plan.id)):
        entry = one.entry
        if entry and entry.step == "field_opened" and entry.data["field"] == key:
            digest = entry.data["hash"]
            yield Opened(entry.effective_on or entry.occurred_on, one.position, digest, plan.copies.get(digest))
