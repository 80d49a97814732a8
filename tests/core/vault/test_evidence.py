"""Evidence files: what goes in comes out, what was changed does not, and nothing of it is ever a crash."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from guong.checking import check
from guong.domain.entry import Evidence
from guong.errors import DamagedError, GuongError, RefusedError
from guong.evidence import EvidenceStore
from guong.recording import Order
from guong.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from guong.book import Book

OWNER = "1" * 32
CHUNK = 64 * 1024
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * 1024 * 1024 + 7]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Return a vault with a key for OWNER."""
    with closing(Vault(tmp_path / "keys.db", os.urandom)) as made:
        made.create(OWNER)
        made.flush()
        yield made


@pytest.fixture
def store(tmp_path: Path, vault: Vault) -> EvidenceStore:
    """Return an empty evidence store."""
    return EvidenceStore(tmp_path / "evidence", vault, os.urandom)


@pytest.fixture
def paper(tmp_path: Path) -> Callable[[int], Path]:
    """Return a maker of files of a size; every chunk of them is different."""

    def make(size: int) -> Path:
        path = tmp_path / f"giay-{size}.pdf"
        path.write_bytes(os.urandom(min(size, 3 * CHUNK)) + b"\0" * max(0, size - 3 * CHUNK))
        return path

    return make


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("owner", [OWNER, None])
def test_a_file_of_any_size_comes_out_as_it_went_in(
    store: EvidenceStore, paper: Callable[[int], Path], size: int, owner: str | None
) -> None:
    source = paper(size)
    kept = store.add(source, owner)
    path = store.path(kept.sha256)
    stored = path.read_bytes()
    assert b"".join(store.read(kept)) == source.read_bytes()
    assert hashlib.sha256(stored).hexdigest() == kept.sha256 == path.name
    assert (kept.size, kept.owner, kept.media_type) == (len(stored), owner, "application/pdf")
    assert [one.name for one in store.files()] == [kept.sha256]
    assert store.fault(kept) == ""
    if owner is None:
        assert stored == source.read_bytes()
    else:
        chunks = max(1, -(-size // CHUNK))
        assert len(stored) == 4 + 8 + size + 16 * chunks
        assert size < 64 or source.read_bytes()[:64] not in stored


def test_the_same_file_is_encrypted_differently_each_time(store: EvidenceStore, paper: Callable[[int], Path]) -> None:
    assert store.add(paper(10), OWNER).sha256 != store.add(paper(10), OWNER).sha256


def test_the_same_paper_about_nobody_is_kept_once(store: EvidenceStore, paper: Callable[[int], Path]) -> None:
    source = paper(10)
    assert store.add(source, None) == store.add(source, None)
    assert len(list(store.files())) == 1


HEAD, PIECE = 12, CHUNK + 16


def cut(stored: bytes) -> list[bytes]:
    """Return the head and the chunks of an encrypted file."""
    return [stored[:HEAD], *(stored[start : start + PIECE] for start in range(HEAD, len(stored), PIECE))]


def forged(store: EvidenceStore, stored: bytes) -> Evidence:
    """Put bytes into the store under their own hash, as somebody would who changes the file and the name with it."""
    sha = hashlib.sha256(stored).hexdigest()
    store.path(sha).parent.mkdir(parents=True, exist_ok=True)
    store.path(sha).write_bytes(stored)
    return Evidence(sha256=sha, size=len(stored), media_type="application/pdf", owner=OWNER)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: [*parts[:-1]],  # the last chunk is gone
        lambda parts: [*parts[:2]],
        lambda parts: [parts[0]],
        lambda parts: [],
        lambda parts: [parts[0], *parts[2:]],  # the first is gone
        lambda parts: [parts[0], parts[2], parts[1], *parts[3:]],  # two change places
        lambda parts: [parts[0], parts[1], parts[1], *parts[2:]],  # one twice
        lambda parts: [*parts, parts[-1]],
        lambda parts: [*parts, b"x"],
        lambda parts: [parts[0], *parts[1:-1], parts[-1][:-1]],
        lambda parts: [b"GE2\0" + parts[0][4:], *parts[1:]],
        lambda parts: [parts[0][:4] + bytes(8), *parts[1:]],
        lambda parts: [parts[0][:7]],
        *(
            lambda parts, place=place: [flipped(b"".join(parts), place)]
            for place in (4, 12, 12 + PIECE - 1, 12 + PIECE, -1)
        ),
    ],
)
def test_an_encrypted_file_that_was_cut_mixed_or_changed_does_not_open(
    store: EvidenceStore, paper: Callable[[int], Path], change: Callable[[list[bytes]], list[bytes]]
) -> None:
    kept = store.add(paper(3 * CHUNK + 5), OWNER)
    changed = b"".join(change(cut(store.path(kept.sha256).read_bytes())))
    with pytest.raises(DamagedError, match="đã bị sửa"):
        b"".join(store.read(forged(store, changed)))


