"""A process of its own that appends to a log, for tests that stop, kill or follow it.

    python writer.py LOG LAUNCH asked     appends once for each line on standard input
    python writer.py LOG LAUNCH loop      appends as fast as it can, until it is ended
    python writer.py LOG LAUNCH create    makes the log where it is missing, then as asked

Each acknowledged event is told on standard output as `uid seq monotonic-seconds`, the time being
that of the return of append; the first line is the scribe's process id.
"""

import os
import sys
import time

from launchpad.launch.event import Draft, Stamp
from launchpad.log.address import open_log
from launchpad.log.sqlite import SqliteLog

STAMP = Stamp("2026-01-01T00:00:00.000Z", "1", "boot", "host")


def say(text: str) -> None:
    """Write one line in one piece, so that a kill leaves no half of it."""
    os.write(sys.stdout.fileno(), f"{text}\n".encode())


def main(path: str, launch: str, mode: str) -> None:
    """Append as the mode says."""
    log = open_log(path, create=mode == "create")
    if not isinstance(log, SqliteLog):
        raise TypeError(path)
    log.leave_seat("nobody")  # the first write starts the scribe
    say(str(log.scribe_pid))
    number = 0
    while mode == "loop" or sys.stdin.readline():
        number += 1
        uid = f"{os.getpid()}-{number}"
        draft = Draft(launch, uid, "test.happened", STAMP, {"initials": "AB"}, {"number": number})
        events = log.append(launch, log.head(launch), lambda _new, draft=draft: [draft])  # type: ignore[misc]  # the default is what binds it
        say(f"{uid} {events[-1].seq} {time.monotonic()}")
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
