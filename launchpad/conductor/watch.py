"""Watching: every probe of the launch again and again, its samples kept, its changes recorded."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from launchpad.conditions.parse import parse
from launchpad.conductor.holding import Holding
from launchpad.conductor.means import Means
from launchpad.conductor.post import Post
from launchpad.conductor.preparing import Preparing
from launchpad.conductor.vantage import from_here, lost
from launchpad.launch.operations import ProbeChanged, ProbeState
from launchpad.launch.tripping import asked
from launchpad.log.boottime import boot_time
from launchpad.log.samples import Sample
from launchpad.probes import flapping
from launchpad.probes.flapping import Flapping
from launchpad.probes.once import observe_once
from launchpad.probes.registry import type_of
from launchpad.probes.result import Result, State, told
from launchpad.probes.scheduler import Scheduler
from launchpad.probes.smoothing import Smoothed, after
from launchpad.session.clock import now

_VERIFY_S = 30.0
_AGAIN_S = 1.0


class Taken(NamedTuple):
    """A result of a probe, as it was kept. flaps: whether the probe changes all the time."""

    probe: str
    result: Result
    sample: Sample
    flaps: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """A probe's newest result, and when its observation began (CLOCK_BOOTTIME)."""

    result: Result
    began_ns: int


class Watch:
    """The probes of one launch."""

    def __init__(
        self, post: Post, holding: Holding, means: Means, verify_s: float = _VERIFY_S
    ) -> None:
        """Watch what the means' checklist says. verify_s: how long a probe may take to be good."""
        self._verify_s = verify_s
        self._post = post
        self._holding = holding
        self._preparing = Preparing(means)
        self._probes = {probe.id: probe for probe in means.checklist.probes}
        self._vantages = [probe for probe in self._probes.values() if probe.vantage]
        self._asked = {
            probe: tuple(parse(text) for text in asked(means.checklist, probe))
            for probe in self._probes
        }
        self._seen: dict[str, _Seen] = {}
        self._smoothed: dict[str, Smoothed] = {}
        self._flapping: dict[str, Flapping] = {}
        self._reports: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        # What a probe is that was reported, and is not recorded yet.
        self._waiting: dict[str, ProbeState] = {}
        self._listeners: list[Callable[[Taken], None]] = []
        self._hosts: dict[str, str | None] = {}
        self._scheduler = Scheduler(
            {probe.id: probe.interval_ms / 1000 for probe in self._probes.values()},
            self._observe,
            self._take,
            host_of=self._host,
            stamp=lambda: boot_time()[1],
        )

    async def run(self) -> None:
        """Observe until cancelled."""
        await self._scheduler.run()

    def listen(self, listener: Callable[[Taken], None]) -> None:
        """Have every result told as soon as it is there."""
        self._listeners.append(listener)

    def good_since(self, probe: str, mono_ns: int) -> bool:
        """Say whether the newest observation, begun after a moment, was good."""
        seen = self._seen.get(probe)
        return seen is not None and seen.result.state == "success" and seen.began_ns >= mono_ns

    async def becomes_good(self, probe: str) -> tuple[bool, str]:
        """Observe at once, and again for a while; return whether it is good, and what was seen."""
        deadline = asyncio.get_running_loop().time() + self._verify_s
        while True:
            result = await self._scheduler.now(probe)
            if result.state == "success":
                return True, result.shown
            if asyncio.get_running_loop().time() > deadline:
                return False, f"{result.state}: {told(result) or result.reason}"
            await asyncio.sleep(_AGAIN_S)

    async def blind(self, probe: str) -> str | None:
        """Return what keeps a probe's newest result from telling anything; None for nothing.

        The vantage probes are observed at once, unless they were since that result began.
        """
        if self._probes[probe].vantage:
            return None
        began_ns = self._seen[probe].began_ns
        stale = [
            each.id
            for each in self._vantages
            if (seen := self._seen.get(each.id)) is None or seen.began_ns < began_ns
        ]
        await asyncio.gather(*(self._scheduler.now(each) for each in stale))
        return self._lost()

    def _lost(self) -> str | None:
        seen = {each.id: self._seen.get(each.id) for each in self._vantages}
        return lost(self._vantages, {id_: each.result for id_, each in seen.items() if each})

    async def _host(self, probe: str) -> str | None:
        """Return the host that a probe is at; None also where it is not known yet."""
        if probe not in self._hosts:
            ready = await self._preparing.ready(self._probes[probe])
            if ready.instead is not None:
                return None
            self._hosts[probe] = type_of(ready.spec).host(ready.spec)
        return self._hosts[probe]

    async def _observe(self, probe: str) -> Result:
        authored = self._probes[probe]
        ready = await self._preparing.ready(authored)
        if ready.instead is not None:
            return ready.instead
        result = await observe_once(
            ready.spec,
            ready.conditions,
            timeout_s=authored.timeout_ms / 1000,
            redactor=ready.redactor,
            also=self._asked[probe],
        )
        return from_here(authored, result, self._lost())

    def _take(self, probe: str, result: Result, began_ns: int) -> None:
        self._seen[probe] = _Seen(result, began_ns)
        boot_id, mono_ns = boot_time()
        sample = Sample(
            probe=probe,
            at=now().at,
            mono_ns=mono_ns,
            boot_id=boot_id,
            state=result.state,
            reason=result.reason,
            value=told(result),
            latency_us=result.latency_us,
            timings=dict(result.timings) or None,
            address=result.address,
        )
        self._holding.sampled(sample)
        authored = self._probes[probe]
        smoothed = self._smoothed[probe] = after(
            self._smoothed.get(probe),
            result.state,
            authored.failure_threshold,
            authored.success_threshold,
        )
        known = self._flapping.get(probe, Flapping())
        flaps = self._flapping[probe] = flapping.after(known, smoothed.state)
        self._changed(probe, result, smoothed.state, flaps)
        for listener in self._listeners:
            listener(Taken(probe, result, sample, flaps.flaps))

    def _changed(self, probe: str, result: Result, shown: State, flaps: Flapping) -> None:
        state: ProbeState = "flapping" if flaps.flaps else shown
        standing = self._post.state.probes.get(probe)
        before = self._waiting.get(probe, standing.state if standing else None)
        if state == before:
            return
        often = f"changed {flaps.changes} times in {len(flaps.good)} observations; "
        changed = ProbeChanged(
            probe=probe,
            state=state,
            before=before,
            reason=result.reason,
            shown=f"{often if flaps.flaps else ''}{told(result)}",
            latency_us=result.latency_us,
        )
        self._waiting[probe] = state
        task = asyncio.create_task(self._report(changed))
        self._reports.add(task)
        task.add_done_callback(self._reports.discard)

    async def _report(self, changed: ProbeChanged) -> None:
        # One at a time: of a thousand that go red at once, none stands before a step's start.
        async with self._turn:
            await self._post.report(changed)
        if self._waiting.get(changed.probe) == changed.state:
            del self._waiting[changed.probe]
