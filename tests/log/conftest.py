"""What the tests of the log share: drafts, a log, and writers in processes of their own."""

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from launchpad.launch.event import NO_EVENTS, Draft, Event, JsonObject, Stamp
from launchpad.log.address import open_log
from launchpad.log.sqlite import SqliteLog
from launchpad.log.store import Log

STAMP = Stamp("2026-01-01T00:00:00.000Z", "1000000000", "a-boot-id", "a-host")
WRITER = Path(__file__).with_name("writer.py")
HOLDER = Path(__file__).with_name("holder.py")
# The contract tests run once for each.
BACKENDS = ["sqlite"]


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """Make drafts of a launch, each with a uid of its own unless one is given."""
    numbers = itertools.count(1)

    def make(launch: str, *, uid: str | None = None, body: JsonObject | None = None) -> Draft:
        number = next(numbers)
        return Draft(
            launch,
            uid or f"uid-{number}",
            "test.happened",
            STAMP,
            {"initials": "AB", "name": "Ada Brown"},
            {"number": number} if body is None else body,
        )

    return make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[SqliteLog]:
    opened = open_log(str(path), create=True)
    assert isinstance(opened, SqliteLog)
    yield opened
    opened.close()


@pytest.fixture(params=BACKENDS)
def attach(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Log]]:
    """Open the same log, each time as another participant would."""
    addresses = {"sqlite": str(tmp_path / "log.db")}
    opened: list[Log] = []

    def attach_once() -> Log:
        opened.append(open_log(addresses[request.param], create=True))
        return opened[-1]

    yield attach_once
    for log in opened:
        log.close()


@pytest.fixture
def fill(draft: Callable[..., Draft]) -> Callable[..., list[Event]]:
    """Append a number of events to a launch."""

    def append(log: SqliteLog, launch: str, count: int) -> list[Event]:
        drafts = [draft(launch) for _ in range(count)]
        return log.append(launch, NO_EVENTS, lambda _new: drafts)

    return append


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Wait for a condition, at most a number of seconds."""

    def wait(condition: Callable[[], object], within_s: float = 10.0) -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            assert time.monotonic() < deadline, f"not within {within_s} s"
            time.sleep(0.005)

    return wait


class Writer:
    """A running writer.py, in a session of its own so that its whole group can be stopped."""

    def __init__(self, path: Path, launch: str, mode: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, WRITER, path, launch, mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.scribe_pid = int(self.line() or 0)

    @property
    def pid(self) -> int:
        return self.process.pid

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode()

    def append(self) -> tuple[str, int, float]:
        """Have it append once. Return the event's uid and seq, and when that was acknowledged."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()
        uid, seq, at = self.line().split()
        return uid, int(seq), float(at)

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGCONT)
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def start_writer() -> Iterator[Callable[..., Any]]:
    """Start writers, given the log's path, the launch and the mode (see writer.py)."""
    writers: list[Writer] = []

    def start(path: Path, launch: str = "L", mode: str = "asked") -> Writer:
        writers.append(Writer(path, launch, mode))
        return writers[-1]

    yield start
    for writer in writers:
        writer.end()


class Holder:
    """A running holder.py, in a session of its own."""

    def __init__(self, path: Path, launch: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, HOLDER, path, launch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def tell(self, order: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n".encode())
        self.process.stdin.flush()

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()

    def ask(self, order: str) -> str:
        self.tell(order)
        return self.line()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def start_holder() -> Iterator[Callable[..., Any]]:
    """Start processes that conduct (see holder.py), given the log's path and the launch."""
    holders: list[Holder] = []

    def start(path: Path, launch: str = "L") -> Holder:
        holders.append(Holder(path, launch))
        return holders[-1]

    yield start
    for holder in holders:
        holder.end()
