"""Durations as figures for a script."""

_SECOND = 1_000


def in_seconds(milliseconds: int | None) -> int | float | None:
    """Return whole seconds where it is whole, else with its fraction; None for None."""
    if milliseconds is None:
        return None
    whole, rest = divmod(milliseconds, _SECOND)
    return milliseconds / _SECOND if rest else whole
