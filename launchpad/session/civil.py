"""T-0 as people type it: civil time with a zone, or a time from now; and how it is read back.

A time without a zone is refused, and so is one that a change of the clocks leaves out or has
twice: nobody may find out on launch night which of two hours was meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from launchpad.checklist.durations import duration, in_milliseconds
from launchpad.checklist.model import Hold
from launchpad.conditions.errors import excerpt, nearest
from launchpad.launch.clock_facts import Keeping
from launchpad.launch.countdown import Countdown, reading
from launchpad.launch.event import Stamp
from launchpad.launch.moment import moment_at, shifted

EXAMPLES = (
    "2026-11-22T02:30+01:00, 2026-11-22 02:30 Europe/Berlin, 02:30 Europe/Berlin, 02:30Z, in 1h30m"
)

_CIVIL = re.compile(
    r"(?:(?P<date>\d{4}-\d{2}-\d{2})[T ]\s*)?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<zone>.*)"
)
_FROM_NOW = re.compile(r"(?:in\s|\+)\s*(.+)")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_UTC = frozenset({"Z", "UTC"})
_TWO_DIGITS = 2
_DAY = timedelta(days=1)
_MILLISECOND = timedelta(milliseconds=1)


class NotATime(ValueError):
    """What was typed is no T-0; the message says why, and what would be one."""


@dataclass(frozen=True, slots=True)
class TypedT0:
    """A T-0 that was read. t0, zone, in_ms: as in `LaunchScheduled`; in_ms < 0 lies in the past."""

    t0: str
    zone: str
    in_ms: int


def read_t0(typed: str, now: Stamp) -> TypedT0:
    """Read T-0: civil time with a zone, with its date or the next such hour, or a time from now.

    Raises NotATime.
    """
    text = typed.strip()
    from_now = _FROM_NOW.fullmatch(text)
    in_ms = in_milliseconds(from_now[1]) if from_now else None
    if in_ms is not None:
        return TypedT0(shifted(now.at, in_ms), "UTC", in_ms)
    civil = _CIVIL.fullmatch(text)
    if civil is None:
        raise NotATime(f"expected a time such as {EXAMPLES}, not {excerpt(typed)!r}")
    zone, name = _zone(civil["zone"])
    wall = _wall(civil["date"], civil["time"], zone, datetime.fromisoformat(now.at))
    instants = _instants(wall, zone)
    if not instants:
        raise NotATime(
            f"{_clock(wall)} on {wall.date()} is left out in {name}: the clocks are set forward"
        )
    if len(instants) > 1:
        both = (each.astimezone(zone) for each in instants)
        offsets = " or ".join(f"{wall.date()}T{_clock(wall)}{_offset(each)}" for each in both)
        raise NotATime(
            f"{_clock(wall)} on {wall.date()} comes twice in {name}: the clocks are set back; "
            f"write {offsets}"
        )
    in_ms = (instants[0] - datetime.fromisoformat(now.at)) // _MILLISECOND
    return TypedT0(shifted(now.at, in_ms), name, in_ms)


def kept_t0(countdown: Countdown, holds: Sequence[Hold], keeps: Keeping, now: Stamp) -> TypedT0:
    """Return the T-0 that keeps its hour, or what is left until it, after the wall clock was set.

    With every hold that it stood or stands in, as far as that is known.
    """
    read = reading(countdown, holds, moment_at(now))
    if keeps == "remainder":
        in_ms = read.slip_ms - read.l_ms
        return TypedT0(shifted(now.at, in_ms), countdown.zone, in_ms)
    ahead = datetime.fromisoformat(read.t0) - datetime.fromisoformat(now.at)
    return TypedT0(read.t0, countdown.zone, ahead // _MILLISECOND)


def told_t0(t0: str, zone: str, today: str) -> str:
    """Return when T-0 is, in its zone and in UTC: "02:30 CET = 01:30Z".

    t0: RFC 3339, UTC; zone: as `LaunchScheduled` has it, one that is not known here is UTC; today:
    a time of the day on which nobody has to be told the date, RFC 3339.
    """
    here = known_zone(zone) or UTC
    moment = datetime.fromisoformat(t0).astimezone(here)
    utc = f"{_clock(moment.astimezone(UTC))}Z"
    day = datetime.fromisoformat(today).astimezone(here).date()
    date = "" if moment.date() == day else f"{moment.date()} "
    if moment.utcoffset() == timedelta(0):
        return f"{date}{utc}"
    return f"{date}{_local(moment)} = {utc}"


def in_zone(at: str, zone: str) -> str:
    """Return a time as a zone's clocks show it, with its date: "2026-11-22 02:30 CET".

    at: RFC 3339, UTC; zone: as `told_t0` takes it.
    """
    moment = datetime.fromisoformat(at).astimezone(known_zone(zone) or UTC)
    return f"{moment.date()} {_local(moment)}"


def echo(read: TypedT0, now: Stamp) -> str:
    """Return a T-0 that was read, as it is read back: "02:30 CET = 01:30Z, in 1h42m"."""
    told = told_t0(read.t0, read.zone, now.at)
    if read.in_ms < 0:
        return f"{told}, which was {duration(-read.in_ms)} ago"
    return f"{told}, in {duration(read.in_ms)}"


def known_zone(name: str) -> tzinfo | None:
    """Return the zone of a name or an offset, None where it is none or not known here."""
    if name.upper() in _UTC:
        return UTC
    offset = _OFFSET.fullmatch(name)
    if offset:
        distance = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if distance >= _DAY:
            return None
        return timezone(-distance if offset[1] == "-" else distance)
    # EST, CST or IST are zones of several countries: only a name with its region says which.
    if "/" not in name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _zone(typed: str) -> tuple[tzinfo, str]:
    if not typed:
        raise NotATime(f"a time needs its zone: {EXAMPLES}")
    zone = known_zone(typed)
    if zone is None:
        near = nearest(typed, _zones()) if "/" in typed else None
        meant = f"; did you mean {near}?" if near else ", such as Europe/Berlin, +01:00 or Z"
        raise NotATime(f"there is no zone {excerpt(typed)!r}{meant}")
    return zone, "UTC" if zone is UTC else typed


@cache
def _zones() -> frozenset[str]:
    """Return the names of all zones, which are many files: who types is read back at every key."""
    return frozenset(available_timezones())


def _wall(date: str | None, clock: str, zone: tzinfo, now: datetime) -> datetime:
    """Return what a clock on the wall of a zone shows then, without the zone."""
    try:
        at = time.fromisoformat(clock if clock.index(":") == _TWO_DIGITS else f"0{clock}")
        if date:
            return datetime.combine(datetime.fromisoformat(date), at)
    except ValueError:
        raise NotATime(f"there is no such time: {date or ''} {clock}".replace("  ", " ")) from None
    wall = datetime.combine(now.astimezone(zone).date(), at)
    passed = all(wall.replace(tzinfo=zone, fold=fold) <= now for fold in (0, 1))
    return wall + _DAY if passed else wall


def _instants(wall: datetime, zone: tzinfo) -> list[datetime]:
    """Return the moments, in UTC, at which a clock of a zone shows this: none, one or two."""
    try:
        both = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        return sorted(each for each in both if each.astimezone(zone).replace(tzinfo=None) == wall)
    except OverflowError:
        raise NotATime(f"there is no such time: {wall}") from None


def _local(moment: datetime) -> str:
    """Return the time of a moment with its zone: "02:30 CET", "02:30+05:30"."""
    name = moment.tzname() or ""
    # Where a zone has no letters of its own, its name is its offset.
    return f"{_clock(moment)}{f' {name}' if name.isalpha() else _offset(moment)}"


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:]


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
