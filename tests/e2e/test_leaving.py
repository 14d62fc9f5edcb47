"""A console that is asked to end, or loses its terminal: gone soon, and nothing is left behind."""

import signal
import time

import pytest

from tests.e2e import processes
from tests.e2e.site import Site
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.thorough

GONE_WITHIN_S = 2.0
STUCK_WITHIN_S = 15.0
STUCK_LOOKS = 10


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_the_console_and_gives_the_seat_up(site: Site, number: int) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    scribes = processes.children(console.pid)
    console.signal(number)
    console.ends(128 + number, within=GONE_WITHIN_S)
    console.assert_restored()
    assert_gone(scribes)
    (left,) = site.events(launch, "seat.left")
    assert left.actor["initials"] == "AB"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_the_console_though_nobody_reads_the_terminal(
    site: Site, number: int
) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch, columns=200, rows=60)
    scribes = processes.children(console.pid)
    block(console)
    console.signal(number)
    console.ends(128 + number, within=GONE_WITHIN_S)
    console.read_on()
    console.assert_restored()
    assert_gone(scribes)


def test_a_console_whose_terminal_is_taken_away_leaves(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    scribes = processes.children(console.pid)
    console.hang_up()
    console.ends(128 + signal.SIGHUP, within=GONE_WITHIN_S)
    assert_gone(scribes)
    (left,) = site.events(launch, "seat.left")
    assert left.body["reason"] == "connection lost"


def test_a_console_that_nobody_read_leaves_when_its_terminal_is_taken_away(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch, columns=200, rows=60)
    scribes = processes.children(console.pid)
    block(console)
    console.hang_up()
    console.ends(128 + signal.SIGHUP, within=GONE_WITHIN_S)
    assert_gone(scribes)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_the_first_question_too(site: Site, number: int) -> None:
    launch = site.opened(site.document())
    console = site.terminal("attach", "--launch", launch, "--initials", "AB")
    console.sees("Who are you?")
    console.signal(number)
    console.ends(128 + number, within=GONE_WITHIN_S)
    console.assert_restored()
    assert not site.events(launch, "seat.joined")


def block(console: Terminal) -> None:
    """Read no more, and have the console write until its event loop is stuck on it.

    An event loop that waits for keys waits in poll; one whose writer takes no more, on a lock.
    """
    console.stop_reading()
    deadline = time.monotonic() + STUCK_WITHIN_S
    looks = 0
    while looks < STUCK_LOOKS:
        assert time.monotonic() < deadline, "the console does not get stuck"
        looks = looks + 1 if "futex" in processes.waits_on(console.pid) else 0
        console.press(*("tab", "shift+tab") * 3)
        time.sleep(0.02)


def assert_gone(started: list[int]) -> None:
    """Check that processes end: those that the console had started, without being told to."""
    assert started
    deadline = time.monotonic() + GONE_WITHIN_S
    while left := [pid for pid in started if processes.running(pid)]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.01)
