"""A conductor that is killed again and again, at any moment of a rollback.

Whatever becomes of it: no step has its effect twice, none is called done without it, none comes
before its turn, and what cannot be known is called indeterminate.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.launch.event import Event
from launchpad.launch.intents import ResolveStep
from tests.conductor.conftest import Conducted
from tests.e2e import processes
from tests.e2e.attempts import begins, completed, effects, of, runners

pytestmark = pytest.mark.thorough

KILLS = int(os.environ.get("LAUNCHPAD_SOAK", "30"))
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


def waits(harbour: Conducted, attempt: int) -> Event | None:
    """Return the newest event on a step where a person has to decide what became of it."""
    events = of(
        attempt,
        harbour.events("step.started", "step.finished", "step.indeterminate", "step.resolved"),
    )
    waiting = bool(events) and events[-1].kind == "step.indeterminate"
    return events[-1] if waiting else None


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
