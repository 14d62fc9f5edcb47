"""The rules of triggers: who may say no to one, and what a conductor may record of them."""

from collections.abc import Iterator

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Trigger
from launchpad.launch.arming import dismissed_for_ms, not_armed, triggers_of
from launchpad.launch.authority import require_lead, require_rollback_authority
from launchpad.launch.countdown import reading
from launchpad.launch.criteria import matching
from launchpad.launch.cutover import no_return
from launchpad.launch.intents import CaptureBaseline, DismissTrigger
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment, second
from launchpad.launch.operations import RollbackStarted
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.state import LaunchState
from launchpad.launch.step import is_process
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    BaselineFigure,
    RollbackProposed,
    TriggerDismissed,
    TriggerTripped,
)
from launchpad.launch.triggers import Proposal
from launchpad.launch.tripping import proposal
from launchpad.text.safe import one_line


def dismiss(state: LaunchState, intent: DismissTrigger, by: Person) -> tuple[Body, ...]:
    """Say no to a trigger for a time: with authority over the rollback, and a reason."""
    trigger, plan = _trigger(state, intent.trigger), state.checklist.rollback
    if not trigger.probes:
        raise Refused(f"people watch {trigger.id}: there is nothing to dismiss")
    _refuse_taken_up(state, intent.seen)
    known = state.triggers.trigger(trigger.id)
    if known.touched > intent.seen:
        dismissal = known.dismissal
        if dismissal and known.tripped is None:
            raise Refused(
                f"{dismissal.by} dismissed {trigger.id} at {second(dismissal.since.at)}, "
                f"after what you saw: {dismissal.reason}"
            )
        at = f" at {second(known.tripped.at)}" if known.tripped else ""
        raise Refused(f"{trigger.id} tripped{at}, after what you saw: {known.shown}")
    if plan:
        require_rollback_authority(state, plan, by)
    if intent.for_ms <= 0:
        raise Refused("a trigger is dismissed for a time, such as 10m")
    reason = said(intent.reason)
    if not reason:
        raise Refused("to dismiss a trigger needs a reason")
    return (TriggerDismissed(trigger=trigger.id, reason=reason, for_ms=intent.for_ms),)


def capture(state: LaunchState, intent: CaptureBaseline, by: Person) -> tuple[Body, ...]:
    """Keep what the probes take now; once there is a baseline, only the lead takes another one."""
    if state.checklist.baseline is None:
        raise Refused("this launch's checklist asks for no baseline")
    _refuse_under_way(state)
    if state.triggers.baseline_at:
        require_lead(state, by, "capture the baseline again")
    _require_figures(state, intent.figures)
    return (BaselineCaptured(figures=intent.figures, over_ms=intent.over_ms),)


def captured_by_itself(state: LaunchState, fact: BaselineCaptured) -> None:
    """Check a baseline that a conductor captures: the first one."""
    if state.triggers.baseline_at:
        raise Refused("a baseline was captured already")
    _require_figures(state, fact.figures)


def tripped(state: LaunchState, fact: TriggerTripped, now: Moment | None) -> None:
    """Check that a trigger could trip."""
    trigger = _trigger(state, fact.trigger)
    if now is None:
        raise Refused(f"when {trigger.id} tripped is not known")
    if unarmed := not_armed(state, trigger, now):
        raise Refused(f"{trigger.id} is not armed: {unarmed}")
    if left_ms := dismissed_for_ms(state, trigger, now):
        raise Refused(f"{trigger.id} is dismissed for another {duration(left_ms)}")
    if fact.probe not in matching(state.checklist, trigger.probes):
        raise Refused(f"{trigger.id} does not watch {one_line(fact.probe)}")


def proposed(state: LaunchState, fact: RollbackProposed) -> None:
    """Check that a trigger tripped, and proposes this."""
    trigger = _trigger(state, fact.trigger)
    if state.triggers.trigger(trigger.id).tripped is None:
        raise Refused(f"{trigger.id} did not trip, or was dismissed")
    if proposal(state, trigger) != fact:
        raise Refused(f"{trigger.id} does not propose that")


