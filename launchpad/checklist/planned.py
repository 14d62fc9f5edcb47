"""How long steps take one after the other, by their estimates."""

from collections.abc import Iterable


def planned_ms(steps: Iterable[tuple[int | None, int]], begun_ms: int = 0) -> int:
    """Return when steps end that begin at a time. steps: not before when each starts, how long.

    All times are milliseconds from the same moment, such as the rollback's start.
    """
    end_ms = begun_ms
    for starts_at_ms, takes_ms in steps:
        end_ms = max(end_ms, starts_at_ms or 0) + takes_ms
    return end_ms
