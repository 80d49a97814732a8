"""Plugins that lie in folders: in the book's own `plugins/`, or where its `guong.toml` says.

Nothing of them runs before the person at this machine has accepted exactly their content, since a book may be somebody
else's. What he accepts is copied to his own folder, and the copy is what runs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import stat
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guong import places, settings
from guong.errors import PluginError, UsageError
from guong.plugins import GROUP, Source
from guong.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

PROJECT = "pyproject.toml"


class Found(NamedTuple):
    """A plugin in a folder.

    Attributes:
        key: Its name.
        path: The module's file, or the package's folder.
        where: What people are told of its place.
        fault: Why it cannot be a plugin at all; empty where it can.
    """

    key: str
    path: Path
    where: str
    fault: str = ""


def sources(book: Path) -> Iterator[Source]:
    """Yield every plugin that the book in this folder has or names; nothing of them is run.

    Raises:
        UsageError: `guong.toml` or the person's own settings cannot be read.
    """
    trusted = settings.load().trusted
    for one in found(book):
        digest, fault = "", one.fault
        try:
            digest = "" if fault else content_hash(one.path)
        except OSError as error:
            fault = _unreadable(error)
        if not fault and digest not in trusted:
            fault = f"nằm trong sổ và chưa được bạn chấp nhận; xem mã rồi: guong plugins trust {one.key}"
        yield Source(one.key, partial(str, one.where), _loader(one.path, digest), fault)


def found(book: Path) -> Iterator[Found]:
    """Yield every plugin in the book's `plugins/`, then every one in a folder that its `guong.toml` names."""
    own = book / places.PLUGINS
    where = "trong sổ: {}".format
    try:
        if own.is_file():
            yield Found(own.name, own, where(own.name), "là một tệp; plugins trong sổ phải là một thư mục")
        for path in sorted(own.iterdir()) if own.is_dir() else ():
            if path.suffix == ".py" or (path / "__init__.py").is_file():
                yield Found(key_of(path.stem), path, where(path.name))
    except OSError as error:
        yield Found(own.name, own, where(own.name), _unreadable(error))
    for named in places.config(book).plugins:
        try:
            yield from _named(book / named, f"thư mục: {named}")
        except OSError as error:
            yield Found(key_of(Path(named).name), book / named, f"thư mục: {named}", _unreadable(error))


def key_of(name: str) -> str:
    """Return the key of a plugin that a module or project of this name brings."""
    plain = name.replace("_", "-")
    return plain.removeprefix(f"{GROUP}-")


def entry_points(project: dict[str, Any]) -> dict[str, str]:
    """Return the plugins of a `pyproject.toml`, key to module."""
    given = project.get("project", {}).get("entry-points", {}).get(GROUP, {})
    return {key: module for key, module in given.items() if isinstance(module, str)}


def _named(path: Path, where: str) -> Iterator[Found]:
    """Yield the plugins of a package's or project's folder, or what is wrong with it."""
    key = key_of(path.name)
    if not path.exists():
        yield Found(key, path, where, "không có ở đó; sửa plugins trong guong.toml")
    elif not path.is_dir():
        yield Found(key, path, where, "là một tệp; nêu thư mục của gói hoặc của dự án plugin")
    elif (path / "__init__.py").is_file():
        yield Found(key, path, where, _loose(path, path))
    elif not (path / PROJECT).is_file():
        yield Found(key, path, where, f"không có __init__.py hay {PROJECT}; nêu thư mục của gói hoặc của dự án plugin")
    else:
        yield from _of_project(path, where)


def _of_project(path: Path, where: str) -> Iterator[Found]:
    import tomllib  # noqa: PLC0415 - few books name a project

    key = key_of(path.name)
    try:
        points = entry_points(tomllib.loads((path / PROJECT).read_text(encoding="utf-8")))
    except ValueError as error:
        yield Found(key, path, where, f"{PROJECT}: không đọc được ({error})")
        return
    if not points:
        yield Found(key, path, where, f'{PROJECT}: không có mục [project.entry-points."{GROUP}"]')
    for point, module in points.items():
        package = find_package(path, module)
        if package is None:
            yield Found(point, path, where, f"{PROJECT} nêu mô-đun {module}, nhưng thư mục không có gói đó")
        else:
            yield Found(point, package, where, _loose(path, package, path / PROJECT))


