"""Strict reading of the TOML files that plugins bring: everything that does not fit, with its place, in Vietnamese.

What a file may say is what the struct declares. The structs themselves stay open, since a copy in a log may have been
written by a newer version; only what somebody has just typed is held to the letter.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import inspect

from guong.domain.declarations import FieldDeclaration, PlanDeclaration
from guong.domain.law import LawDeclaration
from guong.errors import PluginError
from guong.forms import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

T = TypeVar("T")

_SAID = 5
"""Faults that are told at once; of the others only how many."""

_FILLED: dict[type[Any], tuple[str, ...]] = {
    FieldDeclaration: ("forms", "rules", "plugin", "version"),
    LawDeclaration: ("rules", "plugin", "version"),
    PlanDeclaration: ("plugin", "version"),
}
"""Attributes of declarations that come from the plugin's code: no file may set them."""

_NAMES = {"criteria": "id", "fields": "field", "quotas": "key", "deadlines": "key", "duties": "id", "units": "key",
          "texts": "key"}  # fmt: skip
"""Lists of a declaration to what tells their items apart."""


def read(path: Path, kind: type[T]) -> T:
    """Return a TOML file as the struct `kind`.

    Args:
        path: The file, UTF-8.
        kind: A struct.

    Raises:
        PluginError: the file cannot be read or says something that does not fit; the message names the file, and the
            line or the table and key of each fault.
    """
    data = _load(path)
    found = list(_struct(data, inspect.type_info(kind), ""))
    if found:
        more = f" (và {len(found) - _SAID} lỗi khác)" if len(found) > _SAID else ""
        raise PluginError(f"{path.name}: {'; '.join(found[:_SAID])}{more}")
    return msgspec.convert(data, kind)


def repeated(declaration: Any) -> list[str]:
    """Return what is said of every two items of one list of a declaration that go by one name."""
    said = []
    for part, name in _NAMES.items():
        listed = getattr(declaration, part, ())
        seen: dict[str, int] = {}
        for number, item in enumerate(listed if isinstance(listed, tuple) else (), start=1):
            key = getattr(item, name)
            if key in seen:
                said.append(f"{part} thứ {seen[key]} và thứ {number} cùng có {name} = {key}; mỗi mục một {name} riêng")
            seen.setdefault(key, number)
    return said


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise PluginError(f"{path.name}: không đọc được ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise PluginError(f"{path.name}: không phải UTF-8 ở byte thứ {error.start + 1}") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        where = f"dòng {place[1]}, cột {place[2]}" if place and place[1] else "cuối tệp"
        said = str(error).partition(" (at ")[0]
        raise PluginError(f"{path.name}: {where}: không đúng cú pháp TOML ({said})") from error


def _struct(data: Any, kind: Any, place: str) -> Iterator[str]:
    if not isinstance(data, dict):
        yield f"{place}: phải là một bảng, không phải {_what(data)}"
        return
    asked = {one.name: one for one in kind.fields if one.name not in _FILLED.get(kind.cls, ())}
    at = f"{place}: " if place else ""
    for key in data:
        if key not in asked:
            near = nearest(key, asked)
            yield f"{at}không có khóa {key}; " + (f"có phải là {near}?" if near else f"các khóa: {', '.join(asked)}")
    for key, field in asked.items():
        if key in data:
            yield from _value(data[key], field.type, f"{place}.{key}" if place else key)
        elif field.required:
            yield f"{at}còn thiếu khóa {key}"


def _value(data: Any, kind: Any, place: str) -> Iterator[str]:
    if isinstance(kind, inspect.StructType):
        yield from _struct(data, kind, place)
    elif isinstance(kind, inspect.VarTupleType):
        if not isinstance(data, list):
            yield f"{place}: phải là một danh sách [...], không phải {_what(data)}"
            return
        for number, item in enumerate(data, start=1):
            yield from _value(item, kind.item_type, f"{place} thứ {number}{_named(item)}")
    elif isinstance(kind, inspect.DictType):
        if not isinstance(data, dict):
            yield f"{place}: phải là một bảng, không phải {_what(data)}"
            return
        for key, item in data.items():
            yield from _value(item, kind.value_type, f"{place}.{key}")
    elif not _fits(data, kind):
        yield f"{place}: phải là {_wanted(kind)}, không phải {_what(data)}"


def _named(item: Any) -> str:
    """Return the name of a list's item in brackets, where it has one: it is easier to find than a number."""
    name = next((item[key] for key in ("id", "key", "code", "field", "unit", "step") if key in item), "") if isinstance(
        item, dict
    ) else ""  # fmt: skip
    return f" ({name})" if isinstance(name, str) and name else ""


_WORDS: dict[type[Any], str] = {inspect.StrType: "chữ trong ngoặc kép", inspect.IntType: "số nguyên", inspect.FloatType: "số",
          inspect.BoolType: "true hoặc false"}  # fmt: skip


def _wanted(kind: Any) -> str:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return " hoặc ".join(_WORDS[type(one)] for one in kinds if type(one) in _WORDS)


def _fits(data: Any, kind: Any) -> bool:
    try:
        msgspec.convert(data, _PLAIN.get(type(kind), Any))
    except msgspec.ValidationError:
        return isinstance(kind, inspect.UnionType) and any(_fits(data, one) for one in kind.types)
    return not isinstance(kind, inspect.UnionType) or any(_fits(data, one) for one in kind.types)


_PLAIN: dict[type[Any], Any] = {inspect.StrType: str, inspect.IntType: int, inspect.FloatType: float, inspect.BoolType: bool,
                                inspect.NoneType: None}  # fmt: skip


def _what(data: Any) -> str:
    if isinstance(data, dict):
        return "một bảng"
    if isinstance(data, list):
        return "một danh sách"
    return (
        ("true" if data else "false") if isinstance(data, bool) else f"{data!r}" if isinstance(data, str) else f"{data}"
    )
