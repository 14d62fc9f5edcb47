"""The conductor of a launch, as everybody else sees it, and starting one on this machine."""

import os
import re
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from launchpad.checklist.model import Checklist
from launchpad.launch.kinds import Home
from launchpad.log.boottime import boot_time
from launchpad.log.leasing import Lease
from launchpad.log.store import Log
from launchpad.session.lease_watch import LeaseWatch
from launchpad.session.participant import os_user


@dataclass(frozen=True, slots=True)
class ConductorStanding:
    """Whether a launch is conducted.

    age_ms: since its last beat, None where no clock says it; lease: the one that is in the log.
    """

    alive: bool
    age_ms: int | None
    lease: Lease | None


def conductor_standing(log: Log, launch: str, watch: LeaseWatch | None = None) -> ConductorStanding:
    """Return whether a launch is conducted now. Raises LogError.

    watch: what this process has seen of the launch's lease so far; whoever looks for the first time
    takes the lease of another machine for held.
    """
    lease, judged = (watch or LeaseWatch(log, launch)).look()
    if lease is None:
        return ConductorStanding(alive=False, age_ms=None, lease=None)
    boot_id, mono_ns = boot_time()
    age_ms = (mono_ns - lease.mono_ns) // 1_000_000 if lease.boot_id == boot_id else None
    return ConductorStanding(judged == "held", age_ms, lease)


def wants_conductor(checklist: Checklist, *, counting: bool = False) -> bool:
    """Say whether a launch has anything for a conductor to do. counting: whether T-0 has a time."""
    rollback = checklist.rollback
    return bool(
        counting
        or checklist.probes
        or checklist.holds
        or (rollback and rollback.steps)
        or any(item.step for item in checklist.items())
    )


def belongs_here(home: Home) -> bool:
    """Say whether a launch's conductor may be started by this account on this machine."""
    return home.host == socket.gethostname() and home.user == os_user()


def said_in(folder: Path, launch: str) -> Path:
    """Return the file in which a conductor that was started detached says what is not logged.

    folder: of all of this account's.
    """
    # Whoever may write the log names its launches: a name must not lead out of the folder.
    return folder / f"{re.sub(r'[^A-Za-z0-9_-]', '_', launch)}.log"


def start_conductor(address: str, launch: str, folder: Path) -> None:
    """Start a conductor of a launch, detached from this terminal. Raises OSError.

    folder: where what it says is kept, in a file of the launch's name. One that finds the lease
    taken ends at once.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    says = os.open(said_in(folder, launch), flags, 0o600)
    try:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "launchpad", "conductor"),
                *(f"--log={address}", f"--launch={launch}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=says,
            stderr=says,
            cwd="/",
            start_new_session=True,
        )
    finally:
        os.close(says)
    # Waited for as long as this process lives, so that a dead one is not taken for a sleeping one.
    threading.Thread(target=process.wait, name="conductor-ends", daemon=True).start()
