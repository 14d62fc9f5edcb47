"""What was found when everything that the steps need was looked for: the body of an event."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightCompleted:
    """preflight.completed: the conductor looked, and found something else than the last time.

    missing: what is not there, each with its name and why; empty when all is ready.
    """

    missing: tuple[str, ...]
