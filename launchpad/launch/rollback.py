"""A rollback under way: its steps' states, how events move them, and what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from launchpad.checklist.model import Rollback, Step
from launchpad.launch.event import Event
from launchpad.launch.operations import (
    AsLeft,
    ObservationGap,
    Resolution,
    RollbackAbandoned,
    RollbackCompleted,
    RollbackPaused,
    RollbackResumed,
    RollbackStarted,
    StepFinished,
    StepIndeterminate,
    StepResolved,
    StepStarted,
)
from launchpad.launch.person import actor_initials
from launchpad.text.safe import one_line, safe

StepStatus = Literal[
    "pending", "running", "done", "failed", "timed-out", "skipped", "indeterminate"
]
RollbackStatus = Literal["running", "paused", "completed", "abandoned"]

_NANOSECONDS_PER_MS = 1_000_000
_RESOLVED: Mapping[Resolution, StepStatus] = {"done": "done", "skip": "skipped", "retry": "pending"}
_SETTLED: frozenset[StepStatus] = frozenset({"done", "skipped"})
# A person decides about these, unless the step's author said that the rollback goes on.
_WANTING: frozenset[StepStatus] = frozenset({"failed", "timed-out", "indeterminate"})


@dataclass(frozen=True, slots=True)
class Moment:
    """When something began. mono_ns: CLOCK_BOOTTIME, of the boot with this id."""

    at: str
    mono_ns: int
    boot_id: str

    def elapsed_ms(self, boot_id: str, mono_ns: int) -> int | None:
        """Return the time since then, on the clock of the same boot; None in another one."""
        if boot_id != self.boot_id:
            return None
        return (mono_ns - self.mono_ns) // _NANOSECONDS_PER_MS


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a step stands. run: how often it was begun; by: who confirmed or resolved it.

    claims: the folder below which its claim lies; nothing_runs: of what is indeterminate, whether
    nothing of it runs any more; touched: the seq of the last event on it.
    """

    status: StepStatus = "pending"
    run: int = 0
    began: Moment | None = None
    elapsed_ms: int | None = None
    exit_status: int | None = None
    signal: int | None = None
    output_bytes: int = 0
    reason: str | None = None
    by: str | None = None
    claims: str = ""
    nothing_runs: bool = False
    touched: int = 0


@dataclass(frozen=True, slots=True)
class RollbackState:
    """One attempt at going back. Steps that lie before the one it began at are skipped.

    pause: why no step starts, None while they do; touched: the seq of the last decision on it;
    as_left and kill: as it was abandoned.
    """

    attempt: int
    status: RollbackStatus
    began: Moment
    by: str
    reason: str
    steps: Mapping[str, StepState] = field(default_factory=dict)
    pause: str | None = None
    elapsed_ms: int | None = None
    as_left: tuple[AsLeft, ...] = ()
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


def settled(step: Step, state: StepState) -> bool:
    """Say whether the rollback goes on behind a step."""
    goes_on = step.on_failure == "continue" and state.status in ("failed", "timed-out")
    return state.status in _SETTLED or goes_on


def wanting(step: Step, state: StepState) -> bool:
    """Say whether a step waits for somebody to decide what becomes of it."""
    return state.status in _WANTING and not settled(step, state)


def next_act(plan: Rollback, rollback: RollbackState | None) -> Begin | Finish | None:
    """Return what a conductor does now; None while something runs or a person is waited for.

    Steps go in their written order. What is indeterminate begins again by itself only where the
    step's author declared it idempotent, and nothing of it can still be running.
    """
    if rollback is None or rollback.status != "running":
        return None
    for step in plan.steps:
        state = rollback.step(step.id)
        if settled(step, state):
            continue
        lost = state.status == "indeterminate"
        again = lost and step.idempotent and state.nothing_runs
        if state.status == "pending" or again:
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


