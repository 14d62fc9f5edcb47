"""What doctor finds about this machine's clock: whether something keeps it right, and how well."""

import ctypes
from dataclasses import dataclass
from typing import Final

from launchpad.cli.finding import Finding

_TIME_ERROR: Final = 5  # adjtimex(2): the state of a clock that nothing keeps right
_MICROSECONDS: Final = 1000


class _Timex(ctypes.Structure):
    """The beginning of struct timex (adjtimex(2)), and room for the rest of it."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("rest", ctypes.c_char * 512),
    )


@dataclass(frozen=True, slots=True)
class KernelClock:
    """What the kernel says of its clock.

    max_error_ms: by how much it is wrong at most; error_ms: by how much it is taken to be.
    """

    synchronised: bool
    max_error_ms: int
    error_ms: int


def kernel_clock() -> KernelClock | None:
    """Ask the kernel, which changes nothing; None where it does not say."""
    timex = _Timex()
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.byref(timex))
    except (AttributeError, OSError):
        return None
    if state < 0:
        return None
    return KernelClock(
        state != _TIME_ERROR,
        -(-timex.maxerror // _MICROSECONDS),
        -(-timex.esterror // _MICROSECONDS),
    )


def clock_finding(clock: KernelClock | None) -> Finding:
    """Say how far the times in a log are to be believed."""
    if clock is None:
        return Finding("warn", "clock", "nobody here says whether it is synchronised", "check it")
    if not clock.synchronised:
        advice = "times in the log may be wrong, their order is not; start an NTP client"
        return Finding("warn", "clock", "not synchronised", advice)
    within = f"to within {clock.max_error_ms} ms, by estimate {clock.error_ms} ms"
    return Finding("ok", "clock", f"synchronised {within}")
