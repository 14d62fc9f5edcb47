"""A step, of a rollback or of an item: where it stands, and how events move it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from launchpad.checklist.model import Step
from launchpad.launch.event import Event
from launchpad.launch.moment import Moment, lapse, moment_of
from launchpad.launch.operations import (
    Resolution,
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepKillRequested,
    StepResolved,
    StepStarted,
)
from launchpad.launch.person import actor_initials
from launchpad.text.safe import one_line

StepStatus = Literal[
    "pending", "running", "done", "failed", "timed-out", "skipped", "indeterminate"
]
StepFact: TypeAlias = (
    StepStarted
    | StepEndedWell
    | StepFinished
    | StepIndeterminate
    | StepResolved
    | StepKillRequested
)

_RESOLVED: Mapping[Resolution, StepStatus] = {"done": "done", "skip": "skipped", "retry": "pending"}
_SETTLED: frozenset[StepStatus] = frozenset({"done", "skipped"})
# A person decides about these, unless the step's author said that the rollback goes on.
_WANTING: frozenset[StepStatus] = frozenset({"failed", "timed-out", "indeterminate"})
# A run that ended this way, or has not ended, may have had its effect.
_MAY_HAVE_ACTED: frozenset[StepStatus] = frozenset(
    {"running", "done", "timed-out", "indeterminate"}
)


LOST_AT_MOST = 3
"""After so many runs in a row that got lost, an idempotent step begins no more by itself."""


@dataclass(frozen=True, slots=True)
class Kill:
    """Somebody asked to end what runs."""

    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a step stands. run: how often it was begun; by: who confirmed or resolved it.

    claims: the folder below which its claim lies, on host; nothing_runs: of what is indeterminate,
    whether nothing of it runs any more; kill: who asked to end this run; acted: whether a run
    before this one may have had its effect; verifying: the id of the probe that a run which ended
    well waits for; lost: how many runs in a row got lost; touched: the seq of the event
    that brought it where it stands.
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
    host: str = ""
    nothing_runs: bool = False
    kill: Kill | None = None
    acted: bool = False
    verifying: str | None = None
    lost: int = 0
    touched: int = 0


def is_process(step: Step) -> bool:
    """Say whether a step is carried out by a process, which can be killed and adopted."""
    return step.kind in ("command", "http")


def settled(step: Step, state: StepState) -> bool:
    """Say whether the rollback goes on behind a step."""
    goes_on = step.on_failure == "continue" and state.status in ("failed", "timed-out")
    return state.status in _SETTLED or goes_on


def wanting(step: Step, state: StepState) -> bool:
    """Say whether a step waits for somebody to decide what becomes of it."""
    return state.status in _WANTING and not settled(step, state)


def asks(step: Step, state: StepState, now: Moment) -> bool:
    """Say whether a step that runs is past its timeout, so that somebody decides what to do."""
    if state.status != "running" or state.began is None or step.timeout_ms is None:
        return False
    return step.on_timeout == "ask" and lapse(state.began, now).ms >= step.timeout_ms


def begins_again(step: Step, state: StepState) -> bool:
    """Say whether a step that is indeterminate may begin again by itself.

    Only where its author declared it idempotent, and nothing of it can still be running. What got
    lost so often in a row has a cause that one more run does not mend: a person decides.
    """
    lost = state.status == "indeterminate" and state.nothing_runs
    return lost and step.idempotent and state.lost < LOST_AT_MOST


def may_have_acted(state: StepState) -> bool:
    """Say whether a run of a step may have had its effect, the newest or one before it."""
    return state.acted or (state.run > 0 and state.status in _MAY_HAVE_ACTED)


def after_step(before: StepState, event: Event, body: StepFact) -> StepState:
    """Return a step after an event on it."""
    # Whoever decides about a step that runs has seen it run: it does while it waits for its probe.
    touched = before.touched if isinstance(body, StepEndedWell) else event.seq
    return replace(_after(before, event, body), touched=touched)


def _after(before: StepState, event: Event, body: StepFact) -> StepState:
    by = actor_initials(event.actor)
    match body:
        case StepStarted():
            return StepState(
                "running",
                run=body.run,
                began=moment_of(event),
                claims=body.claims,
                host=one_line(event.host),
                acted=may_have_acted(before),
                lost=before.lost,
            )
        case StepEndedWell():
            return replace(before, verifying=one_line(body.probe))
        case StepKillRequested():
            return replace(before, kill=Kill(by, event.at, one_line(body.reason)))
        case StepIndeterminate():
            return replace(
                before,
                status="indeterminate",
                reason=one_line(body.why),
                nothing_runs=body.nothing_runs,
                verifying=None,
                lost=before.lost + 1,
            )
        case StepResolved():
            status, reason = _RESOLVED[body.resolution], one_line(body.reason)
            acted = may_have_acted(before) if status == "pending" else before.acted
            return replace(
                before, status=status, reason=reason, by=by, acted=acted, verifying=None, lost=0
            )
        case StepFinished():
            elapsed_ms = body.elapsed_ms
            if elapsed_ms is None and before.began:
                elapsed_ms = lapse(before.began, moment_of(event)).ms
            return replace(
                before,
                status=body.end,
                elapsed_ms=elapsed_ms,
                exit_status=body.exit_status,
                signal=body.signal,
                output_bytes=body.output_bytes,
                reason=one_line(body.reason) if body.reason else None,
                by=by,
                verifying=None,
                lost=0,
            )
