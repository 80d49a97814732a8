"""The traps of the libraries underneath, each set and not walked into (`trust.md` §2.7)."""

from __future__ import annotations

import json
import sqlite3
import sys
import uuid
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from eventsourcing.persistence import StoredEvent

from guong.book import Book, Opening
from guong.checking import check
from guong.cli import run
from guong.errors import RefusedError
from guong.log.application import ByteMapper
from guong.log.sqlite import BookFactory, BookRecorder
from guong.recording import Order
from guong.strictjson import strict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TOPICS = (
    "MAPPER_TOPIC", "CIPHER_TOPIC", "COMPRESSOR_TOPIC", "TRANSCODER_TOPIC", "PERSISTENCE_MODULE", "FACTORY_TOPIC",
    "AGGREGATE_RECORDER_TOPIC", "APPLICATION_RECORDER_TOPIC", "TRACKING_RECORDER_TOPIC", "PROCESS_RECORDER_TOPIC",
)  # fmt: skip
OTHER = {
    "CIPHER_KEY": "a2V5", "CREATE_TABLE": "n", "SQLITE_DBNAME": ":memory:", "ORIGINATOR_ID_TYPE": "text", "READONLY": "y",
    "IS_SNAPSHOTTING_ENABLED": "y", "SQLITE_LOCK_TIMEOUT": "x", "SINGLE_ROW_TRACKING": "n", "DISABLE_REDEFINITION_CHECKS": "y",
}  # fmt: skip


@pytest.fixture
def evil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put a module on the path that leaves a mark when it is run, and return the mark's path."""
    mark = tmp_path / "ran"
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "evilmod.py").write_text(
        f"open({str(mark)!r}, 'w').close()\nclass Thing: pass\ndef unit_registered(*a): pass\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    yield mark
    sys.modules.pop("evilmod", None)


def put(folder: Path, topic: str, state: bytes, stream: str | None = None, version: int = 1) -> int:
    """Write a row into a log as somebody would who does not ask the book, and return its position."""
    with closing(sqlite3.connect(folder / "log.db")) as other:
        cursor = other.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)",
            (stream or uuid.uuid4().hex, version, topic, state),
        )
        other.commit()
        return int(cursor.lastrowid or 0)


def body(book: Book, position: int = 2, **changes: Any) -> bytes:
    """Return the bytes of an entry of the book with changes laid over it."""
    value = json.loads(book.log.raw(position - 1, 1)[0].state)
    return json.dumps({**value, **changes}).encode()


def test_the_evil_module_would_be_seen_to_run(evil: Path) -> None:
    __import__("evilmod")
    assert evil.exists()


@pytest.mark.parametrize("prefix", ["", "GUONG_", "guong_", "EVENTLOG_"])
def test_no_environment_variable_replaces_a_part_of_the_log(
    prefix: str, evil: Path, tmp_path: Path, opening: Opening, monkeypatch: pytest.MonkeyPatch,
    unit_row: Callable[..., dict[str, Any]],
) -> None:  # fmt: skip
    for name in TOPICS:
        monkeypatch.setenv(prefix + name, "evilmod:Thing" if name != "PERSISTENCE_MODULE" else "evilmod")
    for name, value in OTHER.items():
        monkeypatch.setenv(prefix + name, value)
    with Book.create(tmp_path / "so", opening) as book:
        book.record(unit_row("phong-b"))
        assert type(book.log.mapper) is ByteMapper
        assert type(book.log.factory) is BookFactory
        assert type(book.log.recorder) is BookRecorder
        assert book.view.keys("unit") == ["phong-a", "phong-b"]
    with closing(sqlite3.connect(tmp_path / "so" / "log.db")) as raw:
        states = [row[0] for row in raw.execute("SELECT state FROM stored_events")]
    assert len(states) == 5
    assert all(strict(state)["id"] for state in states)
    assert not evil.exists()


