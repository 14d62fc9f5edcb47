"""Somebody, or a time server, sets the wall clock by an hour or a day while times are running."""

import statistics
import subprocess
import sys
from itertools import pairwise

import pytest

from tests.e2e.flight import Flight
from tests.e2e.shim import Clocks
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

HOUR_S, DAY_S = 3600, 86_400
STEPS_S = (HOUR_S, -HOUR_S, DAY_S, -DAY_S)
# What the promise allows, in milliseconds.
MOVED_MS = 100
WAIT_MS = 300
STARTS_AT_MS = 4000
WAITS = 2 * len(STEPS_S)

# When T-0 is, in milliseconds since this boot, as a program of this launch sees it now.
T0 = """\
import sys
from launchpad.launch.countdown import reading
from launchpad.launch.moment import moment_at
from launchpad.log.address import open_log
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
state = LiveLaunch(open_log(sys.argv[1], create=False), sys.argv[2]).state
at = moment_at(now())
print(at.mono_ns // 1_000_000 - reading(state.countdown, state.checklist.holds, at).t_ms)
"""


def t0_ms(flight: Flight) -> int:
    words = [sys.executable, "-c", T0, str(flight.site.log), flight.launch]
    return int(subprocess.check_output(words, env=flight.site.environment))


def t_s(flight: Flight) -> int:
    clock = flight.status["clock"]
    assert isinstance(clock["t_s"], int)
    return clock["t_s"]


def test_a_countdown_does_not_move_when_the_wall_clock_is_set(site: Site, clocks: Clocks) -> None:
    flight = Flight(site, "- {id: tell, title: Tell everybody, manual: true}")
    flight.does("t0", "in 2h")
    planned_ms, shown_s = t0_ms(flight), t_s(flight)
    assert -2 * HOUR_S <= shown_s < -2 * HOUR_S + 60
    for number, step_s in enumerate(STEPS_S, 1):
        clocks.step(step_s)
        moved_ms = t0_ms(flight) - planned_ms
        assert abs(moved_ms) < MOVED_MS, f"moved by {moved_ms} ms when set by {step_s} s"
        flight.until(lambda n=number: len(flight.kinds("clock.stepped")) == n, "it is not told")  # type: ignore[misc]  # the default is what binds it
    assert shown_s <= t_s(flight) < shown_s + 60
    told = [event.body["step_ms"] for event in site.events(flight.launch, "clock.stepped")]
    for step_s, step_ms in zip(STEPS_S, told, strict=True):
        assert isinstance(step_ms, int)
        assert abs(step_ms - step_s * 1000) < MOVED_MS
    flight.does("t0", "--keep", "remainder")
    assert abs(t0_ms(flight) - planned_ms) < MOVED_MS


def test_a_rollback_keeps_its_times_when_the_wall_clock_is_set(site: Site, clocks: Clocks) -> None:
    """Every second of its waits is disturbed; what begins at a time of its own still does."""
    waits = "".join(
        f"- {{id: w{number}, title: Wait, wait: {WAIT_MS}ms}}\n" for number in range(WAITS)
    )
    later = f"- {{id: later, title: Later, wait: {WAIT_MS}ms, starts-at: {STARTS_AT_MS}ms}}\n"
    flight = Flight(site, waits + later)
    flight.rolls_back()
    for number, step_s in enumerate(STEPS_S):
        flight.until(lambda n=number: len(starts_ms(flight)) >= 2 * (n + 1), "it does not go on")  # type: ignore[misc]  # the default is what binds it
        clocks.step(step_s)
    flight.until(lambda: "rollback.completed" in flight.kinds(), "it does not complete")

    starts = starts_ms(flight)
    spans = [later - earlier for earlier, later in pairwise(starts[: WAITS + 1])]
    undisturbed, disturbed = statistics.median(spans[::2]), statistics.median(spans[1::2])
    assert abs(disturbed - undisturbed) < MOVED_MS, spans
    assert min(spans) >= WAIT_MS
    assert STARTS_AT_MS <= starts[-1] < STARTS_AT_MS + 1000
    (completed,) = site.events(flight.launch, "rollback.completed")
    elapsed_ms = completed.body["elapsed_ms"]
    assert isinstance(elapsed_ms, int)
    assert STARTS_AT_MS + WAIT_MS <= elapsed_ms < STARTS_AT_MS + WAIT_MS + 1000


def starts_ms(flight: Flight) -> list[float]:
    """Return when each step was started, in milliseconds since the rollback was."""
    began, *steps = (
        int(event.mono_ns) / 1e6
        for event in flight.site.events(flight.launch, "rollback.started", "step.started")
    )
    return [moment - began for moment in steps]
