"""The backlog: samples that wait until the log takes them, in bounded memory."""

import threading
from collections import deque
from collections.abc import Sequence
from typing import Final

from launchpad.conductor.saying import say
from launchpad.log.samples import Sample

# Five minutes of 1,000 probes at 5 s, some 60 MB.
KEPT: Final = 60_000
# So many go with one beat: a backlog must not make a beat take as long as the lease's term.
BROUGHT: Final = 5_000


class Backlog:
    """The newest samples that wait, at most KEPT; to be used from any thread.

    What is lost because there are more is counted, and said.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._samples: deque[Sample] = deque()
        self._lost = 0

    def __len__(self) -> int:
        return len(self._samples)

    def add(self, sample: Sample) -> None:
        """Let a sample wait."""
        with self._guard:
            self._samples.append(sample)
            first = self._shortened()
        if first:
            say(f"more than {KEPT:,} samples wait for the log: the oldest are lost")

    def take(self) -> list[Sample]:
        """Take the oldest samples out, to be brought with one beat."""
        with self._guard:
            return [self._samples.popleft() for _ in range(min(len(self._samples), BROUGHT))]

    def give_back(self, samples: Sequence[Sample]) -> None:
        """Let samples that were not brought wait again, before the others."""
        with self._guard:
            self._samples.extendleft(reversed(samples))
            self._shortened()

    def brought(self) -> None:
        """Say what was lost until the log took samples again."""
        with self._guard:
            lost, self._lost = self._lost, 0
        if lost:
            say(f"{lost:,} samples were lost while the log took nothing")

    def _shortened(self) -> bool:
        """Give the oldest up where there are too many; say whether those are the first."""
        too_many = max(0, len(self._samples) - KEPT)
        for _ in range(too_many):
            self._samples.popleft()
        self._lost += too_many
        return 0 < self._lost == too_many
