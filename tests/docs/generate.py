"""Make the pages of `docs/` that repeat what the code says: `python tests/docs/generate.py` writes them anew."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import tempfile
import warnings
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.testing import CliRunner

from guong import exits
from guong.audit.checks import all_checks
from guong.audit.registry import themes
from guong.cli import root
from guong.demo import demo
from guong.domain.core_rules import all_core_rules
from guong.domain.streams import EXEMPLAR_STEPS, KINDS, STEPS
from guong.plugins import Plugins
from guong.rows import ENVELOPE, PAPER
from guong.telling import _RECORDING, Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guong.audit.question import AuditQuestion
    from guong.authoring import LawBook
    from guong.domain.rules import Rule
    from guong.domain.steps import Step
    from guong.forms import Question

DOCS = Path(__file__).parents[2] / "docs"
MADE = "<!-- Made by `python tests/docs/generate.py`; change the code, not this page. -->\n\n"
SAMPLE = re.compile(r"<!-- sample: (\{.*?\}) -->")
"""What a page says of the sample book it uses: code to exemplar, and under `entries` how many entries the book has."""

ENVIRONMENT = {
    "`GUONG_BOOK`": "the folder of the book, where `-C` does not say",
    "`GUONG_OFFICER`": "the officer who acts, where `--by` does not say",
    "`GUONG_HOME`": "the folder of your own settings, accepted plugins and cache",
    "`GUONG_PLUGINS`": "the only plugins that may be used, by key, with commas between; empty for none",
    "`GUONG_TRACE_PLUGINS`": "anything: tell on stderr each plugin that is imported and each call into one, with the time taken",
    "`GUONG_LOG`": "the server that holds the log, with password, for a book whose log is on one",
    "`GUONG_LANG`": "`en` for the words of `guong tui` in English; what the log says stays as it was written",
    "`GUONG_DEBUG`": "anything: show where in the program an error arose",
    "`NO_COLOR`, `FORCE_COLOR`": "anything: never, or always, print in colour",
}

BOARD = Path(__file__).parents[1] / "core" / "cli" / "snapshots" / "board.txt"
CELL, LINE, LEFT, TOP = 7.83, 20, 18.0, 32
"""Width and height of a character in pixels, and where the first one stands."""
STYLE = (
    "text{font:13px 'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace;fill:#24292f;white-space:pre}"
    ".b{font-weight:bold}.r{fill:#b42318}.p{fill:#57606a}"
)


def pages() -> dict[str, str]:
    """Return every page that is made, by its path in `docs/`: whole ones, and those whose codes follow the sample book."""
    made = {
        "commands.md": commands(), "exit-codes.md": exit_codes(), "questions.md": asked(), "rules.md": rules(), "steps.md": steps(),
    }  # fmt: skip
    return {**{name: MADE + text for name, text in made.items()}, "board.svg": board(), **dict(_with_codes())}


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )


# ------------------------------------------------------------------ commands


def walk(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the names of a command and of every command below it."""
    yield names
    if isinstance(command, click.Group):
        with click.Context(command) as ctx:
            for name in command.list_commands(ctx):
                below = command.get_command(ctx, name)
                assert below is not None, name
                yield from walk(below, (*names, name))


