"""The key file: what is sealed opens with its own key and no other, and is gone when the key is."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from guong.cli import run
from guong.errors import BusyError, DamagedError
from guong.log.faults import told
from guong.vault import Vault, commitment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.book import Book

ONE, OTHER = "1" * 32, "2" * 32


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Return a vault with a key for ONE and one for OTHER, stored."""
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as made:
        made.create(ONE)
        made.create(OTHER)
        made.flush()
        yield made


def other_program(vault_folder: Path, statement: str, *values: Any) -> None:
    """Change the key file behind the vault's back."""
    with closing(sqlite3.connect(vault_folder / "keys.db")) as db:
        db.execute(statement, values)
        db.commit()


def files(folder: Path) -> bytes:
    """Return the raw bytes of every file of a folder."""
    return b"\0".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


answers = st.dictionaries(
    st.text(max_size=10), st.text(max_size=80) | st.dictionaries(st.text(max_size=5), st.text(max_size=5)), max_size=4
)


@given(answers)
def test_what_is_sealed_opens_again(given_answers: dict[str, Any]) -> None:
    vault = Vault(Path("does-not-exist"), os.urandom)
    vault.create(ONE)
    sealed = vault.seal(ONE, given_answers)
    assert vault.open(ONE, sealed) == given_answers
    assert len(base64.b64decode(sealed)) % 64 == (12 + 16) % 64


def test_the_key_is_kept_across_processes_and_its_commitment_is_as_published(tmp_path: Path) -> None:
    with closing(Vault(tmp_path / "keys.db", lambda count: bytes(range(count)))) as first:
        made = first.create(ONE)
        sealed = first.seal(ONE, {"data": {"name": "Đàm Văn Lũy"}})
        first.flush()
    key = bytes(range(32))
    assert made == commitment(key) == hashlib.sha256(b"dek-commit/v1\n" + key).hexdigest()
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as second:
        assert second.open(ONE, sealed, made) == {"data": {"name": "Đàm Văn Lũy"}}
    blob = base64.b64decode(sealed)
    text = AESGCM(key).decrypt(blob[:12], blob[12:], b"sealed/v1\n" + ONE.encode())
    assert text == '{"data":{"name":"Đàm Văn Lũy"}}'.encode().ljust(64)


