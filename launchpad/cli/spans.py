"""Durations as they are typed behind an option."""

from launchpad.checklist.durations import in_milliseconds
from launchpad.cli.misused import Misused
from launchpad.text.safe import one_line


def span_ms(option: str, text: str | None) -> int | None:
    """Return what was typed, in milliseconds; None stays None. Raises Misused."""
    if text is None:
        return None
    span = in_milliseconds(text)
    if not span:
        raise Misused(f"{option} takes a duration such as 90s or 5m, not {one_line(text)!r}")
    return span
