"""Where a demo's launch stands, as its story asks and tells. Pure."""

from launchpad.launch.rollback import waiting_for
from launchpad.launch.state import LaunchState
from launchpad.launch.step import wanting
from launchpad.text.safe import one_line


def not_green(state: LaunchState) -> list[str]:
    """Return the ids of the probes that are not good, or of which nothing is known yet."""
    return [
        probe.id
        for probe in state.checklist.probes
        if (seen := state.probes.get(probe.id)) is None or seen.state != "success"
    ]


def which_are_not_green(state: LaunchState) -> str:
    """Say which probes are not good, and what was seen."""
    told = []
    for probe in not_green(state):
        seen = state.probes.get(probe)
        told.append(f"{probe} is {seen.state} ({seen.shown or seen.reason})" if seen else probe)
    return one_line("not green: " + ", ".join(told))


def reddens_within_s(state: LaunchState, probe: str) -> float:
    """Return the longest that a fault stays unseen by a probe: its interval and its timeout."""
    (found,) = (each for each in state.checklist.probes if each.id == probe)
    return (found.interval_ms + found.timeout_ms) / 1000


def manual_step(state: LaunchState) -> str:
    """Return the id of the rollback's step that is done by hand."""
    steps = state.checklist.rollback.steps if state.checklist.rollback else ()
    return next(step.id for step in steps if step.kind == "manual")


def completed(state: LaunchState) -> bool:
    """Say whether the rollback is complete."""
    return state.rollback is not None and state.rollback.status == "completed"


def wants_somebody(state: LaunchState) -> bool:
    """Say whether a step did not end well, so that somebody has to decide about it."""
    plan, rollback = state.checklist.rollback, state.rollback
    waits = waiting_for(plan, rollback) if plan and rollback else None
    return waits is not None and wanting(*waits)


def where_the_rollback_stands(state: LaunchState) -> str:
    """Say how far the rollback is, step by step."""
    rollback = state.rollback
    if rollback is None:
        return "no rollback was started"
    steps = (
        f"{step} {standing.status}{f' ({standing.reason})' if standing.reason else ''}"
        for step, standing in rollback.steps.items()
    )
    taken = f" in {rollback.elapsed_ms / 1000:.1f}s" if rollback.elapsed_ms is not None else ""
    return one_line(f"the rollback is {rollback.status}{taken}: {', '.join(steps)}")
