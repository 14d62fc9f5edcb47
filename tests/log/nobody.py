"""Running a script as a user without any rights."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

# Imported before the rights are gone: the interpreter may lie out of nobody's reach.
_BECOME = """
import ctypes, os, sys
import launchpad.log.address, launchpad.log.schema
"".encode("utf-16be")
os.setgid(65534); os.setuid(65534)
"""

only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can become somebody without rights"
)


def as_nobody(script: str, path: Path) -> list[str]:
    """Return the lines a script prints, given the path of a file that nobody may get as far as."""
    for folder in path.parents:
        if folder.stat().st_uid == os.geteuid() and folder != folder.parent:
            folder.chmod(folder.stat().st_mode | 0o055)
        if folder.name.startswith("pytest-of-"):
            break
    argv = [sys.executable, "-c", _BECOME + dedent(script), str(path)]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
