"""The sample year of a plan, recorded row by row through the book like anybody's steps."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from guong.book import DEFAULT_ZONE, Book, Opening, Sample
from guong.domain.streams import STEPS
from guong.errors import GuongError, RefusedError
from guong.recording import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong.plugins import Plugins
    from guong.rows import Row


class Stage:
    """The outside of a sample book: a clock that is set for every row, and randomness that is the same on every machine.

    What is drawn follows from the time that is set, so that a row that is added changes no id of the rows at other times.
    """

    def __init__(self, seed: str) -> None:
        self._seed, self._drawn = seed, Counter[dt.datetime]()
        self.now = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

    def clock(self) -> dt.datetime:
        """Return the time that was set."""
        return self.now

    def random(self, count: int) -> bytes:
        """Return bytes that follow from the seed, the time, and how many were drawn at that time."""
        whole = b""
        while len(whole) < count:
            self._drawn[self.now] += 1
            drawn = f"{self._seed} {self.now.isoformat()} {self._drawn[self.now]}"
            whole += hashlib.sha256(drawn.encode()).digest()
        return whole[:count]

    def set(self, local: str, zone: ZoneInfo) -> None:
        """Set the clock to a local time such as `2024-03-18T08:00`."""
        self.now = dt.datetime.fromisoformat(local).replace(tzinfo=zone)


def demo(folder: Path, plugins: Plugins, plan: str) -> Book:
    """Make the sample book of a plan in a new folder and return it open.

    Raises:
        GuongError: the plan has no sample, or a row of it is refused; the message names the row.
    """
    pack = plugins.plan(plan)
    if pack.sample is None:
        raise GuongError(f"kế hoạch {plan} không mang sổ mẫu")
    start = tomllib.loads((pack.sample / "opening.toml").read_text(encoding="utf-8"))
    zone, stage = ZoneInfo(start.get("zone", DEFAULT_ZONE)), Stage(plan)
    stage.set(start["at"], zone)
    unit = next(one for one in pack.units if one.key == start["unit"])
    opening = Opening(
        officer=start["officer"], name=start["name"], post=start.get("post", ""), unit=unit,
        occurred_on=start.get("occurred_on", start["paper"]["date"]), paper=start["paper"],
        zone=zone.key,
    )  # fmt: skip
    book = Book.create(folder, opening, plugins=plugins, sample=Sample(stage.clock, stage.random))
    try:
        stage.set(start["plan_at"], zone)
        book.issue(pack, Order(channel="sample", by=opening.officer))
        _play(book, stage, zone, pack.sample / "rows.jsonl")
    except BaseException:
        book.close()
        raise
    return book


def _play(book: Book, stage: Stage, zone: ZoneInfo, path: Path) -> None:
    """Record the rows one by one, each at its own time."""
    labels: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="guong-") as desk:
        for number, row in _rows(path):
            stage.set(row.pop("at"), zone)
            label, refused = row.pop("label", ""), row.pop("refused", [])
            order = Order(channel="sample", folder=Path(desk))
            try:
                receipt = book.record(_on_paper(_named(row, labels), Path(desk), number), order)
            except RefusedError as error:
                if refused and refused == sorted({problem.code for _, problem in error.problems}):
                    continue  # somebody tried, and the book said no: that is part of the story
                raise GuongError(f"sổ mẫu, dòng {number}: {error.message}", error.problems[0][1].fix) from error
            if refused:
                raise GuongError(f"sổ mẫu, dòng {number}: phải bị từ chối vì {', '.join(refused)}")
            if label:
                labels[label] = receipt.stream if STEPS[row["step"]].starts else receipt.id


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, json.loads(line)


def _named(row: Row, labels: dict[str, str]) -> Row:
    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(one) for one in value]
        return labels.get(value, value) if isinstance(value, str) and value.startswith("@") else value

    return {key: named(value) for key, value in row.items()}


def _on_paper(row: Row, desk: Path, number: int) -> Row:
    """Write the text of a row's papers to files, as an officer would have them on his disk."""
    papers: list[dict[str, Any]] = []
    for index, paper in enumerate(row.get("papers", [])):
        given = {key: value for key, value in paper.items() if key != "text"}
        if "text" in paper:
            name = f"van-ban-{number}-{index + 1}.txt"
            (desk / name).write_text(paper["text"] + "\n", encoding="utf-8")
            given["file"] = name
        papers.append(given)
    return {**row, "papers": papers}
