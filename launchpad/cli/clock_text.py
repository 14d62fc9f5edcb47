"""The launch's clock, for `launchpad status`: as lines to read, and as JSON values."""

from collections.abc import Iterator
from typing import Any

from launchpad.checklist.durations import duration, launch_time
from launchpad.launch.countdown import conditional
from launchpad.launch.moment import Moment, second, shifted
from launchpad.launch.state import LaunchState
from launchpad.session.clock_words import (
    Clock,
    clock_of,
    hard_stop_words,
    hold_words,
    later_words,
    running,
    stand,
    step_words,
    waits_for,
)
from launchpad.text.safe import one_line

_SECOND = 1_000


def clock_values(state: LaunchState, now: Moment) -> dict[str, Any]:
    """Return the keys of the JSON shape that are about the clock: state, t0, clock.

    t_s and l_s are below zero before T-0; t0 is when it will be, at the earliest, with its holds.
    """
    clock = clock_of(state, now)
    if clock is None:
        values = {"t_s": None, "l_s": None, "held": False, "reason": None}
        return {"state": stand(state, None), "t0": None, "clock": values}
    return {
        "state": stand(state, clock),
        "t0": clock.reading.t0,
        "clock": {
            "t_s": clock.reading.t_ms // _SECOND,
            "l_s": clock.reading.l_ms // _SECOND,
            "held": clock.reading.stands,
            "reason": _reason(state, clock),
        },
    }


def clock_lines(state: LaunchState, now: Moment) -> Iterator[str]:
    """Yield how the clock stands, and what it waits for; nothing after the close."""
    if state.closure:
        return
    if state.scrub:
        scrub = state.scrub
        yield f"SCRUBBED by {scrub.by} at {second(scrub.at)}: {one_line(scrub.reason)}"
    clock = clock_of(state, now)
    if clock is None:
        yield "T-0 not set: launchpad t0 TIME gives it one"
    else:
        yield from _counted(state, clock, now)
    if state.gap is not None:
        yield (
            f"NOBODY OBSERVED for a while (event {state.gap}): no step starts and no trigger acts "
            "until somebody has seen it: launchpad acknowledge"
        )


def _counted(state: LaunchState, clock: Clock, now: Moment) -> Iterator[str]:
    from launchpad.session.civil import told_t0  # noqa: PLC0415 - JSON needs no zones

    read, count = clock.reading, clock.countdown
    t0 = told_t0(shifted(now.at, clock.remaining_ms), one_line(count.zone), now.at)
    earliest = "at the earliest " if read.stands else ""
    off = "" if clock.remaining_ms < 0 else f", in {duration(clock.remaining_ms)}"
    yield f"{running('T', read.t_ms)}   {running('L', read.l_ms)}   T-0 {earliest}{t0}{off}"
    words = hold_words(state, clock)
    if words:
        yield f"{'HOLDING' if read.held else 'HOLD'} {words}"
    if read.held and read.hold:
        yield f"beside it the built-in hold {read.hold.id}"
    if read.ahead and read.t_ms < 0:
        yield _next_hold(state, clock)
    later = later_words(clock)
    if later:
        yield later
    if count.step and read.t_ms < 0:
        yield (
            f"CLOCK STEPPED: {step_words(count.step)}; T-0 keeps its hour or its remainder: "
            "launchpad t0 --keep hour, or launchpad t0 --keep remainder"
        )
    if not read.exact:
        yield (
            "UNCERTAIN by as much as the wall clocks of two hosts or boots differ: "
            "the clock was last set on another one"
        )
    stop = hard_stop_words(state, clock, now)
    if stop:
        yield stop


def _next_hold(state: LaunchState, clock: Clock) -> str:
    hold = clock.reading.ahead
    if hold is None:
        return ""
    lasts = f", for {duration(hold.lasts_ms)}" if hold.lasts_ms else ""
    waits = f", waits for {waits_for(state, hold)}" if conditional(hold) else ""
    return f"next built-in hold: {hold.id} at {launch_time(hold.at_ms)}{lasts}{waits}"


def _reason(state: LaunchState, clock: Clock) -> str | None:
    held = clock.reading.held
    return held.reason if held else hold_words(state, clock)
