"""The envelope every event travels in, and the head that says where a launch's log stands.

The body's meaning is in `launch.kinds`; this module knows only what all events share, so that
the log can keep events without knowing what they say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# What a body may hold: JSON without floats, so that its canonical form is never in doubt.
Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and where something was decided.

    at: UTC in RFC 3339 with milliseconds; mono_ns: CLOCK_BOOTTIME in nanoseconds as a decimal
    string; boot_id: the kernel's id of this boot; host: the machine's name.
    """

    at: str
    mono_ns: str
    boot_id: str
    host: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is decided but has no place in a log yet.

    uid: made by the client, so that a retry after a lost connection never doubles the event.
    signature: an SSHSIG over the canonical form of {launch, uid, kind, actor, body}, and key the
    public key it was made with; both None where the record is asserted, not signed.
    """

    launch: str
    uid: str
    kind: str
    stamp: Stamp
    actor: JsonObject
    body: JsonObject
    key: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the log keeps it.

    seq counts from 1 without gaps within a launch; prev_hash is the hash of the event before,
    None for the first; hash is the SHA-256, in hex, of the event's line (see `log.chain`).
    """

    launch: str
    seq: int
    uid: str
    kind: str
    at: str
    mono_ns: str
    boot_id: str
    host: str
    actor: JsonObject
    body: JsonObject
    prev_hash: str | None
    key: str | None
    signature: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a launch: its seq and hash; seq 0 and no hash before the first."""

    seq: int
    hash: str | None


NO_EVENTS = Head(0, None)
