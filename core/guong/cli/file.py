"""`guong file`: papers and evidence, taken out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guong.cli.shared import dump, json_option, note, opened, out

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("file")
@click.argument("entry", metavar="SỐ")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Nơi để; không nêu thì chỉ liệt kê.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, entry: str, folder: Path | None, as_json: bool) -> None:
    """Liệt kê, hoặc lấy ra, văn bản và minh chứng của một mục ghi.

    \b
    Ví dụ:  guong file 97
            guong file 97 -o ra-ngoai
    """
    from guong.errors import GuongError
    from guong.telling import Teller

    with opened(ctx) as book:
        found = book.view.find("entry", entry)
        stored = next(one for one in book.log.stream(found.stream) if one.entry and one.entry.id == found.id)
        if stored.entry is None or not stored.entry.evidence:
            raise GuongError(f"mục #{stored.position} không kèm tệp nào")
        files = Teller(book).files(stored.entry)
        if as_json:
            dump([{"sha256": sha, "name": name, "media_type": kind} for sha, name, kind in files])
        for evidence, (sha, name, kind) in zip(stored.entry.evidence, files, strict=True):
            if folder is not None:
                # A name comes from somebody's disk and may hold a path: only its last part is used.
                target = folder / (Path(name.replace("\\", "/")).name or sha)
                _take_out(book.evidence.read(evidence), target)
                note(f"đã lấy ra {target}")
            elif not as_json:
                out(f"{sha[:12]}  {kind}  {name or '‹không còn khóa›'}")


def _take_out(pieces: Iterator[bytes], target: Path) -> None:
    """Write a file that is not there yet; nothing is left of one that cannot be opened to its end.

    Raises:
        GuongError: there is such a file already.
    """
    from guong.errors import GuongError

    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise GuongError(f"{target} đã có", "chọn thư mục khác")
    try:
        with target.open("xb") as made:
            made.writelines(pieces)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
