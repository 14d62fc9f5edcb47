"""Durations and times of a launch, as people read and write them: with their units."""

import re

_UNITS = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
# Six digits of days are far within the integers of a log's JSON (RFC 8785).
_DURATION = re.compile(
    r"(?=[0-9])"
    r"(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m(?!s))?"
    r"(?:([0-9]{1,6})s)?(?:([0-9]{1,6})ms)?"
)
_LAUNCH_TIME = re.compile(r"T([+-])(.+)")
_SECOND, _MINUTE, _HOUR = 1_000, 60, 3_600
# A launch speaks of its first 24 or 36 hours, and of days only beyond.
_DAYS_FROM = 48 * _HOUR


def in_milliseconds(text: str) -> int | None:
    """Return what a duration such as 500ms, 30s, 1h30m or 2d means; None where it is none."""
    match = _DURATION.fullmatch(text)
    if not match:
        return None
    amounts = zip(match.groups(), _UNITS.values(), strict=True)
    return sum(int(amount or 0) * unit for amount, unit in amounts)


def launch_time_of(text: str) -> int | None:
    """Return what a time of the launch such as T-1h, T-0 or T+30m means, from T-0 in milliseconds.

    None where it is none, or not in whole seconds.
    """
    if text in {"T-0", "T+0"}:
        return 0
    match = _LAUNCH_TIME.fullmatch(text)
    distance_ms = in_milliseconds(match[2]) if match else None
    if not match or not distance_ms or distance_ms % _SECOND:
        return None
    return distance_ms if match[1] == "+" else -distance_ms


def duration(milliseconds: int) -> str:
    """Return a duration to the second, with its units: 40s, 2m, 1m12s, 1h05m."""
    seconds = milliseconds // _SECOND
    if seconds < _MINUTE:
        return f"{seconds}s"
    minutes, rest = divmod(seconds, 60)
    if seconds < _HOUR:
        return f"{minutes}m{rest:02}s" if rest else f"{minutes}m"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes:02}m"


def launch_time(milliseconds: int) -> str:
    """Return a time of the launch, to the second, as the native format writes it: T-30m, T-0."""
    if milliseconds == 0:
        return "T-0"
    return f"T{'-' if milliseconds < 0 else '+'}{written(abs(milliseconds))}"


def written(milliseconds: int) -> str:
    """Return a duration as the native format writes it, exactly: 90s is 1m30s, 24h is 24h."""
    seconds, rest = divmod(milliseconds, _SECOND)
    days, seconds = divmod(seconds, 24 * _HOUR) if seconds >= _DAYS_FROM else (0, seconds)
    hours, seconds = divmod(seconds, _HOUR)
    minutes, seconds = divmod(seconds, _MINUTE)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"), (rest, "ms"))
    return "".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"
