"""`launchpad conductor --move`: a launch is conducted from this machine, account and folder."""

import asyncio
import os
import shlex
import socket
import time
from pathlib import Path

from launchpad.checklist.durations import duration
from launchpad.checklist.requests import runs_or_sends
from launchpad.cli.configuration import state_folder
from launchpad.cli.events import event_line
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate
from launchpad.cli.reaching import launch_to_write, log_at
from launchpad.cli.sheets import sheet_writer
from launchpad.cli.signer import signer
from launchpad.conductor.main import conduct
from launchpad.launch.decide import decide
from launchpad.launch.intents import MoveConductor
from launchpad.launch.kinds import Home
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.log.leasing import BEAT_S, TERM_S, Lease
from launchpad.session.lease_watch import LeaseWatch
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import os_user
from launchpad.steps.preflight import preflight
from launchpad.steps.scripts import sha256_of
from launchpad.steps.trust import NotTrusted, check
from launchpad.text.safe import one_line


def move(
    address: str | None,
    launch: str | None,
    directory: Path,
    reason: str,
    initials: str | None,
    name: str | None,
    role: str | None,
) -> int:
    """Record that a launch is conducted from here, and conduct it. The exit status.

    directory: where its commands run. Raises Refused, also while another conductor lives,
    NotTrusted, and Misused for a directory that is none.
    """
    by = signer(initials, name, role)
    with log_at(address) as log:
        live = launch_to_write(log, launch)
        intent = MoveConductor(_here(directory), reason)
        decide(live.state, intent, by.person)
        _require_trust(live.state, intent.home)
        _require_nobody(live)
        for event in live.submit(intent, by):
            narrate(event_line(event, live.state))
        _tell_missing(live.state)
        # One that was frozen while it was watched finds in the log that it is to leave.
        return conduct(live, state_folder(), os.environ, sheet_writer(log), stand_by=True)


def _here(directory: Path) -> Home:
    folder = directory.resolve()
    if not folder.is_dir():
        raise Misused(f"{one_line(str(folder))} is no folder")
    return Home(host=socket.gethostname(), user=os_user(), directory=one_line(str(folder)))


def _require_trust(state: LaunchState, home: Home) -> None:
    """Raise NotTrusted, with what to do, where this account does not trust what would be run."""
    if not (runs_or_sends(state.checklist) or state.checklist.secrets):
        return
    source, folder = state.opened.source, Path(home.directory)
    try:
        check(state_folder(), source, state.checklist, folder, home.user)
    except NotTrusted as why:
        path = folder / one_line(source.name)
        command = f"`launchpad trust {shlex.quote(str(path))}`"
        if sha256_of(path) == source.sha256:
            raise NotTrusted(f"{why}; {command} asks you") from None
        raise NotTrusted(
            f"{why}; bring the document that was opened (SHA-256 {source.sha256}) and the scripts "
            f"that it names into {folder}, then {command} asks you"
        ) from None


def _require_nobody(live: LiveLaunch) -> None:
    """Watch the lease for as long as it needs; raise Refused where its holder lives."""
    watch = LeaseWatch(live.log, live.launch)
    first, judged = watch.look()
    if first is None or judged != "held":
        return
    narrate(f"looking for {duration(int(TERM_S * 1000))} whether {_named(first)} still conducts it")
    began_s = time.monotonic()
    while judged == "held":
        time.sleep(BEAT_S / 2)
        lease, judged = watch.look()
        if lease and judged == "held" and _beat(lease) != _beat(first):
            raise Refused(f"{_named(lease)} conducts it; end that one first, there: {_kill(lease)}")
        if time.monotonic() - began_s > 2 * TERM_S:
            raise Refused(f"whether {_named(first)} still conducts it cannot be said here")


def _beat(lease: Lease) -> tuple[int, str, int]:
    return lease.epoch, lease.holder, lease.mono_ns


def _named(lease: Lease) -> str:
    return one_line(f"{lease.user}@{lease.host} (process {lease.pid})")


def _kill(lease: Lease) -> str:
    return f"kill {lease.pid}"


def _tell_missing(state: LaunchState) -> None:
    """Tell what the launch's commands miss here; it is conducted all the same."""
    if not runs_or_sends(state.checklist):
        return
    folder = Path(state.home.directory)
    given, rehearsing = state.opened.vars, state.mode == "rehearsal"
    looked = preflight(
        state.checklist, given, os.environ, folder, trusted=True, rehearsing=rehearsing
    )
    for missing in asyncio.run(looked):
        narrate(f"missing: {missing.what}: {missing.why}")
