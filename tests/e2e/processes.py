"""Looking at processes, as proc(5) shows them."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_ENDING_S = 15.0


def running(pid: int) -> bool:
    """Say whether there is such a process, ended but not waited for included."""
    return (_PROC / str(pid)).exists()


def ended(pid: int) -> bool:
    """Say whether a process has ended and only waits to be waited for, or is gone."""
    try:
        return _stat(pid)[0] in "ZX"
    except OSError:
        return True


def stopped(pid: int) -> bool:
    """Say whether a process was stopped by a signal."""
    return _stat(pid)[0] == "T"


def cpu_s(pid: int) -> float:
    """Return the seconds of processor time that a process has used, in steps of about 0.01."""
    user, system = _stat(pid)[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def waits_on(pid: int) -> str:
    """Return the kernel function that a process's main thread sleeps in, "0" for none."""
    return (_PROC / str(pid) / "task" / str(pid) / "wchan").read_text()


def children(pid: int) -> list[int]:
    """Return the ids of the processes that a process started and that still run."""
    found: list[int] = []
    for task in (_PROC / str(pid) / "task").iterdir():
        with contextlib.suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found


def kill(pid: int) -> None:
    """End a process without asking, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def naming(folder: Path) -> Iterator[tuple[int, str]]:
    """Yield every other process whose command line names something in a folder, with that line."""
    for entry in _PROC.iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if str(folder) in line:
                yield int(entry.name), line


def end_conductors(folder: Path) -> None:
    """Ask the conductors of a folder to end, and fail where something runs in it regardless."""
    for pid, line in naming(folder):
        if " conductor " in line:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _ENDING_S
    while left := dict(naming(folder)):
        if time.monotonic() > deadline:
            for pid in left:
                kill(pid)
            raise AssertionError(f"left running: {left}")
        time.sleep(0.02)


def _stat(pid: int) -> list[str]:
    """Return what the kernel tells of a process, from its state on."""
    return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
