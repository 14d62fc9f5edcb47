"""Running a script where the disk is its own: to be filled, or mounted read-only."""

import subprocess
import sys
from textwrap import dedent

import pytest

# Mounts a small file system of its own, with a log on it, for scripts that go on from there.
PREPARE = """
import os, subprocess, sys
from launchpad.launch.event import NO_EVENTS, Draft, Head, Stamp
from launchpad.log.address import open_log
from launchpad.log.errors import LogUnwritable
from launchpad.log.verify import verify_log

folder = sys.argv[1]
path = folder + "/log.db"
def mount(*options):
    subprocess.run(["mount", *options, folder], check=True)
def draft(number, size=10):
    stamp = Stamp("2026-01-01T00:00:00.000Z", "1", "boot", "host")
    return Draft("L", f"u{number}", "test.happened", stamp, {}, {"text": "x" * size})
mount("-t", "tmpfs", "-o", "size=400k", "tmpfs")
log = open_log(path, create=True)
acknowledged = 0
def append(size=10):
    global acknowledged
    log.append("L", log.head("L"), lambda _new: [draft(acknowledged, size)])
    acknowledged += 1
def refused():
    try:
        append()
    except LogUnwritable as error:
        return str(error)
    return "RECORDED"
"""


def in_namespace(script: str, *arguments: object) -> str:
    """Run a script as root of a mount namespace of its own; skip where that is impossible."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("no mount namespaces here (unshare -rm)")
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", dedent(script), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
