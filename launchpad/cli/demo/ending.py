"""Ending a demo: its rollback given up, its launch closed, its conductor and its step gone."""

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from launchpad.launch.intents import AbandonRollback, CloseLaunch
from launchpad.launch.kinds import Outcome
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from launchpad.log.errors import LogError
from launchpad.log.processes import process_alive
from launchpad.log.store import Log
from launchpad.process.tree import Process, send
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant, participant
from launchpad.steps import running
from launchpad.steps.folder import claim_folder
from launchpad.steps.order import StepRun

STAGEHAND: Final = Person("DEMO", "the demo itself")
"""Who breaks, mends and clears up where nobody says who they are."""

_STEP_ENDS_S: Final = 4.0
_LOOK_S: Final = 0.05


def stagehand() -> Participant:
    """Return the demo's own hand as a participant."""
    return participant(STAGEHAND, "command", {})


def closed(live: LiveLaunch, by: Participant) -> bool:
    """See to it that a launch is closed; False where the rules refuse it. Raises LogError.

    A rollback that is under way is abandoned, and what runs is ended.
    """
    live.catch_up()
    state = live.state
    try:
        if state.rollback and not state.rollback.over:
            live.submit(AbandonRollback("the demo ends", state.code_word, (), kill=True), by)
        holds(lambda: _nothing_runs(live), _STEP_ENDS_S)
        if live.state.closure is None:
            live.submit(CloseLaunch(_outcome(live), state.code_word), by)
    except Refused:
        return live.state.closure is not None
    return True


def conductor_gone(log: Log, launch: str, within_s: float) -> bool:
    """Say whether no conductor of a launch is left on this machine. Raises LogError."""
    lease = log.lease(launch)
    if lease is None:
        return True
    return holds(lambda: not process_alive(lease.pid, lease.started), within_s)


def end_processes(live: LiveLaunch, state_folder: Path, within_s: float) -> None:
    """End the conductor of a launch, and the step that it left running, without more ado."""
    with suppress(LogError):
        lease = live.log.lease(live.launch)
        for number in (signal.SIGTERM, signal.SIGKILL):
            if lease and lease.started and not conductor_gone(live.log, live.launch, 0):
                send(Process(lease.pid, int(lease.started)), number)
                conductor_gone(live.log, live.launch, within_s)
        live.catch_up()
    step, rollback = live.state.running_step, live.state.rollback
    if step and rollback:
        run = StepRun(live.launch, step, rollback.attempt, rollback.step(step).run)
        folder = claim_folder(state_folder, run)
        with suppress(OSError):
            holds(lambda: not running.end(folder), within_s)


def holds(condition: Callable[[], bool], within_s: float) -> bool:
    """Wait until a condition holds; False where it does not within so many seconds."""
    gives_up_s = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > gives_up_s:
            return False
        time.sleep(_LOOK_S)
    return True


def _outcome(live: LiveLaunch) -> Outcome:
    rollback = live.state.rollback
    return "rolled-back" if rollback and rollback.status == "completed" else "scrubbed"


def _nothing_runs(live: LiveLaunch) -> bool:
    live.catch_up()
    return live.state.running_step is None
