"""Where a book lies: found as git finds a repository, and what kind of place that is."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from guong.errors import BookError, UsageError
from guong.settings import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG, KEYS, VIEW, EVIDENCE, PLUGINS, CONFIG = "log.db", "keys.db", "view.db", "evidence", "plugins", "guong.toml"

_NETWORK = ("nfs", "cifs", "smb", "sshfs", "9p", "afs", "ncp", "fuse.sshfs", "davfs", "fuse.davfs")


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `guong.toml` of a book may hold.

    Attributes:
        log: Where the log lies when it is not `log.db`: an address without password. It is followed only where the
            person at this machine names the same address in `GUONG_LOG`.
        plugins: Folders of plugins, of a package or of a project with `pyproject.toml`, seen from the book's folder. Each
            runs only once the person at this machine has accepted it.
    """

    log: str = ""
    plugins: tuple[str, ...] = ()


def config(folder: Path) -> Config:
    """Return the settings of the book in `folder`.

    Raises:
        UsageError: the file is not TOML or holds something unknown; the message names the file and the key.
    """
    whole: Config = read_toml(folder / CONFIG, Config)
    return whole


def log_address(folder: Path) -> str:
    """Return the address of a log on a server, with password; empty for a log in the book's own folder.

    Raises:
        UsageError: the book names a server that this person has not named himself.
    """
    named = "" if (folder / LOG).is_file() else config(folder).log
    if not named:
        return ""
    from guong.log.postgres import Address  # noqa: PLC0415 - its driver is an extra

    mine = os.environ.get("GUONG_LOG", "")
    if not mine or Address.parse(mine).public != named:
        raise UsageError(
            f"sổ này để nhật ký ở {named}", "nếu đúng là máy chủ của bạn, đặt GUONG_LOG bằng địa chỉ đó kèm mật khẩu"
        )
    return mine


def is_book(folder: Path) -> bool:
    """Tell whether a book lies in `folder`."""
    return (folder / LOG).is_file() or ((folder / CONFIG).is_file() and bool(config(folder).log))


def find(given: str | None) -> Path:
    """Return the folder of the book: the one given (`-C` or `GUONG_BOOK`), or the first one upwards from here.

    Raises:
        BookError: there is no book there.
    """
    if given:
        folder = Path(given)
        if not is_book(folder):
            raise BookError(
                f"{folder} không phải là một cuốn sổ (không có {LOG})", "guong init hoặc guong demo lập một sổ mới"
            )
        return folder
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file() and is_book(folder):
            return folder
    raise BookError(
        "không thấy cuốn sổ nào từ thư mục này trở lên",
        "chỉ ra bằng -C THƯ_MỤC hoặc GUONG_BOOK, hay lập sổ: guong demo so-mau",
    )


def refuse_taken(folder: Path) -> None:
    """Refuse to put something new where something is already.

    Raises:
        BookError: `folder` is a file, or a folder that is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BookError(f"{folder} đã có và không trống", "chọn một thư mục mới")


@contextmanager
def made_aside(folder: Path, *, keep: bool) -> Iterator[Path]:
    """Give a place beside a new folder to make it in; it becomes the folder only when all went well and `keep` is set.

    Raises:
        BookError: `folder` is taken.
    """
    refuse_taken(folder)
    parent = folder.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    import tempfile  # noqa: PLC0415 - rarely needed

    with tempfile.TemporaryDirectory(dir=parent, prefix=".guong-") as aside:
        made = Path(aside) / folder.name
        yield made
        if keep:
            if folder.exists():
                folder.rmdir()
            made.rename(folder)


def writable(folder: Path) -> bool:
    """Tell whether the book in `folder` can be written to by this person."""
    log = folder / LOG
    return os.access(folder, os.W_OK) and (os.access(log, os.W_OK) or not log.exists())


def on_network(folder: Path) -> bool:
    """Tell whether `folder` lies on a network drive, where several machines cannot safely share one database file."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        remote = 4
        return bool(
            str(folder.resolve()).startswith("\\\\")
            or ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().drive + "\\") == remote
        )
    return _mount_kind(folder) in _NETWORK


def _mount_kind(folder: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return ""
    best, kind = "", ""
    whole = folder.resolve().as_posix() + "/"
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        point = parts[1].replace("\\040", " ").rstrip("/") + "/"
        if whole.startswith(point) and len(point) > len(best):
            best, kind = point, parts[2]
    return kind
