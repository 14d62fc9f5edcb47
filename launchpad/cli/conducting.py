"""Seeing to it that a launch has a conductor, and being one."""

import os
import shlex

from launchpad.checklist.durations import duration
from launchpad.cli.configuration import state_folder
from launchpad.cli.output import narrate
from launchpad.cli.reaching import log_at
from launchpad.cli.sheets import sheet_writer
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.log.store import Log
from launchpad.session.conductor import (
    ConductorStanding,
    belongs_here,
    conductor_standing,
    start_conductor,
)
from launchpad.session.lasting import Account, Ending, dies_at, unit_folder
from launchpad.session.launches import entries, named, to_write
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import os_user
from launchpad.text.safe import one_line

# A conductor that was started has this long to take the lease before another one is.
RESTART_S = 2.0


def conduct(address: str | None, launch: str | None, *, stand_by: bool) -> int:
    """Be the conductor of a launch until it is closed or another is. Its exit status.

    stand_by: wait while another is. Raises Refused where the launch does not belong here.
    """
    # Everything that observes and acts; whoever only reads this module's rest needs none of it.
    from launchpad.conductor.main import conduct as conduct_launch  # noqa: PLC0415 - see above

    with log_at(address) as log:
        known = entries(log)
        chosen = named(known, launch) if launch else to_write(known)
        live = LiveLaunch(log, chosen.launch)
        if not live.state.closure:
            require_home(live.state, log.address)
        write_sheets = sheet_writer(log)
        return conduct_launch(live, state_folder(), os.environ, write_sheets, stand_by=stand_by)


def require_home(state: LaunchState, address: str) -> None:
    """Raise Refused, with what to type where, for a launch that is not conducted from here."""
    home = state.home
    if belongs_here(home):
        return
    command = conductor_command(address, state.launch)
    raise Refused(
        f"{one_line(state.launch)} is conducted as {one_line(f'{home.user}@{home.host}')}, "
        f"where one types:\n  {command}\n"
        f"to have it conducted from here, type, in the folder its commands run in:\n"
        f"  {command} --move --reason TEXT --initials AB"
    )


def conductor_command(address: str, launch: str) -> str:
    """Return what somebody types to conduct a launch where it belongs."""
    return f"launchpad conductor --log {shlex.quote(address)} --launch {shlex.quote(launch)}"


def lasts_until(state: LaunchState, pid: int | None = None) -> Ending | None:
    """Return what ends the conductor that runs here for good; None for what a unit starts again.

    pid: its process, None for one that is started here. Elsewhere nothing is known of it.
    """
    return _ending(state.launch, pid) if belongs_here(state.home) else None


def tell_ending(address: str, launch: str) -> None:
    """Tell what ends a conductor that was started here, and what to type against it."""
    if ending := _ending(launch, None):
        narrate(f"the conductor ends at {ending}; a systemd unit outlives that:")
        narrate(f"  {conductor_command(address, launch)} --install-unit")


def _ending(launch: str, pid: int | None) -> Ending | None:
    return dies_at(launch, Account(os_user(), unit_folder(os.environ)), pid)


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
        self._home = state.home
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
