"""A rollback under way: its steps' states, how events move them, and what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from launchpad.checklist.model import Rollback, Step
from launchpad.checklist.planned import planned_ms
from launchpad.launch.as_left import Statement, pause_of, stated
from launchpad.launch.event import Event
from launchpad.launch.moment import Moment, lapse, moment_of
from launchpad.launch.operations import (
    ObservationGap,
    RollbackAbandoned,
    RollbackCompleted,
    RollbackPaused,
    RollbackResumed,
    RollbackStarted,
)
from launchpad.launch.person import actor_initials
from launchpad.launch.step import (
    StepFact,
    StepState,
    after_step,
    begins_again,
    is_process,
    settled,
    wanting,
)
from launchpad.text.safe import safe

RollbackStatus = Literal["running", "paused", "completed", "abandoned"]


@dataclass(frozen=True, slots=True)
class RollbackState:
    """One attempt at going back. Steps that lie before the one it began at are skipped.

    pause: why no step starts, None while they do; exact: whether elapsed_ms is from one boot's
    clock; past_no_return: whether it began although nobody was to go back any more; touched: the
    seq of the last decision on it; statement: how it is left, while it is paused or once it was
    abandoned; statements: all there were; kill: whether what ran was ended as it was abandoned.
    """

    attempt: int
    status: RollbackStatus
    began: Moment
    by: str
    reason: str
    steps: Mapping[str, StepState] = field(default_factory=dict)
    pause: str | None = None
    elapsed_ms: int | None = None
    exact: bool = True
    past_no_return: bool = False
    statement: Statement | None = None
    statements: tuple[Statement, ...] = ()
    kill: bool = False
    touched: int = 0

    @property
    def over(self) -> bool:
        """Whether it came to an end."""
        return self.status in ("completed", "abandoned")

    def step(self, step: str) -> StepState:
        """Return a step's state."""
        return self.steps.get(step, StepState())


@dataclass(frozen=True, slots=True)
class Begin:
    """What is next: a step begins, as run number `run`."""

    step: Step
    run: int


@dataclass(frozen=True, slots=True)
class Finish:
    """What is next: the rollback is complete."""


def next_act(
    plan: Rollback, rollback: RollbackState | None, elapsed_ms: int | None = None
) -> Begin | Finish | None:
    """Return what a conductor does now; None while something runs, or a time or person is awaited.

    Steps go in their written order. elapsed_ms: since the rollback began, None where that is not
    known: then nothing begins that starts at a time.
    """
    if rollback is None or rollback.status != "running":
        return None
    for step in plan.steps:
        state = rollback.step(step.id)
        if settled(step, state):
            continue
        starts = step.starts_at_ms is None or (elapsed_ms or 0) >= step.starts_at_ms
        if starts and (state.status == "pending" or begins_again(step, state)):
            return Begin(step, state.run + 1)
        return None
    return Finish()


def waiting_for(plan: Rollback, rollback: RollbackState) -> tuple[Step, StepState] | None:
    """Return the step that runs or that somebody has to decide about; None between steps."""
    for step in plan.steps:
        state = rollback.step(step.id)
        if state.status == "running" or wanting(step, state):
            return step, state
    return None


def needed_ms(plan: Rollback) -> int | None:
    """Return what a rollback needs: the steps' estimates, else its budget; None for neither."""
    if all(step.expected_ms is None for step in plan.steps):
        return plan.budget_ms
    return planned_ms((step.starts_at_ms, step.expected_ms or 0) for step in plan.steps)


def begun(event: Event, body: RollbackStarted, plan: Rollback) -> RollbackState:
    """Return the attempt that an event begins."""
    ids = [step.id for step in plan.steps]
    before = ids[: ids.index(body.first)] if body.first in ids else []
    skipped = StepState("skipped", reason=f"attempt {body.attempt} began behind it")
    return RollbackState(
        attempt=body.attempt,
        status="running",
        began=moment_of(event),
        by=actor_initials(event.actor),
        reason=safe(body.reason),
        steps=dict.fromkeys(before, skipped),
        past_no_return=body.past_no_return,
        touched=event.seq,
    )


def decided(
    rollback: RollbackState,
    event: Event,
    body: RollbackPaused | RollbackResumed | RollbackAbandoned | RollbackCompleted | ObservationGap,
    plan: Rollback,
) -> RollbackState:
    """Return the rollback after an event on the whole of it."""
    if isinstance(body, RollbackPaused):
        said = stated(event, body, plan, rollback.steps)
        left = _left(rollback, said)
        return replace(left, status="paused", pause=pause_of(said), touched=event.seq)
    if isinstance(body, RollbackResumed):
        return replace(rollback, status="running", pause=None, statement=None, touched=event.seq)
    if isinstance(body, ObservationGap):
        gap = "a reboot" if body.gap_ms is None else f"{body.gap_ms // 1000}s without a conductor"
        # Whoever paused it before still has their reason.
        pause = f"{rollback.pause}; then {gap}" if rollback.pause else gap
        return replace(rollback, status="paused", pause=pause, touched=event.seq)
    took = lapse(rollback.began, moment_of(event))
    if isinstance(body, RollbackCompleted):
        elapsed_ms = took.ms if body.elapsed_ms is None else body.elapsed_ms
        return replace(
            rollback,
            status="completed",
            elapsed_ms=elapsed_ms,
            exact=took.exact,
            touched=event.seq,
        )
    return replace(
        _left(rollback, stated(event, body, plan, rollback.steps)),
        status="abandoned",
        steps=_without_waiting(rollback, plan),
        reason=safe(body.reason),
        kill=body.kill,
        elapsed_ms=took.ms,
        exact=took.exact,
        touched=event.seq,
    )


def _left(rollback: RollbackState, said: Statement) -> RollbackState:
    """Return the rollback with what was said of how its steps are left."""
    return replace(rollback, statement=said, statements=(*rollback.statements, said))


def _without_waiting(rollback: RollbackState, plan: Rollback) -> dict[str, StepState]:
    """Return the steps of a rollback that is given up: only a process still runs."""
    processes = {step.id for step in plan.steps if is_process(step)}
    given_up = "the rollback was abandoned"
    return {
        step: replace(state, status="skipped", reason=given_up)
        if state.status == "running" and step not in processes
        else state
        for step, state in rollback.steps.items()
    }


def stepped(rollback: RollbackState, event: Event, body: StepFact) -> RollbackState:
    """Return the rollback after an event on one of its steps."""
    after = after_step(rollback.step(body.step), event, body)
    return replace(rollback, steps={**rollback.steps, body.step: after})
