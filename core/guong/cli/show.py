"""`guong show`: one exemplar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, facts, json_option, moment_of, moment_options, opened, out

if TYPE_CHECKING:
    from guong.book import Book
    from guong.domain.entry import Entry, Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.subject import Subject
    from guong.telling import Teller


@click.command("show")
@click.argument("exemplar", metavar="MÃ")
@moment_options
@json_option
@click.pass_context
def command(ctx: click.Context, exemplar: str, at: str, happened_by: str, as_json: bool) -> None:
    """Xem một điển hình: trạng thái, tiêu chí và mọi mục ghi, như nay hoặc như vào một lúc trước đây.

    \b
    Ví dụ:  guong show 7q3k
            guong show 7q3k --at 30/11/2024
            guong show 7q3k --happened-by 30/11/2024
    """
    from guong.errors import GuongError
    from guong.telling import Teller
    from guong.view.states import shown

    with opened(ctx) as book:
        found = book.view.find("exemplar", exemplar)
        moment = moment_of(book, at, happened_by)
        state, entries = shown(book.view, found.id, moment)
        if state is None:
            first = book.log.stream(found.id)[0].position
            raise GuongError(f"{exemplar}: lúc ấy chưa có điển hình này", f"mục đầu tiên về nó: #{first}")
        teller = Teller(book)
        if as_json:
            dump(_json(book, teller, state, entries))
            return
        subject = shown(book.view, state.subject, moment)
        plan = shown(book.view, book.world.id("plan", state.plan), moment).state
        _head(book, teller, state, subject.state, plan)
        _criteria(state, subject.state, plan, entries)
        tell_entries(teller, entries, "Các mục ghi")
        tell_entries(teller, subject.entries, "Về đối tượng")


def _head(book: Book, teller: Teller, state: Exemplar, subject: Subject | None, plan: Plan | None) -> None:
    from guong.domain.dates import show
    from guong.domain.streams import of_exemplar
    from guong.domain.subject import KINDS

    out(f"{teller.name(state.subject)}  [{book.view.abbreviation(state.id, 'exemplar')}]", bold=True)
    field = plan.field(state.field) if plan else None
    known = [
        ("Loại", KINDS.get(subject.kind, subject.kind) if subject else ""),
        ("Địa bàn", teller.unit(subject.unit) if subject else ""),
        ("Lĩnh vực", teller.field(state.plan, state.field)),
        ("Chủ trì", teller.unit(state.lead)),
        ("Phần", _part(field, state) if state.part else ""),
        ("Theo dõi", teller.officer(state.officer)),
    ]
    facts(known, width=10)
    out("Trạng thái", bold=True)
    told = {name for need in (plan.declared.order if plan else ()) for name in (need.step, need.needs)}
    for step in of_exemplar():
        mark = state.mark(step.mark)
        if mark is None and not {step.key, step.mark} & told:
            continue
        question = next((one for one in step.questions if one.key == step.value), None)
        value = f": {question.choices.get(mark.value, mark.value)}" if mark and mark.value and question else ""
        when = f"{show(mark.on)}{f' ({mark.count} lần)' if mark.count > 1 else ''}{value}" if mark else "—"
        out(f"  {'✓' if mark else '·'} {step.title:<34} {when}")
    if state.field and state.field not in book.plugins.sources():
        out(f"  cần plugin {state.field} để chạy quy tắc của lĩnh vực")


def _part(field: Any, state: Exemplar) -> str:
    question = next((one for one in field.asks("discovered") if one.key == field.part), None) if field else None
    return str(question.choices.get(state.part, state.part)) if question else state.part


def _criteria(state: Exemplar, subject: Subject | None, plan: Plan | None, entries: list[Stored]) -> None:
    """Show the criteria that apply, in the words the log copied, with the finding of the last review that counts."""
    from guong.domain.corrections import effective
    from guong.domain.review import FINDINGS

    reviews = [one.entry for one in effective(entries) if one.entry and one.entry.step == "reviewed"]
    judged_by = reviews[-1].field if reviews else None
    field = plan and (plan.copies.get(judged_by.declaration) if judged_by else plan.field(state.field))
    if subject is None or not plan:
        return
    found = reviews[-1].data.get("criteria", {}) if reviews else {}
    group = str(state.details.get(field.group, "")) if field and field.group else ""
    own = field.criteria_for(subject.kind, group) if field else ()
    out("Tiêu chí", bold=True)
    for one in (*own, *plan.criteria_for(subject.kind)):
        finding = FINDINGS.get(found.get(one.id, ""), "chưa đối chiếu")
        out(f"  {one.id:<10} {finding:<14} {one.text}{' (bắt buộc)' if one.mandatory else ''}")


def tell_entries(teller: Teller, entries: list[Stored], heading: str) -> None:
    """Print the entries of one stream with all they say, and beside them what later entries changed."""
    from guong.domain.corrections import effective
    from guong.domain.dates import show

    out(heading, bold=True)
    later, now = _later(entries), {one.entry.id: one for one in effective(entries) if one.entry}
    for stored in entries:
        entry = stored.entry
        if entry is None:
            out(f"  #{stored.position} {stored.topic}: ‹{stored.unread}›")
            continue
        counted = now.get(entry.id, stored)
        happened = _changed(show(entry.occurred_on), show(counted.entry.occurred_on if counted.entry else None))
        when = f"xảy ra {happened}, ghi {teller.recorded(entry)} bởi {teller.officer(entry.by)}"
        out(f"  #{stored.position} {teller.title(stored)}, {when}{later.get(entry.id, '')}")
        new = dict(teller.answers(counted))
        for label, text in teller.answers(stored):
            out(f"       {label}: {_changed(text, new.pop(label, text))}")
        for label, text in new.items() if counted is not stored else ():
            out(f"       {label}: {_changed('', text)}")
        _rest(teller, entry)


def _changed(old: str, new: str) -> str:
    """Return what was recorded, and beside it what counts now where a correction changed it."""
    return old if old == new else f"{old or '(để trống)'} → {new}"


def _rest(teller: Teller, entry: Entry) -> None:
    free = {
        **teller.secret(entry),
        **{key: value for key, value in (("reason", entry.reason), ("note", entry.note)) if value},
    }
    for key, label in (("reason", "Lý do"), ("note", "Ghi chú")):
        if free.get(key):
            out(f"       {label}: {free[key]}")
    for paper in teller.papers(entry):
        out(f"       Văn bản: {paper}")
    for remark in entry.remarks:
        out(f"       ⚠ {teller.remark(remark)}", fg="yellow")


def _later(entries: list[Stored]) -> dict[str, str]:
    """Return, by entry id, that a later entry corrects or voids it; a voiding that is itself voided says nothing."""
    from guong.domain.corrections import effective

    alive = {one.entry.id for one in effective(entries) if one.entry}
    said: dict[str, str] = {}
    for one in entries:
        if one.entry and one.entry.step == "entry_corrected":
            said[one.entry.data["entry"]] = f"  [đã đính chính bởi #{one.position}]"
        elif one.entry and one.entry.step == "entry_voided" and one.entry.data["entry"] not in alive:
            said[one.entry.data["entry"]] = f"  [đã hủy bởi #{one.position}]"
    return said


def _json(book: Book, teller: Teller, state: Exemplar, entries: list[Stored]) -> dict[str, Any]:
    import msgspec

    from guong.cli.log import entry_json

    known = msgspec.to_builtins(state)
    del known["figures"]  # how quotas count what the entries below say in full
    return {
        **known, "name": teller.name(state.subject), "short": book.view.abbreviation(state.id, "exemplar"),
        "entries": [entry_json(teller, stored) for stored in entries],
    }  # fmt: skip
