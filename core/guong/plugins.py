"""Finds, loads and isolates plugins: one that is broken costs nobody else anything and is named with its reason.

A plugin is an entry point in the group `guong` (its name is its key, its value a module), or lies in a folder that
belongs to the book (`folders.py`).
Modules are imported when something of theirs is first needed, never before.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pluggy

from guong import hookspecs
from guong.errors import PluginError
from guong.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from guong.audit.question import AuditQuestion
    from guong.authoring import Field, LawBook, PlanPack
    from guong.domain.declarations import FieldDeclaration
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.rules import Rule
    from guong.panels import Panel

GROUP = "guong"


class Source(NamedTuple):
    """Where a plugin comes from, before anything of it is run.

    Attributes:
        key: Its name.
        where: Tells distribution and version, or the path in the book; finding out means reading files.
        load: Imports and returns the module.
        refused: Why it must not be loaded, empty when it may.
        released: Whether `where` changes whenever what it brings does, as the version of a distribution must.
        digest: The hash of its content, where it has no version.
    """

    key: str
    where: Callable[[], str]
    load: Callable[[], ModuleType]
    refused: str = ""
    released: bool = False
    digest: str = ""


class Report(NamedTuple):
    """What `guong plugins` shows of one plugin: its hooks and keys when it works, the reason when it does not."""

    key: str
    where: str
    hooks: tuple[str, ...]
    brings: tuple[str, ...]
    refused: str


class Plugins:
    """The plugins that a book can use on this machine.

    Args:
        book: The book's folder, None where there is no book.
    """

    def __init__(self, book: Path | None = None) -> None:
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(hookspecs)
        self._book = book
        self._sources: dict[str, Source] | None = None
        self._refused: dict[str, str] = {}
        self._brought: dict[tuple[str, str], list[Any]] = {}
        self._rules: dict[tuple[str, tuple[str, ...], str | None], tuple[Rule, ...]] = {}

    def sources(self) -> dict[str, Source]:
        """Return every plugin that can be found, by key; nothing is imported for it."""
        if self._sources is None:
            found: dict[str, list[Source]] = {}
            for source in (*_installed(), *_of_book(self._book)):
                found.setdefault(source.key, []).append(source)
            self._sources = {key: _one(same) for key, same in sorted(found.items()) if allowed(key)}
        return self._sources

    def field(self, key: str) -> Field:
        """Return a campaign field; only the plugin of that key is loaded.

        Raises:
            PluginError: it is missing or refused; the message says which are there.
        """
        brought: Field = self._by_key("guong_register_fields", key, "lĩnh vực")
        return brought

    def declaration(self, key: str) -> FieldDeclaration:
        """Return all that a campaign field declares today, and which plugin does so at which version: what opening it copies.

        Raises:
            PluginError: as `field`.
        """
        return msgspec.structs.replace(self.field(key).declared, plugin=key, version=self.version(key))

    def field_head(self, key: str) -> Field:
        """Return a campaign field of which only the head is sure to be readable: its criteria are not looked at.

        Raises:
            PluginError: it is missing or refused; the message says which are there.
        """
        brought: Field = self._by_key("guong_register_fields", key, "lĩnh vực", lambda field: field.head)
        return brought

    def plan(self, key: str) -> PlanPack:
        """Return a plan; only the plugin of that key is loaded.

        Raises:
            PluginError: it is missing or refused; the message says which are there.
        """
        brought: PlanPack = self._by_key("guong_register_plans", key, "kế hoạch")
        return brought

    def has(self, key: str) -> bool:
        """Tell whether the plugin of a field is there and works."""
        try:
            return self.field(key).key == key
        except PluginError:
            return False

    def rules_for(self, plan: Plan | None, field: str | None) -> tuple[Rule, ...]:
        """Return the rules of a plan, of the rule books it names, and of the field named.

        Raises:
            PluginError: one of these plugins is missing or refused; without its rules nothing may be judged.
        """
        wanted = (plan.key if plan else "", plan.declared.rule_books if plan else (), field)
        if wanted not in self._rules:
            self._rules[wanted] = self._rules_of(plan, field)
        return self._rules[wanted]

    def questions(self) -> dict[str, list[AuditQuestion]]:
        """Return the questions that plugins bring, by the key of the plugin; every plugin is loaded for it."""
        brought = {key: self._call(key, "guong_register_questions") for key in self.sources()}
        for key, some in brought.items():
            try:
                for one in some:
                    _own(key, "guong_register_questions", one)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - the plugin's own fault, and only its own
                self._refused[key], brought[key] = reason(error), []
        return {key: some for key, some in brought.items() if some}

    def form(self, field: str) -> int:
        """Return the version of a field's form that its code reads.

        Raises:
            PluginError: the plugin is missing or refused.
        """
        one: Field = self._usable("guong_register_fields", field, "lĩnh vực")[0]
        return one.form

    def upcast(self, field: str, step: str, details: dict[str, Any], written: int, wanted: int) -> dict[str, Any]:
        """Return details that were written in one version of a field's form as a later one has them (see `Field.upcast`).

        Raises:
            PluginError: the plugin is missing, refused, or cannot read that version; nothing else of it is refused for that.
        """
        one: Field = self._usable("guong_register_fields", field, "lĩnh vực")[0]
        try:
            with traced(f"gọi {field}.upcasts, {step} từ {written} đến {wanted}"):
                return one.upcast(step, details, written, wanted)
        except (Exception, SystemExit) as error:
            message = f"plugin {field} không đọc được biểu phiên bản {written} của bước {step}: {reason(error)}"
            raise PluginError(message, "báo cho người viết plugin") from error

    def group(self, plan: Plan, exemplar: Exemplar, field: FieldDeclaration) -> str:
        """Return the group of criteria of an exemplar (see `Plan.group`), by its own day's form where no plugin can tell."""
        try:
            return plan.group(exemplar, field, partial(self.upcast, exemplar.field))
        except PluginError:
            return plan.group(exemplar, field)

    def _rules_of(self, plan: Plan | None, field: str | None) -> tuple[Rule, ...]:
        rules: list[Rule] = []
        if plan:
            rules += self.own_rules("plan", plan.key)
            for key in plan.declared.rule_books:
                rules += self.own_rules("law", key)
        return (*rules, *(self.own_rules("field", field) if field else ()))

    def own_rules(self, what: str, key: str) -> list[Rule]:
        """Return the rules of one plugin, as a `plan`, a `law` (a rule book) or a `field`.

        Raises:
            PluginError: it is missing or refused.
        """
        if what == "law":
            return self._shared(key)
        hook, title = {"plan": ("guong_register_plans", "kế hoạch"), "field": ("guong_register_fields", "lĩnh vực")}[
            what
        ]
        return [rule for one in self._usable(hook, key, title) for rule in one.rules]

    def stamp(self, key: str) -> str:
        """Return what changes whenever the rules of a plugin may: its version, or the hash of its content, and whether it works."""
        source = self.sources().get(key)
        return f"{source.where()} {source.digest} {self.wanting(key)}".strip() if source else ""

    def _shared(self, key: str) -> list[Rule]:
        """Return the rules of a rule book: those of its law, and those it brings beside."""
        law = self._call(key, "guong_register_law") if key in self.sources() else []
        rules = [rule for one in law for rule in one.rules]
        beside = (
            self._call(key, "guong_register_rules") if law else self._usable("guong_register_rules", key, "bộ quy tắc")
        )
        return [*rules, *beside]

    def law(self, key: str) -> LawBook | None:
        """Return the law of a rule book; None where it brings rules alone.

        Raises:
            PluginError: the rule book is missing or refused.
        """
        self._shared(key)
        return self._by_key("guong_register_law", key, "bộ quy tắc") if self._call(key, "guong_register_law") else None

    def panels(self, key: str, place: str) -> list[Panel]:
        """Return the panels that the plugin of a field adds to a place; none where it is not here.

        Raises:
            PluginError: the plugin is refused.
        """
        if key not in self.sources():
            return []
        brought: list[Panel] = self._call(key, "guong_register_panels")
        for one in brought:
            _own(key, "guong_register_panels", one)
        if self.wanting(key):
            raise PluginError(self.wanting(key), "xem guong plugins")
        return [one for one in brought if one.place == place]

    def wanting(self, key: str) -> str:
        """Return that a plugin is needed where it is missing or known to be refused, empty otherwise; none is loaded for it."""
        source = self.sources().get(key)
        if source is None:
            return f"cần plugin {key}"
        refused = self._refused.get(key) or source.refused
        return f"cần plugin {key} (bị từ chối: {refused})" if refused else ""

    def version(self, key: str) -> str:
        """Return the distribution and version of a plugin, empty when it is not there."""
        return self.sources()[key].where() if key in self.sources() else ""

    def hooks(self, key: str) -> tuple[str, ...]:
        """Return the hooks that a plugin implements, sorted; none when it is missing or refused."""
        module = self._module(key) if key in self.sources() else None
        return tuple(sorted(hook.name for hook in self._manager.get_hookcallers(module) or ())) if module else ()

    def report(self) -> list[Report]:
        """Load every plugin and tell what it brings or why it is refused, sorted by key."""
        return [self._report(source) for source in self.sources().values()]

    def _report(self, source: Source) -> Report:
        key, hooks = source.key, self.hooks(source.key)
        brings: tuple[str, ...] = ()
        try:
            brings = tuple(_own(key, hook, one) for hook in hooks for one in self._call(key, hook))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as below
            self._refused[key] = reason(error)
        return Report(key, source.where(), hooks, brings, self._refused.get(key, source.refused))

    def _by_key(self, hook: str, key: str, title: str, named: Callable[[Any], Any] = lambda one: one) -> Any:
        one = self._usable(hook, key, title)[0]
        try:
            _own(key, hook, named(one))
        except (Exception, SystemExit) as error:
            raise PluginError(f"plugin {key} không dùng được: {reason(error)}", "xem guong plugins") from error
        return one

    def _usable(self, hook: str, key: str, title: str) -> list[Any]:
        """Return what a plugin brings.

        Raises:
            PluginError: it is missing, refused, or brings nothing of the kind.
        """
        sources = self.sources()
        if key not in sources:
            raise PluginError(
                f"cần plugin {key} cho {title} này, nhưng nó chưa được cài",
                f"đang có: {', '.join(sources) or 'không plugin nào'}",
            )
        brought = self._call(key, hook)
        if not brought:
            reason = self._refused.get(key) or sources[key].refused or f"plugin này không mang {title} nào"
            raise PluginError(f"plugin {key} không dùng được: {reason}", "xem guong plugins")
        return brought

    def _module(self, key: str) -> ModuleType | None:
        """Import and register a plugin once; None when it is refused."""
        source = self.sources()[key]
        if key in self._refused or source.refused:
            return None
        if self._manager.has_plugin(key):
            known: ModuleType | None = self._manager.get_plugin(key)
            return known
        try:
            module = source.load()
            hooks_of(module)
            self._manager.register(module, key)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises is its own fault, and only its own
            self._refused[key] = reason(error)
            return None
        return module

    def _call(self, key: str, hook: str) -> list[Any]:
        """Return what one plugin's hook brings; nothing when it is refused."""
        if (key, hook) not in self._brought:
            module = self._module(key)
            self._brought[key, hook] = self._ask(key, module, hook) if module else []
        return self._brought[key, hook]

    def _ask(self, key: str, module: ModuleType, hook: str) -> list[Any]:
        implementations = [one for one in getattr(self._manager.hook, hook).get_hookimpls() if one.plugin is module]
        if not implementations:
            return []
        try:
            with traced(f"gọi {key}.{hook}"):
                return [one for implementation in implementations for one in implementation.function()]
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
            self._refused[key] = reason(error)
            return []


