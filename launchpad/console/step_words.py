"""Where a step of a rollback stands, in words, and what it is before anything became of it."""

from launchpad.checklist.durations import duration, written
from launchpad.checklist.model import Step
from launchpad.launch.event import Stamp
from launchpad.launch.rollback import RollbackState, StepState, settled

_SECOND = 1_000


def time_words(step: Step) -> str:
    """Return how long a step takes, else by when it is to be done, as its author says; or ""."""
    if step.expected_ms is not None:
        return duration(step.expected_ms)
    if step.deadline_ms is None:
        return ""
    return f"by {written(step.deadline_ms)}" if step.deadline_ms else "now"


def how(step: Step) -> str:
    """Return in which way a step is carried out."""
    if step.kind == "manual":
        return "by hand"
    if step.kind == "wait":
        until = f"until {step.wait_until} is OK" if step.wait_until else ""
        return f"waits {until or duration(step.wait_ms or 0)}"
    return "command"


def step_standing(rollback: RollbackState, step: Step, at: Stamp) -> str:
    """Return where a step stands now."""
    state = rollback.step(step.id)
    if state.status == "pending":
        return "left undone" if rollback.over else f"pending, {how(step)}"
    if state.status == "running":
        return _running(step, state, at)
    if state.status == "done":
        by_hand = f" by {state.by}" if state.by not in (None, "auto") else ""
        verified = f", verified: {step.verify} OK" if step.verify else ""
        return f"done{by_hand}{_took(state)}{verified}"
    if state.status == "skipped":
        by = f" by {state.by}" if state.by else ""
        return f"skipped{by}{_because(state)}"
    if state.status == "indeterminate":
        return f"INDETERMINATE{_because(state)}"
    word = "TIMED OUT" if state.status == "timed-out" else "FAILED"
    goes_on = ", goes on" if settled(step, state) else ""
    return f"{word}{_ending(state)}{goes_on}{_because(state)}"


def _running(step: Step, state: StepState, at: Stamp) -> str:
    boot = at.boot_id, int(at.mono_ns)
    taken = state.began.elapsed_ms(*boot) if state.began else None
    if taken is None:
        return "RUNNING since before the reboot"
    word = "BY HAND" if step.kind == "manual" else "RUNNING"
    parts = [f"{word} {duration(taken)}"]
    if step.timeout_ms is not None and taken > step.timeout_ms:
        parts.append(f"over its timeout of {duration(step.timeout_ms)}")
    elif step.expected_ms is not None:
        late = taken - step.expected_ms
        parts.append(
            f"{duration(late)} late" if late >= _SECOND else f"{duration(max(-late, 0))} left"
        )
    return ", ".join(parts)


def _took(state: StepState) -> str:
    return f", took {duration(state.elapsed_ms)}" if state.elapsed_ms is not None else ""


def _ending(state: StepState) -> str:
    if state.signal is not None:
        return f" by signal {state.signal}"
    return f", exit {state.exit_status}" if state.exit_status else ""


def _because(state: StepState) -> str:
    return f": {state.reason}" if state.reason else ""
