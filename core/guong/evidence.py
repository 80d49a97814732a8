"""Evidence files, kept under the hash of their stored bytes; a file about a person is encrypted with his key.

Encrypted form: `GE1\\0`, 8 random bytes, then chunks of 64 KiB, each AES-256-GCM with those 8 bytes and the chunk's number
as nonce; the last chunk is marked as such, so that a file cut short does not open.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING

from guong.domain.entry import Evidence
from guong.errors import DamagedError, GuongError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from guong.vault import Vault

_MAGIC, _CHUNK, _TAG = b"GE1\0", 64 * 1024, 16


class EvidenceStore:
    """The evidence folder of a book."""

    def __init__(self, folder: Path, vault: Vault, random: Callable[[int], bytes]) -> None:
        self.folder, self._vault, self._random = folder, vault, random

    def path(self, sha256: str) -> Path:
        """Return where a file is kept; a log may claim any hash, and what is none names no file outside the folder."""
        name = sha256 if re.fullmatch("[0-9a-f]{64}", sha256) else hashlib.sha256(sha256.encode()).hexdigest()
        return self.folder / name[:2] / name

    def add(self, source: Path, owner: str | None) -> Evidence:
        """Copy a file in, encrypted when it is about `owner`; it is on the disk when this returns.

        Raises:
            GuongError: the source cannot be read.
        """
        cipher = self._vault.cipher(owner) if owner else None
        if owner and cipher is None:
            raise DamagedError(f"không còn khóa của {owner[:8]}", "lấy lại keys.db")
        try:
            with source.open("rb") as file:
                pieces = _pieces(file.read)
                sha, size = self._write(
                    _encrypt(pieces, cipher, self._random(8)) if cipher else (piece for piece, _ in pieces)
                )
        except OSError as error:
            raise GuongError(
                f"không đọc hoặc lưu được tệp {source} ({error.strerror})", "xem lại đường dẫn, quyền đọc và chỗ trống"
            ) from error
        return Evidence(sha256=sha, size=size, media_type=_media_type(source), owner=owner)

    def _write(self, pieces: Iterator[bytes]) -> tuple[str, int]:
        self.folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        new = self.folder / f"new-{secrets.token_hex(8)}"
        try:
            with new.open("xb") as out:
                for piece in pieces:
                    out.write(piece)
                    digest.update(piece)
                    size += len(piece)
                out.flush()
                os.fsync(out.fileno())
            target = self.path(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        _sync_folder(self.folder)
        return digest.hexdigest(), size

    def read(self, evidence: Evidence) -> Iterator[bytes]:
        """Yield the content of a file, opened.

        Raises:
            DamagedError: it is missing, altered, or its key is gone.
        """
        path = self.path(evidence.sha256)
        cipher = self._vault.cipher(evidence.owner) if evidence.owner else None
        if evidence.owner and cipher is None:
            raise DamagedError(f"không còn khóa để mở tệp {evidence.sha256[:8]}")
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - most commands open no file

        try:
            with path.open("rb") as file:
                yield from _decrypt(file.read, cipher) if cipher else (piece for piece, _ in _pieces(file.read))
        except FileNotFoundError as error:
            raise DamagedError(f"thiếu tệp {evidence.sha256[:8]}", "tìm trong bản sao") from error
        except OSError as error:
            raise DamagedError(
                f"không đọc được tệp {evidence.sha256[:8]} ({error.strerror})", "xem lại quyền đọc"
            ) from error
        except InvalidTag as error:
            raise DamagedError(f"tệp {evidence.sha256[:8]} đã bị sửa", "tìm trong bản sao") from error

    def fault(self, evidence: Evidence) -> str:
        """Return what is wrong with a stored file: `missing`, `altered`, `unreadable` or nothing."""
        path = self.path(evidence.sha256)
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return "missing"
        except OSError:
            return "unreadable"
        return "" if digest == evidence.sha256 else "altered"

    def files(self) -> Iterator[Path]:
        """Yield every file kept, referenced or not."""
        if self.folder.is_dir():
            yield from sorted(path for path in self.folder.rglob("*") if path.is_file())


def _pieces(read: Callable[[int], bytes], size: int = _CHUNK) -> Iterator[tuple[bytes, bool]]:
    """Yield pieces of `size` bytes, each with whether it is the last; an empty file is one empty last piece."""
    piece = read(size)
    while True:
        after = read(size)
        yield piece, not after
        if not after:
            return
        piece = after


def _encrypt(pieces: Iterator[tuple[bytes, bool]], cipher: AESGCM, prefix: bytes) -> Iterator[bytes]:
    yield _MAGIC + prefix
    for number, (piece, last) in enumerate(pieces):
        yield cipher.encrypt(prefix + number.to_bytes(4, "big"), piece, b"evidence/v1\n" + bytes([last]))


def _decrypt(read: Callable[[int], bytes], cipher: AESGCM) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - most commands open no file

    head = read(len(_MAGIC) + 8)
    if len(head) != len(_MAGIC) + 8 or head[:4] != _MAGIC:
        raise InvalidTag
    for number, (piece, last) in enumerate(_pieces(read, _CHUNK + _TAG)):
        yield cipher.decrypt(head[4:] + number.to_bytes(4, "big"), piece, b"evidence/v1\n" + bytes([last]))


def _media_type(path: Path) -> str:
    import mimetypes  # noqa: PLC0415 - only needed where a file comes in

    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut; Windows does so by itself and cannot open folders."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
