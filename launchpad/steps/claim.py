"""The two files that say what became of a step's run: `claim`, taken once, and `result`.

Whoever takes the claim is the only one that may run the command, across crashes, second conductors
and frozen processes. The runner holds a lock on it for as long as it lives: the kernel drops that
lock with the process, whichever way it ends. No process id says so much: it is used again, and
means something else in another container.

Both files appear whole or not at all. Only the standard library: the runner uses this.
"""

import contextlib
import fcntl
import json
import os
import time
from typing import Any, Final, NamedTuple

CLAIM: Final = "claim"
RESULT: Final = "result"
OUTPUT: Final = "output"

# Field of /proc/PID/stat after the name, by proc_pid_stat(5): when the process started.
_START: Final = 19


class Claim(NamedTuple):
    """Who took a run: a process, by its id and start (clock ticks since boot), in which boot.

    never_ran: why nobody is to run it any more, None for a runner's claim.
    """

    launch: str
    step: str
    attempt: int
    run: int
    pid: int
    start: int
    boot_id: str
    never_ran: str | None = None


class StepResult(NamedTuple):
    """How a command ended: by an exit status, or by the number of a signal.

    Both are None when it was not started, and not_started says why; or when it could not be ended,
    and survivors holds the ids of what is left (0 for what /proc hides). timed_out, stopped: its
    timeout, or whoever asked, had it ended. elapsed_ms: until it ended. held_open: something it
    left behind went on holding its output. output_bytes: how many came, without secrets;
    output_sha256: of what was kept of them, hexadecimal; output_failure: why the file does not hold
    all of that.
    """

    exit_status: int | None
    signal: int | None
    timed_out: bool
    stopped: bool
    elapsed_ms: int
    survivors: tuple[int, ...]
    held_open: bool
    output_bytes: int
    output_sha256: str
    output_failure: str | None
    not_started: str | None


def own_start() -> int:
    """Return when this process started, in clock ticks since boot."""
    with open("/proc/self/stat", "rb") as file:  # noqa: PTH123 - importing pathlib takes 8 ms
        return int(file.read().rpartition(b")")[2].split()[_START])


def take(folder: str, claim: Claim) -> int | None:
    """Take a claim durably; None where it is taken. Raises OSError.

    Returns the descriptor whose lock says that this process lives; it stays open until the end.
    """
    new = f"{folder}/{CLAIM}.{os.getpid()}.{time.monotonic_ns()}"
    descriptor = _write(new, claim._asdict(), os.O_EXCL)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Like O_EXCL (link(2) fails where the name is there), but never seen half-written.
        os.link(new, f"{folder}/{CLAIM}")
    except FileExistsError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    finally:
        os.unlink(new)  # noqa: PTH108 - see own_start
    sync_folder(folder)
    return descriptor


def held(folder: str) -> bool:
    """Say whether the process that took the claim lives. Raises OSError."""
    descriptor = os.open(f"{folder}/{CLAIM}", os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def leave(folder: str, result: StepResult) -> None:
    """Leave a result durably. Raises OSError."""
    new = f"{folder}/{RESULT}.new"
    try:
        os.close(_write(new, result._asdict(), os.O_TRUNC))
        os.rename(new, f"{folder}/{RESULT}")  # noqa: PTH104 - see own_start
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(new)  # noqa: PTH108 - see own_start
        raise
    sync_folder(folder)


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: str, said: dict[str, Any], flag: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | flag
    descriptor = os.open(path, flags, 0o600)
    try:
        data = json.dumps(said).encode()
        while data:
            data = data[os.write(descriptor, data) :]
        os.fsync(descriptor)
    except OSError:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - see own_start
        raise
    return descriptor
