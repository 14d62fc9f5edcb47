"""The right to conduct a launch, and how long it stands: pure, every clock is passed in.

Whoever conducts renews the lease by a beat. Another may take it over when its holder is dead or
has been silent for longer than the term. Nothing here is sure: a frozen holder wakes up and still
takes itself for the conductor. So what it appends is checked against the lease once more, in the
transaction that records it (`Log.append`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

# Seconds: how long a lease stands after its last beat, and how often its holder beats.
TERM_S: Final = 3.0
BEAT_S: Final = 0.5

Standing: TypeAlias = Literal["held", "expired", "dead"]


@dataclass(frozen=True, slots=True)
class Lease:
    """Who conducts a launch, as of the last beat.

    epoch counts from 1, one more for each take-over; holder: a random id, another one for each
    process, so that epoch and holder together are never used twice. pid and started name the
    process (see `processes.process_started`), host, user and boot_id the place it runs in.
    mono_ns: nanoseconds since that boot (CLOCK_BOOTTIME) at the last beat; at: the same moment in
    RFC 3339, UTC, to be shown and never to be reckoned with.
    """

    launch: str
    epoch: int
    holder: str
    pid: int
    started: str
    host: str
    user: str
    boot_id: str
    mono_ns: int
    at: str


def standing(
    lease: Lease,
    boot_id: str,
    mono_ns: int,
    alive: Callable[[int, str], bool],
    host: str,
    *,
    seen_ns: int | None = None,
) -> Standing:
    """Judge a lease by what is known here and now.

    boot_id, mono_ns, host: of whoever judges; alive: whether the process of a pid and a start time
    runs on this host (`processes.process_alive`). "dead": nobody is left who could beat. "expired":
    the last beat is older than TERM_S. "held": neither is known.

    seen_ns: for a lease of another boot of another host, whose clock says nothing here: the
    mono_ns at which whoever judges first saw this very beat. Without it such a lease is held.
    """
    if lease.boot_id == boot_id:
        # The same boot under another host name is a container: its processes are not ours to see.
        if lease.host == host and not alive(lease.pid, lease.started):
            return "dead"
        last_ns = lease.mono_ns
    elif lease.host == host:
        return "dead"
    elif seen_ns is not None:
        last_ns = seen_ns
    else:
        return "held"
    return "expired" if mono_ns - last_ns > TERM_S * 10**9 else "held"
