"""Durations as people read them, with their units."""

_SECOND, _MINUTE, _HOUR = 1_000, 60, 3_600


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
