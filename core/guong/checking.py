"""Checking a book: is every entry readable and in its place, is every key and every file there and the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.domain.declarations import declaration_hash
from guong.domain.subject import contact_owner, erased_owners
from guong.errors import DamagedError
from guong.log import codec
from guong.log.faults import told
from guong.strictjson import strict
from guong.vault import commitment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.book import Book
    from guong.domain.entry import Entry


_ERASED = "personal_data_erased"
_FILE = {"missing": "thiếu", "altered": "đã bị sửa", "unreadable": "không đọc được"}


class Fault(NamedTuple):
    """Something that is not as it should be.

    Attributes:
        kind: `gap`, `bytes`, `unknown`, `file-missing`, `file-altered`, `file-unreadable`, `file-loose`, `key-missing`,
            `key-remains`, `key-other`, `database`, `plugin`, `view`.
        message: In Vietnamese.
        position: The entry concerned, 0 for none.
        serious: Whether it is damage, and not only worth knowing.
    """

    kind: str
    message: str
    position: int = 0
    serious: bool = True


def check(book: Book) -> Iterator[Fault]:
    """Yield every fault of a book; nothing in it is changed."""
    try:
        with told():
            yield from _database(book)
            yield from _entries(book)
    except DamagedError as error:
        yield Fault("database", str(error))
        return
    yield from _remaining(book)
    yield from _loose(book)
    yield from _plugins(book)


def rebuilt(book: Book) -> Iterator[Fault]:
    """Yield where the view is not what the log comes to; all of it is made once more to be compared."""
    from guong.view.comparing import differing  # noqa: PLC0415 - a check of the log itself needs no view

    book.projector.catch_up()
    for table in differing(book.projector, book.log):
        yield Fault("view", f"bản chiếu khác bản dựng lại từ sổ ở bảng {table} (guong view rebuild)")


def needed(book: Book) -> dict[str, str]:
    """Return the plugins whose code judges what is recorded in a book, by key, each with what it is needed for."""
    plans = book.view.states("plan")
    fields = {key: f"quy tắc của lĩnh vực, {count} mục" for key, count in book.view.fields().items()}
    laws = {key: f"bộ quy tắc của kế hoạch {plan.key}" for plan in plans for key in plan.declared.rule_books}
    return {**{plan.key: "quy tắc của kế hoạch" for plan in plans}, **laws, **fields}


def _plugins(book: Book) -> Iterator[Fault]:
    """Yield the plugins that are not here: what they judged stays whole, what is recorded next needs them."""
    for key, why in needed(book).items():
        wanting = book.plugins.wanting(key)
        if wanting:
            yield Fault("plugin", f"{wanting}: {why}", serious=False)


def _database(book: Book) -> Iterator[Fault]:
    for fault in book.log.recorder.faults():
        yield Fault("database", f"cơ sở dữ liệu: {fault}")


def _entries(book: Book) -> Iterator[Fault]:
    versions: dict[str, int] = {}
    at = 0
    while rows := book.log.raw(at):
        for row in rows:
            stored = codec.stored(row.id, row.originator_id, row.originator_version, row.topic, row.state)
            if row.id != at + 1:
                yield Fault("gap", f"thiếu mục từ #{at + 1} đến #{row.id - 1}", at + 1)
            at = row.id
            before = versions.get(stored.stream, 0)
            if stored.version != before + 1:
                yield Fault(
                    "gap", f"#{at}: dòng ghi {stored.stream[:8]} nhảy từ lần {before} đến lần {stored.version}", at
                )
            versions[stored.stream] = stored.version
            yield from _bytes(row.state, at)
            if stored.entry is None:
                yield Fault("unknown", f"#{at}: {stored.unread}", at, serious=not codec.harmless(stored.unread))
            else:
                yield from _references(book, stored.entry, stored.stream, at)


def _bytes(state: bytes, position: int) -> Iterator[Fault]:
    try:
        body = codec.frame(state).body
        if body is not None:
            strict(body)
    except (ValueError, RecursionError) as error:
        yield Fault("bytes", f"#{position}: nội dung hỏng ({error})", position)


def _references(book: Book, entry: Entry, stream: str, position: int) -> Iterator[Fault]:
    for evidence in entry.evidence:
        fault = book.evidence.fault(evidence)
        if fault:
            yield Fault(f"file-{fault}", f"#{position}: tệp minh chứng {evidence.sha256[:12]} {_FILE[fault]}", position)
    if "declaration" in entry.data and declaration_hash(entry.data["declaration"]) != entry.data.get("hash"):
        yield Fault("bytes", f"#{position}: nội dung khai báo không khớp mã băm của nó", position)
    for name, owner in (("commitment", stream), ("contact_commitment", contact_owner(stream))):
        if entry.data.get(name):
            faults = list(_key(book, owner, stream, entry.data[name], position))
            yield from faults
            if faults:  # who has lost the one key has most likely lost the other: one fault says it
                break


def _key(book: Book, owner: str, stream: str, committed: str, position: int) -> Iterator[Fault]:
    key = book.vault.key(owner)
    what = "khóa" if owner == stream else "khóa liên lạc"
    if key is None:
        erasures = (one.entry.data for one in book.log.stream(stream) if one.entry and one.entry.step == _ERASED)
        if not any(owner in erased_owners(stream, data["scope"]) for data in erasures):
            message = f"#{position}: không có {what} của {stream[:8]} (chưa có bước xóa dữ liệu nào ghi điều đó)"
            yield Fault("key-missing", message, position)
    elif commitment(key) != committed:
        yield Fault("key-other", f"#{position}: {what} của {stream[:8]} không phải khóa đã cam kết", position)


def _remaining(book: Book) -> Iterator[Fault]:
    """Yield keys that are still here although the log says that what they open was erased."""
    for owner in book.erased_keys():
        yield Fault("key-remains", f"khóa của {owner[:8]} vẫn còn dù sổ ghi đã xóa dữ liệu")


def _loose(book: Book) -> Iterator[Fault]:
    """Yield evidence files that no entry names: harmless, left by a step that was stopped halfway."""
    named = {evidence.sha256 for stored in book.log.all() if stored.entry for evidence in stored.entry.evidence}
    for path in book.evidence.files():
        if path.name not in named:
            yield Fault("file-loose", f"tệp {path.name[:12]} không thuộc mục nào (vô hại)", serious=False)
