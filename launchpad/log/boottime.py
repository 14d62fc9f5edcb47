"""The clock that neither a time server nor an operator sets: time since this boot."""

import time
from functools import cache
from pathlib import Path
from typing import Final

# CLOCK_BOOTTIME counts through suspend; where there is none, CLOCK_MONOTONIC is the nearest.
_CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def boot_time() -> tuple[str, int]:
    """Return this boot's id, "unknown" where the kernel tells none, and nanoseconds since."""
    return _boot_id(), time.clock_gettime_ns(_CLOCK)


@cache
def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return "unknown"
