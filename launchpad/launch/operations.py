"""What the conductor records, and what people decide about a rollback: the bodies of events.

A step is named by its id, the attempt of the rollback it belongs to, and its run: 1, and one more
for each time that a person (or its author, by `idempotent`) had it done again.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from launchpad.launch.clock_facts import ClockHeld, ClockResumed, ClockStepped
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.trigger_facts import BaselineCaptured, RollbackProposed, TriggerTripped

ProbeState = Literal["success", "failed", "error", "inconclusive", "skipped", "flapping"]
StepEnd = Literal["done", "failed", "timed-out"]
Resolution = Literal["done", "skip", "retry"]
DemoMode = Literal["healthy", "failing"]

RESOLUTIONS: tuple[Resolution, ...] = ("done", "skip", "retry")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductorStarted:
    """conductor.started: a conductor holds the lease. epoch: of the lease, one more each time."""

    epoch: int
    host: str
    user: str
    pid: int
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductorStopped:
    """conductor.stopped: it ended by itself."""

    epoch: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductorMoved:
    """conductor.moved: the launch's conductor belongs to another place from now on."""

    host: str
    user: str
    directory: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationGap:
    """observation.gap: nobody observed for a while; no step starts until somebody says go on.

    gap_ms: how long, None across a reboot, where no clock says it.
    """

    gap_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeChanged:
    """probe.changed: a probe's state is another one, its thresholds applied.

    reason: one of the closed list in `probes`; shown: what was seen, redacted; latency_us: of the
    sample that decided, None where there was none.
    """

    probe: str
    state: ProbeState
    before: ProbeState | None
    reason: str
    shown: str
    latency_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackStarted:
    """rollback.started: somebody with authority began the way back, at step `first`.

    past_no_return: although the point of no return was passed.
    """

    attempt: int
    first: str
    reason: str
    past_no_return: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AsLeft:
    """How a step was left when the rollback stopped: done, not done, partly …, unknown."""

    step: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPaused:
    """rollback.paused: no further step starts. What runs goes on.

    as_left: of those steps that somebody said something of; the others are as they are recorded.
    """

    attempt: int
    reason: str
    as_left: tuple[AsLeft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackResumed:
    """rollback.resumed: steps start again, after a pause or an observation gap."""

    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackAbandoned:
    """rollback.abandoned: people go on by hand. kill: whether what runs is ended."""

    attempt: int
    reason: str
    as_left: tuple[AsLeft, ...]
    kill: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackCompleted:
    """rollback.completed: every step is settled. elapsed_ms: since its start, on its clock."""

    attempt: int
    elapsed_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """step.started: it is about to run. Durable before it does.

    claims: the folder below which its claim lies; "" where that is not known.
    """

    step: str
    attempt: int
    run: int
    claims: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEndedWell:
    """step.ended-well: nothing of it runs any more, and it is done once its probe is good.

    Recorded only where the probe is not good at once. probe: the id that its `verify` names.
    """

    step: str
    attempt: int
    run: int
    probe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFinished:
    """step.finished: how it ended.

    exit_status or signal: of a command, None where there was none; output_sha256: of its output
    as kept, hex; output_bytes: as written; reason: why it is not done, or who says that it is.
    """

    step: str
    attempt: int
    run: int
    end: StepEnd
    elapsed_ms: int | None
    exit_status: int | None = None
    signal: int | None = None
    output_bytes: int = 0
    output_sha256: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepIndeterminate:
    """step.indeterminate: whether it had its effect cannot be known; a person decides.

    nothing_runs: whether it is certain that nothing of it runs any more.
    """

    step: str
    attempt: int
    run: int
    why: str
    nothing_runs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResolved:
    """step.resolved: a person decided about a step that failed or is indeterminate."""

    step: str
    attempt: int
    run: int
    resolution: Resolution
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKillRequested:
    """step.kill-requested: somebody wants a step that runs to be ended, and only that one."""

    step: str
    attempt: int
    run: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSwitched:
    """demo.switched: the demo's stand-in service is to be in this mode."""

    mode: DemoMode


# What only a conductor records, under the epoch of its lease.
Report: TypeAlias = (
    ConductorStarted
    | ConductorStopped
    | ObservationGap
    | ProbeChanged
    | RollbackCompleted
    | StepStarted
    | StepEndedWell
    | StepFinished
    | StepIndeterminate
    | ClockHeld
    | ClockResumed
    | ClockStepped
    | PreflightCompleted
    | SamplesDigested
    | SamplesThinned
    | BaselineCaptured
    | TriggerTripped
    | RollbackProposed
    | RollbackStarted
)
# What people decide.
Decision: TypeAlias = (
    RollbackStarted
    | RollbackPaused
    | RollbackResumed
    | RollbackAbandoned
    | StepResolved
    | StepKillRequested
    | ConductorMoved
    | DemoSwitched
)
