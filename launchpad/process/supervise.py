"""Running one command to its end: draining its pipes, keeping its deadline, leaving nothing.

The process that calls `supervise` belongs to the command: it becomes a child subreaper, waits for
every child it has, and may end every descendant it has. So it is a small process of its own, a
keeper or a step runner, with nothing imported that takes long: only the standard library.
"""

import contextlib
import fcntl
import os
import select
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

from launchpad.process.start import Command, start
from launchpad.process.tree import Ending, become_subreaper, descendants
from launchpad.text.redaction import Redactor

# A pipe's size, as large as anybody may make it by default (pipe(7)), and what is read at once.
_PIPE_BYTES: Final = 1024 * 1024
_TURN_S: Final = 0.25
# While a tree ends it is looked at often at first, and then less: each look reads all of /proc.
_LOOK_S: Final = (0.01, 0.1)
# Stands for descendants that waitid(2) knows of and /proc does not show (proc(5), hidepid).
_HIDDEN: Final = 0


class Limits(NamedTuple):
    """How long a command may take.

    ends_at_s: its deadline by time.monotonic(), which all processes share, None for none.
    grace_s: from asking it to end to killing it. drain_s: how long its output is awaited after it
    ended, when a descendant holds on to the pipe. leave_nothing: end the descendants of a command
    that ended by itself, too.
    """

    ends_at_s: float | None
    grace_s: float
    drain_s: float
    leave_nothing: bool


class Ended(NamedTuple):
    """How a command ended: by an exit status, or by the number of a signal.

    Both are None when it did not end, which its survivors tell. timed_out and stopped: its
    deadline, or whoever asked, had it ended. duration_s: until it ended. survivors: process ids of
    descendants that could not be ended, 0 for those that /proc hides. held_open: a descendant still
    had its output pipe open when the result was known.
    """

    exit_status: int | None
    signal: int | None
    timed_out: bool
    stopped: bool
    duration_s: float
    survivors: tuple[int, ...]
    held_open: bool


class Sink(Protocol):
    """Takes the output of a command, with its secrets taken out."""

    def add(self, data: bytes) -> None:
        """Take the next piece."""

    def settle(self) -> None:
        """Do what was put off; called several times a second."""


def supervise(
    command: Command,
    limits: Limits,
    sinks: Sequence[Sink],
    *,
    redactor: Redactor,
    stop: int | None = None,
    on_ended: Callable[[Ended], None] | None = None,
) -> Ended:
    """Run a command and return how it ended. Raises StartError.

    sinks: one for standard output and error together, or one for each. stop: a descriptor; the
    command is ended when there is something to read from it, or its other end is closed. on_ended:
    is told the result as soon as it is known; then what a descendant still writes is read and
    dropped until all have closed the pipe, or stop says so. Without it the pipe is closed, and a
    daemon that the command left behind dies of SIGPIPE at its next line.
    """
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        raise RuntimeError("a process with children of its own must not supervise a command")
    become_subreaper()
    with contextlib.ExitStack() as descriptors:
        supervision = _Supervision(command, limits, sinks, redactor, stop, descriptors)
        ended = supervision.run()
        if on_ended is not None:
            on_ended(ended)
            supervision.drop_output()
    return ended


class _Outlet:
    """One pipe of a command on its way into a sink; without one, into nothing."""

    def __init__(self, redactor: Redactor, sink: Sink) -> None:
        self._stream = redactor.stream()
        self._sink: Sink | None = sink

    def add(self, data: bytes) -> None:
        if self._sink is not None and (given := self._stream.feed(data)):
            self._sink.add(given)

    def settle(self) -> None:
        if self._sink is not None:
            self._sink.settle()

    def end(self) -> None:
        if self._sink is not None:
            self._sink.add(self._stream.end())
            self._sink = None


