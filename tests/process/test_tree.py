import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.process.tree import Process, descendants, send
from tests.process.conftest import eventually


@contextlib.contextmanager
def started(*argv: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process, and kill it whatever happens."""
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with started("sleep", "1000") as process:
        yield process


def seen(pid: int) -> Process:
    return next(process for process in descendants(os.getpid()) if process.pid == pid)


def test_a_signal_reaches_the_process_that_was_seen(sleeper: subprocess.Popen[bytes]) -> None:
    send(seen(sleeper.pid), signal.SIGTERM)
    assert sleeper.wait(10) == -signal.SIGTERM


def test_a_later_process_with_the_same_id_is_left_alone(sleeper: subprocess.Popen[bytes]) -> None:
    former = Process(sleeper.pid, seen(sleeper.pid).start - 1)
    send(former, signal.SIGKILL)
    send(seen(sleeper.pid), signal.SIGTERM)
    assert sleeper.wait(10) == -signal.SIGTERM


def test_a_signal_to_a_process_that_is_gone_is_no_error(sleeper: subprocess.Popen[bytes]) -> None:
    gone = seen(sleeper.pid)
    sleeper.kill()
    sleeper.wait()
    send(gone, signal.SIGTERM)


def test_descendants_are_found_at_any_depth_and_others_are_not(
    sleeper: subprocess.Popen[bytes],
) -> None:
    with started("sh", "-c", "sh -c 'sleep 1000; :' > /dev/null; :") as shell:
        eventually(lambda: len(descendants(shell.pid)) == 2)
        below = descendants(shell.pid)
        assert sleeper.pid not in {process.pid for process in below}
        assert {process.pid for process in below} < {p.pid for p in descendants(os.getpid())}
        for process in below:
            send(process, signal.SIGKILL)


def test_a_process_that_ended_and_was_not_waited_for_is_none(
    sleeper: subprocess.Popen[bytes],
) -> None:
    sleeper.kill()
    eventually(lambda: sleeper.pid not in {process.pid for process in descendants(os.getpid())})
    assert sleeper.poll() == -signal.SIGKILL


def test_a_process_whose_first_thread_ended_is_still_one() -> None:
    code = (
        "import ctypes, threading, time\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "ctypes.CDLL(None).pthread_exit(None)\n"
    )
    with started(sys.executable, "-I", "-S", "-c", code) as process:
        stat = Path(f"/proc/{process.pid}/stat")
        eventually(lambda: ") Z" in stat.read_text())
        assert seen(process.pid)


def test_a_name_that_looks_like_fields_deceives_nobody() -> None:
    """A program chooses its name, and /proc shows it as it is."""
    code = (
        "import ctypes, time\n"
        "ctypes.CDLL(None).prctl(15, b') Z 1 1', 0, 0, 0)\n"
        "print(flush=True); time.sleep(1000)\n"
    )
    with started(sys.executable, "-I", "-S", "-c", code) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert seen(process.pid)
