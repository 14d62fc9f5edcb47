"""The step runner: the small process that one run of a step belongs to.

It outlives the conductor that started it. It takes the claim before it executes anything, keeps
what the command prints, and leaves a result; it never reads anything again and knows no log. Its
order comes on standard input, where no other user can read the secrets in it. SIGTERM has it end
the command to its last descendant, and then leave the result.

Started without an order it is none, but starts one for each order that comes (see `starter`).
"""

import contextlib
import os
import signal
import sys
import time
from typing import Final

from launchpad.process.signals import clear_signals
from launchpad.process.start import Command, StartError
from launchpad.process.title import retitle
from launchpad.process.to_file import Filed, run_to_file
from launchpad.steps.claim import OUTPUT, Claim, StepResult, leave, own_start, take
from launchpad.steps.order import WAITING, Order, read
from launchpad.text.redaction import Redactor

_RETRY_S: Final = 0.1
_PART_BYTES: Final = 1024 * 1024
# What `ps` calls it; the kernel keeps 15 bytes.
_NAME: Final = b"launchpad step"


def main() -> None:
    """Carry out the order on standard input; or all that come there, each in another process."""
    read_line = _in_another_process if sys.argv[-1].endswith(WAITING) else sys.stdin.buffer.readline
    asked = read(read_line())
    if asked is not None:  # half a line is none
        _run(*asked)


def _in_another_process() -> bytes:
    """Return each line of standard input in a process forked for it, and none in this one."""
    clear_signals()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # there is no command that it would leave behind
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a runner
    _sha256(b"")  # imports what takes long, before there is an order
    while line := sys.stdin.buffer.readline():
        if os.fork() == 0:
            os.setsid()
            return line
    return b""


def _run(order: Order, boot_id: str) -> None:
    """Carry out an order, unless somebody took its claim."""
    stop = _stop_asked()
    _settle_in(order)
    redactor = Redactor(order.secrets)
    claim = Claim(*order.step_run, os.getpid(), own_start(), boot_id)
    try:
        lock = take(order.folder, claim)
    except OSError as error:
        sys.exit(f"launchpad step: {order.folder}: it cannot be claimed: {error.strerror}")
    if lock is not None:
        _carry_out(order, redactor, stop)


def _stop_asked() -> int:
    """Return a descriptor that can be read once somebody asks this process to end."""
    clear_signals()
    stop = os.eventfd(0)
    signal.signal(signal.SIGTERM, lambda *_: os.eventfd_write(stop, 1))
    return stop


def _settle_in(order: Order) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # the order is in memory, and needs to be there only once
    os.close(nothing)
    with contextlib.suppress(OSError), open("/proc/self/comm", "wb") as file:  # noqa: PTH123 - importing pathlib takes 8 ms
        file.write(_NAME)
    retitle(WAITING, os.path.basename(order.folder))  # noqa: PTH119 - see above


def _carry_out(order: Order, redactor: Redactor, stop: int) -> None:
    ends_at_s = None
    if order.kill_after_ms is not None:
        ends_at_s = time.monotonic() + order.kill_after_ms / 1000
    output = f"{order.folder}/{OUTPUT}"
    try:
        _require_unchanged(order)
        run_to_file(
            Command(order.argv, order.cwd, order.env),
            output=output,
            redactor=redactor,
            ends_at_s=ends_at_s,
            grace_s=order.grace_ms / 1000,
            stop=stop,
            on_ended=lambda filed: _leave(order, _ended(filed)),
        )
    except StartError as error:
        _leave(order, _not_started(redactor.redacted(str(error))))
    except OSError as error:
        if os.path.lexists(output):
            raise  # it may have started: without a result, a person finds out
        _leave(order, _not_started(f"{output}: {error.strerror}"))


def _require_unchanged(order: Order) -> None:
    """Refuse a script that is another one than was trusted. Raises StartError."""
    for path, trusted in order.scripts.items():
        try:
            found = _sha256_of(path)
        except OSError as error:
            raise StartError("executable", path, error.strerror or str(error)) from error
        if found != trusted:
            raise StartError("executable", path, "changed since it was trusted")


def _leave(order: Order, result: StepResult) -> None:
    """Leave the result; try again while the disk does not take it."""
    give_up_s = time.monotonic() + order.patience_ms / 1000
    while True:
        try:
            leave(order.folder, result)
        except OSError as error:
            if time.monotonic() >= give_up_s:
                sys.exit(f"launchpad step: {order.folder}: the result is lost: {error.strerror}")
            time.sleep(_RETRY_S)
        else:
            return


def _ended(filed: Filed) -> StepResult:
    ended = filed.ended
    return StepResult(
        exit_status=ended.exit_status,
        signal=ended.signal,
        timed_out=ended.timed_out,
        stopped=ended.stopped,
        elapsed_ms=round(ended.duration_s * 1000),
        survivors=ended.survivors,
        held_open=ended.held_open,
        output_bytes=filed.output.total,
        output_sha256=_sha256(filed.output.content),
        output_failure=filed.failure,
        not_started=None,
    )


def _not_started(why: str) -> StepResult:
    return StepResult(
        exit_status=None,
        signal=None,
        timed_out=False,
        stopped=False,
        elapsed_ms=0,
        survivors=(),
        held_open=False,
        output_bytes=0,
        output_sha256=_sha256(b""),
        output_failure=None,
        not_started=why,
    )


def _sha256(data: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415 - takes milliseconds; by then the command has run

    return sha256(data).hexdigest()


def _sha256_of(path: str) -> str:
    from hashlib import sha256  # noqa: PLC0415 - only where there is a script to look at

    digest = sha256()
    with open(path, "rb") as file:  # noqa: PTH123 - importing pathlib takes 8 ms
        while part := file.read(_PART_BYTES):
            digest.update(part)
    return digest.hexdigest()
