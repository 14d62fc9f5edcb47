"""Triggering: what the probes see trips triggers, a rollback is proposed, and begins by itself.

Two things at once, so that neither waits for the other: results are acted on as they come, and
time is kept for what was proposed. What was recorded is all that is needed to go on: a proposal's
time runs from its event on, whichever conductor keeps it.
"""

import asyncio
import contextlib
from collections import deque
from typing import Final

from launchpad.checklist.model import Trigger
from launchpad.conditions.evaluate import Verdict
from launchpad.conductor.post import Post
from launchpad.conductor.saying import say
from launchpad.conductor.watch import Taken, Watch
from launchpad.launch.arming import triggers_of
from launchpad.launch.baseline import compared, compared_probes, relative
from launchpad.launch.countdown import reading
from launchpad.launch.moment import Moment, moment_at
from launchpad.launch.trigger_facts import BaselineCaptured, TriggerTripped
from launchpad.launch.trigger_rules import begins_not, started
from launchpad.launch.tripping import (
    Tripping,
    asked,
    counted,
    due,
    health,
    proposal,
    recorded,
    watching,
)
from launchpad.log.errors import LogError
from launchpad.log.samples import Sample
from launchpad.probes.result import told
from launchpad.session.baseline import measured, newest, within
from launchpad.session.clock import now

# How often is looked at what passes with time: a dismissal that is over, T-0.
_LOOK_S: Final = 1.0


class Triggering:
    """The triggers of one launch."""

    def __init__(self, post: Post, watch: Watch) -> None:
        self._post = post
        self._watch = watch
        self._checklist = post.state.checklist
        self._tripping = Tripping()
        self._samples: dict[str, deque[Sample]] = {}
        self._fresh = asyncio.Event()
        self._captured_for: int | None = None
        watch.listen(self._take)

    async def run(self) -> None:
        """Act on what is seen until cancelled."""
        await self._remember()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._act())
            group.create_task(self._keep_time())

    async def _act(self) -> None:
        """Record what trips, and propose what follows from it."""
        while True:
            await self._trip(moment_at(now()))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_S):
                    await self._fresh.wait()
            self._fresh.clear()

    async def _trip(self, moment: Moment) -> None:
        for fact in list(due(self._tripping, self._post.state, moment)):
            if await self._seen_well(fact) and await self._post.report(fact):
                self._tripping = recorded(self._tripping, fact.trigger)
        # Also for one that a conductor recorded last before it died.
        for trigger in triggers_of(self._post.state):
            proposed = proposal(self._post.state, trigger)
            if proposed:
                await self._post.report(proposed)

    async def _seen_well(self, fact: TriggerTripped) -> bool:
        """Say whether it is certain that something can be seen from here; else forget the count."""
        lost = await self._watch.blind(fact.probe)
        if lost is None:
            return True
        for trigger in watching(self._checklist, fact.probe):
            self._count(trigger, fact.probe, None)
        return False

    async def _keep_time(self) -> None:
        """Begin the rollback when nobody decided in time, and capture the baseline at T-0."""
        while True:
            seen, moment = self._post.state.head.seq, moment_at(now())
            await self._begin(moment)
            await self._capture(moment)
            await self._post.moved(self._next_s(moment_at(now())), after=seen)

    async def _begin(self, moment: Moment) -> None:
        state = self._post.state
        for each in state.triggers.proposals.values():
            if begins_not(state, each, moment) is None:
                await self._post.report(started(state, each))
                return

    def _next_s(self, moment: Moment) -> float:
        """Return in how many seconds something happens with time, if nothing else does."""
        proposals = self._post.state.triggers.proposals.values()
        left_ms = [left.ms for each in proposals if each.auto and (left := each.left(moment))]
        return min([_LOOK_S, *(ms / 1000 for ms in left_ms if ms)])

    async def _capture(self, moment: Moment) -> None:
        """Capture the baseline when its time has come and nobody did, once for each T-0."""
        state, baseline = self._post.state, self._checklist.baseline
        clock = state.countdown
        if baseline is None or clock is None or self._captured_for == clock.touched:
            return
        if state.triggers.baseline_at or state.scrub or state.rollback:
            return
        ago_ms = reading(clock, self._checklist.holds, moment).t_ms - self._compares_from_ms()
        if ago_ms < 0:
            return
        try:
            found = await asyncio.to_thread(
                measured,
                self._post.log,
                self._post.launch,
                self._checklist,
                baseline,
                moment,
                ago_ms=ago_ms,
            )
        except LogError as error:
            say(f"the baseline cannot be read yet: {error}")
            return
        self._captured_for = clock.touched
        for probe, count in found.missing:
            say(f"no baseline of {probe}: {count} of {baseline.min_samples} samples")
        if found.figures:
            await self._post.report(
                BaselineCaptured(figures=found.figures, over_ms=baseline.over_ms)
            )

    def _compares_from_ms(self) -> int:
        """Return from which T on something is compared with the baseline: T-0 at the latest."""
        compares = [t.active_from_ms for t in triggers_of(self._post.state) if relative(t)]
        return min([0, *compares])

    async def _remember(self) -> None:
        """Read what an earlier conductor measured, for those probes that are compared."""
        baseline = self._checklist.baseline
        wanted = frozenset(compared_probes(self._checklist)) if baseline else frozenset()
        for probe in self._checklist.probes:
            if baseline is None or probe.id not in wanted:
                continue
            before: list[Sample] = []
            with contextlib.suppress(LogError):
                before = await asyncio.to_thread(
                    newest, self._post.log, self._post.launch, probe, baseline.over_ms
                )
            since = self._samples.get(probe.id, ())
            known = {sample.mono_ns for sample in since}
            earlier = [sample for sample in before if sample.mono_ns not in known]
            most = max(len(before), 2 * (baseline.over_ms // probe.interval_ms + 1))
            self._samples[probe.id] = deque([*earlier, *since], maxlen=most)

    def _take(self, taken: Taken) -> None:
        """Count what a result says to those triggers that watch its probe."""
        self._samples.setdefault(taken.probe, deque(maxlen=1)).append(taken.sample)
        for trigger in watching(self._checklist, taken.probe):
            self._count(trigger, taken.probe, taken)
        if any(due(self._tripping, self._post.state, moment_at(now()))):
            self._fresh.set()

    def _count(self, trigger: Trigger, probe: str, taken: Taken | None) -> None:
        """Count a result; None for one that nothing could be seen in."""
        moment = moment_at(now())
        verdict = self._verdict(trigger, taken, moment) if taken else None
        said = health(trigger, taken.result, verdict, flapping=taken.flaps) if taken else "blind"
        shown = verdict.shown if verdict else told(taken.result) if taken else ""
        self._tripping = counted(
            self._tripping, self._post.state, trigger, probe, said, shown, moment
        )

    def _verdict(self, trigger: Trigger, taken: Taken, moment: Moment) -> Verdict | None:
        """Return what a trigger's own condition makes of a result; None where it has none."""
        condition, baseline = relative(trigger), self._checklist.baseline
        if condition is None or baseline is None:
            answers = zip(asked(self._checklist, taken.probe), taken.result.also, strict=False)
            return next((each for text, each in answers if text == trigger.healthy_when), None)
        latencies = list(within(self._samples[taken.probe], moment, baseline.over_ms))
        figure = self._post.state.triggers.baseline.get(taken.probe)
        return compared(condition, latencies, figure, baseline.min_samples)
