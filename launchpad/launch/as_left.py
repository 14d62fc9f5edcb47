"""How the steps of a rollback were left: what was said of each when it was paused or abandoned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from launchpad.checklist.model import Rollback
from launchpad.launch.event import Event
from launchpad.launch.operations import RollbackAbandoned, RollbackPaused
from launchpad.launch.person import actor_initials
from launchpad.launch.step import StepState, StepStatus
from launchpad.text.safe import one_line

_RECORDED: Mapping[StepStatus, str] = {"pending": "not begun", "timed-out": "timed out"}


@dataclass(frozen=True, slots=True)
class StepLeft:
    """How one step was left. said: whether somebody said so; else it is how the log has it."""

    step: str
    text: str
    said: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said when a rollback was paused or abandoned; every text is safe, on one line.

    by: initials; at: RFC 3339, UTC; steps: all of the rollback's, in their written order.
    """

    what: Literal["paused", "abandoned"]
    by: str
    at: str
    reason: str
    steps: tuple[StepLeft, ...]

    @property
    def said(self) -> tuple[StepLeft, ...]:
        """The steps that somebody said something of."""
        return tuple(step for step in self.steps if step.said)


def stated(
    event: Event,
    body: RollbackPaused | RollbackAbandoned,
    plan: Rollback,
    steps: Mapping[str, StepState],
) -> Statement:
    """Return what an event says of the steps, each as it stood just before."""
    words = {each.step: one_line(each.text) for each in body.as_left}
    return Statement(
        what="paused" if isinstance(body, RollbackPaused) else "abandoned",
        by=actor_initials(event.actor),
        at=event.at,
        reason=one_line(body.reason),
        steps=tuple(
            StepLeft(step.id, words[step.id], said=True)
            if step.id in words
            else StepLeft(step.id, as_recorded(steps.get(step.id, StepState())), said=False)
            for step in plan.steps
        ),
    )


def pause_of(statement: Statement) -> str:
    """Return why no step starts, where that is what somebody said."""
    return f"paused by {statement.by}: {statement.reason}"


def as_recorded(state: StepState) -> str:
    """Return where a step stands by the log alone, such as done, running or not begun."""
    return _RECORDED.get(state.status, state.status)
