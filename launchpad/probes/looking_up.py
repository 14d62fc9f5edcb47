"""Where a variable's value is found, and whether it matches.

A file may lie on a server that is gone, or be a pipe that nobody writes into; a pattern may take
longer than the universe lasts, and Python's `re` lets nothing else run meanwhile. So both happen in
a process of their own (`lookup`), with a deadline; it takes some 40 ms of CPU time. A variable of
the conductor's own without a pattern needs none.
"""

import json
import time
from typing import Any, Final, NamedTuple

from launchpad.probes.commanding import finished_command
from launchpad.probes.env import Conductor, EnvSpec, File, Printed
from launchpad.probes.env_file import printed
from launchpad.probes.observed import CannotObserve
from launchpad.process.interpreter import bare_python

LARGEST: Final = 1024 * 1024
"""So many bytes may an environment file, or what a command prints, have."""

_GRACE_S: Final = 0.1
_GRACE_OF_COMMAND_S: Final = 0.2


class Found(NamedTuple):
    """value: None where the variable is not set; where: the source, in words."""

    value: str | None
    matched: bool
    where: str

    def __repr__(self) -> str:
        return f"Found({self.where})"


async def looked_up(spec: EnvSpec, timeout_s: float) -> Found:
    """Find a variable. Raises CannotObserve."""
    ends_s = time.monotonic() + timeout_s
    match spec.source:
        case Conductor(environment):
            where, value = "in the conductor's environment", environment.get(spec.name)
        case File(path):
            return await _in_process(spec, f"in the file {path}", ends_s, path=path)
        case Printed(argv):
            where = f"in what {argv[0]} prints"
            value = (await _printed(spec.source, where, timeout_s)).get(spec.name)
    if value is None or spec.matches is None:
        return Found(value, matched=True, where=where)
    return await _in_process(spec, where, ends_s, value=value)


async def _printed(source: Printed, where: str, timeout_s: float) -> dict[str, str]:
    done = await finished_command(
        source.argv,
        cwd=source.cwd,
        env=source.env,
        timeout_s=timeout_s,
        grace_s=_GRACE_OF_COMMAND_S,
        cap=LARGEST,
    )
    # Nothing that it printed is told: it is full of values.
    if done.exit_status != 0:
        how = f"signal {done.signal}" if done.exit_status is None else f"status {done.exit_status}"
        raise CannotObserve("source-unreadable", f"{where}: it ended with {how}")
    if done.stdout.left_out:
        raise CannotObserve("output-unreadable", f"{where}: more than {LARGEST} bytes")
    return printed(done.stdout.content.decode("utf-8", "surrogateescape"))


async def _in_process(spec: EnvSpec, where: str, ends_s: float, **given: str) -> Found:
    asked = json.dumps({"name": spec.name, "matches": spec.matches, "largest": LARGEST, **given})
    try:
        done = await finished_command(
            bare_python("launchpad.probes.lookup"),
            cwd="/",
            env={},
            timeout_s=max(0.0, ends_s - time.monotonic()),
            grace_s=_GRACE_S,
            stdin=asked.encode(),
            cap=8 * LARGEST,
        )
    except CannotObserve as error:
        hint = "; the file or the pattern takes too long" if error.reason == "timeout" else ""
        raise CannotObserve(error.reason, f"{where}: {error.detail}{hint}") from None
    answer: dict[str, Any] = json.loads(done.stdout.content)
    if "unreadable" in answer:
        raise CannotObserve("source-unreadable", f"{where}: {answer['unreadable']}")
    return Found(answer["value"], answer["matched"], where)
