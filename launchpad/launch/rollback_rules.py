"""The rules of a rollback and of what a conductor may record: who may do what, when."""

from collections.abc import Callable, Mapping
from typing import Any

from launchpad.checklist.model import Rollback, Step
from launchpad.launch.intents import (
    AbandonRollback,
    ConfirmStep,
    PauseRollback,
    ReportFact,
    ResolveStep,
    ResumeRollback,
    StartRollback,
    SwitchDemo,
)
from launchpad.launch.kinds import Body
from launchpad.launch.moment import second
from launchpad.launch.operations import (
    AsLeft,
    ConductorStarted,
    DemoSwitched,
    ProbeChanged,
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
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.rollback import Begin, Finish, RollbackState, StepState, next_act, wanting
from launchpad.launch.state import LaunchState
from launchpad.text.safe import one_line

# The document that the demo's launch is opened from; only there is something to break.
DEMO_DOCUMENT = "demo.yaml"


def start(state: LaunchState, intent: StartRollback, by: Person) -> tuple[Body, ...]:
    """Begin an attempt: with authority, a reason, and the code word typed."""
    plan = _plan(state)
    before = state.rollback
    if before and not before.over:
        raise Refused(
            f"the rollback is already under way, started by {before.by} "
            f"at {second(before.began.at)}"
        )
    if before and before.touched > intent.seen:
        raise Refused(f"attempt {before.attempt} was {before.status} after what you saw")
    if state.running_step:
        raise Refused(f"step {state.running_step} of attempt {_attempt(state)} still runs")
    _authorised(state, plan, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("a rollback needs a reason")
    _confirmed(state, intent.confirm)
    first = plan.steps[0] if intent.first is None else _step(plan, intent.first)
    attempt = before.attempt + 1 if before else 1
    return (RollbackStarted(attempt=attempt, first=first.id, reason=reason),)


def pause(state: LaunchState, intent: PauseRollback, _by: Person) -> tuple[Body, ...]:
    """Let no further step start; anybody may."""
    rollback = _under_way(state)
    if rollback.status == "paused":
        raise Refused(f"the rollback is already paused: {rollback.pause}")
    reason = said(intent.reason)
    if not reason:
        raise Refused("a pause needs a reason")
    return (RollbackPaused(attempt=rollback.attempt, reason=reason),)


def resume(state: LaunchState, intent: ResumeRollback, by: Person) -> tuple[Body, ...]:
    """Let steps start again."""
    rollback = _under_way(state)
    if rollback.status != "paused":
        raise Refused("the rollback is not paused")
    if rollback.touched > intent.seen:
        raise Refused(f"the rollback was paused after what you saw: {rollback.pause}")
    _authorised(state, _plan(state), by)
    return (RollbackResumed(attempt=rollback.attempt),)


def abandon(state: LaunchState, intent: AbandonRollback, by: Person) -> tuple[Body, ...]:
    """Give the attempt up; people go on by hand."""
    rollback, plan = _under_way(state), _plan(state)
    _authorised(state, plan, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("to abandon a rollback needs a reason")
    _confirmed(state, intent.confirm)
    for each in intent.as_left:
        if each.text.strip().casefold() == state.code_word:
            raise Refused(f"the code word stands where it is said how {each.step} was left")
    left = tuple(
        AsLeft(step=_step(plan, each.step).id, text=said(each.text) or "unknown")
        for each in intent.as_left
    )
    return (
        RollbackAbandoned(attempt=rollback.attempt, reason=reason, as_left=left, kill=intent.kill),
    )


def resolve(state: LaunchState, intent: ResolveStep, by: Person) -> tuple[Body, ...]:
    """Decide about a step that did not end well, or that only waits."""
    rollback, plan = _under_way(state), _plan(state)
    step = _step(plan, intent.step)
    before = rollback.step(step.id)
    _refuse_stale(step, before, intent.seen)
    waits = step.kind != "command" and before.status == "running"
    if not wanting(step, before) and not (waits and intent.resolution != "retry"):
        raise Refused(f"step {step.id} is {before.status}; there is nothing to resolve")
    _authorised(state, plan, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("to resolve a step needs a reason")
    return (
        StepResolved(
            step=step.id,
            attempt=rollback.attempt,
            run=before.run,
            resolution=intent.resolution,
            reason=reason,
        ),
    )


def confirm(state: LaunchState, intent: ConfirmStep, _by: Person) -> tuple[Body, ...]:
    """Record that a manual step is done."""
    rollback, plan = _under_way(state), _plan(state)
    step = _step(plan, intent.step)
    before = rollback.step(step.id)
    _refuse_stale(step, before, intent.seen)
    if step.kind != "manual":
        raise Refused(f"step {step.id} is no manual step; it ends by itself")
    if before.status != "running":
        raise Refused(f"step {step.id} is {before.status}")
    return (
        StepFinished(
            step=step.id,
            attempt=rollback.attempt,
            run=before.run,
            end="done",
            elapsed_ms=None,
            reason=said(intent.note) or None,
        ),
    )


def switch_demo(state: LaunchState, intent: SwitchDemo, _by: Person) -> tuple[Body, ...]:
    """Ask the demo's service to fail or to be healthy."""
    if state.opened.source.name != DEMO_DOCUMENT:
        raise Refused("this launch is not the demo; there is nothing to break")
    return (DemoSwitched(mode=intent.mode),)


def report(state: LaunchState, intent: ReportFact, _by: Person) -> tuple[Body, ...]:
    """Record what the conductor with the newest epoch observed or did."""
    fact, newest = intent.fact, state.conductor
    if isinstance(fact, ConductorStarted):
        if newest and newest.epoch >= intent.epoch:
            raise Refused(f"a conductor with epoch {newest.epoch} took this launch already")
        return (fact,)
    if newest is None or newest.epoch != intent.epoch or newest.stopped:
        raise Refused(f"the conductor with epoch {intent.epoch} is no longer this launch's")
    check = _REPORTS.get(type(fact))
    if check:
        check(state, fact)
    return (fact,)


def _started(state: LaunchState, fact: StepStarted) -> None:
    plan = _plan(state)
    act = next_act(plan, state.rollback)
    if act != Begin(_step(plan, fact.step), fact.run) or fact.attempt != _attempt(state):
        raise Refused(f"step {fact.step} is not the next one")


def _ended(state: LaunchState, fact: StepFinished | StepIndeterminate) -> None:
    now = state.rollback.step(fact.step) if state.rollback else StepState()
    if (_attempt(state), now.run, now.status) != (fact.attempt, fact.run, "running"):
        raise Refused(f"run {fact.run} of step {fact.step} is not under way")


def _completed(state: LaunchState, fact: RollbackCompleted) -> None:
    finished = next_act(_plan(state), state.rollback) == Finish()
    if not finished or fact.attempt != _attempt(state):
        raise Refused("the rollback is not complete")


def _changed(state: LaunchState, fact: ProbeChanged) -> None:
    standing = state.probes.get(fact.probe)
    if standing and standing.state == fact.state:
        raise Refused(f"{fact.probe} is already {fact.state}")


_REPORTS: Mapping[type[object], Callable[[LaunchState, Any], None]] = {
    StepStarted: _started,
    StepFinished: _ended,
    StepIndeterminate: _ended,
    RollbackCompleted: _completed,
    ProbeChanged: _changed,
}


def _plan(state: LaunchState) -> Rollback:
    plan = state.checklist.rollback
    if plan is None or not plan.steps:
        raise Refused("this launch's checklist has no rollback")
    return plan


def _attempt(state: LaunchState) -> int:
    return state.rollback.attempt if state.rollback else 0


def _under_way(state: LaunchState) -> RollbackState:
    rollback = state.rollback
    if rollback is None:
        raise Refused("no rollback was started")
    if rollback.over:
        raise Refused(f"attempt {rollback.attempt} of the rollback was {rollback.status}")
    return rollback


def _step(plan: Rollback, step: str) -> Step:
    for each in plan.steps:
        if each.id == step:
            return each
    known = ", ".join(each.id for each in plan.steps)
    raise Refused(f"the rollback has no step {one_line(step)!r}; it has {known}")


def _refuse_stale(step: Step, before: StepState, seen: int) -> None:
    if before.touched > seen:
        who = f" by {before.by}" if before.by else ""
        raise Refused(f"step {step.id} became {before.status}{who} after what you saw")


def _confirmed(state: LaunchState, word: str) -> None:
    if word.strip().casefold() != state.code_word:
        raise Refused(f"this is confirmed by typing the launch's code word: {state.code_word}")


def _authorised(state: LaunchState, plan: Rollback, by: Person) -> None:
    """Refuse who holds none of the roles that may roll back; without roles, everybody may."""
    if not plan.authority:
        return
    titles = {role.id: role.title for role in state.checklist.roles}
    held = {by.role.casefold()}
    for member in state.checklist.crew.people if state.checklist.crew else ():
        if member.initials.upper() == by.initials:
            held.update(role.casefold() for role in member.roles)
    for role in plan.authority:
        if {role.casefold(), titles.get(role, role).casefold()} & held:
            return
    raise Refused(
        f"{by.initials} has no authority over the rollback; it takes one of: "
        + ", ".join(titles.get(role, role) for role in plan.authority)
        + " (a role is given with --role, or where the console asks who you are)"
    )
