"""Where a book lies: found as git finds a repository, and what kind of place that is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from guong.errors import BookError

LOG, KEYS, VIEW, EVIDENCE, PLUGINS, CONFIG = "log.db", "keys.db", "view.db", "evidence", "plugins", "guong.toml"

_NETWORK = ("nfs", "cifs", "smb", "sshfs", "9p", "afs", "ncp", "fuse.sshfs", "davfs", "fuse.davfs")


def find(given: str | None) -> Path:
    """Return the folder of the book: the one given (`-C` or `GUONG_BOOK`), or the first one upwards from here.

    Raises:
        BookError: there is no book there.
    """
    if given:
        folder = Path(given)
        if not (folder / LOG).is_file():
            raise BookError(
                f"{folder} không phải là một cuốn sổ (không có {LOG})", "guong init hoặc guong demo lập một sổ mới"
            )
        return folder
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / LOG).is_file() and (folder / CONFIG).is_file():
            return folder
    raise BookError(
        "không thấy cuốn sổ nào từ thư mục này trở lên",
        "chỉ ra bằng -C THƯ_MỤC hoặc GUONG_BOOK, hay lập sổ: guong demo so-mau",
    )


def writable(folder: Path) -> bool:
    """Tell whether the book in `folder` can be written to by this person."""
    return os.access(folder, os.W_OK) and os.access(folder / LOG, os.W_OK)


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
