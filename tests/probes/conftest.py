import os
import signal
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

MARK = "LAUNCHPAD_TEST_MARK"


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Return the environment of a test's commands; at its end none of them may be left."""
    value = uuid.uuid4().hex
    monkeypatch.setenv(MARK, value)
    yield {"PATH": os.environ["PATH"], MARK: value}
    left = [pid for pid in _pids() if value.encode() in _environment(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


def _pids() -> list[int]:
    own = os.getpid()
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and int(entry.name) != own
    ]


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""
