"""Telling a process from a later one with the same id (Linux)."""

import os
from pathlib import Path
from typing import Final

# Fields of /proc/PID/stat after the name, by proc_pid_stat(5): state is the first.
_STATE, _START = 0, 19
_ENDED: Final = (b"Z", b"X")


def process_started(pid: int) -> str | None:
    """Return when a process started, in clock ticks since boot as the kernel writes them.

    None where there is no such process, it has ended and only waits to be reaped, or /proc does
    not show it.
    """
    try:
        # The name may contain anything but ends with the last parenthesis.
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return None if fields[_STATE] in _ENDED else fields[_START].decode()


def process_alive(pid: int, started: str) -> bool:
    """Tell whether the process that started then still runs under this id.

    True, too, for another user's process that /proc hides (hidepid in proc(5)): it is there, and
    nobody can say since when.
    """
    found = process_started(pid)
    if found is not None:
        return found == started
    try:
        os.kill(pid, 0)
    except PermissionError:
        return not Path(f"/proc/{pid}").exists()
    except (ProcessLookupError, OverflowError):
        pass
    return False
