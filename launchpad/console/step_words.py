"""Where a step of a rollback stands, in words, and what it is before anything became of it."""

from launchpad.checklist.durations import duration, written
from launchpad.checklist.model import Step
from launchpad.launch.event import Stamp
from launchpad.launch.forecast import taken
from launchpad.launch.moment import lapse, moment_at
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, settled
from launchpad.session.probe_words import verifying_words

_SECOND = 1_000


def time_words(step: Step) -> str:
    """Return how long a step takes, else when it starts or is to be done by; or ""."""
    if step.expected_ms is not None:
        return duration(step.expected_ms)
    if step.starts_at_ms is not None:
        return f"+{written(step.starts_at_ms)}"
    if step.deadline_ms is None:
        return ""
    return f"by {written(step.deadline_ms)}" if step.deadline_ms else "now"


def how(step: Step) -> str:
    """Return in which way a step is carried out."""
    if step.kind == "manual":
        return "by hand"
    if step.http is not None:
        return "request"
    if step.kind == "wait":
        until = f"until {step.wait_until} is OK" if step.wait_until else ""
        return f"waits {until or duration(step.wait_ms or 0)}"
    return "command"


def step_standing(state: LaunchState, rollback: RollbackState, step: Step, at: Stamp) -> str:
    """Return where a step of a rollback stands now."""
    known = rollback.step(step.id)
    if known.status == "pending" and rollback.over:
        return "left undone"
    late = _late(rollback, step, at)
    if known.status == "pending":
        return f"{late}{_pending(rollback, step, at)}"
    return f"{late}{standing(state, step, known, at)}"


def standing(state: LaunchState, step: Step, known: StepState, at: Stamp) -> str:
    """Return where a step that was begun stands now, of a rollback or of an item."""
    match known.status:
        case "pending":
            return f"asked for, {how(step)}"
        case "running":
            return _running(state, step, known, at)
        case "done" | "skipped":
            return _settled(step, known)
        case _:
            return _wanting(step, known)


def _settled(step: Step, state: StepState) -> str:
    by = f" by {state.by}" if state.by else ""
    if state.status == "skipped":
        return f"skipped{by}{_because(state)}"
    if state.by not in (None, "auto"):
        # Somebody said so: no probe did.
        return f"done{by}{_took(state)}"
    verified = f", verified: {step.verify} OK" if step.verify else ""
    return f"done{_took(state)}{verified}"


def _wanting(step: Step, state: StepState) -> str:
    if state.status == "indeterminate":
        return f"INDETERMINATE{_because(state)}"
    word = "TIMED OUT" if state.status == "timed-out" else "FAILED"
    goes_on = ", goes on" if settled(step, state) else ""
    return f"{word}{_ending(state)}{goes_on}{_because(state)}"


def _pending(rollback: RollbackState, step: Step, at: Stamp) -> str:
    if step.starts_at_ms is None:
        return f"pending, {how(step)}"
    in_ms = step.starts_at_ms - taken(rollback, moment_at(at)).ms
    when = f", in {duration(in_ms)}" if in_ms > 0 else ""
    return f"starts at +{written(step.starts_at_ms)}{when}"


def _late(rollback: RollbackState, step: Step, at: Stamp) -> str:
    """Return by how much a step missed its deadline, "" where it did not or is done."""
    if not step.deadline_ms or rollback.over or settled(step, rollback.step(step.id)):
        return ""
    late_ms = taken(rollback, moment_at(at)).ms - step.deadline_ms
    return f"LATE {duration(late_ms)}, " if late_ms > 0 else ""


def _running(state: LaunchState, step: Step, known: StepState, at: Stamp) -> str:
    began = lapse(known.began or moment_at(at), moment_at(at))
    word = "BY HAND" if step.kind == "manual" else "RUNNING"
    by_wall = "" if began.exact else " by the wall clock"
    parts = [verifying_words(state, known) or f"{word} {duration(began.ms)}{by_wall}"]
    if known.kill:
        parts.append(f"{known.kill.by} ends it")
    elif step.timeout_ms is not None and began.ms > step.timeout_ms:
        parts.append(f"over its timeout of {duration(step.timeout_ms)}")
    elif step.expected_ms is not None:
        late = began.ms - step.expected_ms
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
    told = not state.reason or state.reason == f"exit status {state.exit_status}"
    return "" if told else f": {state.reason}"
