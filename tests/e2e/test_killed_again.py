"""A conductor that is killed or frozen again and again, at any moment of a rollback.

Whatever becomes of it: no step has its effect twice, none is called done without it, none comes
before its turn, and what cannot be known is called indeterminate.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.launch.event import Event
from launchpad.launch.intents import ResolveStep, StartRollback
from launchpad.log.leasing import TERM_S
from launchpad.session.conductor import conductor_standing
from tests.conductor.conftest import Conducted
from tests.e2e import processes

KILLS = int(os.environ.get("LAUNCHPAD_SOAK", "6"))
STEPS = 3
# Seconds: a conductor takes about so long to start, and about so long for all of the steps.
STARTING_S, WORKING_S = 0.5, 0.6

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here}
rollback:
  budget: 1m
  authority: any
  steps:
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Conducted]:
    """Give a launch whose rollback's steps leave their names in a file, one after the other."""
    script = tmp_path / "step.sh"
    script.write_text('#!/bin/sh\necho "$1" >> effects\nsleep 0.05\n', encoding="utf-8")
    script.chmod(0o700)
    steps = "".join(
        f"    - {{id: {step}, title: Step {step}, command: {{exec: [./step.sh, {step}]}}}}\n"
        for step in (f"s{number}" for number in range(STEPS))
    )
    harbour = Conducted(tmp_path, CHECKLIST + steps)
    harbour.trust()
    yield harbour
    harbour.close()


def effects(harbour: Conducted) -> list[str]:
    path = harbour.folder / "effects"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def begins(harbour: Conducted) -> int:
    """Start the rollback anew; return the attempt."""
    (event,) = harbour.does(lambda seen: StartRollback("smoke test failed", "harbour", None, seen))
    attempt = event.body["attempt"]
    assert isinstance(attempt, int)
    (harbour.folder / "effects").unlink(missing_ok=True)
    return attempt


def of(attempt: int, events: list[Event]) -> list[Event]:
    return [event for event in events if event.body["attempt"] == attempt]


def waits(harbour: Conducted, attempt: int) -> Event | None:
    """Return the newest event on a step where a person has to decide what became of it."""
    events = of(
        attempt,
        harbour.events("step.started", "step.finished", "step.indeterminate", "step.resolved"),
    )
    waiting = bool(events) and events[-1].kind == "step.indeterminate"
    return events[-1] if waiting else None


def completed(harbour: Conducted, attempt: int) -> bool:
    return bool(of(attempt, harbour.events("rollback.completed")))


def sees_it_through(harbour: Conducted, attempt: int) -> set[str]:
    """Decide what is indeterminate, as the effects say, until the rollback is complete.

    Returns the steps that were indeterminate.
    """
    undecided: set[str] = set()
    while True:
        harbour.until(
            lambda: completed(harbour, attempt) or waits(harbour, attempt) is not None,
            "the rollback neither goes on nor asks",
        )
        lost = waits(harbour, attempt)
        if lost is None:
            return undecided
        step = str(lost.body["step"])
        undecided.add(step)
        had_its_effect = step in effects(harbour)
        harbour.does(
            lambda seen, step=step, done=had_its_effect: ResolveStep(  # type: ignore[misc]  # the defaults are what binds them
                step, "done" if done else "skip", "looked", seen
            )
        )


def assert_honest(harbour: Conducted, attempt: int, undecided: set[str]) -> None:
    """Check what the log says against what was done."""
    done = effects(harbour)
    assert done == sorted(set(done)), f"twice, or out of turn: {done}"
    finished = {
        str(event.body["step"]): event.body["end"]
        for event in of(attempt, harbour.events("step.finished"))
    }
    assert finished.keys().isdisjoint(undecided)
    for number in range(STEPS):
        step = f"s{number}"
        if step not in undecided:
            assert finished[step] == "done", harbour.events("step.finished")
            assert step in done, f"{step} is called done, and had no effect"
    starts = [str(event.body["step"]) for event in of(attempt, harbour.events("step.started"))]
    assert starts == sorted(set(starts)), f"started twice, or out of turn: {starts}"


@pytest.mark.soak
def test_a_conductor_killed_at_any_moment_neither_repeats_nor_reorders_nor_invents(
    harbour: Conducted,
) -> None:
    """Killed as it starts, as a step starts, runs and ends; at times its runner is, too."""
    moment = random.Random(KILLS)
    killed = 0
    conductor = harbour.conducting()
    while killed < KILLS:
        attempt = begins(harbour)
        undecided: set[str] = set()
        while not completed(harbour, attempt) and waits(harbour, attempt) is None:
            if moment.random() < 0.2:
                after_a_moment(moment.uniform(0, STARTING_S), harbour, attempt)
            else:
                harbour.until(lambda pid=conductor.pid: conducts(harbour, pid), "nobody conducts")  # type: ignore[misc]  # the default is what binds it
                after_a_moment(moment.uniform(0, WORKING_S), harbour, attempt)
            if moment.random() < 0.3:
                for runner in runners(harbour):
                    processes.kill(runner)
            conductor.kill()
            conductor.wait()
            killed += 1
            conductor = harbour.conductor()
        undecided |= sees_it_through(harbour, attempt)
        assert_honest(harbour, attempt, undecided)


