"""Cutover steps: what is done for an item, on request; and the point nobody goes back behind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from launchpad.checklist.model import Checklist, Item, Step
from launchpad.launch.arming import frozen_by
from launchpad.launch.cutover_facts import StepRequested
from launchpad.launch.event import Event
from launchpad.launch.moment import moment_of, second, shifted
from launchpad.launch.person import actor_initials
from launchpad.launch.rollback import Begin
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, begins_again, is_process, may_have_acted


@dataclass(frozen=True, slots=True)
class NoReturn:
    """The point of no return was passed. how: in words, with who and when as far as is known."""

    item: Item
    how: str


def requested(before: StepState, event: Event, body: StepRequested) -> StepState:
    """Return an item's step after somebody wanted it carried out: it begins as run `run`."""
    return replace(
        before,
        status="pending",
        run=body.run - 1,
        began=moment_of(event),
        reason=None,
        by=actor_initials(event.actor),
        kill=None,
        acted=may_have_acted(before),
        lost=0,
        touched=event.seq,
    )


def given_up(
    steps: Mapping[str, StepState], event: Event, checklist: Checklist
) -> dict[str, StepState]:
    """Return the items' steps as a rollback begins: what is no process yet never becomes one."""
    by_id = {item.id: item.step for item in checklist.items() if item.step}
    return {
        item: replace(
            state, status="skipped", reason="a rollback began before it was done", touched=event.seq
        )
        if state.status == "pending"
        or (state.status == "running" and item in by_id and not is_process(by_id[item]))
        else state
        for item, state in steps.items()
    }


def next_cutover(state: LaunchState) -> Begin | None:
    """Return the cutover step that a conductor begins now; None while there is none."""
    if state.scrub or state.closure or state.gap is not None or state.running_step:
        return None
    if frozen_by(state) or (state.rollback and not state.rollback.over):
        return None
    for item in state.checklist.items():
        known = state.cutover.get(item.id)
        if item.step and known and (known.status == "pending" or _again(state, item.step, known)):
            return Begin(item.step, known.run + 1)
    return None


def _again(state: LaunchState, step: Step, known: StepState) -> bool:
    """Say whether a step that was lost begins again by itself: never what was gone back from."""
    went_back = state.rollback is not None and known.touched < state.rollback.touched
    return begins_again(step, known) and not went_back


def wanted_cutover(state: LaunchState) -> str | None:
    """Return the id of an item whose step was asked for and has not begun; None for none."""
    steps = state.cutover.items()
    return next((item for item, known in steps if known.status == "pending"), None)


def no_return(state: LaunchState) -> NoReturn | None:
    """Return which point of no return was passed: its item, or its step begun; None for none."""
    for item in state.checklist.items():
        if not item.point_of_no_return:
            continue
        current, step = state.item(item.id).current, state.cutover.get(item.id)
        if current and current.result == "passed":
            return NoReturn(item, f"{item.id}, passed by {current.by} at {second(current.at)}")
        if step and may_have_acted(step):
            earlier = "; a run before this one may have had its effect" if step.acted else ""
            return NoReturn(item, f"{item.id}, its step {step.status}{_when(step)}{earlier}")
    return None


def _when(step: StepState) -> str:
    """Return since when a step runs, or when it ended; when it was begun, where that says more."""
    if step.began is None:
        return ""
    if step.status == "running":
        return f" since {second(step.began.at)}"
    if step.elapsed_ms is None:
        return f", begun at {second(step.began.at)}"
    return f" at {second(shifted(step.began.at, step.elapsed_ms))}"
