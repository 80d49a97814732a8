"""A key for every person the book speaks of, in a file of its own: destroy the key, and what was sealed is gone.

`keys.db` never uses a write-ahead log and overwrites what it deletes, so that a destroyed key is in no file of the book.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from guong.errors import DamagedError
from guong.log.faults import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY, _NONCE, _BLOCK = 32, 12, 64
_AT_ONCE = 500
"""Keys that one statement asks for."""
_ADVICE = "lấy lại keys.db từ nơi để khóa"


def commitment(key: bytes) -> str:
    """Return what the log keeps of a key: nobody can later present another one under which a text reads differently."""
    return hashlib.sha256(b"dek-commit/v1\n" + key).hexdigest()


class Vault:
    """The keys of one book.

    Args:
        path: `keys.db`; it need not exist, then everything sealed stays closed.
        random: Where randomness comes from, bytes by count.
        readonly: Whether the file must not be touched.
    """

    def __init__(self, path: Path, random: Callable[[int], bytes], *, readonly: bool = False) -> None:
        self._path, self._random, self._readonly = path, random, readonly
        self._db: sqlite3.Connection | None = None
        self._ciphers: dict[str, AESGCM] = {}
        self._fresh: dict[str, bytes] = {}

    def _connect(self, *, create: bool = False) -> sqlite3.Connection | None:
        if self._db is None and (create or self._path.exists()):
            mode = "mode=ro&immutable=1" if self._readonly else "mode=rw"
            if create:
                self._path.touch(mode=0o600)  # nobody else's business, whatever the umask says
            self._db = sqlite3.connect(f"{self._path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
            if not self._readonly:
                self._db.execute("PRAGMA journal_mode=DELETE")
                self._db.execute("PRAGMA secure_delete=ON")
                self._db.execute("PRAGMA synchronous=FULL")
                self._db.execute(
                    "CREATE TABLE IF NOT EXISTS dek (owner TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID"
                )
        return self._db

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Let what goes wrong with the key file be told as such."""
        try:
            with told():
                yield
        except DamagedError as error:
            raise DamagedError(f"tệp khóa {self._path.name} bị hỏng ({error.__cause__})", _ADVICE) from error

    def create(self, owner: str) -> str:
        """Make a key for `owner`, an id, and return its commitment; it is stored by `flush`, forgotten by `drop`.

        A key that is there already stays: it was stored for a step that was cut off before it was appended.
        """
        known = self.key(owner)
        if known is not None:
            return commitment(known)
        key = self._random(_KEY)
        self._fresh[owner] = key
        self._ciphers[owner] = _cipher(key)
        return commitment(key)

    def flush(self) -> None:
        """Store the keys made since the last time; they are on the disk before anything sealed with them is."""
        if self._fresh:
            db = self._connect(create=True)
            assert db is not None  # noqa: S101 - create=True always connects; this is for the type checker
            try:
                db.execute("BEGIN IMMEDIATE")
                db.executemany("INSERT INTO dek VALUES (?,?)", self._fresh.items())
                db.execute("COMMIT")
            except sqlite3.Error:
                db.rollback()
                raise
            self._fresh.clear()

    def drop(self) -> None:
        """Forget the keys that were made and not stored."""
        for owner in self._fresh:
            del self._ciphers[owner]
        self._fresh.clear()

    def key(self, owner: str) -> bytes | None:
        """Return the key of `owner`, None when it is not here."""
        if owner in self._fresh:
            return self._fresh[owner]
        with self._named():
            db = self._connect()
            row = db.execute("SELECT key FROM dek WHERE owner=?", [owner]).fetchone() if db else None
        return row[0] if row else None

    def owners(self) -> set[str]:
        """Return the ids that have a key here."""
        with self._named():
            db = self._connect()
            return {row[0] for row in db.execute("SELECT owner FROM dek")} if db else set()

    def cipher(self, owner: str) -> AESGCM | None:
        """Return the cipher of `owner`, None when there is no key."""
        if owner not in self._ciphers:
            key = self.key(owner)
            if key is None:
                return None
            if not isinstance(key, bytes) or len(key) != _KEY:
                raise DamagedError(f"khóa của {owner[:8]} bị hỏng", _ADVICE)
            self._ciphers[owner] = _cipher(key)
        return self._ciphers[owner]

    def seal(self, owner: str, answers: dict[str, Any]) -> str:
        """Return `answers` encrypted under the key of `owner`, padded so that their length tells little.

        Raises:
            DamagedError: there is no key; a text about somebody is never stored in clear instead.
        """
        cipher = self.cipher(owner)
        if cipher is None:
            raise DamagedError(f"không còn khóa của {owner[:8]}", "lấy lại keys.db, hoặc dữ liệu cá nhân đã bị xóa")
        text = msgspec.json.encode(answers)
        text += b" " * (-len(text) % _BLOCK)
        nonce = self._random(_NONCE)
        return base64.b64encode(nonce + cipher.encrypt(nonce, text, _aad(owner))).decode()

    def open(self, owner: str, sealed: str, committed: str = "") -> dict[str, Any] | None:
        """Return what was sealed, corrections laid over it; None when the key is not here.

        Args:
            owner: Whose key.
            sealed: One ciphertext, or several with dots between.
            committed: What the log keeps of the key, to be sure that it is still the same one.

        Raises:
            DamagedError: the key does not fit, or the ciphertext was altered.
        """
        cipher = self.cipher(owner)
        if cipher is None or not sealed:
            return None
        if committed and commitment(self.key(owner) or b"") != committed:
            raise DamagedError(f"khóa của {owner[:8]} không phải là khóa đã cam kết trong sổ", "lấy lại keys.db")
        return self._unsealed(cipher, owner, sealed)

    def _unsealed(self, cipher: AESGCM, owner: str, sealed: str) -> dict[str, Any]:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - many commands open nothing

        whole: dict[str, Any] = {}
        for part in sealed.split("."):
            try:
                blob = base64.b64decode(part, validate=True)
                answers = msgspec.json.decode(cipher.decrypt(blob[:_NONCE], blob[_NONCE:], _aad(owner)))
            except (InvalidTag, ValueError, msgspec.DecodeError) as error:
                raise DamagedError(
                    f"phần niêm phong của {owner[:8]} bị hỏng hoặc sai khóa", "guong check cho biết thêm"
                ) from error
            for name, value in answers.items():
                whole[name] = {**whole.get(name, {}), **value} if isinstance(value, dict) else value
        return whole

    def open_all(self, sealed: Sequence[tuple[str, str]]) -> list[dict[str, Any] | None]:
        """Return what was sealed, (owner, ciphertext) each; None for what cannot be opened, for whatever reason.

        No cipher is kept in memory for it, however many there are.
        """
        keys: dict[str, bytes] = {}
        owners = list({owner for owner, _ in sealed} - self._ciphers.keys())
        with self._named():
            db = self._connect()
            for start in range(0, len(owners) if db else 0, _AT_ONCE):
                some = owners[start : start + _AT_ONCE]
                assert db is not None  # noqa: S101 - the range is empty without one; this is for the type checker
                keys.update(
                    db.execute(f"SELECT owner, key FROM dek WHERE owner IN ({','.join('?' * len(some))})", some)
                )
        keys.update(self._fresh)
        ciphers = {owner: _cipher(key) for owner, key in keys.items() if isinstance(key, bytes) and len(key) == _KEY}
        return [self._told(ciphers.get(owner) or self._ciphers.get(owner), owner, text) for owner, text in sealed]

    def _told(self, cipher: AESGCM | None, owner: str, sealed: str) -> dict[str, Any] | None:
        try:
            return self._unsealed(cipher, owner, sealed) if cipher else None
        except DamagedError:
            return None

    def words_key(self, owner: str) -> bytes:
        """Return the key under which the words of the book are hashed, empty where that of `owner` is not here."""
        key = self.key(owner)
        return hashlib.blake2b(key=key, digest_size=32, person=b"guong-search").digest() if key else b""

    def destroy(self, owner: str) -> None:
        """Destroy the key of `owner`: what was sealed under it can never be read again."""
        db = self._connect()
        if db is not None:
            db.execute("DELETE FROM dek WHERE owner=?", [owner])
            db.execute("VACUUM")
        self._ciphers.pop(owner, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - many commands open nothing

    return AESGCM(key)


def _aad(owner: str) -> bytes:
    return b"sealed/v1\n" + owner.encode()
