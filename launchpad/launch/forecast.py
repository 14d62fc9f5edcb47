"""How long a rollback takes, by its estimates, and what of it is due when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from launchpad.checklist.model import Rollback, Step
from launchpad.checklist.planned import planned_ms
from launchpad.launch.moment import Lapse, Moment, lapse
from launchpad.launch.rollback import RollbackState, waiting_for
from launchpad.launch.step import StepState, settled, wanting

FOLDED_MS: Final = 15 * 60_000
"""What is due later than this leaves the screen to the launch."""


@dataclass(frozen=True, slots=True)
class Due:
    """A step of a rollback that has a time, from the rollback's start.

    what: whether it starts then, or is to be done by then; in_ms: how far off that is, below zero
    where it is late.
    """

    step: Step
    what: Literal["starts", "deadline"]
    at_ms: int
    in_ms: int


def taken(rollback: RollbackState, now: Moment) -> Lapse:
    """Return how long an attempt took, or has taken so far."""
    if rollback.over:
        return Lapse(rollback.elapsed_ms or 0, rollback.exact)
    return lapse(rollback.began, now)


def projected_ms(plan: Rollback, rollback: RollbackState, now: Moment) -> int:
    """Return how long the rollback takes in all, by the estimates.

    A step without an estimate counts with what it has taken so far; one that starts at a time, from
    then on.
    """
    end_ms = taken(rollback, now).ms
    if rollback.over:
        return end_ms
    return planned_ms(
        ((step.starts_at_ms, _left_ms(step, state, now)) for step, state in _ahead(plan, rollback)),
        end_ms,
    )


def _left_ms(step: Step, state: StepState, now: Moment) -> int:
    running = state.status == "running" and state.began
    so_far_ms = lapse(running, now).ms if running else 0
    return max((step.expected_ms or 0) - so_far_ms, 0)


def open_ended(plan: Rollback, rollback: RollbackState, now: Moment) -> bool:
    """Say whether the projected end is only the earliest one.

    It is where the rollback rests, and where the step at work is late, has no estimate or waits
    for somebody to decide about it.
    """
    if rollback.over:
        return False
    if rollback.status == "paused":
        return True
    at_work = waiting_for(plan, rollback)
    if at_work is None:
        return False
    step, state = at_work
    so_far_ms = lapse(state.began, now).ms if state.began else 0
    return wanting(step, state) or so_far_ms >= (step.expected_ms or 0)


def next_start(plan: Rollback, rollback: RollbackState, now: Moment) -> Due | None:
    """Return the step that the rollback waits to start, None where it waits for no time."""
    if rollback.over or waiting_for(plan, rollback):
        return None
    step = next_step(plan, rollback)
    due = due_of(rollback, step, now) if step else None
    return due if due and due.what == "starts" else None


def next_deadline(plan: Rollback, rollback: RollbackState, now: Moment) -> Due | None:
    """Return the earliest deadline of what is not done, which may be past; None without one."""
    if rollback.over:
        return None
    so_far_ms = taken(rollback, now).ms
    due = [
        Due(step, "deadline", step.deadline_ms, step.deadline_ms - so_far_ms)
        for step, _ in _ahead(plan, rollback)
        # A deadline of no time says "at once": its word is not a time to count down to.
        if step.deadline_ms
    ]
    return min(due, key=lambda each: each.at_ms, default=None)


def next_step(plan: Rollback, rollback: RollbackState) -> Step | None:
    """Return the first step that is not settled; None behind the last."""
    step, _ = next(_ahead(plan, rollback), (None, None))
    return step


def due_of(rollback: RollbackState, step: Step, now: Moment) -> Due | None:
    """Return when a step that is not settled starts, else by when it is done; None for neither."""
    state = rollback.step(step.id)
    if rollback.over or settled(step, state):
        return None
    so_far_ms = taken(rollback, now).ms
    if state.status == "pending" and step.starts_at_ms and step.starts_at_ms > so_far_ms:
        return Due(step, "starts", step.starts_at_ms, step.starts_at_ms - so_far_ms)
    if not step.deadline_ms:
        return None
    return Due(step, "deadline", step.deadline_ms, step.deadline_ms - so_far_ms)


def folded(plan: Rollback, rollback: RollbackState, now: Moment) -> Due | None:
    """Return what is next of a rollback that needs nobody for a while; None where it may.

    Nothing runs and nobody has to decide; what is to be done by hand has time.
    """
    if rollback.status != "running":
        return None
    at_work, due = waiting_for(plan, rollback), next_start(plan, rollback, now)
    if at_work:
        step, state = at_work
        if step.kind != "manual" or state.status != "running":
            return None
        due = next_deadline(plan, rollback, now)
    return due if due and due.in_ms > FOLDED_MS else None


def _ahead(plan: Rollback, rollback: RollbackState) -> Iterator[tuple[Step, StepState]]:
    for step in plan.steps:
        state = rollback.step(step.id)
        if not settled(step, state):
            yield step, state
