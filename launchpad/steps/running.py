"""Steps as the conductor sees them: starting a run, where it stands, what it prints, ending it.

All of it is in the run's claim folder, so that the next conductor on this machine sees the same.
"""

import codecs
import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import msgspec

from launchpad.log.boottime import boot_time
from launchpad.process.capture import STEP_CAP
from launchpad.process.tree import Process, send
from launchpad.steps.claim import (
    CLAIM,
    OUTPUT,
    RESULT,
    Claim,
    StepResult,
    held,
    own_start,
    take,
)
from launchpad.steps.folder import make_private
from launchpad.steps.order import Order, StepRun, written
from launchpad.steps.starter import Starter, start_runner
from launchpad.text.safe import safe

_File = TypeVar("_File", Claim, StepResult)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Nobody took the run: a runner may still be on its way."""


@dataclass(frozen=True, slots=True)
class Running:
    """A runner has it. pid: the runner's."""

    pid: int


@dataclass(frozen=True, slots=True)
class Ended:
    """It is over, and this is how."""

    result: StepResult


@dataclass(frozen=True, slots=True)
class Lost:
    """How it ended will never be known; or, with never_ran, it is certain that nothing was run."""

    why: str
    never_ran: bool = False


Standing: TypeAlias = Unclaimed | Running | Ended | Lost


class Position(NamedTuple):
    """How far an output was read: a byte, and which form of the file that was in."""

    offset: int = 0
    inode: int = 0
    mtime_ns: int = 0


class Printed(NamedTuple):
    """Output since a position, safe to show. anew: it takes the place of all output before."""

    text: str
    position: Position
    anew: bool


BEGINNING: Final = Position()


def start(order: Order, starter: Starter | None = None) -> None:
    """Start a runner, detached from this process. Raises OSError.

    starter: starts it, if it can. The runner takes the claim by itself: until then the run is
    unclaimed, and stays so where the runner does not get that far; what stops it says standard
    error.
    """
    folder = Path(order.folder)
    make_private(folder)
    line = written(order, boot_time()[0])
    if starter is not None and starter.give(line):
        return
    # In memory rather than in a pipe: it is there whole, or the runner is not.
    asked = os.memfd_create("order")
    with os.fdopen(asked, "w+b", buffering=0):
        _write(asked, line)
        os.lseek(asked, 0, os.SEEK_SET)
        start_runner(asked, order.step_run.launch, folder.name)


def standing(folder: Path, boot_id: str) -> Standing:
    """Say where a run stands. boot_id: of this boot. Raises OSError where nothing can be read."""
    # The result may come between the two looks: what is lost at first sight is looked at again.
    return _ended(folder) or _claimed(folder, boot_id)


def _claimed(folder: Path, boot_id: str) -> Standing:
    try:
        claim = _read(folder / CLAIM, Claim)
        alive = held(str(folder))
    except FileNotFoundError:
        return Unclaimed()
    except ValueError as error:
        return _ended(folder) or Lost(f"its claim cannot be read: {error}")
    if claim.never_ran is not None:
        return Lost(claim.never_ran, never_ran=True)
    if alive and claim.boot_id == boot_id:
        return Running(claim.pid)
    in_this_boot = claim.boot_id == boot_id
    why = "its runner was ended" if in_this_boot else "the machine was started anew"
    return _ended(folder) or Lost(f"{why} before it was known how it ended")


def seize(folder: Path, step_run: StepRun, why: str) -> bool:
    """Take the claim of a run so that no runner ever carries it out; False where it is taken.

    From then on it is lost, as one that never ran, with this reason. Raises OSError.
    """
    make_private(folder)
    claim = Claim(*step_run, os.getpid(), own_start(), boot_time()[0], never_ran=why)
    lock = take(str(folder), claim)
    if lock is None:
        return False
    os.close(lock)
    return True


def end(folder: Path) -> bool:
    """Ask the runner to end its command; False where none runs. Raises OSError."""
    try:
        claim = _read(folder / CLAIM, Claim)
        # A runner that left its result only reads what a service prints that its command started.
        if claim.never_ran is not None or (folder / RESULT).exists() or not held(str(folder)):
            return False
    except (FileNotFoundError, ValueError):
        return False
    # A stopped process acts on SIGTERM only when it is continued.
    send(Process(claim.pid, claim.start), signal.SIGTERM, signal.SIGCONT)
    return True


def output(folder: Path, position: Position = BEGINNING) -> Printed:
    """Return what a run printed since a position, with no character in pieces. Raises OSError.

    Where there is too much of it, the file holds its beginning and its newest end (see
    `process.capped_file`), and all of that comes anew each time it changed.
    """
    # Asked first: what is there once a result is, is all there will be.
    complete = (folder / RESULT).exists()
    try:
        file = (folder / OUTPUT).open("rb")
    except FileNotFoundError:
        return Printed("", position, anew=False)
    with file:
        found = os.fstat(file.fileno())
        form = (found.st_ino, found.st_mtime_ns)
        # A file of this size is never added to, only replaced; one below only grows.
        anew = found.st_size > 2 * STEP_CAP
        if anew and form == position[1:]:
            return Printed("", position, anew=False)
        begin = 0 if anew else position.offset
        file.seek(begin)
        data = file.read(found.st_size - begin)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(data, final=anew or complete)
    offset = begin + len(data) - len(decoder.getstate()[0])
    return Printed(safe(text), Position(offset, *form), anew)


def _ended(folder: Path) -> Ended | Lost | None:
    try:
        return Ended(_read(folder / RESULT, StepResult))
    except FileNotFoundError:
        return None
    except ValueError as error:
        return Lost(f"its result cannot be read: {error}")


def _read(path: Path, kind: type[_File]) -> _File:
    """Return what a file says. Raises FileNotFoundError, other OSErrors, and ValueError."""
    said: Any = json.loads(path.read_bytes())
    try:
        return msgspec.convert([said[name] for name in kind._fields], kind)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise ValueError(f"{path.name}: {error}") from None


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
