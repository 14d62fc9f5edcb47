"""The machine is started anew in the middle of a rollback.

Nothing of it survives but the files; another boot has another id, and its clock begins again.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import processes
from tests.e2e.flight import Flight, opened
from tests.e2e.shim import Clocks
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

DOWN_S = 180
MINUTE_S, HOUR_S = 60, 3600
# A beat comes each half second: after so many of them a conductor has looked round more than once.
BEATS = 3
_LIMIT_S = 15.0

STEPS = """\
- {id: dns, title: Traffic back, command: {exec: [./step.sh, dns, "60"]}, expected: 1s}
- {id: jobs, title: Jobs off, command: {exec: [./step.sh, jobs, "0"]}, expected: 1s}
"""


class Machine:
    """The machine that a site is on, as far as its programs can tell."""

    def __init__(self, site: Site, clocks: Clocks) -> None:
        self._site = site
        self._clocks = clocks
        self._by_hand: list[subprocess.Popen[bytes]] = []

    def reboots(self, down_s: float) -> None:
        """End everything that runs here, and start the machine anew after so many seconds."""
        # Stopped first: what saw another one end could still do something about it.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in self._running():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        until(lambda: not self._running(), "something is left running")
        self._clocks.boot(down_s)

    def goes_on(self, launch: str, seconds: float) -> None:
        """Let so much time pass as in a suspend, and wait until the conductor has told of it."""
        before_ns, gaps = self._beat_ns(launch), self._gaps(launch)
        self._clocks.go_on(seconds)
        until(lambda: self._beat_ns(launch) - before_ns >= seconds * 10**9, "no beat came")
        until(lambda: self._gaps(launch) > gaps, "the gap is not told")

    def _gaps(self, launch: str) -> int:
        return len(self._site.events(launch, "observation.gap"))

    def beats(self, launch: str) -> None:
        """Wait for some beats of the conductor."""
        for _ in range(BEATS):
            before_ns = self._beat_ns(launch)
            until(lambda before_ns=before_ns: self._beat_ns(launch) > before_ns, "no beat came")  # type: ignore[misc]  # the default is what binds it

    def conducts(self, launch: str) -> None:
        """Start a conductor by hand, as one without a console does."""
        self._by_hand.append(
            subprocess.Popen(
                self._site.command("conductor", "--launch", launch),
                cwd=self._site.folder,
                env=self._site.environment,
                stderr=subprocess.DEVNULL,
            )
        )

    def close(self) -> None:
        """End what was started by hand."""
        for process in self._by_hand:
            process.kill()
            process.wait()

    def _beat_ns(self, launch: str) -> int:
        with self._site.opened_log() as log:
            lease = log.lease(launch)
        assert lease
        return lease.mono_ns

    def _running(self) -> set[int]:
        own = {pid for pid, _ in processes.naming(self._site.folder) if not processes.ended(pid)}
        return own | {below for pid in own for below in descendants(pid)}


def descendants(pid: int) -> Iterator[int]:
    try:
        found = processes.children(pid)
    except OSError:
        return
    for child in found:
        yield child
        yield from descendants(child)


def until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


@pytest.fixture
def machine(site: Site, clocks: Clocks) -> Iterator[Machine]:
    machine = Machine(site, clocks)
    yield machine
    machine.close()


def test_after_a_reboot_the_gap_is_told_first_and_no_step_starts_until_somebody_says_so(
    site: Site, machine: Machine
) -> None:
    flight = Flight(site, STEPS)
    flight.rolls_back()
    flight.until(lambda: "begin dns" in flight.effects, "the step does not begin")
    before = site.events(flight.launch)[-1]
    machine.reboots(DOWN_S)

    machine.conducts(flight.launch)
    flight.until(lambda: "step.indeterminate" in flight.kinds(), "the step is not looked after")
    found = [event for event in site.events(flight.launch) if event.seq > before.seq]
    told = [event.kind for event in found if event.actor["door"] == "conductor"]
    assert told[:2] == ["conductor.started", "observation.gap"]
    assert {event.boot_id for event in found}.isdisjoint({before.boot_id})

    # What cannot be known is decided; the next step could start, and does not.
    flight.does("resolve", "dns", "--as", "done", "--reason", "looked at the load balancer")
    machine.beats(flight.launch)
    assert len(flight.kinds("step.started")) == 1
    assert flight.status["rollback"]["state"] == "paused"
    flight.does("rollback", "resume")
    flight.until(lambda: "rollback.completed" in flight.kinds(), "it does not complete")
    assert flight.effects == ["begin dns", "begin jobs", "end jobs"]
    flight.ends()


def test_a_rollback_of_a_day_keeps_its_times_across_a_reboot(
    site: Site, machine: Machine, seed: Callable[[str], Path]
) -> None:
    """A real document's: its steps are due at once, within an hour, four hours and a day.

    A console that is opened after the reboot has it conducted again.
    """
    launch = opened(site, seed("001"))
    word = launch.split("-")[0]
    does(site, launch, *("rollback", "start", "--reason", "messages are lost", "--confirm", word))
    with site.taking_part(launch) as live:
        plan = live.state.checklist.rollback
        assert plan
    assert [step.deadline_ms for step in plan.steps] == [0, 3_600_000, 14_400_000, 86_400_000]
    first, second, third, fourth = (step.id for step in plan.steps)

    site.until_event(launch, "step.started", first)
    does(site, launch, "confirm", first)
    site.until_event(launch, "step.started", second)
    machine.goes_on(launch, 50 * MINUTE_S)
    does(site, launch, "rollback", "resume")
    does(site, launch, "confirm", second)
    site.until_event(launch, "step.started", third)
    assert_about(rollback(site, launch)["elapsed_s"], 50 * MINUTE_S)

    machine.goes_on(launch, 2 * HOUR_S)
    machine.reboots(10 * MINUTE_S)
    console = site.attach(launch, columns=120, rows=40)
    console.sees("a reboot")
    gone_s = 50 * MINUTE_S + 2 * HOUR_S + 10 * MINUTE_S
    found = rollback(site, launch)
    assert found["state"] == "paused"
    assert_about(found["elapsed_s"], gone_s)
    console.sees("elapsed 3h0", f"{third} by +4h, in 59m")
    console.sees("4", "by 24h", "pending")
    does(site, launch, "rollback", "resume")
    does(site, launch, "confirm", third)
    site.until_event(launch, "step.started", fourth)

    machine.goes_on(launch, 24 * HOUR_S - gone_s)
    does(site, launch, "rollback", "resume")
    does(site, launch, "confirm", fourth)
    until(lambda: bool(site.events(launch, "rollback.completed")), "it does not complete")
    assert_about(rollback(site, launch)["elapsed_s"], 24 * HOUR_S)
    took = {step["id"]: step["elapsed_s"] for step in rollback(site, launch)["steps"]}
    assert_about(took[second], 50 * MINUTE_S)
    assert_about(took[third], 2 * HOUR_S + 10 * MINUTE_S)
    assert_about(took[fourth], 24 * HOUR_S - gone_s)


def does(site: Site, launch: str, *words: str) -> None:
    done = site.launchpad(*words, "--launch", launch, "--initials", "AB")
    assert done.returncode == 0, done.stderr.decode()


def rollback(site: Site, launch: str) -> dict[str, Any]:
    """Return what `launchpad status` says of the rollback."""
    done = site.launchpad("status", "--launch", launch, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)["rollback"]
    return found


def assert_about(seconds: int | None, expected_s: int) -> None:
    """Check a time that passed: the test itself takes some of it, and the machine to come up."""
    assert seconds is not None
    assert expected_s <= seconds <= expected_s + MINUTE_S
