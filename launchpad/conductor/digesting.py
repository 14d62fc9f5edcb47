"""Digesting: what binds the probes' samples into the chain of events, and what thins old ones.

Both work in pieces: the lock is held for one piece, and others who write get their turn.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from launchpad.conductor.post import Post
from launchpad.conductor.saying import say
from launchpad.launch.event import Stamp
from launchpad.launch.moment import lapse, moment_at
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.log.digest import kept, mark, sha256
from launchpad.log.errors import LogError
from launchpad.log.leasing import Lease
from launchpad.log.store import Log
from launchpad.session.clock import now

_EVERY_S: Final = 300.0
# A launch night and the day after it, in which people ask what happened when, stay whole.
_WHOLE_MS: Final = 24 * 3600 * 1000
# So much is thinned together: the first and the last of every part stay.
_TOGETHER_MS: Final = 3600 * 1000
# So many marks are written in one transaction, and so many samples taken away: some 20 ms each.
MARKS: Final = 5000
GOING: Final = 200
_PAUSE_S: Final = 0.02


class Digesting:
    """The digests of one launch's samples. every_s: how often; clock: tells what is old."""

    def __init__(
        self,
        post: Post,
        lease: Lease,
        *,
        every_s: float = _EVERY_S,
        clock: Callable[[], Stamp] = now,
    ) -> None:
        self._post = post
        self._lease = lease
        self._every_s = every_s
        self._clock = clock

    async def run(self) -> None:
        """Digest and thin until cancelled."""
        await self._take_away()
        while True:
            await asyncio.sleep(self._every_s)
            await self.digest()
            await self.thin()

    async def digest(self) -> None:
        """Record what the samples are that came since the last time."""
        after = self._post.state.samples.digested
        try:
            fact = await asyncio.to_thread(digested, self._post.log, self._lease, after)
        except LogError as error:
            say(f"samples are not digested: {error}")
            return
        if fact is not None:
            await self._post.report(fact)

    async def thin(self) -> None:
        """Take away what tells nothing of samples that are old; first record what stays."""
        state, moment = self._post.state.samples, moment_at(self._clock())
        ages = [(stretch.last, lapse(stretch.digested, moment).ms) for stretch in state.whole]
        if not ages or ages[0][1] < _WHOLE_MS + _TOGETHER_MS:
            return
        last = max(last for last, age_ms in ages if age_ms >= _WHOLE_MS)
        try:
            fact = await asyncio.to_thread(
                thinned, self._post.log, self._post.launch, state.thinned, last
            )
        except LogError as error:
            say(f"samples are not thinned: {error}")
            return
        if await self._post.report(fact):
            await self._take_away()

    async def _take_away(self) -> None:
        """Finish the newest thinning, also that of a conductor before."""
        thinning = self._post.state.samples.thinning
        if thinning is None:
            return
        try:
            await asyncio.to_thread(take_away, self._post.log, self._lease, thinning)
        except LogError as error:
            say(f"samples are not thinned yet: {error}")


def digested(log: Log, lease: Lease, after: int) -> SamplesDigested | None:
    """Keep the marks of the samples after an id, and return their digest; None for no samples.

    Raises LogError.
    """
    marks: list[str] = []
    part, last, begun = 0, after, after
    for row in log.rows(lease.launch, after, log.newest_sample()):
        if len(marks) - part == MARKS:
            log.keep_marks(lease, after, last, "".join(marks[part:]))
            part, after = len(marks), last
        marks.append(mark(row))
        last = row[0]
    if not marks:
        return None
    log.keep_marks(lease, after, last, "".join(marks[part:]))
    return SamplesDigested(after=begun, last=last, count=len(marks), sha256=sha256(marks))


def thinned(log: Log, launch: str, after: int, last: int) -> SamplesThinned:
    """Return which of digested samples stay when they are thinned. Raises LogError."""
    marks = [
        mark(row)
        for probe in log.sampled(launch)
        for row in kept(log.rows_of(launch, probe, after, last))
    ]
    return SamplesThinned(after=after, last=last, kept=len(marks), sha256=sha256(marks))


def take_away(log: Log, lease: Lease, thinning: SamplesThinned) -> None:
    """Take away the samples that a thinning did not keep. Raises LogError."""
    for probe in log.sampled(lease.launch):
        rows = log.rows_of(lease.launch, probe, thinning.after, thinning.last)
        stay = {row[0] for row in kept(rows)}
        going = [row[0] for row in rows if row[0] not in stay]
        for begin in range(0, len(going), GOING):
            log.thin(lease, going[begin : begin + GOING])
            time.sleep(_PAUSE_S)
