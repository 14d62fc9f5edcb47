"""Reading this machine's clocks into a stamp."""

import socket
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from launchpad.launch.event import Stamp

# CLOCK_BOOTTIME counts through suspend; where there is none, CLOCK_MONOTONIC is the nearest.
_BOOT_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def rfc3339(moment: datetime) -> str:
    """Return a moment in UTC with milliseconds, as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> Stamp:
    """Return when and where it is now."""
    return Stamp(
        at=rfc3339(datetime.now(UTC)),
        mono_ns=str(time.clock_gettime_ns(_BOOT_CLOCK)),
        boot_id=_boot_id(),
        host=socket.gethostname(),
    )


@cache
def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return "unknown"
