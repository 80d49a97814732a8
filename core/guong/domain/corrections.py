"""Corrections and voidings: how a stream of entries becomes the state they leave."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

import msgspec

from guong.domain.entry import Stored
from guong.domain.steps import Step
from guong.forms import ask


class EntryCorrected(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier entry of the same stream held a slip; it stays, and these answers (and `details`) count from now on."""

    entry: Annotated[str, ask("Mục ghi cần sửa", ref="entry")]
    approved_by: Annotated[str, ask("Người duyệt", ref="officer", help="cần khi hồ sơ đã gửi đi")] = ""
    set: Annotated[dict[str, Any], ask("Câu trả lời đúng", type="json")] = msgspec.field(default_factory=dict)
    happened_on: Annotated[str, ask("Ngày xảy ra đúng", type="date")] = ""


class EntryVoided(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier entry of the same stream should never have been made; it stays, and does not count from now on."""

    entry: Annotated[str, ask("Mục ghi cần hủy", ref="entry")]
    approved_by: Annotated[str, ask("Người duyệt", ref="officer", help="cần khi hồ sơ đã gửi đi")] = ""


S = TypeVar("S")

ANY = "*"
"""The stream kind of steps that go where the entry they speak of is."""

STEPS = (
    Step("entry_corrected", "Đính chính mục ghi", ANY, EntryCorrected, "sửa mục {entry}", reason=True),
    Step("entry_voided", "Hủy mục ghi nhầm", ANY, EntryVoided, "hủy mục {entry}", reason=True),
)


def voided(stored: Iterable[Stored]) -> set[str]:
    """Return the ids of the entries of one stream that are voided by a voiding that is not itself voided."""
    ids: set[str] = set()
    for one in reversed(list(stored)):
        entry = one.entry
        if entry is not None and entry.step == "entry_voided" and entry.id not in ids:
            ids.add(entry.data["entry"])
    return ids


def effective(stored: Iterable[Stored]) -> list[Stored]:
    """Return the entries of one stream that count as known now, each with its corrections laid over it.

    A voiding may itself be voided, which brings the entry back; of several corrections the later one wins.
    """
    stored = list(stored)
    without = voided(stored)
    overlays: dict[str, list[Stored]] = {}
    kept: list[Stored] = []
    for one in reversed(stored):
        entry = one.entry
        if entry is None:
            kept.append(one)
        elif entry.id in without or entry.step == "entry_voided":
            continue
        elif entry.step == "entry_corrected":
            overlays.setdefault(entry.data["entry"], []).insert(0, one)
        else:
            kept.append(_corrected(one, overlays.get(entry.id, [])))
    return kept[::-1]


def _corrected(stored: Stored, overlays: list[Stored]) -> Stored:
    entry = stored.entry
    if entry is None or not overlays:
        return stored
    for overlay in overlays:
        if overlay.entry is None:
            continue
        new = overlay.entry.data
        sealed = {**entry.sealed}
        for owner, text in overlay.entry.sealed.items():
            sealed[owner] = f"{sealed[owner]}.{text}" if owner in sealed else text
        field = entry.field and msgspec.structs.replace(
            entry.field, details={**entry.field.details, **new.get("details", {})}
        )
        entry = msgspec.structs.replace(
            entry, data={**entry.data, **new.get("set", {})}, field=field, sealed=sealed,
            occurred_on=new.get("happened_on", entry.occurred_on),
        )  # fmt: skip
    return msgspec.structs.replace(stored, entry=entry)


def fold(evolve: Callable[[S | None, Stored], S | None], stored: Iterable[Stored]) -> S | None:
    """Return the state that the entries of one stream leave: corrections and voidings first, then one by one."""
    state: S | None = None
    for one in effective(stored):
        state = evolve(state, one)
    return state


def rewrites(stored: Stored) -> bool:
    """Tell whether an entry changes what earlier ones count for, so that its stream must be folded anew."""
    return stored.entry is not None and stored.entry.step in ("entry_corrected", "entry_voided")
