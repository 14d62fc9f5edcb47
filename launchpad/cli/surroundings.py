"""What doctor finds around a launch: the interpreter, the terminal, the connection, the clock."""

import codecs
import ctypes
import locale
import os
import platform
import shutil
import signal
import sqlite3
from collections.abc import Iterator, Mapping

from launchpad import __version__
from launchpad.cli.clock_health import clock_finding, kernel_clock
from launchpad.cli.connection_health import connection_findings
from launchpad.cli.finding import Finding
from launchpad.cli.terminal import somebody_looks
from launchpad.log.processes import process_started
from launchpad.session.lasting import Account

# Tables are STRICT, which older releases refuse to open (https://sqlite.org/stricttables.html).
_SQLITE = (3, 37, 0)
_SMALLEST = (80, 24)
_PR_GET_CHILD_SUBREAPER = 37  # linux/prctl.h


def surroundings(environment: Mapping[str, str], account: Account) -> Iterator[Finding]:
    """Yield what was found around an account, without touching the log."""
    python = platform.python_version()
    yield Finding("ok", "program", f"launchpad {__version__} on Python {python}")
    yield _sqlite()
    yield _locale()
    yield _terminal(environment)
    yield from connection_findings(environment, account)
    yield clock_finding(kernel_clock())
    yield _processes()
    yield _git()


def _sqlite() -> Finding:
    found = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < _SQLITE:
        return Finding("fail", "sqlite", found, "logs need 3.37 or newer")
    return Finding("ok", "sqlite", found)


def _locale() -> Finding:
    encoding = codecs.lookup(locale.getencoding()).name
    if encoding != "utf-8":
        advice = "the console draws with ASCII; LANG=C.UTF-8 shows every character"
        return Finding("warn", "locale", encoding, advice)
    return Finding("ok", "locale", encoding)


def _terminal(environment: Mapping[str, str]) -> Finding:
    if not somebody_looks():
        return Finding("ok", "terminal", "none here; commands that open no console need none")
    kind = environment.get("TERM", "")
    if kind in {"", "dumb"}:
        return Finding("warn", "terminal", f"TERM={kind}", "the console needs another TERM")
    size = shutil.get_terminal_size()
    found = f"{kind}, {size.columns}x{size.lines}"
    if size.columns < _SMALLEST[0] or size.lines < _SMALLEST[1]:
        return Finding("warn", "terminal", found, "the console needs 80x24")
    return Finding("ok", "terminal", found)


def lacking_for_processes() -> list[str]:
    """Return what this kernel does not give to end a command to its last descendant."""
    lacking = []
    try:
        descriptor = os.pidfd_open(os.getpid())
        try:
            signal.pidfd_send_signal(descriptor, 0)
        finally:
            os.close(descriptor)
    except (AttributeError, OSError):
        lacking.append("signals by pidfd")
    asked = ctypes.c_int()
    if ctypes.CDLL(None).prctl(_PR_GET_CHILD_SUBREAPER, ctypes.byref(asked), 0, 0, 0) != 0:
        lacking.append("child subreapers")
    if process_started(os.getpid()) is None:
        lacking.append("/proc")
    return lacking


def _processes() -> Finding:
    lacking = lacking_for_processes()
    if lacking:
        advice = "what a command leaves behind may go on; run commands elsewhere"
        return Finding("warn", "processes", f"without {', '.join(lacking)}", advice)
    return Finding("ok", "processes", "pidfd, child subreaper and /proc are there")


def _git() -> Finding:
    git = shutil.which("git", path=os.environ.get("PATH"))
    if git is None:
        return Finding("warn", "git", "not found", "a checklist's commit will not be recorded")
    return Finding("ok", "git", git)
