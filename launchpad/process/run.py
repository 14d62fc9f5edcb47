"""Running a command and keeping its output, from a program that has other things to do."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import Final

from launchpad.process.capture import PROBE_CAP
from launchpad.process.interpreter import bare_python
from launchpad.process.keeper import Finished, finished, request
from launchpad.process.start import Command, StartError
from launchpad.process.supervise import Limits
from launchpad.process.tree import PATIENCE_S, descendants, send
from launchpad.text.redaction import Redactor

# How long after a command ended something else may hold its pipes open before that is ended too.
_DRAIN_S: Final = 0.5
# A keeper is late by this much when it was stopped, or the machine is beyond help.
_LATE_S: Final = PATIENCE_S + 1.0
_LOOK_S: Final = 0.02
_READ_BYTES: Final = 64 * 1024


class KeeperLost(Exception):
    """The process that kept a command was killed or stopped: nobody knows how the command ended."""


async def run(
    argv: Sequence[str],
    *,
    cwd: str | os.PathLike[str],
    env: Mapping[str, str],
    deadline_s: float,
    grace_s: float = 1.0,
    stdin: bytes | None = None,
    cap: int = PROBE_CAP,
    redactor: Redactor | None = None,
) -> Finished:
    """Run a command and return how it ended and what it wrote.

    env: all of its environment. deadline_s: from now until it is asked to end, with all of its
    descendants; grace_s later they are killed. Nothing it started outlives it in any case, also
    when this is cancelled, which waits for that. stdin: what it reads, None for nothing. cap: so
    many bytes of each stream's beginning and of its end are kept. Raises StartError, KeeperLost.
    """
    limits = Limits(time.monotonic() + deadline_s, grace_s, _DRAIN_S, leave_nothing=True)
    command = Command(argv, os.fspath(cwd), env, stdin)
    asked = request(command, limits, cap, redactor or Redactor({}))
    keeper, line = _start_keeper()
    with line:
        try:
            async with asyncio.timeout(deadline_s + grace_s + _LATE_S):
                return finished(await _ask(line, asked))
        except TimeoutError as error:
            await _kill(keeper)
            raise KeeperLost("the process that keeps the command does not answer") from error
        except ValueError as error:
            raise KeeperLost("the process that kept the command was ended") from error
        finally:
            await _leave(keeper, line, grace_s)


def _start_keeper() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a keeper and return it with the line to it. Raises StartError.

    Not with asyncio's subprocesses: one that is cancelled while it starts, as the loop ends, never
    returns (Python 3.11), and each costs a thread.
    """
    try:
        ours, theirs = socket.socketpair()
        ours.settimeout(0)  # asyncio waits by itself
        with theirs:
            keeper = subprocess.Popen(
                bare_python("launchpad.process.keeper"),
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError as error:
        raise StartError("system", "a keeper", error.strerror or str(error)) from error
    return keeper, ours


async def _ask(line: socket.socket, asked: bytes) -> bytes:
    loop = asyncio.get_running_loop()
    answer = b""
    with contextlib.suppress(ConnectionError):  # it died; half an answer is none
        await loop.sock_sendall(line, asked)
        while part := await loop.sock_recv(line, _READ_BYTES):
            answer += part
    return answer


async def _leave(keeper: subprocess.Popen[bytes], line: socket.socket, grace_s: float) -> None:
    """Have the keeper end its command and itself."""
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_WR)
    try:
        async with asyncio.timeout(grace_s + _LATE_S):
            await _end(keeper)
    except TimeoutError:
        await _kill(keeper)


async def _kill(keeper: subprocess.Popen[bytes]) -> None:
    """Kill all below a keeper, and it last: even stopped, it adopts who loses its parent."""
    give_up_s = time.monotonic() + PATIENCE_S
    while (left := descendants(keeper.pid)) and time.monotonic() < give_up_s:
        for process in left:
            send(process, signal.SIGKILL)
        await asyncio.sleep(_LOOK_S)
    keeper.kill()
    await _end(keeper)


async def _end(keeper: subprocess.Popen[bytes]) -> None:
    """Wait until the keeper has ended."""
    if keeper.poll() is not None:
        return
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    pidfd = os.pidfd_open(keeper.pid)
    loop.add_reader(pidfd, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(pidfd)
        os.close(pidfd)
    keeper.wait()
