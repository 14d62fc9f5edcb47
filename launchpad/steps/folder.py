"""Where a step's run keeps its claim, its output and its result: in the account's state folder."""

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from launchpad.steps.claim import sync_folder
from launchpad.steps.order import StepRun

_UNSAFE: Final = re.compile(rb"[^A-Za-z0-9_-]")
_LONGEST: Final = 120


def claim_folder(state_folder: Path, step_run: StepRun) -> Path:
    """Return `<state folder>/steps/<launch>/<attempt>-<step>-<run>`, absolute.

    No two runs share one, whatever their ids are made of.
    """
    attempt, step, run = step_run.attempt, _file_name(step_run.step), step_run.run
    launch = _file_name(step_run.launch)
    return state_folder.absolute() / "steps" / launch / f"{attempt}-{step}-{run}"


def make_private(folder: Path) -> None:
    """Make a folder durably, and those above it that are missing, for this account alone.

    Raises OSError; PermissionError for one that is another account's, or open to others.
    """
    if not folder.parent.is_dir():
        make_private(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.stat(follow_symlinks=False)
        if found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise PermissionError(f"{folder}: not for this account alone") from None
    else:
        sync_folder(str(folder.parent))


def _file_name(name: str) -> str:
    """Return an id as a file name: percent-encoded, and cut with a digest where it is long."""
    safe = _UNSAFE.sub(lambda byte: b"%%%02X" % ord(byte[0]), name.encode("utf-8", "surrogatepass"))
    if 0 < len(safe) <= _LONGEST:
        return safe.decode()
    # A dot is in no other name.
    return f"{safe[:_LONGEST].decode()}.{hashlib.sha256(safe).hexdigest()}"
