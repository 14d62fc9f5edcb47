"""The launch's clock in words, the same on every screen and for every command. All pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from launchpad.checklist.durations import duration, launch_time
from launchpad.checklist.model import Hold
from launchpad.launch.countdown import (
    ClockStep,
    Countdown,
    Held,
    Reading,
    reading,
    window_ms,
)
from launchpad.launch.criteria import criteria
from launchpad.launch.moment import Moment, second, shifted
from launchpad.launch.state import LaunchPhase, LaunchState

# How a launch stands, with its clock.
Stand: TypeAlias = LaunchPhase | Literal["counting", "holding"]

_SECOND = 1_000
_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Clock:
    """A launch's clock at a moment. later_ms: how much later T-0 is by now than it was set for."""

    countdown: Countdown
    reading: Reading
    later_ms: int

    @property
    def remaining_ms(self) -> int:
        """How far off T-0 is, at the earliest; below zero after it."""
        return self.reading.slip_ms - self.reading.l_ms


def clock_of(state: LaunchState, now: Moment) -> Clock | None:
    """Return a launch's clock; None while T-0 has no time."""
    countdown = state.countdown
    if countdown is None:
        return None
    read = reading(countdown, state.checklist.holds, now)
    later_ms = read.slip_ms - read.l_ms - window_ms(countdown, 0, now)
    return Clock(countdown, read, later_ms)


def stand(state: LaunchState, clock: Clock | None) -> Stand:
    """Return how a launch stands. clock: as `clock_of` returns it."""
    if state.phase != "open":
        return state.phase
    if state.scrub:
        return "scrubbed"
    if _rolled_back(state, clock):
        return "rolled-back"
    if clock is None:
        return "open"
    return "holding" if clock.reading.stands else "counting"


def _rolled_back(state: LaunchState, clock: Clock | None) -> bool:
    """Say whether a rollback was completed, and nobody gave the clock another time since."""
    back = state.rollback
    if back is None or back.status != "completed":
        return False
    return clock is None or clock.countdown.touched < back.touched


def running(letter: str, at_ms: int, minus: str = "-") -> str:
    """Return a time of the launch as it runs: T-12m41s, T-1h32m, T+5m00s; whole seconds begun."""
    seconds = at_ms // _SECOND
    sign, seconds = (minus, -seconds) if seconds < 0 else ("+", seconds)
    if seconds * _SECOND >= _HOUR:
        return f"{letter}{sign}{duration(seconds * _SECOND)}"
    minutes, rest = divmod(seconds, 60)
    return f"{letter}{sign}{minutes}m{rest:02}s" if minutes else f"{letter}{sign}{rest}s"


def standing_at(at_ms: int) -> str:
    """Return a time of the launch that stands, to the second: T-10m."""
    return launch_time(at_ms // _SECOND * _SECOND)


def hold_words(
    state: LaunchState, clock: Clock, left: Callable[[int], str] = duration
) -> str | None:
    """Return why T- stands and since what: "at T-10m: AB, vendor is late"; None while it runs.

    A built-in hold: "gate, 4m left" or "go, waits for the poll of cutover". left: how its
    milliseconds are said.
    """
    now = clock.reading
    if now.held:
        return f"at {standing_at(now.t_ms)}: {now.held.by}, {held_for(state, now.held)}"
    if now.hold is None:
        return None
    return f"{now.hold.id}, {built_in_words(state, now.hold, now, left)}"


def held_for(state: LaunchState, held: Held) -> str:
    """Return why somebody holds the clock, or that the criterion it is held for is met again."""
    for each in criteria(state):
        if each.criterion.id == held.criterion and each.word == "met":
            return f"met again: {each.criterion.text or each.criterion.id} (commit criterion)"
    return held.reason


def built_in_words(
    state: LaunchState, hold: Hold, now: Reading, left: Callable[[int], str] = duration
) -> str:
    """Return how long a built-in hold lasts yet, or what it waits for."""
    if not now.waits:
        return f"{left(now.left_ms)} left"
    return f"waits for {waits_for(state, hold)}"


def waits_for(state: LaunchState, hold: Hold) -> str:
    """Return what a built-in hold waits for: "3 items of database and the poll of cutover"."""
    return " and ".join(_awaited(state, hold)) or "the conductor, which opens it"


def _awaited(state: LaunchState, hold: Hold) -> Iterator[str]:
    for phase in state.checklist.phases:
        left = sum(not state.done(item) for item in phase.items) if phase.id in hold.phases else 0
        if left:
            yield f"{left} {'item' if left == 1 else 'items'} of {phase.id}"
    poll = state.poll
    if hold.poll and not (
        poll and poll.phase == hold.poll and poll.outcome == "go" and poll.void is None
    ):
        yield f"the poll of {hold.poll}"


def later_words(clock: Clock, step_ms: int = _SECOND) -> str | None:
    """Return by how much T-0 moved: "T-0 is 12m later than planned"; None where it did not.

    step_ms: less than that is not told, and only whole ones are.
    """
    whole_ms = abs(clock.later_ms) // step_ms * step_ms
    if not whole_ms:
        return None
    return (
        f"T-0 is {duration(whole_ms)} {'later' if clock.later_ms > 0 else 'earlier'} than planned"
    )


def step_words(step: ClockStep) -> str:
    """Return that the wall clock was set: "the wall clock was set 1h00m forward at 02:17:19Z"."""
    return f"the wall clock was set {set_words(step)}"


def set_words(step: ClockStep) -> str:
    """Return by how much the wall clock was set, and when: "1h00m forward at 02:17:19Z"."""
    way = "forward" if step.step_ms > 0 else "back"
    return f"{duration(abs(step.step_ms))} {way} at {second(step.at)}"


def hard_stop_words(state: LaunchState, clock: Clock, now: Moment) -> str | None:
    """Return when the approved window ends; None where none is written, or where it is closed."""
    window = state.checklist.window
    if window is None or window.hard_stop_ms is None:
        return None
    left_ms = window_ms(clock.countdown, window.hard_stop_ms, now)
    at = second(shifted(now.at, left_ms))
    if left_ms < 0:
        return f"hard stop {at} passed {duration(-left_ms)} ago"
    before = ", BEFORE T-0" if left_ms < clock.remaining_ms else ""
    return f"hard stop {at}, in {duration(left_ms)}{before}"