def allowed(key: str) -> bool:
    """Tell whether `GUONG_PLUGINS`, where it is set, names a plugin."""
    names = os.environ.get("GUONG_PLUGINS")
    return names is None or key in {name.strip() for name in names.split(",")}


def _own(key: str, hook: str, one: Any) -> str:
    """Return the name of something that a plugin brings.

    Raises:
        PluginError: it is a field or plan under another key than the plugin's own, a panel without a place, or its data cannot
            be read.
    """
    if hook == "guong_register_rules":
        return str(one.code)
    if hook == "guong_register_questions":
        if not one.id.startswith(f"{key}."):
            raise PluginError(f"mang câu hỏi {one.id}, nhưng mã câu hỏi phải bắt đầu bằng {key}.")
        return str(one.id)
    if hook == "guong_register_panels":
        from guong.panels import PLACES  # noqa: PLC0415 - few plugins bring panels

        if one.place not in PLACES:
            raise PluginError(f"khung {one.title} đặt ở {one.place}; các chỗ: {', '.join(PLACES)}")
        return str(one.title)
    if one.key != key:
        raise PluginError(f"mang khóa {one.key}, nhưng chỉ được mang khóa của chính nó là {key}")
    return key


def hooks_of(module: ModuleType) -> list[str]:
    """Return the hooks that a module implements.

    Raises:
        PluginError: one would silently never be called: misspelt, or without `@hookimpl`; it names the function.
    """
    marked = {name: hasattr(one, f"{GROUP}_impl") for name, one in vars(module).items()}
    for name, is_hook in marked.items():
        if (is_hook or name.startswith(f"{GROUP}_register")) and name not in _hooks():
            raise PluginError(f"không có hook {name}; các hook: {', '.join(sorted(_hooks()))}")
        if name in _hooks() and not is_hook:
            raise PluginError(f"hàm {name} thiếu @hookimpl")
    return [name for name in _hooks() if name in marked]


def _hooks() -> list[str]:
    return [name for name in vars(hookspecs) if name.startswith(f"{GROUP}_register")]


def reason(error: BaseException) -> str:
    """Return why a plugin is refused, in one line."""
    return error.message if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"


def _one(same: list[Source]) -> Source:
    """Return the one source of a key: none of several, but one that is not accepted takes nothing from one that is."""
    usable = [source for source in same if not source.refused]
    if len(same) == 1:
        return same[0]
    places = "; ".join(source.where() for source in same)
    if len(usable) == 1:
        return usable[0]._replace(where=lambda: f"{usable[0].where()} (chưa chấp nhận bản khác: {places})")
    return same[0]._replace(where=lambda: places, refused=f"{len(same)} plugin cùng nhận khóa này: {places}")


def _installed() -> Iterator[Source]:
    from guong.entrypoints import load, points, where  # noqa: PLC0415 - costly, and not every command needs plugins

    for point in points(GROUP):
        yield Source(point.name, partial(where, point), partial(load, point), released=point.dist is not None)


def _of_book(book: Path | None) -> Iterator[Source]:
    if book is not None:
        from guong.folders import sources  # noqa: PLC0415 - it makes sources of the kind defined here

        yield from sources(book)
