"""How events move the launch's clock."""

from collections.abc import Sequence
from dataclasses import replace

from launchpad.checklist.model import Hold
from launchpad.launch import countdown
from launchpad.launch.clock_facts import (
    ClockHeld,
    ClockRecycled,
    ClockResumed,
    ClockStepped,
    LaunchScheduled,
)
from launchpad.launch.countdown import ClockStep, Countdown
from launchpad.launch.event import Event
from launchpad.launch.moment import moment_of, shifted
from launchpad.launch.person import actor_initials
from launchpad.text.safe import one_line

ClockMove = LaunchScheduled | ClockHeld | ClockResumed | ClockRecycled | ClockStepped


def counted(
    before: Countdown | None, holds: Sequence[Hold], event: Event, body: ClockMove
) -> Countdown | None:
    """Return the clock after an event on it; None for one without a T-0 to move.

    Raises ValueError for a T-0 that is no time.
    """
    if isinstance(body, LaunchScheduled):
        after = _scheduled(before, holds, event, body)
    elif before is None:
        return None
    else:
        after = _moved(before, holds, event, body)
    if after is before:
        return before
    return replace(after, touched_by=actor_initials(event.actor), touched_at=event.at)


def _scheduled(
    before: Countdown | None, holds: Sequence[Hold], event: Event, body: LaunchScheduled
) -> Countdown:
    t0, now = shifted(body.t0, 0), moment_of(event)
    if body.keeps and before:
        return countdown.kept(before, t0, body.in_ms, holds, now, event.seq)
    return countdown.scheduled(t0, one_line(body.zone), body.in_ms, holds, now, event.seq)


def _moved(
    before: Countdown,
    holds: Sequence[Hold],
    event: Event,
    body: ClockHeld | ClockResumed | ClockRecycled | ClockStepped,
) -> Countdown:
    now, by, seq = moment_of(event), actor_initials(event.actor), event.seq
    if isinstance(body, ClockHeld):
        reason, criterion = one_line(body.reason), body.criterion
        return countdown.held(before, holds, now, by, reason, seq, criterion)
    if isinstance(body, ClockRecycled):
        reason = one_line(body.reason)
        return countdown.recycled(before, holds, body.t_ms, now, by, reason, seq)
    if isinstance(body, ClockStepped):
        # Behind T-0 there is nothing left to keep, and nobody is asked.
        if countdown.reading(before, holds, now).t_ms >= 0:
            return before
        return replace(before, step=ClockStep(seq, event.at, body.step_ms), touched=seq)
    if body.hold is None or body.at_once:
        return countdown.resumed(before, holds, now, seq)
    return countdown.opened(before, holds, body.hold, now, seq)
