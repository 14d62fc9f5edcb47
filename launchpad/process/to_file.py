"""Running a step's command with its output in a file, from the small process that owns it."""

from collections.abc import Callable
from typing import NamedTuple

from launchpad.process.capped_file import CappedFile
from launchpad.process.capture import STEP_CAP, Captured
from launchpad.process.start import Command, StartError
from launchpad.process.supervise import Ended, Limits, supervise
from launchpad.text.redaction import Redactor


class Filed(NamedTuple):
    """How a command ended, what its output file holds, and why that is incomplete, if it is."""

    ended: Ended
    output: Captured
    failure: str | None


def run_to_file(
    command: Command,
    *,
    output: str,
    redactor: Redactor,
    ends_at_s: float | None = None,
    grace_s: float = 5.0,
    drain_s: float = 2.0,
    cap: int = STEP_CAP,
    stop: int | None = None,
    on_output: Callable[[bytes], None] | None = None,
    on_ended: Callable[[Filed], None] | None = None,
) -> Filed:
    """Run a command, standard output and error together in a new file, and return how it ended.

    output: the file's path, in an existing folder; it holds the first and the last cap bytes and
    can be followed (see `capped_file`). ends_at_s, grace_s, drain_s, stop, on_ended: see
    `supervise`. on_output: is given each piece as well. A command that ends by itself may leave
    descendants behind, such as a service it started; when it is ended, all of them are.
    Raises StartError, and OSError when the file cannot be created. The calling process belongs to
    the command and must have no children of its own.
    """
    file = CappedFile(output, cap)
    sink = _FileAndFollower(file, on_output)
    limits = Limits(ends_at_s, grace_s, drain_s, leave_nothing=False)
    filed: list[Filed] = []

    def finish(ended: Ended) -> None:
        held = file.close()
        filed.append(Filed(ended, held, None if file.failure is None else str(file.failure)))
        if on_ended is not None:
            on_ended(filed[0])

    try:
        ended = supervise(
            command,
            limits,
            [sink],
            redactor=redactor,
            stop=stop,
            on_ended=finish if on_ended else None,
        )
    except StartError:
        file.close()
        raise
    if on_ended is None:
        finish(ended)
    return filed[0]


class _FileAndFollower:
    def __init__(self, file: CappedFile, on_output: Callable[[bytes], None] | None) -> None:
        self._file = file
        self._on_output = on_output

    def add(self, data: bytes) -> None:
        self._file.add(data)
        if self._on_output is not None:
            self._on_output(data)

    def settle(self) -> None:
        self._file.settle()
