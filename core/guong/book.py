"""The book: the one door to a log, its keys, its evidence and its view."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import msgspec

from guong import places, settings
from guong.desk import Desk
from guong.domain.declarations import as_data, declaration_hash
from guong.domain.ids import Found, is_full
from guong.domain.subject import erased_owners
from guong.errors import BookError, DamagedError
from guong.evidence import EvidenceStore
from guong.log.application import EventLog
from guong.log.faults import told
from guong.log.spool import Spool
from guong.log.sqlite import APPLICATION_ID, SCHEMA_VERSION
from guong.log.world import World
from guong.plugins import Plugins
from guong.recording import Order, Receipt, Recording
from guong.vault import Vault
from guong.view.projector import Progress, Projector
from guong.view.queries import View
from guong.view.words import Words

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Callable, Iterable, Sequence
    from zoneinfo import ZoneInfo

    from guong.authoring import LawBook, PlanPack
    from guong.domain.book import BookState
    from guong.domain.declarations import Data, FieldDeclaration, UnitData
    from guong.likeness import Likeness
    from guong.rows import Line, Row

ADMIN = "quan-tri"
"""The role the founding officer gets; what a plan calls its other roles is its own affair."""
DEFAULT_ZONE = "Asia/Ho_Chi_Minh"
_OPENING = frozenset(("core.acting", "core.reference"))
"""Core rules that cannot hold before the first officer and unit are in the book."""
_COPYING = frozenset(("core.late-reason",))
"""Core rules that say nothing of a plan that is only copied into the book, however old it is."""


class Sample(NamedTuple):
    """What makes a sample book reproducible: its clock and randomness come from outside. A real book takes neither."""

    clock: Callable[[], dt.datetime]
    random: Callable[[int], bytes]


class Opening(NamedTuple):
    """Who opens a book, and on what paper.

    Attributes:
        officer, name, post: The founding officer: key, name, post.
        unit: The founding unit.
        paper: The paper that appoints him (`PaperForm` keys).
        occurred_on: When he was appointed.
    """

    officer: str
    name: str
    unit: UnitData
    occurred_on: str
    paper: dict[str, Any]
    post: str = ""
    zone: str = DEFAULT_ZONE


def utc_now() -> dt.datetime:
    """Return the time of the machine's clock, in UTC."""
    return dt.datetime.now(dt.UTC)


