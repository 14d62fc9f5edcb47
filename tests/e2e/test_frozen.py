"""A conductor or a runner that is frozen where it is about to start something.

What it wakes up to is that another has done it: the lease and the claim keep it from a second time.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.log.leasing import TERM_S
from launchpad.session.conductor import conductor_standing
from tests.conductor.conftest import Conducted
from tests.e2e import processes
from tests.e2e.attempts import begins, completed, effects, of, runners

pytestmark = pytest.mark.thorough

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
