"""The rules of cutover steps: when the step of an item may be carried out, and once more."""

from launchpad.checklist.model import Step
from launchpad.launch.arming import frozen_by
from launchpad.launch.cutover import wanted_cutover
from launchpad.launch.cutover_facts import CUTOVER, StepRequested
from launchpad.launch.intents import RunStep
from launchpad.launch.kinds import Body
from launchpad.launch.moment import second
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused, said
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState
from launchpad.text.safe import one_line


def run(state: LaunchState, intent: RunStep, _by: Person) -> tuple[Body, ...]:
    """Ask for an item's step; once it was begun, only once more and with a reason."""
    step = cutover_step(state, intent.item)
    before = state.step(CUTOVER, step.id)
    if before.touched > intent.seen:
        who = f", by {before.by}" if before.by else ""
        raise Refused(f"the step of {step.id} became {before.status}{who} after what you saw")
    require_startable(state)
    reason = said(intent.reason)
    if before.run and not reason:
        raise Refused(f"the step of {step.id} {_became(before)}; once more needs a reason")
    item = next(each for each in state.checklist.items() if each.id == step.id)
    if item.point_of_no_return and intent.confirm.strip().casefold() != state.code_word:
        raise Refused(
            f"{step.id} is the point of no return: it is confirmed by typing the launch's code "
            f"word: {state.code_word}"
        )
    return (StepRequested(item=step.id, run=before.run + 1, reason=reason),)


def require_startable(state: LaunchState) -> None:
    """Refuse where no cutover step may begin now."""
    rollback = state.rollback
    if state.scrub:
        raise Refused(f"the launch was scrubbed by {state.scrub.by} at {second(state.scrub.at)}")
    if rollback and not rollback.over:
        raise Refused(
            f"the rollback is under way, started by {rollback.by} at {second(rollback.began.at)}"
        )
    if state.running_step:
        raise Refused(f"step {state.running_step} still runs")
    if waiting := wanted_cutover(state):
        raise Refused(f"the step of {waiting} was asked for, and begins first")
    if frozen := frozen_by(state):
        raise Refused(f"the cutover is frozen: {frozen}")
    if state.gap is not None:
        raise Refused(
            f"nobody observed the launch for a while (event {state.gap}); "
            "somebody acknowledges that first"
        )


def cutover_step(state: LaunchState, item: str) -> Step:
    """Return the step of an item by the item's id. Raises Refused."""
    for each in state.checklist.items():
        if each.id == item:
            if each.step is None:
                raise Refused(f"{item} has no step; a person does it")
            return each.step
    raise Refused(f"this launch has no item {one_line(item)!r}")


def _became(before: StepState) -> str:
    if before.status == "done":
        return "is done"
    return f"was {before.status}" if before.status == "skipped" else f"is {before.status}"