def test_the_library_really_reads_those_variables(evil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above is about something: the library's own application walks into the trap."""
    from eventsourcing.application import Application

    monkeypatch.setenv("APPLICATION_MAPPER_TOPIC", "evilmod:Thing")
    with pytest.raises(AssertionError):
        Application()
    assert evil.exists()


@pytest.mark.parametrize("topic", ["evilmod:Thing", "os:system", "evilmod.Thing", "evilmod.unit_registered", "unit.evilmod:Thing",
                                   "unit.__class__", "", ".", "unit.", "đơn vị.ghi", "\x1b[2J.x", "a" * 70_000])  # fmt: skip
def test_a_stored_topic_is_never_imported_and_its_entry_is_kept_counted_and_shown(
    topic: str, book: Book, evil: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    position = put(book.folder, topic, body(book))
    folder = str(book.folder)
    assert (book.log.head(), position) == (5, 5)
    stored = book.log.read(4, 1)[0]
    assert (stored.entry, stored.topic) == (None, topic)
    assert stored.unread
    assert book.view.unread() == [(5, stored.unread)]
    assert [(fault.kind, fault.position) for fault in check(book)] == [("unknown", 5)]
    book.close()
    for command in (["log"], ["replay"], ["log", "--json"], ["board"], ["list"], ["check"]):
        assert run(["-C", folder, *command]) == 0, command
        told = capsys.readouterr()
        assert "\x1b[2J" not in told.out + told.err
        assert ("#5" in told.out + told.err or '"position": 5' in told.out) or command == ["list"], command
    assert not evil.exists()
    assert "evilmod" not in sys.modules


def test_recording_goes_on_behind_an_entry_that_cannot_be_read(
    book: Book, unit_row: Callable[..., dict[str, Any]]
) -> None:
    put(book.folder, "evilmod:Thing", b"{}")
    assert book.record(unit_row("phong-b")).position == 6
    assert book.view.keys("unit") == ["phong-a", "phong-b"]


def test_an_entry_of_a_newer_schema_is_kept_and_shown_as_newer(book: Book) -> None:
    key = book.world.id("unit", "phong-moi")
    put(book.folder, "unit.unit_registered", body(book, v=99, data={"key": "phong-moi", "name": "Phòng mới"}), key)
    stored = book.log.read(4, 1)[0]
    assert stored.entry is None
    assert "99" in stored.unread
    assert "phiên bản mới hơn" in stored.unread
    assert book.view.keys("unit") == ["phong-a", ""]
    assert book.view.state(key) is None
    (fault,) = check(book)
    assert (fault.kind, fault.position, fault.serious) == ("unknown", 5, False)


def test_an_entry_of_a_step_nobody_knows_yet_is_shown_as_newer(book: Book) -> None:
    put(book.folder, "unit.unit_moved_to_the_moon", body(book, step="unit_moved_to_the_moon"))
    assert "phiên bản mới hơn" in book.log.read(4, 1)[0].unread


@pytest.mark.parametrize("step", ["unit_moved_to_the_moon", "role_granted", "book_opened", ""])
def test_a_body_that_tells_another_step_than_its_topic_is_not_taken_for_either(book: Book, step: str) -> None:
    put(book.folder, "unit.unit_registered", body(book, step=step))
    stored = book.log.read(4, 1)[0]
    assert stored.entry is None
    assert stored.unread
    assert book.view.unread() == [(5, stored.unread)]
    assert [fault.position for fault in check(book) if fault.serious] == [5]


TRAP = {"_type_": "uuid_hex", "_data_": "00"}


def test_answers_with_the_library_s_own_keys_come_back_as_they_went_in(
    sample: Book,
) -> None:
    row = {
        "step": "deadline_set", "key": "bay", "of_step": "assessed", "title": "Bẫy", "when": TRAP,
        "occurred_on": "2024-04-01", "by": "noi-vu-01", "papers": [{"number": "01"}],
    }  # fmt: skip
    receipt = sample.record(row)
    entry = sample.log.read(receipt.position - 1, 1)[0].entry
    assert entry is not None
    assert entry.data["when"] == TRAP
    (plan,) = sample.view.states("plan")
    assert plan.deadlines["bay"].when == TRAP


@pytest.mark.parametrize("text", ['{"a": NaN}', "[Infinity]", "-Infinity", '{"a": 1, "a": 2}', '{"b": {"x": 1, "y": 2, "x": 1}}',
                                  '{"a": 1, "\\u0061": 2}', "{", "", '{"a": 1} {"b": 2}', "\ufeff{}", "'a'"])  # fmt: skip
def test_what_readers_of_json_disagree_about_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"viết hai lần|không phải là số|Expecting|Extra data|BOM"):
        strict(text.encode())


def test_strict_reading_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="khóa 'a' viết hai lần"):
        strict(b'{"a": 1, "b": 2, "a": 3}')
    with pytest.raises(ValueError, match="NaN không phải là số"):
        strict(b'{"a": NaN}')
    assert strict('{"a": [1, 2.5, null, "đ"]}'.encode()) == {"a": [1, 2.5, None, "đ"]}


