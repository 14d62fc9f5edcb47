"""When something happened: on the clock of its boot, and in the parts that people are shown."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from launchpad.launch.event import Event, Stamp

_NANOSECONDS_PER_MS = 1_000_000
_MILLISECOND = timedelta(milliseconds=1)
_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something began. at: RFC 3339, UTC; mono_ns: CLOCK_BOOTTIME, of the boot with this id.

    mono_ns counts on through suspend, and nobody can set it.
    """

    at: str
    mono_ns: int
    boot_id: str

    def elapsed_ms(self, boot_id: str, mono_ns: int) -> int | None:
        """Return the time since then, on the clock of the same boot; None in another one."""
        if boot_id != self.boot_id:
            return None
        return (mono_ns - self.mono_ns) // _NANOSECONDS_PER_MS


@dataclass(frozen=True, slots=True)
class Lapse:
    """How long it is from one moment to another.

    exact: measured on one boot's clock; else it is what two wall clocks say, which may be off.
    """

    ms: int
    exact: bool


def lapse(began: Moment, now: Moment) -> Lapse:
    """Return the time from one moment to another: never below zero."""
    elapsed = began.elapsed_ms(now.boot_id, now.mono_ns)
    if elapsed is not None:
        return Lapse(max(elapsed, 0), exact=True)
    by_wall = datetime.fromisoformat(now.at) - datetime.fromisoformat(began.at)
    return Lapse(max(by_wall // _MILLISECOND, 0), exact=False)


def moment_of(event: Event) -> Moment:
    """Return when an event happened, on the clock of its boot."""
    return Moment(event.at, int(event.mono_ns), event.boot_id)


def moment_at(stamp: Stamp) -> Moment:
    """Return the moment that a stamp says."""
    return Moment(stamp.at, int(stamp.mono_ns), stamp.boot_id)


def shifted(at: str, milliseconds: int) -> str:
    """Return a time that is so much later, or earlier below zero; RFC 3339, UTC.

    At most the last day that there is in every zone, and at least the first. Raises ValueError for
    what is no time.
    """
    began = datetime.fromisoformat(at)
    if began.tzinfo is None:
        raise ValueError(f"{at} has no zone")
    began = began.astimezone(UTC)
    least_ms, most_ms = (_FIRST - began) // _MILLISECOND, (_LAST - began) // _MILLISECOND
    moved = began + min(max(milliseconds, least_ms), most_ms) * _MILLISECOND
    return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(at: str) -> str:
    """Return the date, such as 2026-11-21."""
    return at[:10]


def minute(at: str) -> str:
    """Return the time to the minute, with its zone: 03:50Z."""
    return f"{at[11:16]}Z"


def second(at: str) -> str:
    """Return the time to the second, with its zone: 03:50:07Z."""
    return f"{at[11:19]}Z"
