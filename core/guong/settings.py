"""The person's own settings on this machine: who acts, which plugins of other people's books he has accepted, and how screens
look and answer to keys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from guong.errors import UsageError


class Screens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How this person wants screens; which themes and actions there are is the affair of what draws them.

    Attributes:
        theme: The name of a theme, empty for the usual one.
        keys: Id of an action to the keys it has instead of its own, separated by commas.
    """

    theme: str = ""
    keys: dict[str, str] = msgspec.field(default_factory=dict)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the settings file may hold.

    Attributes:
        officer: The key of the officer who acts when neither `--by` nor `GUONG_OFFICER` says.
        trusted: Content hashes of plugins in books that this person has accepted, with their key.
        tui: How he wants screens.
    """

    officer: str = ""
    trusted: dict[str, str] = msgspec.field(default_factory=dict)
    tui: Screens = Screens()


def folder() -> Path:
    """Return the folder of this person's settings; `GUONG_HOME` puts it elsewhere."""
    if home := os.environ.get("GUONG_HOME"):
        return Path(home)
    if os.name == "nt":
        return Path(os.environ.get("APPDATA") or Path.home()) / "guong"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "guong"


def cache_folder() -> Path:
    """Return where views of books on read-only media are kept."""
    if home := os.environ.get("GUONG_HOME"):
        return Path(home) / "cache"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "guong" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guong"


def load() -> Settings:
    """Return this person's settings, the defaults when there is no file.

    Raises:
        UsageError: the file is not TOML or holds something unknown; the message names the file and the key.
    """
    mine: Settings = read_toml(folder() / "settings.toml", Settings)
    return mine


def read_toml(path: Path, kind: type[Any]) -> Any:
    """Return a settings file as `kind`, its defaults when there is no file.

    Raises:
        UsageError: the file is not TOML or holds something unknown.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return kind()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: {error}", "sửa hoặc xóa tệp cài đặt này") from error
    if not any(line.strip() and not line.lstrip().startswith("#") for line in lines):
        return kind()
    import tomllib  # noqa: PLC0415 - most people's file is empty

    try:
        return msgspec.convert(tomllib.loads("\n".join(lines)), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{path}: {error}", "sửa hoặc xóa tệp cài đặt này") from error


def save(settings: Settings) -> Path:
    """Write this person's settings and return where."""
    path = folder() / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = {"tui": {"theme": settings.tui.theme}, "tui.keys": settings.tui.keys, "trusted": settings.trusted}
    lines = [f"officer = {_quoted(settings.officer)}"]
    for title, table in tables.items():
        given = [f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items() if value]
        lines += ["", f"[{title}]", *given] if given else []
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
