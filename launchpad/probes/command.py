"""Commands: their exit status and what they print."""

import time
from collections.abc import Mapping
from typing import Final, NamedTuple

from launchpad.probes.observed import CannotObserve, Observed
from launchpad.probes.probe_type import ProbeType
from launchpad.text.redaction import Redactor

# From asking a command to end, at its deadline, to killing it.
_GRACE_S: Final = 0.2
# What a shell makes of a command that a signal ended (POSIX, Shell Command Language, 2.8.2).
_SIGNALLED: Final = 128


class CommandSpec(NamedTuple):
    """A command: its words, without a shell; an absolute directory; all of its environment.

    redactor: takes secrets out of what it prints before anything sees it, conditions too.
    """

    argv: tuple[str, ...]
    cwd: str
    env: Mapping[str, str]
    redactor: Redactor

    def __repr__(self) -> str:
        # Words and variables may be secret, and tracebacks and logs show representations.
        return f"CommandSpec({len(self.argv)} words)"


async def observe(spec: CommandSpec, timeout_s: float) -> Observed:
    """Run a command to its end. Raises CannotObserve.

    At the deadline it is ended with all that it started, and that is an error: nobody knows how it
    would have ended. A command that a signal ended has the exit status 128 and the signal's number.
    """
    from launchpad.probes.commanding import finished_command  # noqa: PLC0415 - see `ProbeType`

    began_ns = time.monotonic_ns()
    done = await finished_command(
        spec.argv,
        cwd=spec.cwd,
        env=spec.env,
        timeout_s=timeout_s,
        grace_s=_GRACE_S,
        redactor=spec.redactor,
    )
    if done.exit_status is None and done.signal is None:
        raise CannotObserve("system-error", "the command cannot be ended")
    note = "" if done.signal is None else f"ended by signal {done.signal}"
    status = done.exit_status if done.signal is None else _SIGNALLED + done.signal
    return Observed(
        {
            "EXIT_CODE": status,
            "STDOUT": done.stdout.content,
            "STDERR": done.stderr.content,
            "RESPONSE_TIME": done.duration_s * 1000,
        },
        latency_us=(time.monotonic_ns() - began_ns) // 1000,
        note=note,
    )


COMMAND: Final = ProbeType(
    name="command",
    spec=CommandSpec,
    observe=observe,
    offered=frozenset({"EXIT_CODE", "STDOUT", "STDERR", "RESPONSE_TIME"}),
    default=("[EXIT_CODE] == 0",),
)
