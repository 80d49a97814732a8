"""Writes the package of a new field: the files of this folder, their blanks filled in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from guong.domain.subject import KINDS
from guong.errors import UsageError
from guong.forms import nearest
from guong.places import made_aside
from guong.text import clean, slug
from guong.version import __version__

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 40
"""Characters of a key: it stands in tables and in names of files."""

_HERE = Path(__file__).parent
_BARE = {
    "pyproject.toml": "pyproject.toml.tmpl",
    "{module}/__init__.py": "module/bare.py.tmpl",
    "{module}/field.toml": "module/field.toml.tmpl",
    "{module}/form.py": "module/form.py.tmpl",
    "tests/test_field.py": "tests/bare.py.tmpl",
}
_WHOLE = {
    **_BARE,
    "README.md": "README.md.tmpl",
    "{module}/__init__.py": "module/__init__.py.tmpl",
    "{module}/rules.py": "module/rules.py.tmpl",
    "tests/test_field.py": "tests/test_field.py.tmpl",
}
"""File of the package to the template it is made from."""


def files(
    key: str, title: str, *, campaign: str = "", letter: str = "", kinds: Sequence[str] = (), bare: bool = False
) -> dict[str, str]:
    """Return the package of a field as text by path.

    Args:
        key: The field's key.
        title, campaign, letter: As in `field.toml`; empty ones are left out.
        kinds: Kinds of subjects; empty for all but models.
        bare: Whether to leave out the rules and the README.

    Raises:
        UsageError: the key, a text or a kind cannot be used; the message says what can.
    """
    _fits(key, title, kinds)
    texts = {name: _plain(name, text) for name, text in (("title", title), ("campaign", campaign), ("letter", letter))}
    optional = "".join(f"{name} = {_toml(texts[name])}\n" for name in ("campaign", "letter") if texts[name])
    module = f"guong_{key.replace('-', '_')}"
    major, minor = __version__.split(".")[:2]
    blanks = {
        "key": key, "module": module, "title": texts["title"], "title_toml": _toml(texts["title"]), "optional": optional,
        "quoted": texts["title"].replace("\\", "\\\\").replace('"', '\\"'),
        "kinds": ", ".join(_toml(kind) for kind in kinds or ("person", "household", "collective")),
        "source": _toml(texts["campaign"] or texts["title"]), "needs": f"guong>={major}.{minor},<{int(major) + 1}",
    }  # fmt: skip
    return {
        path.format(module=module): Template((_HERE / name).read_text(encoding="utf-8")).substitute(blanks)
        for path, name in (_BARE if bare else _WHOLE).items()
    }


def write(folder: Path, package: dict[str, str]) -> None:
    """Write a package into a new or empty folder.

    Raises:
        BookError: there is something already.
    """
    with made_aside(folder, keep=True) as aside:
        for name, text in package.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def refuse_known(key: str, known: Collection[str]) -> None:
    """Refuse a key that a plugin on this machine has already.

    Raises:
        UsageError: it names the key.
    """
    if key in known:
        raise UsageError(f"mã {key} đã có plugin nhận", "đặt mã khác: hai plugin cùng mã thì cả hai đều bị từ chối")


def _fits(key: str, title: str, kinds: Sequence[str]) -> None:
    if not KEY.fullmatch(key) or len(key) > _LONGEST:
        named = (slug(text)[:_LONGEST].strip("-") for text in (key, title))
        near = next((name for name in named if KEY.fullmatch(name)), "")
        raise UsageError(
            f"mã {key} không dùng được: chữ thường không dấu, số, gạch nối, bắt đầu bằng chữ, không quá {_LONGEST} ký tự",
            f"có thể là {near}" if near else "viết như linh-vuc-a",
        )
    for kind in kinds:
        if kind not in KINDS:
            near = nearest(kind, KINDS)
            known = ", ".join(f"{one} ({words})" for one, words in KINDS.items())
            raise UsageError(f"--kind: không có loại {kind}", f"có phải là {near}?" if near else f"các loại: {known}")


def _plain(name: str, text: str) -> str:
    plain, fault = clean(text)
    if fault or "\n" in plain or (name == "title" and not plain):
        raise UsageError(f"--{name}: {fault or 'phải là một dòng chữ'}", "gõ lại trên một dòng")
    return plain


def _toml(text: str) -> str:
    """Return a text as a TOML basic string, which any JSON string is."""
    return json.dumps(text, ensure_ascii=False)