def test_rows_from_a_file_with_nan_or_a_key_twice_are_refused_by_number(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"step": "unit_registered", "key": "phong-b", "name": "B", "occurred_on": "2024-02-01"})
    file = tmp_path / "rows.jsonl"
    file.write_text(f'{good}\n{{"step": NaN}}\n{{"step": "a", "step": "b"}}\n', encoding="utf-8")
    assert run(["-C", str(book.folder), "--by", "nv-01", "record", "--from", str(file)]) == 3
    told = capsys.readouterr().err
    assert "dòng 2: không đọc được dòng này: NaN không phải là số" in told
    assert "dòng 3: không đọc được dòng này: khóa 'step' viết hai lần" in told
    assert "dòng 1" not in told
    assert book.log.head() == 4


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "NaN", "1e400", True])
def test_an_answer_that_is_no_number_is_refused(sample: Book, number: object) -> None:
    exemplar = sample.view.exemplars()[0].id
    row = {
        "step": "supported",
        "exemplar": exemplar,
        "kind": "visit",
        "what": "thăm",
        "value": number,
        "occurred_on": "2024-06-01",
    }
    with pytest.raises(RefusedError, match="Giá trị: phải là số"):
        sample.record(row, Order(by="noi-vu-01"))


@pytest.mark.parametrize("broken", [b'{"a": NaN}', b'{"id": "1", "id": "2"}', b'{"a":' + b"[" * 200_000, b"{" + b'"a":{' * 200_000,
                                    b'{"a": ' + b"1" * 5_000 + b"}", b"{", b"\x01short", b"", b"\xff\xfe{", b"\x00" * 104])  # fmt: skip
def test_check_names_an_entry_whose_bytes_are_broken(broken: bytes, book: Book) -> None:
    position = put(book.folder, "unit.unit_registered", broken)
    faults = list(check(book))
    assert position in [fault.position for fault in faults if fault.serious]
    assert all(fault.position == position for fault in faults)
    assert book.view.keys("unit")[0] == "phong-a"
    assert [at for at, _ in book.view.unread()] == [position]


def test_check_names_an_entry_where_a_key_stands_twice_although_it_reads(book: Book) -> None:
    twice = body(book).replace(b'"step":', b'"note": "a", "note": "b", "step":', 1)
    put(book.folder, "unit.unit_registered", twice)
    assert book.log.read(4, 1)[0].entry is not None
    (fault,) = [fault for fault in check(book) if fault.kind == "bytes"]
    assert (fault.position, fault.serious) == (5, True)
    assert "note" in fault.message


def test_a_body_struck_out_is_shown_as_such_and_is_no_damage(book: Book) -> None:
    put(book.folder, "unit.unit_registered", b"\x00" + b"k" * 8 + b"s" * 64 + b"h" * 32)
    stored = book.log.read(4, 1)[0]
    assert (stored.entry, stored.unread) == (None, "nội dung đã bị gạch bỏ theo lệnh")
    assert [(fault.kind, fault.serious) for fault in check(book)] == [("unknown", False)]


@pytest.mark.parametrize("column", ["'chữ'", "NULL", "7"])
def test_a_state_that_is_no_blob_is_named_even_where_the_check_was_dropped(book: Book, column: str) -> None:
    book.close()
    with closing(sqlite3.connect(book.folder / "log.db")) as other:
        other.execute("PRAGMA writable_schema=ON")
        other.execute(
            "UPDATE sqlite_master SET sql="
            "replace(replace(sql, ' CHECK (typeof(state) = ''blob'')', ''), 'state BLOB NOT NULL', 'state BLOB')"
        )
        other.commit()
    with closing(sqlite3.connect(book.folder / "log.db")) as other:
        other.execute(
            f"INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES ('{uuid.uuid4().hex}', 1, 't', {column})"
        )
        other.commit()
    with Book(book.folder) as again:
        assert again.view.unread()[0][0] == 5
        assert 5 in [fault.position for fault in check(again)]


@pytest.mark.parametrize(
    "change", [{"data": {}}, {"data": {"key": 5, "name": "A"}}, {"recorded_at": "xx"}, {"occurred_on": "xx"}]
)
def test_a_well_formed_entry_with_wrong_answers_stops_nothing_and_is_named(
    book: Book, change: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody with write access copied an entry and changed what it says; every screen goes on and the check names it."""
    unit = next(one for one in book.log.raw() if one.topic == "unit.unit_registered")
    state = json.dumps({**json.loads(unit.state), "id": "f" * 32, **change}).encode()
    book.log.recorder.insert_events([StoredEvent(uuid.uuid4(), 1, "unit.unit_registered", state)])
    last = book.log.head()
    for command in (
        ["board"],
        ["list"],
        ["unit", "list"],
        ["officer", "list"],
        ["subject", "list"],
        ["duties"],
        ["log"],
        ["replay"],
    ):
        assert run(["-C", str(book.folder), *command]) == 0, command
    assert f"#{last}" in capsys.readouterr().out
    assert [(fault.position, fault.serious) for fault in check(book)] == [(last, True)]
    book.record(
        {"step": "unit_registered", "key": "xa-z", "name": "Xã Z", "occurred_on": "2024-03-05"}, Order(by="nv-01")
    )
