"""Stored bytes: written once, read for ever, never a reason to fall over."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.domain.entry import Entry, Evidence, FieldPart, MadeWith, Paper, Remark
from guong.domain.streams import KINDS, STEPS
from guong.errors import GuongError, RefusedError
from guong.log import codec
from guong.strictjson import strict

if TYPE_CHECKING:
    from guong.book import Book

STREAM = "0123456789abcdef0123456789abcdef"

words = st.text(max_size=20)
perhaps = st.none() | words
numbers = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
answers = st.dictionaries(words, values, max_size=5)
papers = st.builds(Paper, kind=words, number=words, notation=words, date=perhaps, issuer=words, file=perhaps)
evidence = st.builds(Evidence, sha256=words, size=st.integers(0, 2**62), media_type=words, owner=perhaps)
remarks = st.builds(Remark, code=words, figures=answers)
DATES = st.sampled_from(["2024", "2024-03", "2024-03-05", "1999-12-31"])
STORED = {
    "text": "a",
    "int": 1,
    "number": 1.5,
    "bool": True,
    "choice": "a",
    "date": "2024",
    "map": {},
    "texts": {},
    "json": {},
}


def fitted(entry: Entry) -> Entry:
    """Return the entry with the answers that its step must have, in their stored types."""
    asked = STEPS[entry.step].questions
    others = {key: value for key, value in entry.data.items() if key not in {question.key for question in asked}}
    must = {one.key: [] if one.many else STORED[one.type] for one in asked if one.required and not one.personal}
    return msgspec.structs.replace(entry, data={**others, **must})


entries = st.builds(
    Entry, id=words, salt=words, seen=perhaps, step=st.sampled_from(sorted(STEPS)), v=st.just(1),
    recorded_at=st.just("2024-11-20T03:04:05.000006Z"),
    occurred_on=DATES, by=words, role=words, unit=words, correlation=words,
    made_with=st.builds(MadeWith, version=words, channel=words), data=answers, plan=perhaps,
    field=st.none() | st.builds(FieldPart, key=words, declaration=words, details=answers), effective_on=st.none() | DATES,
    entered_for=perhaps, basis=st.lists(papers, max_size=2).map(tuple), evidence=st.lists(evidence, max_size=2).map(tuple),
    reason=perhaps, note=perhaps, captions=answers, remarks=st.lists(remarks, max_size=2).map(tuple), causation=perhaps,
    device_at=perhaps, clock_read=perhaps, clock_reason=perhaps, sealed=st.dictionaries(words, words, max_size=2),
).map(fitted)  # fmt: skip


def topic(step: str) -> str:
    """Return a topic of a step."""
    return f"{STEPS[step].stream.replace('*', 'unit')}.{step}"


@given(entries)
def test_every_entry_comes_back_as_it_went_in(entry: Entry) -> None:
    body = codec.encode(entry)
    assert body[0] == ord("{")
    stored = codec.stored(7, uuid.UUID(STREAM), 3, topic(entry.step), body)
    assert (stored.entry, stored.unread) == (entry, "")
    assert (stored.position, stored.stream, stored.version) == (7, STREAM, 3)


@given(entries)
def test_the_stored_form_is_json_that_every_reader_reads_alike(entry: Entry) -> None:
    assert strict(codec.encode(entry))["step"] == entry.step


@given(entries, st.binary(min_size=72, max_size=72))
def test_a_signed_frame_holds_the_same_entry(entry: Entry, head: bytes) -> None:
    body = codec.encode(entry)
    state = b"\x01" + head + body
    assert codec.frame(state) == codec.Frame(body, None, head[:8], head[8:])
    assert codec.stored(1, STREAM, 1, topic(entry.step), state).entry == entry


@given(st.binary(min_size=72, max_size=72), st.binary(min_size=32, max_size=32))
def test_a_struck_frame_holds_a_hash_and_keeps_its_place(head: bytes, digest: bytes) -> None:
    state = b"\x00" + head + digest
    assert codec.frame(state) == codec.Frame(None, digest, head[:8], head[8:])
    stored = codec.stored(1, STREAM, 1, "unit.unit_registered", state)
    assert (stored.entry, stored.unread) == (None, "nội dung đã bị gạch bỏ theo lệnh")


@pytest.mark.parametrize(
    "state", [b"", b"\x01" + b"x" * 72, b"\x00" + b"x" * 103, b"\x00" + b"x" * 105, b"\x02{}", b" {}", b"[]"]
)
def test_bytes_of_no_known_form_are_told_from_the_three_forms(state: bytes) -> None:
    with pytest.raises(ValueError, match="not a stored entry"):
        codec.frame(state)


topics = st.sampled_from([topic(step) for step in STEPS]) | words
garbage = (
    st.binary(max_size=300)
    | st.binary(max_size=300).map(lambda rest: b"{" + rest)
    | st.binary(max_size=300).map(lambda rest: b"\x01" + rest)
    | answers.map(lambda value: json.dumps(value).encode())
)


@given(topics, garbage)
def test_garbage_keeps_its_place_and_never_raises(name: str, state: bytes) -> None:
    stored = codec.stored(9, STREAM, 2, name, state)
    assert (stored.position, stored.version, stored.topic, stored.entry) == (9, 2, name, None)
    assert stored.unread


@given(st.sampled_from([*(topic(step) for step in STEPS), *(f"{kind}.entry_voided" for kind in KINDS)]), words)
def test_a_readable_body_in_any_place_with_any_step_is_read_only_where_it_belongs(name: str, step: str) -> None:
    for written in (*STEPS, step):
        data = (
            {one.key: [] if one.many else STORED[one.type] for one in STEPS[written].questions}
            if written in STEPS
            else {}
        )
        value = {**json.loads(WRITTEN_IN_VERSION_1), "step": written, "data": data}
        stored = codec.stored(9, STREAM, 2, name, json.dumps(value).encode())
        assert (stored.entry is not None) == (written == name.partition(".")[2])


@given(entries, st.data())
def test_one_byte_changed_never_raises(entry: Entry, data: st.DataObject) -> None:
    body = bytearray(codec.encode(entry))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert codec.stored(1, STREAM, 1, topic(entry.step), bytes(body)).stream == STREAM


DEEP = [b'{"data":' + b"[" * 200_000, b'{"data":' + b'{"a":' * 200_000, b'{"data":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"v": ' + b"9" * 5_000 + b"}"]  # fmt: skip


@pytest.mark.parametrize("state", DEEP)
def test_deep_nesting_and_endless_numbers_are_only_unreadable(state: bytes) -> None:
    assert codec.stored(1, STREAM, 1, "unit.unit_registered", state).entry is None


def entry_of(size: int) -> Entry:
    """Return an entry whose body has this many bytes."""
    empty = Entry(
        id="", salt="", seen=None, step="unit_registered", v=1, recorded_at="", occurred_on="", by="", role="", unit="",
        correlation="", made_with=MadeWith(version="", channel=""), data={"a": ""},
    )  # fmt: skip
    short = len(codec.encode(empty))
    return Entry(
        **{**{name: getattr(empty, name) for name in empty.__struct_fields__}, "data": {"a": "x" * (size - short)}}
    )


def test_a_body_of_one_mebibyte_is_taken_and_one_byte_more_is_refused() -> None:
    assert len(codec.encode(entry_of(1024 * 1024))) == 1024 * 1024
    with pytest.raises(GuongError, match="quá 1 MiB") as error:
        codec.encode(entry_of(1024 * 1024 + 1))
    assert "tệp" in error.value.fix


def test_a_step_whose_entry_would_be_too_long_is_refused_with_advice_and_nothing_is_recorded(sample: Book) -> None:
    head = sample.log.head()
    row = {
        "step": "deadline_set", "key": "dai", "of_step": "assessed", "title": "Dài", "papers": [{"number": "01"}],
        "when": {str(number): "x" * 1000 for number in range(1100)}, "occurred_on": "2024-04-01", "by": "noi-vu-01",
    }  # fmt: skip
    with pytest.raises(RefusedError, match="quá 1 MiB") as error:
        sample.record(row)
    assert "kèm tệp" in error.value.problems[0][1].fix
    assert sample.log.head() == head


WRITTEN_IN_VERSION_1 = """{"id":"00112233445566778899aabbccddeeff","salt":"ffeeddccbbaa99887766554433221100","seen":"34/ab12",
"step":"honour_decided","v":1,"recorded_at":"2024-11-20T03:04:05.000006Z","occurred_on":"2024-11","by":"noi-vu-01",
"role":"quyet-dinh","unit":"phong-noi-vu","correlation":"0f0e0d0c0b0a09080706050403020100",
"made_with":{"version":"0.1.0","channel":"import"},"data":{"kind":"award","authority":"ubnd-huyen","money":1800000},
"plan":"van-quan-2024","field":{"key":"y-te","declaration":"9f86d081","details":{"cap":"xa","so":2.5}},
"effective_on":"2024-12-01","entered_for":"y-te-01",
"basis":[{"kind":"Quyết định","number":"05","notation":"QĐ-UBND","date":"2024-11-19","issuer":"UBND huyện","file":"e3b0c442"}],
"evidence":[{"sha256":"e3b0c442","size":108,"media_type":"application/pdf","owner":"aa"}],"reason":"lý do","note":"ghi chú",
"captions":{"titles":{"0":"V/v khen thưởng"}},"remarks":[{"code":"core.late","figures":{"days":31}}],
"causation":"c0ffee","device_at":"2024-11-19T00:00:00Z","clock_read":"2024-11-18T00:00:00Z","clock_reason":"pin hết",
"sealed":{"aa":"bm9uY2U=.Y29ycmVjdGVk"}}""".replace("\n", "").encode()
"""Every part of an entry as the first version wrote it. This is never edited: books with such bytes are out there."""


def test_an_entry_of_the_first_version_is_readable_for_ever() -> None:
    stored = codec.stored(12, uuid.UUID(STREAM), 4, "exemplar.honour_decided", WRITTEN_IN_VERSION_1)
    assert stored.unread == ""
    assert stored.entry == Entry(
        id="00112233445566778899aabbccddeeff", salt="ffeeddccbbaa99887766554433221100", seen="34/ab12",
        step="honour_decided", v=1, recorded_at="2024-11-20T03:04:05.000006Z", occurred_on="2024-11", by="noi-vu-01",
        role="quyet-dinh", unit="phong-noi-vu", correlation="0f0e0d0c0b0a09080706050403020100",
        made_with=MadeWith(version="0.1.0", channel="import"),
        data={"kind": "award", "authority": "ubnd-huyen", "money": 1800000}, plan="van-quan-2024",
        field=FieldPart(key="y-te", declaration="9f86d081", details={"cap": "xa", "so": 2.5}), effective_on="2024-12-01",
        entered_for="y-te-01",
        basis=(Paper(kind="Quyết định", number="05", notation="QĐ-UBND", date="2024-11-19", issuer="UBND huyện", file="e3b0c442"),),
        evidence=(Evidence(sha256="e3b0c442", size=108, media_type="application/pdf", owner="aa"),),
        reason="lý do", note="ghi chú", captions={"titles": {"0": "V/v khen thưởng"}},
        remarks=(Remark(code="core.late", figures={"days": 31}),), causation="c0ffee", device_at="2024-11-19T00:00:00Z",
        clock_read="2024-11-18T00:00:00Z", clock_reason="pin hết", sealed={"aa": "bm9uY2U=.Y29ycmVjdGVk"},
    )  # fmt: skip


FIRST_STEPS: list[tuple[str, dict[str, Any]]] = [
    ("unit.unit_registered", {"key": "xa-cu", "name": "Xã Cũ", "kind": "xa", "code": "01", "parent": "phong-a"}),
    ("officer.officer_enrolled", {"key": "cu-01", "unit": "phong-a", "post": "Chuyên viên", "commitment": "00"}),
    ("subject.subject_registered", {"kind": "person", "unit": "phong-a", "commitment": "00"}),
]


@pytest.mark.parametrize(("name", "data"), FIRST_STEPS)
def test_first_steps_as_the_first_version_wrote_them_still_begin_their_streams(name: str, data: dict[str, Any]) -> None:
    kind, _, step = name.partition(".")
    value = {**json.loads(WRITTEN_IN_VERSION_1), "step": step, "data": data}
    stored = codec.stored(1, STREAM, 1, name, json.dumps(value).encode())
    state = KINDS[kind].evolve(None, stored)
    assert state is not None
    assert state.id == STREAM
    assert all(getattr(state, key) == value for key, value in data.items())


def test_the_table_of_steps_of_the_first_version_is_still_there() -> None:
    known = {
        "book_opened", "plan_issued", "field_opened", "quota_set", "deadline_set", "unit_registered", "officer_enrolled",
        "role_granted", "subject_registered", "discovered", "officer_assigned", "supported", "experience_documented",
        "publicised", "assessed", "reviewed", "introduced", "honour_decided", "replication_started", "replication_succeeded",
        "entry_corrected", "entry_voided",
    }  # fmt: skip
    assert known <= STEPS.keys()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"data": {}}, "kind"),
        ({"data": {"kind": 5, "authority": "a"}}, "kind"),
        ({"data": {"kind": "award", "authority": "a", "money": "nhiều"}}, "money"),
        ({"recorded_at": "xx"}, "recorded_at"),
        ({"occurred_on": "2024-13"}, "occurred_on"),
        ({"effective_on": "mai"}, "effective_on"),
    ],
)
def test_an_entry_that_does_not_fit_its_step_is_unread_and_says_where(change: dict[str, Any], place: str) -> None:
    state = json.dumps({**json.loads(WRITTEN_IN_VERSION_1), **change}).encode()
    stored = codec.stored(1, STREAM, 1, "exemplar.honour_decided", state)
    assert stored.entry is None
    assert place in stored.unread
    assert not codec.harmless(stored.unread)
