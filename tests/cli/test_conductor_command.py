"""conductor: the process itself, started by hand."""

import signal
import subprocess
import sys
import time

from tests.cli.conductor import conducting
from tests.cli.conftest import Shell


def test_a_second_conductor_finds_the_launch_taken_and_leaves(acting: Shell) -> None:
    with conducting(acting.log):
        done = acting("conductor")
    assert (done.status, done.out) == (0, "")
    assert "has a conductor already" in done.err


def test_a_closed_launch_is_not_conducted(acting: Shell) -> None:
    launch = acting("status", "--format", "json").json["launch"]
    acting("close", "--outcome", "scrubbed", "--confirm", "storefront")
    done = acting("conductor", "--launch", launch)
    assert (done.status, done.out) == (0, "")
    assert f"{launch} is closed" in done.err


def test_a_log_that_is_not_there_is_exit_3_and_a_launch_exit_2(acting: Shell) -> None:
    assert acting("conductor", "--log", "none.db").status == 3
    assert acting("conductor", "--launch", "none").status == 2


def test_it_conducts_until_it_is_told_to_end(acting: Shell) -> None:
    launch = acting("status", "--format", "json").json["launch"]
    command = [sys.executable, "-m", "launchpad", "conductor", "--launch", launch]
    with subprocess.Popen(command, cwd="/", stderr=subprocess.PIPE) as conductor:
        try:
            give_up = time.monotonic() + 20
            while not acting("status", "--format", "json").json["conductor"]["alive"]:
                assert conductor.poll() is None
                assert time.monotonic() < give_up
        finally:
            conductor.send_signal(signal.SIGTERM)
        conductor.communicate(timeout=20)
    assert conductor.returncode == 0
    assert acting("status", "--format", "json").json["conductor"]["alive"] is False


def test_it_goes_on_when_its_terminal_is_gone(acting: Shell) -> None:
    command = [sys.executable, "-m", "launchpad", "conductor"]
    with subprocess.Popen(command, cwd="/", stderr=subprocess.PIPE) as conductor:
        try:
            give_up = time.monotonic() + 20
            while not acting("status", "--format", "json").json["conductor"]["alive"]:
                assert conductor.poll() is None
                assert time.monotonic() < give_up
            assert conductor.stderr is not None
            conductor.stderr.close()
            conductor.send_signal(signal.SIGHUP)
            acting("close", "--outcome", "scrubbed", "--confirm", "storefront")
            # What it says has nowhere to go, and it ends as it would have.
            assert conductor.wait(20) == 0
        finally:
            conductor.kill()
