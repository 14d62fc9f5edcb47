"""The line of an event: canonical, hashed, and read back only as it was written."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.launch.event import NO_EVENTS, Draft, Head, Stamp
from launchpad.log.chain import (
    LINE_KEYS,
    MAX_INTEGER,
    digest,
    head_line,
    line,
    parse_head_line,
    parse_line,
    seal,
)

MakeDraft = Callable[..., Draft]

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(TEXT, VALUES, max_size=5)
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
HEADS = st.just(NO_EVENTS) | st.builds(Head, st.integers(1, MAX_INTEGER - 1), HASHES)
DRAFTS = st.builds(
    Draft,
    launch=TEXT,
    uid=TEXT,
    kind=TEXT,
    stamp=st.builds(Stamp, TEXT, TEXT, TEXT, TEXT),
    actor=OBJECTS,
    body=OBJECTS,
    key=st.none() | TEXT,
    signature=st.none() | TEXT,
)


@given(DRAFTS, HEADS)
def test_a_line_reads_back_as_the_event_it_was_written_from(draft: Draft, head: Head) -> None:
    event = seal(draft, head)
    assert parse_line(line(event)) == event


@given(DRAFTS, HEADS)
def test_a_sealed_event_continues_its_head(draft: Draft, head: Head) -> None:
    event = seal(draft, head)
    assert (event.seq, event.prev_hash) == (head.seq + 1, head.hash)
    assert event.hash == hashlib.sha256(line(event)).hexdigest()


@given(DRAFTS, HEADS, st.data())
def test_a_changed_byte_is_refused_or_changes_the_hash(
    draft: Draft, head: Head, data: st.DataObject
) -> None:
    event = seal(draft, head)
    changed = bytearray(line(event))
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(ValueError):
        assert parse_line(bytes(changed)).hash != event.hash


@given(st.binary() | TEXT.map(str.encode) | VALUES.map(json.dumps).map(str.encode))
def test_what_is_no_line_is_refused_with_a_message(data: bytes) -> None:
    for parse in (parse_line, parse_head_line):
        with pytest.raises(ValueError, match=r"^(is|has|-?[0-9]|-?Inf|NaN)"):
            parse(data)


@given(TEXT, HEADS)
def test_a_head_line_reads_back(launch: str, head: Head) -> None:
    assert parse_head_line(head_line(launch, head)) == (launch, head)


def test_a_line_is_the_rfc_8785_form_of_exactly_the_envelope(draft: MakeDraft) -> None:
    """The expectation is spelled out, so that a change of the format cannot pass unseen."""
    event = seal(draft("L", uid="u", body={"ö": [1, None, True], "z": "\n"}), Head(6, "ab"))
    assert line(event).decode() == (
        '{"actor":{"initials":"AB","name":"Ada Brown"},"at":"2026-01-01T00:00:00.000Z",'
        '"body":{"z":"\\n","ö":[1,null,true]},"boot_id":"a-boot-id","host":"a-host","key":null,'
        '"kind":"test.happened","launch":"L","mono_ns":"1000000000","prev_hash":"ab","seq":7,'
        '"signature":null,"uid":"u"}'
    )
    assert event.hash == digest(line(event))


def test_keys_are_sorted_by_utf_16_units(draft: MakeDraft) -> None:
    """RFC 8785, 3.2.3: U+1F600 is written as two units that sort before U+FB33."""
    text = line(seal(draft("L", body={"\ufb33": 1, "\U0001f600": 2}), NO_EVENTS)).decode()
    assert text.index("\U0001f600") < text.index("\ufb33")


def test_a_head_line_is_spelled_as_exports_end() -> None:
    assert head_line("L", Head(2, "ab")) == b'{"head":{"hash":"ab","launch":"L","seq":2}}'


def test_any_mapping_and_sequence_may_be_a_body(draft: MakeDraft) -> None:
    plain = seal(draft("L", uid="u", body={"a": [1]}), NO_EVENTS)
    frozen = seal(draft("L", uid="u", body=MappingProxyType({"a": (1,)})), NO_EVENTS)
    assert plain.hash == frozen.hash


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"a": [{"b": 1.0}]}, r"^body\.a\[0\]\.b: a float has no exact form"),
        ({"a": float("nan")}, r"^body\.a: a float"),
        ({"a": 2**53}, r"^body\.a: an integer beyond"),
        ({"a": [0, -(2**53)]}, r"^body\.a\[1\]: an integer beyond"),
        ({"a": "\ud800"}, r"^body\.a: a lone surrogate"),
        ({"\udfff": 1}, r"^body\.\\udfff: a lone surrogate"),
        ({"a": {1: 2}}, r"^body\.a: the key 1 is not a string"),
        ({"a": b"x"}, r"^body\.a: a bytes has no exact form"),
        ({"a": {1, 2}}, r"^body\.a: a set has no exact form"),
    ],
)
def test_what_has_no_exact_form_is_refused_by_its_place(
    draft: MakeDraft, body: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        seal(draft("L", body=body), NO_EVENTS)


def test_a_body_without_a_bottom_is_refused(draft: MakeDraft) -> None:
    body: dict[str, Any] = {}
    body["again"] = body
    with pytest.raises(ValueError, match="nested too deeply"):
        seal(draft("L", body=body), NO_EVENTS)
    with pytest.raises(ValueError, match="nested too deeply"):
        parse_line(b"[" * 100_000)


def test_a_surrogate_anywhere_in_the_envelope_is_refused(draft: MakeDraft) -> None:
    made = draft("L")
    with pytest.raises(ValueError, match=r"^host: a lone surrogate"):
        seal(replace(made, stamp=replace(made.stamp, host="\udc80")), NO_EVENTS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'{"actor"', b'{ "actor"', "not in canonical form"),
        (b'"seq":1', b'"seq":1.0', "1.0 is not an integer"),
        (b'"seq":1', b'"seq":true', "seq is of a wrong type"),
        (b'"seq":1', b'"seq":0', "seq is of a wrong type"),
        (b'"seq":1', b'"seq":1,"seq":1', "has a key twice"),
        (b'"n":1', b'"n":1,"n":1', "has a key twice"),
        (b'"n":1', b'"n":NaN', "NaN is not an integer"),
        (b'"n":1', b'"n":9007199254740993', "an integer beyond"),
        (b'"n":1', b'"n":"\\ud800"', "a lone surrogate"),
        (b'"kind":"test.happened"', b'"kind":"\\u0074est.happened"', "not in canonical form"),
        (b'"host":"a-host"', b'"host":null', "host is of a wrong type"),
        (b'"host":"a-host",', b"", "other keys"),
        (b'"host"', b'"extra":1,"host"', "other keys"),
        (b'{"initials":"AB","name":"Ada Brown"}', b"[]", "actor is of a wrong type"),
        (b'"L"', b'"\xff"', "is not UTF-8"),
        (b"}", b"}\n", "not in canonical form"),
    ],
)
def test_a_line_that_is_not_exactly_as_written_is_refused(
    draft: MakeDraft, old: bytes, new: bytes, message: str
) -> None:
    written = line(seal(draft("L", body={"n": 1}), NO_EVENTS))
    assert old in written
    changed = new.join(written.rsplit(old, 1))
    with pytest.raises(ValueError, match=message):
        parse_line(changed)


def test_every_part_of_an_event_but_its_hash_is_in_its_line(draft: MakeDraft) -> None:
    event = seal(draft("L"), NO_EVENTS)
    assert {*LINE_KEYS, "hash"} == set(event.__slots__)
    assert set(json.loads(line(event))) == set(LINE_KEYS)
