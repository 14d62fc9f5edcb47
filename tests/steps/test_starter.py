"""Runners that a starter starts: as independent as any other, and never of half an order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.steps.claim import CLAIM, OUTPUT
from launchpad.steps.folder import make_private
from launchpad.steps.order import written
from launchpad.steps.running import Unclaimed, seize, start
from launchpad.steps.starter import Starter
from tests.process.conftest import eventually, marked
from tests.steps.conftest import STEP_RUN, MakeOrder, result, runner, stands


@pytest.fixture
def starter(mark: str) -> Iterator[Starter]:
    starter = Starter(STEP_RUN.launch)
    eventually(lambda: waiting(mark))
    yield starter
    starter.dismiss()


def waiting(mark: str) -> list[int]:
    """Return the process ids of the starters that wait."""
    return [
        pid
        for pid, line in marked(mark).items()
        if line.rstrip().endswith(f"launchpad step {STEP_RUN.launch} waits for orders")
    ]


def test_it_starts_one_runner_after_the_other(
    folder: Path, make_order: MakeOrder, starter: Starter
) -> None:
    second = folder.with_name("1-dns-2")
    for each, text in ((folder, "echo one; exit 3"), (second, "echo two; exit 4")):
        start(make_order(text, folder=str(each)), starter)
    assert (result(folder).exit_status, result(second).exit_status) == (3, 4)
    assert (folder / OUTPUT).read_text() + (second / OUTPUT).read_text() == "one\ntwo\n"


def test_of_twenty_orders_for_one_run_it_has_one_carried_out(
    folder: Path, make_order: MakeOrder, starter: Starter, tmp_path: Path, mark: str
) -> None:
    for _ in range(20):
        start(make_order(f"echo ran >> {tmp_path / 'ran'}"), starter)
    result(folder)
    starter.dismiss()
    eventually(lambda: not marked(mark))  # all of them have been there
    assert (tmp_path / "ran").read_text() == "ran\n"


def test_ps_shows_what_waits_and_what_runs(
    folder: Path, make_order: MakeOrder, starter: Starter, tmp_path: Path, mark: str
) -> None:
    (waits,) = waiting(mark)
    go = tmp_path / "go"
    os.mkfifo(go)
    start(make_order(f"cat {go}"), starter)
    pid = runner(folder)
    assert pid != waits
    eventually(lambda: Path(f"/proc/{pid}/comm").read_text() == "launchpad step\n")
    title = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")[-1].decode()
    assert title.rstrip() == f"launchpad step {STEP_RUN.launch} 1-dns-1"
    assert waiting(mark) == [waits]
    # It neither reads other orders nor shares a terminal or a session with anybody.
    assert Path(f"/proc/{pid}/fd/0").readlink() == Path(os.devnull)
    assert os.getsid(pid) == pid
    go.write_text("")
    result(folder)
    eventually(lambda: not Path(f"/proc/{pid}").exists())  # no zombie


def test_what_it_started_goes_on_without_it(
    folder: Path, make_order: MakeOrder, starter: Starter, tmp_path: Path, mark: str
) -> None:
    """Killed with its runner at work; a command that is ended on request still can be."""
    (waits,) = waiting(mark)
    go = tmp_path / "go"
    os.mkfifo(go)
    start(make_order(f"cat {go}; exit 5"), starter)
    pid = runner(folder)
    os.kill(waits, signal.SIGKILL)
    eventually(lambda: not waiting(mark))
    for number in (signal.SIGHUP, signal.SIGINT):
        os.kill(pid, number)
    go.write_text("now")
    assert result(folder).exit_status == 5


def test_it_ends_with_whoever_started_it(mark: str) -> None:
    code = (
        "import os, signal\n"
        "from launchpad.steps.starter import Starter\n"
        f"starter = Starter({STEP_RUN.launch!r})\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=20)
    assert ended.returncode == -signal.SIGKILL
    eventually(lambda: not marked(mark))


def test_a_hang_up_does_not_end_it_and_a_request_does(
    folder: Path, make_order: MakeOrder, starter: Starter, mark: str
) -> None:
    """And once it has ended, a runner is started without it."""
    (waits,) = waiting(mark)

    def runs(number: int) -> None:
        each = folder.with_name(f"1-dns-{number}")
        start(make_order(f"exit {number}", folder=str(each)), starter)
        assert result(each).exit_status == number

    runs(1)  # from now on it minds signals as it is to
    for number in (signal.SIGHUP, signal.SIGINT):
        os.kill(waits, number)
    runs(2)
    assert waiting(mark) == [waits]
    os.kill(waits, signal.SIGTERM)
    eventually(lambda: not waiting(mark))
    runs(3)
    assert starter.gone


def test_half_an_order_is_never_carried_out(
    folder: Path, make_order: MakeOrder, env: dict[str, str], starter: Starter, mark: str
) -> None:
    """One that its pipe does not hold goes to a runner without it, and only there."""
    large = {f"LARGE{number}": "é" * 60_000 for number in range(4)}
    os.kill(waiting(mark)[0], signal.SIGSTOP)
    start(make_order("echo ran", env=env | large), starter)
    assert starter.gone
    assert result(folder).exit_status == 0
    os.kill(waiting(mark)[0], signal.SIGCONT)
    eventually(lambda: not marked(mark))
    assert (folder / OUTPUT).read_text() == "ran\n"


def test_what_is_cut_short_is_no_order(
    folder: Path, make_order: MakeOrder, starter: Starter, mark: str
) -> None:
    make_private(folder)
    assert starter.give(written(make_order("true"), "boot").rstrip(b"\n"))
    starter.dismiss()
    eventually(lambda: not marked(mark))
    assert stands(folder) == Unclaimed()


def test_a_frozen_one_wakes_up_to_a_run_that_is_taken(
    folder: Path, make_order: MakeOrder, starter: Starter, tmp_path: Path, mark: str
) -> None:
    (waits,) = waiting(mark)
    os.kill(waits, signal.SIGSTOP)
    start(make_order(f"touch {tmp_path / 'ran'}"), starter)
    assert stands(folder) == Unclaimed()
    assert seize(folder, STEP_RUN, "nobody started it in time")
    claim = (folder / CLAIM).read_bytes()
    starter.dismiss()
    os.kill(waits, signal.SIGCONT)
    eventually(lambda: not marked(mark))
    assert (folder / CLAIM).read_bytes() == claim
    assert not (tmp_path / "ran").exists()
