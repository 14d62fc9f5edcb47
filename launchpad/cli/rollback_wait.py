"""Following a rollback to its end, told line by line on stderr."""

import threading
import time
from collections.abc import Iterator

from launchpad.checklist.durations import written
from launchpad.checklist.model import Step
from launchpad.cli.conducting import Conducted
from launchpad.cli.events import event_line
from launchpad.cli.output import narrate
from launchpad.launch.forecast import next_start
from launchpad.launch.moment import moment_at
from launchpad.launch.rollback import RollbackState, waiting_for
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, asks, is_process, wanting
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch, follow
from launchpad.text.safe import one_line

# What belongs to a rollback, by the first word of an event's kind.
_TOLD = frozenset({"rollback", "step", "conductor", "observation"})


def completed(live: LiveLaunch, attempt: int) -> bool:
    """Wait until an attempt ended, and say whether it was completed. Raises LogError.

    What waits for somebody is told with the command to type. While nobody conducts the launch, a
    conductor is started where it belongs here.
    """
    conducted = Conducted(live.log, live.state)
    rollback = _attempt(live.state, attempt)
    told: tuple[str, ...] = ()
    try:
        for news in follow(live.log, live.launch, live.state.head.seq, threading.Event()):
            for event in live.receive(news):
                if event.kind.partition(".")[0] in _TOLD:
                    narrate(event_line(event, live.state))
            rollback = _attempt(live.state, attempt)
            if rollback.over:
                break
            waits = tuple(_waits(live.state, rollback))
            if waits != told:
                for line in waits:
                    narrate(line)
                told = waits
            conducted.see_to(time.monotonic())
    except KeyboardInterrupt:
        narrate("the rollback goes on; `launchpad status --watch` follows it")
        raise
    return rollback.status == "completed"


def _attempt(state: LaunchState, attempt: int) -> RollbackState:
    known = [*state.attempts, state.rollback]
    return next(each for each in known if each and each.attempt == attempt)


def _waits(state: LaunchState, rollback: RollbackState) -> Iterator[str]:
    """Yield what waits for somebody, and the command with which they decide."""
    launch = f"--launch {one_line(state.launch)}"
    if rollback.pause is not None:
        yield f"PAUSED, {one_line(rollback.pause)}; `launchpad rollback resume {launch}` goes on"
    plan = state.checklist.rollback
    due = next_start(plan, rollback, moment_at(now())) if plan else None
    if due:
        yield f"{due.step.id} starts at +{written(due.at_ms)}"
    waiting = waiting_for(plan, rollback) if plan else None
    if waiting is None:
        return
    yield from waiting_lines(state, *waiting, waiting[0].id)


def waiting_lines(state: LaunchState, step: Step, standing: StepState, place: str) -> Iterator[str]:
    """Yield what a step waits for from somebody, and the command with which they decide.

    place: the step as it is typed.
    """
    launch = f"--launch {one_line(state.launch)}"
    if step.kind == "manual" and standing.status == "running":
        yield f"{step.id} is done by hand: {one_line(step.instructions or step.title)}"
        yield f"  `launchpad confirm {place} {launch}` says that it is done"
    elif wanting(step, standing):
        why = f": {standing.reason}" if standing.reason else ""
        yield f"{step.id} {standing.status}{why}; somebody decides:"
        yield f"  launchpad resolve {place} --as done|skip|retry --reason TEXT {launch}"
    elif is_process(step) and not standing.kill and asks(step, standing, moment_at(now())):
        yield f"{step.id} is past its timeout; wait, or end it:"
        yield f"  launchpad step kill {place} --reason TEXT {launch}"
