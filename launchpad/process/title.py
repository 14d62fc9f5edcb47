"""What `ps` shows of a process, changed by the process itself. Only the standard library."""

import contextlib
import os
from typing import Final

# Field of /proc/PID/stat after the name, by proc_pid_stat(5): where the command line ends.
_ARGUMENTS_END: Final = 46


def retitle(old: str, new: str) -> None:
    """Replace the end of this process's command line, where it is `old`, by as much of `new`.

    The kernel shows what is in the process's memory there, and never more than was there at its
    start. Where it lets nobody write there, the title stays what it is.
    """
    before = os.fsencode(old) + b"\0"
    after = os.fsencode(new)[: len(before) - 1].ljust(len(before) - 1) + b"\0"
    with contextlib.suppress(OSError):
        with open("/proc/self/stat", "rb") as file:  # noqa: PTH123 - importing pathlib takes 8 ms
            fields = file.read().rpartition(b")")[2].split()
        place = int(fields[_ARGUMENTS_END]) - len(before)
        memory = os.open("/proc/self/mem", os.O_RDWR)
        try:
            if os.pread(memory, len(before), place) == before:
                os.pwrite(memory, after, place)
        finally:
            os.close(memory)
