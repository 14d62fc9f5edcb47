"""Observing many probes once, or until they are good: none of them waits for another."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from launchpad.checklist.model import Probe
from launchpad.conductor.means import Means
from launchpad.conductor.preparing import Preparing
from launchpad.conductor.vantage import from_here, lost
from launchpad.probes.once import observe_once
from launchpad.probes.places import Places
from launchpad.probes.registry import type_of
from launchpad.probes.result import Result
from launchpad.session.clock import now


@dataclass(frozen=True, slots=True)
class Limits:
    """How it is gone about.

    concurrency: so many at once; retry_s: how long, in seconds, what is not good is tried again,
    0 for not at all; sleep_s: how long before it is.
    """

    concurrency: int = 64
    retry_s: float = 0.0
    sleep_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a probe, as far as is known.

    result: of the newest attempt; attempts: how many there were; at: when the newest ended (RFC
    3339, UTC); took_us: how long it took in microseconds, also where nothing could be measured;
    final: whether there will be no more.
    """

    probe: Probe
    result: Result
    attempts: int
    at: str
    took_us: int
    final: bool

    @property
    def good(self) -> bool:
        """Whether it is OK."""
        return self.result.state == "success"


async def attempted(
    probes: Sequence[Probe], means: Means, limits: Limits, tell: Callable[[Attempt], None]
) -> list[Attempt]:
    """Return what became of each probe, in their order. Ends soon when it is cancelled.

    tell: is told every attempt as it ends; what it is worth from this vantage is known at the end.
    """
    # Asked for once, before everything asks for them at once.
    await means.known_secrets()
    attempting = _Attempting(means, limits, tell)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(attempting.until_good(probe)) for probe in probes]
    return _from_here([task.result() for task in tasks])


class _Attempting:
    def __init__(self, means: Means, limits: Limits, tell: Callable[[Attempt], None]) -> None:
        self._preparing = Preparing(means)
        self._limits = limits
        self._tell = tell
        self._give_up_s = time.monotonic() + limits.retry_s
        self._places = Places(limits.concurrency)

    async def until_good(self, probe: Probe) -> Attempt:
        attempts = 0
        while True:
            attempts += 1
            result, took_us = await self._observed(probe)
            again_s = time.monotonic() + self._limits.sleep_s
            final = result.state == "success" or again_s > self._give_up_s
            attempt = Attempt(probe, result, attempts, now().at, took_us, final)
            self._tell(attempt)
            if final:
                return attempt
            await asyncio.sleep(self._limits.sleep_s)

    async def _observed(self, probe: Probe) -> tuple[Result, int]:
        ready = await self._preparing.ready(probe)
        if ready.instead is not None:
            return ready.instead, 0
        async with self._places.of(type_of(ready.spec).host(ready.spec)):
            began_ns = time.monotonic_ns()
            result = await observe_once(
                ready.spec,
                ready.conditions,
                timeout_s=probe.timeout_ms / 1000,
                redactor=ready.redactor,
            )
            return result, (time.monotonic_ns() - began_ns) // 1000


def _from_here(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return what became of the probes, as far as the vantage probes among them let it be seen."""
    results = {attempt.probe.id: attempt.result for attempt in attempts}
    blinded_by = lost([attempt.probe for attempt in attempts], results)
    return [
        replace(attempt, result=from_here(attempt.probe, attempt.result, blinded_by))
        for attempt in attempts
    ]
