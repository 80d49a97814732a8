"""The picture of the quota board on the first page, drawn from what `guong board` prints."""

from __future__ import annotations

import re
from pathlib import Path

BOARD = Path(__file__).parents[1] / "core" / "cli" / "snapshots" / "board.txt"
CELL, LINE, LEFT, TOP = 7.83, 20, 18.0, 32
"""Width and height of a character in pixels, and where the first one stands."""
STYLE = (
    "text{font:13px 'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace;fill:#24292f;white-space:pre}"
    ".b{font-weight:bold}.r{fill:#b42318}.p{fill:#57606a}"
)


def board() -> str:
    """Return the picture as SVG: every cell a text of its own, at the column where it is printed."""
    lines = BOARD.read_text(encoding="utf-8").splitlines()
    width = round(2 * LEFT + CELL * max(map(len, lines)))
    height = TOP + LINE * (len(lines) + 1)
    drawn = [_text("$ guong -C so-2024 board", 0, TOP, "p")]
    for number, line in enumerate(lines, start=1):
        y = TOP + LINE * number
        if "──" in line:
            drawn += [_rule(found, y) for found in re.finditer("─+", line)]
            continue
        bold = "b" if number <= 2 else ""
        for found in re.finditer(r"\S+(?: \S+)*", line):
            drawn.append(_text(found[0], found.start(), y, bold or ("r" if found[0].startswith("thiếu ") else "")))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="t">',
        '<title id="t">guong board: bảng chỉ tiêu của sổ mẫu năm 2024</title>',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#fbfbfa" stroke="#d0d7de"/>',
        *drawn, "</svg>", "",
    ])  # fmt: skip


def _text(text: str, column: int, y: int, look: str) -> str:
    style = f' class="{look}"' if look else ""
    length = f'textLength="{len(text) * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{LEFT + CELL * column:.1f}" y="{y}" {length}{style}>{text}</text>'


def _rule(found: re.Match[str], y: int) -> str:
    return f'<path d="M{LEFT + CELL * found.start():.1f} {y - 4}h{CELL * len(found[0]):.1f}" stroke="#d0d7de"/>'
