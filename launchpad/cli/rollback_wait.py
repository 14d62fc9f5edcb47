"""Following a rollback to its end, told line by line on stderr."""

import threading
import time
from collections.abc import Iterator

from launchpad.cli.conducting import Conducted
from launchpad.cli.events import event_line
from launchpad.cli.output import narrate
from launchpad.launch.rollback import RollbackState, waiting_for, wanting
from launchpad.launch.state import LaunchState
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
    waiting = waiting_for(plan, rollback) if plan else None
    if waiting is None:
        return
    step, standing = waiting
    if step.kind == "manual" and standing.status == "running":
        yield f"{step.id} is done by hand: {one_line(step.instructions or step.title)}"
        yield f"  `launchpad confirm {step.id} {launch}` says that it is done"
    elif wanting(step, standing):
        why = f": {standing.reason}" if standing.reason else ""
        yield f"{step.id} {standing.status}{why}; somebody decides:"
        yield f"  launchpad resolve {step.id} --as done|skip|retry --reason TEXT {launch}"
