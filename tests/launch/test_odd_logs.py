"""Logs that no launchpad wrote: what makes no sense is named, and nothing worse comes of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from launchpad.checklist.model import Probe
from launchpad.launch.clock_facts import ClockHeld, ClockResumed, LaunchScheduled
from launchpad.launch.countdown import reading
from launchpad.launch.criteria import matching
from launchpad.launch.fold import fold
from launchpad.launch.intents import ReportFact
from launchpad.launch.kinds import BadEvent, Body
from launchpad.launch.moment import moment_of, shifted
from launchpad.launch.operations import ConductorStarted, ObservationGap
from launchpad.launch.state import LaunchState
from tests.launch.making import CHECKLIST, Told, event
from tests.launch.rolling import NIGHT

LATEST = "9999-12-30T00:00:00.000Z"


def told(bodies: Sequence[Body]) -> LaunchState:
    launch = Told()
    state = fold(launch.now, [event(number, body) for number, body in enumerate(bodies, 2)])
    assert state
    return state


def at(t0: str, in_ms: int = 0) -> LaunchScheduled:
    return LaunchScheduled(t0=t0, zone="UTC", in_ms=in_ms)


@pytest.mark.parametrize("t0", ["soon", "", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00"])
def test_a_t0_that_is_no_time_is_a_bad_event(t0: str) -> None:
    with pytest.raises(BadEvent, match=r"event 2 \(launch.scheduled\)"):
        told([at(t0)])


def test_an_event_whose_clock_is_no_number_is_a_bad_event() -> None:
    odd = replace(event(2, at("2026-01-01T00:00:10Z")), mono_ns="a while")
    with pytest.raises(BadEvent, match=r"event 2 \(launch.scheduled\)"):
        fold(Told().now, [odd])


@pytest.mark.parametrize("in_ms", [0, 2**53 - 1, -(2**53) + 1])
def test_a_t0_at_the_end_of_time_can_be_held_and_read(in_ms: int) -> None:
    state = told(
        [at("9999-12-31T23:59:59.999Z", in_ms), ClockHeld(reason="r"), ClockResumed(why="on")]
    )
    assert state.countdown
    for hour in range(3):
        later = replace(moment_of(event(5, ClockHeld(reason="r"))), mono_ns=hour * 3600 * 10**9)
        assert reading(state.countdown, (), later).t0 <= LATEST


def test_a_time_is_shifted_no_further_than_every_zone_has_days() -> None:
    assert shifted("2026-01-01T00:00:00Z", 2**53 - 1) == LATEST
    assert shifted("2026-01-01T00:00:00Z", -(2**53)) == "0001-01-02T00:00:00.000Z"
    assert shifted("2026-01-01T01:00:00+01:00", 1) == "2026-01-01T00:00:00.001Z"


def test_a_conductors_start_and_the_gap_before_it_are_one_decision() -> None:
    launch = Told()
    taken = ConductorStarted(epoch=1, host="h", user="u", pid=1, program="p")
    made = launch.does(ReportFact(taken, 1, None, ObservationGap(gap_ms=None)), NIGHT)
    assert [each.kind for each in made] == ["conductor.started", "observation.gap"]
    assert launch.now.gap == made[-1].seq


def test_patterns_mean_the_probes_of_their_own_checklist() -> None:
    names = ("smoke/a", "smoke/b", "health")
    probes = tuple(Probe(name, 1, "tcp", (), 1_000, 1_000) for name in names)
    assert matching(replace(CHECKLIST, probes=probes), ["smoke/*", "smoke/a"]) == names[:2]
    assert matching(replace(CHECKLIST, probes=probes[1:]), ["smoke/*", "smoke/a"]) == names[1:2]
