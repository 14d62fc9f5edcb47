"""Ending a process to its last descendant, and nothing else (Linux 5.3 or later).

Descendants leave their process group by setsid(2) and their parent by forking twice. They cannot
leave a child subreaper (prctl(2), PR_SET_CHILD_SUBREAPER): whoever loses its parent becomes the
subreaper's child. So a process that is a subreaper, and has no children of its own, finds all that
its command left behind among its descendants, and when it has no child there is nothing left.

Process ids are used again; a signal goes through a pidfd, to the process that had this id and
this start time when it was seen to be a descendant.
"""

import contextlib
import ctypes
import os
import signal
from collections.abc import Iterator
from typing import Final, NamedTuple

# A killed process that is still there after this long hangs in the kernel, or belongs to a user
# whose processes this one may not end.
PATIENCE_S: Final = 0.9

_PR_SET_CHILD_SUBREAPER: Final = 36  # linux/prctl.h
# Fields of /proc/PID/stat after the name, by proc_pid_stat(5): state is the first.
_STATE, _PARENT, _THREADS, _START = 0, 1, 17, 19


class Process(NamedTuple):
    """A process, told from a later one with the same id by its start (clock ticks since boot)."""

    pid: int
    start: int


def become_subreaper() -> None:
    """Make this process the parent of every descendant that loses its own. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def descendants(root: int) -> list[Process]:
    """Return the children of a process, their children and so on, without those that ended.

    /proc is read while it changes: one whose parent ended in between can be missing. Who wants to
    be sure that there is none looks again (or, about itself, asks waitid(2)).
    """
    children: dict[int, list[Process]] = {}
    for pid in _pids():
        if fields := _stat(pid):
            process = Process(pid, int(fields[_START]))
            children.setdefault(int(fields[_PARENT]), []).append(process)
    found, parents = [], [root]
    while parents:
        for child in children.get(parents.pop(), ()):
            found.append(child)
            parents.append(child.pid)
    return found


def send(process: Process, *signals: signal.Signals) -> None:
    """Send signals to a process, unless it ended or may not be signalled."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        pidfd = os.pidfd_open(process.pid)
        try:
            # The pidfd holds on to one process; only now is it certain which.
            fields = _stat(process.pid)
            if fields and int(fields[_START]) == process.start:
                for number in signals:
                    signal.pidfd_send_signal(pidfd, number)
        finally:
            os.close(pidfd)


class Ending:
    """The end of everything below a process: SIGTERM, some grace, SIGKILL, in steps.

    It never waits by itself, so that whoever goes through it can keep draining pipes: a process
    that tidies up may need to write. Times are seconds of one clock.
    """

    def __init__(self, root: int, group: int | None, grace_s: float, now_s: float) -> None:
        """Ask all descendants of root to end.

        group: a process group of theirs, signalled as one so that nobody escapes by forking; its
        leader must not have been waited for, or the number may be another's. None: there is none.
        """
        self._root = root
        self._kill_at_s = now_s + grace_s
        self._give_up_at_s = self._kill_at_s + PATIENCE_S
        # A stopped process acts on SIGTERM only when it is continued. Those that are born from now
        # on tidy up for the others, and are left in peace until the grace is over.
        self._signal(group, descendants(root), signal.SIGTERM, signal.SIGCONT)

    def given_up(self, group: int | None, now_s: float) -> bool:
        """Kill what is left if it is time to; return whether waiting longer makes no sense.

        group: as before, None as soon as its leader has been waited for.
        """
        if now_s >= self._kill_at_s:
            self._signal(group, descendants(self._root), signal.SIGKILL)
        return now_s >= self._give_up_at_s

    @staticmethod
    def _signal(group: int | None, processes: list[Process], *signals: signal.Signals) -> None:
        if group is not None:
            for number in signals:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, number)
        for process in processes:
            if group is None or _group(process.pid) != group:
                send(process, *signals)


def _pids() -> Iterator[int]:
    for name in os.listdir("/proc"):  # noqa: PTH208 - importing pathlib takes 8 ms
        if name.isdecimal():
            yield int(name)


def _stat(pid: int) -> list[bytes] | None:
    """Return the fields of /proc/PID/stat after the name, None once the process ended."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - see _pids
            # The name may contain anything but ends with the last parenthesis.
            fields = file.read().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # A first thread that ended looks like a zombie while others of its process run on.
    ended = fields[_STATE] in b"ZX" and int(fields[_THREADS]) <= 1
    return None if ended else fields


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None
