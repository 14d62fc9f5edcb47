"""A console that is stopped where it stands (Ctrl-Z, a frozen link) keeps nobody from recording."""

import random
import time

import pytest

from launchpad.launch.intents import AddNote
from launchpad.launch.person import Person
from launchpad.session.participant import participant
from tests.e2e.site import Site, steps
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.thorough

STOPS = 12
LONGEST_WAIT_S = 1.0
BEN = participant(Person("BC"), "command", {})


def test_a_console_stopped_while_it_ticks_delays_nobody(site: Site) -> None:
    moment = random.Random(11)
    launch = site.opened(site.document(steps(60)))
    console = site.attach(launch, rows=40)
    waits = []
    with site.taking_part(launch) as live:
        live.submit(AddNote(None, "here"), BEN)  # the first one starts a process
        for number in range(STOPS):
            console.type(" j" * 4)
            after_a_moment(console, moment)
            console.stop()
            asked = time.monotonic()
            live.submit(AddNote(None, f"note {number}"), BEN)
            waits.append(time.monotonic() - asked)
            console.resume()
    assert max(waits) <= LONGEST_WAIT_S, waits
    console.sees(f"note {STOPS - 1}")
    print(f"longest wait {max(waits) * 1000:.0f} ms")  # noqa: T201 - a figure for who runs it with -s


def test_a_command_records_while_a_console_is_stopped(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.press("space", "j", "space")
    console.stop()
    done = site.launchpad("tick", "cache", "--launch", launch, "--initials", "BC")
    assert done.returncode == 0, done.stderr.decode()
    console.resume()
    console.sees("BC", "ticked cache")


def after_a_moment(console: Terminal, moment: random.Random) -> None:
    """Let the console come to some point of its work: until it has written some more bytes."""
    wanted = len(console.output) + moment.randrange(600)
    console.until(lambda: len(console.output) >= wanted, "the console is silent")
