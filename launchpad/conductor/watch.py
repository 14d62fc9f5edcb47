"""Watching: every probe of the launch again and again, its samples kept, its changes recorded."""

import asyncio
from dataclasses import dataclass

from launchpad.conductor.holding import Holding
from launchpad.conductor.means import Means
from launchpad.conductor.post import Post
from launchpad.conductor.preparing import Prepared, not_trusted, prepared
from launchpad.launch.operations import ProbeChanged
from launchpad.log.boottime import boot_time
from launchpad.log.samples import Sample
from launchpad.probes.once import observe_once
from launchpad.probes.result import Result
from launchpad.probes.scheduler import Scheduler
from launchpad.probes.smoothing import Smoothed, after
from launchpad.session.clock import now

_VERIFY_S = 30.0
_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """A probe's newest result, and when its observation began (CLOCK_BOOTTIME)."""

    result: Result
    began_ns: int


class Watch:
    """The probes of one launch."""

    def __init__(self, post: Post, holding: Holding, means: Means) -> None:
        self._post = post
        self._holding = holding
        self._means = means
        self._probes = {probe.id: probe for probe in means.checklist.probes}
        self._prepared: dict[str, Prepared] = {}
        self._seen: dict[str, _Seen] = {}
        self._smoothed: dict[str, Smoothed] = {}
        self._reports: set[asyncio.Task[bool]] = set()
        self._scheduler = Scheduler(
            {probe.id: probe.interval_ms / 1000 for probe in self._probes.values()},
            self._observe,
            self._take,
            stamp=lambda: boot_time()[1],
        )

    async def run(self) -> None:
        """Observe until cancelled."""
        await self._scheduler.run()

    def good_since(self, probe: str, mono_ns: int) -> bool:
        """Say whether the newest observation, begun after a moment, was good."""
        seen = self._seen.get(probe)
        return seen is not None and seen.result.state == "success" and seen.began_ns >= mono_ns

    async def becomes_good(self, probe: str) -> tuple[bool, str]:
        """Observe at once, and again for a while; return whether it is good, and what was seen."""
        deadline = asyncio.get_running_loop().time() + _VERIFY_S
        while True:
            result = await self._scheduler.now(probe)
            if result.state == "success":
                return True, result.shown
            if asyncio.get_running_loop().time() > deadline:
                return False, f"{result.state}: {_told(result) or result.reason}"
            await asyncio.sleep(_AGAIN_S)

    async def _observe(self, probe: str) -> Result:
        authored = self._probes[probe]
        refused = await asyncio.to_thread(not_trusted, authored, self._means)
        if refused is not None:
            return refused
        ready = self._prepared.get(probe)
        if ready is None or ready.instead is not None:
            # A secret may have been put in its place since the last time.
            ready = self._prepared[probe] = await prepared(authored, self._means)
        if ready.instead is not None:
            return ready.instead
        return await observe_once(
            ready.spec,
            ready.conditions,
            timeout_s=authored.timeout_ms / 1000,
            redactor=ready.redactor,
        )

    def _take(self, probe: str, result: Result, began_ns: int) -> None:
        self._seen[probe] = _Seen(result, began_ns)
        boot_id, mono_ns = boot_time()
        self._holding.sampled(
            Sample(
                probe=probe,
                at=now().at,
                mono_ns=mono_ns,
                boot_id=boot_id,
                state=result.state,
                reason=result.reason,
                value=_told(result),
                latency_us=result.latency_us,
                timings=dict(result.timings) or None,
                address=result.address,
            )
        )
        authored = self._probes[probe]
        smoothed = after(
            self._smoothed.get(probe),
            result.state,
            authored.failure_threshold,
            authored.success_threshold,
        )
        self._smoothed[probe] = smoothed
        standing = self._post.state.probes.get(probe)
        before = standing.state if standing else None
        if smoothed.state != before:
            changed = ProbeChanged(
                probe=probe,
                state=smoothed.state,
                before=before,
                reason=result.reason,
                shown=_told(result),
                latency_us=result.latency_us,
            )
            task = asyncio.create_task(self._post.report(changed))
            self._reports.add(task)
            task.add_done_callback(self._reports.discard)


def _told(result: Result) -> str:
    """Return what was seen; of what could not be measured, why not."""
    return (result.state == "error" and result.detail) or result.shown