def flipped(stored: bytes, place: int) -> bytes:
    """Return bytes with one bit changed."""
    changed = bytearray(stored)
    changed[place] ^= 1
    return bytes(changed)


def test_a_chunk_of_another_file_of_the_same_person_does_not_fit(
    store: EvidenceStore, paper: Callable[[int], Path]
) -> None:
    one, other = (cut(store.path(store.add(paper(2 * CHUNK), OWNER).sha256).read_bytes()) for _ in range(2))
    with pytest.raises(DamagedError, match="đã bị sửa"):
        b"".join(store.read(forged(store, b"".join([one[0], other[1], one[2]]))))


def test_every_altered_or_missing_file_has_its_fault(store: EvidenceStore, paper: Callable[[int], Path]) -> None:
    for owner in (OWNER, None):
        kept = store.add(paper(100), owner)
        path = store.path(kept.sha256)
        path.write_bytes(path.read_bytes() + b"x")
        assert store.fault(kept) == "altered"
        path.unlink()
        assert store.fault(kept) == "missing"
        with pytest.raises(DamagedError, match="thiếu tệp"):
            b"".join(store.read(kept))
        path.mkdir()
        assert store.fault(kept) == "unreadable"
        with pytest.raises(DamagedError, match="không đọc được tệp"):
            b"".join(store.read(kept))
        path.rmdir()
        path.symlink_to(path)
        assert store.fault(kept) == "unreadable"
        path.unlink()


@pytest.mark.parametrize("name", ["../../keys.db", "/etc/passwd", "..", "", "a" * 63, "A" * 64, "\0" * 64, "x" * 5000])
def test_a_hash_that_is_none_names_no_file_outside_the_folder(store: EvidenceStore, name: str) -> None:
    assert store.folder.resolve() in store.path(name).resolve().parents
    claimed = Evidence(sha256=name, size=1, media_type="text/plain")
    assert store.fault(claimed) == "missing"
    with pytest.raises(DamagedError, match="thiếu tệp"):
        b"".join(store.read(claimed))


def test_without_the_key_a_file_neither_opens_nor_is_taken_in(
    store: EvidenceStore, vault: Vault, paper: Callable[[int], Path]
) -> None:
    kept = store.add(paper(10), OWNER)
    vault.destroy(OWNER)
    with pytest.raises(DamagedError, match="không còn khóa"):
        b"".join(store.read(kept))
    with pytest.raises(DamagedError, match="không còn khóa"):
        store.add(paper(10), OWNER)
    assert store.fault(kept) == ""


def test_a_source_that_cannot_be_read_is_told_and_leaves_nothing(store: EvidenceStore, tmp_path: Path) -> None:
    for source in (tmp_path, tmp_path / "khong-co"):
        with pytest.raises(GuongError, match="không đọc hoặc lưu được tệp"):
            store.add(source, None)
    assert not list(store.files())


def test_others_of_the_house_can_read_what_the_umask_lets_them(
    store: EvidenceStore, paper: Callable[[int], Path]
) -> None:
    before = os.umask(0o022)
    try:
        kept = store.add(paper(10), None)
    finally:
        os.umask(before)
    assert stat.S_IMODE(store.path(kept.sha256).stat().st_mode) == 0o644


