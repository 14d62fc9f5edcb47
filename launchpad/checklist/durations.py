"""Durations and times of a launch, as people read and write them: with their units."""

_SECOND, _MINUTE, _HOUR = 1_000, 60, 3_600
# A launch speaks of its first 24 or 36 hours, and of days only beyond.
_DAYS_FROM = 48 * _HOUR


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
