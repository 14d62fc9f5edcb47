"""Running a command for a probe, with every way in which that can fail told apart."""

from collections.abc import Mapping, Sequence
from typing import Final

from launchpad.probes.observed import CannotObserve
from launchpad.probes.result import Reason
from launchpad.process.capture import PROBE_CAP
from launchpad.process.keeper import Finished
from launchpad.process.run import KeeperLost, run
from launchpad.process.start import StartError
from launchpad.text.redaction import Redactor

_REASONS: Final[dict[str, Reason]] = {
    "directory": "working-directory-missing",
    "arguments": "system-error",
    "system": "system-error",
}


async def finished_command(
    argv: Sequence[str],
    *,
    cwd: str,
    env: Mapping[str, str],
    timeout_s: float,
    grace_s: float,
    stdin: bytes | None = None,
    cap: int = PROBE_CAP,
    redactor: Redactor | None = None,
) -> Finished:
    """Run a command as `process.run` does and return how it ended by itself.

    Raises CannotObserve when it could not start, or its deadline ended it.
    """
    try:
        done = await run(
            argv,
            cwd=cwd,
            env=env,
            deadline_s=timeout_s,
            grace_s=grace_s,
            stdin=stdin,
            cap=cap,
            redactor=redactor,
        )
    except StartError as error:
        raise CannotObserve(_reason(error), str(error)) from None
    except KeeperLost as error:
        raise CannotObserve("system-error", str(error)) from None
    if done.timed_out:
        left = f"; processes are left: {done.survivors}" if done.survivors else ""
        raise CannotObserve("timeout", f"ended by its deadline of {timeout_s:.3g} s{left}")
    return done


def _reason(error: StartError) -> Reason:
    if error.cause != "executable":
        return _REASONS[error.cause]
    return "command-not-found" if error.reason.startswith("not found") else "not-executable"