def conducts(harbour: Conducted, pid: int) -> bool:
    return any(event.body["pid"] == pid for event in harbour.events("conductor.started"))


def after_a_moment(within_s: float, harbour: Conducted, attempt: int) -> None:
    """Let the conductor come to some point of its work; at the latest to the end of it."""
    until = time.monotonic() + within_s
    harbour.until(
        lambda: time.monotonic() >= until or completed(harbour, attempt), "time stands still"
    )


def runners(harbour: Conducted) -> list[int]:
    """Return the process ids of the runners that are at work."""
    return [pid for pid, line in processes.naming(Path(harbour.launch)) if "steps.runner" in line]


SLOW = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
secrets:
  slow: {command: [./secret.sh]}
phases:
  - id: edge
    title: Edge
    items:
      - {id: dns, text: DNS points here}
rollback:
  budget: 1m
  authority: any
  steps:
    - id: one
      title: One
      command: {exec: [./one.sh], secrets: [slow]}
      idempotent: true
"""


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Conducted]:
    """Give a launch whose step takes a while to be prepared, once its start was recorded."""
    scripts = {
        "secret.sh": "while ! test -e go; do sleep 0.02; done; echo a-secret",
        "one.sh": "echo one >> effects",
    }
    for name, text in scripts.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    slow = Conducted(tmp_path, SLOW)
    slow.trust()
    yield slow
    slow.close()


def test_of_a_conductor_frozen_between_a_start_and_what_it_starts_nothing_comes_twice(
    slow: Conducted,
) -> None:
    """It wakes up beyond its term, when another has done what it was about to do."""
    frozen = slow.conducting()
    begins(slow)
    slow.until(lambda: bool(slow.events("step.started")), "the step does not begin")
    # It cannot have been started: its secret is not to be had yet.
    frozen.send_signal(signal.SIGSTOP)
    (slow.folder / "go").touch()
    slow.until(
        lambda: not conductor_standing(slow.log, slow.launch).alive,
        f"the lease is held after {TERM_S} s",
    )
    slow.conducting()
    slow.until(lambda: completed(slow, 1), "the other one does not complete the rollback")
    frozen.send_signal(signal.SIGCONT)
    assert frozen.wait(10) == 0
    lost, _second = slow.events("step.indeterminate", "step.finished")
    assert (lost.body["run"], lost.body["nothing_runs"]) == (1, True)
    assert effects(slow) == ["one"]
    # Every runner that came took its claim, or found it taken: none is on its way any more.
    slow.until(lambda: not runners(slow), "a runner is left")
    assert effects(slow) == ["one"]


def test_of_a_runner_frozen_before_it_takes_its_claim_nothing_comes_twice(
    slow: Conducted,
) -> None:
    """Its conductor dies, and the next one has the step done. Then it wakes up."""
    (slow.folder / "go").touch()
    conductor = slow.conducting()
    attempt = begins(slow)
    while (frozen := caught_unclaimed(slow)) is None:
        # It was faster. Once more.
        slow.until(lambda attempt=attempt: completed(slow, attempt), "it does not complete")  # type: ignore[misc]  # the default is what binds it
        attempt = begins(slow)
    conductor.kill()
    conductor.wait()
    slow.conducting()
    slow.until(lambda: completed(slow, attempt), "the next one does not complete the rollback")
    assert effects(slow) == ["one"]
    os.kill(frozen, signal.SIGCONT)
    slow.until(lambda: not runners(slow), "the runner does not leave")
    assert effects(slow) == ["one"]
    lost, second = of(attempt, slow.events("step.indeterminate", "step.finished"))
    assert (lost.body["run"], lost.body["nothing_runs"]) == (1, True)
    assert (second.body["run"], second.body["end"]) == (2, "done")


def caught_unclaimed(harbour: Conducted) -> int | None:
    """Freeze the runner that comes next; None where it had taken its claim by then."""
    claims = claims_of(harbour)
    harbour.until(lambda: bool(runners(harbour)) or claims_of(harbour) != claims, "no runner comes")
    for runner in runners(harbour):
        os.kill(runner, signal.SIGSTOP)
        harbour.until(lambda runner=runner: processes.stopped(runner), "it does not stop")  # type: ignore[misc]  # the default is what binds it
        if claims_of(harbour) == claims:
            return runner
        os.kill(runner, signal.SIGCONT)
    return None


def claims_of(harbour: Conducted) -> set[Path]:
    return set(harbour.folder.rglob("claim"))
