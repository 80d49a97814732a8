"""Subjects: the people, households, collectives and models that exemplars are."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from typing import Annotated

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Step
from guong.forms import ask

KINDS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể", "model": "mô hình"}


class SubjectRegistered(msgspec.Struct, frozen=True, kw_only=True):
    """A subject enters the book, under a random id and a key of its own."""

    kind: Annotated[str, ask("Loại đối tượng", choices=KINDS)]
    name: Annotated[str, ask("Họ tên hoặc tên gọi", personal=True)]
    unit: Annotated[str, ask("Thuộc đơn vị, địa bàn", ref="unit")]
    of: Annotated[str, ask("Mô hình của đối tượng", ref="subject", help="đối tượng làm ra mô hình")] = ""
    head: Annotated[str, ask("Chủ hộ hoặc người đứng đầu", personal=True)] = ""
    born: Annotated[str, ask("Ngày sinh", type="date", personal=True)] = ""
    address: Annotated[str, ask("Địa chỉ", personal=True)] = ""
    phone: Annotated[str, ask("Điện thoại", personal=True)] = ""
    about: Annotated[str, ask("Giới thiệu", personal=True)] = ""


STEPS = (
    Step(
        "subject_registered",
        "Ghi đối tượng vào sổ",
        "subject",
        SubjectRegistered,
        "{name} ({kind}, {unit})",
        starts=True,
    ),
)


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A subject as known now; who it is, is in `sealed` (see `Entry.sealed`)."""

    id: str
    kind: str
    unit: str
    commitment: str
    of: str | None = None
    sealed: str = ""


def evolve(state: Subject | None, stored: Stored) -> Subject | None:
    """Take in one entry of a subject's stream."""
    entry = stored.entry
    if entry is None or entry.step != "subject_registered":
        return state
    data = entry.data
    return Subject(
        id=stored.stream, kind=data["kind"], unit=data["unit"], commitment=data["commitment"], of=data.get("of"),
        sealed=entry.sealed.get(stored.stream, ""),
    )  # fmt: skip
