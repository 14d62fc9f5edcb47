"""The digest of samples: how measurements are bound into the chain of events.

Samples are too many to be events. So each has a *mark*, a line `ID HASH` with a newline, where HASH
is the first 32 hex digits of the SHA-256 of the sample's line; the line is the RFC 8785 form of an
array of what its columns hold, in the order of COLUMNS. The marks of a stretch of samples, in the
order of their ids, are kept beside the samples, and an event names the stretch, how many there are
and the SHA-256 of the marks. Half a hash is enough: whoever changes a sample would have to find
another one for the mark that is there, 2^128 tries.

What stays provable after thinning: that every sample that is there was taken so, and that those
are there which the event of the thinning kept. Of one that went its mark is left: that it was
taken, not what it said. Nothing is proven of samples that no event names yet.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from launchpad.launch.event import Event

COLUMNS: Final = (
    "id",
    "probe",
    "at",
    "mono_ns",
    "boot_id",
    "state",
    "reason",
    "value",
    "latency_us",
    "timings",
    "address",
)
_HASH_DIGITS: Final = 32

# What a row of `samples` holds, in the order of COLUMNS.
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Digested:
    """What an event says of the samples after one id, up to another; see `SamplesDigested`."""

    after: int
    last: int
    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Thinned:
    """What an event says of samples of which only some were kept; see `SamplesThinned`."""

    after: int
    last: int
    kept: int
    sha256: str


# Told by whoever knows the kinds: what an event says of samples, None for most.
Covers: TypeAlias = Callable[[Event], Digested | Thinned | None]


def mark(row: Row) -> str:
    """Return a sample's mark, with its newline."""
    # Of texts, integers and nulls this is the form of RFC 8785, in a tenth of the time.
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=repr)
    # Damaged text comes as bytes, or with lone surrogates; it has some other hash.
    data = line.encode("utf-8", "surrogatepass")
    return f"{row[0]} {hashlib.sha256(data).hexdigest()[:_HASH_DIGITS]}\n"


def sha256(marks: Iterable[str]) -> str:
    """Return the digest of marks, in their order, in hex."""
    digest = hashlib.sha256()
    for each in marks:
        digest.update(each.encode())
    return digest.hexdigest()


def by_id(marks: str) -> Mapping[int, str]:
    """Return marks as they were kept by the ids of their samples. Raises ValueError."""
    found: dict[int, str] = {}
    for line in marks.splitlines(keepends=True):
        found[int(line.partition(" ")[0])] = line
    return found


def kept(rows: Sequence[Row]) -> list[Row]:
    """Return which samples of one probe stay when they are thinned. rows: in the order of ids.

    The first and the last, those before and after each change of state, and the slowest of each
    minute. Taking away others first changes nothing: so a thinning that was interrupted goes on.
    """
    at, state, latency = (COLUMNS.index(name) for name in ("at", "state", "latency_us"))
    slowest: dict[str, Row] = {}
    stay: set[int] = set()
    before: Row | None = None
    for row in rows:
        minute = row[at][: len("2026-01-01T00:00")]
        known = slowest.get(minute)
        if known is None or (row[latency] or 0) > (known[latency] or 0):
            slowest[minute] = row
        if before is None:
            stay.add(row[0])
        elif before[state] != row[state]:
            stay |= {before[0], row[0]}
        before = row
    if before is not None:
        stay.add(before[0])
    stay.update(row[0] for row in slowest.values())
    return [row for row in rows if row[0] in stay]
