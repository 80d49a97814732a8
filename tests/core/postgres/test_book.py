"""A book whose log lies on a PostgreSQL server."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from guong.book import Book, Opening
from guong.demo import demo
from guong.domain.declarations import UnitData
from guong.errors import BusyError, RefusedError, UsageError
from guong.plugins import Plugins
from guong.recording import Order
from guong.restoring import restore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPENING = Opening(
    officer="nv-01", name="Nông Thị Mẫu", unit=UnitData(key="phong-a", name="Phòng A"), occurred_on="2024-03-01",
    paper={"kind": "Quyết định", "number": "01", "date": "2024-03-01", "issuer": "Cơ quan A"},
)  # fmt: skip
ORDER = Order(by="nv-01")


def unit(key: str) -> dict[str, str]:
    """Return a step that registers a unit."""
    return {"step": "unit_registered", "key": key, "name": key, "occurred_on": "2024-03-02"}


@pytest.fixture
def book(tmp_path: Path, address: str) -> Iterator[Book]:
    """Return a fresh book on the server."""
    assert address
    with Book.create(tmp_path / "so", OPENING) as made:
        yield made


def test_the_sample_year_has_the_same_bytes_at_the_same_positions_as_in_a_file(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def log(name: str) -> list[tuple[object, ...]]:
        with demo(tmp_path / name, Plugins(), "van-quan-2024") as made:
            return [
                (one.id, one.originator_id, one.originator_version, one.topic, one.state)
                for one in made.log.raw(0, 10_000)
            ]

    on_server = log("server")
    assert not (tmp_path / "server" / "log.db").exists()
    monkeypatch.delenv("GUONG_LOG")
    assert on_server == log("file")
    assert address


def test_a_copy_of_it_is_a_book_in_a_file(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book.record(unit("xa-a"), ORDER)
    book.backup(tmp_path / "copy", tmp_path / "keys")
    monkeypatch.delenv("GUONG_LOG")
    restore(tmp_path / "copy", tmp_path / "again", tmp_path / "keys")
    with Book(tmp_path / "again") as again:
        assert [stored.entry for stored in again.log.all()] == [stored.entry for stored in book.log.all()]
        assert [officer.key for officer in again.view.states("officer")] == ["nv-01"]


def test_the_password_is_not_in_the_book_and_its_address_needs_consent(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = (book.folder / "guong.toml").read_text(encoding="utf-8")
    assert "secret" not in config
    assert "schema=so_" in config
    monkeypatch.delenv("GUONG_LOG")
    with pytest.raises(UsageError, match="nhật ký ở postgresql"):
        Book(book.folder)


RACE = """
import sys
from pathlib import Path
from guong.book import Book
from guong.errors import RefusedError
from guong.recording import Order
with Book(Path(sys.argv[1]), lock_timeout=60) as book:
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        book.record({"step": "unit_registered", "key": "xa-a", "name": "A", "occurred_on": "2024-03-02"}, Order(by="nv-01"))
        print("done")
    except RefusedError as error:
        print(error.problems[0][1].code)
"""


def test_of_two_processes_that_race_for_one_key_exactly_one_succeeds(book: Book) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(book.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    results = sorted(racer.communicate("go\n")[0].strip() for racer in racers)
    assert results == ["core.once", "done"]


def test_many_processes_that_open_a_book_at_once_do_not_stand_in_each_other_s_way(book: Book) -> None:
    code = (
        "import sys; from pathlib import Path; from guong.book import Book; print(Book(Path(sys.argv[1])).log.head())"
    )
    openers = [
        subprocess.Popen([sys.executable, "-c", code, str(book.folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    assert [opener.communicate()[0].strip() for opener in openers] == ["4"] * 8


def test_a_book_that_somebody_holds_is_busy_and_nothing_is_recorded(book: Book) -> None:
    with Book(book.folder, lock_timeout=1) as other, book.log.locked():
        with pytest.raises(BusyError, match="chương trình khác"):
            other.record(unit("xa-a"), ORDER)
        assert other.log.head() == 4


def test_a_refused_row_leaves_nothing_behind(book: Book) -> None:
    with pytest.raises(RefusedError):
        book.record_all(lambda: [unit("xa-a"), unit("xa-a")], ORDER)
    assert book.log.head() == 4
    assert book.record(unit("xa-a"), ORDER).position == 5


class CutAfterCommit(threading.Thread):
    """Stands between a program and the server, and cuts the line once the server has answered a COMMIT nobody then hears."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.armed = False
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def run(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._server))
        threading.Thread(target=self._back, args=(server, client), daemon=True).start()
        while sent := _received(client):
            cut = self.armed and b"COMMIT" in sent
            server.sendall(sent)
            if cut:
                self.armed = False
                client.shutdown(socket.SHUT_WR)  # the answer to this COMMIT is never heard
                server.recv(4096)
                break
        server.close()
        client.close()

    @staticmethod
    def _back(server: socket.socket, client: socket.socket) -> None:
        while answer := _received(server):
            try:
                client.sendall(answer)
            except OSError:
                return

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()


def _received(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except OSError:
        return b""


def test_a_commit_whose_answer_is_lost_is_looked_up_and_counts(
    tmp_path: Path, port: int, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = CutAfterCommit(port)
    line.start()
    monkeypatch.setenv("GUONG_LOG", address.replace(f":{port}/", f":{line.port}/"))
    try:
        with Book.create(tmp_path / "so", OPENING) as book:
            line.armed = True
            receipt = book.record(unit("xa-a"), ORDER)
            assert not line.armed
            assert receipt.position == 5
            assert [stored.topic for stored in book.log.read(4)] == ["unit.unit_registered"]
    finally:
        line.close()
