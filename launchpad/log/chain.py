"""The chain: each event as one line of canonical JSON, hashed, naming the hash before it.

A line is the RFC 8785 form of the envelope without its own hash; the hash is the SHA-256 of the
line's bytes, and the next line repeats it as prev_hash. So an export can be checked again with
nothing but sha256sum.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import rfc8785

from launchpad.launch.event import Draft, Event, Head

# RFC 8785 writes numbers as ECMAScript does, which is exact for integers only up to here.
MAX_INTEGER: Final = 2**53 - 1

# The keys of a line, in the order of the columns that keep them.
LINE_KEYS: Final = (
    "launch",
    "seq",
    "uid",
    "kind",
    "at",
    "mono_ns",
    "boot_id",
    "host",
    "actor",
    "body",
    "prev_hash",
    "key",
    "signature",
)
# What tells a head line from an event, whose first key is "actor".
HEAD_LINE_START: Final = b'{"head":'

_OBJECTS: Final = frozenset({"actor", "body"})
_OPTIONAL: Final = frozenset({"prev_hash", "key", "signature"})


def canonical(value: object, where: str) -> bytes:
    """Return a JSON value in the form of RFC 8785, UTF-8.

    where: what the value is, for the message. Raises ValueError naming the place inside the value
    for whatever has no undoubted form: floats, integers beyond ±(2^53-1), lone surrogates, keys
    that are no strings, and anything that is not JSON.
    """
    try:
        return rfc8785.dumps(_plain(value, where))
    except RecursionError:
        raise ValueError(f"{where} is nested too deeply") from None


def line(event: Event) -> bytes:
    """Return the bytes that an event's hash is made of; no newline. Errors as `canonical`."""
    return canonical({key: getattr(event, key) for key in LINE_KEYS}, "")


def digest(data: bytes) -> str:
    """Return the SHA-256 of a line, in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def seal(draft: Draft, head: Head) -> Event:
    """Give a draft its place after head. Raises ValueError as `canonical` does."""
    envelope: dict[str, Any] = {
        "launch": draft.launch,
        "seq": head.seq + 1,
        "uid": draft.uid,
        "kind": draft.kind,
        "at": draft.stamp.at,
        "mono_ns": draft.stamp.mono_ns,
        "boot_id": draft.stamp.boot_id,
        "host": draft.stamp.host,
        "actor": draft.actor,
        "body": draft.body,
        "prev_hash": head.hash,
        "key": draft.key,
        "signature": draft.signature,
    }
    return Event(**envelope, hash=digest(canonical(envelope, "")))


def parse_line(data: bytes) -> Event:
    """Read one line back, without its newline.

    Raises ValueError unless the bytes are exactly what `line` would write for the event.
    """
    found = _load(data)
    if not isinstance(found, dict) or set(found) != set(LINE_KEYS):
        raise ValueError("is not an event: it has other keys")
    event = event_of(found, digest(data))
    if line(event) != data:
        raise ValueError("is not in canonical form")
    return event


def event_of(envelope: Mapping[str, Any], hash_: str) -> Event:
    """Make an event of a line's keys and values. Raises ValueError for a value of a wrong type."""
    for key in LINE_KEYS:
        value = envelope[key]
        if key == "seq":
            fits = type(value) is int and value >= 1
        elif key in _OBJECTS:
            fits = isinstance(value, dict)
        else:
            fits = isinstance(value, str) or (value is None and key in _OPTIONAL)
        if not fits:
            raise ValueError(f"{key} is of a wrong type")
    return Event(**envelope, hash=hash_)


def head_line(launch: str, head: Head) -> bytes:
    """Return the last line of an export, which says where the launch's log ended; no newline."""
    place = {"launch": launch, "seq": head.seq, "hash": head.hash}
    return canonical({"head": place}, "")


def parse_head_line(data: bytes) -> tuple[str, Head]:
    """Read a head line back: the launch and its head. data: without the newline.

    Raises ValueError for bytes that are not exactly what `head_line` would write.
    """
    match _load(data):
        case {"head": {"launch": str(launch), "seq": int(seq), "hash": str() | None as hash_}}:
            head = Head(seq, hash_)
            if head_line(launch, head) == data:
                return launch, head
    raise ValueError("is not a head line in canonical form")


def _plain(value: object, path: str) -> Any:
    """Return value as the types rfc8785 takes, refusing what has no undoubted form."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if not value.isascii():
            _refuse_surrogates(value, path)
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError(f"{path}: an integer beyond ±(2^53-1) has no exact form")
        return value
    if isinstance(value, Mapping):
        plain = {}
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError(f"{path}: the key {key!r} is not a string")  # noqa: TRY004 - one error for every value that has no form
            inside = f"{path}.{key}" if path else key
            _refuse_surrogates(key, inside)
            plain[key] = _plain(inner, inside)
        return plain
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(inner, f"{path}[{place}]") for place, inner in enumerate(value)]
    raise ValueError(f"{path}: a {type(value).__name__} has no exact form")


def _refuse_surrogates(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = path.encode(errors="backslashreplace").decode()
        raise ValueError(f"{shown}: a lone surrogate cannot be written as UTF-8") from None


def _load(data: bytes) -> object:
    """Parse JSON without what RFC 8785 lines never hold: floats and duplicate keys."""
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_without_duplicates,
            parse_float=refuse_number,
            parse_constant=refuse_number,
        )
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("has a key twice")
    return found


def refuse_number(literal: str) -> object:
    """Refuse a number that has no exact form: a hook for json.loads."""
    raise ValueError(f"{literal} is not an integer")
