"""Entry to stored bytes and back. The bytes are written once; nothing is ever serialised again to be hashed.

Stored bytes are the JSON body alone, which begins with `{`, or a frame: `0x01 | key id (8) | signature (64) | body`, or
`0x00 | key id (8) | signature (64) | sha256 of the body (32)` where a body was struck out.
"""

from __future__ import annotations

from uuid import UUID

import msgspec

from guong.domain.entry import Entry, Stored
from guong.domain.fitting import misfit
from guong.domain.ids import is_full
from guong.domain.streams import STEPS, knows
from guong.errors import GuongError

MAX_BODY = 1024 * 1024
"""Bytes a body may have; larger things are evidence."""

UNREADABLE, STRUCK = "không đọc được nội dung", "nội dung đã bị gạch bỏ theo lệnh"
_NEWER = "do phiên bản mới hơn ghi"

_BODY, _SIGNED, _STRUCK = 0x7B, 0x01, 0x00
_HEAD = 1 + 8 + 64

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entry).decode


class Frame(msgspec.Struct, frozen=True):
    """Stored bytes taken apart: the body, or the hash of a body that was struck out, and a signature where there is one."""

    body: bytes | None
    struck: bytes | None = None
    key_id: bytes | None = None
    signature: bytes | None = None


def frame(state: bytes) -> Frame:
    """Take stored bytes apart.

    Raises:
        ValueError: they are none of the three forms.
    """
    first = state[0] if isinstance(state, bytes) and state else None
    if first == _BODY:
        return Frame(state)
    if first == _SIGNED and len(state) > _HEAD:
        return Frame(state[_HEAD:], None, state[1:9], state[9:_HEAD])
    if first == _STRUCK and len(state) == _HEAD + 32:
        return Frame(None, state[_HEAD:], state[1:9], state[9:_HEAD])
    raise ValueError("not a stored entry")


def encode(entry: Entry) -> bytes:
    """Return the bytes of an entry, as they are stored for ever.

    Raises:
        GuongError: the body would be over 1 MiB.
    """
    body = _encode(entry)
    if len(body) > MAX_BODY:
        raise GuongError(
            f"mục ghi dài {len(body) / MAX_BODY:.1f} MiB, quá 1 MiB", "để nội dung dài trong tệp và kèm tệp đó"
        )
    return body


def stored(position: int, originator: UUID | str, version: int, topic: str, state: bytes) -> Stored:
    """Return an entry where it stands; one that cannot be read keeps its place, with the reason why."""
    stream = originator.hex if isinstance(originator, UUID) else originator
    entry, unread = None, UNREADABLE
    try:
        body = frame(state).body
        entry, unread = (None, STRUCK) if body is None else _read(body, topic)
    except (ValueError, RecursionError):
        pass
    if not is_full(stream):
        entry, unread = None, "mã dòng ghi hỏng"
    return Stored(position=position, stream=stream, version=version, topic=topic, entry=entry, unread=unread)


def _read(body: bytes, topic: str) -> tuple[Entry | None, str]:
    entry = _decode(body)
    if not knows(topic):
        return None, f"bước {topic} {_NEWER}"
    if entry.step != topic.partition(".")[2]:
        return None, f"nội dung kể bước {entry.step}, nhãn ghi {topic}"
    if entry.v > STEPS[entry.step].v:
        return None, f"bước {topic} dạng {entry.v} {_NEWER}"
    if wrong := misfit(entry):
        return None, f"nội dung thiếu hoặc sai chỗ {wrong}"
    return entry, ""


def harmless(unread: str) -> bool:
    """Tell whether an entry that cannot be read is none the worse for it: struck out, or of a newer version."""
    return unread == STRUCK or unread.endswith(_NEWER)
