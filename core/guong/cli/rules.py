"""`guong rules`: every rule that is asked, in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from guong.cli.shared import dump, json_option, note, one_of, opened, out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guong.domain.declarations import RuleWords
    from guong.domain.plan import Plan
    from guong.domain.rules import Rule
    from guong.plugins import Plugins

_SAYS = {True: "từ chối", False: "nhắc nhở", None: "chưa rõ từ chối hay nhắc nhở"}


class _Book(NamedTuple):
    """Rules that come from one place.

    Attributes:
        kind, key: What brings them: `core`, `plan`, `law` or `field`, and its key; empty for the core.
        title: The same in words.
        load: Returns the rules in code.
        copied: Their words as the log copied them, to be told where the code is not here.
    """

    kind: str
    key: str
    title: str
    load: Callable[[], Iterable[Rule]]
    copied: tuple[RuleWords, ...] = ()


@click.command("rules")
@click.option("--plan", metavar="MÃ", help="Chỉ quy tắc của lõi và của kế hoạch này.")
@json_option
@click.pass_context
def command(ctx: click.Context, plan: str | None, as_json: bool) -> None:
    """Xem mọi quy tắc: đòi hỏi gì, theo đâu, từ chối hay nhắc nhở.

    \b
    Ví dụ:  guong rules | less
            guong rules --plan ke-hoach-a --json
    """
    with opened(ctx) as book:
        every = book.view.states("plan")
        one_of("kế hoạch", plan, [one.key for one in every])
        books = [one for some in every if plan in (None, some.key) for one in _of_plan(book.plugins, some)]
        sources = {(one.kind, one.key): one for one in (_core(), *books)}
        rows = [(source, _rows(source)) for source in sources.values()]
        if as_json:
            dump([row for _, some in rows for row in some])
            return
        for source, some in rows:
            _show(source, some)
        note(f"{sum(len(some) for _, some in rows)} quy tắc")


def _core() -> _Book:
    from guong.domain.core_rules import all_core_rules

    return _Book("core", "", "Lõi", all_core_rules)


def _of_plan(plugins: Plugins, plan: Plan) -> Iterator[_Book]:
    """Yield what brings rules to a plan: the plan itself, the rule books it names, and its fields that are open."""
    yield _Book("plan", plan.key, f"Kế hoạch {plan.key}", lambda: plugins.plan(plan.key).rules)
    for key in plan.declared.rule_books:
        law = plan.law(key)
        load = partial(_shared, plugins, plan, key)
        yield _Book("law", key, f"Bộ quy tắc {key}", load, law.rules if law else ())
    for key in plan.fields:
        field = plan.field(key)
        load = partial(plugins.rules_for, None, key)
        yield _Book("field", key, f"Lĩnh vực {key}", load, field.rules if field else ())


def _shared(plugins: Plugins, plan: Plan, key: str) -> tuple[Rule, ...]:
    """Return the rules of one of the rule books that a plan names."""
    import msgspec

    alone = msgspec.structs.replace(plan, declared=msgspec.structs.replace(plan.declared, rule_books=(key,)))
    return plugins.rules_for(alone, None)[len(plugins.plan(plan.key).rules) :]


def _rows(source: _Book) -> list[dict[str, Any]]:
    """Return the rules of one place; where its plugin is missing, the words that the log copied, and a note."""
    from guong.errors import PluginError

    try:
        rules = list(source.load())
    except PluginError as error:
        note(f"{source.title}: {error.message}")
        return [_row(source, words, None, None) for words in source.copied]
    return [_row(source, rule.words, refuses=rule.refuses, steps=sorted(rule.steps)) for rule in rules]


def _row(source: _Book, words: RuleWords, refuses: bool | None, steps: list[str] | None) -> dict[str, Any]:
    return {
        "code": words.code, "text": words.text, "source": words.source, "brought_by": source.kind, "key": source.key,
        "refuses": refuses, "steps": steps,
    }  # fmt: skip


def _show(source: _Book, rows: list[dict[str, Any]]) -> None:
    if rows:
        out(source.title, bold=True)
    for row in rows:
        out(f"  {row['code']:<36} {_SAYS[row['refuses']]}")
        out(f"      {row['text']}" + (f"  ({row['source']})" if row["source"] else ""))
        out(f"      bước: {_steps(row['steps'])}")


def _steps(steps: list[str] | None) -> str:
    """Tell the steps that a rule looks at; the whole life of an exemplar in a word."""
    from guong.domain.streams import EXEMPLAR_STEPS

    if steps is None:
        return "chưa rõ"
    whole = set(EXEMPLAR_STEPS) <= set(steps)
    rest = [step for step in steps if not whole or step not in EXEMPLAR_STEPS]
    return ", ".join([*(["mọi bước của điển hình"] if whole else []), *rest]) or "mọi bước"
