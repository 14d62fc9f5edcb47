"""Timekeeping: what happens to the launch's clock by itself.

The clock runs without anybody: here is only found out that the wall clock was set, that what a
built-in hold waits for is there, and that a commit criterion asks for a hold.
"""

from datetime import datetime
from typing import Final

from launchpad.conductor.post import Post
from launchpad.launch.clock_facts import ClockHeld, ClockResumed, ClockStepped
from launchpad.launch.clock_rules import opens
from launchpad.launch.countdown import reading
from launchpad.launch.criteria import criteria
from launchpad.launch.moment import Moment, moment_at
from launchpad.log.leasing import Lease
from launchpad.session.clock import now

_LOOK_S: Final = 0.5
# Time servers slew a clock by less in a look; whoever sets one by less does no harm.
_STEP_MS: Final = 500


class Timekeeping:
    """The clock of one launch. over: the lease of the conductor before, whose clocks are known."""

    def __init__(self, post: Post, over: Lease | None) -> None:
        self._post = post
        self._seen = Moment(over.at, over.mono_ns, over.boot_id) if over else None
        self._red: frozenset[str] | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            seen = self._post.state.head.seq
            await self._look(moment_at(now()))
            await self._post.moved(_LOOK_S, after=seen)

    async def _look(self, moment: Moment) -> None:
        step_ms = stepped_ms(self._seen, moment) if self._seen else 0
        state = self._post.state
        clock = state.countdown
        if clock is None or state.scrub:
            self._seen = moment
            return
        # One that is not recorded yet is found again at the next look.
        if not step_ms or await self._post.report(ClockStepped(step_ms=step_ms)):
            self._seen = moment
        t_ms = reading(clock, state.checklist.holds, moment).t_ms
        for hold in state.checklist.holds:
            if hold.at_ms >= t_ms and hold.id not in clock.opened and opens(state, hold, moment):
                await self._post.report(
                    ClockResumed(hold=hold.id, at_once=False, why="what it waits for is there")
                )
        await self._hold_for_criteria(t_ms)

    async def _hold_for_criteria(self, t_ms: int) -> None:
        """Hold the clock when a criterion that asks for it is no longer met, once each time."""
        state = self._post.state
        red = {
            each.criterion.id: each
            for each in criteria(state)
            if each.criterion.hold and each.word == "not-met"
        }
        fresh = [name for name in red if self._red is not None and name not in self._red]
        clock = state.countdown
        if clock is None or clock.held:
            # What breaks during a hold is asked again when the clock runs.
            self._red = frozenset(red).difference(fresh)
            return
        self._red = frozenset(red)
        if not fresh or t_ms >= 0:
            return
        first = red[fresh[0]]
        text = first.criterion.text or first.criterion.id
        await self._post.report(
            ClockHeld(
                reason=f"commit criterion not met: {text}: {', '.join(first.red)} is red",
                criterion=first.criterion.id,
            )
        )


def stepped_ms(before: Moment, moment: Moment) -> int:
    """Return by how much the wall clock was set between two moments of a boot; 0 for not at all."""
    passed_ms = before.elapsed_ms(moment.boot_id, moment.mono_ns)
    if passed_ms is None:
        return 0
    wall = datetime.fromisoformat(moment.at) - datetime.fromisoformat(before.at)
    step_ms = round(wall.total_seconds() * 1_000) - passed_ms
    return step_ms if abs(step_ms) >= _STEP_MS else 0
