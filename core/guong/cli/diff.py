"""`guong diff`: what changed between two moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, field_option, json_option, note, one_of, opened, out, row_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guong.book import Book
    from guong.domain.quota import BoardRow
    from guong.telling import Teller
    from guong.view.changes import Changes, Moved, Quota
    from guong.view.moments import Moment

_LISTED = 40
"""Entries that are told by themselves; `--entries` tells all of them."""


@click.command("diff")
@click.argument("before", metavar="LÚC_TRƯỚC")
@click.argument("after", metavar="LÚC_SAU", default="")
@click.option("--happened", is_flag=True, help="So theo ngày xảy ra, như biết đến nay; mặc định so theo ngày ghi sổ.")
@click.option("--entries", "every", is_flag=True, help="Kể mọi mục ở giữa, dù nhiều.")
@field_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, before: str, after: str, happened: bool, every: bool, field: str, as_json: bool
) -> None:
    """Xem điều gì đã đổi giữa hai lúc: điển hình, chỉ tiêu, các mục ghi.

    Mỗi lúc là một ngày, một giờ, hoặc một mục như #120; bỏ lúc sau là đến nay.

    \b
    Ví dụ:  guong diff 30/6/2024 30/11/2024
            guong diff '#120' '#240' --field linh-vuc-a
            guong diff 30/6/2024 30/11/2024 --happened
    """
    from guong.telling import Teller
    from guong.view import changes

    with opened(ctx) as book:
        view = book.view
        one_of("lĩnh vực", field, [one.field for plan in view.states("plan") for one in plan.declared.fields])
        first, second = _moment(book, before, happened=happened), _moment(book, after, happened=happened)
        found = changes.between(view, first, second, field)
        teller = Teller(book)
        if as_json:
            positions = [one.position for one in changes.entries(view, first, second, field)]
            dump(_json(teller, found, positions))
            return
        _head(book, first, second)
        _exemplars(teller, found)
        _quotas(teller, found.quotas)
        _entries(book, teller, first, second, field, count=found.entries, every=every)


def _moment(book: Book, text: str, *, happened: bool) -> Moment:
    import datetime as dt

    from guong.view import moments

    if happened:
        return moments.happened(book.view, text or dt.datetime.now(book.zone).date().isoformat())
    return moments.stood(book.view, text, book.zone)


def _head(book: Book, before: Moment, after: Moment) -> None:
    from guong.view.moments import worded as moment_worded

    out(f"Trước: {moment_worded(book.view, before, book.zone)}")
    out(f"Sau:   {moment_worded(book.view, after, book.zone)}")


def _exemplars(teller: Teller, found: Changes) -> None:
    for heading, some in (
        ("Điển hình mới", found.added),
        ("Điển hình đã chuyển", found.moved),
        ("Điển hình đã thôi", found.ended),
    ):
        out(f"{heading}: {len(some)}", bold=True)
        for one in some:
            out(f"  {_told(teller, one)}")


def _told(teller: Teller, one: Moved) -> str:
    row = one.after or one.before
    assert row is not None  # noqa: S101 - one of them is there; this is for the type checker
    stages = dict.fromkeys(_stage(side.stage) for side in (one.before, one.after) if side)
    steps = " → ".join([*stages, *([] if one.after else ["không còn"])])
    more = [
        f"{title}: {tell(old) or '(chưa có)'} → {tell(new) or '(không còn)'}"
        for title, tell, old, new in _others(teller, one)
        if old != new
    ]
    return "; ".join([f"{teller.name(row.subject)} [{row.short}], {row.field}: {steps}", *more])


def _others(teller: Teller, one: Moved) -> Iterable[tuple[str, Any, str, str]]:
    if one.before is None or one.after is None:
        return ()
    return (
        ("chủ trì", teller.unit, one.before.lead, one.after.lead), ("phát hiện", teller.unit, one.before.unit, one.after.unit),
        ("theo dõi", teller.officer, one.before.officer, one.after.officer),
    )  # fmt: skip


def _stage(mark: str) -> str:
    from guong.domain.streams import of_exemplar

    return next((step.title for step in of_exemplar() if step.mark == mark), mark)


def _quotas(teller: Teller, quotas: list[Quota]) -> None:
    out(f"Chỉ tiêu có số đã đổi: {len(quotas)}", bold=True)
    for one in quotas:
        row = one.after or one.before
        assert row is not None  # noqa: S101 - one of them is there; this is for the type checker
        where = ", ".join(
            part for part in (row.field, teller.unit(row.holder), row.quota.parts.get(row.part, "")) if part
        )
        out(f"  {where}: {'; '.join(_numbers(one.before, one.after))}")


_NUMBERS = {
    "needed": "cần", "discovered": "phát hiện", "reviewed": "bình xét đạt", "honoured": "tôn vinh", "replicated": "nhân rộng",
    "reached": "tính được",
}  # fmt: skip


def _numbers(before: BoardRow | None, after: BoardRow | None) -> list[str]:
    if before is None or after is None:
        return ["mới đặt" if before is None else "không còn"]
    pairs = [(title, getattr(before, name), getattr(after, name)) for name, title in _NUMBERS.items()]
    changed = [f"{title} {worded(old)} → {worded(new)}" for title, old, new in pairs if old != new]
    return changed or ["cách tính đã đổi"]


def _entries(book: Book, teller: Teller, before: Moment, after: Moment, field: str, *, count: int, every: bool) -> None:
    from guong.view import changes

    out(f"Mục ghi ở giữa: {count}", bold=True)
    for number, row in enumerate(changes.entries(book.view, before, after, field)):
        if number == _LISTED and not every:
            note(f"còn {count - number} mục nữa; xem hết: --entries")
            return
        stored = book.log.read(row.position - 1, 1)[0]
        when = f", ghi {teller.recorded(stored.entry)}" if stored.entry else ""
        out(f"  #{row.position} {teller.title(stored)}: {teller.line(stored)}{when}")


def _json(teller: Teller, found: Changes, positions: list[int]) -> dict[str, Any]:
    def side(row: Any) -> dict[str, Any] | None:
        return None if row is None else {**row_of(row), "name": teller.name(row.subject)}

    def line(row: BoardRow | None) -> dict[str, Any] | None:
        return None if row is None else {**row_of(row), "quota": row.quota.key}

    told: dict[str, Any] = {
        name: [{"before": side(one.before), "after": side(one.after)} for one in getattr(found, name)]
        for name in ("added", "moved", "ended")
    }
    quotas = [{"plan": one.plan, "before": line(one.before), "after": line(one.after)} for one in found.quotas]
    return {**told, "quotas": quotas, "entries": positions}
