"""A team's rollback plan, written precisely, and played to its end on a bad night.

The plan is that of a cutover launch checklist: traffic back within two minutes, new jobs off within
one, the database left alone, people told. Its minutes are seconds here.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.launch.forecast import projected_ms, taken
from launchpad.launch.intents import (
    AbandonRollback,
    ConfirmStep,
    KillStep,
    ResolveStep,
    StartRollback,
)
from launchpad.launch.moment import moment_at
from launchpad.launch.operations import AsLeft
from launchpad.launch.rollback import RollbackState
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted

PLAN = """\
launchpad: 1
title: Reading rooms cutover
code-word: tarot
vars:
  traffic-takes: {default: '2.5'}
  jobs-take: {default: '0.2'}
probes:
  old-backend:
    command: {exec: [test, -e, old-backend-answers]}
    conditions: ['[EXIT_CODE] == 0']
    interval: 1s
phases:
  - id: cutover
    title: Cutover
    at: T-0
    items:
      - {id: switch, text: The domain points to the new API server}
rollback:
  budget: 3500ms
  authority: any
  instructions: Go back when any smoke test answers other than 2xx.
  steps:
    - id: traffic
      title: Point domain and load balancer back
      command: {exec: [sleep, '${traffic-takes}']}
      expected: 2s
      verify: old-backend
      idempotent: false
    - id: jobs
      title: Switch the new scheduled jobs off
      command: {exec: [sleep, '${jobs-take}']}
      expected: 1s
    - id: database
      title: Leave the database as it is
      manual: Nothing to do. Every migration only adds, and the old system reads all of it.
    - id: people
      title: Tell the stakeholders
      manual: |
        Say that it was rolled back, and why.
        Say when the next attempt is planned.
"""


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Conducted]:
    night = Conducted(tmp_path, PLAN)
    night.trust()
    yield night
    night.close()


def rollback(night: Conducted) -> RollbackState:
    known = LiveLaunch(night.log, night.launch).state.rollback
    assert known
    return known


def becomes(night: Conducted, step: str, status: str) -> None:
    night.until(
        lambda: rollback(night).step(step).status == status,
        f"{step} does not become {status}",
    )


def starts(night: Conducted, first: str | None) -> None:
    night.does(lambda seen: StartRollback("smoke tests answer 503", "tarot", first, seen))


def test_a_written_rollback_is_played_to_its_end_and_once_more(night: Conducted) -> None:
    night.conducting()
    starts(night, None)
    foreseen(night)
    not_verified(night)
    done_by_hand(night)
    again_from_a_step(night)


def foreseen(night: Conducted) -> None:
    """See an overrun before it is there: a step takes longer than its estimate."""
    plan = LiveLaunch(night.log, night.launch).state.checklist.rollback
    assert plan
    assert plan.budget_ms == 3_500
    budget_ms = plan.budget_ms

    def over_but_not_yet() -> bool:
        at, known = moment_at(now()), rollback(night)
        return projected_ms(plan, known, at) > budget_ms > taken(known, at).ms

    night.until(over_but_not_yet, "nobody could have foreseen it")
    assert rollback(night).step("traffic").status == "running"


def not_verified(night: Conducted) -> None:
    """Have a step repeated that ended well and did not have its effect."""
    night.until(
        lambda: any(event.body["state"] == "failed" for event in night.events("probe.changed")),
        "nobody looks at the backend",
    )
    night.does(lambda seen: KillStep("traffic", "the old backend does not answer", seen))
    becomes(night, "traffic", "failed")
    assert rollback(night).step("jobs").status == "pending"
    (night.folder / "old-backend-answers").touch()
    night.does(lambda seen: ResolveStep("traffic", "retry", "it was stopped; it runs now", seen))
    becomes(night, "traffic", "done")
    assert rollback(night).step("traffic").run == 2


def done_by_hand(night: Conducted) -> None:
    """Say what was done by hand, and give up with a word on what was left."""
    becomes(night, "jobs", "done")
    becomes(night, "database", "running")
    night.does(lambda seen: ConfirmStep("database", "left alone", seen))
    becomes(night, "people", "running")
    left = (AsLeft(step="jobs", text="partly: one of two jobs is still on"),)
    night.does(lambda _seen: AbandonRollback("a job is still on", "tarot", left, kill=False))
    assert rollback(night).status == "abandoned"


def again_from_a_step(night: Conducted) -> None:
    """Begin once more at a chosen step, the first attempt's record kept."""
    starts(night, "jobs")
    becomes(night, "database", "running")
    for step in ("database", "people"):
        becomes(night, step, "running")
        night.does(lambda seen, step=step: ConfirmStep(step, "", seen))  # type: ignore[misc]
    night.until(lambda: rollback(night).status == "completed", "it does not complete")
    assert (rollback(night).attempt, rollback(night).step("traffic").status) == (2, "skipped")
    (first,) = LiveLaunch(night.log, night.launch).state.attempts
    assert (first.step("traffic").run, first.step("database").by) == (2, "AB")
    assert first.statement
    assert first.statement.said[0].text == "partly: one of two jobs is still on"