def explained(names: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return what `--help` prints of a command, at 80 columns and away from any book, and what Python warns of meanwhile."""
    runner = CliRunner(env=dict.fromkeys((name for name in os.environ if name.startswith("GUONG")), None))
    with tempfile.TemporaryDirectory() as empty, contextlib.chdir(empty), warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        result = runner.invoke(root, [*names, "--help"], prog_name="guong", terminal_width=80, color=False)
    assert result.exit_code == 0, (names, result.output)
    return result.output.rstrip(), [str(one.message) for one in said]


def commands() -> str:
    """Return the page of commands."""
    parts = [
        "# Commands\n\nWhat `--help` says of every command. The codes with which commands end are in [exit-codes.md](exit-codes.md);\n"
        "what each step asks is in [steps.md](steps.md).\n"
    ]
    parts.append(f"## Variables of the environment\n\n{_table(('variable', 'says'), ENVIRONMENT.items())}\n")
    parts += [
        f"{'#' * min(4, len(names) + 2)} `{' '.join(('guong', *names))}`\n\n```text\n{explained(names)[0]}\n```\n"
        for names in walk(root)
    ]
    return "\n".join(parts)


# ------------------------------------------------------------------ exit codes


def exit_meanings() -> dict[str, str]:
    """Return the name of every exit code with the words that stand under it in the source."""
    (body,) = (
        node.body for node in ast.parse(Path(exits.__file__).read_text("utf-8")).body if isinstance(node, ast.ClassDef)
    )
    meanings: dict[str, str] = {}
    for code, words in pairwise(body):
        if isinstance(code, ast.Assign) and isinstance(code.targets[0], ast.Name):
            assert isinstance(words, ast.Expr), ast.dump(code)
            assert isinstance(words.value, ast.Constant), ast.dump(code)
            meanings[code.targets[0].id] = str(words.value.value)
    return meanings


def exit_codes() -> str:
    """Return the page of exit codes."""
    rows = [(str(int(exits.Exit[name])), name, words) for name, words in exit_meanings().items()]
    return (
        "# Exit codes\n\nEvery command ends with one of these. Data goes to standard output, everything else to standard error.\n\n"
        + _table(("code", "name", "meaning"), rows)
        + "\n"
    )


# ------------------------------------------------------------------ rules


def _rules(rules: Iterable[Rule]) -> str:
    rows = (
        (
            f"`{rule.code}`",
            "refuses" if rule.refuses else "remarks",
            rule.words.text,
            rule.words.source or "—",
            _looks_at(rule),
            f"{rule.words.says}" + (f"; {rule.words.fix}" if rule.words.fix else ""),
        )
        for rule in rules
    )
    return _table(("code", "effect", "text", "source", "steps", "says; advice"), rows)


def _looks_at(rule: Rule) -> str:
    if rule.steps == set(EXEMPLAR_STEPS):
        return "every step of an exemplar"
    return ", ".join(f"`{step}`" for step in STEPS if step in rule.steps) or "every step"


def _bundled(hook: str) -> list[str]:
    return [one.key for one in Plugins().report() if one.where.startswith("guong ") and hook in one.hooks]


def _texts(law: LawBook) -> str:
    rows = (
        (one.number, one.title, one.since or "—", one.until or "—", "yes" if one.checked else "no", one.note)
        for one in law.declared.texts
    )
    said = "The texts it rests on. What nobody has held against the text itself is not *checked*, and only remarked on."
    return f"{said}\n\n{_table(('number', 'title', 'in force from', 'until', 'checked', 'note'), rows)}"


def rules() -> str:
    """Return the page of rules."""
    plugins = Plugins()
    clock = _table(("code", "text", "says"), [(f"`{one.code}`", one.text, one.says) for one in _RECORDING])
    parts = [
        "# Rules\n\nA rule that *refuses* stops a step: nothing is recorded. A rule that *remarks* lets it pass and is kept with the\n"
        "entry, by its code and figures. Codes are never renamed. Words in braces are figures that the rule fills in. A rule of the\n"
        "core holds for every plan, that of a law book for every plan that names the book, that of a field in the field.\n",
        f"## The core\n\n{_rules(all_core_rules())}\n",
        f"## The clock\n\nRemarked by the book itself when the machine's clock is not to be trusted.\n\n{clock}\n",
    ]
    of_plans = {key: plugins.plan(key).rules for key in _bundled("guong_register_plans")}
    parts += [f"## Plan `{key}`\n\n{_rules(found)}\n" for key, found in of_plans.items() if found]
    laws = [law for key in _bundled("guong_register_law") if (law := plugins.law(key)) is not None]
    parts += [f"## Law `{law.key}`\n\n{law.declared.title}\n\n{_rules(law.rules)}\n\n{_texts(law)}\n" for law in laws]
    for key in _bundled("guong_register_fields"):
        field = plugins.field(key)
        told = _rules(field.rules) if field.rules else "This field has no rules in code."
        parts.append(f"## Field `{key}`\n\n{field.declared.title}\n\n{told}\n")
    return "\n".join(parts)


# ------------------------------------------------------------------ questions


def _steps(steps: Sequence[str]) -> str:
    if set(EXEMPLAR_STEPS) <= set(steps):
        return "every step of an exemplar"
    return ", ".join(f"`{step}`" for step in steps) or "every step"


def _rests_on(one: AuditQuestion) -> str:
    rules = ", ".join(f"`{code}`" for code in one.rules)
    needs = f"needs the plugin of: {', '.join(one.needs)}" if one.needs else ""
    return "; ".join(part for part in (_steps(one.steps), rules, needs) if part)


def _parameters(one: AuditQuestion) -> str:
    rows = (f"`{each.key}` {each.title}" + (f" ({each.default})" if each.default else "") for each in one.parameters)
    return "; ".join(rows) or "—"


def asked() -> str:
    """Return the page of questions."""
    parts = [
        "# Questions\n\nWhat `guong ask` answers; how to ask is told in [how-to/ask-the-book.md](how-to/ask-the-book.md). A question\n"
        "rests on entries of the steps it reads and on what rules say of the whole history ([rules.md](rules.md)); codes that begin\n"
        "with `ask.` are checks of the questions themselves. Where a plugin is missing that it needs, its verdict is at best that\n"
        "there is not enough data.\n"
    ]
    for theme in themes(Plugins()):
        rows = (
            (
                f"`{one.id}`",
                one.text,
                one.source,
                _rests_on(one),
                _parameters(one),
                ", ".join(f"`--{name}`" for name in one.narrowed) or "—",
            )
            for one in theme.questions
        )
        table = _table(("id", "question", "source", "rests on", "parameters", "narrowed by"), rows)
        parts.append(f"## {theme.title}\n\n{table}\n")
    checks = ((f"`{one.code}`", one.words.text, _steps(sorted(one.steps))) for one in all_checks())
    parts.append(
        f"## Checks\n\nWhat questions need to know and no rule says.\n\n{_table(('code', 'text', 'steps'), checks)}\n"
    )
    return "\n".join(parts)


# ------------------------------------------------------------------ steps


def _questions(asked: Iterable[Question]) -> str:
    rows = (
        (
            f"`{one.key}`",
            one.title,
            (f"`{one.ref}`" if one.ref else one.type) + (", several" if one.many else ""),
            "yes" if one.required else "",
            "yes" if one.personal else "",
            "; ".join(
                part for part in (one.help, ", ".join(f"`{key}` {title}" for key, title in one.choices.items())) if part
            ),
        )
        for one in asked
    )
    return _table(("key", "title", "type", "required", "personal", "help, choices"), rows)


def _step(step: Step) -> str:
    facts = [
        "may be the first entry of its stream" if step.starts else "",
        "must rest on a paper" if step.paper else "",
        "must give a reason" if step.reason else "",
        "" if step.by_hand else "written by the book itself, not offered to people",
    ]
    told = "; ".join(fact for fact in facts if fact)
    told = f"{told[0].upper()}{told[1:]}.\n\n" if told else ""
    about = " ".join((step.form.__doc__ or "").split())
    return f"### `{step.key}`: {step.title}\n\n{about}\n\n{told}{_questions(step.questions)}\n"


def steps() -> str:
    """Return the page of steps."""
    parts = [
        "# Steps\n\nA *required* question must be answered. An answer to a *personal* question is sealed under the key of the person it\n"
        "is about. A type in `code` is a reference: the answer names a unit, an officer, a subject, an exemplar, an entry, a plan or\n"
        "a field. In a file of rows the key is the name of the value or column; on the command line it is an option with hyphens\n"
        "(`votes_for` is `--votes-for`).\n",
        f"## What every step asks\n\n{_questions(ENVELOPE)}\n",
        "Whom or what a step is about is named by the short code: the argument of `guong record`, or `subject`, `officer`, `unit`\n"
        "or `exemplar` in a row.\n",
        f"## A paper\n\n{_questions(PAPER)}\n",
    ]
    for kind in dict.fromkeys(step.stream for step in STEPS.values()):
        title = (
            f"Steps of the stream `{kind}` ({KINDS[kind].title})"
            if kind in KINDS
            else "Steps about an entry, in any stream"
        )
        parts.append(f"## {title}\n")
        parts += [_step(step) for step in STEPS.values() if step.stream == kind]
    plugins = Plugins()
    for key in _bundled("guong_register_fields"):
        field = plugins.field(key).declared
        parts.append(f"## What the field `{key}` adds\n\nKeys of `details` in a row, `details.<key>` in a sheet.\n")
        parts += [f"### `{step}` in `{key}`\n\n{_questions(asked)}\n" for step, asked in field.forms.items()]
    return "\n".join(parts)


# ------------------------------------------------------------------ the picture on the first page


def board() -> str:
    """Return the quota board as a picture (SVG): every cell a text of its own, at the column where `guong board` prints it."""
    lines = BOARD.read_text(encoding="utf-8").splitlines()
    width = round(2 * LEFT + CELL * max(map(len, lines)))
    height = TOP + LINE * (len(lines) + 1)
    drawn = [_drawn("$ guong -C so-2024 board", 0, TOP, "p")]
    for number, line in enumerate(lines, start=1):
        y = TOP + LINE * number
        if "──" in line:
            drawn += [_rule(found, y) for found in re.finditer("─+", line)]
            continue
        bold = "b" if number <= 2 else ""
        for found in re.finditer(r"\S+(?: \S+)*", line):
            drawn.append(_drawn(found[0], found.start(), y, bold or ("r" if found[0].startswith("thiếu ") else "")))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="t">',
        '<title id="t">guong board: bảng chỉ tiêu của sổ mẫu năm 2024</title>',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#fbfbfa" stroke="#d0d7de"/>',
        *drawn, "</svg>", "",
    ])  # fmt: skip


def _drawn(text: str, column: int, y: int, look: str) -> str:
    style = f' class="{look}"' if look else ""
    length = f'textLength="{len(text) * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{LEFT + CELL * column:.1f}" y="{y}" {length}{style}>{text}</text>'


def _rule(found: re.Match[str], y: int) -> str:
    return f'<path d="M{LEFT + CELL * found.start():.1f} {y - 4}h{CELL * len(found[0]):.1f}" stroke="#d0d7de"/>'


# ------------------------------------------------------------------ codes of the sample book


def _sample() -> tuple[dict[str, str], int]:
    """Return the exemplars of the sample book, name and field to code, and the number of its entries."""
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / "so", Plugins(), "van-quan-2024") as book:
        teller = Teller(book)
        return {f"{teller.name(one.subject)}, {one.field}": one.short for one in book.view.exemplars()}, book.log.head()


def _with_codes() -> Iterator[tuple[str, str]]:
    """Yield the pages that use the sample book, their codes and entry numbers brought up to date."""
    codes, head = _sample()
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text("utf-8")
        found = SAMPLE.search(text)
        if found is None:
            continue
        told: dict[str, Any] = json.loads(found[1])
        shift = head - told["entries"]
        gone = [name for old, name in told.items() if old != "entries" and name not in codes]
        assert not gone, f"{path.name}: the sample book has no exemplar {gone}"
        changed = {old: codes[name] for old, name in told.items() if old != "entries"}
        new = {**{code: told[old] for old, code in changed.items()}, "entries": head}
        text = text.replace(found[0], "@@sample@@")
        parts = re.split(rf"\b({'|'.join(changed) or '@@'})\b", text)
        text = "".join(changed.get(part, part) for part in parts)
        text = "".join(_moved(part, told["entries"], shift) for part in re.split(r"(#\d+|\b\d+ (?:mục|entries))", text))
        fresh = f"<!-- sample: {json.dumps(new, ensure_ascii=False)} -->"
        yield path.relative_to(DOCS).as_posix(), text.replace("@@sample@@", fresh)


def _moved(part: str, first: int, by: int) -> str:
    """Return a number of an entry, or of entries, as it is once the sample book has `by` entries more."""
    found = re.fullmatch(r"(#?)(\d+)( mục| entries)?", part)
    if found is None or not (found[1] or found[3]) or int(found[2]) < first:
        return part
    return f"{found[1]}{int(found[2]) + by}{found[3] or ''}"


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
