"""Seeing to it that a launch has a conductor, and being one."""

import os
import shlex

from launchpad.checklist.durations import duration
from launchpad.cli.configuration import state_folder
from launchpad.cli.output import narrate
from launchpad.cli.reaching import log_at
from launchpad.launch.state import LaunchState
from launchpad.log.store import Log
from launchpad.session.conductor import (
    ConductorStanding,
    belongs_here,
    conductor_standing,
    start_conductor,
)
from launchpad.session.launches import entries, named, to_write
from launchpad.text.safe import one_line

# A conductor that was started has this long to take the lease before another one is.
RESTART_S = 2.0


def conduct(address: str | None, launch: str | None) -> int:
    """Be the conductor of a launch until it is closed or another is. Its exit status."""
    # Everything that observes and acts; whoever only reads this module's rest needs none of it.
    from launchpad.conductor.main import conduct as conduct_launch  # noqa: PLC0415 - see above

    with log_at(address) as log:
        known = entries(log)
        chosen = named(known, launch) if launch else to_write(known)
        return conduct_launch(log, chosen.launch, state_folder(), os.environ)


def conductor_command(address: str, launch: str) -> str:
    """Return what somebody types to conduct a launch where it belongs."""
    return f"launchpad conductor --log {shlex.quote(address)} --launch {shlex.quote(launch)}"


def start(address: str, launch: str) -> None:
    """Start a conductor here. Raises OSError."""
    start_conductor(address, launch, state_folder() / "conductors")


def try_to_start(address: str, launch: str) -> None:
    """Start a conductor here; where that fails, say what to type."""
    try:
        start(address, launch)
    except OSError as error:
        why = error.strerror or type(error).__name__
        narrate(f"no conductor could be started: {why}; by hand:")
        narrate(f"  {conductor_command(address, launch)}")


def conductor_heard(standing: ConductorStanding) -> str | None:
    """Return who conducts, such as `deploy@bastion1, heard 1s ago`; None where nobody does."""
    if standing.lease is None or not standing.alive:
        return None
    lease, age_ms = standing.lease, standing.age_ms
    heard = f", heard {duration(max(age_ms, 0))} ago" if age_ms is not None else ""
    return one_line(f"{lease.user}@{lease.host}{heard}")


class Conducted:
    """Keeps a launch conducted while somebody waits for what its conductor does.

    Where none is alive that is told once, and one is started where the launch belongs here.
    """

    def __init__(self, log: Log, state: LaunchState) -> None:
        self._log = log
        self._launch = state.launch
        self._home = state.opened.home
        self._missed = False
        self._again_s = 0.0

    def see_to(self, now_s: float) -> None:
        """Look, unless one was just started. now_s: of a monotonic clock. Raises LogError."""
        if now_s < self._again_s:
            return
        if conductor_standing(self._log, self._launch).alive:
            self._missed = False
            return
        here = belongs_here(self._home)
        if not self._missed:
            self._missed = True
            self._tell(here=here)
        if here:
            self._again_s = now_s + RESTART_S
            try_to_start(self._log.address, self._launch)

    def _tell(self, *, here: bool) -> None:
        if here:
            narrate("NO CONDUCTOR is alive, and nothing runs without one: starting one here")
            return
        home = one_line(f"{self._home.user}@{self._home.host}")
        narrate(f"NO CONDUCTOR is alive, and nothing runs without one; as {home}, type:")
        narrate(f"  {conductor_command(self._log.address, self._launch)}")
