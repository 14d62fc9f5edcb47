"""What a probe says against a launch is red where the eye looks first."""

from dataclasses import replace

from launchpad.checklist.model import Probe
from launchpad.console import phases, status
from launchpad.console.ink import UNICODE
from launchpad.launch.operations import ProbeChanged, ProbeState
from tests.console.test_drawing import ALONE
from tests.launch.making import CHECKLIST
from tests.launch.rolling import Flight

PROBE = Probe("health", 4, "http", ("[STATUS] == 200",), 1000, 1000)


def flight(state: ProbeState) -> Flight:
    """Return a launch whose second phase has an item with a probe in this state."""
    first, second = CHECKLIST.phases
    items = (replace(second.items[0], probe="health"), *second.items[1:])
    observed = Flight(probes=(PROBE,), phases=(first, replace(second, items=items)))
    changed = ProbeChanged(
        probe="health", state=state, before=None, reason="r", shown="503", latency_us=1
    )
    observed.reports(changed)
    return observed


def test_the_state_line_and_the_phase_say_that_a_probe_is_red() -> None:
    for state in ("failed", "error"):
        now = flight(state).now
        line = status.state_line(now, ALONE, 120, UNICODE).plain
        assert "1 probe RED" in line
        listed = now.checklist.phases
        assert phases.mark(now, listed[1], UNICODE)[0] == UNICODE.bad
        assert phases.mark(now, listed[0], UNICODE)[0] != UNICODE.bad
        assert "1 probe RED" in phases.phase_title(now, 2, listed[1], 80, UNICODE).plain


def test_a_probe_that_is_good_or_knows_nothing_is_not_red() -> None:
    for state in ("success", "inconclusive", "skipped"):
        assert "RED" not in status.state_line(flight(state).now, ALONE, 120, UNICODE).plain