class Book:
    """An open book. Use it in a `with` statement, or call `close`.

    Args:
        folder: Where it lies.
        plugins: What plugins there are; by default those installed and those in the book.
        sample: Clock and randomness for a sample book; refused for a real one.
        lock_timeout: Seconds to wait for another program that holds the book.
        new: Whether its files have only just been made (see `create`).

    Attributes:
        progress: Told how far the view has come while it is brought level with the log; to be set before it is first used.

    Raises:
        BookError: there is no book, or one of a newer version.
        DamagedError: the file is not a database any more.
    """

    def __init__(
        self, folder: Path, *, plugins: Plugins | None = None, sample: Sample | None = None, lock_timeout: int = 5,
        new: bool = False,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.progress: Progress | None = None
        self.readonly = not places.writable(folder)
        address = places.log_address(folder)
        if not address:
            check_file(folder / places.LOG, new=new)
        clock, random = sample or Sample(utc_now, os.urandom)
        self._random = random
        self._aside: tempfile.TemporaryDirectory[str] | None = None
        with told():
            self.log = EventLog(self._log_settings(address, lock_timeout))
            spool = Spool()
            self.world = World(self.log, spool)
            self.world.refresh(self.log.head())
        if sample and self.world.book and not self.world.book.sample:
            raise BookError("sổ thật không nhận đồng hồ hay số ngẫu nhiên từ ngoài")
        self.plugins = plugins or Plugins(folder / places.PLUGINS)
        self.vault = Vault(folder / places.KEYS, random, readonly=self.readonly)
        self.evidence = EvidenceStore(folder / places.EVIDENCE, self.vault, random)
        self.world.plans = self._plans
        self.world.alike = self._alike
        desk = Desk(self.world, self.vault, self.evidence, self.plugins, _Finder(self), random)
        self._recording = Recording(self.log, spool, self.world, self.vault, desk, clock, random)
        self._spool = spool

    def _log_settings(self, address: str, lock_timeout: int) -> dict[str, str]:
        if address:
            from guong.log.postgres import Address  # noqa: PLC0415 - its driver is an extra

            return Address.parse(address).settings(lock_timeout)
        path = (self.folder / places.LOG).absolute()
        given = {"SQLITE_LOCK_TIMEOUT": str(lock_timeout)}
        if not self.readonly:
            return {**given, "SQLITE_DBNAME": f"{path.as_uri()}?mode=rw"}
        given |= {"READONLY": "y", "CREATE_TABLE": "n"}
        wal = path.with_name(path.name + "-wal")
        if not wal.exists():
            return {**given, "SQLITE_DBNAME": f"{path.as_uri()}?mode=ro&immutable=1"}
        import tempfile  # noqa: PLC0415 - rarely needed

        # What stands in the write-ahead log is part of the book, and reading it would write beside it: read a copy.
        self._aside = tempfile.TemporaryDirectory(prefix="guong-")
        copy = Path(self._aside.name) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(wal, copy.with_name(wal.name))
        return {**given, "SQLITE_DBNAME": f"{copy.as_uri()}?mode=rw"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every file."""
        if "projector" in self.__dict__:
            self.projector.close()
        self.vault.close()
        self._spool.close()
        self.log.close()
        if self._aside is not None:
            self._aside.cleanup()

    @property
    def state(self) -> BookState:
        """What the first entry says of the book."""
        if self.world.book is None:
            raise BookError(f"{self.folder} là một sổ chưa được mở", "guong init")
        return self.world.book

    @cached_property
    def zone(self) -> ZoneInfo:
        """The book's time zone."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - many commands compute no time

        return ZoneInfo(self.state.zone)

    @cached_property
    def _on_network(self) -> bool:
        return places.on_network(self.folder)

    @cached_property
    def projector(self) -> Projector:
        """What keeps the view level with the log; on read-only media the view lies in the person's cache folder."""
        founder = self.world.id("officer", self.world.book.officer) if self.world.book else ""
        words = Words(self.vault, self.vault.words_key(founder))
        if not self.readonly:
            return Projector(self.folder / places.VIEW, self.log, words, self.progress)
        cache = settings.cache_folder()
        cache.mkdir(parents=True, exist_ok=True)
        return Projector(cache / f"{self.state.id}.db", self.log, words, self.progress)

    @cached_property
    def likeness(self) -> Likeness:
        """Who goes by the same name."""
        from guong.likeness import Likeness  # noqa: PLC0415 - only registering a subject asks for it

        return Likeness(self)

    def _alike(self, kind: str, personal: dict[str, Any], /) -> list[str]:
        return self.likeness.alike(kind, personal)

    def _plans(self) -> list[str]:
        return self.view.plans()

    @property
    def view(self) -> View:
        """The read side, caught up."""
        with told():
            self.projector.catch_up()
        return View(self.projector.datastore, self.log, self.projector.words)

    @classmethod
    def create(
        cls, folder: Path, opening: Opening, *, plugins: Plugins | None = None, sample: Sample | None = None
    ) -> Book:
        """Open a new book in a new or empty folder; its first entries say who opened it and on what paper.

        Raises:
            BookError: the folder is not empty or lies on a network drive, or there is no such time zone.
            RefusedError: an answer is missing or wrong; the folder is left as it was.
        """
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - many commands compute no time

        try:
            ZoneInfo(opening.zone)
        except (OSError, KeyError, ValueError) as error:
            raise BookError(f"không có múi giờ {opening.zone}", f"viết như {DEFAULT_ZONE}") from error
        places.refuse_taken(folder)
        if places.on_network(next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())):
            raise BookError(
                f"{folder} nằm trên ổ mạng, nơi tệp sổ không được khóa chắc chắn", "lập sổ trên ổ của máy này"
            )
        was_there = folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        _lay_out(folder)
        try:
            book = cls(folder, plugins=plugins, sample=sample, new=True)
            try:
                book._open(opening, sample=sample is not None)
            except BaseException:
                book.close()
                raise
        except BaseException:
            for one in folder.iterdir():
                shutil.rmtree(one) if one.is_dir() else one.unlink()
            if not was_there:
                folder.rmdir()
            raise
        return book

    def _open(self, opening: Opening, *, sample: bool) -> None:
        unit = opening.unit
        rows: list[Row] = [
            {
                "step": "book_opened", "book": self._random(16).hex(), "zone": opening.zone, "sample": sample,
                "officer": opening.officer, "unit": unit.key, "papers": [opening.paper],
            },
            _unit_row(unit, opening.occurred_on),
            {
                "step": "officer_enrolled", "key": opening.officer, "name": opening.name, "unit": unit.key, "post": opening.post,
            },
            {"step": "role_granted", "officer": opening.officer, "role": ADMIN, "unit": unit.key, "papers": [opening.paper]},
        ]  # fmt: skip
        envelope = {"by": opening.officer, "as_role": ADMIN, "in_unit": unit.key, "occurred_on": opening.occurred_on}
        order = Order(channel="sample" if sample else "cli", own=True, waived=_OPENING, zone=opening.zone)
        self._record([{**row, **envelope} for row in rows], order)
        if "projector" in self.__dict__:  # made when there was no key yet to number words with
            self.projector.close()
            del self.projector

    def record(self, row: Row, order: Order = Order()) -> Receipt:  # noqa: B008 - an immutable value
        """Judge one step and append it; nothing is recorded when anything refuses it (see `Recording.record`)."""
        return self._record([row], order)[0]

    def record_all(self, rows: Callable[[], Iterable[Row | Line]], order: Order) -> list[Receipt]:
        """Judge any number of steps and append all of them, or none (see `Recording.record`)."""
        self._refuse_readonly(order)
        receipts = self._recording.record(rows, order)
        if self._recording.destroyed:  # what the view can be searched by is forgotten at once
            self._recording.destroyed = False
            self.projector.catch_up()
        return receipts

    def _record(self, rows: Sequence[Row], order: Order) -> list[Receipt]:
        return self.record_all(lambda: rows, order)

    def _refuse_readonly(self, order: Order) -> None:
        if self.readonly and not order.dry_run:
            raise BookError(f"sổ {self.folder} chỉ đọc, không ghi được", "chép sổ sang nơi ghi được")
        if not order.dry_run and self._on_network:
            raise BookError(
                f"sổ {self.folder} nằm trên ổ mạng, nơi tệp sổ không được khóa chắc chắn", "chép sổ về ổ của máy này"
            )

    def issue(self, pack: PlanPack, order: Order) -> list[Receipt]:
        """Issue a plan: register its units, copy its declaration, open the fields whose plugin is here, set quotas and
        deadlines; all in one transaction. Fields whose plugin is missing keep their quotas and can be opened later.

        Raises:
            RefusedError: something of the plan cannot be recorded.
        """
        plan = pack.declared
        source = self.plugins.version(plan.key)
        plan = msgspec.structs.replace(plan, plugin=plan.key, version=source)
        basis = {
            "kind": "Kế hoạch", "number": plan.number, "notation": plan.notation, "date": plan.issued, "issuer": plan.issuer,
        }  # fmt: skip
        paper = {key: value for key, value in basis.items() if value}
        shared = {"plan": plan.key, "occurred_on": plan.issued, "papers": [paper]}
        known = set(self.view.keys("unit"))
        units = [
            {**_unit_row(unit, plan.issued), "occurred_on": plan.issued} for unit in pack.units if unit.key not in known
        ]
        rows: list[Row] = [*units, {"step": "plan_issued", "key": plan.key, **_declared(plan), **shared}]
        laws = [law for key in plan.rule_books if (law := self.plugins.law(key)) is not None]
        rows += [{"step": "law_adopted", "law": law.key, **_declared(self._law(law)), **shared} for law in laws]
        here = [binding.field for binding in plan.fields if self.plugins.has(binding.field)]
        rows += [{"step": "field_opened", "field": key, **_declared(self._field(key)), **shared} for key in here]
        rows += [{"step": "quota_set", **_answers(quota), **shared} for quota in plan.quotas]
        rows += [{"step": "deadline_set", **_answers(deadline), **shared} for deadline in plan.deadlines]
        return self._record(rows, order._replace(own=True, waived=_COPYING))

    def open_field(self, plan: str, field: str, row: Row, order: Order) -> Receipt:
        """Open a field of a plan, or open it anew with what its plugin declares today.

        Args:
            plan, field: Their keys.
            row: When, by whom and on what paper (`Envelope` keys and `papers`).
            order: How.

        Raises:
            PluginError: the field's plugin is missing or refused.
            RefusedError: the plan is not in the book, does not bind the field, or an answer is missing.
        """
        opened = {"step": "field_opened", "plan": plan, "field": field, **_declared(self._field(field))}
        return self.record({**row, **opened}, order._replace(own=True))

    def _field(self, key: str) -> FieldDeclaration:
        return msgspec.structs.replace(self.plugins.field(key).declared, plugin=key, version=self.plugins.version(key))

    def _law(self, law: LawBook) -> Data:
        return msgspec.structs.replace(law.declared, plugin=law.key, version=self.plugins.version(law.key))

    def reveal(self, owner: str | None, sealed: str, commitment: str = "") -> dict[str, Any] | None:
        """Return what was sealed about somebody, None when his key is not here.

        Raises:
            DamagedError: the ciphertext was altered or the key is another one.
        """
        return self.vault.open(owner, sealed, commitment) if owner and sealed else None

    def name(self, owner: str) -> str:
        """Return the name of a subject or officer, words in ‹› when it cannot be read."""
        state = self.view.state(owner)
        return name_of(self, state) if state is not None else "‹không rõ›"

    def erased_keys(self) -> list[str]:
        """Return whose keys are still here although the log says that what they open was erased."""
        owned = self.vault.owners()
        erased = (
            owner for one in self.view.states("subject") if one.erased for owner in erased_owners(one.id, one.erased)
        )
        return [owner for owner in erased if owner in owned]

    def backup(self, target: Path, keys: Path | None = None) -> None:
        """Copy the book into a new folder, consistent even while somebody writes; keys only to the folder given for them.

        Raises:
            BookError: a target exists, or the keys would lie beside the copy they open.
        """
        places.refuse_taken(target)
        if keys is not None and target.resolve() in (keys.resolve(), *keys.resolve().parents):
            raise BookError("khóa phải để riêng với bản sao", "chọn thư mục khác cho khóa")
        target.mkdir(parents=True, exist_ok=True)
        with told():
            if (self.folder / places.LOG).exists():
                copy_database(self.folder / places.LOG, target / places.LOG, readonly=self.readonly)
            else:
                copy_log(self.log, target / places.LOG)
            if keys is not None and (self.folder / places.KEYS).exists():
                keys.mkdir(parents=True, exist_ok=True)
                copy_database(self.folder / places.KEYS, keys / places.KEYS, readonly=self.readonly)
        for name in (places.EVIDENCE, places.PLUGINS):
            if (self.folder / name).is_dir():
                shutil.copytree(self.folder / name, target / name, ignore=shutil.ignore_patterns("new-*"))
        (target / places.CONFIG).write_text("# Cài đặt của sổ này.\n", encoding="utf-8")


def _lay_out(folder: Path) -> None:
    """Make the files of a new book; where `GUONG_LOG` names a server, the log goes there."""
    address, lines = os.environ.get("GUONG_LOG", ""), ["# Cài đặt của sổ này."]
    if address:
        from guong.log.postgres import Address  # noqa: PLC0415 - its driver is an extra

        lines.append(f'log = "{Address.parse(address).public}"')
    else:
        (folder / places.LOG).touch()
    (folder / places.CONFIG).write_text("\n".join([*lines, ""]), encoding="utf-8")


def copy_log(log: EventLog, target: Path) -> None:
    """Copy a log from a server into a file: the same bytes at the same positions."""
    copy = EventLog({"SQLITE_DBNAME": f"{target.absolute().as_uri()}?mode=rwc"})
    try:
        at = 0
        while rows := log.raw(at):
            copy.recorder.insert_events(rows)
            at = rows[-1].id
    finally:
        copy.close()


def copy_database(source: Path, target: Path, *, readonly: bool) -> None:
    """Copy a database with SQLite's own backup, which sees one moment of it whatever is written meanwhile."""
    mode = "mode=ro&immutable=1" if readonly and not source.with_name(source.name + "-wal").exists() else "mode=ro"
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?{mode}", uri=True)
    writing = sqlite3.connect(target)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, which also opens on media that cannot be written to
    finally:
        writing.close()
        reading.close()


def check_file(path: Path, *, new: bool = False) -> None:
    """Look at the head of a log file before SQLite does; only that of a book just being opened may be empty.

    Raises:
        BookError: it is no book, or one of a newer version.
        DamagedError: it has been cut short.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        raise BookError(
            f"{path.parent} không phải là một cuốn sổ", "guong init hoặc guong demo lập một sổ mới"
        ) from error
    except OSError as error:
        raise BookError(f"không đọc được {path} ({error.strerror})", "xem lại quyền đọc") from error
    if not head and new:
        return
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise DamagedError(f"{path} bị hỏng hoặc không phải là một cuốn sổ", "khôi phục từ bản sao: guong restore")
    application, version = int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")
    if application not in (APPLICATION_ID, 0):
        raise BookError(f"{path} là cơ sở dữ liệu của chương trình khác, không phải một cuốn sổ")
    if version > SCHEMA_VERSION:
        raise BookError(
            f"sổ này do phiên bản mới hơn lập (dạng {version}, chương trình này đọc đến dạng {SCHEMA_VERSION})",
            "nâng cấp guong",
        )


def name_of(book: Book, state: Any) -> str:
    """Return the name in a subject's or officer's state, words in ‹› when it cannot be read."""
    opened = book.reveal(state.id, state.sealed, state.commitment)
    return str(opened.get("data", {}).get("name", "‹không tên›")) if opened else "‹không còn khóa›"


def _declared(declaration: Data) -> dict[str, Any]:
    data = as_data(declaration)
    return {"declaration": data, "hash": declaration_hash(data)}


def _unit_row(unit: UnitData, day: str) -> Row:
    return {
        "step": "unit_registered",
        **{key: value for key, value in _answers(unit).items() if key != "since"},
        "effective_on": unit.since or day,
    }


def _answers(declaration: Any) -> dict[str, Any]:
    answers: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(declaration))
    return answers


class _Finder:
    """Finds what people type: a whole id in the log itself, anything shorter in the view."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def find(self, kind: str, typed: str) -> Found:
        """Return the one stream or entry that `typed` names (see `View.find`)."""
        if kind != "entry" and is_full(typed) and self._book.world.load(typed, kind)[0] is not None:
            return Found(typed, typed, kind)
        return self._book.view.find(kind, typed)

    def plans(self) -> list[str]:
        """Return the keys of the plans in the book."""
        return self._book.view.plans()
