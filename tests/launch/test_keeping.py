"""What T-0 keeps after the wall clock was set: its hour or its remainder, and every hold."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Hold
from launchpad.launch.clock_facts import ClockStepped, Keeping
from launchpad.launch.countdown import Reading, reading, window_ms
from launchpad.launch.intents import HoldClock, ReportFact, ResumeClock, SetT0
from launchpad.launch.moment import moment_of, shifted
from launchpad.launch.operations import ConductorStarted
from launchpad.launch.person import Person
from tests.launch.making import CHECKLIST, Told

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
BEGAN = "2026-01-01T00:00:00.000Z"
GATE = Hold("gate", 1, -10 * MINUTE, 5 * MINUTE)


def shown(told: Told) -> Reading:
    clock = told.now.countdown
    assert clock
    return reading(clock, told.now.checklist.holds, moment_of(told.events[-1]))


def hard_stop_ms(told: Told) -> int:
    clock = told.now.countdown
    assert clock
    return window_ms(clock, 0, moment_of(told.events[-1]))


def stepped() -> Told:
    """Return a launch with T-0 an hour off, held for two seconds, whose wall clock was set."""
    told = Told(replace(CHECKLIST, holds=(GATE,)))
    told.does(SetT0(shifted(BEGAN, HOUR), "UTC", HOUR, None, told.seen))
    told.does(HoldClock("vendor", told.seen))
    told.does(ResumeClock("", moment_of(told.events[-1]), told.seen))
    started = ConductorStarted(epoch=1, host="a", user="b", pid=1, program="x")
    told.does(ReportFact(started, 1), Person(""))
    told.does(ReportFact(ClockStepped(step_ms=HOUR), 1), Person(""))
    told.does(HoldClock("and again", told.seen))
    return told


@pytest.mark.parametrize(("keeps", "moved_ms"), [("hour", -30 * MINUTE), ("remainder", 0)])
def test_a_hold_stays_and_the_window_moves_only_as_t0_does(keeps: Keeping, moved_ms: int) -> None:
    told = stepped()
    before, stop_ms = shown(told), hard_stop_ms(told)
    in_ms = before.slip_ms - before.l_ms + moved_ms
    told.does(SetT0(shifted(BEGAN, in_ms), "UTC", in_ms, keeps, told.seen))
    after = shown(told)
    assert after.held
    assert after.held.reason == "and again"
    assert after.t_ms == before.t_ms - moved_ms
    # The event itself came a second later.
    assert hard_stop_ms(told) == stop_ms + moved_ms - SECOND
    assert told.now.countdown
    assert told.now.countdown.step is None
