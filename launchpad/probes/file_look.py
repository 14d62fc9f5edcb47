"""What is seen of a path."""

import asyncio
import os
import pwd
import stat
import time
from typing import Final, NamedTuple

from launchpad.probes.file_content import TooLarge, content, why
from launchpad.probes.in_thread import in_thread
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.result import Reason

LARGEST: Final = 64 * 1024
"""A file of more bytes is not read."""

# Files hold what nobody meant to show, such as the keys of a service: a content decides, unseen.
_HIDDEN: Final = frozenset({"BODY"})


class _Seen(NamedTuple):
    """values: as `Observed` has them. missing: why there is no content, None where there is."""

    values: dict[str, Value]
    missing: tuple[Reason, str] | None = None


async def looked_at(path: str, timeout_s: float) -> Observed:
    """Look at a path. Raises CannotObserve where not all of it could be seen."""
    began_ns = time.monotonic_ns()
    try:
        async with asyncio.timeout(timeout_s):
            seen = await in_thread(_look, path)
    except TimeoutError:
        detail = f"{path}: its file system does not answer within {timeout_s:g} s"
        raise CannotObserve("timeout", detail) from None
    except OSError as error:
        raise CannotObserve("source-unreadable", f"{path}: {why(error)}") from None
    took_us = (time.monotonic_ns() - began_ns) // 1000
    observed = Observed(seen.values, took_us, hidden=_HIDDEN)
    if seen.missing:
        reason, detail = seen.missing
        raise CannotObserve(reason, f"{path}: {detail}", observed)
    return observed


def _look(path: str) -> _Seen:
    """Look at a path. Raises OSError where it cannot be told whether anything is there."""
    try:
        status = os.stat(path)  # noqa: PTH116 - the path is not looked at in any other way
    except (FileNotFoundError, NotADirectoryError):
        return _Seen({"EXISTS": False})
    except ValueError:
        raise OSError("no path has such characters") from None
    values: dict[str, Value] = {
        "EXISTS": True,
        "MODE": f"{stat.S_IMODE(status.st_mode):04o}",
        "OWNER": _account(status.st_uid),
        "SIZE": status.st_size,
    }
    try:
        values["BODY"] = content(path, LARGEST)
    except TooLarge as error:
        return _Seen(values, ("body-too-large", why(error)))
    except OSError as error:
        return _Seen(values, ("source-unreadable", f"it is not read: {why(error)}"))
    return _Seen(values)


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
