"""The entry: an envelope (who, when, on what paper) around one step, as it is written once and for ever."""

from __future__ import annotations

from typing import Any

import msgspec


class Paper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paper an entry rests on. Its title and file name may name somebody and are therefore sealed, not here.

    Attributes:
        kind: What kind of paper, in the user's words (`Biên bản`, `Quyết định`).
        number, notation: As printed: `05` and `KH`; empty until a draft is issued.
        date: The day on the paper, as precise as it is.
        issuer: Who issued it.
        file: The hash of the stored evidence file that holds it.
    """

    kind: str = ""
    number: str = ""
    notation: str = ""
    date: str | None = None
    issuer: str = ""
    file: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file kept beside the log.

    Attributes:
        sha256: Hash of the stored bytes, which is also its name in the evidence folder.
        size: Stored bytes.
        media_type: What it is once opened.
        owner: Whose key it is encrypted under; None for a paper about nobody.
    """

    sha256: str
    size: int
    media_type: str
    owner: str | None = None


class Remark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a rule remarked when the entry was recorded: a code and figures, worded on reading."""

    code: str
    figures: dict[str, Any] = msgspec.field(default_factory=dict)


class FieldPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field plugin's part of an entry: data under its key and the declaration that judged it."""

    key: str
    declaration: str
    details: dict[str, Any] = msgspec.field(default_factory=dict)


class MadeWith(msgspec.Struct, frozen=True, kw_only=True):
    """The program version and the channel (`cli`, `tui`, `import`, `bundle`, `sample`) that wrote an entry."""

    version: str
    channel: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry.

    Attributes:
        id: 128 random bits as 32 hex digits: how entries refer to each other.
        salt: 16 random bytes as hex digits, so that nobody can guess a body from its hash.
        seen: The last seal known when it was made; None while there is none.
        step, v: What happened, and the schema version of `data`.
        recorded_at: When it was entered, UTC, ISO 8601 with microseconds and `Z`; never before the entry before it.
        occurred_on: When it happened, as precise as the paper: `2024`, `2024-03` or `2024-03-05`.
        by, role, unit: The key of the officer who acted, the role and the unit he acted in.
        data: The step's answers that are about nobody.
        sealed: Subject or officer id to ciphertext: everything that is about a person. Where a correction was laid over
            an entry, its ciphertext follows after a dot.
        clock_read: What the clock really said, where it had run backwards.
        correlation: Shared by all that one command wrote.
        captions: Titles of papers and names of files, where the entry is about nobody; under seal otherwise.
        device_at: When it was entered elsewhere, for an entry that came in later.
    """

    id: str
    salt: str
    seen: str | None
    step: str
    v: int
    recorded_at: str
    occurred_on: str
    by: str
    role: str
    unit: str
    correlation: str
    made_with: MadeWith
    data: dict[str, Any]
    plan: str | None = None
    field: FieldPart | None = None
    effective_on: str | None = None
    entered_for: str | None = None
    basis: tuple[Paper, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    note: str | None = None
    captions: dict[str, Any] = msgspec.field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    causation: str | None = None
    device_at: str | None = None
    clock_read: str | None = None
    clock_reason: str | None = None
    sealed: dict[str, str] = msgspec.field(default_factory=dict)


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An entry where it stands in the log.

    Attributes:
        position: Its rank in the log, from 1.
        stream: The stream it belongs to, 32 hex digits.
        version: Its number in that stream, from 1.
        topic: `<stream kind>.<step>`.
        entry: The entry; None where the body was struck out or cannot be read by this version.
        unread: Why `entry` is None, in Vietnamese.
    """

    position: int
    stream: str
    version: int
    topic: str
    entry: Entry | None
    unread: str = ""

    @property
    def kind(self) -> str:
        """The kind of the stream."""
        return self.topic.partition(".")[0]