class _Supervision:
    def __init__(
        self,
        command: Command,
        limits: Limits,
        sinks: Sequence[Sink],
        redactor: Redactor,
        stop: int | None,
        descriptors: contextlib.ExitStack,
    ) -> None:
        self._limits = limits
        self._stop = stop
        self._stopped = False
        self._poll = select.poll()  # select() knows no descriptor beyond 1023
        self._outlets: dict[int, _Outlet] = {}
        self._exit: os.waitid_result | None = None
        self._started_s = self._ended_s = time.monotonic()
        writing = []
        try:
            for sink in sinks:
                reading_end, writing_end = _pipe()
                descriptors.callback(os.close, reading_end)
                writing.append(writing_end)
                self._outlets[reading_end] = _Outlet(redactor, sink)
            self._process = start(command, writing[0], writing[-1])
        finally:
            for writing_end in writing:
                os.close(writing_end)
        self._pidfd = os.pidfd_open(self._process.pid)
        descriptors.callback(os.close, self._pidfd)
        self._open = set(self._outlets)
        for descriptor in (*self._open, self._pidfd, *(() if stop is None else (stop,))):
            self._poll.register(descriptor, select.POLLIN)

    def run(self) -> Ended:
        ends_at_s = self._limits.ends_at_s
        self._turn_until(ends_at_s, lambda: self._exit is not None)
        timed_out = self._exit is None and not self._stopped
        if self._exit is not None:
            drained_at_s = self._ended_s + self._limits.drain_s
            if ends_at_s is not None:
                drained_at_s = min(drained_at_s, ends_at_s)
            self._turn_until(drained_at_s, lambda: not self._open)
        survivors: tuple[int, ...] = ()
        if self._exit is None or self._limits.leave_nothing or self._stopped:
            survivors = self._end_tree()
            # What is in the pipes still; with nobody left to write, that has an end.
            while self._open and not survivors and self._turn(0):
                pass
        for outlet in self._outlets.values():
            outlet.end()
        return self._result(timed_out=timed_out, survivors=survivors)

    def drop_output(self) -> None:
        self._turn_until(None, lambda: not self._open)

    def _result(self, *, timed_out: bool, survivors: tuple[int, ...]) -> Ended:
        by_itself = self._exit is not None and self._exit.si_code == os.CLD_EXITED
        number = None if self._exit is None else self._exit.si_status
        return Ended(
            exit_status=number if by_itself else None,
            signal=None if by_itself else number,
            timed_out=timed_out,
            stopped=self._stopped,
            duration_s=self._ended_s - self._started_s,
            survivors=survivors,
            held_open=bool(self._open),
        )

    def _turn_until(self, end_s: float | None, done: Callable[[], bool]) -> None:
        """Turn until it is done, stop is asked for, or time.monotonic() is end_s."""
        while not done() and not self._stopped:
            left_s = _TURN_S if end_s is None else end_s - time.monotonic()
            if left_s <= 0:
                return
            self._turn(min(left_s, _TURN_S))

    def _turn(self, timeout_s: float) -> bool:
        """Wait for one of the descriptors, do what it asks for, return whether output came."""
        came = False
        for descriptor, _ in self._poll.poll(timeout_s * 1000):
            if descriptor == self._stop:
                self._stopped = True
                self._poll.unregister(descriptor)
            elif descriptor == self._pidfd:
                self._poll.unregister(descriptor)
            else:
                came = True
                self._read(descriptor)
        self._reap()
        for outlet in self._outlets.values():
            outlet.settle()
        return came

    def _read(self, descriptor: int) -> None:
        if data := os.read(descriptor, _PIPE_BYTES):
            self._outlets[descriptor].add(data)
        else:
            self._poll.unregister(descriptor)
            self._open.remove(descriptor)

    def _reap(self) -> bool:
        """Wait for every child that ended, the command's own and adopted; return if any is left."""
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG):
                if ended.si_pid == self._process.pid:
                    self._exit = ended
                    self._ended_s = time.monotonic()
                    self._process.returncode = ended.si_status  # or it would wait once more
            return True
        return False

    def _end_tree(self) -> tuple[int, ...]:
        """End every descendant; return the ids of those that cannot be ended."""
        if not self._reap():
            return ()
        began_s = time.monotonic()
        ending = Ending(os.getpid(), self._group(), self._limits.grace_s, began_s)
        while True:
            look_s = (time.monotonic() - began_s) / 10
            self._turn(min(max(look_s, _LOOK_S[0]), _LOOK_S[1]))
            if not self._reap():
                return ()
            if ending.given_up(self._group(), time.monotonic()):
                pids = tuple(process.pid for process in descendants(os.getpid()))
                return pids or ((_HIDDEN,) if self._reap() else ())

    def _group(self) -> int | None:
        """Return the command's process group while its number cannot be another's."""
        return self._process.pid if self._exit is None else None


def _pipe() -> tuple[int, int]:
    reading, writing = os.pipe()
    with contextlib.suppress(OSError):  # the user has too many large pipes: a small one does
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return reading, writing