PAPER = {"kind": "Biên bản", "number": "9", "date": "2024-06-01", "issuer": "UBND xã"}


def supported(book: Book, **more: Any) -> dict[str, Any]:
    """Return a row about the first exemplar of the sample year."""
    exemplar = book.view.exemplars()[0].id
    return {
        "step": "supported",
        "exemplar": exemplar,
        "kind": "visit",
        "what": "thăm",
        "occurred_on": "2024-06-01",
        "by": "noi-vu-01",
        **more,
    }


def test_a_paper_about_somebody_is_encrypted_and_one_about_nobody_is_not(sample: Book, tmp_path: Path) -> None:
    text = b"Bi\xc3\xaan b\xe1\xba\xa3n co ten nguoi " * 10
    (tmp_path / "bb.txt").write_bytes(text)
    order = Order(folder=tmp_path)
    about = sample.record(supported(sample, papers=[{**PAPER, "file": "bb.txt"}], evidence=["bb.txt"]), order)
    unit = {"step": "unit_registered", "key": "to-1", "name": "Tổ 1", "occurred_on": "2024-06-01", "by": "noi-vu-01"}
    nobody = sample.record({**unit, "papers": [{**PAPER, "file": "bb.txt"}]}, order)
    entries = {one.position: one.entry for one in sample.log.all(about.position - 1)}
    secret, plain = entries[about.position], entries[nobody.position]
    assert secret is not None
    assert plain is not None
    assert len(secret.evidence) == 2
    for kept in secret.evidence:
        assert kept.owner == sample.view.exemplars()[0].subject
        assert text not in sample.evidence.path(kept.sha256).read_bytes()
        assert b"".join(sample.evidence.read(kept)) == text
    assert secret.basis[0].file == secret.evidence[0].sha256
    (kept,) = plain.evidence
    assert kept.owner is None
    assert sample.evidence.path(kept.sha256).read_bytes() == text
    assert "bb.txt" not in str(secret)
    assert plain.captions == {"files": {kept.sha256: "bb.txt"}}


def test_check_finds_every_missing_altered_and_loose_file_and_goes_on(sample: Book) -> None:
    assert list(check(sample)) == []
    kept = [(one.position, file) for one in sample.log.all() if one.entry for file in one.entry.evidence]
    (at_missing, missing), (at_altered, altered), (at_folder, folder) = kept[0], kept[1], kept[2]
    sample.evidence.path(missing.sha256).unlink()
    path = sample.evidence.path(altered.sha256)
    path.write_bytes(flipped(path.read_bytes(), 20))
    sample.evidence.path(folder.sha256).unlink()
    sample.evidence.path(folder.sha256).mkdir()
    (sample.evidence.folder / "new-abc").write_bytes(b"half")
    (sample.evidence.folder / "zz").mkdir()
    faults = [(fault.kind, fault.position, fault.serious) for fault in check(sample)]
    assert faults == [
        ("file-missing", at_missing, True), ("file-altered", at_altered, True), ("file-unreadable", at_folder, True),
        ("file-loose", 0, False),
    ]  # fmt: skip


def test_a_book_without_its_evidence_folder_still_reads(sample: Book) -> None:
    shutil.rmtree(sample.evidence.folder)
    assert {fault.kind for fault in check(sample)} == {"file-missing"}
    assert sample.view.exemplars()


def test_a_row_whose_file_is_not_there_is_refused_and_nothing_is_kept(sample: Book, tmp_path: Path) -> None:
    before = sorted(sample.evidence.files())
    head = sample.log.head()
    with pytest.raises(RefusedError, match=r"không có tệp khong-co\.pdf"):
        sample.record(supported(sample, papers=[{**PAPER, "file": "khong-co.pdf"}]), Order(folder=tmp_path))
    assert sorted(sample.evidence.files()) == before
    assert sample.log.head() == head
