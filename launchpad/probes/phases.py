"""How long each phase of an observation takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from launchpad.probes.observed import CannotObserve

# What the other side says itself. That it is silent may be the network's doing.
_TURNED_AWAY: Final = frozenset({"connection-refused", "connection-reset"})


class Phases:
    """The phase that an observation is in, and how long those before took, in microseconds."""

    def __init__(self, first: str) -> None:
        self.phase = first
        self.timings: dict[str, int] = {}
        self._began_ns = self._phase_began_ns = time.monotonic_ns()

    def begin(self, phase: str) -> None:
        """Go from one phase to another."""
        self.phase, self._phase_began_ns = phase, time.monotonic_ns()

    def end(self) -> None:
        """Count the phase that is over. One that comes again, as after redirects, is a sum."""
        took_us = (time.monotonic_ns() - self._phase_began_ns) // 1000
        self.timings[self.phase] = self.timings.get(self.phase, 0) + took_us

    @contextmanager
    def during(self, phase: str) -> Iterator[None]:
        """Count what happens within as a phase."""
        self.begin(phase)
        yield
        self.end()

    def turned_away(self, error: CannotObserve) -> bool:
        """Tell whether what ended it was the other side's refusal to be connected."""
        return self.phase == "connect" and error.reason in _TURNED_AWAY

    def taken_us(self) -> int:
        """Return how long it took so far."""
        return (time.monotonic_ns() - self._began_ns) // 1000
