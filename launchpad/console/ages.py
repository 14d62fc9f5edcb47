"""How long ago something was, in steps so coarse that a quiet screen stays quiet."""

AGE_WIDTH = 3

_NANOSECONDS = 1_000_000_000
_STEPS_S = (3, 10, 20, 30)
_MINUTE, _HOUR, _OLDEST_S = 60, 3_600, 100 * 3_600


def age(nanoseconds: int) -> str:
    """Return an age in at most AGE_WIDTH characters: now, 3s, 10s, 20s, 30s, 1m … 59m, 1h, old.

    An age is never said to be more than it is.
    """
    seconds = nanoseconds // _NANOSECONDS
    if seconds >= _OLDEST_S:
        return "old"
    if seconds >= _HOUR:
        return f"{seconds // _HOUR}h"
    if seconds >= _MINUTE:
        return f"{seconds // _MINUTE}m"
    reached = [step for step in _STEPS_S if step <= seconds]
    return f"{reached[-1]}s" if reached else "now"


def ago(said: str) -> str:
    """Return an age as it stands in a sentence: "3s ago", "now"."""
    return f"{said} ago" if said[:1].isdigit() else said
