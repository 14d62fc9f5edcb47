"""How a probe stands in words, and what a step that ended well waits for."""

from collections.abc import Mapping

from launchpad.launch.operations import ProbeState
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState

PROBE_SAID: Mapping[ProbeState, str] = {
    "success": "OK",
    "failed": "FAILED",
    "error": "ERROR",
    "inconclusive": "NO DATA",
    "skipped": "skipped",
    "flapping": "FLAPPING",
}
"""What is said of a probe's state."""


def verifying_words(state: LaunchState, known: StepState) -> str | None:
    """Return what a step waits for whose run ended well; None where it waits for no probe.

    "ended well, waits for smoke/health (now FAILED)".
    """
    if known.status != "running" or known.verifying is None:
        return None
    probe = state.probes.get(known.verifying)
    now = f"now {PROBE_SAID[probe.state]}" if probe else "not seen yet"
    return f"ended well, waits for {known.verifying} ({now})"
