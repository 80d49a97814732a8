"""What commands print on the sample book, byte for byte. `UPDATE_SNAPSHOTS=1 pytest` writes them anew: then read the difference."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from guong.version import __version__

SNAPSHOTS = Path(__file__).with_name("snapshots")
AWARDED, VOIDED = "Tập thể Nhân dân và cán bộ xã Điềm He", "Ban Chỉ huy Quân sự xã Hòa Bình"

COMMANDS: dict[str, tuple[str, ...]] = {
    "board.txt": ("board",),
    "board.json": ("board", "--json"),
    "board-of-a-field.txt": ("board", "--field", "day-tot-hoc-tot"),
    "board-at-a-day.txt": ("board", "--at", "30/9/2024"),
    "board-happened-by-a-day.txt": ("board", "--happened-by", "30/9/2024"),
    "list.txt": ("list",),
    "list-at-an-entry.txt": ("list", "--at", "#200", "--sort", "stage"),
    "list-happened-by-a-day.json": ("list", "--happened-by", "30/6/2024", "--field", "nong-thon-moi", "--json"),
    "list.json": ("list", "--json"),
    "list-of-a-stage.txt": ("list", "--field", "quoc-phong-an-ninh", "--stage", "introduced"),
    "show-awarded.txt": ("show", AWARDED),
    "show-awarded.json": ("show", AWARDED, "--json"),
    "show-awarded-at-a-day.txt": ("show", AWARDED, "--at", "20/7/2024"),
    "show-awarded-happened-by-a-day.txt": ("show", AWARDED, "--happened-by", "20/7/2024"),
    "history-awarded.txt": ("history", AWARDED),
    "history-awarded.json": ("history", AWARDED, "--json"),
    "diff.txt": ("diff", "30/6/2024", "30/9/2024"),
    "diff.json": ("diff", "#290", "#340", "--field", "nong-thon-moi", "--json"),
    "diff-happened.txt": ("diff", "30/9/2024", "30/11/2024", "--happened", "--field", "quoc-phong-an-ninh"),
    "search.txt": ("search", "nong", "thi", "mau"),
    "search.json": ("search", "hien", "dat", "--limit", "3", "--json"),
    "show-voided.txt": ("show", VOIDED),
    "log.txt": ("log",),
    "log-of-december.jsonl": ("log", "--after", "351", "--json"),
    "log-closed.jsonl": ("log", "--after", "351", "--json", "--closed"),
    "replay.txt": ("replay",),
    "replay.jsonl": ("replay", "--json"),
    "plugins.txt": ("plugins",),
    "plugins.json": ("plugins", "--json"),
    "check.json": ("check", "--json"),
}


@pytest.fixture(scope="module")
def shorts(shelf: Any) -> dict[str, str]:
    """Return the short form of every exemplar by name; of two with one name, the first."""
    return {row["name"]: row["short"] for row in reversed(shelf.on_book("list", "--json").json)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_was_read_and_found_right(shelf: Any, shorts: dict[str, str], name: str) -> None:
    ran = shelf.on_book(*(shorts.get(word, word) for word in COMMANDS[name]), GUONG_PLUGINS=",".join(sorted(_BUNDLED)))
    assert ran.code == 0
    assert str(shelf.folder) not in ran.out
    assert "\x1b" not in ran.out
    printed = ran.out.replace(f"guong {__version__}", "guong VERSION").replace(
        f'"version": "{__version__}"', '"version": "VERSION"'
    )
    path = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(printed, encoding="utf-8", newline="")
    assert printed == path.read_bytes().decode()


_BUNDLED = (
    "van-quan-2024", "luat-tdkt", "hoc-tap-bac", "nong-thon-moi", "doanh-nghiep", "van-hoa-cong-so", "vi-nguoi-ngheo",
    "toan-dan-doan-ket", "quoc-phong-an-ninh", "day-tot-hoc-tot", "y-te", "phat-trien-kinh-te", "lao-dong-gioi", "khoi-nghiep", "phu-nu",
)  # fmt: skip


def test_every_snapshot_belongs_to_a_command_and_none_is_empty() -> None:
    assert sorted(path.name for path in SNAPSHOTS.iterdir()) == sorted(COMMANDS)
    assert all(path.stat().st_size for path in SNAPSHOTS.iterdir())


@pytest.mark.parametrize("name", [name for name in COMMANDS if name.endswith((".json", ".jsonl"))])
def test_json_is_json_with_sorted_keys_and_letters_as_they_are(name: str) -> None:
    text = (SNAPSHOTS / name).read_text(encoding="utf-8")
    values = [json.loads(line) for line in text.splitlines()] if name.endswith(".jsonl") else [json.loads(text)]
    compact = name.endswith(".jsonl")
    again = "".join(
        json.dumps(value, ensure_ascii=False, sort_keys=True, indent=None if compact else 2) + "\n" for value in values
    )
    assert again == text


_LINE = re.compile(
    r"(giao|đề nghị) +ít nhất (\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(?:đạt|(thiếu|còn) (\d+))$", re.MULTILINE
)
_MODE = {"giao": "assigned", "đề nghị": "requested"}


def test_the_words_in_json_and_in_text_tell_the_same_board() -> None:
    rows = json.loads((SNAPSHOTS / "board.json").read_text(encoding="utf-8"))
    lines = _LINE.findall((SNAPSHOTS / "board.txt").read_text(encoding="utf-8"))
    keys = ("needed", "discovered", "reviewed", "honoured", "replicated", "reached", "short")
    assert [[int(word or 0) for word in (*line[1:7], line[8])] for line in lines] == [
        [row[key] for key in keys] for row in rows
    ]
    assert [(_MODE[line[0]], "short" if line[7] else "reached") for line in lines] == [
        (row["mode"], row["verdict"]) for row in rows
    ]
    assert {(line[0], line[7]) for line in lines if line[7]} == {("giao", "thiếu"), ("đề nghị", "còn")}