def projected_ms(plan: Rollback, rollback: RollbackState, boot_id: str, mono_ns: int) -> int | None:
    """Return how long the rollback takes in all, by the estimates; None in another boot.

    A step without an estimate counts with what it has taken so far.
    """
    elapsed = rollback.elapsed_ms
    if rollback.over:
        return elapsed
    elapsed = rollback.began.elapsed_ms(boot_id, mono_ns)
    if elapsed is None:
        return None
    left = 0
    for step in plan.steps:
        state = rollback.step(step.id)
        if settled(step, state):
            continue
        taken = state.began.elapsed_ms(boot_id, mono_ns) if state.began else None
        running = state.status == "running" and taken is not None
        left += max((step.expected_ms or 0) - ((taken or 0) if running else 0), 0)
    return elapsed + left


def open_ended(plan: Rollback, rollback: RollbackState, boot_id: str, mono_ns: int) -> bool:
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
    taken = state.began.elapsed_ms(boot_id, mono_ns) if state.began else None
    return wanting(step, state) or (taken or 0) >= (step.expected_ms or 0)


def needed_ms(plan: Rollback) -> int | None:
    """Return what a rollback needs: the steps' estimates, else its budget; None for neither."""
    estimates = [step.expected_ms for step in plan.steps if step.expected_ms is not None]
    return sum(estimates) if estimates else plan.budget_ms


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
        reason = f"paused by {actor_initials(event.actor)}: {safe(body.reason)}"
        return replace(rollback, status="paused", pause=reason, touched=event.seq)
    if isinstance(body, RollbackResumed):
        return replace(rollback, status="running", pause=None, touched=event.seq)
    if isinstance(body, ObservationGap):
        gap = "a reboot" if body.gap_ms is None else f"{body.gap_ms // 1000}s without a conductor"
        return replace(rollback, status="paused", pause=gap, touched=event.seq)
    if isinstance(body, RollbackCompleted):
        return replace(rollback, status="completed", elapsed_ms=body.elapsed_ms, touched=event.seq)
    left = tuple(AsLeft(step=each.step, text=safe(each.text)) for each in body.as_left)
    elapsed = rollback.began.elapsed_ms(event.boot_id, int(event.mono_ns))
    return replace(
        rollback,
        status="abandoned",
        steps=_without_waiting(rollback, plan),
        reason=safe(body.reason),
        as_left=left,
        kill=body.kill,
        elapsed_ms=elapsed,
        touched=event.seq,
    )


def _without_waiting(rollback: RollbackState, plan: Rollback) -> dict[str, StepState]:
    """Return the steps of a rollback that is given up: only a command still runs."""
    commands = {step.id for step in plan.steps if step.kind == "command"}
    given_up = "the rollback was abandoned"
    return {
        step: replace(state, status="skipped", reason=given_up)
        if state.status == "running" and step not in commands
        else state
        for step, state in rollback.steps.items()
    }


def stepped(
    rollback: RollbackState,
    event: Event,
    body: StepStarted | StepFinished | StepIndeterminate | StepResolved,
) -> RollbackState:
    """Return the rollback after an event on one of its steps."""
    before = rollback.step(body.step)
    if isinstance(body, StepStarted):
        after = StepState("running", run=body.run, began=moment_of(event), claims=body.claims)
    elif isinstance(body, StepFinished):
        elapsed = body.elapsed_ms
        if elapsed is None and before.began:
            elapsed = before.began.elapsed_ms(event.boot_id, int(event.mono_ns))
        after = replace(
            before,
            status=body.end,
            elapsed_ms=elapsed,
            exit_status=body.exit_status,
            signal=body.signal,
            output_bytes=body.output_bytes,
            reason=one_line(body.reason) if body.reason else None,
            by=actor_initials(event.actor),
        )
    elif isinstance(body, StepIndeterminate):
        after = replace(
            before,
            status="indeterminate",
            reason=one_line(body.why),
            nothing_runs=body.nothing_runs,
        )
    else:
        after = replace(
            before,
            status=_RESOLVED[body.resolution],
            reason=one_line(body.reason),
            by=actor_initials(event.actor),
        )
    after = replace(after, touched=event.seq)
    return replace(rollback, steps={**rollback.steps, body.step: after})


def moment_of(event: Event) -> Moment:
    """Return when an event happened, on the clock of its boot."""
    return Moment(event.at, int(event.mono_ns), event.boot_id)
