"""The handover card of a rollback that is paused: for whoever takes it up, in words.

Who paused it and why, how its steps are left in people's own words, and what is next by when.
"""

from collections.abc import Iterator

from launchpad.checklist.model import Rollback
from launchpad.launch.as_left import Statement, pause_of
from launchpad.launch.forecast import next_step
from launchpad.launch.moment import Moment, second
from launchpad.launch.rollback import RollbackState
from launchpad.session.step_times import by_when


def handover_lines(plan: Rollback, rollback: RollbackState, now: Moment) -> Iterator[str]:
    """Yield the card's lines; nothing while the rollback is not paused. Not safe."""
    if rollback.status != "paused":
        return
    statement, pause = rollback.statement, rollback.pause or ""
    if statement:
        # A gap in observation may have come on top of it.
        since = pause.removeprefix(pause_of(statement))
        yield f"PAUSED by {statement.by} at {second(statement.at)}: {statement.reason}{since}"
    else:
        yield f"PAUSED: {pause}"
    yield next_words(plan, rollback, now)
    if statement:
        yield from _left(plan, statement)


def next_words(plan: Rollback, rollback: RollbackState, now: Moment) -> str:
    """Return the step that is next, where it stands, and by when it is due."""
    step = next_step(plan, rollback)
    if step is None:
        return "next: nothing, every step is settled"
    number, status = plan.steps.index(step) + 1, rollback.step(step.id).status
    begun = "" if status == "pending" else f" ({status})"
    return f"next: step {number}, {step.id}{begun}; {by_when(plan, rollback, step, now)}"


def _left(plan: Rollback, statement: Statement) -> Iterator[str]:
    numbers = {step.id: number for number, step in enumerate(plan.steps, 1)}
    for left in statement.said:
        yield f"step {numbers[left.step]}, {left.step}, left: {left.text}"
    if len(statement.said) < len(plan.steps):
        others = "the others" if statement.said else "every step"
        yield f"{others} as recorded"
