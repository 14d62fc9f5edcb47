"""What doctor finds about the log: where it is and why, and whether a commit there lasts."""

import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from launchpad.cli.conductor_health import conductor_findings
from launchpad.cli.configuration import LogAddress
from launchpad.cli.finding import Finding
from launchpad.log.address import open_log
from launchpad.log.errors import LogError
from launchpad.log.filesystem import refuse_network
from launchpad.log.store import Log, Seat
from launchpad.session.clock import now
from launchpad.session.launches import entries

_MEGABYTE = 10**6
_LITTLE, _TOO_LITTLE = 500 * _MEGABYTE, 20 * _MEGABYTE
_VOLATILE = frozenset({"tmpfs", "ramfs"})
_STAT_SECONDS = 5


def log_findings(chosen: LogAddress) -> Iterator[Finding]:
    """Yield what was found. No event is written, and no log is made."""
    yield Finding("ok", "log", f"{chosen.address} ({chosen.reason})")
    path = Path(chosen.address).expanduser()
    if "://" not in chosen.address and not path.exists():
        yield _not_yet(path)
    else:
        try:
            log = open_log(chosen.address, create=False)
        except LogError as error:
            yield Finding("fail", "opens", str(error), "name another log with --log")
            return
        try:
            yield _opens(log)
            yield _commits(log)
            yield from conductor_findings(log)
        finally:
            log.close()
    folder = next(
        each for each in (path.absolute().parent, *path.absolute().parents) if each.exists()
    )
    yield _file_system(folder)
    yield _space(folder)


def _not_yet(path: Path) -> Finding:
    try:
        refuse_network(path.absolute())
    except LogError as error:
        return Finding("fail", "opens", str(error), "name another log with --log")
    folder = next(each for each in path.absolute().parents if each.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("fail", "opens", f"not there, and you may not write to {folder}")
    return Finding("ok", "opens", "not there yet; the first launch makes it")


def _opens(log: Log) -> Finding:
    try:
        known = entries(log)
    except LogError as error:
        return Finding("fail", "opens", str(error), "launchpad verify says what is wrong")
    still_open = sum(entry.open for entry in known)
    return Finding("ok", "opens", f"launches: {len(known)}, open: {still_open}")


def _commits(log: Log) -> Finding:
    """Take a seat at no launch and leave it: durable commits, which assert the log's pragmas."""
    here = uuid.uuid4().hex
    seat = Seat(here, "", "", "", "", socket.gethostname(), "doctor", now().at)
    try:
        log.take_seat(seat)
        began = time.monotonic()
        log.leave_seat(here)
    except LogError as error:
        return Finding("fail", "commits", str(error), "nothing could be recorded here")
    took = (time.monotonic() - began) * 1000
    return Finding("ok", "commits", f"journal_mode=wal, synchronous=FULL, {took:.0f} ms")


def _file_system(folder: Path) -> Finding:
    try:
        done = subprocess.run(
            ["stat", "--file-system", "--format=%T", str(folder)],
            capture_output=True,
            check=True,
            text=True,
            timeout=_STAT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return Finding("warn", "file system", f"unknown, at {folder}", "a log needs a local disk")
    kind = done.stdout.strip()
    if kind in _VOLATILE:
        return Finding("warn", "file system", kind, "it is lost when this machine stops")
    return Finding("ok", "file system", kind)


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    found = f"{free // _MEGABYTE} MB free"
    if free < _TOO_LITTLE:
        return Finding("fail", "space", found, "make room before the launch")
    if free < _LITTLE:
        return Finding("warn", "space", found, "make room before the launch")
    return Finding("ok", "space", found)
