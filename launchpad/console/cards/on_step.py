"""What decides about a step while a card asks about it."""

from launchpad.launch.cutover_facts import CUTOVER, StepRequested
from launchpad.launch.kinds import Body
from launchpad.launch.operations import (
    RollbackAbandoned,
    RollbackStarted,
    StepFinished,
    StepIndeterminate,
    StepKillRequested,
    StepResolved,
    StepStarted,
)

_ON_STEP = (StepStarted, StepFinished, StepIndeterminate, StepResolved, StepKillRequested)


def on_step(body: Body, step: str, *, cutover: bool) -> bool:
    """Say whether an event moved a step, by its id. cutover: whether it is an item's."""
    if isinstance(body, _ON_STEP):
        return body.step == step and (body.attempt == CUTOVER) is cutover
    if isinstance(body, StepRequested):
        return cutover and body.item == step
    return isinstance(body, RollbackStarted if cutover else RollbackAbandoned)
