"""The rules of single steps, of a rollback or of an item: who may decide what about them, when."""

from dataclasses import dataclass

from launchpad.checklist.model import Rollback, Step
from launchpad.launch.authority import require_rollback_authority
from launchpad.launch.cutover import next_cutover
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.cutover_rules import cutover_step, require_startable
from launchpad.launch.intents import ConfirmStep, KillStep, ResolveStep
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment, lapse, second
from launchpad.launch.operations import (
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepKillRequested,
    StepResolved,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.rollback import Begin, next_act
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, is_process, wanting
from launchpad.text.safe import one_line


@dataclass(frozen=True, slots=True)
class _Named:
    """The step that an intent names. plan: of its rollback, None for a cutover step."""

    step: Step
    attempt: int
    state: StepState
    plan: Rollback | None


def resolve(state: LaunchState, intent: ResolveStep, by: Person) -> tuple[Body, ...]:
    """Decide about a step that did not end well, or that only waits."""
    named = _named(state, intent.step, cutover=intent.cutover)
    step, before = named.step, named.state
    _refuse_stale(step, before, intent.seen)
    waits = not is_process(step) and before.status == "running"
    # Nobody goes on behind a cutover step by itself: what its author said of failures is no answer.
    ended = before.status in ("failed", "timed-out") and intent.cutover
    if not wanting(step, before) and not ended and not (waits and intent.resolution != "retry"):
        raise Refused(f"step {step.id} is {before.status}; there is nothing to resolve")
    if named.plan:
        require_rollback_authority(state, named.plan, by)
    elif intent.resolution == "retry":
        require_startable(state)
        if any(each.id == step.id and each.point_of_no_return for each in state.checklist.items()):
            raise Refused(
                f"the step of {step.id} is the point of no return: launchpad step run {step.id} "
                "does it again, with the code word"
            )
    reason = said(intent.reason)
    if not reason:
        raise Refused("to resolve a step needs a reason")
    return (
        StepResolved(
            step=step.id,
            attempt=named.attempt,
            run=before.run,
            resolution=intent.resolution,
            reason=reason,
        ),
    )


def confirm(state: LaunchState, intent: ConfirmStep, _by: Person) -> tuple[Body, ...]:
    """Record that a manual step is done."""
    named = _named(state, intent.step, cutover=intent.cutover)
    step, before = named.step, named.state
    _refuse_stale(step, before, intent.seen)
    if step.kind != "manual":
        raise Refused(f"step {step.id} is no manual step; it ends by itself")
    if before.status != "running":
        raise Refused(f"step {step.id} is {before.status}")
    return (
        StepFinished(
            step=step.id,
            attempt=named.attempt,
            run=before.run,
            end="done",
            elapsed_ms=None,
            reason=said(intent.note) or None,
        ),
    )


def kill(state: LaunchState, intent: KillStep, by: Person) -> tuple[Body, ...]:
    """Have a command or a request that runs ended; what follows is then decided as ever."""
    named = _named(state, intent.step, cutover=intent.cutover)
    step, before = named.step, named.state
    if before.status != "running":
        raise Refused(f"step {step.id} is {before.status}; nothing of it runs")
    _refuse_stale(step, before, intent.seen)
    if not is_process(step):
        raise Refused(f"step {step.id} is no command; resolve it as done, or skip it")
    if before.kill:
        raise Refused(
            f"{before.kill.by} asked to end step {step.id} at {second(before.kill.at)} already"
        )
    if named.plan:
        require_rollback_authority(state, named.plan, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("to end a step needs a reason")
    return (StepKillRequested(step=step.id, attempt=named.attempt, run=before.run, reason=reason),)


def started(state: LaunchState, fact: StepStarted, now: Moment | None) -> None:
    """Refuse a start of what is not the next step. now: to know whether its time has come."""
    if fact.attempt == CUTOVER:
        act = next_cutover(state)
    else:
        plan, rollback = state.checklist.rollback, state.rollback
        if plan is None or rollback is None or rollback.attempt != fact.attempt:
            raise Refused(f"attempt {fact.attempt} of the rollback is not under way")
        elapsed_ms = lapse(rollback.began, now).ms if now else None
        next_one = next_act(plan, rollback, elapsed_ms)
        act = next_one if isinstance(next_one, Begin) else None
    if act is None or (act.step.id, act.run) != (fact.step, fact.run):
        raise Refused(f"step {fact.step} is not the next one")


def ended_well(state: LaunchState, fact: StepEndedWell) -> None:
    """Refuse that a step waits for its probe where it is not under way, or waits already."""
    ended(state, fact)
    if state.step(fact.attempt, fact.step).verifying:
        raise Refused(f"step {fact.step} waits for its probe already")


def ended(state: LaunchState, fact: StepFinished | StepIndeterminate | StepEndedWell) -> None:
    """Refuse an end of what is not under way."""
    attempt = state.rollback.attempt if state.rollback else CUTOVER
    now = state.step(fact.attempt, fact.step)
    newest = fact.attempt in (CUTOVER, attempt)
    if not newest or (now.run, now.status) != (fact.run, "running"):
        raise Refused(f"run {fact.run} of step {fact.step} is not under way")


def _named(state: LaunchState, name: str, *, cutover: bool) -> _Named:
    if cutover:
        step = cutover_step(state, name)
        if name not in state.cutover:
            raise Refused(f"the step of {one_line(name)} was not asked for yet")
        return _Named(step, CUTOVER, state.step(CUTOVER, name), None)
    rollback, plan = state.rollback, state.checklist.rollback
    if rollback is None or plan is None:
        raise Refused("no rollback was started")
    step = rollback_step(plan, name)
    before = rollback.step(name)
    # What still runs of an attempt that was given up can be ended.
    if rollback.over and not (before.status == "running" and is_process(step)):
        raise Refused(f"attempt {rollback.attempt} of the rollback was {rollback.status}")
    return _Named(step, rollback.attempt, before, plan)


def rollback_step(plan: Rollback, step: str) -> Step:
    """Return a step of the rollback by its id. Raises Refused."""
    for each in plan.steps:
        if each.id == step:
            return each
    known = ", ".join(each.id for each in plan.steps)
    raise Refused(f"the rollback has no step {one_line(step)!r}; it has {known}")


def _refuse_stale(step: Step, before: StepState, seen: int) -> None:
    if before.touched > seen:
        who = f" by {before.by}" if before.by else ""
        raise Refused(f"step {step.id} became {before.status}{who} after what you saw")
