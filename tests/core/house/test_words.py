"""The core knows no place, no office, no law and no field: these are words that plugins bring."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CORE = ROOT / "core" / "guong"

PLACES = ("Văn Quan", "Lạng Sơn", "Điềm He", "Yên Phúc", "Việt Nam")
OFFICES = (
    "UBND",
    "HĐND",
    "UBMTTQ",
    "MTTQ",
    "Ủy ban",
    "Uỷ ban",
    "Hội đồng nhân dân",
    "Mặt trận",
    "Công an",
    "Quân sự",
    "Phòng Nội vụ",
    "Nội vụ",
    "Huyện ủy",
    "Huyện đoàn",
    "Hội Nông dân",
    "Hội Phụ nữ",
    "Phòng Giáo dục",
    "Đảng",
    "Chủ tịch",
)
TIERS = ("huyện", "tỉnh", "xã", "phường", "thị trấn", "thị xã", "quận", "thôn", "tổ dân phố")
NAMED = re.compile(r"\b(?:Sở|Bộ|Phòng|Ban|Cục|Chi cục) (?!quy tắc)[A-ZĐÂĂÊÔƠƯ]\w*")
"""An office by its name; in small letters these words have other uses (`cán bộ`, `cơ sở`)."""
LAWS = ("Luật", "Nghị định", "Thông tư", "Nghị quyết", "TĐKT", "Giấy khen", "Bằng khen", "Huân chương", "Huy chương")
FIELDS = (
    "nông thôn",
    "quốc phòng",
    "an ninh",
    "y tế",
    "khởi nghiệp",
    "phụ nữ",
    "giáo dục",
    "học sinh",
    "doanh nghiệp",
    "công sở",
    "người nghèo",
)
NOT_THESE = re.compile(
    r"xã hội"  # society, not a commune
    r"|kỷ luật"  # discipline, not a law
)
"""Words that only look like one of those above."""


@cache
def brought() -> tuple[str, ...]:
    """Return every key and name that the bundled plans and fields bring, as words of their own."""
    words: set[str] = set()
    for path in sorted((ROOT / "plugins").glob("*/plan.toml")):
        whole: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        words |= {whole["plan"]["key"]} | {one["field"] for one in whole["plan"]["fields"]}
        words |= {word for unit in whole["units"] for word in (unit["key"], unit["name"])}
        words |= {duty.get("id", "") for duty in whole["plan"].get("duties", ())} | {
            one["key"] for one in whole["plan"].get("quotas", ())
        }
    for path in sorted((ROOT / "plugins").glob("*/field.toml")):
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
        words |= {whole["key"]} | {one["id"] for one in whole["criteria"]}
    rows = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins").glob("*/sample/*.jsonl"))
    words |= set(re.findall(r'"by": "([a-z0-9-]+)"', rows))
    return tuple(sorted(word for word in words if len(word) > 3))


def said(words: tuple[str, ...], text: str) -> list[str]:
    """Return the words that stand in a text as whole words, also as part of a hyphenated key only when they are the key."""
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?![\w-])", re.IGNORECASE
    )
    return pattern.findall(NOT_THESE.sub("", text))


SOURCES = sorted(path for path in CORE.rglob("*") if path.is_file() and path.suffix in (".py", ".toml", ".sql", ".po"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(CORE).as_posix())
def test_no_word_of_a_place_an_office_a_law_or_a_field_stands_in_the_core(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert said((*PLACES, *OFFICES, *LAWS, *FIELDS), text) == []
    assert NAMED.findall(text) == []
    assert said(TIERS, text) == []
    assert said(brought(), text) == []


def test_the_search_finds_what_it_looks_for() -> None:
    assert said(TIERS, "một xã, cấp HUYỆN và tỉnh") == ["xã", "HUYỆN", "tỉnh"]
    assert said(TIERS, "việc xảy ra trong xã hội; xa-diem-he") == []
    assert said(brought(), "như noi-vu-01 của van-quan-2024; noi-vu-011") == ["noi-vu-01", "van-quan-2024"]
    assert {"nong-thon-moi", "phong-noi-vu", "b.tt.01", "xã Điềm He"} <= set(brought())
    assert NAMED.findall("cán bộ ở cơ sở; Sở Y tế, Phòng Nội vụ, Bộ quy tắc") == ["Sở Y", "Phòng Nội"]
    assert len(SOURCES) > 50
