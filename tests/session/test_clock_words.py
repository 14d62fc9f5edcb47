"""The launch's clock in words: why it stands, as things are now."""

from launchpad.checklist.model import CommitCriterion
from launchpad.launch.clock_facts import ClockHeld
from launchpad.launch.intents import SetT0
from launchpad.launch.moment import moment_of
from launchpad.launch.operations import ProbeChanged, ProbeState
from launchpad.session.clock_words import clock_of, hold_words
from tests.launch.rolling import PLAN, Flight
from tests.launch.test_tripping import probe

MET = CommitCriterion("smoke", "The smoke test passes", 3, ("smoke/*",), hold=True)
HELD = "commit criterion not met: The smoke test passes: smoke/orders is red"


def sees(flight: Flight, state: ProbeState) -> None:
    changed = ProbeChanged(
        probe="smoke/orders", state=state, before=None, reason="", shown="", latency_us=None
    )
    flight.reports(changed)


def words(flight: Flight) -> str:
    clock = clock_of(flight.now, moment_of(flight.events[-1]))
    assert clock
    return hold_words(flight.now, clock) or ""


def test_a_hold_for_a_commit_criterion_says_when_that_is_met_again() -> None:
    flight = Flight(PLAN, commit_criteria=(MET,), probes=(probe("smoke/orders"),))
    flight.does(SetT0("2026-01-01T01:00:00.000Z", "UTC", 1_800_000, None, flight.seen))
    sees(flight, "failed")
    flight.reports(ClockHeld(reason=HELD, criterion="smoke"))
    assert words(flight).endswith(f", {HELD}")
    sees(flight, "success")
    assert words(flight).endswith(", met again: The smoke test passes (commit criterion)")
    # No data is never met.
    sees(flight, "inconclusive")
    assert words(flight).endswith(f", {HELD}")
