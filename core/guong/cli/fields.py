"""`guong fields`: the campaign fields, who leads them and what is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import at_book, dump, json_option, note, one_of, opened, out, worded, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong.catalogue import Seen
    from guong.domain.declarations import Quota
    from guong.plugins import Plugins


@click.command("fields")
@click.option("--plan", metavar="MÃ", default="", help="Chỉ lĩnh vực của kế hoạch này.")
@json_option
@click.pass_context
def command(ctx: click.Context, plan: str, as_json: bool) -> None:
    """Xem các lĩnh vực: đối tượng, đơn vị chủ trì, chỉ tiêu.

    Trong một cuốn sổ: theo bản sổ đã chép của từng kế hoạch. Ngoài sổ: theo các plugin đã cài.

    \b
    Ví dụ:  guong fields
            guong fields --plan ke-hoach-a --json
    """
    from guong import catalogue

    if at_book(ctx):
        with opened(ctx) as book:
            if plan:
                one_of("kế hoạch", plan, book.view.plans())
            listed = catalogue.of_book(book, plan)
    else:
        from guong.plugins import Plugins

        plugins = Plugins()
        installed(plugins, "kế hoạch", plan, catalogue.PLANS)
        listed = catalogue.of_plugins(plugins, plan)
    for said in listed.broken:
        note(said)
    if as_json:
        dump([field_json(one) for one in listed.seen])
        return
    _show(listed.seen)
    note(f"{len({one.key for one in listed.seen})} lĩnh vực; xem một lĩnh vực: guong field show MÃ")


def installed(plugins: Plugins, title: str, key: str, hook: str, known: Iterable[str] = ()) -> None:
    """Refuse a key that no plugin here has; only then are all of them, and what else is `known`, looked at for a likely one.

    Raises:
        GuongError: with what may have been meant.
    """
    from guong.catalogue import bringing

    if key and key not in plugins.sources():
        one_of(title, key, [*known, *bringing(plugins, hook)])


def _show(seen: list[Seen]) -> None:
    before = None
    for one in seen:
        plan = one.plan.key if one.plan else ""
        if plan != before:
            _tell(f"Kế hoạch {plan}: {one.plan.title}" if one.plan else "Ngoài các kế hoạch", bold=True)
            before = plan
        out(f"  {one.letter:<2} {one.key}", bold=True)
        _tell(one.title, indent=5)
        if one.declared:
            _tell(f"Đối tượng: {kinds_told(one)}", indent=5)
        for line in holders_told(one):
            _tell(line, indent=5)
        if one.note:
            _tell(one.note, indent=5, fg="yellow")


def _tell(text: str, *, indent: int = 0, **style: Any) -> None:
    blank = " " * indent
    for line in wrapped(text, first=blank, rest=blank + "  "):
        out(line, **style)


def kinds_told(seen: Seen) -> str:
    """Return the kinds of subjects that may be put forward."""
    from guong.domain.subject import KINDS

    kinds = seen.declared.kinds if seen.declared else ()
    return ", ".join(KINDS.get(kind, kind) for kind in kinds) or "mọi đối tượng"


def holders_told(seen: Seen) -> list[str]:
    """Return who leads a field or holds its quotas, each with how it binds him and his quotas."""
    from guong.domain.plan import MODES

    holders = {(one.unit, one.unit_kind): one.mode for one in seen.leads}
    holders |= {(one.holder, one.holder_kind): one.mode for one in reversed(seen.quotas)}
    return [
        f"{_holder(seen, unit, kind)} ({MODES.get(mode, mode)})"
        + "".join(
            f": {quota_told(one, seen.part)}" for one in seen.quotas if (one.holder, one.holder_kind) == (unit, kind)
        )
        for (unit, kind), mode in holders.items()
    ]


def _holder(seen: Seen, unit: str, kind: str) -> str:
    """Return who leads or holds: a unit, every unit of a kind, or the plan as a whole."""
    kinds = seen.plan.unit_kinds if seen.plan else {}
    return f"mỗi đơn vị loại {kinds.get(kind, kind)}" if kind else seen.units.get(unit, unit) or "cả kế hoạch"


def quota_told(quota: Quota, part: str) -> str:
    """Return a quota in words; `part` is the question by whose answer it is divided: `mỗi cấp học ít nhất 2`."""
    from guong.domain.plan import BOUNDS, COUNTS
    from guong.domain.quota import plain

    titles = {"subject_kind": "loại đối tượng", "tier": "loại đơn vị", "phase": "đợt"}
    title = titles.get(quota.partition) or f"{part[:1].lower()}{part[1:] or 'phần'}"
    each = f"mỗi {title} " if quota.parts else ""
    counted = quota.unit if quota.counts == "measure" else COUNTS.get(quota.counts, quota.counts)
    return f"{each}{BOUNDS.get(quota.bound, quota.bound)} {worded(plain(quota.number))} {counted}"


def field_json(seen: Seen) -> dict[str, Any]:
    """Return what a list tells of a field."""
    import msgspec

    declared = seen.declared
    return {
        "field": seen.key, "letter": seen.letter, "title": seen.title, "campaign": declared.campaign if declared else "",
        "kinds": list(declared.kinds) if declared else None, "plan": seen.plan.key if seen.plan else None,
        "leads": [
            {"unit": one.unit, "name": seen.units.get(one.unit, ""), "mode": one.mode, "text": one.text} for one in seen.leads
        ],
        "quotas": [
            {**msgspec.structs.asdict(one), "told": quota_told(one, seen.part)} for one in seen.quotas
        ],
        "state": seen.state, "note": seen.note,
    }  # fmt: skip
