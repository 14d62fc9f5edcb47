"""Writing processes that are killed at random moments, and started again.

    python herd.py LOG WRITERS KILLS SECONDS ACKNOWLEDGED

Each writer appends as fast as it can and notes in the file ACKNOWLEDGED the uid of each event
after append returned. They are forked from here, where everything is imported already, so that
hundreds can die in a few seconds. Prints how many were killed.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from launchpad.launch.event import Draft, Stamp
from launchpad.log.address import open_log

STAMP = Stamp("2026-01-01T00:00:00.000Z", "1", "boot", "host")


def write(path: str, acknowledged: str) -> None:
    """Append until killed."""
    log = open_log(path, create=False)
    notes = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    number = 0
    while True:
        number += 1
        uid = f"{os.getpid()}-{time.monotonic_ns()}-{number}"
        draft = Draft("L", uid, "test.happened", STAMP, {}, {"number": number})
        log.append("L", log.head("L"), lambda _new, draft=draft: [draft])  # type: ignore[misc]  # the default is what binds it
        os.write(notes, f"{uid}\n".encode())


def fork(path: str, acknowledged: str) -> int:
    """Start a writer and return its process id."""
    pid = os.fork()
    if not pid:
        try:
            write(path, acknowledged)
        finally:
            os._exit(1)  # it never ends by itself
    return pid


def main(path: str, writers: int, kills: int, seconds: float, acknowledged: str) -> None:
    """Kill and start writers until the count or the time is reached, then kill all."""
    rng = random.Random(4711)
    herd = [fork(path, acknowledged) for _ in range(writers)]
    deadline = time.monotonic() + seconds
    killed = 0
    while killed < kills and time.monotonic() < deadline:
        time.sleep(rng.uniform(0, 0.09))  # the moment is what is random
        place = rng.randrange(writers)
        os.kill(herd[place], signal.SIGKILL)
        _, status = os.waitpid(herd[place], 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            sys.exit("a writer failed by itself")
        killed += 1
        herd[place] = fork(path, acknowledged)
    for pid in herd:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    Path(acknowledged).touch()
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
