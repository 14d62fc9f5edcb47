"""The rules of a rollback and of what a conductor may record: who may do what, when."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from launchpad.checklist.model import Rollback
from launchpad.launch import clock_rules, step_rules, trigger_rules
from launchpad.launch.authority import require_rollback_authority
from launchpad.launch.clock_facts import ClockHeld, ClockResumed, ClockStepped
from launchpad.launch.cutover import no_return
from launchpad.launch.intents import (
    AbandonRollback,
    PauseRollback,
    ReportFact,
    ResumeRollback,
    StartRollback,
    SwitchDemo,
)
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment, second
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
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.rollback import Finish, RollbackState, next_act
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.samples import SampleFact, refuse_misplaced
from launchpad.launch.state import LaunchState
from launchpad.launch.step import is_process
from launchpad.launch.step_rules import rollback_step
from launchpad.launch.trigger_facts import BaselineCaptured, RollbackProposed, TriggerTripped

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
    if state.gap is not None and state.gap > intent.seen:
        raise Refused(f"the observation gap of event {state.gap} came after what you saw")
    _refuse_while_something_runs(state)
    require_rollback_authority(state, plan, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("a rollback needs a reason")
    passed = no_return(state)
    if passed and not intent.past_no_return:
        raise Refused(
            f"the point of no return is passed ({passed.how}): roll forward or freeze; to roll "
            "back all the same, say --past-no-return, and why in the reason"
        )
    _confirmed(state, intent.confirm)
    first = plan.steps[0] if intent.first is None else rollback_step(plan, intent.first)
    attempt = before.attempt + 1 if before else 1
    return (
        RollbackStarted(
            attempt=attempt,
            first=first.id,
            reason=reason,
            past_no_return=passed is not None,
        ),
    )


def pause(state: LaunchState, intent: PauseRollback, _by: Person) -> tuple[Body, ...]:
    """Let no further step start; anybody may, and may say how steps are left."""
    rollback, plan = _under_way(state), _plan(state)
    if rollback.status == "paused":
        raise Refused(f"the rollback is already paused: {rollback.pause}")
    reason = said(intent.reason)
    if not reason:
        raise Refused("a pause needs a reason")
    left = _as_left(state, plan, [each for each in intent.as_left if each.text.strip()])
    return (RollbackPaused(attempt=rollback.attempt, reason=reason, as_left=left),)


def resume(state: LaunchState, intent: ResumeRollback, by: Person) -> tuple[Body, ...]:
    """Let steps start again."""
    rollback = _under_way(state)
    if rollback.status != "paused":
        raise Refused("the rollback is not paused")
    if rollback.touched > intent.seen:
        raise Refused(f"the rollback was paused after what you saw: {rollback.pause}")
    require_rollback_authority(state, _plan(state), by)
    return (RollbackResumed(attempt=rollback.attempt),)


def abandon(state: LaunchState, intent: AbandonRollback, by: Person) -> tuple[Body, ...]:
    """Give the attempt up; people go on by hand."""
    rollback, plan = _under_way(state), _plan(state)
    require_rollback_authority(state, plan, by)
    reason = said(intent.reason)
    if not reason:
        raise Refused("to abandon a rollback needs a reason")
    _confirmed(state, intent.confirm)
    left = _as_left(state, plan, intent.as_left)
    return (
        RollbackAbandoned(attempt=rollback.attempt, reason=reason, as_left=left, kill=intent.kill),
    )


def _as_left(state: LaunchState, plan: Rollback, left: Iterable[AsLeft]) -> tuple[AsLeft, ...]:
    """Return how steps were left, in words. Raises Refused."""
    for each in left:
        if each.text.strip().casefold() == state.code_word:
            raise Refused(f"the code word stands where it is said how {each.step} was left")
    return tuple(
        AsLeft(step=rollback_step(plan, each.step).id, text=said(each.text) or "unknown")
        for each in left
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
        return (fact, intent.gap) if intent.gap else (fact,)
    if newest is None or newest.epoch != intent.epoch or newest.stopped:
        raise Refused(f"the conductor with epoch {intent.epoch} is no longer this launch's")
    check, timed = _REPORTS.get(type(fact)), _TIMED_REPORTS.get(type(fact))
    if check:
        check(state, fact)
    if timed:
        timed(state, fact, intent.now)
    return (fact,)


def _completed(state: LaunchState, fact: RollbackCompleted) -> None:
    finished = next_act(_plan(state), state.rollback) == Finish()
    if not finished or fact.attempt != _attempt(state):
        raise Refused("the rollback is not complete")


def _changed(state: LaunchState, fact: ProbeChanged) -> None:
    standing = state.probes.get(fact.probe)
    if standing and standing.state == fact.state:
        raise Refused(f"{fact.probe} is already {fact.state}")


def _sampled(state: LaunchState, fact: SampleFact) -> None:
    refuse_misplaced(state.samples, fact)


_REPORTS: Mapping[type[object], Callable[[LaunchState, Any], None]] = {
    StepEndedWell: step_rules.ended_well,
    StepFinished: step_rules.ended,
    StepIndeterminate: step_rules.ended,
    RollbackCompleted: _completed,
    ProbeChanged: _changed,
    ClockHeld: clock_rules.held_by_itself,
    ClockStepped: clock_rules.stepped,
    BaselineCaptured: trigger_rules.captured_by_itself,
    RollbackProposed: trigger_rules.proposed,
    SamplesDigested: _sampled,
    SamplesThinned: _sampled,
}
# What depends on when it happened, too.
_TIMED_REPORTS: Mapping[type[object], Callable[[LaunchState, Any, Moment | None], None]] = {
    StepStarted: step_rules.started,
    ClockResumed: clock_rules.opened_by_itself,
    TriggerTripped: trigger_rules.tripped,
    RollbackStarted: trigger_rules.started_by_itself,
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


def _refuse_while_something_runs(state: LaunchState) -> None:
    """Refuse a start beside a process; what only waits for a person or a time is given up."""
    rollback = state.rollback
    if rollback and "running" in {step.status for step in rollback.steps.values()}:
        raise Refused(f"step {state.running_step} of attempt {rollback.attempt} still runs")
    for item in state.checklist.items():
        known = state.cutover.get(item.id)
        if item.step and known and known.status == "running" and is_process(item.step):
            raise Refused(
                f"the step of {item.id} still runs; wait for it, or end it first: "
                f"launchpad step kill {item.id}"
            )


def _confirmed(state: LaunchState, word: str) -> None:
    if word.strip().casefold() != state.code_word:
        raise Refused(f"this is confirmed by typing the launch's code word: {state.code_word}")