def started_by_itself(state: LaunchState, fact: RollbackStarted, now: Moment | None) -> None:
    """Check that a rollback may begin without anybody: nobody decided in the time there was."""
    if now is None:
        raise Refused("when the rollback began is not known")
    opened = [each for each in state.triggers.proposals.values() if each.auto]
    if not opened:
        raise Refused("no rollback was proposed that begins by itself")
    reasons = [begins_not(state, each, now) for each in opened]
    if all(reasons):
        raise Refused(f"the rollback does not begin by itself: {reasons[0]}")
    if fact != started(state, opened[reasons.index(None)]):
        raise Refused("that is not how the rollback begins by itself")


def begins_not(state: LaunchState, proposal: Proposal, now: Moment) -> str | None:
    """Return why a proposed rollback does not begin by itself now; None where it does."""
    if not proposal.auto:
        return "somebody decides"
    if why := next(kept_by(state, proposal.trigger, now), None):
        return why
    left = proposal.left(now)
    return None if left and left.ms == 0 else "there is time to decide"


def kept_by(state: LaunchState, trigger: str, now: Moment) -> Iterator[str]:
    """Yield what keeps a rollback from beginning by itself, however late it is."""
    if state.closure or state.scrub:
        yield "the launch is over"
    if _ahead_again(state, trigger, now):
        yield "the clock was set back to before the time that the trigger watches"
    if state.rollback:
        yield "a rollback was started already"
    if state.gap is not None:
        yield "nobody acknowledged yet that nobody observed for a while"
    yield from _steps_at_work(state)
    if passed := no_return(state):
        yield f"the point of no return is passed ({passed.how})"
    known = state.triggers.trigger(trigger)
    standing = state.probes.get(known.probe)
    if known.flapping or (standing and standing.state == "flapping"):
        yield f"{known.probe} changes all the time"


def _steps_at_work(state: LaunchState) -> Iterator[str]:
    """Yield each step of an item that runs, or may."""
    for item in state.checklist.items():
        step = state.cutover.get(item.id)
        if item.step and is_process(item.step) and step:
            if step.status == "running":
                yield f"the step of {item.id} still runs"
            elif step.status == "indeterminate" and not step.nothing_runs:
                yield f"the step of {item.id} may still run"


def _ahead_again(state: LaunchState, trigger: str, now: Moment) -> bool:
    """Say whether T- stands before the trigger's time, as after a recycle."""
    if state.countdown is None:
        return False
    t_ms = reading(state.countdown, state.checklist.holds, now).t_ms
    return any(each.id == trigger and t_ms < each.active_from_ms for each in triggers_of(state))


def started(state: LaunchState, proposal: Proposal) -> RollbackStarted:
    """Return how a proposed rollback begins by itself: the first attempt, at the first step."""
    plan = state.checklist.rollback
    if plan is None or not plan.steps:
        raise Refused("this launch's checklist has no rollback")
    known = state.triggers.trigger(proposal.trigger)
    reason = f"trigger {proposal.trigger}, and nobody decided in time: {known.shown}"
    return RollbackStarted(attempt=1, first=plan.steps[0].id, reason=reason)


def _require_figures(state: LaunchState, figures: tuple[BaselineFigure, ...]) -> None:
    if not figures:
        raise Refused("no probe has enough samples for a baseline")
    baseline = state.checklist.baseline
    probes = matching(state.checklist, baseline.probes if baseline else ())
    if others := [figure.probe for figure in figures if figure.probe not in probes]:
        raise Refused(f"the baseline does not measure {one_line(others[0])}")


def _refuse_taken_up(state: LaunchState, seen: int) -> None:
    rollback = state.rollback
    if rollback and rollback.over and rollback.touched > seen:
        raise Refused(
            f"the rollback that {rollback.by} started at {second(rollback.began.at)} "
            f"was {rollback.status} after what you saw"
        )
    _refuse_under_way(state)


def _refuse_under_way(state: LaunchState) -> None:
    rollback = state.rollback
    if rollback and not rollback.over:
        raise Refused(
            f"the rollback is already under way, started by {rollback.by} "
            f"at {second(rollback.began.at)}"
        )


def _trigger(state: LaunchState, trigger: str) -> Trigger:
    for each in triggers_of(state):
        if each.id == trigger:
            return each
    known = ", ".join(each.id for each in triggers_of(state)) or "none"
    raise Refused(f"there is no trigger {one_line(trigger)!r}; there are: {known}")
