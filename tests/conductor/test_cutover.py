"""Items' steps under a real conductor: run on request, verified, ended, adopted, sent once."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.intents import KillStep, ResolveStep, RunStep, StartRollback
from launchpad.launch.step import StepState
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted
from tests.steps.answering import Service, answering

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
vars: {{base-url: {{default: '{address}'}}}}
secrets: {{token: {{file: token}}}}
probes:
  up: {{command: {{exec: [test, -e, up]}}, conditions: ['[EXIT_CODE] == 0'], interval: 1s}}
phases:
  - id: edge
    title: Edge
    items:
      - {{id: dns, text: Moved, step: {{command: {{exec: [./move.sh]}}, verify: up}}}}
      - {{id: slow, text: Slow, step: {{command: {{exec: [./slow.sh]}}, kill-grace: 200ms}}}}
      - id: drain
        text: Drained
        step:
          http: {{url: '${{base-url}}/drain', method: POST, headers: {{X-Key: '${{token}}'}}}}
      - {{id: look, text: Looked, step: {{http: {{url: '${{base-url}}/look'}}, timeout: 300ms}}}}
rollback:
  budget: 1m
  authority: any
  steps:
    - {{id: dns, title: Back, command: {{exec: [./slow.sh]}}, kill-grace: 200ms}}
"""
SECRET = "hunter2-very-secret"  # noqa: S105 - a canary


@pytest.fixture
def service() -> Iterator[Service]:
    with answering() as service:
        yield service


@pytest.fixture
def harbour(tmp_path: Path, service: Service) -> Iterator[Conducted]:
    scripts = {"move.sh": "echo moved >> effects; touch up", "slow.sh": "echo begun; exec sleep 60"}
    for name, text in scripts.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o700)
    (tmp_path / "token").write_text(SECRET)
    harbour = Conducted(tmp_path, CHECKLIST.format(address=service.address))
    harbour.trust()
    yield harbour
    harbour.close()


def runs(harbour: Conducted, item: str, reason: str = "") -> None:
    harbour.does(lambda seen: RunStep(item, seen, reason=reason))


def of(harbour: Conducted, item: str, attempt: int = CUTOVER) -> StepState:
    return LiveLaunch(harbour.log, harbour.launch).state.step(attempt, item)


def becomes(harbour: Conducted, item: str, status: str, attempt: int = CUTOVER) -> StepState:
    harbour.until(
        lambda: of(harbour, item, attempt).status == status,
        f"it does not become {status}: {of(harbour, item, attempt)}",
    )
    return of(harbour, item, attempt)


def test_a_step_runs_once_it_is_asked_for_and_is_done_when_its_probe_is_good(
    harbour: Conducted,
) -> None:
    harbour.conducting()
    assert not (harbour.folder / "effects").exists()
    runs(harbour, "dns")
    becomes(harbour, "dns", "done")
    assert (harbour.folder / "effects").read_text() == "moved\n"


def prints(harbour: Conducted, item: str, attempt: int = CUTOVER) -> None:
    harbour.until(
        lambda: "begun" in harbour.log.outputs(harbour.launch, attempt, item, 1), "nothing runs"
    )


def test_a_step_that_hangs_is_ended_and_only_that_one(harbour: Conducted) -> None:
    harbour.conducting()
    runs(harbour, "slow")
    prints(harbour, "slow")
    harbour.does(lambda seen: KillStep("slow", "it hangs", seen, cutover=True))
    ended = becomes(harbour, "slow", "failed")
    assert (ended.signal, ended.reason) == (signal.SIGTERM, "AB ended it: it hangs")
    harbour.does(lambda seen: ResolveStep("slow", "skip", "by hand", seen, cutover=True))
    harbour.does(lambda seen: StartRollback("smoke", "harbour", None, seen))
    prints(harbour, "dns", attempt=1)
    harbour.does(lambda seen: KillStep("dns", "it hangs too", seen))
    becomes(harbour, "dns", "failed", attempt=1)
    assert LiveLaunch(harbour.log, harbour.launch).state.phase == "rolling-back"


def test_another_conductor_sees_through_what_a_killed_one_began(harbour: Conducted) -> None:
    first = harbour.conducting()
    runs(harbour, "slow")
    prints(harbour, "slow")
    first.send_signal(signal.SIGKILL)
    first.wait()
    harbour.conducting()
    harbour.does(lambda seen: KillStep("slow", "enough", seen, cutover=True))
    ended = becomes(harbour, "slow", "failed")
    assert (ended.run, ended.reason) == (1, "AB ended it: enough")


def test_a_request_is_sent_once_with_its_secret_which_nobody_is_shown(
    harbour: Conducted, service: Service
) -> None:
    service.body = f"you sent {SECRET}"
    harbour.conducting()
    runs(harbour, "drain")
    becomes(harbour, "drain", "done")
    assert service.received == ["POST /drain"]
    assert service.headers[0]["X-Key"] == SECRET
    harbour.until(
        lambda: "[redacted: token]" in harbour.log.outputs(harbour.launch, CUTOVER, "drain", 1),
        "its answer is not kept",
    )
    assert SECRET not in harbour.log.outputs(harbour.launch, CUTOVER, "drain", 1)


def test_a_request_that_is_ended_before_its_answer_may_have_had_its_effect(
    harbour: Conducted, service: Service
) -> None:
    service.hang = True
    harbour.conducting()
    runs(harbour, "drain")
    harbour.until(lambda: service.received == ["POST /drain"], "it is not sent")
    harbour.does(lambda seen: KillStep("drain", "enough", seen, cutover=True))
    lost = becomes(harbour, "drain", "indeterminate")
    assert lost.reason == "AB ended it: enough; it may have had its effect"
    assert lost.nothing_runs
    assert service.received == ["POST /drain"]


def test_a_request_that_changes_nothing_has_failed_where_no_answer_came(
    harbour: Conducted, service: Service
) -> None:
    service.hang = True
    harbour.conducting()
    runs(harbour, "look")
    assert becomes(harbour, "look", "failed").reason == "no whole answer came"
