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
from launchpad.cli.finding import Finding
from launchpad.cli.terminal import somebody_looks
from launchpad.log.processes import process_started

# Tables are STRICT, which older releases refuse to open (https://sqlite.org/stricttables.html).
_SQLITE = (3, 37, 0)
_SMALLEST = (80, 24)
# adjtimex(2): the size of struct timex with room to spare, and the state of a clock that drifts.
_TIMEX_BYTES, _TIME_ERROR = 512, 5
_PR_GET_CHILD_SUBREAPER = 37  # linux/prctl.h


def surroundings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what was found, without touching the log."""
    python = platform.python_version()
    yield Finding("ok", "program", f"launchpad {__version__} on Python {python}")
    yield _sqlite()
    yield _locale()
    yield _terminal(environment)
    yield _connection(environment)
    yield _clock()
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


def _connection(environment: Mapping[str, str]) -> Finding:
    for variable, name in (("TMUX", "tmux"), ("STY", "screen")):
        if environment.get(variable):
            return Finding("ok", "connection", f"inside {name}; a console outlives the connection")
    if environment.get("SSH_CONNECTION"):
        advice = "a console ends when the connection does; start it inside tmux or screen"
        return Finding("warn", "connection", "plain SSH", advice)
    return Finding("ok", "connection", "not over SSH")


def clock_synchronised() -> bool | None:
    """Ask the kernel whether something keeps its clock right; None where it does not say."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (AttributeError, OSError):
        return None
    return None if state < 0 else bool(state != _TIME_ERROR)


def _clock() -> Finding:
    synchronised = clock_synchronised()
    if synchronised is None:
        return Finding("warn", "clock", "nobody here says whether it is synchronised", "check it")
    if not synchronised:
        advice = "times in the log may be wrong, their order is not; start an NTP client"
        return Finding("warn", "clock", "not synchronised", advice)
    return Finding("ok", "clock", "synchronised")


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
