"""Reaching what a command works on: the log, and the launch in it that is meant."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launchpad.cli.configuration import LogAddress, log_address
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.launches import entries, named, to_read, to_write
from launchpad.session.live import LiveLaunch


@contextmanager
def log_at(
    flag: str | None,
    *,
    create: bool = False,
    beside: Path | None = None,
    checklist: LogAddress | None = None,
) -> Iterator[Log]:
    """Open the log that is meant, and close it again.

    beside: a folder to look into first; checklist: the log that a checklist names.
    """
    folders = [Path.cwd()] if beside is None else [beside, Path.cwd()]
    log = open_log(log_address(flag, os.environ, folders, checklist).address, create=create)
    try:
        yield log
    finally:
        log.close()


def launch_to_read(log: Log, launch: str | None) -> LiveLaunch:
    """Return the launch that a reading command means. Raises NoSuchChoice."""
    known = entries(log)
    return LiveLaunch(log, (named(known, launch) if launch else to_read(known)).launch)


def launch_to_write(log: Log, launch: str | None) -> LiveLaunch:
    """Return the launch that a recording command means. Raises NoSuchChoice."""
    known = entries(log)
    return LiveLaunch(log, (named(known, launch) if launch else to_write(known)).launch)