def _loose(named: Path, package: Path, *beside: Path) -> str:
    """Return why a package that others may change is not taken; empty where only its owner may."""
    if os.name != "posix":
        return ""
    inside = (one for one in package.rglob("*") if "__pycache__" not in one.parts and not one.is_symlink())
    loose = next((one for one in (named, *beside, package, *inside) if one.stat().st_mode & stat.S_IWOTH), None)
    return f"ai trên máy cũng sửa được {loose.name}; chmod -R o-w {named.name}" if loose else ""


def find_package(project: Path, module: str) -> Path | None:
    """Return the folder of a top-level package in a project, `src/` included; None when it is not there."""
    homes = (project / module, project / "src" / module) if module.isidentifier() else ()
    return next((home for home in homes if (home / "__init__.py").is_file()), None)


def _unreadable(error: OSError) -> str:
    return f"không đọc được {Path(str(error.filename or '')).name}: {error.strerror or error}"


def _loader(path: Path, digest: str) -> Callable[[], ModuleType]:
    """Return what imports the accepted copy of a plugin, so that what runs is what was read."""
    copy = _accepted(digest) / path.name

    def load() -> ModuleType:
        if content_hash(copy) != digest:
            raise PluginError("bản đã chấp nhận bị thay đổi; chấp nhận lại")
        name = f"guong_in_book_{digest[:16]}"
        entry = copy / "__init__.py" if copy.is_dir() else copy
        spec = importlib.util.spec_from_file_location(
            name, entry, submodule_search_locations=[str(copy)] if copy.is_dir() else None
        )
        if spec is None or spec.loader is None:
            raise PluginError(f"{copy.name} không phải là mô-đun Python")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        with traced(f"nạp {copy.name} trong sổ"):
            spec.loader.exec_module(module)
        return module

    return load


def _accepted(digest: str) -> Path:
    return settings.folder() / "trusted" / digest


def content_hash(path: Path) -> str:
    """Return the hash of a plugin's file, or of all files of its folder with their names; empty when it is not there.

    Raises:
        OSError: something of it cannot be read.
    """
    if not path.exists():
        return ""
    files = (
        sorted(one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts)
        if path.is_dir()
        else [path]
    )
    digest = hashlib.sha256()
    for file in files:
        name = file.relative_to(path.parent).as_posix().encode()
        digest.update(len(name).to_bytes(4, "big") + name + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def trust(book: Path, key: str) -> str:
    """Accept the plugin `key` that a book has or names as it is now, copy it to this person's own folder, return its hash.

    Raises:
        UsageError: the book has no such plugin.
        PluginError: it cannot be one, or cannot be read.
    """
    known = {one.key: one for one in found(book)}
    one = known.get(key)
    if one is None:
        raise UsageError(
            f"sổ này không mang plugin {key}", f"trong sổ có: {', '.join(sorted(known)) or 'không plugin nào'}"
        )
    if one.fault:
        raise PluginError(f"plugin {key} ({one.where}): {one.fault}")
    try:
        digest = content_hash(one.path)
    except OSError as error:
        raise PluginError(f"plugin {key} ({one.where}): {_unreadable(error)}") from error
    target = _accepted(digest) / one.path.name
    if content_hash(target) != digest:
        shutil.rmtree(target.parent, ignore_errors=True)
        target.parent.mkdir(parents=True)
        if one.path.is_dir():
            shutil.copytree(one.path, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(one.path, target)
    mine = settings.load()
    settings.save(msgspec.structs.replace(mine, trusted={**mine.trusted, digest: key}))
    return digest