@pytest.mark.parametrize(("length", "blocks"), [(0, 1), (50, 1), (51, 2), (114, 2), (115, 3)])
def test_the_length_of_a_ciphertext_tells_only_its_block_of_64(vault: Vault, length: int, blocks: int) -> None:
    sealed = vault.seal(ONE, {"data": {"a": "x"}, "b": "y" * length} if length > 50 else {"a": "y" * length})
    overhead = 12 + 16
    expected = len('{"data":{"a":"x"},"b":""}') + length if length > 50 else len('{"a":""}') + length
    assert len(base64.b64decode(sealed)) == overhead + -(-expected // 64) * 64
    assert len(base64.b64decode(sealed)) - overhead >= (blocks - 1) * 64


def test_equal_answers_never_look_equal(vault: Vault) -> None:
    assert len({vault.seal(ONE, {"a": "b"}) for _ in range(50)}) == 50


def test_a_ciphertext_opens_for_its_owner_only(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(ONE, {"a": "b"})
    with pytest.raises(DamagedError, match="hỏng hoặc sai khóa"):
        vault.open(OTHER, sealed)
    key = vault.key(ONE)
    other_program(tmp_path, "UPDATE dek SET key=? WHERE owner=?", key, OTHER)
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as again, pytest.raises(DamagedError):
        again.open(OTHER, sealed)  # the same key: the owner's id is part of what is authenticated


def test_any_changed_byte_of_a_ciphertext_is_noticed(vault: Vault) -> None:
    blob = base64.b64decode(vault.seal(ONE, {"a": "b"}))
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(DamagedError, match="hỏng hoặc sai khóa"):
            vault.open(ONE, base64.b64encode(bytes(changed)).decode())


@pytest.mark.parametrize(
    "sealed", ["x", "====", "AAAA", "Đ", ".", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a b", "e30="]
)
def test_garbage_in_place_of_a_ciphertext_is_damage_and_no_crash(vault: Vault, sealed: str) -> None:
    with pytest.raises(DamagedError):
        vault.open(ONE, sealed)


def test_another_key_than_the_one_committed_to_opens_nothing(vault: Vault, tmp_path: Path) -> None:
    committed = commitment(vault.key(ONE) or b"")
    other_program(tmp_path, "UPDATE dek SET key=? WHERE owner=?", b"k" * 32, ONE)
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as again:
        sealed = again.seal(ONE, {"name": "kẻ khác"})
        assert again.open(ONE, sealed) == {"name": "kẻ khác"}
        with pytest.raises(DamagedError, match="không phải là khóa đã cam kết"):
            again.open(ONE, sealed, committed)


def test_a_correction_is_laid_over_what_it_corrects(vault: Vault) -> None:
    first = vault.seal(ONE, {"data": {"name": "Lê Văn Ấm", "phone": "1"}, "reason": "cũ", "titles": {"0": "a"}})
    second = vault.seal(ONE, {"data": {"name": "Lê Văn Ấn"}, "reason": "mới"})
    third = vault.seal(ONE, {"data": {"phone": "2"}})
    assert vault.open(ONE, f"{first}.{second}.{third}") == {
        "data": {"name": "Lê Văn Ấn", "phone": "2"}, "reason": "mới", "titles": {"0": "a"},
    }  # fmt: skip


def test_a_damaged_correction_does_not_let_the_old_answer_pass_for_the_new(vault: Vault) -> None:
    first = vault.seal(ONE, {"data": {"name": "cũ"}})
    with pytest.raises(DamagedError):
        vault.open(ONE, f"{first}.{vault.seal(OTHER, {'data': {'name': 'mới'}})}")


def test_without_a_key_nothing_opens_and_nothing_is_stored_in_clear(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys.db", os.urandom)
    assert vault.open(ONE, "AAAA") is None
    assert vault.owners() == set()
    with pytest.raises(DamagedError, match="không còn khóa"):
        vault.seal(ONE, {"a": "b"})
    assert not (tmp_path / "keys.db").exists()


def test_keys_that_were_dropped_are_nowhere(tmp_path: Path) -> None:
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as vault:
        vault.create(ONE)
        key = vault.key(ONE)
        vault.drop()
        assert vault.key(ONE) is None
        vault.create(OTHER)
        vault.flush()
        assert vault.owners() == {OTHER}
        assert key is not None
        assert key not in files(tmp_path)


def test_a_key_that_waited_for_a_step_cut_off_is_used_by_the_next_try(vault: Vault) -> None:
    again = vault.create(ONE)
    assert again == commitment(vault.key(ONE) or b"")
    vault.flush()
    assert vault.owners() == {ONE, OTHER}


@pytest.mark.parametrize("many", [1, 40])
def test_a_destroyed_key_is_in_no_file(tmp_path: Path, many: int) -> None:
    owners = [f"{number:02}".ljust(32, "f") for number in range(many)]  # none is part of another with a key behind it
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as vault:
        for owner in owners:
            vault.create(owner)
            vault.flush()
        keys = {owner: vault.key(owner) or b"" for owner in owners}
        assert all(key in files(tmp_path) for key in keys.values())
        for owner in random.Random(7).sample(owners, len(owners)):  # noqa: S311 - no secrets here
            sealed = vault.seal(owner, {"a": "b"})
            vault.destroy(owner)
            assert vault.open(owner, sealed) is None
            assert keys[owner] not in files(tmp_path)
            assert owner.encode() not in files(tmp_path)
        assert vault.owners() == set()
    assert not [path.name for path in tmp_path.iterdir() if path.name != "keys.db"]


def test_destroying_a_key_also_clears_what_others_deleted_without_overwriting(tmp_path: Path) -> None:
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as vault:
        owners = [f"{number:032x}" for number in range(300)]
        keys = [vault.create(owner) and vault.key(owner) for owner in owners]
        vault.flush()
        with closing(sqlite3.connect(tmp_path / "keys.db")) as careless:
            careless.execute("PRAGMA secure_delete=OFF")
            careless.execute("DELETE FROM dek WHERE owner<>?", [owners[0]])
            careless.commit()
        assert [key for key in keys if key and key in files(tmp_path)] != keys[:1], "SQLite leaves deleted bytes behind"
        vault.destroy(owners[0])
        assert not [key for key in keys if key and key in files(tmp_path)]


def test_the_key_file_never_has_a_write_ahead_log(vault: Vault, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "keys.db")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db = vault._connect()  # type: ignore[assignment]
    assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("secure_delete", "synchronous")] == [1, 2]


def test_a_locked_key_file_is_busy_and_works_afterwards(vault: Vault, tmp_path: Path) -> None:
    db = vault._connect()
    assert db is not None
    db.execute("PRAGMA busy_timeout=50")
    vault.create("3" * 32)
    with closing(sqlite3.connect(tmp_path / "keys.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError), told():
            vault.flush()
        other.execute("ROLLBACK")
    vault.flush()
    assert "3" * 32 in vault.owners()


def test_a_key_file_that_is_full_stays_whole_and_works_once_there_is_room(vault: Vault) -> None:
    db = vault._connect()
    assert db is not None
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count={pages}")
    more = [f"{number:032x}" for number in range(500)]
    for owner in more:
        vault.create(owner)
    with pytest.raises(BusyError, match="đầy"), told():
        vault.flush()
    assert vault.owners() == {ONE, OTHER}
    db.execute("PRAGMA max_page_count=1000000")
    vault.flush()
    assert vault.owners() == {ONE, OTHER, *more}


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\0" + b"\xff" * 200, os.urandom(8192)])
def test_a_damaged_key_file_is_damage_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys.db").write_bytes(content)
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as vault:
        for use in (vault.owners, lambda: vault.key(ONE), lambda: vault.open(ONE, "AAAA")):
            with pytest.raises(DamagedError, match=r"keys\.db"):
                use()


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 33, "k" * 32, 7])
def test_a_key_of_the_wrong_size_is_damage(vault: Vault, tmp_path: Path, key: object) -> None:
    other_program(tmp_path, "INSERT INTO dek VALUES (?,?)", "3" * 32, key)
    with pytest.raises(DamagedError, match="khóa của 33333333 bị hỏng"):
        vault.open("3" * 32, "AAAA")


def test_an_officer_can_be_enrolled_although_his_key_was_left_behind_by_a_step_cut_off(book: Book) -> None:
    id_ = book.world.id("officer", "nv-02")
    book.vault.create(id_)
    book.vault.flush()
    book.vault.close()
    row = {
        "step": "officer_enrolled",
        "key": "nv-02",
        "name": "Lò Thị Lại",
        "unit": "phong-a",
        "occurred_on": "2024-02-01",
        "by": "nv-01",
    }
    assert book.record(row).position == 5
    assert book.name(id_) == "Lò Thị Lại"


def test_a_book_without_its_keys_still_reads_and_says_what_is_missing(
    sample: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    from guong.checking import check

    board = sample.view.board(sample.view.states("plan")[0])
    short = sample.view.exemplars()[0].short
    sample.close()
    (sample.folder / "keys.db").unlink()
    folder = str(sample.folder)
    for command in (["show", short], ["list"], ["log"], ["replay"]):
        assert run(["-C", folder, *command]) == 0
        assert "‹không còn khóa›" in capsys.readouterr().out, command
    assert run(["-C", folder, "board"]) == 0
    assert run(["-C", folder, "check"]) == 5
    from guong.book import Book

    with Book(sample.folder) as again:
        assert again.view.board(again.view.states("plan")[0]) == board
        kinds = {fault.kind for fault in check(again)}
        people = sum(stored.entry is not None and "commitment" in stored.entry.data for stored in again.log.all())
        assert kinds == {"key-missing"}
        assert len(list(check(again))) == people
    assert not (sample.folder / "keys.db").exists()


def test_a_damaged_key_file_never_shows_a_traceback(sample: Book, capsys: pytest.CaptureFixture[str]) -> None:
    short = sample.view.exemplars()[0].short
    sample.close()
    (sample.folder / "keys.db").write_bytes(b"x" * 5000)
    for command in (["show", short], ["list"], ["log"], ["replay"], ["check"]):
        assert run(["-C", str(sample.folder), *command]) == 5, command
        told_ = capsys.readouterr()
        assert "keys.db" in told_.err + told_.out
        assert "lỗi của chương trình" not in told_.err
