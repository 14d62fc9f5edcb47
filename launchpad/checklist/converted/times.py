"""Values of the model as the texts that the native format has for them; None stays None."""

from launchpad.checklist.durations import launch_time, written


def length(milliseconds: int | None) -> str | None:
    """Return a duration."""
    return None if milliseconds is None else written(milliseconds)


def moment(milliseconds: int | None) -> str | None:
    """Return a time of the launch."""
    return None if milliseconds is None else launch_time(milliseconds)
