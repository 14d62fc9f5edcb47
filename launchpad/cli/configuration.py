"""Which log is meant, and why that one."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launchpad.cli.misused import Misused

FILE = ".launchpad.toml"
VARIABLE = "LAUNCHPAD_LOG"


@dataclass(frozen=True, slots=True)
class LogAddress:
    """A log's address, and the reason that it was chosen, as a person would say it."""

    address: str
    reason: str


def log_address(
    flag: str | None,
    environment: Mapping[str, str],
    folders: Sequence[Path],
    checklist: LogAddress | None = None,
) -> LogAddress:
    """Return the log that a command uses.

    The first of: --log, LAUNCHPAD_LOG, what the checklist says, the `log` key of a .launchpad.toml
    in one of the folders (in their order, relative to that file), the user's own log below
    XDG_STATE_HOME. Raises Misused for a .launchpad.toml that cannot be read.
    """
    if flag is not None:
        return LogAddress(flag, "given with --log")
    if environment.get(VARIABLE):
        return LogAddress(environment[VARIABLE], f"the environment's {VARIABLE}")
    if checklist is not None:
        return checklist
    for folder in folders:
        configured = _configured(folder / FILE)
        if configured is not None:
            return LogAddress(configured, f"the log key of {folder / FILE}")
    return LogAddress(str(state_folder() / "log.db"), "the default, your own state folder")


def checklist_log(log: str | None, path: Path) -> LogAddress | None:
    """Return the log that the checklist at path names with its `log` key, relative to its folder.

    None where it names none.
    """
    if log is None:
        return None
    return LogAddress(_placed(log, path), f"the log key of {path.name}")


def state_folder() -> Path:
    """Return this user's folder for what Launchpad keeps (XDG Base Directory Specification)."""
    # platformdirs costs more to import than a command that was given a log takes altogether.
    from platformdirs import user_state_path  # noqa: PLC0415 - see above

    return user_state_path("launchpad")


def _configured(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            configuration = tomllib.load(opened)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Misused(f"{file}: cannot be read: {error.strerror}") from None
    except ValueError as error:  # both malformed TOML and bytes that are no UTF-8
        raise Misused(f"{file}: {error}") from None
    log = configuration.get("log")
    if log is None:
        return None
    if not isinstance(log, str) or not log:
        raise Misused(f"{file}: log must be a path, in quotes")
    return _placed(log, file)


def _placed(log: str, file: Path) -> str:
    """Return an address as it is meant in a file: a path is relative to the file's folder."""
    if "://" in log:
        return log
    return os.path.normpath(file.absolute().parent / Path(log).expanduser())
