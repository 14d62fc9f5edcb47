import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

LIMIT_S = 10.0
MARK = "LAUNCHPAD_TEST_MARK"


def eventually(holds: Callable[[], object]) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def marked(mark: str) -> dict[int, str]:
    """Return the command line of every process whose environment carries a mark."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and mark.encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Mark every process of the test; at its end there must be none left."""
    value = uuid.uuid4().hex
    monkeypatch.setenv(MARK, value)
    yield value
    left = marked(value)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


@pytest.fixture
def env(mark: str) -> dict[str, str]:
    """Return the environment of a test's commands."""
    return {"PATH": os.environ["PATH"], MARK: mark}


@pytest.fixture
def stubborn(tmp_path: Path) -> list[str]:
    """Return a command that forks two more of its kind, all ignoring every signal they can.

    The grandchild was forked twice and has a session of its own; all hold the output pipe.
    """
    script = tmp_path / "stubborn.py"
    script.write_text(
        "import os, signal, time\n"
        "for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() != 0:\n"
        "        os._exit(0)\n"
        "elif os.fork() != 0:\n"
        "    os.write(1, b'ready')\n"
        "time.sleep(1000)\n"
    )
    return [sys.executable, "-I", "-S", str(script)]
